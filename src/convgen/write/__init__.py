"""The writers: each prints the tree of an act in one format. A writer never decides anything about the text."""
