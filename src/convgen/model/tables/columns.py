"""The columns of a table: generated ones made, expressions read once, letters checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from convgen.errors import DefinitionError, Report, suggest
from convgen.model.expressions import Expression, parse_expression
from convgen.model.schema.tableau import Colonne, Tableau
from convgen.model.tables.source import plain_name
from convgen.model.tables.table import HeadData, Names, like
from convgen.model.typed import sentence
from convgen.model.values import GroupItem, GroupValue, TextSource
from convgen.source.yaml import PlacedText

MAX_COLUMNS = 100
_LOOP = re.compile(r"(?P<name>[^\W\d]\w*)\s+(?:dans|in|de)\s+(?P<list>[^\W\d][\w.]*)")
_ALIGN = {"gauche": "left", "centre": "center", "droite": "right"}
_RIGHT = ("montant", "nombre", "pourcentage", "ETP")


@dataclass(frozen=True, slots=True)
class Column:
    """A column ready to be filled.

    Attributes:
        key: its letter, else its identifier, else made from its title: the end of the key of its cells.
        names: what its texts and expressions may read besides the row (`annee` of a generated column).
        value, template, formula: where its cells come from; all None for a field of its own name, or to fill in.
        fields: the fields of the row it shows, tried in order, before `value`.
        place: the rank of its cell in a row typed as a list, -1 for none.
    """

    key: str
    spec: Colonne
    head: HeadData
    names: Names
    value: Expression | None = None
    template: TextSource | None = None
    formula: Expression | None = None
    fields: tuple[str, ...] = ()
    rank: int = -1

    @property
    def summed(self) -> bool:
        """Whether it has a total."""
        return self.spec.total != "non"

    @property
    def empty(self) -> bool:
        """Whether it is to fill in by hand."""
        return self.spec.remplir


def read_columns(table: Tableau, names: Names, path: str, report: Report) -> tuple[Column, ...]:
    """The columns of a table.

    Args:
        table: its description.
        names: the lists that `pour: annee dans exercices` may go through, and what titles read.
        path: the path of the table.
        report: receives DEF-02, DEF-14, DEF-24, DON-09, DON-10.
    """
    made: list[Column] = []
    rank = 0
    for spec, more in _expanded(table.colonnes or (), names, f"{path}.colonnes", report):
        column = _column(table, spec, {**names, **more}, more, path, report)
        if column is None:
            continue
        if not (column.formula or column.empty or spec.groupe):
            column = replace(column, rank=rank)
            rank += 1
        made.append(column)
    if len(made) > MAX_COLUMNS:
        report.error("DEF-24", f"un tableau ne dépasse pas {MAX_COLUMNS} colonnes", table.place, path)
        return ()
    _check_letters(made, path, report)
    return tuple(made)


def _expanded(specs: Sequence[Colonne], names: Names, path: str, report: Report) -> Iterator[tuple[Colonne, Names]]:
    for rank, spec in enumerate(specs):
        here = f"{path}[{rank}]"
        if spec.pour is None:
            yield spec, {}
            continue
        loop = _loop(spec.pour, names, f"{here}.pour", report)
        for one in loop or ():
            for inner in spec.colonnes or ():
                # The heading above, said once for the group, is that of every column it makes.
                over = {} if inner.sur is not None or spec.sur is None else {"sur": spec.sur}
                yield (inner.model_copy(update=over) if over else inner), one


def loop_items(text: str, names: Names) -> tuple[str, Sequence[object]] | None:
    """« annee dans exercices » → the name, and what it goes through; None when the list is unknown."""
    found = _LOOP.fullmatch(text.strip())
    if found is None:
        return None
    name = like(found["list"].removeprefix("jeu."), names)
    listed = names[name] if name is not None else None
    if isinstance(listed, GroupValue):
        return found["name"], listed.items
    return (found["name"], listed) if isinstance(listed, tuple) else None


def _loop(text: PlacedText, names: Names, path: str, report: Report) -> list[Names] | None:
    found = loop_items(text, names)
    if found is None:
        lists = [name for name, one in names.items() if isinstance(one, GroupValue | tuple)]
        asked = text.split()[-1] if text.split() else ""
        remedy = f"Écrivez par exemple « annee dans exercices ». {suggest(asked, lists, 'Listes')}"
        report.error("DON-10", f"« {text} » ne désigne aucune liste", text.place, path, remedy=remedy)
        return None
    name, items = found
    return [{name: one} for one in items]


def _column(table: Tableau, spec: Colonne, names: Names, more: Names, path: str, report: Report) -> Column | None:
    if spec.titre is None:
        report.error("DEF-02", "il manque la clé « titre »", spec.place, f"{path}.colonnes")
        return None
    title = TextSource(str(spec.titre).strip(), spec.titre.place, "définition")
    letter = str(spec.lettre or "").strip()
    suffix = "".join(f"-{one.id if isinstance(one, GroupItem) else one}" for one in more.values())
    key = letter or str(spec.id or "") or _slug(title.text)
    key = f"{key}{suffix}" if suffix else key
    value, template, fields = _value(spec, path, report)
    formula = None
    if spec.calcul is not None:
        formula = _expression(spec.calcul, f"{path}.colonnes.{key}", report)
    shown = spec.formule if spec.formule is not None else table.formule
    head = HeadData(
        title=title,
        names=names,
        letter=letter if table.lettres else "",
        formula=str(spec.calcul).strip() if shown and spec.calcul is not None else "",
        over=TextSource(str(spec.sur), spec.sur.place) if spec.sur is not None else None,
        align=_ALIGN.get(spec.aligner or "", "right" if spec.type in _RIGHT else ""),
        width=spec.largeur or 0,
        zero=str(spec.zero if spec.zero is not None else table.zero or "0 €").strip(),
        none=str(spec.sans if spec.sans is not None else table.sans or "/").strip(),
        unit="ETP" if spec.type == "ETP" else "",
    )
    return Column(key, spec, head, more, value, template, formula, fields)


def _slug(text: str) -> str:
    return "-".join(plain_name(re.sub(r"\{\{.*?\}\}", " ", text)).split("_")[:6]) or "colonne"


def _value(spec: Colonne, path: str, report: Report) -> tuple[Expression | None, TextSource | None, tuple[str, ...]]:
    """What fills the cells: an expression, a text with tags, or the name of a field."""
    text = spec.valeur
    if text is None:
        names = (plain_name(str(one)) for one in (spec.id, spec.titre, spec.lettre) if one is not None)
        return None, None, tuple(name for name in names if name)
    if "{{" in text or "{%" in text:
        return None, TextSource(str(text), text.place), ()
    name = str(text).strip()
    if re.fullmatch(r"[^\W\d][\w-]*", name):
        return _expression(text, path, report) if "-" not in name else None, None, (name,)
    return _expression(text, path, report), None, ()


def _expression(text: PlacedText, path: str, report: Report) -> Expression | None:
    try:
        return parse_expression(str(text).strip(), text.place)
    except DefinitionError as error:
        report.extend(replace(one, path=path, message=sentence(one.message)) for one in error.diagnostics)
        return None


def _check_letters(columns: Sequence[Column], path: str, report: Report) -> None:
    """Two columns never have one letter; a calculation reads letters that exist."""
    seen: set[str] = set()
    for column in columns:
        if column.key in seen:
            message = f"deux colonnes ont le même nom : « {column.key} »"
            remedy = "Donnez à chacune sa lettre, ou un « id »."
            report.error("DEF-14", message, column.spec.place, f"{path}.colonnes", remedy=remedy)
        seen.add(column.key)
    letters = [str(one.spec.lettre or one.spec.id) for one in columns if one.spec.lettre or one.spec.id]
    for column in columns:
        for name in column.formula.names if column.formula is not None else ():
            if len(name) == 1 and re.fullmatch(r"[A-Z]\d?", name[0]) and name[0] not in seen:
                remedy = suggest(name[0], letters, "Lettres")
                at = column.spec.place_of("calcul")
                message = f"le calcul de « {column.key} » lit la lettre « {name[0]} », que nulle colonne ne porte"
                report.error("DON-10", message, at, f"{path}.colonnes", remedy=remedy)
