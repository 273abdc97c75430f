"""The parts of a file made from several: names given once, relationships, pictures kept once, content types."""

from __future__ import annotations

import hashlib
import posixpath
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from convgen.write.docx import relations
from convgen.write.docx.package import PackedPart, pack_part
from convgen.write.docx.xml import HEADER, R, escape

_RID: Final = re.compile(r'( r:(?:id|embed|link|pict|href)=")([^"]*)"')
IMAGE: Final = f"{R}/image"
#: Content types of pictures, by the end of the name.
PICTURES: Final = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "bmp": "image/bmp",
    "tif": "image/tiff", "tiff": "image/tiff", "emf": "image/x-emf", "wmf": "image/x-wmf", "svg": "image/svg+xml",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship: its kind, the part it leads to (its whole name) or an address outside."""

    kind: str
    target: str
    external: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file whose content goes into ours: its parts, and the relationships of its document."""

    parts: Mapping[str, bytes]
    document: Mapping[str, Relation]

    def of_part(self, name: str) -> Mapping[str, Relation]:
        """The relationships of another part."""
        return read_relations(self.parts, name)

    def xml(self, kind: str) -> etree._Element | None:
        """The part that the document relates to as `kind`, when there is one."""
        for one in self.document.values():
            if one.kind.endswith(f"/{kind}") and not one.external and one.target in self.parts:
                return relations.parse(self.parts[one.target])
        return None


def read_relations(parts: Mapping[str, bytes], name: str) -> dict[str, Relation]:
    """The relationships of a part, by identifier; targets are whole names."""
    folder, _, leaf = name.rpartition("/")
    data = parts.get(f"{folder}/_rels/{leaf}.rels")
    if data is None:
        return {}
    found = {}
    for one in relations.parse(data):
        external = one.get("TargetMode") == "External"
        target = one.get("Target", "")
        if not external:
            target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        found[one.get("Id", "")] = Relation(one.get("Type", ""), target, external)
    return found


def unpacked(static: Iterable[PackedPart]) -> dict[str, bytes]:
    """The parts of a compiled gabarit as they were."""
    return {one.name: zlib.decompress(one.data, -15) if one.method else one.data for one in static}


def source_of(static: Iterable[PackedPart]) -> Source:
    """A compiled gabarit as a source."""
    parts = unpacked(static)
    return Source(parts, read_relations(parts, "word/document.xml"))


