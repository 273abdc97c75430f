"""`convgen voir`: what an identifier resolves to, merged, each line with its origin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from convgen.cli.clauses import clause_lines
from convgen.cli.listing import Line, merged_entries, node_lines, print_lines, text_lines
from convgen.cli.pipeline import open_workspace
from convgen.cli.render import print_diagnostics
from convgen.errors import Diagnostic, Report, suggest
from convgen.model.avenant import version_after
from convgen.model.files import Asked
from convgen.model.library import choose
from convgen.model.merge import Layer, Merged, Piece, pieces
from convgen.model.reference_date import reference_date
from convgen.source.nodes import MappingNode, PlacedText
from convgen.workspace import Workspace

KINDS: Final = ("convention", "avenant", "deliberation", "arrete", "modele", "clause", "organisme", "textes")
#: Keys of an article that are printed after the others; a text hides the clause that it replaces.
_SHOWN_APART: Final = ("id", "articles", "texte")
#: How deep each key of a definition merges with the modèle's; the others are replaced whole.
_DEPTHS: Final = {"parties": 2, "donnees": 2, "passages": 1}


@dataclass(frozen=True, slots=True)
class _Viewer:
    """The workspace being looked at, and what was found wrong in it."""

    workspace: Workspace
    report: Report

    def lines(self, kind: str, name: str) -> Iterator[Line]:
        match kind:
            case "convention":
                yield from self._convention(name)
            case "avenant":
                yield from self._avenant(name)
            case "deliberation" | "arrete":
                yield from self._unilateral(kind, name)
            case "modele":
                loaded = self.workspace.modele(name, Asked(), self.report)
                if loaded is not None and loaded.model is not None:
                    yield from self._act(Merged(loaded.model), date.today())
            case "clause":
                yield from clause_lines(self.workspace, name, self.report)
            case "organisme":
                yield from self._organisme(name, 0)
            case _:
                registered = self.workspace.textes(self.report)[name]
                if registered.text.place is not None and (node := _node(registered.text)) is not None:
                    yield from node_lines(node, 0, f"{name}:")

    def _convention(self, name: str) -> Iterator[Line]:
        loaded = self.workspace.definition(name, self.report)
        if loaded is None or loaded.model is None:
            return
        wanted = loaded.model.modele
        below = self.workspace.modele(wanted, Asked(wanted.place, "modele"), self.report) if wanted else None
        merged = Merged(loaded.model, below.model if below is not None else None)
        yield from self._act(merged, reference_date(merged, date.today()))

    def _avenant(self, name: str) -> Iterator[Line]:
        """The file, then the convention as the avenant leaves it."""
        loaded = self.workspace.avenant(name, self.report)
        if loaded is None or loaded.node is None or loaded.model is None:
            return
        yield from node_lines(loaded.node)
        after = version_after(self.workspace, name, date.today(), self.report)
        if after is not None:
            yield Line(f"# la convention « {loaded.model.modifie} », telle que l'avenant la laisse :")
            yield from self._act(*after)

    def _unilateral(self, kind: str, name: str) -> Iterator[Line]:
        """The file, then the acts that it authorises."""
        from convgen.cli.deliberations import facts_lines

        files, report = self.workspace, self.report
        loaded = files.deliberation_file(name, report) if kind == "deliberation" else files.arrete_file(name, report)
        if loaded is None or loaded.node is None:
            return
        yield from node_lines(loaded.node)
        if kind == "deliberation":
            yield from (Line(text) for text in facts_lines(files, str(getattr(loaded.model, "deliberation", name))))

    def _act(self, act: Merged, on: date) -> Iterator[Line]:
        layers = [node for one in (act.definition, act.modele) if one is not None and (node := _node(one)) is not None]
        names = list(dict.fromkeys(key.text for node in layers for key, _ in node.entries))
        for name in names:
            if name == "parties":
                yield from self._parties(layers)
            elif name in ("articles", "annexes"):
                yield Line(f"{name}:")
                merged, _ = pieces(act, name, self.report)
                for piece in merged:
                    yield from self._piece(piece, 1, on)
            else:
                given = [node for node in layers if node.get(name) is not None]
                only = [
                    MappingNode(tuple(one for one in node.entries if one[0].text == name), node.place) for node in given
                ]
                yield from merged_entries(only, _DEPTHS.get(name, 0), 0)

    def _parties(self, layers: Sequence[MappingNode]) -> Iterator[Line]:
        yield Line("parties:")
        maps = [node for one in layers if isinstance(node := one.get("parties"), MappingNode)]
        for name in dict.fromkeys(key.text for one in reversed(maps) for key, _ in one.entries):
            given = [node for one in maps if isinstance(node := one.get(name), MappingNode)]
            yield Line(f"  {name}:", maps[0].key_place(name) or maps[-1].key_place(name))
            yield from merged_entries(given, 0, 2)
            organisme = next((node for one in given if (node := one.get("organisme")) is not None), None)
            if organisme is not None and isinstance(text := getattr(organisme, "value", None), str):
                yield Line(f"    # l'organisme « {text} » :")
                yield from self._organisme(text, 2)

    def _organisme(self, name: str, indent: int) -> Iterator[Line]:
        if name == "defaut":
            name = str(self.workspace.espace(self.report).organisme or "")
        loaded = self.workspace.organisme(name, Asked(), self.report) if name else None
        if loaded is not None and loaded.node is not None:
            yield from node_lines(loaded.node, indent)

    def _piece(self, piece: Piece, indent: int, on: date) -> Iterator[Line]:
        margin = "  " * indent
        yield Line(f"{margin}- id: {piece.id}", piece.place)
        maps = [node for layer in piece.layers if (node := _node(layer.model)) is not None]
        content = piece.content
        hidden = [*_SHOWN_APART, *(("clause",) if content and content[0] != "clause" else ())]
        yield from merged_entries(maps, 0, indent + 1, frozenset(hidden))
        if content is not None:
            yield from self._content(content[0], content[1], indent + 1, on)
        if piece.children:
            yield Line(f"{margin}  articles:")
            for child in piece.children:
                yield from self._piece(child, indent + 2, on)

    def _content(self, key: str, layer: Layer, indent: int, on: date) -> Iterator[Line]:
        value = getattr(layer.model, key, None)
        if not isinstance(value, PlacedText):
            return
        if key == "texte":
            yield Line(f"{'  ' * indent}texte: |", layer.model.place_of("texte"))
            yield from text_lines(value, value.place, indent + 1)
        elif key == "clause":
            version = choose(self.workspace, value, on, layer.path, self.report)
            if version is not None:
                yield Line(f"{'  ' * indent}# la clause « {version.name} » :")
                yield from text_lines(version.text.text, version.text.place, indent)


def show(name: str, as_json: bool) -> int:
    """Print what the name of a file or an identifier resolves to; 1 when nothing has that name."""
    workspace = open_workspace((name,))
    report = Report()
    viewer = _Viewer(workspace, report)
    targets = _targets(workspace, name)
    if not targets:
        known = {one for kind in KINDS for one in workspace.ids(kind)}
        remedy = suggest(name, known, "Identifiants")
        print_diagnostics([Diagnostic("FIC-01", f"rien ne s'appelle « {name} »", remedy=remedy)])
        return 1
    for kind in {kind for kind, _ in targets} - {"textes"}:
        workspace.check_unique(kind, report)
    print_lines([line for kind, one in targets for line in viewer.lines(kind, one)], as_json=as_json)
    print_diagnostics(report, workspace.root)
    return 1 if report.errors else 0


def _targets(workspace: Workspace, name: str) -> list[tuple[str, str]]:
    """(kind, identifier) of everything that has this name; a path has the kind of its folder."""
    path = Path(name)
    if path.is_file():
        relative = workspace.relative(path.resolve())
        stem = path.stem
        for kind, folder in (
            ("textes", "clauses/textes/"),
            ("clause", "clauses/"),
            ("modele", "templates/modeles/"),
            ("avenant", "conventions/avenants/"),
            ("deliberation", "conventions/deliberations/"),
            ("arrete", "conventions/arretes/"),
            ("organisme", "conventions/organismes/"),
        ):
            if relative.startswith(folder):
                return [(kind, stem)] if kind != "textes" else []
        return [("convention", str(path.resolve()))]
    found = [(kind, name) for kind in KINDS if name in workspace.ids(kind) or (kind == "clause" and "@" in name)]
    if not found and workspace.definition(name, Report()) is not None:
        found.append(("convention", name))
    return found


def _node(model: object) -> MappingNode | None:
    node = getattr(model, "_node", None)
    return node if isinstance(node, MappingNode) else None
