"""The housekeeping parts of a gabarit: content types, relationships, settings, ready for our own parts."""

from __future__ import annotations

from lxml import etree

from convgen.write.docx.xml import R, W

CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument"
PACKAGE = "application/vnd.openxmlformats-package"
THEME, FONTS = "word/theme/theme1.xml", "word/fontTable.xml"
CORE_TYPE = f"{RELS}/metadata/core-properties"

#: Parts that hold traces of a machine or that Word rebuilds: never copied from a gabarit.
_DROPPED_TYPES = ("thumbnail", "stylesWithEffects", "extended-properties", "attachedTemplate", "custom-properties",
                  "core-properties", "printerSettings", "footnotes")  # fmt: skip
#: What follows `w:footnotePr` in the order of the schema.
_AFTER_NOTES = ("endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang",
                "clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures",
                "forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "schemaLibrary",
                "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator")  # fmt: skip


def parse(data: bytes) -> etree._Element:
    """An XML part, without entities, network or recovery.

    Raises:
        etree.XMLSyntaxError: when it is not well formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def serialize(root: etree._Element) -> bytes:
    """The bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def part_named(parts: dict[str, bytes], kind: str, default: str) -> str:
    """The part of `word/` that the document relates to as `kind` ("styles", "numbering"…)."""
    for relation in parse(parts["word/_rels/document.xml.rels"]):
        if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
            target = relation.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else f"word/{target}"
    return default


def prepare_relations(parts: dict[str, bytes]) -> None:
    """Drop what is not carried over and declare the parts we write, in place."""
    document = parse(parts["word/_rels/document.xml.rels"])
    package = parse(parts["_rels/.rels"])
    for root, base in ((document, "word/"), (package, "")):
        for relation in list(root):
            if relation.get("Type", "").rsplit("/", 1)[-1] in _DROPPED_TYPES:
                root.remove(relation)
                parts.pop(base + relation.get("Target", "").lstrip("/"), None)
                parts.pop(relation.get("Target", "").lstrip("/"), None)
    settings_rels = "word/_rels/settings.xml.rels"
    parts.pop(settings_rels, None)  # only an attached template hangs there
    numbering = part_named(parts, "numbering", "word/numbering.xml")
    for kind, target in (
        ("numbering", numbering),
        ("footnotes", "word/footnotes.xml"),
        ("settings", part_named(parts, "settings", "word/settings.xml")),
        ("styles", part_named(parts, "styles", "word/styles.xml")),
        ("theme", part_named(parts, "theme", THEME)),
        ("fontTable", part_named(parts, "fontTable", FONTS)),
    ):
        if not any(one.get("Type", "").endswith(f"/{kind}") for one in document):
            _relate(document, f"{R}/{kind}", target.removeprefix("word/"))
    _relate(package, CORE_TYPE, "docProps/core.xml")
    _relate(package, f"{R}/custom-properties", "docProps/custom.xml")
    parts["word/_rels/document.xml.rels"] = serialize(document)
    parts["_rels/.rels"] = serialize(package)


def _relate(root: etree._Element, kind: str, target: str) -> None:
    taken = {one.get("Id") for one in root}
    ident = next(f"rIdCg{n}" for n in range(1, len(taken) + 2) if f"rIdCg{n}" not in taken)
    etree.SubElement(root, f"{{{RELS}}}Relationship", {"Id": ident, "Type": kind, "Target": target})


def prepare_content_types(parts: dict[str, bytes], written: dict[str, str]) -> None:
    """Make `[Content_Types].xml` name every part of the file and no other.

    Args:
        parts: the static parts, changed in place.
        written: the parts we write, name → content type.
    """
    root = parse(parts["[Content_Types].xml"])
    present = set(parts) | set(written)
    for one in list(root):
        name = one.get("PartName", "").lstrip("/")
        if name and (name not in present or name in written):
            root.remove(one)
    for name in sorted(written):
        etree.SubElement(root, f"{{{CONTENT}}}Override", {"PartName": f"/{name}", "ContentType": written[name]})
    parts["[Content_Types].xml"] = serialize(root)


def prepare_settings(parts: dict[str, bytes], name: str) -> None:
    """No update prompt, no session traces, French, and footnote separators that match ours."""
    root = parse(parts[name]) if name in parts else etree.fromstring(f'<w:settings xmlns:w="{W}"/>')
    for tag in ("updateFields", "rsids", "attachedTemplate", "footnotePr", "trackRevisions", "writeProtection"):
        for one in root.findall(f"{{{W}}}{tag}"):
            root.remove(one)
    notes = etree.Element(f"{{{W}}}footnotePr")
    for ident in ("-1", "0"):
        etree.SubElement(notes, f"{{{W}}}footnote", {f"{{{W}}}id": ident})
    _insert_before(root, notes, _AFTER_NOTES)
    language = root.find(f"{{{W}}}themeFontLang")
    if language is None:
        language = etree.Element(f"{{{W}}}themeFontLang")
        _insert_before(root, language, _AFTER_NOTES[_AFTER_NOTES.index("clrSchemeMapping") :])
    language.set(f"{{{W}}}val", "fr-FR")
    parts[name] = serialize(root)


def _insert_before(root: etree._Element, new: etree._Element, followers: tuple[str, ...]) -> None:
    for place, one in enumerate(root):
        if isinstance(one.tag, str) and etree.QName(one).localname in followers:
            root.insert(place, new)
            return
    root.append(new)


def prepare_styles(root: etree._Element) -> None:
    """French as the language of the whole document."""
    defaults = root.find(f"{{{W}}}docDefaults")
    if defaults is None:
        defaults = etree.Element(f"{{{W}}}docDefaults")
        root.insert(0, defaults)
    run_default = _child(defaults, "rPrDefault", 0)
    properties = _child(run_default, "rPr", 0)
    language = properties.find(f"{{{W}}}lang")
    if language is None:
        language = etree.SubElement(properties, f"{{{W}}}lang")
    language.set(f"{{{W}}}val", "fr-FR")
    for style in root.findall(f"{{{W}}}style"):
        other = style.find(f"{{{W}}}rPr/{{{W}}}lang")
        if other is not None:
            other.set(f"{{{W}}}val", "fr-FR")


def _child(parent: etree._Element, tag: str, place: int) -> etree._Element:
    found = parent.find(f"{{{W}}}{tag}")
    if found is None:
        found = etree.Element(f"{{{W}}}{tag}")
        parent.insert(place, found)
    return found
