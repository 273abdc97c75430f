"""Links and bookmarks of a file put together: every place has a name of its own, whatever piece it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

#: A place on a page, once the page itself is known: `/XYZ`, then figures.
Spot = tuple[Object | int | float | None, ...]
_DEEPEST: Final = 40
_MANY: Final = 20_000


@dataclass(frozen=True, slots=True)
class Target:
    """A place of a source: the rank of its page, and where on the page."""

    page: int
    spot: tuple[object, ...]


@dataclass(slots=True)
class Bookmark:
    """An entry of the tree of bookmarks; `spot` is empty for the top of the page."""

    title: str
    page: int
    spot: tuple[object, ...] = ()
    children: list[Bookmark] = field(default_factory=list)
    open: bool = False


def name_links(source: Pdf, prefix: str) -> dict[str, Target]:
    """Make every link of a source lead to a name that no other piece has.

    To be done before its pages are copied: a link to a page that comes later would be lost.

    Args:
        source: changed in place.
        prefix: put before its names.

    Returns:
        The places that the names stand for. A link that leads nowhere is taken away.
    """
    ranks = {page.obj.objgen: rank for rank, page in enumerate(source.pages)}
    known = {name: target for name, held in _named(source) if (target := _target(held, ranks))}
    targets = {prefix + name: target for name, target in known.items()}
    for page in source.pages:
        annots = page.obj.get("/Annots")
        if not isinstance(annots, Array):
            continue
        kept = []
        for one in annots:
            if not _goes(one):
                kept.append(one)
                continue
            name = _resolve(one, known, ranks, targets, prefix)
            if name:
                if "/A" in one:
                    del one["/A"]
                one["/Dest"] = String(name)
                kept.append(one)
        if len(kept) != len(annots):
            page.obj["/Annots"] = Array(kept)
    return targets


def _goes(annotation: Object) -> bool:
    """Whether an annotation is a link to a place of its own file."""
    if annotation.get("/Subtype") != Name.Link:
        return False
    action = annotation.get("/A")
    return "/Dest" in annotation or (isinstance(action, Dictionary) and action.get("/S") == Name.GoTo)


def _resolve(
    annotation: Object,
    known: Mapping[str, Target],
    ranks: Mapping[tuple[int, int], int],
    targets: dict[str, Target],
    prefix: str,
) -> str:
    held = annotation["/Dest"] if "/Dest" in annotation else annotation["/A"].get("/D")
    if isinstance(held, String | Name):
        name = _name(held)
        return prefix + name if name in known else ""
    target = _target(held, ranks)
    if target is None:
        return ""
    name = f"{prefix}@{len(targets)}"
    targets[name] = target
    return name


def _name(held: Object) -> str:
    return str(held)[1:] if isinstance(held, Name) else bytes(held).decode("latin-1")


def _named(source: Pdf) -> Iterator[tuple[str, Object]]:
    """The places that a file names, in both ways that PDF knows."""
    old = source.Root.get("/Dests")
    if isinstance(old, Dictionary):
        yield from ((name[1:], held) for name, held in old.items())
    names = source.Root.get("/Names")
    if isinstance(names, Dictionary) and "/Dests" in names:
        yield from _tree(names["/Dests"], 0)


def _tree(node: Object, depth: int) -> Iterator[tuple[str, Object]]:
    if depth > _DEEPEST or not isinstance(node, Dictionary):
        return
    held = node.get("/Names", ())
    for rank in range(0, len(held) - 1, 2):
        yield bytes(held[rank]).decode("latin-1"), held[rank + 1]
    for kid in node.get("/Kids", ()):
        yield from _tree(kid, depth + 1)


def _target(held: Object | None, ranks: Mapping[tuple[int, int], int]) -> Target | None:
    if isinstance(held, Dictionary):
        held = held.get("/D")
    if not isinstance(held, Array) or not len(held):
        return None
    page = held[0]
    rank = ranks.get(page.objgen) if isinstance(page, Dictionary) else page if isinstance(page, int) else None
    if rank is None or not 0 <= rank < len(ranks):
        return None
    return Target(rank, tuple(one for one in list(held)[1:] if not isinstance(one, Dictionary | Array)))


def bookmarks_of(source: Pdf, placed: Sequence[int]) -> list[Bookmark]:
    """The bookmarks of an act of ours, its pages being at those ranks."""
    ranks = {page.obj.objgen: rank for rank, page in enumerate(source.pages)}
    left = [_MANY]

    def below(node: Object | None, depth: int) -> list[Bookmark]:
        found: list[Bookmark] = []
        while node is not None and depth < _DEEPEST and left[0] > 0:
            left[0] -= 1
            target = _target(node.get("/Dest"), ranks)
            if target is not None:
                inner = below(node.get("/First"), depth + 1)
                found.append(Bookmark(str(node.get("/Title", "")), placed[target.page], target.spot, inner))
            node = node.get("/Next")
        return found

    outlines = source.Root.get("/Outlines")
    return below(outlines.get("/First"), 0) if isinstance(outlines, Dictionary) else []


def headings_of(source: Pdf, wanted: Mapping[str, str]) -> dict[str, Target]:
    """Where headings stand, as bookmarks tell: what LibreOffice draws has no names of ours.

    Args:
        source: an act.
        wanted: what each heading begins with, by the name that its place takes.
    """
    left = {name: _folded(opening) for name, opening in wanted.items()}
    found: dict[str, Target] = {}
    todo = bookmarks_of(source, range(len(source.pages)))[::-1]
    while todo:
        one = todo.pop()
        todo += one.children[::-1]
        for name in [name for name, opening in left.items() if _folded(one.title).startswith(opening)]:
            found[name] = Target(one.page, one.spot)
            del left[name]
    return found


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()


def write_bookmarks(pdf: Pdf, bookmarks: Sequence[Bookmark], pages: Sequence[Page]) -> None:
    """Write the tree of bookmarks, and have it shown when the file opens."""
    if not bookmarks:
        return
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    root.Count = _hang(pdf, root, bookmarks, pages)
    pdf.Root.Outlines = root
    pdf.Root.PageMode = Name.UseOutlines


def _hang(pdf: Pdf, parent: Object, bookmarks: Sequence[Bookmark], pages: Sequence[Page]) -> int:
    """Hang bookmarks under another one; returns how many are seen when it is open."""
    made = [
        pdf.make_indirect(Dictionary(Title=String(one.title), Parent=parent, Dest=dest(pages[one.page], one.spot)))
        for one in bookmarks
    ]
    seen = len(made)
    for before, after in pairwise(made):
        before.Next, after.Prev = after, before
    parent.First, parent.Last = made[0], made[-1]
    for node, one in zip(made, bookmarks, strict=True):
        if one.children:
            inner = _hang(pdf, node, one.children, pages)
            node.Count = inner if one.open else -inner
            seen += inner if one.open else 0
    return seen


def dest(page: Page, spot: tuple[object, ...] = ()) -> Array:
    """A place of the file; the top of the page by default."""
    return Array([page.obj, *(spot or (Name.Fit,))])


def write_names(pdf: Pdf, places: Mapping[str, tuple[Page, tuple[object, ...]]]) -> None:
    """Write the names that links lead to, in the order of their bytes."""
    names = Array()
    for name in sorted(places, key=lambda one: bytes(String(one))):
        page, spot = places[name]
        names.append(String(name))
        names.append(dest(page, spot))
    held = pdf.Root.get("/Names")
    if not isinstance(held, Dictionary):
        pdf.Root.Names = held = Dictionary()
    pdf.Root.Names.Dests = pdf.make_indirect(Dictionary(Names=names))
