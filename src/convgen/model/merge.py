"""A definition over its modèle: layers, the definition's first. Articles and annexes merge by identifier.

Nothing is copied: a `Piece` keeps the layers it is made of, so that each text, title or passage
still says which file it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from convgen.errors import Place, Report, nearest, slip, suggest
from convgen.model.resolved import Override
from convgen.model.schema.acte import Corps
from convgen.model.schema.articles import Annexe, Article, Contenu
from convgen.model.values import DataValue
from convgen.source.nodes import folded
from convgen.source.yaml import MappingNode

CONTENT = ("texte", "clause", "fichier", "externe", "fiches", "tableau", "articles")
_SAID = {
    "texte": "remplace le texte",
    "titre": "change le titre",
    "clause": "change la clause",
    "avec": "change les paramètres",
    "si": "pose une condition",
    "fichier": "donne le fichier",
    "numero": "fige le numéro",
}


@dataclass(frozen=True, slots=True)
class Layer:
    """An article or annexe as one file gives it. `what` is "définition" or "modèle"; `path` leads to it there."""

    model: Contenu
    what: str
    path: str


@dataclass(frozen=True, slots=True)
class Piece:
    """An article or annexe once merged. `layers` come strongest first; `children` are its sub-articles."""

    id: str
    layers: tuple[Layer, ...]
    children: tuple[Piece, ...] = ()

    def pick(self, key: str) -> Layer | None:
        """The strongest layer that gives a key."""
        for layer in self.layers:
            if layer.model.gives(key):
                return layer
        return None

    @property
    def content(self) -> tuple[str, Layer] | None:
        """What the piece is made of, and who says so: a layer with a content hides the contents below it."""
        for layer in self.layers:
            for key in CONTENT:
                if layer.model.gives(key) and key != "articles":
                    return key, layer
        return None

    @property
    def place(self) -> Place:
        """Where the strongest layer stands."""
        return self.layers[0].model.place or Place("")

    @property
    def path(self) -> str:
        """The path of the strongest layer."""
        return self.layers[0].path


@dataclass(slots=True)
class _Growing:
    """A piece while it is merged."""

    id: str
    layers: list[Layer]
    children: list[_Growing] = field(default_factory=list)

    def done(self) -> Piece:
        return Piece(self.id, tuple(self.layers), tuple(child.done() for child in self.children))


def identifier(model: Contenu) -> str:
    """The identifier of an article: its own, else its clause's."""
    if model.id is not None:
        return str(model.id)
    return str(model.clause).partition("@")[0] if model.clause is not None else ""


def merge_pieces(
    base: Sequence[Contenu],
    over: Sequence[Contenu],
    kind: str,
    report: Report,
    amended: Sequence[Sequence[Contenu]] = (),
) -> tuple[tuple[Piece, ...], tuple[Override, ...]]:
    """Lay the pieces of a definition over those of its modèle, then those of its avenants, in order.

    Args:
        base: the modèle's articles or annexes, in order; empty without a modèle.
        over: the definition's.
        kind: "articles" or "annexes", the head of the paths.
        report: receives DEF-02 (no identifier), DEF-13 (unknown), DEF-14 (twice), AVE-18 (unknown to the convention).
        amended: what each avenant changes of them.
    """
    merger = _Merger(report, has_base=bool(base))
    merger.plant(base, kind)
    merger.start(over)
    merger.lay(over, merger.roots, kind)
    for changes in amended:
        merger.has_base, merger.what = True, "avenant"
        merger.start(changes)
        merger.lay(changes, merger.roots, f"modifications.{kind}")
    return tuple(root.done() for root in merger.roots), tuple(merger.overrides)


