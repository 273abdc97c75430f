"""The page of the guide that shows every clause: `python -m convgen.cli.catalogue FICHIER`, in a workspace."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path, PurePosixPath

from convgen.acte.nodes import Acte, Annexe, Division
from convgen.acte.runs import plain_text
from convgen.acte.walk import walk
from convgen.cli.examples import FILES, example_act, example_call, example_place
from convgen.compose.acte import compose
from convgen.compose.text import TextCache
from convgen.errors import Report
from convgen.french.dates import format_date
from convgen.french.grammar import join_list
from convgen.model.declarations import Declaration, read_declarations
from convgen.model.files import Registered
from convgen.model.library import ClauseVersion, versions
from convgen.model.resolve import resolve
from convgen.model.visas import wording
from convgen.source.nodes import MappingNode, Node, Scalar
from convgen.workspace import Workspace
from convgen.write.text import write_text

_THEMES: Mapping[str, str] = {
    "objet": "Objet et définitions",
    "engagements": "Engagements",
    "finances": "Financement",
    "execution": "Durée, suivi, modification, fin de l'acte",
    "gouvernance": "Gouvernance",
    "donnees": "Confidentialité, données, propriété intellectuelle",
    "litiges": "Litiges",
    "finales": "Dispositions finales",
}
_HEAD = """\
# Catalogue des clauses

<!-- Page produite par « make schema » à partir de la bibliothèque : ne la modifiez pas à la main. -->

{count} clauses, chacune avec sa raison d'être, ses paramètres, ses sources et le texte qu'elle imprime. Pour employer
une clause, appelez-la par son identifiant parmi les `articles` (ou les `annexes`) de votre convention ;
[Écrire une clause](ecrire-une-clause.md) dit comment la compléter, en changer un passage ou en écrire une autre.

