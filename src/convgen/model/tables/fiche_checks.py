"""Nothing of a fiche may vanish: its keys, the rubriques of its form, both sides of its budgets, its financeurs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from convgen.errors import Place, Report, fold, nearest, slip, suggest
from convgen.model.tables.jeu import JeuData
from convgen.model.tables.source import field_named, plain_name, singular
from convgen.model.values import DataValue, GroupItem, GroupValue, TextValue, YearlyValue
from convgen.source.yaml import MappingNode, Node

_OWN = ("id", "numero", "titre", "nom", "intitule", "axe", "theme")
_INDICATOR = ("nom", "titre", "depart", "cibles", "nature")
_SIDES = ("recettes", "depenses")
_HIDDEN = ("masquer", "masque", "masquee")


def check_fiches(jeu: JeuData, report: Report) -> None:
    """Every key of a fiche is printed or named by something, every budget has two sides of known financeurs.

    Args:
        jeu: the jeu.
        report: receives DEF-01 (a key that nothing prints), DEF-02 (a budget with one side), DEF-03 (a side that is no
            block of amounts), DEF-04 (an unknown financeur), and a DEF-02 warning for a rubrique that no fiche fills.
    """
    _check_keys(jeu, report)
    _check_lists(jeu, report)
    for name in _budget_names(jeu):
        for item in _fiches(jeu):
            for year, period in _periods(_value(item, name)):
                _Budget(jeu, item, name, year, report).check(period)


def _fiches(jeu: JeuData) -> tuple[GroupItem, ...]:
    found = jeu.groups.get("fiches")
    return tuple(item for item in found.items if isinstance(item, GroupItem)) if found is not None else ()


# --- keys ---------------------------------------------------------------------------------------------


def _check_keys(jeu: JeuData, report: Report) -> None:
    if jeu.form is None:
        return
    rubriques = [plain_name(name) for name in jeu.form.rubriques]
    known = {*_OWN, *rubriques, *(singular(name) for name in jeu.groups)}
    known |= {plain_name(str(one)) for one in (jeu.form.grouper, jeu.form.theme) if one is not None}
    known |= {word for rule in jeu.model.verifier or () for word in plain_name(str(rule.regle)).split("_")}
    filled = Counter(plain_name(key.text) for node in jeu.nodes.values() for key, _ in node.entries)
    for ident, node in jeu.nodes.items():
        keys = [key.text for key, _ in node.entries]
        own = set(map(plain_name, keys))
        for key in keys:
            if plain_name(key) not in known:
                _check_key(ident, node, key, known - own, filled[plain_name(key)], report)
    hidden = jeu.form.vide is None or fold(jeu.form.vide) in _HIDDEN
    for name, title in jeu.form.rubriques.items() if hidden and jeu.nodes else ():
        if not filled[plain_name(name)]:
            remedy = suggest(name, [one for one in filled if one not in known], "Autres clés des fiches", "Retirez-la.")
            message = f"aucune fiche ne remplit la rubrique « {name} »"
            report.warning("DEF-02", message, title.place, f"fiche.rubriques.{name}", remedy=remedy)


def _check_key(ident: str, node: MappingNode, key: str, lacking: set[str], count: int, report: Report) -> None:
    """A misspelling is refused; a key of one's own, which tables may read, is only said when one fiche alone has it."""
    place = node.key_place(key) or node.place
    message = f"la fiche « {ident} » a une clé « {key} » qui n'est ni une rubrique ni une clé connue"
    meant = slip(key, lacking)
    if meant:
        report.error("DEF-01", message, place, f"fiches.{ident}", remedy=f"Vouliez-vous dire « {meant} » ?")
    elif count == 1:
        near = nearest(key, lacking)
        remedy = f"Vouliez-vous dire « {near} » ?" if near else "Ajoutez-la aux rubriques, ou retirez-la."
        cause = "Elle ne s'imprime pas dans la fiche."
        report.warning("DEF-01", message, place, f"fiches.{ident}", cause=cause, remedy=remedy)


def _check_lists(jeu: JeuData, report: Report) -> None:
    """In a list, a field whose name is nearly that of the others: « cible » for « cibles »."""
    lists: dict[str, list[tuple[GroupItem, Place]]] = {}
    for name, group in jeu.groups.items():
        if name != "fiches":
            lists[name] = [(one, _place_in(one, jeu.place)) for one in group.items if isinstance(one, GroupItem)]
    for item in _fiches(jeu):
        place = jeu.nodes[item.id].place if item.id in jeu.nodes else jeu.place
        for name, value in item.fields.items():
            if isinstance(value, GroupValue) and not any(True for _ in _periods(value)):
                found = ((one, _key_place(jeu, item, name, one, place)) for one in value.items)
                lists.setdefault(f"fiches.{plain_name(name)}", []).extend(
                    (one, at) for one, at in found if isinstance(one, GroupItem)
                )
    for name, items in lists.items():
        _check_list(name, items, report)


