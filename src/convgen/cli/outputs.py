"""The formats that `convgen generer` writes, and the writer of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from convgen.acte.nodes import Acte
    from convgen.errors import Report
    from convgen.write.docx.gabarit import Gabarit
    from convgen.write.docx.revisions import Revision

#: The names of the formats, which are also the extensions of the files.
FORMATS: Final = ("docx", "pdf", "txt", "html", "json")
#: What may make the PDF: convgen itself, or LibreOffice from the Word file.
PDF_MAKERS: Final = ("typst", "libreoffice")


def write_format(
    name: str,
    acte: Acte,
    gabarit: Callable[[], Gabarit],
    revision: Revision | None = None,
    log: Path | None = None,
) -> bytes:
    """The bytes of the act in one of `FORMATS`.

    Args:
        name: The format.
        acte: The composed act.
        gabarit: Gives the look; called by the formats that have one.
        revision: For a text that shows its changes, who makes them and when.
        log: The PDF is what LibreOffice makes of the Word file, and what it says when it fails is kept there.

    Raises:
        GabaritError: The gabarit cannot be used.
        PdfError: The act cannot be drawn.
    """
    match name:
        case "docx":
            from convgen.write.docx import write_docx

            return write_docx(acte, gabarit(), revision)
        case "pdf" if log is not None:
            from convgen.write.docx import write_docx
            from convgen.write.pdf.libreoffice import convert_docx

            return convert_docx(write_docx(acte, gabarit(), revision), acte.id, log)
        case "pdf":
            from convgen.write.pdf import load_pdf_look, write_pdf

            return write_pdf(acte, load_pdf_look(gabarit()))
        case "html":
            from convgen.write.html import write_html

            return write_html(acte, gabarit().charte).encode()
        case "txt":
            from convgen.write.text import write_text

            return write_text(acte).encode()
    from convgen.write.json import write_json

    return write_json(acte).encode()


def check_look(acte: Acte, formats: Iterable[str], gabarit: Callable[[], Gabarit], report: Report) -> None:
    """Warn of what the pages of the gabarit cannot show well (ACT-03), for the formats that have pages."""
    if {"docx", "pdf"} & {*formats}:
        from convgen.write.wide_tables import check_widths

        look = gabarit()
        report.extend(check_widths(acte, look.page, look.layouts))
