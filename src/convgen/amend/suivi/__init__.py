"""An act that shows its changes, and the comparison table: what goes and what comes, side by side."""
