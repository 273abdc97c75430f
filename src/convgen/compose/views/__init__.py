"""Views: what a text may hold and read. One module per family of things."""
