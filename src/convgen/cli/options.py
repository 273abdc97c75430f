"""The options that several commands have: one name, one help, wherever they are."""

from __future__ import annotations

from typing import Annotated

import typer

from convgen.cli import completion

AsJson = Annotated[bool, typer.Option("--json", help="Affiche le résultat en JSON, pour un autre programme.")]
Formats = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMATS",
        help="Formats voulus : docx, pdf, txt, html, json. Défaut : docx.",
        autocompletion=completion.formats,
    ),
]
