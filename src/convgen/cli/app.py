"""The commands and their options. Their bodies are in the modules beside, imported when a command runs."""

from __future__ import annotations

import contextlib
import functools
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Final, cast

import typer

from convgen.cli import completion
from convgen.cli.avenants import formats_of, register
from convgen.cli.help import FrenchCommand, FrenchGroup, UsageError, misuse
from convgen.cli.liasses import register as register_liasses
from convgen.cli.options import AsJson, Formats, PdfMaker

app: Final = typer.Typer(
    cls=FrenchGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=False,
    invoke_without_command=True,
    help="Écrit des conventions Word à partir de définitions YAML et d'une bibliothèque de clauses.",
    epilog="""\
Exemples :
  convgen nouveau mes-conventions
  convgen generer conventions/exemple.yaml
  convgen generer conventions --format docx,txt -o envoi
  convgen lettres 1466282,00

« convgen COMMANDE --help » explique une commande.
""",
)


@app.callback()
def _root(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Affiche la version de convgen.")] = False,
) -> None:
    if version:
        from convgen import __version__

        typer.echo(f"convgen {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@app.command(
    cls=FrenchCommand,
    help="Crée un espace de travail prêt à l'emploi dans un dossier neuf ou vide.\n\n"
    "Le dossier reçoit les clauses, les modèles, les gabarits et une convention d'exemple. "
    "Aucun fichier existant n'est remplacé.",
    epilog="Exemple :\n  convgen nouveau mes-conventions\n",
)
def nouveau(dossier: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Le dossier à créer.")]) -> None:
    """Make a workspace."""
    from convgen.cli.start import start

    raise typer.Exit(start(dossier))


@app.command(
    cls=FrenchCommand,
    help="Produit les fichiers (Word, texte, HTML, JSON) d'une ou de plusieurs conventions.\n\n"
    "Une convention se nomme par son fichier, par son identifiant, ou par le dossier qui la contient. "
    "Toutes les erreurs de toutes les conventions sont listées ; une convention en erreur ne produit aucun fichier, "
    "les autres sont produites.",
    epilog="""\
Exemples :
  convgen generer conventions/exemple.yaml
  convgen generer conventions
  convgen generer exemple --definitif --format docx,txt
  convgen generer exemple --explique
""",
)
def generer(
    definitions: Annotated[
        list[str],
        typer.Argument(
            metavar="CONVENTION",
            help="Fichiers, identifiants ou dossiers de conventions.",
            autocompletion=completion.conventions,
        ),
    ],
    formats: Formats = "docx",
    dossier: Annotated[
        Path | None,
        typer.Option(
            "--sortie", "-o", metavar="DOSSIER", help="Où écrire. Défaut : « sortie » dans l'espace de travail."
        ),
    ] = None,
    definitif: Annotated[
        bool, typer.Option("--definitif", help="Version définitive : refusée tant qu'il reste un blanc.")
    ] = False,
    gabarit: Annotated[
        str,
        typer.Option(
            "--gabarit",
            metavar="NOM",
            help="Un autre gabarit que celui de la convention.",
            autocompletion=completion.gabarits,
        ),
    ] = "",
    pdf_par: PdfMaker = "typst",
    explique: Annotated[
        bool, typer.Option("--explique", help="Dit d'où vient chaque article et ce que la définition change.")
    ] = False,
    en_json: AsJson = False,
) -> None:
    """Write conventions."""
    from convgen.cli.generate import Order, generate

    wanted = formats_of(formats)
    order = Order(tuple(definitions), wanted, dossier, definitif, gabarit, explique, en_json, pdf_par)
    raise typer.Exit(generate(order))


@app.command(
    cls=FrenchCommand,
    help="Montre ce que désigne un identifiant, une fois tout fusionné, avec l'origine de chaque ligne.\n\n"
    "L'identifiant est celui d'une convention, d'un modèle, d'une clause, d'un organisme ou d'un texte officiel.",
    epilog="Exemples :\n  convgen voir departement-06\n  convgen voir conventions/exemple.yaml\n",
)
def voir(
    identifiant: Annotated[
        str,
        typer.Argument(metavar="IDENTIFIANT", help="Un identifiant ou un fichier.", autocompletion=completion.names),
    ],
    en_json: AsJson = False,
) -> None:
    """Show what an id resolves to."""
    from convgen.cli.show import show

    raise typer.Exit(show(identifiant, en_json))


@app.command(
    cls=FrenchCommand,
    help="Écrit des montants en lettres.\n\n"
    "Sans montant, ou avec « - », les montants sont lus sur l'entrée standard, un par ligne.",
    epilog="Exemples :\n  convgen lettres 1466282,00\n  convgen lettres --orthographe 1990 71 200,50\n"
    "  convgen lettres - < montants.txt\n",
)
def lettres(
    montants: Annotated[
        list[str] | None, typer.Argument(metavar="MONTANT", help="Montants en chiffres : « 1 466 282,00 ».")
    ] = None,
    orthographe: Annotated[
        str, typer.Option("--orthographe", metavar="ORTHOGRAPHE", help="traditionnelle (par défaut) ou 1990.")
    ] = "traditionnelle",
) -> None:
    """Spell amounts."""
    from convgen.cli.spell import spell

    if orthographe not in ("traditionnelle", "1990"):
        raise typer.BadParameter(f"l'orthographe « {orthographe} » n'existe pas ; choisissez traditionnelle ou 1990")
    raise typer.Exit(spell(montants or [], orthographe))


@app.command(
    cls=FrenchCommand,
    help="Fige une convention signée.\n\n"
    "Le texte et les fichiers sont gardés à côté de la définition, dans « <nom>.signe » ; ni la bibliothèque ni le "
    "gabarit ne les changent plus. Refusé tant qu'il reste un blanc.",
    epilog="Exemple :\n  convgen signer fsl-eau-soeau-2024 --le 2024-07-01\n",
)
def signer(
    definition: Annotated[
        str,
        typer.Argument(metavar="CONVENTION", help="Fichier ou identifiant.", autocompletion=completion.conventions),
    ],
    le: Annotated[str, typer.Option("--le", metavar="DATE", help="Le jour de la signature : 2024-03-01.")],
    en_json: AsJson = False,
) -> None:
    """Freeze a signed act."""
    from convgen.cli.signed import sign

    raise typer.Exit(sign(definition, le, as_json=en_json))


@app.command(
    cls=FrenchCommand,
    help="Compare deux versions d'un acte et dit ce qui change.\n\n"
    "Chaque version se nomme par son fichier, par son identifiant, ou par un arbre enregistré avec « --format json ». "
    "Les espaces, les guillemets et la simple renumérotation ne sont pas des modifications.",
    epilog="Exemples :\n  convgen comparer anciennes/x.yaml conventions/x.yaml\n"
    "  convgen comparer sortie/avant.json conventions/apres.yaml --json\n"
    "  convgen comparer avant apres --terme bénévole=volontaire --terme bénévoles=volontaires\n",
)
def comparer(
    base: Annotated[
        str, typer.Argument(metavar="BASE", help="La version en vigueur.", autocompletion=completion.conventions)
    ],
    nouvelle: Annotated[
        str, typer.Argument(metavar="NOUVELLE", help="La nouvelle version.", autocompletion=completion.conventions)
    ],
    terme: Annotated[
        list[str] | None,
        typer.Option("--terme", metavar="ANCIEN=NOUVEAU", help="Un terme remplacé partout ; à répéter."),
    ] = None,
    en_json: AsJson = False,
) -> None:
    """Compare two versions of an act."""
    from convgen.cli.compare import compare

    raise typer.Exit(compare(base, nouvelle, terme or (), as_json=en_json))


register(app)
register_liasses(app)


@app.command(
    cls=FrenchCommand,
    help="Liste les clauses par thème, ou montre une clause en entier.\n\n"
    "Avec « --utilisations » : où chaque clause sert, dans quelle version, et ce qui est dépassé.",
    epilog="Exemples :\n  convgen clauses\n  convgen clauses resiliation\n  convgen clauses --utilisations\n",
)
def clauses(
    identifiant: Annotated[
        str, typer.Argument(metavar="CLAUSE", help="L'identifiant d'une clause.", autocompletion=completion.clauses)
    ] = "",
    utilisations: Annotated[bool, typer.Option("--utilisations", help="Dit où les clauses servent.")] = False,
    en_json: AsJson = False,
) -> None:
    """List the clauses, or show one."""
    from convgen.cli.clauses import list_clauses, show_clause

    raise typer.Exit(show_clause(identifiant, en_json) if identifiant else list_clauses(utilisations, en_json))


@app.command(
    cls=FrenchCommand,
    help="Liste ce qu'un modèle demande, ou le demande et écrit une définition.\n\n"
    "Sans modèle : la liste des modèles. Avec « -o » : les questions sont posées une à une, chaque réponse est "
    "vérifiée, « inconnu » laisse un blanc.",
    epilog="Exemples :\n  convgen questions\n  convgen questions partenariat-insertion\n"
    "  convgen questions partenariat-insertion -o conventions/nouvelle.yaml\n",
)
def questions(
    modele: Annotated[str, typer.Argument(metavar="MODÈLE", help="L'identifiant d'un modèle.")] = "",
    fichier: Annotated[
        Path | None, typer.Option("--sortie", "-o", metavar="FICHIER", help="La définition à écrire.")
    ] = None,
    en_json: AsJson = False,
) -> None:
    """Ask what a modèle needs."""
    from convgen.cli.questions import ask, list_questions

    if fichier is not None and not modele:
        raise typer.BadParameter("donnez le modèle dont poser les questions")
    raise typer.Exit(ask(modele, fichier) if fichier is not None else list_questions(modele, as_json=en_json))


@app.command(
    cls=FrenchCommand,
    help="Affiche le schéma JSON d'un genre de fichier, pour qu'un éditeur complète et vérifie les clés.\n\n"
    "Sans genre, liste les genres.",
    epilog="Exemple :\n  convgen schema convention > convention.schema.json\n",
)
def schema(
    genre: Annotated[str, typer.Argument(metavar="GENRE", help="convention, modele, clause, organisme…")] = "",
) -> None:
    """Print a JSON Schema."""
    from convgen.cli.schema import print_schema

    raise typer.Exit(print_schema(genre))


def run(args: Sequence[str]) -> int:
    """Run a command line and return its exit code; nothing is ever raised to the user."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # An old console that has no « € » prints « ? » rather than failing.
            stream.reconfigure(errors="replace")
    try:
        return _run(args)
    except UsageError as error:
        return _misused(error)
    except KeyboardInterrupt:
        return 130
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 1
    except Exception as error:  # the last door before the user
        return _failed(error)


@functools.cache
def _command() -> Callable[..., object]:
    """The entry of the commands, built once (10 ms): a process may run several."""
    return typer.main.get_command(app).main


def _run(args: Sequence[str]) -> int:
    installing = any(one.startswith("--install-completion") for one in args)
    with _french_completion() if installing else contextlib.nullcontext():
        result = _command()(args=list(args), prog_name="convgen", standalone_mode=False)
    return result if isinstance(result, int) else 0


@contextlib.contextmanager
def _french_completion() -> Iterator[None]:
    heard = io.StringIO()
    try:
        with contextlib.redirect_stdout(heard):
            yield
    finally:
        said = heard.getvalue().replace(" completion installed in ", " : complétion installée dans ")
        print(
            said.replace("Completion will take effect once you restart the terminal", "Rouvrez votre terminal."), end=""
        )


def _misused(error: Exception) -> int:
    from convgen.cli.render import print_diagnostics
    from convgen.errors import Diagnostic

    message, remedy = misuse(error)
    context = getattr(error, "ctx", None)
    path = cast(str, context.command_path) if context is not None else "convgen"
    more = f"Tapez « {path} --help » pour voir comment s'écrit la commande."
    print_diagnostics([Diagnostic("USA-01", message, remedy=f"{remedy} {more}".strip())])
    return 2


def _failed(error: Exception) -> int:
    from convgen.cli.render import print_diagnostics
    from convgen.errors import ConvgenError

    if isinstance(error, ConvgenError):
        print_diagnostics(error.diagnostics)
        return 1
    if os.environ.get("CONVGEN_TRACE") == "1":
        raise error
    print(
        "Désolé : convgen a rencontré une erreur qu'il n'avait pas prévue.\n"
        f"  {type(error).__name__} : {error}\n"
        "Aucun fichier n'a été laissé à moitié écrit. Pour nous aider à corriger, relancez la même commande avec la\n"
        "variable d'environnement CONVGEN_TRACE=1 et joignez ce qui s'affiche à votre signalement.",
        file=sys.stderr,
    )
    return 1
