"""A foreign Word file without what its conversion would fetch elsewhere: linked pictures, texts, objects, templates.

LibreOffice loads what a file links to, from the disk or from the network, while it converts it: a piece sent by others
would put a file of this machine in the liasse, or tell a server that it is read. It is given a copy that links to
nothing; a hyperlink, which nobody follows before a reader clicks, stays.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from convgen.write.docx.foreign_clean import flatten_fields
from convgen.write.docx.xml import R, W

_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_SVG: Final = "http://www.w3.org/2000/svg"
_HREFS: Final = ("href", "{http://www.w3.org/1999/xlink}href")
_SCHEME: Final = re.compile(r"^(?:[a-zA-Z][\w+.-]*:|//|\\\\)")
#: What leads a reader elsewhere when it is clicked.
_CLICKED: Final = frozenset(("hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver"))
#: What an external relationship is, and what is said when it is cut; what shows nothing of its own is not said.
_LOST: Final = {
    "image": "image liée à un autre fichier",
    "oleObject": "objet lié à un autre fichier",
    "package": "objet lié à un autre fichier",
    "subDocument": "sous-document",
    "frame": "cadre lié à un autre fichier",
    "video": "média lié à un autre fichier",
    "audio": "média lié à un autre fichier",
    "media": "média lié à un autre fichier",
}
_CHUNK: Final = "contenu incorporé d'un autre format"
#: Parts by which a program may take the file for one of another kind.
_ALIEN: Final = re.compile(r"^(?:mimetype|content\.xml|styles\.xml|settings\.xml|meta\.xml|META-INF/.*)$")
_OTHERS: Final = (".vml", ".svg")
_DATE: Final = (1980, 1, 1, 0, 0, 0)


class RefusedError(ValueError):
    """A file that is not converted; its words say why, in French."""


@dataclass(slots=True)
class _Cut:
    """What is taken out of the parts, and what is lost."""

    outside: dict[str, dict[str, str]] = field(default_factory=dict)  # part -> identifier -> kind of its relationships
    lost: list[str] = field(default_factory=list)

    def say(self, words: str) -> None:
        """Each thing once."""
        if words and words not in self.lost:
            self.lost.append(words)


def without_links(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The Word file that links to nothing, and what it loses, in French; the same bytes when there is nothing to cut.

    Raises:
        RefusedError: a part declares XML entities, or the file holds macros.
        ValueError: it is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {one.filename: archive.read(one) for one in archive.infolist() if not one.is_dir()}
        return _settled(content, parts)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, etree.XMLSyntaxError) as error:
        raise ValueError(str(error)) from error


def _settled(content: bytes, parts: dict[str, bytes]) -> tuple[bytes, tuple[str, ...]]:
    if b"macroEnabled" in parts.get("[Content_Types].xml", b"") or any("vbaProject" in name for name in parts):
        raise RefusedError("Le fichier contient des macros.")
    kept = {name: data for name, data in parts.items() if not _ALIEN.match(name)}
    trees = {name: root for name, data in kept.items() if (root := _tree(name, data)) is not None}
    cut = _Cut()
    changed = {
        name
        for name, root in trees.items()
        if root.tag == f"{{{_RELATIONS}}}Relationships" and _cut_relations(name, root, cut)
    }
    changed |= {name for name, root in trees.items() if _cut_part(name, root, cut)}
    if not changed and len(kept) == len(parts):
        return content, ()
    for name in changed:
        kept[name] = etree.tostring(trees[name], xml_declaration=True, encoding="UTF-8", standalone=True)
    return _packed(kept), tuple(cut.lost)


def _tree(name: str, data: bytes) -> etree._Element | None:
    """A part of XML, whatever it is called; None for a picture or a font."""
    named = name.endswith((".xml", ".rels"))
    if not (named or name.endswith(_OTHERS) or data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml")):
        return None
    if b"<!ENTITY" in data or (named and b"<!DOCTYPE" in data):
        raise RefusedError(f"La partie {name} déclare des entités XML.")
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        if named:
            raise
        return None  # shown by no program that reads XML


def _cut_relations(name: str, root: etree._Element, cut: _Cut) -> bool:
    """Take away each relationship that leads out of the file, save a hyperlink; says whether there was one."""
    folder, _, file = name.rpartition("_rels/")
    held = cut.outside.setdefault(folder + file.removesuffix(".rels"), {})
    found = False
    for one in list(root):
        kind = one.get("Type", "").rpartition("/")[2]
        out = one.get("TargetMode", "") == "External" or _SCHEME.match(one.get("Target", "")) is not None
        if kind == "aFChunk":  # HTML, whose own pictures may be anywhere
            cut.say(_CHUNK)
        elif not out:
            continue
        held[one.get("Id", "")] = kind
        if kind != "hyperlink":
            root.remove(one)
            found = True
    return found


def _cut_part(name: str, root: etree._Element, cut: _Cut) -> bool:
    """Take out of a part the calls to what is outside; says whether it changed."""
    before = len(cut.lost)
    found = _cut_calls(root, cut.outside.get(name, {}), cut)
    if root.nsmap.get("w") == W or root.tag.startswith(f"{{{W}}}"):
        told: list[str] = []
        flatten_fields(root, told)
        for words in told:
            cut.say(words)
        found = found or bool(told)
    if root.tag == f"{{{_SVG}}}svg":
        found = _cut_drawing(root) or found
    return found or len(cut.lost) > before


def _cut_calls(root: etree._Element, outside: dict[str, str], cut: _Cut) -> bool:
    """The attributes that call an outside relationship; a hyperlink may only be clicked."""
    found = False
    for one in root.iter(etree.Element) if outside else ():
        local = etree.QName(one).localname
        calls = [key for key, ident in one.attrib.items() if str(key).startswith(f"{{{R}}}") and str(ident) in outside]
        for key in calls:
            kind = outside[str(one.attrib[key])]
            if kind == "hyperlink" and local in _CLICKED:
                continue
            del one.attrib[key]
            found = True
            # The picture itself may be kept beside its link.
            if not any(str(other).startswith(f"{{{R}}}") for other in one.attrib):
                cut.say(_LOST.get(kind, _LOST["image"] if kind == "hyperlink" else ""))
    return found


def _cut_drawing(root: etree._Element) -> bool:
    """A drawing that calls pictures or styles of elsewhere."""
    found = False
    for one in root.iter(etree.Element):
        for name in _HREFS:
            if _SCHEME.match(one.get(name, "")) and not one.get(name, "").startswith("data:"):
                del one.attrib[name]
                found = True
    return found


def _packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()
