"""The text that avenants amend: its tree, its tokens, the places in it, what of it is printed."""