Un paramètre que vous ne donnez pas prend la partie qui a ce rôle ou la donnée de ce nom, puis sa valeur par défaut ;
s'il n'en a pas, il laisse un blanc à compléter.
"""
_WIDTH = 110
_ARTICLE = re.compile(r"(?:[LRD]\.\s?)?\d[\d-]*")


def page(root: Path) -> str:
    """The whole page, in Markdown, for the library of a workspace.

    Raises:
        AssertionError: an example does not compose; the tests of the library say why.
    """
    workspace, report = Workspace(root), Report()
    found = [one for name in workspace.ids("clause") for one in versions(workspace, name, report)]
    current = sorted((one for one in found if not one.superseded_by), key=_order)
    registry = workspace.textes(report)
    themes = [(_theme_title(theme), tuple(ones)) for theme, ones in groupby(current, key=_theme)]
    out = [_HEAD.format(count=len(current))]
    for title, ones in themes:
        out += [f"**{title}**\n", *(f"- [`{one.id}`](#{one.id}) : {_described(one)}" for one in ones), ""]
    with tempfile.TemporaryDirectory() as folder:
        acts = _examples(current, root, Path(folder))
    for title, ones in themes:
        out.append(f"## {title}\n")
        for one in ones:
            out += _entry(one, acts[one.id], [old for old in found if old.superseded_by == one.name], registry)
    return "\n".join(out).rstrip() + "\n"


def _theme(one: ClauseVersion) -> str:
    return PurePosixPath(one.file).parent.name


def _theme_title(theme: str) -> str:
    return _THEMES.get(theme, theme.capitalize())


def _described(one: ClauseVersion) -> str:
    return _one_line(str(one.model.description or ""))


def _order(one: ClauseVersion) -> tuple[int, str, str]:
    theme = _theme(one)
    return (list(_THEMES).index(theme) if theme in _THEMES else len(_THEMES), theme, one.id)


def _examples(clauses: Iterable[ClauseVersion], root: Path, folder: Path) -> dict[str, Acte]:
    """The act of the first example of each clause, by clause."""
    shutil.copytree(root / "clauses", folder / "clauses")
    files = dict(FILES)
    for one in clauses:
        if one.model.exemples:
            files[f"conventions/{one.id}.yaml"] = example_act(one.model, one.model.exemples[0], one.id)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    workspace, cache, report = Workspace(folder), TextCache(), Report()
    acts = {}
    for one in clauses:
        resolved = resolve(workspace, one.id, date(2024, 6, 1), report)
        acte = compose(resolved, report, cache=cache) if resolved else None
        assert acte is not None, [found.message for found in report]  # noqa: S101 — the tests of the library pass
        acts[one.id] = acte
    return acts


def _entry(
    one: ClauseVersion, acte: Acte, replaced: Sequence[ClauseVersion], registry: Mapping[str, Registered]
) -> Iterator[str]:
    yield f"### {one.id}\n"
    title = next(
        plain_text(node.title) for node in walk((acte.annexes, acte.zones)) if isinstance(node, Annexe | Division)
    )
    title = title or "Sans titre"
    since = f", en vigueur depuis le {format_date(one.since)}" if one.since != date.min else ""
    yield f"**{title}** (version {one.version}{since}). {_described(one)}\n"
    for old in replaced:
        until = f" jusqu'au {format_date(old.until)}" if old.until != date.max else ""
        yield f"Elle remplace `{old.name}`, qui reste employée par les actes conclus{until}.\n"
    yield from _parameters(one)
    sources = list(_sources([str(source) for source in one.model.sources or ()], registry))
    if sources:
        yield f"Sources : {' ; '.join(sources)}.\n"
    if one.model.exemples:
        yield "Dans la définition :\n"
        yield f"```yaml\n{example_place(one.model)}:"
        yield from (f"  {line}" for line in example_call(one.model, one.model.exemples[0]))
        yield "```\n\nCe qui s'imprime :\n\n```text"
        yield from _printed(acte)
        yield "```\n"


def _printed(acte: Acte) -> Iterator[str]:
    """The text of the act, without its head, lines folded; the rows of tables as they are."""
    text = write_text(replace(acte, draft=False, mention="", letterhead=(), title=""))
    for line in text.strip().split("\n"):
        item = re.match(r" *(?:- |\d+\. |[a-z]\) )", line)
        indent = " " * len(item[0]) if item else ""
        folded = [line] if line.startswith("|") else textwrap.wrap(line, _WIDTH, subsequent_indent=indent)
        yield from folded or [""]


def _parameters(one: ClauseVersion) -> Iterator[str]:
    node = one.model.parametres
    declared = read_declarations(node, Report()) if isinstance(node, MappingNode) else {}
    if not declared:
        yield "Aucun paramètre.\n"
        return
    yield "| paramètre | type | ce qu'on y met | à défaut |"
    yield "|---|---|---|---|"
    for name, declaration in declared.items():
        yield f"| `{name}` | {_type(declaration)} | {_help(declaration)} | {_default(declaration)} |"
    yield ""


def _type(declaration: Declaration) -> str:
    kind = declaration.type or "texte"
    return f"{kind} {declaration.de}" if kind == "liste de" and declaration.de else kind


def _help(declaration: Declaration) -> str:
    """The label, the help, then the choices or the fields."""
    said = [str(declaration.libelle or "").rstrip(".")]
    if declaration.aide:
        said.append(str(declaration.aide).rstrip("."))
    text = ". ".join(one for one in said if one)
    choices = declaration.parmi
    if isinstance(choices, MappingNode):
        shown = (f"`{key.text}` ({_plain(label)})" for key, label in choices.entries)
        text += f" : {' ; '.join(shown)}"
    if declaration.champs:
        shown = (
            f"`{name}` ({_lowered(str(field.libelle or field.type))})" for name, field in declaration.champs.items()
        )
        text += f" ; chaque élément a pour champs {', '.join(shown)}"
    return _cell(text)


def _default(declaration: Declaration) -> str:
    if declaration.type == "partie":
        return f"la partie dont le rôle est « {declaration.role} »" if declaration.role else "la partie de ce nom"
    if declaration.defaut is None:
        return "un blanc"
    text = _plain(declaration.defaut)
    of_space = re.fullmatch(r"\{\{ charte\.(\w+) \}\}", text)
    return f"`{of_space[1]}` de `convgen.yaml`" if of_space else _cell(text)


def _plain(node: Node) -> str:
    match node:
        case Scalar(text=text):
            return text
        case MappingNode(entries=entries):
            return ", ".join(f"{key.text} : {_plain(value)}" for key, value in entries)
        case _:
            return ", ".join(_plain(item) for item in node.items)


def _sources(typed: Sequence[str], registry: Mapping[str, Registered]) -> Iterator[str]:
    """The texts in full, the articles of one text together: « le code civil, articles 1103 et 1104 »."""
    articles: dict[str, list[str]] = {}
    for one in typed:
        name, _, article = one.rpartition(" ")
        if not _ARTICLE.fullmatch(article) or not (name in registry or name.startswith("code ")):
            name, article = one, ""
        articles.setdefault(name, [])
        articles[name] += [article.replace(".", ". ")] if article else []
    for name, ones in articles.items():
        text = wording(registry[name], "") if name in registry else name
        text = text.strip() if not text.startswith("code ") else f"le {text}"
        label = "articles" if len(ones) > 1 else "article"
        yield _cell(f"{text}, {label} {join_list(ones)}" if ones else text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return _one_line(text).replace("|", "\\|")


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def main(target: Path) -> None:
    """Write the page for the workspace of the current folder."""
    target.write_text(page(Path.cwd()), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
