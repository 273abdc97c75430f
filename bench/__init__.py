"""How long convgen takes, beside its peers, in one run: ``python -m bench`` (or ``make bench``)."""
