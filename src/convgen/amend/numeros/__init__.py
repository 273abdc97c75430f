"""Numbers that stay for ever: those of divisions, of items, and the references to them."""
