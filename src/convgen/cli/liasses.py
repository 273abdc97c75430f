"""The commands of liasses and of open data, and their options; their bodies are imported when a command runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from convgen.cli import completion
from convgen.cli.help import FrenchCommand
from convgen.cli.options import AsJson, PdfMaker

#: What `convgen liasse` makes, and what `convgen exporter` writes.
OUTPUTS: Final = ("docx", "pdf", "prefecture")
EXPORTS: Final = ("scdl-subventions", "scdl-deliberations")


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(cls=FrenchCommand, help=_LIASSE, epilog=_LIASSE_EXAMPLES)(liasse)
    app.command(cls=FrenchCommand, help=_EXPORTER, epilog=_EXPORTER_EXAMPLES)(exporter)


_LIASSE: Final = (
    "Assemble une délibération et ses annexes : un fichier Word, un PDF, et le dossier pour la préfecture.\n\n"
    "Les numéros d'annexe suivent l'ordre des décisions ; la délibération est écrite avec eux. convgen vérifie que "
    "chaque annexe citée est jointe, que chaque acte annexé est autorisé, et que les dates, numéros et montants sont "
    "les mêmes partout. Tout est écrit, ou rien."
)
_LIASSE_EXAMPLES: Final = """\
Exemples :
  convgen liasse conventions/liasses/exemple.yaml
  convgen liasse exemple -o envoi --definitif
  convgen liasse exemple --format prefecture
"""


def liasse(
    definition: Annotated[
        str,
        typer.Argument(metavar="LIASSE", help="Un fichier ou un identifiant.", autocompletion=completion.liasses),
    ],
    dossier: Annotated[
        Path | None,
        typer.Option("--sortie", "-o", metavar="DOSSIER", help="Où écrire. Défaut : « sortie/<liasse> »."),
    ] = None,
    formats: Annotated[
        str,
        typer.Option(
            "--format", metavar="FORMATS", help="docx, pdf, prefecture. Défaut : ce que dit la liasse (« sorties »)."
        ),
    ] = "",
    definitif: Annotated[
        bool,
        typer.Option(
            "--definitif", help="Version définitive : refusée tant qu'il reste un blanc ou une contradiction."
        ),
    ] = False,
    pdf_par: PdfMaker = "typst",
    en_json: AsJson = False,
) -> None:
    """Put a liasse together."""
    wanted = tuple(one.strip().lower() for one in formats.split(",") if one.strip())
    for one in wanted:
        if one not in OUTPUTS:
            raise typer.BadParameter(f"« {one} » n'est pas une sortie ; choix possibles : {', '.join(OUTPUTS)}")
    from convgen.cli.bundle import Request, bundle

    raise typer.Exit(bundle(Request(definition, dossier, wanted, definitif, en_json, pdf_par)))


_EXPORTER: Final = (
    "Écrit les données à publier : subventions ou délibérations, au format du socle commun des données locales.\n\n"
    "Les valeurs viennent des définitions. Le fichier est vérifié champ par champ. À un acte "
    "nommé, s'il manque une valeur obligatoire, rien n'est écrit ; sans acte, tout est pris, sauf ce qui n'est pas "
    "complet, et c'est dit."
)
_EXPORTER_EXAMPLES: Final = """\
Exemples :
  convgen exporter scdl-subventions -o subventions.csv
  convgen exporter scdl-subventions sante-mentale-2024 -o subventions.csv
  convgen exporter scdl-deliberations conventions/deliberations -o deliberations.csv
"""


def exporter(
    quoi: Annotated[str, typer.Argument(metavar="EXPORT", help="scdl-subventions ou scdl-deliberations.")],
    actes: Annotated[
        list[str] | None, typer.Argument(metavar="ACTE", help="Fichiers, identifiants ou dossiers ; à défaut, tous.")
    ] = None,
    fichier: Annotated[
        Path | None, typer.Option("--sortie", "-o", metavar="FICHIER", help="Le fichier CSV. À défaut, il est affiché.")
    ] = None,
    en_json: AsJson = False,
) -> None:
    """Write open data."""
    if quoi not in EXPORTS:
        raise typer.BadParameter(f"« {quoi} » n'est pas un export ; choix possibles : {', '.join(EXPORTS)}")
    from convgen.cli.export import Wanted, export

    raise typer.Exit(export(Wanted(quoi, tuple(actes or ()), fichier, en_json)))
