"""What a foreign PDF may not bring into a liasse: scripts, files, films, remarks; forms become plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from convgen.bundle.pdf_review import COMMENT, empty, hush, is_note

_SAFE_ACTIONS: Final = frozenset({"/GoTo", "/URI", "/Named", "/GoToR"})
_ACTIONS: Final = {
    "/JavaScript": "programme JavaScript",
    "/Launch": "lancement de programme",
    "/SubmitForm": "envoi de formulaire",
    "/ImportData": "import de données",
    "/GoToE": "renvoi à un fichier joint",
}
_ANNOTATIONS: Final = {
    "/FileAttachment": "fichier joint",
    "/Movie": "film",
    "/Sound": "son",
    "/Screen": "film",
    "/RichMedia": "contenu multimédia",
    "/3D": "vue en 3D",
}
#: What tags, slide shows, threads and readers leave on a page, and which means nothing in another file.
_LEFT: Final = ("/StructParents", "/AF", "/Trans", "/Dur", "/B", "/Thumb", "/PieceInfo", "/Metadata", "/Tabs")
#: What ties a page and its links to the tags of its file.
_TAGS: Final = ("/StructParents", "/StructParent", "/Tabs")


def is_cut(pdf: pikepdf.Pdf, content: bytes) -> bool:
    """Whether a file just opened lacks a part of itself, which its reader made up for without a word.

    A table of objects made again may lack some: a font, a page. What follows the last end mark (ISO 32000, 7.5.5) is
    a change to the file that was not wholly saved.
    """
    if any("reconstruct" in one for one in pdf.get_warnings()):
        return True
    return b" obj" in content[content.rfind(b"%%EOF") :]


def is_portfolio(pdf: Pdf) -> bool:
    """Whether its real content is in the files that it carries."""
    return "/Collection" in pdf.Root


def is_dynamic_form(pdf: Pdf) -> bool:
    """Whether its pages are drawn by a reader of XFA forms only."""
    form = pdf.Root.get("/AcroForm")
    return isinstance(form, Dictionary) and "/XFA" in form and bool(pdf.Root.get("/NeedsRendering", False))


def clean(pdf: Pdf, *, tagged: bool = False) -> tuple[str, ...]:
    """Take away what is active and what readers remarked, then draw the fields of forms into the pages.

    Args:
        pdf: changed in place.
        tagged: its tags are kept; they mean nothing in another file.

    Returns:
        What was taken away, in French, each once, in order of the alphabet.
    """
    found = set(_clean_root(pdf.Root))
    for page in pdf.pages:
        found |= set(_clean_page(page.obj, _TAGS if tagged else ()))
    for key in () if tagged else ("/StructTreeRoot", "/MarkInfo"):
        if key in pdf.Root:
            del pdf.Root[key]
    _flatten(pdf)
    return tuple(sorted(found))


def _clean_root(root: Object) -> Iterator[str]:
    if "/OpenAction" in root:
        action = root["/OpenAction"]
        if isinstance(action, Dictionary):
            yield from _unsafe(action)
        del root["/OpenAction"]
    for key in ("/AA", "/Collection", "/AF"):
        if key in root:
            if key == "/AA":
                yield "action automatique"
            del root[key]
    names = root.get("/Names")
    if isinstance(names, Dictionary):
        for key, said in (("/JavaScript", "programme JavaScript"), ("/EmbeddedFiles", "fichier joint")):
            if key in names:
                yield said
                del names[key]
    form = root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form:
        yield "formulaire XFA"
        del form["/XFA"]


def _clean_page(page: Object, kept_keys: tuple[str, ...]) -> Iterator[str]:
    if "/AA" in page:
        yield "action automatique"
        del page["/AA"]
    for key in _LEFT:
        if key in page and key not in kept_keys:
            del page[key]
    if "/Annots" not in page:
        return
    annots = page["/Annots"]
    kept = []
    for one in annots if isinstance(annots, Array) else ():
        if not isinstance(one, Dictionary):
            continue
        said = _ANNOTATIONS.get(str(one.get("/Subtype", "")))
        if said or is_note(one):
            yield said or COMMENT
            empty(one)
            continue
        yield from _clean_annotation(one, kept_keys)
        kept.append(one)
    page["/Annots"] = Array(kept)


def _clean_annotation(one: Dictionary, kept_keys: tuple[str, ...]) -> Iterator[str]:
    for key in ("/StructParent", "/AF"):
        if key in one and key not in kept_keys:
            del one[key]
    yield from hush(one)
    if "/AA" in one:
        yield from ("programme JavaScript",) if "JavaScript" in repr(one["/AA"]) else ("action automatique",)
        del one["/AA"]
    action = one.get("/A")
    if not isinstance(action, Dictionary):
        return
    said = tuple(_unsafe(action))
    yield from said
    if said:
        del one["/A"]
    elif "/Next" in action:
        del action["/Next"]


def _unsafe(action: Dictionary) -> Iterator[str]:
    """What an action, or those that it starts in its turn, would do."""
    kind = str(action.get("/S", ""))
    if kind not in _SAFE_ACTIONS:
        yield _ACTIONS.get(kind, "action automatique")
    after = action.get("/Next")
    for one in after if isinstance(after, Array) else (after,):
        if isinstance(one, Dictionary) and str(one.get("/S", "")) not in _SAFE_ACTIONS:
            yield _ACTIONS.get(str(one.get("/S", "")), "action automatique")


def _flatten(pdf: Pdf) -> None:
    """Draw the fields into the pages. Links and remarks stay what they are."""
    form = pdf.Root.get("/AcroForm")
    if form is None:
        return
    others = [_apart(page.obj) for page in pdf.pages]
    try:
        if isinstance(form, Dictionary):
            pdf.generate_appearance_streams()
            pdf.flatten_annotations("screen")
    except (pikepdf.PdfError, ValueError, RuntimeError):
        pass  # a field that cannot be drawn is not: the pages themselves are whole
    for page, kept in zip(pdf.pages, others, strict=True):
        if kept:
            page.obj["/Annots"] = Array(kept)
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]
    if "/AcroForm" in pdf.Root:
        del pdf.Root["/AcroForm"]


def _apart(page: Object) -> list[Object]:
    """Leave only the fields on a page, and return the other annotations."""
    annots = page.get("/Annots")
    if not isinstance(annots, Array):
        return []
    fields = [one for one in annots if one.get("/Subtype") == Name.Widget]
    others = [one for one in annots if one.get("/Subtype") != Name.Widget]
    page["/Annots"] = Array(fields)
    return others
