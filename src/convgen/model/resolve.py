"""A definition becomes a `ResolvedAct`: merged, dated, computed, checked. The only entry of the model for acts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from convgen.errors import Place, Report, suggest
from convgen.french.grammar import MASCULINE_SINGULAR, GenderUnknown, NounPhrase, parse_noun_phrase
from convgen.model.articles import Articles, called_passages, extracts
from convgen.model.author import author_of
from convgen.model.binding import Scope, act_data, check_act_rules, make_scope, party_data
from convgen.model.deliberation_acts import habilitated, states_of
from convgen.model.files import Asked, Files, Loaded
from convgen.model.library import versions
from convgen.model.merge import Amended, Merged, Piece, pieces
from convgen.model.parties import party_layers, resolve_party, resolve_sides
from convgen.model.recital import resolve_money, resolve_purpose
from convgen.model.reference_date import reference_date
from convgen.model.reserved import blank, is_none, source
from convgen.model.resolved import AnnexeSpec, ArticleSpec, Override, ResolvedAct
from convgen.model.schema.convention import Convention
from convgen.model.schema.espace import Espace
from convgen.model.schema.modele import Modele
from convgen.model.scheme import read_scheme
from convgen.model.signing import resolve_frame, resolve_letterhead, resolve_signatures, second_signatories
from convgen.model.tables.registry import Tables, make_tables
from convgen.model.term import resolve_term
from convgen.model.values import DataValue, TextSource, Unknown
from convgen.model.visas import visa_texts
from convgen.source.yaml import PlacedText

PLAN = (
    "en-tete",
    "cartouche",
    "intitule",
    "comparution",
    "visas",
    "preambule",
    "convenu",
    "articles",
    "signatures",
)

#: Keys that give the texts their names: when one was set aside, every text would seem wrong, and nothing more is said.
_ESSENTIAL = frozenset(("modele", "parties", "cotes", "donnees"))


@dataclass(slots=True)
class _Texts:
    """The texts of the act itself; those left « à compléter » become blanks among the data."""

    act: Merged
    blanks: dict[str, DataValue] = field(default_factory=dict)

    def get(self, key: str) -> TextSource | None:
        found = self.act.layer(key)
        text = getattr(found[0], key) if found is not None else None
        if found is None or not isinstance(text, PlacedText) or is_none(text):
            return None
        return self.source(text, found[1], key)

    def source(self, text: PlacedText, what: str, key: str) -> TextSource:
        unknown = blank(text, key)
        if unknown is None:
            return source(text, what)
        name = f"blanc_{key.replace('.', '_').replace('-', '_')}"
        self.blanks[name] = Unknown(unknown.key, unknown.hint or key.rsplit(".", 1)[-1])
        return TextSource(f"{{{{ {name} }}}}", text.place, what)


def resolve(files: Files, path_or_id: str | Path, today: date, report: Report) -> ResolvedAct | None:
    """A convention ready to be composed.

    Args:
        files: the workspace.
        path_or_id: a definition, by path or by identifier.
        today: the day that stands for the act's own while it has none.
        report: receives every problem of every file, none at a time; the caller stops on errors.

    Returns:
        None when too little could be read to go on. An act is resolved again only when one of the files it is made
        from has changed.
    """
    files = files.snapshot()
    loaded = files.definition(path_or_id, report)
    if loaded is None:
        return None
    for kind in ("convention", "modele", "organisme", "clause"):
        files.check_unique(kind, report)
    if loaded.model is None:
        return None
    modele, known = modele_of(files, loaded, report)
    if not known:
        return None
    kept = files.recall(loaded, f"resolved {today}")
    if isinstance(kept, ResolvedAct) and not report.diagnostics:
        return replace(kept, tables=kept.tables.again(files, report)) if kept.tables is not None else kept
    merged = Merged(loaded.model, modele.model if modele is not None else None)
    act = _Resolver(files, loaded, loaded.model, modele, merged, today, report).act()
    # foreign pieces, and tables that data are drawn from, are looked at each time; so is whatever was wrong
    drawn = act.tables is not None and bool(act.tables.made or act.tables.jeux)
    if not (report.diagnostics or drawn or any(annexe.file for annexe in act.annexes)):
        files.remember(loaded, f"resolved {today}", act)
    return act


def resolve_version(
    files: Files, loaded: Loaded[Convention], amended: Amended, today: date, report: Report
) -> ResolvedAct | None:
    """A definition once amended by avenants, ready to be composed; nothing of it is remembered.

    Returns:
        None when too little of it or of its modèle could be read.
    """
    modele, known = modele_of(files, loaded, report)
    if loaded.model is None or not known:
        return None
    merged = Merged(loaded.model, modele.model if modele is not None else None, amended.changes, amended.gone)
    return _Resolver(files, loaded, loaded.model, modele, merged, today, report, amended).act()


def modele_of(files: Files, loaded: Loaded[Convention], report: Report) -> tuple[Loaded[Modele] | None, bool]:
    """The modèle of a definition, None when it names none; and whether there is enough to go on."""
    name, modele = loaded.model.modele if loaded.model is not None else None, None
    if name is not None:
        modele = files.modele(str(name), Asked(name.place, "modele"), report)
        if modele is None or modele.model is None or modele.aside & _ESSENTIAL:
            return None, False
    return modele, not loaded.aside & _ESSENTIAL


@dataclass(frozen=True, slots=True)
class _Merging:
    """Pieces once merged, and the modèle they were merged with."""

    modele: Loaded[Modele] | None
    pieces: tuple[Piece, ...]
    overrides: tuple[Override, ...]


@dataclass(slots=True)
class _Resolver:
    """Holds what the stages of one act share."""

    files: Files
    loaded: Loaded[Convention]
    definition: Convention
    modele: Loaded[Modele] | None
    merged: Merged
    today: date
    report: Report
    amended: Amended = field(default_factory=Amended)

    def act(self) -> ResolvedAct:
        """Every stage, in order."""
        definition, report = self.definition, self.report
        espace = self.files.espace(report)
        on = self.amended.on or reference_date(self.merged, self.today)
        term = resolve_term(self.merged, self.files, report)
        plus = second_signatories(self.merged)
        layers = party_layers(self.merged)
        parties = [resolve_party(one, on, self.files, report, plus.get(one.key, ())) for one in layers]
        parties = habilitated(parties, str(definition.convention), self.files, report)
        sides = resolve_sides(self.merged, parties, report)
        texts = _Texts(self.merged)
        number = self._number()
        exercices = self._value("exercices") or ()
        printed = number if isinstance(number, str) else ""
        tables = make_tables(self.merged, self.files, report)
        more = {**self.amended.inherited, **_table_names(tables)}
        scope = make_scope(exercices, term, parties, sides, printed, more=more)
        parties = [
            replace(party, data=party_data(party.key, one.nodes("donnees"), scope, report))
            for party, one in zip(parties, layers, strict=True)
        ]
        scope = act_data(self.merged, self.modele, scope.with_parties(parties), report)
        scope = replace(scope, data={**self.amended.inherited, **scope.data}) if self.amended.inherited else scope
        tables.data = scope.data
        check_act_rules(self.merged, scope, report)
        passages = self._passages(texts)
        articles, annexes, used, overrides = self._articles(scope, on, passages, tables)
        if definition.externe and definition.extraits:
            articles = extracts(definition.extraits, self.loaded.file)
        tables.prepare(_written(articles, annexes, passages, texts))
        signatures = resolve_signatures(self.merged, parties, report)
        gabarit, gabarit_place = self._gabarit(espace)
        resolved = ResolvedAct(
            id=str(definition.convention),
            nature=self._nature(),
            noun=self._noun(),
            title=texts.get("titre") or self._external_title(definition),
            object=self._object(texts),
            called=texts.get("nommer"),
            number=number,
            number_prefix=str(self._value("prefixe_numero") or ""),
            exercices=tuple(exercices),
            plan=self._value("plan") or PLAN,
            parties=tuple(parties),
            sides=sides,
            together=self._text("ensemble"),
            term=term,
            data=scope.data,
            visas=self._visas(on),
            opening=self._value("convenu") or "convenu",
            preamble=texts.get("preambule"),
            passages=passages,
            articles=articles,
            annexes=annexes,
            signatures=signatures,
            frame=resolve_frame(self.merged),
            letterhead=resolve_letterhead(self.merged, parties, self.files, report),
            scheme=read_scheme(self._value("numerotation") or espace.numerotation, report),
            gabarit=gabarit,
            gabarit_place=gabarit_place,
            typed=self.loaded.node,
            tribunal=self._text("tribunal") or str(espace.tribunal or ""),
            mention=self._mention(espace),
            spelling=espace.orthographe,
            cents=espace.montants.centimes if espace.montants is not None else "si besoin",
            modele=str(definition.modele or ""),
            overrides=(*self.merged.overrides(), *overrides),
            clauses=used,
            place=definition.place or Place(self.loaded.file),
            tables=tables,
            frozen=definition.etat is not None and definition.etat.signe is not None,
            sources=scope.sources,
            money=resolve_money(self.merged.all("finances"), scope.data, scope.facts.roots(), report),
            purpose=resolve_purpose(self.merged.all("resume")),
            states=states_of(definition.etat),
            author=author_of(parties, str(espace.organisme or "")),
        )
        return replace(resolved, data={**scope.data, **texts.blanks}) if texts.blanks else resolved

    # --- small keys -----------------------------------------------------------------------------------

    def _value(self, key: str):  # type: ignore[no-untyped-def]
        found = self.merged.layer(key)
        return getattr(found[0], key) if found is not None else None

    def _object(self, texts: _Texts) -> TextSource | None:
        """The object; a blank when nobody says it and the title is made of it."""
        forgotten = self.merged.layer("objet") is None and self.merged.layer("titre") is None
        if not forgotten or self.definition.externe:
            return texts.get("objet")
        texts.blanks["blanc_objet"] = Unknown("objet", "objet")
        return TextSource("{{ blanc_objet }}", self.definition.place or Place(self.loaded.file))

    def _text(self, key: str) -> str:
        text = self._value(key)
        return "" if text is None or is_none(text) else str(text).strip()

    def _number(self) -> str | Unknown:
        text = self._value("numero")
        return blank(text, "numero") or self._text("numero")

    def _gabarit(self, espace: Espace) -> tuple[str, Place | None]:
        """The name of a folder of templates/gabarits, and nothing that leads elsewhere; where it is typed."""
        found = self.merged.layer("gabarit")
        text = (found[0].gabarit if found is not None else None) or espace.charte
        if text is None:
            return "neutre", None
        name = text.strip()
        if not re.fullmatch(r"[\w-]+", name):
            remedy = "Écrivez le nom d'un dossier de templates/gabarits : « departement »."
            self.report.error("FIC-02", f"« {name} » n'est pas un nom de gabarit", text.place, "gabarit", "", remedy)
            return "neutre", text.place
        return name, text.place

    def _mention(self, espace: Espace) -> str:
        if self.merged.layer("mention") is not None:
            return self._text("mention")
        return str(espace.mention or "")

    def _nature(self) -> str:
        return self._text("nature") or "convention"

    def _noun(self) -> NounPhrase:
        """« la convention », « le protocole d'accord »."""
        gender = self._value("genre")
        try:
            phrase = parse_noun_phrase(self._nature(), feminine=None if gender is None else gender == "féminin")
        except GenderUnknown as error:
            layer = self.merged.layer("nature")
            place = layer[0].place_of("nature") if layer is not None else None
            remedy = "Ajoutez « genre: féminin » ou « genre: masculin »."
            self.report.error("DEF-21", error.message, place, "nature", remedy=remedy)
            phrase = NounPhrase("le", self._nature(), MASCULINE_SINGULAR)
        return phrase.definite

    def _external_title(self, definition: Convention) -> TextSource | None:
        return source(definition.intitule, "définition") if definition.intitule is not None else None

    def _visas(self, on: date) -> tuple[TextSource, ...]:
        found = self.merged.layer("visas")
        if found is None:
            return ()
        return visa_texts(found[0].visas or (), found[1], self.files, on, self.report)

    # --- articles -------------------------------------------------------------------------------------

    def _passages(self, texts: _Texts) -> Mapping[str, TextSource]:
        passages: dict[str, TextSource] = {}
        layers = [(self.merged.modele, "modèle"), (self.merged.definition, "définition")]
        for layer, what in layers:
            for name, text in ((layer.passages if layer is not None else None) or {}).items():
                passages[name] = texts.source(text, what, f"passages.{name}")
        return passages

    def _articles(
        self, scope: Scope, on: date, passages: Mapping[str, TextSource], tables: Tables
    ) -> tuple[tuple[ArticleSpec, ...], tuple[AnnexeSpec, ...], tuple[tuple[str, str], ...], tuple[Override, ...]]:
        merged, overrides = self._pieces("articles")
        annexes, more = self._pieces("annexes")
        self._same_ids(merged, annexes)
        called = self._called((*merged, *annexes))
        self._check_passages(called)
        resolver = Articles(self.files, on, scope, self.report, frozenset((*passages, *called)), tables=tables)
        articles, listed = resolver.articles(merged), resolver.annexes(annexes)
        return articles, listed, tuple(sorted(resolver.used)), (*overrides, *more)

    def _pieces(self, kind: str) -> tuple[tuple[Piece, ...], tuple[Override, ...]]:
        """The merged articles or annexes, worked out once for a definition and its modèle."""
        kept = self.loaded.memo.get(kind)
        if isinstance(kept, _Merging) and kept.modele is self.modele:
            return kept.pieces, kept.overrides
        before = len(self.report.diagnostics)
        merged, overrides = pieces(self.merged, kind, self.report)
        if len(self.report.diagnostics) == before:
            self.loaded.memo[kind] = _Merging(self.modele, merged, overrides)
        return merged, overrides

    def _same_ids(self, merged: Sequence[Piece], annexes: Sequence[Piece]) -> None:
        articles = {one.id for one in _all(merged)}
        for annexe in annexes:
            if annexe.id in articles:
                message = f"l'identifiant « {annexe.id} » est celui d'un article et d'une annexe"
                remedy = f"Nommez par exemple l'annexe « annexe-{annexe.id} »."
                self.report.error("DEF-14", message, annexe.place, annexe.path, remedy=remedy)

    def _called(self, all_pieces: Sequence[Piece]) -> frozenset[str]:
        """The passages that the texts of the act call, wherever they are written."""
        written: list[str] = []
        for layer in (self.merged.modele, self.merged.definition):
            if layer is not None:
                written += [str(layer.preambule or ""), *(str(text) for text in (layer.passages or {}).values())]
        for model in (layer.model for piece in _all(all_pieces) for layer in piece.layers):
            written.append(str(model.texte or ""))
            if model.clause is not None:
                name = model.clause.partition("@")[0]
                written += [version.text.text for version in versions(self.files, name, Report())]
        return called_passages(written)

    def _check_passages(self, called: frozenset[str]) -> None:
        """A passage that no text calls is a typing error."""
        below = (self.merged.modele.passages if self.merged.modele is not None else None) or {}
        for name, text in (self.merged.definition.passages or {}).items():
            if name not in called and name not in below:
                known = {*called, *below}
                remedy = suggest(name, known, "Passages")
                self.report.error("DEF-20", f"passage inconnu : « {name} »", text.place, f"passages.{name}", "", remedy)


def _written(
    articles: Sequence[ArticleSpec],
    annexes: Sequence[AnnexeSpec],
    passages: Mapping[str, TextSource],
    texts: _Texts,
) -> Iterator[str]:
    """Every text of the act that may name a table."""
    yield from (one.text for one in passages.values())
    preamble = texts.get("preambule")
    yield from (preamble.text,) if preamble is not None else ()
    waiting = [*articles, *(one.content for one in annexes if one.content is not None)]
    while waiting:
        article = waiting.pop()
        waiting += article.articles
        yield from (one.text for one in (article.text, article.title, *article.passages.values()) if one is not None)


def _table_names(tables: Tables) -> dict[str, object]:
    """`jeu` and `tableau`, as expressions read them; blanks as long as nobody has chosen the jeu."""
    if tables.waiting:
        return {name: Unknown(name, f"{name} du jeu de données") for name in ("jeu", "tableau")}
    jeu = tables.jeu()
    return {"tableau": tables} if jeu is None else {"tableau": tables, "jeu": jeu.names}


def _all(found: Sequence[Piece]) -> list[Piece]:
    return [one for piece in found for one in (piece, *_all(piece.children))]
