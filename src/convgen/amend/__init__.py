"""What changes between two versions of an act, and how the changes give the new version back.

`chaine` goes from the text in force and a new version to the avenant. What it puts together has a folder each, which
knows only those above it: `texte` (the tree that is amended), `numeros` (numbers that stay for ever), `changements`
(found, applied, merged), `recueils` (the sentences, as templates), `rediger` (the avenant in words), `lire` (the same
words read back), `suivi` (tracked changes, comparison table), `vigueur` (consolidated text, archive).
"""
