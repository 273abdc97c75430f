"""Articles and annexes of an act: conditions evaluated, clauses chosen, parameters bound, origins kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from convgen.acte.nodes import Origin
from convgen.errors import Place, Report, suggest
from convgen.model.binding import Scope, bind_parameters, holds
from convgen.model.files import Asked, Files
from convgen.model.library import ClauseVersion, choose
from convgen.model.merge import Layer, Piece
from convgen.model.reserved import blank, is_none, is_unknown, source
from convgen.model.resolved import AnnexeSpec, Argument, ArticleSpec, FichesSpec
from convgen.model.schema.articles import Annexe, Article, Extrait
from convgen.model.tables.fiches import chosen_fiches
from convgen.model.tables.registry import Tables
from convgen.model.values import TextSource, Unknown
from convgen.source.yaml import MappingNode

_CALLED = re.compile(r"passage\(\s*[\"']([\w-]+)[\"']")
_BLANK_NAME = "texte_a_completer"
_MOST_REPEATED = 50


@dataclass(frozen=True, slots=True)
class Articles:
    """What resolving the articles of one act needs, and the clauses it has used so far."""

    files: Files
    on: date
    scope: Scope
    report: Report
    common_passages: frozenset[str] = frozenset()
    used: set[tuple[str, str]] = field(default_factory=set)
    tables: Tables | None = None

    def articles(self, pieces: Sequence[Piece]) -> tuple[ArticleSpec, ...]:
        """The articles whose condition holds, in order."""
        found = (self.article(piece) for piece in pieces)
        return tuple(one for one in found if one is not None)

    def article(self, piece: Piece, level: int = 1) -> ArticleSpec | None:
        """One article and its sub-articles; None when its condition is false."""
        if not self._holds(piece):
            return None
        grouping = any(isinstance(one.model, Article) and one.model.niveau != "article" for one in piece.layers)
        level = 0 if grouping else level
        clause, is_clause = self._clause(piece)
        text, unknown = self._text(piece, clause if is_clause else None)
        arguments: dict[str, Argument] = dict(unknown)
        if clause is not None:
            arguments |= self._bind(piece, clause)
        elif piece.pick("avec") is not None:
            self._no_clause(piece)
        children = (self.article(child, level + 1) for child in piece.children)
        return ArticleSpec(
            id=piece.id,
            title=self._title(piece, clause),
            text=text,
            origin=_origin(piece, clause if is_clause else None),
            is_clause=is_clause,
            arguments=arguments,
            passages=self._passages(piece, clause if is_clause else None, text),
            without=tuple(name for layer in piece.layers for name in layer.model.sans or ()),
            articles=tuple(child for child in children if child is not None),
            level=level,
            frozen_number=_number(piece),
            repeat=_repeat(piece),
        )

    def annexes(self, pieces: Sequence[Piece]) -> tuple[AnnexeSpec, ...]:
        """The annexes whose condition holds, in order."""
        found = (self.annexe(piece) for piece in pieces)
        return tuple(one for one in found if one is not None)

    def annexe(self, piece: Piece) -> AnnexeSpec | None:
        """One annexe; None when its condition is false."""
        if not self._holds(piece):
            return None
        content = piece.content
        kind = content[0] if content is not None else ""
        inner = self.article(piece, 1) if kind in ("texte", "clause") else self._waiting(piece)
        file = ""
        external = kind == "externe"
        table = self._table(content[1]) if content is not None and kind == "tableau" else ""
        if content is not None and kind == "fichier":
            file, external = self._file(content[1], piece)
        elif content is None:
            # Nothing says what it holds: it is announced and referred to, and comes from elsewhere.
            external = True
        return AnnexeSpec(
            id=piece.id,
            title=self._title(piece, None),
            content=inner,
            origin=inner.origin if inner is not None else _origin(piece, None),
            file=file,
            external=external,
            rank=str(_own(piece, "rang") or ""),
            series=str(_own(piece, "serie") or ""),
            frozen_number=_number(piece),
            orientation=self._orientation(piece, table),
            table=table,
            fiches=self._fiches(content[1]) if content is not None and kind == "fiches" and inner is None else None,
        )

    def _waiting(self, piece: Piece) -> ArticleSpec | None:
        """A blank in the place of the fiches of a jeu that nobody has chosen yet."""
        content = piece.content
        model = content[1].model if content is not None and content[0] == "fiches" else None
        if self.tables is None or not self.tables.waiting or content is None or not isinstance(model, Annexe):
            return None
        if model.jeu is not None or str(model.fiches).strip() != "jeu":
            return None
        text = TextSource(f"{{{{ {_BLANK_NAME} }}}}", model.place or Place(""), content[1].what)
        unknown = {_BLANK_NAME: Unknown("jeu", "jeu de données")}
        return ArticleSpec(id=piece.id, title=None, text=text, origin=_origin(piece, None), arguments=unknown)

    def _table(self, layer: Layer) -> str:
        """The table that an annexe prints; "" when it is unknown or wrong, which is reported."""
        name = layer.model.tableau if isinstance(layer.model, Annexe) else None
        if name is None or self.tables is None:
            return ""
        found = self.tables.table(str(name).strip(), Asked(name.place, f"{layer.path}.tableau"))
        return found.id if found is not None else ""

    def _orientation(self, piece: Piece, table: str) -> str:
        """As said; else that of the table, when it is all that the annexe holds."""
        if table and self.tables is not None and piece.pick("orientation") is None:
            made = self.tables.table(table)
            return "paysage" if made is not None and made.landscape else "portrait"
        return str(_own(piece, "orientation") or "portrait")

    def _fiches(self, layer: Layer) -> FichesSpec | None:
        model = layer.model
        if not isinstance(model, Annexe) or model.fiches is None or self.tables is None:
            return None
        name = str(model.fiches).strip()
        wanted = model.jeu if model.jeu is not None else model.fiches if name != "jeu" else None
        asked = Asked((wanted or model.fiches).place, f"{layer.path}.fiches")
        jeu = self.tables.jeu("" if wanted is None else str(wanted).strip(), asked)
        if jeu is None:
            if wanted is None and not self.tables.jeu_id:
                remedy = "Ajoutez « jeu: » à la définition, ou nommez le jeu de l'annexe."
                self.report.error("DEF-22", "l'acte n'a pas de jeu de données", asked.place, asked.path, remedy=remedy)
            return None
        return FichesSpec(jeu, chosen_fiches(jeu, model, layer.path, self.report), model.sommaire)

    # --- parts of a piece -----------------------------------------------------------------------------

    def _holds(self, piece: Piece) -> bool:
        layer = piece.pick("si")
        if layer is None or layer.model.si is None:
            return True
        return holds(layer.model.si, self.scope, f"{layer.path}.si", self.report)

    def _clause(self, piece: Piece) -> tuple[ClauseVersion | None, bool]:
        """The clause of a piece, and whether its text is printed (else only its title may be)."""
        content = piece.content
        is_clause = content is not None and content[0] == "clause"
        layer = content[1] if content is not None and is_clause else piece.pick("clause")
        if layer is None or layer.model.clause is None:
            return None, False
        if not is_clause and piece.pick("titre") is not None:
            return None, False
        # A clause of the modèle asks nothing of the definition: its path is the modèle's.
        chosen = choose(self.files, layer.model.clause, self.on, f"{layer.path}.clause", self.report)
        if chosen is not None and is_clause:
            self.used.add((chosen.id, chosen.version))
            self._check_conditions(chosen, layer)
        return chosen, is_clause and chosen is not None

    def _check_conditions(self, clause: ClauseVersion, layer: Layer) -> None:
        condition = clause.model.conditions
        if condition is None or holds(condition, self.scope, "conditions", self.report):
            return
        self.report.warning(
            "DEF-17",
            f"la condition de la clause « {clause.name} » n'est pas remplie",
            layer.model.place_of("clause"),
            f"{layer.path}.clause",
            cause=f"Elle est écrite dans {clause.file}.",
            remedy="Vérifiez que cette clause convient à l'acte.",
        )

    def _text(self, piece: Piece, clause: ClauseVersion | None) -> tuple[TextSource | None, Mapping[str, Unknown]]:
        if clause is not None:
            return clause.text, {}
        content = piece.content
        if content is None or content[0] != "texte" or content[1].model.texte is None:
            return None, {}
        layer, text = content[1], content[1].model.texte
        if is_none(text):
            return None, {}
        unknown = blank(text, f"{layer.path.split('[')[0]}.{piece.id}.texte")
        if unknown is None:
            return source(text, layer.what), {}
        hint = unknown.hint or f"texte de « {piece.id} »"
        printed = TextSource(f"{{{{ {_BLANK_NAME} }}}}", text.place, layer.what)
        return printed, {_BLANK_NAME: Unknown(unknown.key, hint)}

    def _bind(self, piece: Piece, clause: ClauseVersion) -> Mapping[str, Argument]:
        given = [layer.model.avec for layer in piece.layers if layer.model.avec is not None]
        paths = [f"{layer.path}.avec" for layer in piece.layers if layer.model.avec is not None]
        nodes: Sequence[MappingNode] = [node for node in given if isinstance(node, MappingNode)]
        return bind_parameters(clause, list(zip(nodes, paths, strict=False)), self.scope, self.report)

    def _no_clause(self, piece: Piece) -> None:
        layer = piece.pick("avec")
        if layer is None or (piece.content is not None and piece.content[0] == "clause"):
            return
        self.report.error(
            "DEF-10",
            f"« {piece.id} » n'est pas une clause : il n'a pas de paramètre",
            layer.model.place_of("avec"),
            f"{layer.path}.avec",
            remedy="Retirez « avec », ou nommez une clause.",
        )

    def _title(self, piece: Piece, clause: ClauseVersion | None) -> TextSource | None:
        layer = piece.pick("titre")
        if layer is not None and layer.model.titre is not None:
            title = layer.model.titre
            return None if is_none(title) else source(title, layer.what)
        if clause is None or clause.model.titre is None or is_none(clause.model.titre):
            return None
        return source(clause.model.titre, "clause", clause.name)

    def _passages(
        self, piece: Piece, clause: ClauseVersion | None, text: TextSource | None
    ) -> Mapping[str, TextSource]:
        passages: dict[str, TextSource] = dict(clause.passages) if clause is not None else {}
        called = _called_in(text.text) if text is not None else frozenset()
        known = {*passages, *called, *self.common_passages}
        for layer in reversed(piece.layers):
            for name, written in (layer.model.passages or {}).items():
                if name not in known:
                    path = f"{layer.path}.passages.{name}"
                    message = f"passage inconnu : « {name} »"
                    self.report.error("DEF-20", message, written.place, path, remedy=suggest(name, known, "Passages"))
                passages[name] = source(written, layer.what)
        return passages

    def _file(self, layer: Layer, piece: Piece) -> tuple[str, bool]:
        name = layer.model.fichier if isinstance(layer.model, Annexe) else None
        external = bool(_own(piece, "externe"))
        if name is None:
            return "", external
        path = f"{layer.path}.fichier"
        found = self.files.resolve_path(str(name), self.report, Asked(name.place, path))
        if found is None:
            return "", external
        if not found.is_file() and not external:
            remedy = "Déposez le fichier, ou écrivez « externe: oui » s'il est joint hors de convgen."
            self.report.error("FIC-01", f"le fichier « {name} » est introuvable", name.place, path, remedy=remedy)
        return str(name), external


def called_passages(texts: Iterable[str]) -> frozenset[str]:
    """The names of the passages that texts call."""
    return frozenset(name for text in texts for name in _called_in(text))


@lru_cache(maxsize=4096)
def _called_in(text: str) -> frozenset[str]:
    return frozenset(_CALLED.findall(text))


def extracts(parts: Sequence[Extrait], file: str, level: int = 1) -> tuple[ArticleSpec, ...]:
    """The transcribed parts of an act signed elsewhere, with the numbers of the original."""
    found = []
    for part in parts:
        title = None if part.titre is None or is_unknown(part.titre) or is_none(part.titre) else part.titre
        text = None if part.texte is None else source(part.texte, "définition")
        if text is not None and is_unknown(part.texte):
            # it is there, and we do not have it
            text = replace(text, text="(...)")
        found.append(
            ArticleSpec(
                id=str(part.id or f"article-{part.numero}"),
                title=source(title, "définition") if title is not None else None,
                text=text,
                origin=Origin(file, part.place.line if part.place else 0, what="définition"),
                articles=extracts(part.articles or (), file, level + 1),
                level=level,
                frozen_number=str(part.numero),
            )
        )
    return tuple(found)


def _own(piece: Piece, key: str) -> object:
    """A key of the strongest layer that gives it."""
    layer = piece.pick(key)
    return getattr(layer.model, key) if layer is not None else None


def _number(piece: Piece) -> str:
    layer = piece.pick("numero")
    number = layer.model.numero if layer is not None else None
    return "" if number is None or is_none(number) else str(number).strip()


def _repeat(piece: Piece) -> int:
    layer = piece.pick("repeter")
    return min(layer.model.repeter or 1, _MOST_REPEATED) if layer is not None else 1


def _origin(piece: Piece, clause: ClauseVersion | None) -> Origin:
    if clause is not None:
        place = clause.text.place
        return Origin(clause.file, place.line, clause.id, clause.version, "clause")
    content = piece.content
    layer = content[1] if content is not None else piece.layers[0]
    place = layer.model.place or Place("")
    return Origin(place.file, place.line, what=layer.what)