def _check_list(name: str, items: Iterable[tuple[GroupItem, Place]], report: Report) -> None:
    items = list(items)
    counts = Counter(plain_name(key) for item, _ in items for key in item.fields)
    inside = name.startswith("fiches.")
    for item, place in items:
        own = {plain_name(key) for key in item.fields}
        for key in own - set(_INDICATOR if inside else ()):
            known = {one for one, count in counts.items() if count > counts[key]} | set(_INDICATOR if inside else ())
            meant = slip(key, known - own)
            if meant:
                message = f"« {item.key} » a une clé « {key} », que les autres nomment « {meant} »"
                report.error("DEF-01", message, place, item.key, remedy=f"Vouliez-vous dire « {meant} » ?")


def _place_in(item: GroupItem, otherwise: Place) -> Place:
    texts = (one.source.place for one in item.fields.values() if isinstance(one, TextValue))
    return next(texts, otherwise)


def _key_place(jeu: JeuData, fiche: GroupItem, name: str, item: DataValue, otherwise: Place) -> Place:
    node = jeu.nodes[fiche.id].get(name) if fiche.id in jeu.nodes else None
    found = node.key_place(getattr(item, "id", "")) if isinstance(node, MappingNode) else None
    return found or otherwise


# --- budgets ------------------------------------------------------------------------------------------


def _budget_names(jeu: JeuData) -> list[str]:
    """The fields that hold a budget in one fiche at least."""
    names: dict[str, None] = {}
    for item in _fiches(jeu):
        for name, value in item.fields.items():
            if any(set(_SIDES) & set(period) for _, period in _periods(value)):
                names[plain_name(name)] = None
    return list(names)


def _value(item: GroupItem, name: str) -> DataValue | None:
    found = field_named(name, item.fields)
    return item.fields[found] if found is not None else None


def _periods(value: DataValue | None) -> Iterator[tuple[int | None, Mapping[str, tuple[str, DataValue]]]]:
    """The keys of a budget, by year or not: folded name → (name, value). Nothing for what is no budget."""
    pairs: Iterable[tuple[int | None, DataValue]] = ((None, value),) if value is not None else ()
    if isinstance(value, YearlyValue):
        pairs = value.by_year
    for year, one in pairs:
        fields: Mapping[str, DataValue] = {}
        if isinstance(one, GroupItem):
            fields = one.fields
        elif isinstance(one, GroupValue):
            fields = {item.id: item for item in one.items if isinstance(item, GroupItem)}
        if any(nearest(name, _SIDES) for name in fields):
            yield year, {fold(name): (name, found) for name, found in fields.items()}


class _Budget:
    """The budget of one fiche for one year."""

    def __init__(self, jeu: JeuData, item: GroupItem, name: str, year: int | None, report: Report) -> None:
        self.jeu, self.item, self.report = jeu, item, report
        self.path = f"fiches.{item.id}.{name}" + (f".{year}" if year is not None else "")
        fiche = jeu.nodes.get(item.id)
        node: Node | None = fiche.get(name) if fiche is not None else None
        if year is not None and isinstance(node, MappingNode):
            node = node.get(str(year))
        self.node = node if isinstance(node, MappingNode) else None
        self.place = (self.node or fiche).place if self.node or fiche else jeu.place  # type: ignore[union-attr]

    def check(self, found: Mapping[str, tuple[str, DataValue]]) -> None:
        """Both sides, nothing else than a total, and known financeurs."""
        wrong = [name for key, (name, _) in found.items() if key not in (*_SIDES, "total")]
        lacking = [one for one in (*_SIDES, "total") if one not in found]
        for name in wrong:
            message = f"un budget a des « recettes » et des « depenses », et non « {name} »"
            self._error("DEF-01", message, name, suggest(name, lacking or _SIDES, "Clés"))
        for side in _SIDES if not wrong else ():
            if side not in found:
                message = f"fiche « {self.item.id} » : il manque « {side} » au budget"
                self._error("DEF-02", message, "", f"Écrivez « {side}: » ; un budget a deux côtés.")
        for side in _SIDES:
            name, value = found.get(side, (side, None))
            if value is not None and not isinstance(value, GroupItem):
                remedy = "Écrivez un montant par ligne ; « à compléter » est un montant inconnu."
                self._error("DEF-03", f"« {name} » est un bloc de montants", name, remedy)
            elif side == "recettes" and isinstance(value, GroupItem) and self.jeu.funders:
                self._check_funders(name, value)

    def _check_funders(self, side: str, value: GroupItem) -> None:
        known = {fold(one) for one in self.jeu.funders}
        below = self.node.get(side) if self.node is not None else None
        for name in value.fields:
            if fold(name) not in known:
                place = below.key_place(name) if isinstance(below, MappingNode) else None
                message = f"fiche « {self.item.id} » : « {name} » n'est pas dans « financeurs »"
                remedy = suggest(name, self.jeu.funders, "Financeurs")
                self.report.error("DEF-04", message, place or self.place, f"{self.path}.{side}", remedy=remedy)

    def _error(self, code: str, message: str, key: str, remedy: str) -> None:
        place = self.node.key_place(key) if self.node is not None and key else None
        self.report.error(code, message, place or self.place, self.path, remedy=remedy)
