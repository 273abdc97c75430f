"""Composition: a resolved definition, its texts and the French language → the tree of an act."""