class _Merger:
    """Holds the growing tree and what the definition changes of it."""

    def __init__(self, report: Report, *, has_base: bool) -> None:
        self.report = report
        self.has_base = has_base
        self.roots: list[_Growing] = []
        self.overrides: list[Override] = []
        self.after: dict[str, _Growing] = {}
        self.laid: set[str] = set()
        self.mentioned: set[str] = set()
        self.titled = False
        self.what = "définition"

    def start(self, over: Sequence[Contenu]) -> None:
        """Before the pieces of one more file are laid."""
        self.laid, self.after = set(), {}
        self.mentioned = {identifier(one) for model in over for one in (model, *_below(model))}

    def plant(self, base: Sequence[Contenu], path: str) -> None:
        """Make the tree of the modèle."""
        self.roots = self._grown(base, path, "modèle", set())
        self.titled = path == "articles" and any(model.gives("titre") or model.gives("clause") for model in base)

    def _grown(self, models: Sequence[Contenu], path: str, what: str, seen: set[str]) -> list[_Growing]:
        grown = []
        for rank, model in enumerate(models):
            here = f"{path}[{rank}]"
            name = self._named(model, here)
            if name in seen:
                self._twice(name, model, here)
                continue
            seen.add(name)
            children = self._grown(_children(model), f"{here}.articles", what, seen)
            grown.append(_Growing(name, [Layer(model, what, here)], children))
        return grown

    def lay(self, over: Sequence[Contenu], siblings: list[_Growing], path: str) -> None:
        """Lay the definition's pieces, in the order they are typed."""
        for rank, model in enumerate(over):
            here = f"{path}[{rank}]"
            name = self._named(model, here)
            if name in self.laid:
                self._twice(name, model, here)
                continue
            self.laid.add(name)
            found = _find(self.roots, name)
            if found is None:
                self._insert(name, model, siblings, here)
            else:
                self._cover(found, model, here)

    def _named(self, model: Contenu, path: str) -> str:
        name = identifier(model)
        if not name:
            remedy = "Ajoutez par exemple « id: objet »."
            self.report.error("DEF-02", "il manque la clé « id » (ou une clause)", model.place, path, remedy=remedy)
            return f"?{path}"
        return name

    def _twice(self, name: str, model: Contenu, path: str) -> None:
        place = model.place_of("id") if model.id is not None else model.place_of("clause")
        self.report.error(
            "DEF-14", f"l'identifiant « {name} » est en double", place, path, remedy="Donnez un autre « id » à l'un."
        )

    def _insert(self, name: str, model: Contenu, siblings: list[_Growing], path: str) -> None:
        has_content = any(model.gives(key) for key in CONTENT) or not self.has_base
        if model.retirer or not has_content:
            known = [one.id for one in _walk(self.roots)]
            remedy = suggest(name, known, "Identifiants")
            if not model.retirer:
                remedy += " Pour un article nouveau, donnez son texte ou sa clause."
            place = model.place_of("id") if model.id is not None else model.place
            code, where = ("AVE-18", "la convention") if self.what == "avenant" else ("DEF-13", "le modèle")
            self.report.error(code, f"« {name} » n'est pas dans {where}", place, path, remedy=remedy.strip())
            return
        piece = _Growing(name, [Layer(model, self.what, path)])
        piece.children = self._grown(_children(model), f"{path}.articles", self.what, self.laid)
        self._set_down(piece, model, siblings, path)
        if self.has_base:
            self._note("insère", name, model.place)
            self._doubt(name, model, siblings, path)

    def _doubt(self, name: str, model: Contenu, siblings: list[_Growing], path: str) -> None:
        """A new article that looks like a slip (its name is nearly that of another), or that has no title."""
        placed = model.apres is not None or model.avant is not None
        known = [one.id for one in _walk(self.roots) if one.id not in self.mentioned]
        untitled = self.titled and siblings is self.roots and not (model.gives("titre") or model.gives("clause"))
        certain = placed or model.id is None  # a clause brings its own name: the library knows it or not
        near = "" if certain else (nearest(name, known) or "" if untitled else slip(name, known))
        if not (near or untitled):
            return
        whose = "de la convention" if self.what == "avenant" else "du modèle"
        message = f"« {name} » n'est pas un article {whose} : il est ajouté"
        message += f"{'' if placed else ' à la fin'}{', sans titre' if untitled else ''}"
        remedy = f"Vouliez-vous dire « {near} » ?" if near else "Donnez-lui un titre, ou écrivez « titre: sans »."
        place = model.place_of("id" if model.id is not None else "texte")
        self.report.warning("DEF-13", message, place, path, remedy=remedy)

    def _cover(self, found: _Growing, model: Contenu, path: str) -> None:
        below = found.layers[0].model
        if model.retirer:
            _list_of(self.roots, found).remove(found)
            self._note("retire", found.id, model.place, below.place)
            return
        if model.gives("texte") and not below.gives("texte"):
            found.children = []
        found.layers.insert(0, Layer(model, self.what, path))
        for override in _changes(model, found):
            self.overrides.append(override)
        if model.apres is not None or model.avant is not None:
            siblings = _list_of(self.roots, found)
            siblings.remove(found)
            self._set_down(found, model, siblings, path)
            self._note("déplace", found.id, model.place, below.place)
        self.lay(_children(model), found.children, f"{path}.articles")

    def _set_down(self, piece: _Growing, model: Contenu, siblings: list[_Growing], path: str) -> None:
        anchor_key = "apres" if model.apres is not None else "avant"
        anchor = model.apres if model.apres is not None else model.avant
        if anchor is None:
            siblings.append(piece)
            return
        target = self.after.get(anchor) if anchor_key == "apres" else None
        target = target or _find(self.roots, anchor)
        if target is None:
            known = [one.id for one in _walk(self.roots)]
            remedy = suggest(anchor, known, "Identifiants")
            where = f"{path}.{anchor_key}"
            place = model.place_of(anchor_key)
            self.report.error("DEF-13", f"article inconnu : « {anchor} »", place, where, "", remedy)
            siblings.append(piece)
            return
        beside = _list_of(self.roots, target)
        beside.insert(beside.index(target) + (anchor_key == "apres"), piece)
        if anchor_key == "apres":
            # Two articles placed after the same one keep the order in which they are typed.
            self.after[anchor] = piece

    def _note(self, what: str, target: str, place: Place | None, instead_of: Place | None = None) -> None:
        self.overrides.append(Override(what, target, place or Place(""), instead_of))


