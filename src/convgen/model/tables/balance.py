"""Two-sided tables: recettes beside dépenses, with sub-lines, totals and the check that they balance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from convgen.errors import Place, Report, fold
from convgen.model.arithmetic import MONEY, Quantity
from convgen.model.expressions import UnknownNameError
from convgen.model.schema.tableau import Tableau
from convgen.model.scope import walk
from convgen.model.tables.cells import Reading, cell_of, figure_value, read_cell, shown_figure
from convgen.model.tables.filling import funder_label
from convgen.model.tables.table import WIDE, CellData, HeadData, Line, Names, RowData, TableData
from convgen.model.values import DataValue, GroupItem, TextSource, Unknown
from convgen.source.yaml import MappingNode, Node, Scalar, SequenceNode

SIDES = ("recettes", "depenses")
_TITLES = {"recettes": "Recettes", "depenses": "Dépenses"}


@dataclass(frozen=True, slots=True)
class Post:
    """A line of one side; `sub` lines detail the one above and are not added again."""

    label: TextSource
    cell: CellData
    sub: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One side, and what it adds up to; `Unknown` with a blank among its lines."""

    posts: tuple[Post, ...]
    total: Quantity | Unknown


def build_balance(ident: str, spec: Tableau, names: Names, path: str, report: Report) -> TableData | None:
    """The table described by `recettes:` and `depenses:`."""
    place = spec.place or Place("")
    sides: dict[str, Side] = {}
    for name in SIDES:
        node = getattr(spec, name)
        side = _side(node, names, f"tableau.{ident}.{name}", f"{path}.{name}", report) if node is not None else None
        if side is None:
            if node is None:
                report.error("DEF-02", f"il manque la clé « {name} »", place, path)
            return None
        sides[name] = side
    if spec.equilibre:
        check_balance(sides["recettes"].total, sides["depenses"].total, f"tableau « {ident} »", place, path, report)
    given = spec.totaux
    for label, amount in given.entries if isinstance(given, MappingNode) else ():
        counted = sides.get(fold(label.text))
        if counted is not None and isinstance(amount, Scalar):
            check_given(counted.total, amount, f"tableau.{ident}.total.{label.text}", f"{path}.totaux", report)
    title = None if spec.titre is None else TextSource(str(spec.titre).strip(), spec.titre.place)
    total = TextSource(str(spec.total or "Total"), place)
    return balance_table(ident, sides["recettes"], sides["depenses"], dict(_TITLES), total, names, place, title)


def _side(node: Node, names: Names, key: str, path: str, report: Report) -> Side | None:
    match node:
        case Scalar(text=text):
            parts = tuple(text.strip().removeprefix("jeu.").split("."))
            try:
                found = walk(parts, names)
            except UnknownNameError as error:
                report.error("DON-10", f"nom inconnu : « {error.name} »", node.place, path, remedy=error.remedy)
                return None
            if isinstance(found, GroupItem):
                return item_side(found, names, key, node.place, report)
            report.error("DON-10", f"« {text.strip()} » n'est pas un bloc de montants", node.place, path)
            return None
        case MappingNode(entries=entries):
            posts = [post for name, one in entries for post in _typed_posts(name, one, key, report)]
            return side_of(posts, key)
        case SequenceNode(items=items):
            posts = [post for one in items for post in _listed_posts(one, key, path, report)]
            return side_of(posts, key)


def _typed_posts(name: Scalar, node: Node, key: str, report: Report) -> Iterator[Post]:
    """« Poste: montant », or a block of sub-lines that add up to the post."""
    label = TextSource(name.text, name.place)
    reading = Reading("montant", report)
    if not isinstance(node, MappingNode):
        yield Post(label, read_cell(node, reading, f"{key}.{name.text}"))
        return
    inner = [post for sub, one in node.entries for post in _typed_posts(sub, one, f"{key}.{name.text}", report)]
    total = side_of(inner, f"{key}.{name.text}").total
    yield Post(label, _figure_cell(total, f"{key}.{name.text}"))
    yield from (Post(one.label, one.cell, sub=True) for one in inner)


def _listed_posts(node: Node, key: str, path: str, report: Report) -> Iterator[Post]:
    if isinstance(node, MappingNode):
        label, amount, lines = node.get("poste"), node.get("montant"), node.get("lignes")
        if isinstance(label, Scalar):
            posts = list(_typed_posts(label, lines, key, report)) if lines is not None else []
            if posts and isinstance(amount, Scalar) and isinstance(posts[0].cell.figure, Quantity):
                check_given(posts[0].cell.figure, amount, f"{key}.{label.text}", path, report)
            elif not posts and amount is not None:
                posts = list(_typed_posts(label, amount, key, report))
            yield from posts
            return
    remedy = "Écrivez « - poste: … » et « montant: … », ou « Poste: montant »."
    report.error("DEF-03", "un poste a un libellé et un montant", node.place, path, remedy=remedy)


