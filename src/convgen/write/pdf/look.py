"""What a PDF takes from a gabarit: its charte, its logo, its fonts, and the styles and margins of its Word file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from convgen.errors import Diagnostic, GabaritError
from convgen.write.charte import Charte
from convgen.write.docx.looks import Look, looks_of
from convgen.write.docx.state import Page
from convgen.write.docx.styles import SPECS, styles_part
from convgen.write.pdf.fonts import FontSet, load_fonts

if TYPE_CHECKING:
    from convgen.write.docx.gabarit import Gabarit

_TWIP: Final = 20  # twentieths of a point in a point
_MM: Final = 56.6929  # twentieths of a point in a millimetre
_KEYS: Final = tuple(spec.key for spec in SPECS if spec.kind == "paragraph")
#: How the pictures that typst draws begin.
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"<svg", b"<?xml")


@lru_cache(maxsize=8)
def default_looks(charte: Charte) -> Mapping[str, Look]:
    """The styles that convgen makes of a charte."""
    root = etree.fromstring(styles_part(charte, Page().text_width).encode())
    return looks_of(root, {key: key for key in _KEYS})


@dataclass(frozen=True, slots=True)
class PdfLook:
    """The look of a PDF.

    Attributes:
        charte: The charte of the gabarit.
        logo: The picture of the letterhead, b"" for none.
        page: The page and its margins.
        looks: The styles of the gabarit, by the keys of the Word writer.
        fonts: The fonts that may draw.
    """

    charte: Charte = field(default_factory=Charte)
    logo: bytes = b""
    page: Page = field(default_factory=Page)
    looks: Mapping[str, Look] = field(default_factory=lambda: default_looks(Charte()))
    fonts: FontSet = field(default_factory=load_fonts)

    def face(self, key: str) -> Look:
        """The style of that key."""
        return self.looks.get(key) or self.looks["ActeCorps"]


def load_pdf_look(gabarit: Gabarit) -> PdfLook:
    """The look of a gabarit: what its Word file, its charte and its folder say.

    Raises:
        GabaritError: GAB-07, the logo is no picture that a PDF may hold; GAB-08, a font cannot serve.
    """
    charte, folder = gabarit.charte, gabarit.folder
    logo = b""
    if folder is not None and charte.logo and (folder / charte.logo).is_file():
        logo = _picture(folder / charte.logo)
    return PdfLook(charte, logo, gabarit.page, gabarit.looks, load_fonts(folder, _wanted(charte, gabarit.looks)))


def look_of_charte(charte: Charte, folder: Path | None = None) -> PdfLook:
    """The look that a charte alone gives, with the styles that convgen makes."""
    margins = charte.marges
    left, right, top, bottom = (round(one * _MM) for one in (margins.gauche, margins.droite, margins.haut, margins.bas))
    logo = _picture(folder / charte.logo) if folder is not None and charte.logo else b""
    page = Page(left=left, right=right, top=top, bottom=bottom)
    looks = default_looks(charte)
    return PdfLook(charte, logo, page, looks, load_fonts(folder, _wanted(charte, looks)))


def _wanted(charte: Charte, looks: Mapping[str, Look]) -> frozenset[str]:
    """The families that the machine may give."""
    if not charte.polices.machine:
        return frozenset()
    named = (charte.polices.titres, charte.polices.texte, *(look.family for look in looks.values()))
    return frozenset(one for one in named if one)


def _picture(path: Path) -> bytes:
    data = path.read_bytes()
    if data.startswith(_PICTURES):
        return data
    raise GabaritError(
        Diagnostic(
            "GAB-07",
            f"le logo « {path.name} » n'est pas une image que le PDF peut contenir",
            path="logo",
            remedy="Enregistrez-le en PNG, en JPEG ou en SVG.",
        )
    )


def look_json(look: PdfLook) -> str:
    """The look as the drawing reads it: lengths in points, colours, families."""
    colours, page = look.charte.couleurs, look.page
    data = {
        "principale": colours.principale,
        "encre": colours.texte,
        "fond": colours.fond,
        "filet": colours.filet,
        "titres": look.fonts.chain(look.charte.polices.titres),
        "taille": look.charte.polices.taille,
        "page": {
            "largeur": page.width / _TWIP,
            "hauteur": page.height / _TWIP,
            "haut": page.top / _TWIP,
            "bas": page.bottom / _TWIP,
            "gauche": page.left / _TWIP,
            "droite": page.right / _TWIP,
        },
        "organisme": look.charte.organisme,
        "logo": bool(look.logo),
        "styles": {key: _style(look, look.face(key)) for key in _KEYS},
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _style(look: PdfLook, one: Look) -> dict[str, Any]:
    chain = look.fonts.chain(one.family or look.charte.polices.texte)
    size = one.size / _TWIP
    below = look.fonts.descent(chain[0]) * size
    return {
        "taille": size,
        "dessus": max(one.line / _TWIP, size) - below,
        "dessous": below,
        "avant": one.before / _TWIP,
        "apres": one.after / _TWIP,
        "gauche": one.left / _TWIP,
        "droite": one.right / _TWIP,
        "position": "left" if one.align == "both" else one.align,
        "justifie": one.align == "both",
        "gras": one.bold,
        "italique": one.italic,
        "couleur": one.colour or look.charte.couleurs.texte,
        "police": chain,
        "suite": one.keep,
    }
