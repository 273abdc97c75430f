"""What changes between two versions of an act, and how the changes give the new version back."""
