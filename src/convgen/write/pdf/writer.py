"""Draws an act with typst.

Everything that decides of the result is in the call: the tree, the look, the fonts that travel with convgen. Fonts of
the machine are never used, so that the same act gives the same file everywhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from convgen.acte.nodes import Acte
from convgen.errors import ConvgenError, Diagnostic
from convgen.write.charte import Charte
from convgen.write.pdf.content import Contents, look_data

HERE: Final = Path(__file__).parent
FONTS: Final = HERE / "polices"
#: An archive that anybody can read in a long time (ISO 19005-2, level a) and that a screen reader reads (ISO 14289-1).
STANDARDS: Final = ("a-2a", "ua-1")
#: The bundled family that stands for each usual one; their widths are those of Arial and Times New Roman.
_SERIF: Final = ("times", "serif", "garamond", "georgia", "cambria", "palatino", "marianne serif", "tinos", "spectral")


class PdfError(ConvgenError, ValueError):
    """An act that typst cannot draw."""


@dataclass(frozen=True, slots=True)
class PdfLook:
    """What a PDF takes from a gabarit.

    Attributes:
        charte: The charte of the gabarit.
        logo: The picture of the letterhead, b"" for none.
    """

    charte: Charte = field(default_factory=Charte)
    logo: bytes = b""


def load_pdf_look(charte: Charte, folder: Path) -> PdfLook:
    """The look of a gabarit whose folder holds the logo."""
    path = folder / charte.logo if charte.logo else None
    return PdfLook(charte, path.read_bytes() if path is not None and path.is_file() else b"")


def write_pdf(acte: Acte, look: PdfLook | None = None) -> bytes:
    """The bytes of the PDF; the same act and look give the same bytes.

    Raises:
        PdfError: PDF-01, typst cannot draw the act.
    """
    import typst

    look = look or PdfLook()
    content = Contents(acte, look.charte).data() | {"charte": _look(look)}
    try:
        made = _compiler().compile(
            format="pdf",
            sys_inputs={"contenu": json.dumps(content, ensure_ascii=False, separators=(",", ":"))},
            pdf_standards=list(STANDARDS),
            timestamp=0,
        )
    except (typst.TypstError, RuntimeError) as error:
        raise PdfError(_said(acte, error)) from error
    if not isinstance(made, bytes):
        raise PdfError(_said(acte, TypeError("typst gave no file")))
    return made


@lru_cache(maxsize=1)
def _compiler():  # type: ignore[no-untyped-def]
    """typst with our drawing and fonts read once."""
    import typst

    return typst.Compiler(input=str(HERE / "acte.typ"), root=str(HERE), font_paths=[str(FONTS)], ignore_system_fonts=True)


def _look(look: PdfLook) -> dict[str, object]:
    fonts = look.charte.polices
    families = {name: family_of(name) for name in (fonts.titres, fonts.texte)}
    return look_data(look.charte, families, list(look.logo) or None)


def family_of(name: str) -> str:
    """The bundled family that stands for a font: with serifs or without."""
    folded = name.casefold()
    return "Liberation Serif" if any(one in folded for one in _SERIF) and "sans" not in folded else "Liberation Sans"


def _said(acte: Acte, error: Exception) -> Diagnostic:
    return Diagnostic(
        "PDF-01",
        f"le PDF de « {acte.id} » n'a pas pu être dessiné",
        cause=str(error).split("\n")[0],
        remedy="Le fichier Word peut être produit ; signalez ce cas avec la définition.",
    )
