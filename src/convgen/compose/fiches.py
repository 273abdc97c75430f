"""Fiches: the list of their titles, then one division per fiche with its rubriques, budget and indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from convgen.acte.nodes import (
    Blank,
    Block,
    Division,
    Inline,
    Inlines,
    ListBlock,
    ListItem,
    Number,
    Origin,
    PageBreak,
    Paragraph,
    Role,
    Strong,
    Text,
)
from convgen.compose.tables import TablePrinter
from convgen.errors import Place, Report, fold
from convgen.french.grammar import capitalise
from convgen.french.typography import typeset
from convgen.model.resolved import FichesSpec
from convgen.model.schema.jeu import FormeFiche, Libelles
from convgen.model.tables.balance import balance_table, item_side
from convgen.model.tables.cells import Reading, cell_of
from convgen.model.tables.jeu import JeuData
from convgen.model.tables.rules import sides_of, yearly_budgets
from convgen.model.tables.source import field_named
from convgen.model.tables.table import CellData, HeadData, Line, Names, RowData, TableData
from convgen.model.typed import reserved, text_source
from convgen.model.values import (
    Absent,
    DataValue,
    GroupItem,
    GroupValue,
    NumberValue,
    TextSource,
    TextValue,
    ToFill,
    Unknown,
    YearlyValue,
)
from convgen.source.yaml import MappingNode, Node, PlacedText, Scalar, SequenceNode

_WORDS = {
    "recettes": "Recettes prévisionnelles {{ annee }}",
    "depenses": "Dépenses prévisionnelles {{ annee }}",
    "total": "Total",
    "indicateur": "Indicateurs",
    "depart": "Situation de départ",
    "cible": "Cible {{ annee }}",
}
_HIDDEN = ("masquer", "masque", "masquée")


@dataclass(frozen=True, slots=True)
class FichesPrinter:
    """Prints the fiches of one annexe."""

    annexe: str
    spec: FichesSpec
    printer: TablePrinter
    report: Report

    @property
    def jeu(self) -> JeuData:
        """The jeu of the fiches."""
        return self.spec.jeu

    @property
    def form(self) -> FormeFiche:
        """How fiches are printed."""
        form = self.jeu.form
        return form if form is not None else FormeFiche.model_construct(rubriques={}, vide=None)

    def blocks(self) -> tuple[Block, ...]:
        """The list of titles, then the fiches under the title of their group and of their theme."""
        groups = self._grouped()
        out: list[Block] = []
        if self.spec.summary:
            for group, fiches in groups:
                out += self._summary(group, fiches)
        for group, fiches in groups:
            inner = tuple(self._themed(fiches))
            if group is None:
                out += inner
            else:
                out.append(self._group_division(group, inner))
        return tuple(out)

    # --- groups ---------------------------------------------------------------------------------------

    def _grouped(self) -> list[tuple[GroupItem | None, list[GroupItem]]]:
        """Fiches by axe, in the order of the axes."""
        field = str(self.form.grouper or "axe")
        found: dict[str, tuple[GroupItem | None, list[GroupItem]]] = {}
        for fiche in self.spec.fiches:
            value = _field(fiche, field)
            group = value if isinstance(value, GroupItem) else None
            found.setdefault(group.id if group is not None else "", (group, []))[1].append(fiche)
        return sorted(found.values(), key=lambda one: one[0].rank if one[0] is not None else 0)

    def _summary(self, group: GroupItem | None, fiches: Sequence[GroupItem]) -> Iterator[Block]:
        if group is not None:
            title = (Text(f"{typeset(self._group_label(group))}\u00a0: "), *self._title(group))
            yield Paragraph((Strong(title),), Role.SUBHEAD, self._origin(self.jeu.place))
        items = tuple(
            ListItem((Paragraph((Text(f"{self._label(fiche)}\u00a0: "), *self._title(fiche))),)) for fiche in fiches
        )
        yield ListBlock(items, "-", 1, self._origin(self.jeu.place))

    def _group_label(self, group: GroupItem) -> str:
        name = str(self.form.groupe or capitalise(group.key.partition(".")[0].removesuffix("s")))
        return f"{name} {_number(group)}"

    def _group_division(self, group: GroupItem, inner: tuple[Block, ...]) -> Division:
        label = typeset(self._group_label(group))
        number = Number(_number(group), label, "\u00a0: ", str(self.form.groupe or "axe").lower(), group.rank, True)
        origin = self._origin(self.jeu.place)
        return Division(f"{self.annexe}.{group.id}", 0, self._title(group), inner, number, "", origin)

    def _themed(self, fiches: Sequence[GroupItem]) -> Iterator[Block]:
        field, last = str(self.form.theme or "theme"), ""
        for fiche in fiches:
            theme = _field(fiche, field)
            words = theme.source.text.strip() if isinstance(theme, TextValue) else ""
            title = self.printer.inline(theme.source, {}) if isinstance(theme, TextValue) else ()
            if isinstance(theme, GroupItem):
                words, title = theme.id, self._title(theme)
            if self.form.saut:
                yield PageBreak()
            if title and words != last:
                yield Paragraph((Strong(title),), Role.SUBHEAD, self._origin(self._place(fiche)))
            last = words
            yield self._fiche(fiche)

    # --- one fiche ------------------------------------------------------------------------------------

    def _fiche(self, fiche: GroupItem) -> Division:
        label = self._label(fiche)
        noun = str(self.form.appellation or "fiche action")
        number = Number(_number(fiche), label, " – ", noun, fiche.rank, True)
        blocks = tuple(
            block for name, title in self.form.rubriques.items() for block in self._rubrique(fiche, name, title)
        )
        title, origin = self._title(fiche), self._origin(self._place(fiche))
        return Division(f"{self.annexe}.{fiche.id}", 1, title, blocks, number, "", origin)

    def _label(self, fiche: GroupItem) -> str:
        return typeset(f"{capitalise(str(self.form.appellation or 'fiche action'))} {_number(fiche)}")

    def _title(self, item: GroupItem) -> Inlines:
        for name in ("titre", "nom", "intitule"):
            value = _field(item, name)
            if isinstance(value, TextValue):
                return self.printer.inline(value.source, {})
        return (Text(item.id),)

    def _rubrique(self, fiche: GroupItem, name: str, title: PlacedText) -> Iterator[Block]:
        node = self.jeu.nodes[fiche.id].get(name) if fiche.id in self.jeu.nodes else None
        value = _field(fiche, name)
        heading = Paragraph(
            (Strong(self.printer.inline(TextSource(str(title), title.place), {})),),
            Role.SUBHEAD,
            self._origin(self._place(fiche)),
        )
        inner: tuple[Block, ...]
        if node is None or value is None or isinstance(value, Absent):
            inner = self._empty(fiche, name, str(title))
            if not inner:
                return
        else:
            inner = tuple(self._content(fiche, name, node, value, str(title)))
        yield heading
        yield from inner

    def _empty(self, fiche: GroupItem, name: str, title: str) -> tuple[Block, ...]:
        """What an absent rubrique prints: nothing, a blank, or a text."""
        said = self.form.vide
        if said is None or fold(said) in map(fold, _HIDDEN):
            return ()
        if fold(said) == "blanc":
            return (Paragraph((_blank(f"fiches.{fiche.id}.{name}", title),)),)
        return self.printer.text(TextSource(str(said), said.place), {})

    def _content(self, fiche: GroupItem, name: str, node: Node, value: DataValue, title: str) -> Iterator[Block]:
        """A rubrique is printed by the shape of its data, whatever its name."""
        budgets = list(yearly_budgets(value))
        sides = sides_of(value)
        indicators = _indicators(value)
        match value, node:
            case Unknown(), _:
                yield Paragraph((_blank(f"fiches.{fiche.id}.{name}", value.hint or title),))
            case ToFill(), _:
                yield Paragraph(())
            case _ if budgets or sides is not None:
                years: list[tuple[int | None, dict[str, GroupItem]]] = [(year, dict(one)) for year, one in budgets]
                for year, one in years or [(None, dict(sides or {}))]:
                    yield self._budget(fiche, year, one)
            case _ if indicators:
                yield self._indicators(fiche, indicators)
            case _, MappingNode():
                yield from self._by_key(node, isinstance(value, YearlyValue))
            case _, SequenceNode():
                yield self._listed(node)
            case _, Scalar():
                yield from self.printer.text(text_source(node), {})

    # --- texts by year, lists -------------------------------------------------------------------------

    def _by_key(self, node: MappingNode, years: bool) -> Iterator[Block]:
        """A calendar: what is done each year; or labels and their values."""
        items = []
        for name, one in node.entries:
            origin = self._origin(name.place)
            head: tuple[Inline, ...] = (Strong((Text(typeset(name.text)),)), Text("\u00a0:"))
            if isinstance(one, Scalar):
                rest = self._line(one)
                items.append(ListItem((Paragraph((*head, Text(" "), *rest), origin=origin),)))
            else:
                inner = self._listed(one) if isinstance(one, SequenceNode) else next(iter(self._by_key(one, False)))
                items.append(ListItem((Paragraph(head, origin=origin), inner)))
        yield ListBlock(tuple(items), "-", 1, self._origin(node.place))

    def _listed(self, node: SequenceNode) -> ListBlock:
        return ListBlock(tuple(self._listed_item(one) for one in node.items), "-", 1, self._origin(node.place))

    def _listed_item(self, node: Node) -> ListItem:
        """A task, and its amount when it has one."""
        origin = self._origin(node.place)
        if isinstance(node, Scalar):
            return ListItem((Paragraph(self._line(node), origin=origin),))
        if isinstance(node, SequenceNode):
            return ListItem((self._listed(node),))
        texts = [one for _, one in node.entries if isinstance(one, Scalar)]
        inlines: list[Inline] = []
        for rank, one in enumerate(texts):
            if rank:
                inlines.append(Text("\u00a0: "))
            inlines += self._line(one)
        return ListItem((Paragraph(tuple(inlines), origin=origin),))

    def _line(self, node: Scalar) -> Inlines:
        special = reserved(node, "")
        if isinstance(special, Unknown):
            return (_blank("fiches", special.hint or "texte"),)
        return self.printer.inline(text_source(node), {})

    # --- tables ---------------------------------------------------------------------------------------

    def _word(self, name: str) -> TextSource:
        words: Libelles | None = self.form.libelles
        found = getattr(words, name) if words is not None else None
        if found is None:
            return TextSource(_WORDS[name], self.jeu.place)
        return TextSource(str(found), found.place)

    def _names(self, year: int | None) -> Names:
        return {**self.jeu.names, **({} if year is None else {"annee": year})}

    def _budget(self, fiche: GroupItem, year: int | None, sides: dict[str, GroupItem]) -> Block:
        """Recettes beside dépenses, each with its total."""
        key = f"fiche.{fiche.id}" + (f".{year}" if year is not None else "")
        place = self._place(fiche)
        left, right = (
            item_side(sides[name], self.jeu.names, f"tableau.{key}.{name}", place, self.report)
            for name in ("recettes", "depenses")
        )
        names = self._names(year)
        heads = {name: self._word(name).text if year is not None else _short(name) for name in ("recettes", "depenses")}
        return self.printer.table(balance_table(key, left, right, heads, self._word("total"), names, place))

    def _indicators(self, fiche: GroupItem, items: Sequence[GroupItem]) -> Block:
        """One line per indicator: where it starts, then its target each year."""
        place = self._place(fiche)
        years = sorted({year for item in items for year in _targets(item)} | set(self.jeu.exercices))
        heads = [HeadData(self._word("indicateur"), self._names(None), width=5)]
        heads.append(HeadData(self._word("depart"), self._names(None), align="center", width=2))
        heads += [HeadData(self._word("cible"), self._names(year), align="center", width=2) for year in years]
        rows = tuple(RowData(tuple(enumerate(self._indicator(fiche, item, years)))) for item in items)
        table = TableData(f"fiche.{fiche.id}", place, None, tuple(heads), rows, self.jeu.names)
        return self.printer.table(table)

    def _indicator(self, fiche: GroupItem, item: GroupItem, years: Sequence[int]) -> Iterator[CellData]:
        key = f"tableau.fiche.{fiche.id}.{item.id}"
        place = self._place(fiche)
        reading = Reading(None, self.report)
        name = _field(item, "nom") or _field(item, "titre")
        yield cell_of(name, reading, f"{key}.nom", place) if name is not None else _words(item.id, place)
        depart = _field(item, "depart")
        yield cell_of(depart, reading, f"{key}.depart", place) if depart is not None else CellData()
        targets = _targets(item)
        for year in years:
            found = targets.get(year)
            yield cell_of(found, reading, f"{key}.{year}", place) if found is not None else CellData()

    # --- places ---------------------------------------------------------------------------------------

    def _place(self, fiche: GroupItem) -> Place:
        node = self.jeu.nodes.get(fiche.id)
        return node.place if node is not None else self.jeu.place

    def _origin(self, place: Place) -> Origin:
        return Origin(place.file, place.line, what="définition")


def _field(item: GroupItem, name: str) -> DataValue | None:
    found = field_named(name, item.fields)
    return item.fields[found] if found is not None else None


def _number(item: GroupItem) -> str:
    given = item.fields.get("numero")
    match given:
        case NumberValue(value=value):
            return format(value, "f")
        case TextValue(source=source):
            return source.text.strip()
        case _:
            return str(item.rank)


def _indicators(value: DataValue) -> tuple[GroupItem, ...]:
    """The items of a group of which one at least has yearly targets or a starting point."""
    items = value.items if isinstance(value, GroupValue) else ()
    found = any(_targets(item) or "depart" in item.fields for item in items)
    return items if found else ()


def _targets(item: GroupItem) -> dict[int, DataValue]:
    value = _field(item, "cibles")
    return dict(value.by_year) if isinstance(value, YearlyValue) else {}


def _words(text: str, place: Place) -> CellData:
    return CellData((Line(source=TextSource(text, place)),))


def _short(name: str) -> str:
    return "Recettes" if name == "recettes" else "Dépenses"


def _blank(key: str, hint: str) -> Blank:
    return Blank(key, hint, f"[{hint} à compléter]")
