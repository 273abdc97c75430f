"""The text in force: consolidated, kept as signed, archived, where each division of it comes from."""
