"""Stamps put on the pages of a liasse, well placed whatever the size of the page, its crop and its rotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from convgen.write.pdf.liasse import Stamp

_A4: Final = 595.0
_FORM: Final = "/ConvgenPage"
_STAMP: Final = "/ConvgenTimbre"


@dataclass(frozen=True, slots=True)
class Frame:
    """What is seen of a page.

    Attributes:
        left: the left side of what is seen, in the units of the page.
        bottom: its lower side.
        right: its right side.
        top: its upper side.
        turn: how far it is turned clockwise when it is shown: 0, 90, 180 or 270.
        unit: how many points a unit of the page is.
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int
    unit: float

    @property
    def size(self) -> tuple[float, float]:
        """The width and the height as seen, in points."""
        width, height = (self.right - self.left) * self.unit, (self.top - self.bottom) * self.unit
        return (height, width) if self.turn in (90, 270) else (width, height)

    @property
    def matrix(self) -> tuple[float, ...]:
        """From a drawing as large as what is seen to the page: the drawing stands upright once the page is turned."""
        one = 1 / self.unit
        match self.turn:
            case 90:
                return (0, one, -one, 0, self.right, self.bottom)
            case 180:
                return (-one, 0, 0, -one, self.right, self.top)
            case 270:
                return (0, -one, one, 0, self.left, self.top)
        return (one, 0, 0, one, self.left, self.bottom)


def frame_of(page: Page) -> Frame:
    """The part of the page that its crop box leaves, within its sheet."""
    media, crop = _box(page.mediabox), _box(page.cropbox)
    inner = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    if inner[2] - inner[0] < 1 or inner[3] - inner[1] < 1:
        inner = media
    turn = int(page.obj.get("/Rotate", 0)) % 360
    unit = float(page.obj.get("/UserUnit", 1))
    return Frame(*inner, turn - turn % 90, unit if unit > 0 else 1.0)


def _box(held: Array) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(one) for one in held.as_list())
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def stamp_of(page: Page, above: str, below: str, *, foreign: bool) -> Stamp:
    """The stamp of a page, larger on a plan than on a sheet."""
    width, height = frame_of(page).size
    scale = min(max(min(width, height) / _A4, 0.6), 4.0)
    return Stamp(round(width, 2), round(height, 2), above, below, foreign, round(scale, 2))


def wrap_page(pdf: Pdf, page: Page, mark: int | None) -> None:
    """Shut what a foreign page draws in a form, so that whatever state it leaves, the stamp is drawn right.

    Args:
        pdf: the file.
        page: one of its pages.
        mark: the number of its content in the structure.
    """
    form = _drawing(pdf, page)
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array(page.mediabox.as_list())
    form.Resources = page.resources
    if "/Group" in page.obj:
        form.Group = page.obj.Group
    page.obj.Resources = Dictionary({"/XObject": Dictionary({_FORM: form})})
    opening = f"/P <</MCID {mark}>> BDC " if mark is not None else ""
    closing = " EMC" if mark is not None else ""
    page.obj.Contents = pdf.make_stream(f"{opening}q {_FORM} Do Q{closing}".encode())


def _drawing(pdf: Pdf, page: Page) -> Object:
    """What a page draws, as one stream of its own."""
    held = page.obj.get("/Contents")
    if isinstance(held, Stream) and "/Subtype" not in held:
        return held  # as it is packed
    parts = list(held) if isinstance(held, Array) else [held] if isinstance(held, Stream) else []
    return pdf.make_stream(b"\n".join(one.read_bytes() for one in parts if isinstance(one, Stream)))


def put_stamps(pdf: Pdf, stamps: Pdf, pages: Sequence[Page]) -> None:
    """Put the n-th page of `stamps` over the n-th page, as something that is no part of the text."""
    before = pdf.make_stream(b"q\n")
    for page, stamp in zip(pages, stamps.pages, strict=True):
        form = pdf.copy_foreign(stamp.as_form_xobject(handle_transformations=False))
        _lend(page, form)
        figures = " ".join(f"{one:.5f}".rstrip("0").rstrip(".") for one in frame_of(page).matrix)
        words = f"\nQ\n/Artifact <</Type /Pagination>> BDC q {figures} cm {_STAMP} Do Q EMC"
        held = page.obj.get("/Contents")
        inner = list(held) if isinstance(held, Array) else [held] if held is not None else []
        page.obj.Contents = Array([before, *inner, pdf.make_stream(words.encode())])


def _lend(page: Page, form: Object) -> None:
    """Give a page, and it alone, the right to use the form: pages may share their resources."""
    own = Dictionary(dict(page.resources.items()))
    drawings = own.get("/XObject")
    own["/XObject"] = Dictionary({**(dict(drawings.items()) if isinstance(drawings, Dictionary) else {}), _STAMP: form})
    page.obj.Resources = own
