"""Draws an act with typst.

Everything that decides of the result is in the call: the tree, the look, the fonts that travel with convgen or with the
gabarit. Unless the charte asks for the fonts of the machine, the same act gives the same file everywhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from convgen.acte.nodes import Acte
from convgen.errors import Diagnostic, PdfError
from convgen.write.columns import Layouts
from convgen.write.pdf.content import Contents
from convgen.write.pdf.fonts import FOLDER, typst_fonts
from convgen.write.pdf.lines import Missing
from convgen.write.pdf.look import PdfLook, look_json
from convgen.write.wide_tables import turn_pages

if TYPE_CHECKING:
    import typst

HERE: Final = Path(__file__).parent
#: An archive that anybody can read in a long time (ISO 19005-2, level a) and that a screen reader reads (ISO 14289-1).
STANDARDS: Final[list[Any]] = ["a-2a", "ua-1"]
_FORGET: Final = 2
#: So many signs without a glyph are said; the others are counted.
_SAID: Final = 20


def write_pdf(acte: Acte, look: PdfLook | None = None) -> bytes:
    """The bytes of the PDF; the same act and look give the same bytes.

    Args:
        acte: Numbered, its references resolved.
        look: From `load_pdf_look`; a plain one by default.

    Raises:
        PdfError: PDF-02, for each sign that no font draws; PDF-01, typst cannot draw the act.
    """
    import typst

    look = look or PdfLook()
    layouts = Layouts(look.charte.polices)
    contents = Contents(turn_pages(acte, look.page, layouts), look, layouts)
    data = contents.data()
    if contents.lines.missing:
        raise PdfError(*_missing(acte, list(contents.lines.missing.values())))
    inputs = {
        "acte": json.dumps(data, ensure_ascii=False, separators=(",", ":")),
        "charte": look_json(look),
        "logo": json.dumps(list(look.logo), separators=(",", ":")),
    }
    try:
        made = _press(look.fonts.own, look.fonts.stamp, look.fonts.machine).draw(inputs)
    except (typst.TypstError, RuntimeError) as error:
        raise PdfError(_said(acte, str(error))) from error
    if not isinstance(made, bytes):
        raise PdfError(_said(acte, "typst n'a rendu aucun fichier"))
    return made


@dataclass(slots=True)
class _Press:
    """The drawing and the fonts, read once for each state of the fonts.

    Attributes:
        compiler: Draws.
        blank: Draws nothing; see `draw`.
        used: Something was drawn already.
    """

    compiler: typst.Compiler
    blank: typst.Compiler
    used: bool = False

    def draw(self, inputs: dict[str, str]) -> object:
        """Draw.

        Typst remembers what it computed until ten drawings have not needed it: some 40 MB an act of 15 pages. Blank
        drawings in between make it forget sooner, and a batch stays under 300 MB.
        """
        for _ in range(_FORGET if self.used else 0):
            self.blank.compile(input=b"", format="pdf")
        self.used = True
        return self.compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS)


@lru_cache(maxsize=4)
def _press(own: Path | None, stamp: object, machine: bool) -> _Press:
    import typst

    fonts = typst_fonts(own, machine)
    compiler = typst.Compiler(input=str(HERE / "acte.typ"), root=str(HERE), font_paths=fonts, ignore_system_fonts=True)
    none = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    return _Press(compiler, typst.Compiler(font_paths=none, ignore_system_fonts=True))


def _missing(acte: Acte, found: list[Missing]) -> list[Diagnostic]:
    diagnostics = [
        Diagnostic(
            "PDF-02",
            f"« {acte.id} », {one.place} : le signe {_shown(one.sign)} n'existe dans aucune des polices du PDF",
            cause=f"Il se trouve dans : « {one.excerpt} ».",
            remedy=f"Remplacez-le, ou mettez dans le dossier « {FOLDER} » du gabarit une police qui le contient.",
        )
        for one in found[:_SAID]
    ]
    if len(found) > _SAID:
        more = f"« {acte.id} » : {len(found) - _SAID} autres signes n'existent dans aucune des polices du PDF"
        diagnostics.append(Diagnostic("PDF-02", more))
    return diagnostics


def _shown(sign: str) -> str:
    code = f"U+{ord(sign):04X}"
    return f"« {sign} » ({code})" if sign.isprintable() else f"invisible {code}"


def _said(acte: Acte, words: str) -> Diagnostic:
    return Diagnostic(
        "PDF-01",
        f"le PDF de « {acte.id} » n'a pas pu être dessiné",
        cause=words.split("\n")[0],
        remedy="Le fichier Word peut être produit, et converti : --pdf-par libreoffice.",
    )
