"""A foreign Word text made fit for another file: what could not live there is taken out, and said in French."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from convgen.write.docx.bundle_marks import MC
from convgen.write.docx.bundle_parts import IMAGE, Relation
from convgen.write.docx.shell import w
from convgen.write.docx.xml import R, W

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHAPES: Final = ("/picture", "/wordprocessingShape", "/wordprocessingGroup", "/wordprocessingCanvas")
_UNWRAPPED: Final = ("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent")
_REMOVED: Final = (
    "del", "moveFrom", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "rPrChange",
    "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "tblPrExChange",
    "numberingChange", "cellIns", "cellDel", "cellMerge", "customXmlInsRangeStart", "customXmlInsRangeEnd",
    "customXmlDelRangeStart", "customXmlDelRangeEnd", "commentRangeStart", "commentRangeEnd", "commentReference",
    "annotationRef", "proofErr", "permStart", "permEnd", "subDoc", "altChunk", "object", "lastRenderedPageBreak",
    "smartTagPr", "customXmlPr", "sdtPr", "sdtEndPr", "movie", "control", "printerSettings", "ptab",
)  # fmt: skip
_SAID: Final = {
    "ins": "modifications suivies : le texte est repris comme si elles étaient acceptées",
    "del": "modifications suivies : le texte est repris comme si elles étaient acceptées",
    "moveTo": "modifications suivies : le texte est repris comme si elles étaient acceptées",
    "commentReference": "commentaires non repris",
    "object": "objet incorporé non repris",
    "control": "contrôle de formulaire non repris",
    "altChunk": "contenu incorporé non repris",
    "subDoc": "sous-document non repris",
}
#: Fields that fetch something from elsewhere.
_FETCHING: Final = re.compile(r"^\s*(?:INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|IMPORT|MACROBUTTON|DATABASE|RD)\b")
_SAFE_LINK: Final = re.compile(r"^(?:https?|mailto|tel):", re.IGNORECASE)
_EXTENSION: Final = "http://schemas.microsoft.com/"


def clean(root: etree._Element, related: Mapping[str, Relation], remarks: list[str], sections: bool = True) -> None:
    """Take out of a text what may not go into another file, in place.

    Args:
        root: a document, a header, the notes.
        related: its relationships.
        remarks: what is lost is added here, each thing once.
        sections: the text may have sections.
    """
    _remark(root, remarks)
    for row in [one.getparent() for one in root.iter(w("del")) if _inside(one, "trPr")]:
        table_row = row.getparent() if row is not None else None
        _remove(table_row) if table_row is not None else None
    for tag in _REMOVED:
        for one in list(root.iter(w(tag))):
            _remove(one)
    for tag in _UNWRAPPED:
        for one in list(root.iter(w(tag))):
            _unwrap(one)
    if not sections:
        for one in list(root.iter(w("sectPr"))):
            _remove(one)
    _drop_extensions(root)
    _flatten_fields(root, remarks)
    _drop_drawings(root, remarks)
    _check_links(root, related, remarks)
    _fill_cells(root)


def _remark(root: etree._Element, remarks: list[str]) -> None:
    for tag, words in _SAID.items():
        if words not in remarks and next(root.iter(w(tag)), None) is not None:
            remarks.append(words)


def _inside(one: etree._Element, tag: str) -> bool:
    parent = one.getparent()
    return parent is not None and parent.tag == w(tag)


def _remove(one: etree._Element) -> None:
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)


def _unwrap(one: etree._Element) -> None:
    parent = one.getparent()
    if parent is not None:
        place = parent.index(one)
        parent[place : place + 1] = list(one)


def _drop_extensions(root: etree._Element) -> None:
    """What only some programs know, outside of drawings: its marks would have to be declared in the other file."""
    for one in list(root.iter(etree.Element)):
        if str(one.tag).startswith(f"{{{W}}}"):
            for name in [name for name in one.attrib if str(name).startswith(f"{{{_EXTENSION}")]:
                del one.attrib[name]
        elif str(one.tag).startswith(f"{{{_EXTENSION}") and _inside_properties(one):
            _remove(one)
    for one in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        _remove(one)


def _inside_properties(one: etree._Element) -> bool:
    parent = one.getparent()
    return parent is not None and str(parent.tag).endswith(("Pr", "}body"))


def _flatten_fields(root: etree._Element, remarks: list[str]) -> None:
    """Keep the result of a field that would fetch something, and not the field."""
    for one in list(root.iter(w("fldSimple"))):
        if _FETCHING.match(one.get(w("instr"), "")):
            _unwrap(one)
            _note(remarks, "champ lié à un autre fichier remplacé par son résultat")
    for marks, instruction in list(_fields(root)):
        if _FETCHING.match(instruction):
            for mark in marks:
                _remove(mark)
            _note(remarks, "champ lié à un autre fichier remplacé par son résultat")


def _fields(root: etree._Element) -> Iterator[tuple[list[etree._Element], str]]:
    stack: list[tuple[list[etree._Element], list[str]]] = []
    for one in root.iter(w("fldChar"), w("instrText")):
        kind = one.get(w("fldCharType"), "")
        if kind == "begin":
            stack.append(([], []))
        if not stack:
            continue
        stack[-1][0].append(one)
        if one.tag == w("instrText"):
            stack[-1][1].append(one.text or "")
        if kind == "end":
            marks, words = stack.pop()
            yield marks, "".join(words)


def _note(remarks: list[str], words: str) -> None:
    if words not in remarks:
        remarks.append(words)


def _drop_drawings(root: etree._Element, remarks: list[str]) -> None:
    for one in list(root.iter(f"{_A}graphicData")):
        if not one.get("uri", "").endswith(_SHAPES):
            _remove_drawing(one)
            _note(remarks, "graphique ou diagramme non repris : joignez la pièce au format PDF s'il compte")


def _remove_drawing(one: etree._Element) -> None:
    holder: etree._Element | None = one
    outer = {f"{{{MC}}}AlternateContent"}
    while holder is not None and holder.tag not in (w("drawing"), w("pict")):
        holder = holder.getparent()
    if holder is None:
        return
    for above in holder.iterancestors():
        if above.tag in outer:
            holder = above
            break
    _remove(holder)


def _check_links(root: etree._Element, related: Mapping[str, Relation], remarks: list[str]) -> None:
    names = [f"{{{R}}}{name}" for name in ("id", "embed", "link", "pict", "href")]
    for one in list(root.iter(etree.Element)):
        if one.tag in (w("headerReference"), w("footerReference")):
            continue
        for name in names:
            ident = one.get(name)
            if ident is None or _allowed(one, related.get(ident)):
                continue
            if one.tag == w("hyperlink"):
                _unwrap(one)
                _note(remarks, "lien vers un fichier remplacé par son texte")
            elif any(above.tag in (w("drawing"), w("pict")) for above in one.iterancestors()):
                _remove_drawing(one)
                _note(remarks, "image extérieure ou illisible non reprise")
            else:
                del one.attrib[name]
            break


def _allowed(one: etree._Element, relation: Relation | None) -> bool:
    if relation is None:
        return False
    if one.tag == w("hyperlink"):
        return relation.external and _SAFE_LINK.match(relation.target) is not None
    return relation.kind == IMAGE and not relation.external


def _fill_cells(root: etree._Element) -> None:
    """A cell ends with a paragraph, whatever was taken out of it."""
    for one in root.iter(w("tc")):
        if len(one) == 0 or one[-1].tag != w("p"):
            etree.SubElement(one, w("p"))