def item_side(item: GroupItem, names: Names, key: str, place: Place, report: Report) -> Side:
    """A block of the jeu: amounts by label, or by financeur."""
    posts = []
    for name, value in item.fields.items():
        cell = cell_of(value, Reading("montant", report), f"{key}.{name}", place)
        posts.append(Post(TextSource(funder_label(name, names.get("financeurs")), place), cell))
    return side_of(posts, key)


def side_of(posts: list[Post], key: str) -> Side:
    """The side of some posts."""
    total = Decimal()
    for post in posts:
        if post.sub:
            continue
        if isinstance(post.cell.figure, Unknown):
            return Side(tuple(posts), Unknown(f"{key}.total", "total"))
        total += post.cell.figure.value if post.cell.figure is not None else 0
    return Side(tuple(posts), Quantity(total, MONEY))


def check_balance(
    left: Quantity | Unknown, right: Quantity | Unknown, what: str, place: Place, path: str, report: Report
) -> None:
    """DON-13 when recettes and dépenses differ."""
    if isinstance(left, Quantity) and isinstance(right, Quantity) and left.value != right.value:
        gap = Quantity(abs(left.value - right.value), MONEY)
        report.error(
            "DON-13",
            f"{what} : les recettes ({shown_figure(left)}) ne couvrent pas exactement les dépenses "
            f"({shown_figure(right)})",
            place,
            path,
            cause=f"L'écart est de {shown_figure(gap)}.",
            remedy="Corrigez un des montants ; « equilibre: non » accepte un tableau qui n'est pas équilibré.",
        )


def check_given(figure: Quantity | Unknown, node: Scalar, key: str, path: str, report: Report) -> None:
    """DON-12 when a total given by hand is not the sum."""
    typed = read_cell(node, Reading("montant", report), key)
    if isinstance(figure, Unknown) or not isinstance(typed.figure, Quantity) or typed.figure.value == figure.value:
        return
    report.error(
        "DON-12",
        f"« {key} » est donné pour {shown_figure(typed.figure)} mais le calcul donne {shown_figure(figure)}",
        node.place,
        path,
        cause=f"L'écart est de {shown_figure(Quantity(abs(typed.figure.value - figure.value), MONEY))}.",
        remedy="Corrigez le chiffre donné, ou une des lignes.",
    )


def _figure_cell(total: Quantity | Unknown, key: str) -> CellData:
    value: DataValue = total if isinstance(total, Unknown) else figure_value(total, key)
    return CellData((Line(value),), total)


def balance_table(
    ident: str,
    left: Side,
    right: Side,
    titles: Mapping[str, str],
    total: TextSource,
    names: Names,
    place: Place,
    title: TextSource | None = None,
) -> TableData:
    """Both sides, line by line, the totals on one last line. The headings each cover a label and an amount."""
    rows = []
    for one, two in zip_longest(left.posts, right.posts):
        cells = (*_post_cells(one), *_post_cells(two))
        rows.append(RowData(tuple(enumerate(cells))))
    key = f"tableau.{ident}.total"
    label = CellData((Line(source=total),), names=names)
    last = (label, _figure_cell(left.total, f"{key}.recettes"), label, _figure_cell(right.total, f"{key}.depenses"))
    rows.append(RowData(tuple(enumerate(last)), "total"))
    heads = []
    for side in SIDES:
        over = TextSource(titles[side], place)
        heads.append(HeadData(TextSource("Poste", place), names, over=over, width=3))
        heads.append(HeadData(TextSource("Montant", place), names, over=over, align="right", zero="0 €", width=2))
    totals = {
        name: side.total if isinstance(side.total, Unknown) else figure_value(side.total, f"{key}.{name}")
        for name, side in (("recettes", left), ("depenses", right))
    }
    return TableData(
        id=ident,
        place=place,
        title=title,
        columns=tuple(heads),
        rows=tuple(rows),
        names=names,
        totals=totals,
        landscape=len(heads) > WIDE,
    )


def _post_cells(post: Post | None) -> tuple[CellData, CellData]:
    if post is None:
        return CellData(), CellData()
    text = post.label.text
    if post.sub:  # « dont formation », « dont CAF »
        text = f"*dont {text if text[1:2].isupper() else text[:1].lower() + text[1:]}*"
    label = TextSource(text, post.label.place)
    return CellData((Line(source=label),)), post.cell
