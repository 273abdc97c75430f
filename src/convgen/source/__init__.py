"""Reading the files of a workspace: strict YAML with positions, front matter of clauses. No typing here."""
