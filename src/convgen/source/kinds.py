"""The kinds of files of a workspace: where each lives, what people call it, how a file of another kind is known."""

from __future__ import annotations

from pathlib import Path

from convgen.source.yaml import MappingNode, Node

#: Where each kind lives: folder, suffix, whether sub-folders are searched.
FOLDERS = {
    "convention": ("conventions", ".yaml", False),
    "organisme": ("conventions/organismes", ".yaml", False),
    "deliberation": ("conventions/deliberations", ".yaml", False),
    "arrete": ("conventions/arretes", ".yaml", False),
    "liasse": ("conventions/liasses", ".yaml", False),
    "avenant": ("conventions/avenants", ".yaml", False),
    "modele": ("templates/modeles", ".yaml", False),
    "clause": ("clauses", ".md", True),
    "textes": ("clauses/textes", ".yaml", False),
    "jeu": ("conventions/jeux", ".yaml", False),
    "annexes": ("conventions/annexes", ".yaml", False),
}
SAID = {
    "organisme": "un organisme",
    "deliberation": "une délibération",
    "arrete": "un arrêté",
    "liasse": "une liasse",
    "avenant": "un avenant",
    "modele": "un modèle",
    "clause": "une clause",
    "textes": "un registre de textes officiels",
    "jeu": "un jeu de données",
    "annexes": "un fichier de tableaux",
}
NAMED = frozenset(("organisme", "deliberation", "arrete", "liasse", "avenant", "modele", "clause", "jeu"))
#: The kinds whose key no convention has.
_TELLING = frozenset(("organisme", "deliberation", "arrete", "liasse", "avenant", "clause"))
NAME_ONE = "Nommez une convention : convgen generer conventions/ma-convention.yaml"
NOT_CLAUSES = frozenset(("textes",))


def other_kind(root: Path, path: Path, node: Node) -> str:
    """What a file that declares no convention is, by its folder or by what it declares; "" when it is unclear."""
    if not isinstance(node, MappingNode) or node.get("convention") is not None:
        return ""
    # The most particular folders come last: the registry of texts lies among the clauses.
    for kind, (folder, _, _) in reversed(FOLDERS.items()):
        if kind in SAID and (path.is_relative_to(root / folder) or (kind in _TELLING and node.get(kind))):
            return SAID[kind]
    return ""