@dataclass(slots=True)
class Parts:
    """The parts of the file being put together.

    Attributes:
        texts: name → bytes of a part.
        kinds: name → content type, for the parts that need one of their own.
        document: identifier → relationship of the document.
    """

    texts: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    document: dict[str, Relation] = field(default_factory=dict)
    _media: dict[str, str] = field(default_factory=dict)
    _same: dict[tuple[str, str], str] = field(default_factory=dict)
    _ids: dict[Relation, str] = field(default_factory=dict)

    def start(self, source: Source, media: Iterable[str]) -> None:
        """Take a first source whole."""
        self.texts.update(source.parts)
        for name in media:
            self._media[_digest(source.parts[name])] = name
        self.document.update(source.document)
        self._ids.update({one: ident for ident, one in reversed(list(source.document.items()))})

    def relate(self, relation: Relation) -> str:
        """The identifier of a relationship of the document; the same one for the same relation."""
        if relation not in self._ids:
            ident = f"rIdL{len(self.document) + 1}"
            while ident in self.document:
                ident += "x"
            self._ids[relation] = ident
            self.document[ident] = relation
        return self._ids[relation]

    def picture(self, name: str, data: bytes) -> str:
        """The name of the part of a picture; the same one for the same picture."""
        digest = _digest(data)
        if digest not in self._media:
            suffix = name.rpartition(".")[2].lower()
            self._media[digest] = f"word/media/liasse{len(self._media) + 1}.{suffix}"
            self.texts[self._media[digest]] = data
        return self._media[digest]

    def carried(self, one: Relation, source: Source) -> Relation | None:
        """A relationship of another file as it stands in ours: pictures and outside addresses; None for others."""
        if one.external:
            return one
        if one.kind == IMAGE and one.target in source.parts:
            return Relation(IMAGE, self.picture(one.target, source.parts[one.target]))
        return None

    def body(self, xml: str, source: Source) -> str:
        """Text of the document of another file, its relationships given those of ours."""

        def swap(found: re.Match[str]) -> str:
            one = source.document.get(found[2])
            carried = self.carried(one, source) if one is not None else None
            return f'{found[1]}{self.relate(carried)}"' if carried is not None else found[0]

        return _RID.sub(swap, xml) if " r:" in xml else xml

    def aside(self, kind: str, text: str, related: Mapping[str, Relation], source: Source) -> str:
        """The identifier of a header or a footer of our own; equal ones are one part.

        Args:
            kind: "header" or "footer".
            text: its XML.
            related: its relationships in the other file.
            source: the other file.
        """
        links = {ident: made for ident, one in related.items() if (made := self.carried(one, source)) is not None}
        rels = relations_part(links, "word") if links else ""
        if (text, rels) not in self._same:
            name = f"word/{kind}L{len(self._same) + 1}.xml"
            self._same[text, rels] = name
            self.texts[name] = text.encode()
            self.kinds[name] = f"{relations.OFFICE}.wordprocessingml.{kind}+xml"
            if rels:
                self.texts[f"word/_rels/{name.removeprefix('word/')}.rels"] = rels.encode()
        return self.relate(Relation(f"{R}/{kind}", self._same[text, rels]))

    def packed(self, level: int) -> list[PackedPart]:
        """All parts, content types and relationships among them; headers and footers of nobody are left out."""
        self._forget_asides()
        self.texts["word/_rels/document.xml.rels"] = relations_part(self.document, "word").encode()
        relations.prepare_content_types(self.texts, {n: k for n, k in self.kinds.items() if n in self.texts})
        self.texts["[Content_Types].xml"] = _with_pictures(self.texts["[Content_Types].xml"], self.texts)
        return [pack_part(name, data, level) for name, data in self.texts.items()]

    def _forget_asides(self) -> None:
        document = self.texts["word/document.xml"].decode()
        used = {found[1] for found in _RID.findall(document)}
        for ident, one in list(self.document.items()):
            if one.kind in (f"{R}/header", f"{R}/footer") and ident not in used:
                del self.document[ident]
                folder, _, leaf = one.target.rpartition("/")
                if one.target not in {other.target for other in self.document.values()}:
                    for name in (one.target, f"{folder}/_rels/{leaf}.rels"):
                        self.texts.pop(name, None)
                        self.kinds.pop(name, None)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def relations_part(found: Mapping[str, Relation], folder: str) -> str:
    """A part of relationships."""
    lines = []
    for ident, one in found.items():
        outside = ' TargetMode="External"' if one.external else ""
        target = one.target if one.external else posixpath.relpath(one.target, folder)
        lines.append(f'<Relationship Id="{ident}" Type="{one.kind}" Target="{escape(target)}"{outside}/>')
    return f'{HEADER}<Relationships xmlns="{relations.RELS}">{"".join(lines)}</Relationships>'


def _with_pictures(types: bytes, names: Iterable[str]) -> bytes:
    root = relations.parse(types)
    tag = f"{{{relations.CONTENT}}}Default"
    known = {one.get("Extension", "").lower() for one in root.findall(tag)}
    wanted = {name.rpartition(".")[2].lower() for name in names if name.startswith("word/media/")}
    for suffix in sorted(wanted - known):
        if suffix in PICTURES:
            root.insert(0, etree.Element(tag, {"Extension": suffix, "ContentType": PICTURES[suffix]}))
    return relations.serialize(root)
