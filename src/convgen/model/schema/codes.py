"""The page of the guide that lists the error codes: `python -m convgen.model.schema.codes FICHIER`."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from convgen.errors import CODES

_FAMILIES = {
    "YAML": "le fichier ne se lit pas",
    "FIC": "fichiers et dossiers",
    "DEF": "définitions, modèles, clauses, organismes",
    "DON": "données et calculs",
    "TXT": "textes",
    "GAB": "gabarits et chartes",
    "ACT": "l'acte entier",
    "PDF": "les PDF",
    "AVE": "comparaison de deux versions",
    "USA": "ligne de commande",
}
_HEAD = """\
# Les codes d'erreur

<!-- Page produite par « make schema » à partir du programme : ne la modifiez pas à la main. -->

Chaque message de convgen porte un code, qui ne change pas d'une version à l'autre. Le message indique le fichier, la
ligne, la colonne et le remède ; le code sert à le retrouver ici ou à le citer à votre service informatique.

Une **erreur** empêche d'écrire l'acte : le fichier produit la fois précédente reste intact. Un **avertissement**
n'empêche rien, mais mérite un regard.
"""


def page() -> str:
    """The whole page, in Markdown."""
    lines = [_HEAD]
    for family, codes in groupby(CODES, key=lambda code: code.partition("-")[0]):
        lines += [f"## {family} : {_FAMILIES[family]}\n", "| code | ce qui ne va pas |", "|---|---|"]
        lines += [f"| {code} | {CODES[code]} |" for code in codes]
        lines.append("")
    return "\n".join(lines)


def main(target: Path) -> None:
    """Write the page."""
    target.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
