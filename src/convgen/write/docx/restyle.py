"""The styles of a gabarit, completed: ours found in it, the missing ones made from the charte."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from convgen.errors import Diagnostic, Severity
from convgen.write.charte import Charte
from convgen.write.docx import relations
from convgen.write.docx.looks import Look, looks_of
from convgen.write.docx.shell import w
from convgen.write.docx.styles import SPECS, StyleSpec, find_styles, make_style
from convgen.write.docx.xml import W

_PARAGRAPHS = tuple(spec.key for spec in SPECS if spec.kind == "paragraph")


@dataclass(frozen=True, slots=True)
class FoundStyles:
    """Our styles in a gabarit.

    Attributes:
        ids: our key → style id.
        names: our key → style name.
        capitals: our keys whose style prints in capitals, itself or by a parent.
        numbered: our keys whose style numbers by itself.
        looks: our key, or any style id → the room the style takes.
        notes: what was made up.
    """

    ids: Mapping[str, str]
    names: Mapping[str, str]
    capitals: frozenset[str]
    numbered: frozenset[str]
    looks: Mapping[str, Look]
    notes: tuple[Diagnostic, ...]


def complete_styles(parts: dict[str, bytes], part: str, charte: Charte, width: int, label: str) -> FoundStyles:
    """Find our styles in the gabarit and make the missing ones, in place.

    Args:
        parts: the parts of the gabarit; `part` is rewritten, or made.
        part: the name of the styles part.
        charte: gives colours and fonts to the styles made.
        width: of the text, in twentieths of a point.
        label: how messages call the gabarit.
    """
    root = relations.parse(parts[part]) if part in parts else etree.fromstring(f'<w:styles xmlns:w="{W}"/>')
    relations.prepare_styles(root)
    known = {style.get(w("styleId"), ""): _name_and_type(style) for style in root.findall(w("style"))}
    found = find_styles(known)
    missing = [spec for spec in SPECS if spec.key not in found]
    ids = dict(found)
    for spec in missing:
        ids[spec.key] = spec.key if spec.key not in known else f"Cg{spec.key}"
    for spec in missing:
        xml = make_style(spec, ids, charte, width)
        root.append(etree.fromstring(xml.replace("<w:style ", f'<w:style xmlns:w="{W}" ', 1)))
    parts[part] = relations.serialize(root)
    elements = {style.get(w("styleId"), ""): style for style in root.findall(w("style"))}
    return FoundStyles(
        ids=ids,
        names={spec.key: known[found[spec.key]][0] if spec.key in found else spec.name for spec in SPECS},
        capitals=frozenset(key for key, ident in ids.items() if _in_capitals(elements, ident)),
        numbered=frozenset(
            key for key, ident in ids.items() if elements[ident].find(f"{w('pPr')}/{w('numPr')}") is not None
        ),
        looks=looks_of(root, _paragraph_styles(elements) | {key: ids[key] for key in _PARAGRAPHS}),
        notes=_notes(missing, label),
    )


def _paragraph_styles(elements: Mapping[str, etree._Element]) -> dict[str, str]:
    """Every paragraph style of the gabarit, called by its own id: its letterhead has styles that are not ours."""
    return {ident: ident for ident, style in elements.items() if style.get(w("type"), "paragraph") == "paragraph"}


def _name_and_type(style: etree._Element) -> tuple[str, str]:
    name = style.find(w("name"))
    return (name.get(w("val"), "") if name is not None else ""), style.get(w("type"), "paragraph")


def _in_capitals(elements: Mapping[str, etree._Element], ident: str) -> bool:
    seen: set[str] = set()
    while ident in elements and ident not in seen:
        seen.add(ident)
        caps = elements[ident].find(f"{w('rPr')}/{w('caps')}")
        if caps is not None:
            return caps.get(w("val"), "true") not in ("0", "false", "off")
        parent = elements[ident].find(w("basedOn"))
        ident = parent.get(w("val"), "") if parent is not None else ""
    return False


#: Variants that only the writer needs: a gabarit that has none of them lacks nothing.
_DERIVED = ("ActeSaut", "ActeTableauTitreSerre", "ActeTableauTexteSerre")


def _notes(missing: list[StyleSpec], label: str) -> tuple[Diagnostic, ...]:
    names = [spec.name for spec in missing if spec.kind == "paragraph" and spec.key not in _DERIVED]
    if not names:
        return ()
    return (
        Diagnostic(
            "GAB-06",
            f"Styles absents de {label}, créés d'après la charte : {', '.join(names)}",
            remedy="Créez-les dans Word si leur aspect ne convient pas.",
            severity=Severity.NOTE,
        ),
    )
