"""Who takes an act: the author of its files."""

from __future__ import annotations

from collections.abc import Sequence

from convgen.french.grammar import NounPhrase
from convgen.model.resolved import Party


def author_of(parties: Sequence[Party], default: str) -> str:
    """The name of the party that has the act made, "" when there is none.

    Args:
        parties: of the act, in order.
        default: the organisme of the workspace; when it is no party, the first one whose organe must allow to sign
            is the author, else the one that pays, else the first one.
    """
    known = [one for one in parties if not one.blank]
    found = (
        next((one for one in known if default and one.organisme == default), None)
        or next((one for one in known if one.habilitation is not None), None)
        or next((one for one in known if one.role == "financeur"), None)
        or next(iter(known), None)
    )
    return official_name(found.name) if found is not None else ""


def official_name(name: NounPhrase) -> str:
    """« Département de la Meuse »: without its article, with a capital."""
    return name.noun[:1].upper() + name.noun[1:]
