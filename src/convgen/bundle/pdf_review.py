"""What a foreign PDF holds beside its pages: the remarks of those who read it, a signature, what is hidden in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pikepdf import Array, Dictionary, Object, Pdf

COMMENT: Final = "commentaire"
#: Remarks that paper does not show.
_NOTES: Final = frozenset(("/Text", "/Popup", "/Caret"))
#: Marks on the page, which stay; the remark that hangs on them goes.
_MARKS: Final = frozenset(
    ("/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Ink", "/Line", "/Square", "/Circle", "/Polygon",
     "/PolyLine", "/Stamp", "/Redact")
)  # fmt: skip
#: Their words, who wrote them, where they open.
_WORDS: Final = ("/Contents", "/RC")
_WRITER: Final = ("/T", "/Subj", "/Popup", "/IRT", "/RT", "/State", "/StateModel")
_DEPTH: Final = 30  # of fields in fields


def is_note(annotation: Dictionary) -> bool:
    """Whether an annotation is a remark that paper does not show."""
    return str(annotation.get("/Subtype", "")) in _NOTES


def empty(annotation: Dictionary) -> None:
    """Leave nothing of an annotation, which the tags of the file may still name."""
    for key in list(annotation.keys()):
        del annotation[key]


def hush(annotation: Dictionary) -> Iterator[str]:
    """Take the remark out of a mark that stays on the page; words typed on the page stay, without their author."""
    kind = str(annotation.get("/Subtype", ""))
    if kind not in _MARKS and kind != "/FreeText":
        return
    told = kind in _MARKS and any(str(annotation.get(key, "")).strip() for key in _WORDS)
    for key in (*(_WORDS if kind in _MARKS else ()), *_WRITER):
        if key in annotation:
            del annotation[key]
    if told:
        yield COMMENT


def is_signed(pdf: Pdf) -> bool:
    """Whether an electronic signature stands in it, which no copy keeps valid; a place to sign is none."""
    form = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, Dictionary) else None
    return _signed(fields, "", _DEPTH)


def _signed(fields: Object | None, kind: str, depth: int) -> bool:
    if not isinstance(fields, Array) or not depth:
        return False
    for one in fields:
        if not isinstance(one, Dictionary):
            continue
        own = str(one.get("/FT", kind))
        if own == "/Sig" and isinstance(one.get("/V"), Dictionary):
            return True
        if _signed(one.get("/Kids"), own, depth - 1):
            return True
    return False


def hidden_layers(pdf: Pdf) -> tuple[str, ...]:
    """The names of the layers that are not shown, and that a reader may show, each once."""
    held = pdf.Root.get("/OCProperties")
    config = held.get("/D") if isinstance(held, Dictionary) else None
    if not isinstance(held, Dictionary) or not isinstance(config, Dictionary):
        return ()
    hidden = _layers(config.get("/OFF"))
    if str(config.get("/BaseState", "/ON")) == "/OFF":
        shown = {one.objgen for one in _layers(config.get("/ON"))}
        hidden = [one for one in _layers(held.get("/OCGs")) if one.objgen not in shown]
    return tuple(dict.fromkeys(str(one.get("/Name", "sans nom")) for one in hidden))


def _layers(held: Object | None) -> list[Object]:
    return [one for one in held if isinstance(one, Dictionary)] if isinstance(held, Array) else []


def is_unredacted(pdf: Pdf) -> bool:
    """Whether words are marked to be blacked out, and are still there."""
    return any(
        isinstance(one, Dictionary) and str(one.get("/Subtype", "")) == "/Redact"
        for page in pdf.pages
        for one in _layers(page.obj.get("/Annots"))
    )
