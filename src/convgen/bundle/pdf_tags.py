"""The tags of several PDFs as one structure: who reads the file aloud goes from one piece to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String


@dataclass(slots=True)
class Tags:
    """The structure being built.

    Attributes:
        pdf: the file that receives it.
        parts: the pieces, in order.
        numbers: `/ParentTree`: number of a page or of a link, then what it belongs to.
        ids: `/IDTree`: the cells of tables that name their headings.
        roles: `/RoleMap`.
        next: the next free number of `numbers`.
    """

    pdf: Pdf
    document: Object
    parts: list[Object] = field(default_factory=list)
    numbers: list[tuple[int, Object]] = field(default_factory=list)
    ids: list[tuple[str, Object]] = field(default_factory=list)
    roles: dict[str, Object] = field(default_factory=dict)
    next: int = 0

    @classmethod
    def of(cls, pdf: Pdf) -> Tags:
        """An empty structure."""
        return cls(pdf, pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document)))

    def part(self, title: str, inside: Object | None = None) -> Object:
        """A new piece, after the others, or after what is already in the piece that it interrupts."""
        above = self.document if inside is None else inside
        made = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Part, P=above, T=String(title), K=Array())
        )
        if inside is None:
            self.parts.append(made)
        else:
            inside.K.append(made)
        return made

    def take(self, source: Pdf, pages: list[Page], prefix: str) -> list[Object]:
        """Take over the structure of a source whose pages are already in the file.

        Args:
            source: tagged.
            pages: its pages, as they are in the file.
            prefix: put before its identifiers, which are only its own.

        Returns:
            Its elements of the first level, without parent.
        """
        root = source.Root.StructTreeRoot
        return self._adopt(
            self.pdf.copy_foreign(root if root.is_indirect else source.make_indirect(root)), pages, prefix
        )

    def own(self, pages: list[Page]) -> list[Object]:
        """Take over the structure that the file has itself, before any other is added."""
        return self._adopt(self.pdf.Root.StructTreeRoot, pages, "")

    def _adopt(self, copy: Object, pages: list[Page], prefix: str) -> list[Object]:
        shift, last = self.next, -1
        for number, value in _numbers(copy.ParentTree):
            self.numbers.append((number + shift, value))
            last = max(last, number)
        for page in pages:
            _shift(page.obj, "/StructParents", shift)
            for annotation in page.obj.get("/Annots", ()):
                _shift(annotation, "/StructParent", shift)
        self.next = shift + last + 1
        elements = list(_kids(copy))
        if "/IDTree" in copy:
            self._rename(copy, elements, prefix)
        roles = copy.get("/RoleMap")
        if isinstance(roles, Dictionary):
            self.roles = dict(roles.items()) | self.roles
        return [kid for one in elements for kid in (_kids(one) if one.get("/S") == Name.Document else (one,))]

    def _rename(self, copy: Object, elements: list[Object], prefix: str) -> None:
        known = [(bytes(name), one) for name, one in _names(copy.IDTree)]
        for name, one in known:
            one.ID = String(prefix + name.decode("latin-1"))
            self.ids.append((prefix + name.decode("latin-1"), one))
        for element in _walk(elements):
            for one in _each(element.get("/A")):
                if isinstance(one, Dictionary) and "/Headers" in one:
                    one.Headers = Array([String(prefix + bytes(each).decode("latin-1")) for each in one.Headers])

    def give(self, part: Object, elements: list[Object]) -> None:
        """Put elements under a piece."""
        for one in elements:
            one.P = part
            part.K.append(one)

    def foreign(self, page: Page, part: Object) -> int:
        """Declare that all that a page holds is one paragraph of a piece; returns its mark, for the page to bear."""
        made = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=part, Pg=page.obj, K=Array([0])))
        part.K.append(made)
        page.obj.StructParents = self.next
        self.numbers.append((self.next, self.pdf.make_indirect(Array([made]))))
        self.next += 1
        return 0

    def close(self) -> None:
        """Write the structure in the file."""
        root = Dictionary(Type=Name.StructTreeRoot, K=Array([self.document]), ParentTreeNextKey=self.next)
        numbers = Array()
        for number, value in sorted(self.numbers, key=lambda one: one[0]):
            numbers.append(number)
            numbers.append(value)
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=numbers))
        if self.ids:
            names = Array()
            for name, element in sorted(self.ids, key=lambda one: one[0].encode("latin-1")):
                names.append(String(name))
                names.append(element)
            root.IDTree = self.pdf.make_indirect(Dictionary(Names=names))
        if self.roles:
            root.RoleMap = Dictionary({name: self.roles[name] for name in sorted(self.roles)})
        made = self.pdf.make_indirect(root)
        self.document.P = made
        self.document.K = Array(self.parts)
        self.pdf.Root.StructTreeRoot = made
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)


def is_tagged(pdf: Pdf) -> bool:
    """Whether a file has tags that can be taken over."""
    root = pdf.Root.get("/StructTreeRoot")
    return isinstance(root, Dictionary) and "/K" in root and "/ParentTree" in root


def page_of(element: Object) -> tuple[int, int] | None:
    """The page where an element begins."""
    for one in _walk([element]):
        if "/Pg" in one:
            return one.Pg.objgen
    return None


def _shift(held: Object, key: str, shift: int) -> None:
    if key in held:
        held[key] = int(held[key]) + shift


def _kids(element: Object) -> Iterator[Object]:
    for one in _each(element.get("/K")):
        if isinstance(one, Dictionary) and "/S" in one:
            yield one


def _each(held: Object | None) -> Iterator[Object]:
    """What PDF writes alone or in a list."""
    if isinstance(held, Array):
        yield from held
    elif held is not None:
        yield held


def _walk(elements: list[Object]) -> Iterator[Object]:
    """The elements and all that they hold, in reading order."""
    left = elements[::-1]
    while left:
        one = left.pop()
        yield one
        left.extend([*_kids(one)][::-1])


def _numbers(tree: Object) -> Iterator[tuple[int, Object]]:
    held = tree.get("/Nums", ())
    for rank in range(0, len(held), 2):
        yield int(held[rank]), held[rank + 1]
    for kid in tree.get("/Kids", ()):
        yield from _numbers(kid)


def _names(tree: Object) -> Iterator[tuple[Object, Object]]:
    held = tree.get("/Names", ())
    for rank in range(0, len(held), 2):
        yield held[rank], held[rank + 1]
    for kid in tree.get("/Kids", ()):
        yield from _names(kid)
