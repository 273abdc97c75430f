"""The packs: the sentences of avenants as templates, their slots, and the patterns that read them back."""
