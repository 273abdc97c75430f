"""Which fiches of a jeu an annexe prints, in which order."""

from __future__ import annotations

from convgen.errors import Report, fold
from convgen.model.schema.articles import Annexe
from convgen.model.tables.build import sort_key
from convgen.model.tables.jeu import JeuData
from convgen.model.tables.lookup import AbsentHereError, RowReader, holding
from convgen.model.tables.source import item_rows
from convgen.model.values import GroupItem


def chosen_fiches(jeu: JeuData, annexe: Annexe, path: str, report: Report) -> tuple[GroupItem, ...]:
    """The fiches that `choisir` keeps, in the order of `trier`.

    Args:
        jeu: the jeu.
        annexe: what the annexe asks for.
        path: the path of the annexe.
        report: receives DEF-02 (a jeu without fiches or without their form) and those of conditions.
    """
    group = jeu.groups.get("fiches")
    if group is None or jeu.form is None:
        missing = "fiches" if group is None else "fiche"
        remedy = "Décrivez « fiche: rubriques: … » puis « fiches: »."
        report.error("DEF-02", f"le jeu « {jeu.id} » n'a pas de clé « {missing} »", jeu.place, path, remedy=remedy)
        return ()
    rows = item_rows(("fiches",), jeu.names, jeu.place, report) or []
    reader = RowReader(jeu.names, frozenset(fold(one) for one in jeu.funders), report)
    if annexe.choisir is not None:
        rows = [row for row, kept in holding(annexe.choisir, rows, reader, f"{path}.choisir") if kept]
    if annexe.trier is not None:
        name = tuple(str(annexe.trier).strip().split("."))

        def key(row: object) -> tuple[int, object]:
            try:
                return sort_key(reader.lookup(name, reader.roots(row, {})))  # type: ignore[arg-type]
            except AbsentHereError:
                return sort_key(None)

        rows = sorted(rows, key=key)
    items = {item.id: item for item in group.items}
    return tuple(items[row.id] for row in rows)
