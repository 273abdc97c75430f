"""The options that several commands have: one name, one help, wherever they are."""

from __future__ import annotations

from typing import Annotated

import typer

from convgen.cli import completion
from convgen.cli.outputs import PDF_MAKERS


def _pdf_maker(typed: str) -> str:
    if typed not in PDF_MAKERS:
        raise typer.BadParameter(f"« --pdf-par {typed} » n'existe pas ; choix possibles : {', '.join(PDF_MAKERS)}")
    return typed


AsJson = Annotated[bool, typer.Option("--json", help="Affiche le résultat en JSON, pour un autre programme.")]
PdfMaker = Annotated[
    str,
    typer.Option(
        "--pdf-par",
        metavar="MOTEUR",
        callback=_pdf_maker,
        help="Ce qui fait le PDF : typst (par défaut, sans LibreOffice) ou libreoffice (d'après le fichier Word).",
    ),
]
Formats = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMATS",
        help="Formats voulus : docx, pdf, txt, html, json. Défaut : docx.",
        autocompletion=completion.formats,
    ),
]
