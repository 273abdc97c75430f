"""The commands of avenants and their options; their bodies are imported when a command runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from convgen.cli import completion
from convgen.cli.help import FrenchCommand
from convgen.cli.options import AsJson, Formats, PdfMaker
from convgen.cli.outputs import FORMATS

_GRAINS: Final = ("article", "alinea", "mots")
_POLICIES: Final = ("figee", "renumerotation")

_Folder = Annotated[Path | None, typer.Option("--sortie", "-o", metavar="DOSSIER", help="Où écrire les fichiers.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(cls=FrenchCommand, help=_AVENANT, epilog=_AVENANT_EXAMPLES)(avenant)
    app.command(cls=FrenchCommand, help=_CONSOLIDER, epilog=_CONSOLIDER_EXAMPLES)(consolider)


_AVENANT: Final = (
    "Écrit l'avenant qui fait passer une convention d'une version à une autre.\n\n"
    "Les deux versions sont deux fichiers, un fichier et l'une de ses versions enregistrées par git (--depuis), ou ce "
    "que dit la définition d'un avenant. Cinq fichiers sont écrits ensemble, ou aucun : l'avenant, la convention "
    "consolidée, les modifications suivies dans Word, le tableau comparatif et les modifications en JSON. "
    "Avant d'écrire, convgen relit les phrases de l'avenant sur le texte en vigueur et vérifie qu'elles donnent la "
    "nouvelle version."
)
_AVENANT_EXAMPLES: Final = """\
Exemples :
  convgen avenant conventions/avenants/exemple-1.yaml
  convgen avenant conventions/exemple.yaml --depuis HEAD~1 --numero 1
  convgen avenant anciennes/x.yaml conventions/x.yaml -o envoi
  convgen avenant exemple-1 --formules pratique --format docx,html
"""


def avenant(
    base: Annotated[
        str,
        typer.Argument(
            metavar="BASE",
            help="Un avenant (fichier ou identifiant), ou la convention en vigueur.",
            autocompletion=completion.avenants,
        ),
    ],
    nouvelle: Annotated[
        str,
        typer.Argument(
            metavar="NOUVELLE", help="La convention telle qu'elle devient.", autocompletion=completion.conventions
        ),
    ] = "",
    depuis: Annotated[
        str,
        typer.Option("--depuis", metavar="REV", help="La version git de départ : étiquette, commit, branche, HEAD~1."),
    ] = "",
    dossier: _Folder = None,
    formats: Formats = "docx",
    pdf_par: PdfMaker = "typst",
    formules: Annotated[
        str,
        typer.Option("--formules", metavar="NOM", help="La manière de rédiger : legistique, pratique, ou la vôtre."),
    ] = "",
    granularite: Annotated[
        str,
        typer.Option("--granularite", metavar="GRAIN", help="Ce qui est récrit : article, alinea ou mots."),
    ] = "",
    numerotation: Annotated[
        str,
        typer.Option(
            "--numerotation", metavar="MANIÈRE", help="figee (3-1, « abrogé ») ou renumerotation (1, 2, 3 à nouveau)."
        ),
    ] = "",
    terme: Annotated[
        list[str] | None,
        typer.Option("--terme", metavar="ANCIEN=NOUVEAU", help="Un terme remplacé partout ; à répéter."),
    ] = None,
    numero: Annotated[
        str, typer.Option("--numero", metavar="N", help="Le numéro de l'avenant, s'il n'a pas de définition.")
    ] = "",
    date: Annotated[str, typer.Option("--date", metavar="DATE", help="Le jour de l'avenant : 2025-03-01.")] = "",
    auteur: Annotated[
        str, typer.Option("--auteur", metavar="NOM", help="L'auteur des modifications suivies dans Word.")
    ] = "",
    definitif: Annotated[
        bool, typer.Option("--definitif", help="Version définitive : refusée tant qu'il reste un blanc.")
    ] = False,
    parties_annoncees: Annotated[
        bool,
        typer.Option("--parties-annoncees", help="Entre deux fichiers : les changements de partie sont voulus."),
    ] = False,
    en_json: AsJson = False,
) -> None:
    """Write an avenant."""
    _among(granularite, _GRAINS, "granularité")
    _among(numerotation, _POLICIES, "numérotation")
    wanted = formats_of(formats)
    from convgen.cli.amend import Request, amend

    request = Request(
        base=base,
        new=nouvelle,
        since=depuis,
        folder=dossier,
        formats=wanted,
        pdf_by=pdf_par,
        pack=formules,
        grain=granularite,
        policy=numerotation,
        terms=tuple(terme or ()),
        number=numero,
        day=date,
        author=auteur,
        final=definitif,
        announced=parties_annoncees,
        as_json=en_json,
    )
    raise typer.Exit(amend(request))


_CONSOLIDER: Final = (
    "Écrit la convention telle qu'elle est en vigueur à une date, avenants compris.\n\n"
    "Un avenant compte à partir de sa prise d'effet : sa signature, sa notification ou le jour qu'il fixe. Ce qui a "
    "été signé est repris tel quel ; un avenant non signé est calculé, et signalé."
)
_CONSOLIDER_EXAMPLES: Final = """\
Exemples :
  convgen consolider conventions/exemple.yaml
  convgen consolider exemple --au 2025-03-01 --format docx,txt -o envoi
"""


def consolider(
    convention: Annotated[
        str,
        typer.Argument(metavar="CONVENTION", help="Fichier ou identifiant.", autocompletion=completion.conventions),
    ],
    au: Annotated[
        str, typer.Option("--au", metavar="DATE", help="Le jour voulu : 2025-03-01. Défaut : aujourd'hui.")
    ] = "",
    dossier: _Folder = None,
    formats: Formats = "docx",
    pdf_par: PdfMaker = "typst",
    en_json: AsJson = False,
) -> None:
    """Write the text in force at a date."""
    wanted = formats_of(formats)
    from convgen.cli.consolidate import consolidate

    raise typer.Exit(consolidate(convention, au, wanted, dossier, as_json=en_json, pdf_by=pdf_par))


def _among(typed: str, known: tuple[str, ...], what: str) -> None:
    if typed and typed not in known:
        raise typer.BadParameter(f"la {what} « {typed} » n'existe pas ; choisissez {' ou '.join(known)}")


def formats_of(typed: str) -> tuple[str, ...]:
    """The formats typed after « --format », each once.

    Raises:
        BadParameter: One does not exist, or none is given.
    """
    wanted = tuple(dict.fromkeys(one.strip().lower() for one in typed.split(",") if one.strip()))
    unknown = [one for one in wanted if one not in FORMATS]
    if unknown or not wanted:
        raise typer.BadParameter(
            f"le format « {', '.join(unknown)} » n'existe pas ; formats possibles : {', '.join(FORMATS)}"
        )
    return wanted
