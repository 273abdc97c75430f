"""The reader of an avenant: from its printed sentences and the printed base, the printed new text."""
