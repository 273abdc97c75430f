"""The neutral tree of an act: what readers and composition make, what writers print."""
