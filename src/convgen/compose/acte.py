"""From a resolved definition to the numbered tree of the act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from convgen.acte.nodes import (
    Acte,
    Annexe,
    Block,
    Division,
    Origin,
    Paragraph,
    PartySummary,
    Provenance,
    Reference,
    Zone,
)
from convgen.acte.numbering import number_divisions
from convgen.acte.references import Targets, resolve_references, targets_of
from convgen.acte.walk import find_blanks, walk
from convgen.compose.annexes import check_annexes
from convgen.compose.articles import ArticleComposer, compose_annexes
from convgen.compose.comparution import comparution
from convgen.compose.context import act_context, clause_context, printing_of
from convgen.compose.front import (
    contents_zone,
    formula_zone,
    frame_zone,
    plain_title,
    preamble_zone,
    title_zone,
    visas_zone,
)
from convgen.compose.signatures import signatures
from convgen.compose.tables import TablePrinter
from convgen.compose.terms import terms_of
from convgen.compose.text import Composer, TextCache
from convgen.compose.views.base import BlankView, Printing
from convgen.compose.views.others import AmendedActView, Others
from convgen.compose.views.tables import JeuView, TablesView
from convgen.errors import Place, Report, suggest
from convgen.french.typography import typeset
from convgen.model.resolved import ResolvedAct
from convgen.model.values import Unknown
from convgen.source.nodes import find, place_of


@dataclass(frozen=True, slots=True)
class Given:
    """What an act that amends another one is given, besides its own definition.

    Attributes:
        about: The act that it amends, and its tree in force: what its texts call `acte` or `base`; they call the act
            itself `avenant`.
        becomes: The amended act as it becomes: its data are those that texts see.
        articles: Makes the articles printed before those of the definition, with the composer of its texts.
        annexes: The annexes that stand before those of the definition.
        scope: The zone « portee »: what the act amends, announced as a list.
    """

    about: tuple[ResolvedAct, Acte]
    becomes: ResolvedAct
    articles: Callable[[Composer], tuple[Division, ...]]
    annexes: tuple[Annexe, ...] = ()
    scope: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class _Zones:
    act: ResolvedAct
    composer: Composer
    articles: ArticleComposer
    given: Given | None = None

    def of(self, kind: str) -> tuple[Block, ...]:
        """The blocks of a zone of the plan."""
        act, composer = self.act, self.composer
        makers: dict[str, Callable[[], tuple[Block, ...]]] = {
            "cartouche": lambda: frame_zone(act, composer),
            "intitule": lambda: title_zone(act, composer, self.given.becomes if self.given is not None else None),
            "sommaire": contents_zone,
            "comparution": lambda: comparution(act, composer),
            "visas": lambda: visas_zone(act, composer),
            "convenu": lambda: formula_zone(act),
            "preambule": lambda: preamble_zone(act, composer),
            "articles": self._articles,
            "signatures": lambda: signatures(act, composer),
        }
        if kind == "portee" and self.given is not None:
            return self.given.scope
        if kind not in makers and kind in act.texts:
            return composer.blocks(act.texts[kind])
        return makers[kind]() if kind in makers else ()

    def _articles(self) -> tuple[Block, ...]:
        before = self.given.articles(self.composer) if self.given is not None else ()
        return (*before, *self.articles.articles())


def compose(
    act: ResolvedAct,
    report: Report,
    *,
    final: bool = False,
    cache: TextCache | None = None,
    others: Others | None = None,
    given: Given | None = None,
) -> Acte | None:
    """Compose an act; None when an error stops it (everything is in `report`).

    Args:
        act: the resolved definition.
        report: collects the diagnostics.
        final: refuse blanks, and print no PROJET.
        cache: what texts share from one act to the next.
        others: gives another act that a text names.
        given: for an act that amends another one.
    """
    errors_before = len(report.errors)
    _check_substance(act, report, typed=given is None)
    printing = printing_of(act)
    cache = cache or TextCache()
    names = clause_context(act, printing, others)
    common = _composer(cache, report, _about(names, given, others))
    whole = _about(act_context(act, printing, names), given, others)
    full = replace(common.inside(whole), terms=terms_of(act.parties))
    full, printer = _with_tables(full, act, printing)
    zones = _Zones(act, full, ArticleComposer(act, printing, common, full, printer), given)
    made = tuple(Zone(kind, zones.of(kind)) for kind in act.plan)
    annexes = (*(given.annexes if given is not None else ()), *compose_annexes(zones.articles))
    acte = number_divisions(_acte(act, made, final, annexes=annexes), cache.trees)
    printer.composer = common  # it and what texts see would keep each other alive
    targets = targets_of(acte)
    acte, missing = resolve_references(acte, targets, cache.trees)
    _report_missing(missing, targets, acte, report)
    check_annexes(acte, common.mentions, report)
    if final:
        _refuse_blanks(act, acte, report)
    return None if len(report.errors) > errors_before else acte


def _about(names: dict[str, object], given: Given | None, others: Others | None) -> dict[str, object]:
    """The names that texts see; in an act that amends another one, `acte` and the data are those of the other."""
    if given is None:
        return names
    amended = AmendedActView(*given.about, others)
    printing = printing_of(given.becomes)
    becomes = act_context(given.becomes, printing, clause_context(given.becomes, printing, others))
    return {**becomes, **names, "acte": amended, "base": amended, "avenant": names["acte"]}


def _check_substance(act: ResolvedAct, report: Report, *, typed: bool) -> None:
    """An act binds somebody to something: it has parties and articles."""
    place = act.place if act.typed is None else place_of(act.typed, ["convention"])
    if not act.parties:
        remedy = "Ajoutez « parties: », avec l'organisme de chaque partie."
        report.error("DEF-02", f"l'acte « {act.id} » n'a aucune partie", place, "parties", remedy=remedy)
    if typed and not act.articles and "articles" in act.plan:
        remedy = "Ajoutez « articles: », ou nommez un modèle qui en a : « modele: … »."
        report.error("DEF-02", f"l'acte « {act.id} » n'a aucun article", place, "articles", remedy=remedy)


def _composer(cache: TextCache, report: Report, context: dict[str, object]) -> Composer:
    return Composer(cache, report, context, cache.known(context))


def _with_tables(composer: Composer, act: ResolvedAct, printing: Printing) -> tuple[Composer, TablePrinter]:
    """The composer whose texts see `tableau` and `jeu`, and the printer of tables, which sees them too."""
    printer = TablePrinter(composer, printing)
    if act.tables is None:
        return composer, printer
    act.tables.report = composer.report  # what a text may still ask of a table is said to this run
    context = dict(composer.context)
    context.setdefault("tableau", TablesView(act.tables, printing, printer.blocks))
    jeu = act.tables.jeu()
    if jeu is not None:
        context.setdefault("jeu", JeuView(jeu, printing))
    elif "jeu" not in context and act.tables.waiting:
        context |= {"jeu": BlankView("jeu", "jeu de données"), "tableau": BlankView("tableau", "jeu de données")}
    printer.composer = composer.inside(context)
    return printer.composer, printer


def _acte(act: ResolvedAct, zones: tuple[Zone, ...], final: bool, annexes: tuple[Annexe, ...]) -> Acte:
    # A number still to come keeps its place in the header of a draft.
    number = "[…]" if isinstance(act.number, Unknown) else act.number
    if number and act.number_prefix:
        number = f"{act.number_prefix} {number}"
    return Acte(
        kind=act.nature,
        id=act.id,
        number=number,
        title=plain_title(act),
        zones=zones,
        annexes=annexes,
        parties=tuple(
            PartySummary(party.key, party.organisme, str(party.name), str(party.designation or ""), party.role)
            for party in act.parties
        ),
        letterhead=tuple(typeset(line) for line in act.letterhead) if "en-tete" in act.plan else (),
        scheme=act.scheme,
        draft=not final,
        mention=act.mention,
        provenance=Provenance(act.place.file, act.clauses, act.modele),
        author=act.author,
    )


def _report_missing(missing: tuple[str, ...], targets: Targets, acte: Acte, report: Report) -> None:
    for name in missing:
        owners = targets.ambiguous.get(name)
        if owners:
            message = f"le renvoi à « {name} » est ambigu"
            remedy = f"Écrivez l'un de ces identifiants : {', '.join(owners)}."
        else:
            message = f"le renvoi vise « {name} », qui n'est ni un article ni une annexe de l'acte"
            remedy = suggest(name, targets.by_id, "Articles et annexes")
        origin = _caller(acte, name)
        report.error("TXT-06", message, Place(origin.file, origin.line), remedy=remedy)


def _caller(acte: Acte, target: str) -> Origin:
    """Where a reference is written: its paragraph, else the definition."""
    for node in walk((acte.zones, acte.annexes)):
        if isinstance(node, Paragraph) and node.origin.file:
            found = (one for one in walk(node.inlines) if isinstance(one, Reference))
            if any(one.target == target for one in found):
                return node.origin
    return Origin(acte.provenance.definition, 1)


def _refuse_blanks(act: ResolvedAct, acte: Acte, report: Report) -> None:
    for found in find_blanks(acte):
        message = f"il reste un blanc : « {found.hint} » ({', '.join(found.where)})"
        place, path, remedy = _asked_at(found.key, act)
        report.error("ACT-01", message, place, path=path, remedy=remedy)


def _asked_at(key: str, act: ResolvedAct) -> tuple[Place, str, str]:
    """Where to type the value of a blank: its place, its path in the definition, what to do there."""
    steps = key.split(".")
    paths = [path for path in (["donnees", *steps], steps) if find(act.typed, path) is not None]
    if act.typed is not None and paths:
        return place_of(act.typed, paths[0]), ".".join(paths[0]), "Remplacez « à compléter » par la valeur."
    if act.typed is not None and steps[0] in act.data:
        place = place_of(act.typed, ["donnees"], key=True)
        return place, f"donnees.{key}", f"Ajoutez « {steps[-1]}: … » sous « donnees »."
    return act.place, key, "Donnez la valeur dans la définition."