def _children(model: Contenu) -> tuple[Article, ...]:
    return model.articles or () if isinstance(model, Article) else ()


def _below(model: Contenu) -> Iterator[Contenu]:
    for child in _children(model):
        yield child
        yield from _below(child)


def _walk(nodes: Iterable[_Growing]) -> Iterator[_Growing]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def _find(nodes: Iterable[_Growing], name: str) -> _Growing | None:
    return next((node for node in _walk(nodes) if node.id == name), None)


def _list_of(nodes: list[_Growing], wanted: _Growing) -> list[_Growing]:
    """The list that holds a node: the roots or the children of its parent."""
    return next((node.children for node in _walk(nodes) if any(one is wanted for one in node.children)), nodes)


def _changes(model: Contenu, found: _Growing) -> Iterator[Override]:
    """What a layer changes of the layers under it."""
    place = model.place or Place("")
    for key, said in _SAID.items():
        if model.gives(key):
            below = next((one.model for one in found.layers[1:] if one.model.gives(key)), None)
            yield Override(said, found.id, model.place_of(key) or place, below.place_of(key) if below else None)
    for name, text in (model.passages or {}).items():
        yield Override("remplace le passage", f"{found.id}/{name}", text.place)
    for name in model.sans or ():
        yield Override("retire le sous-article", f"{found.id}/{name}", name.place)


class Amending(Protocol):
    """What an avenant changes of the articles and annexes."""

    @property
    def articles(self) -> Sequence[Contenu] | None:
        """Those that change, and the new ones."""
        ...

    @property
    def annexes(self) -> Sequence[Contenu] | None:
        """Those that change, and the new ones."""
        ...


@dataclass(frozen=True, slots=True)
class Amended:
    """What the avenants make of a definition, besides the keys that are already merged in it.

    Attributes:
        changes: what each changes of the articles and annexes.
        gone: the parties that have left.
        on: the day at which names, clauses and laws are looked at: that of the convention, which an avenant that
            changes its effect does not move.
        inherited: data that expressions and conditions see besides the act's own.
    """

    changes: tuple[Amending, ...] = ()
    gone: frozenset[str] = frozenset()
    on: date | None = None
    inherited: Mapping[str, DataValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Merged:
    """The keys of an act, the definition's over the modèle's.

    Once amended, the definition holds what its avenants change of it, but for the articles and annexes, which are laid
    over in turn (`changes`), and the parties that have left (`gone`), which the modèle would bring back.
    """

    definition: Corps
    modele: Corps | None = None
    changes: tuple[Amending, ...] = ()
    gone: frozenset[str] = frozenset()

    def layer(self, key: str) -> tuple[Corps, str] | None:
        """The strongest of the two that gives a key, and what it is ("définition" or "modèle")."""
        if self.definition.gives(key):
            return self.definition, "définition"
        if self.modele is not None and self.modele.gives(key):
            return self.modele, "modèle"
        return None

    def nodes(self, key: str) -> tuple[MappingNode, ...]:
        """The mappings of a key, the definition's first."""
        found = (layer.node_of(key) for layer in (self.definition, self.modele) if layer is not None)
        return tuple(node for node in found if isinstance(node, MappingNode))

    def overrides(self) -> Iterator[Override]:
        """The whole keys and the passages that the definition replaces."""
        if self.modele is None:
            return
        for key in ("titre", "objet", "plan", "visas", "preambule", "duree", "numerotation", "verifier", "cartouche"):
            if self.definition.gives(key) and self.modele.gives(key):
                place = self.definition.place_of(key) or Place("")
                yield Override("remplace", key, place, self.modele.place_of(key))
        parties = {folded(key): party for key, party in (self.modele.parties or {}).items()}
        for key, party in (self.definition.parties or {}).items():
            under = parties.get(folded(key))
            for name in sorted(party.model_fields_set & under.model_fields_set) if under is not None else ():
                instead = under.place_of(name) if under is not None else None
                yield Override("remplace", f"parties.{key}.{name}", party.place_of(name) or Place(""), instead)
        below = self.modele.passages or {}
        for name, text in (self.definition.passages or {}).items():
            instead = below[name].place if name in below else None
            yield Override("remplace le passage", name, text.place, instead)


def pieces(merged: Merged, kind: str, report: Report) -> tuple[tuple[Piece, ...], tuple[Override, ...]]:
    """The merged articles or annexes of an act."""
    base: Sequence[Article | Annexe] = (getattr(merged.modele, kind) or ()) if merged.modele is not None else ()
    over: Sequence[Article | Annexe] = getattr(merged.definition, kind) or ()
    return merge_pieces(base, over, kind, report, [getattr(one, kind) or () for one in merged.changes])
