"""A foreign Word text made fit for another file: what could not live there is taken out, and said in French."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from convgen.write.docx.bundle_marks import MC
from convgen.write.docx.bundle_parts import IMAGE, Relation
from convgen.write.docx.foreign_settled import (
    CHANGING,
    COMMENTED,
    FETCHING,
    REVISED,
    accept,
    is_revised,
    remove,
    settle_dates,
    settle_fields,
    unwrap,
)
from convgen.write.docx.shell import w
from convgen.write.docx.xml import R, W

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHAPES: Final = ("/picture", "/wordprocessingShape", "/wordprocessingGroup", "/wordprocessingCanvas")
_UNWRAPPED: Final = ("smartTag", "customXml", "sdt", "sdtContent")
_REMOVED: Final = (
    "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "proofErr", "permStart", "permEnd",
    "subDoc", "altChunk", "object", "lastRenderedPageBreak", "smartTagPr", "customXmlPr", "sdtPr", "sdtEndPr", "movie",
    "control", "printerSettings", "ptab",
)  # fmt: skip
_SAID: Final = {
    "commentReference": COMMENTED,
    "object": "objet incorporé non repris",
    "control": "contrôle de formulaire non repris",
    "altChunk": "contenu incorporé non repris",
    "subDoc": "sous-document non repris",
}
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
    accept(root)
    for tag in _REMOVED:
        for one in list(root.iter(w(tag))):
            remove(one)
    for tag in _UNWRAPPED:
        for one in list(root.iter(w(tag))):
            unwrap(one)
    if not sections:
        for one in list(root.iter(w("sectPr"))):
            remove(one)
    _drop_extensions(root)
    flatten_fields(root, remarks)
    _drop_drawings(root, remarks)
    _check_links(root, related, remarks)
    _fill_cells(root)


def _remark(root: etree._Element, remarks: list[str]) -> None:
    if is_revised(root):
        _note(remarks, REVISED)
    for tag, words in _SAID.items():
        if words not in remarks and next(root.iter(w(tag)), None) is not None:
            remarks.append(words)


def _drop_extensions(root: etree._Element) -> None:
    """What only some programs know, outside of drawings: its marks would have to be declared in the other file."""
    for one in list(root.iter(etree.Element)):
        if str(one.tag).startswith(f"{{{W}}}"):
            for name in [name for name in one.attrib if str(name).startswith(f"{{{_EXTENSION}")]:
                del one.attrib[name]
        elif str(one.tag).startswith(f"{{{_EXTENSION}") and _inside_properties(one):
            remove(one)
    for one in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        remove(one)


def _inside_properties(one: etree._Element) -> bool:
    parent = one.getparent()
    return parent is not None and str(parent.tag).endswith(("Pr", "}body"))


def flatten_fields(root: etree._Element, remarks: list[str]) -> None:
    """Keep the result of a field that would fetch something, or be computed again, and not the field."""
    if settle_fields(root, FETCHING):
        _note(remarks, "champ lié à un autre fichier remplacé par son résultat")
    settle_fields(root, CHANGING)
    settle_dates(root)


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
    remove(holder)


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
                unwrap(one)
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
