"""The PDF that LibreOffice makes of one of our own acts."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf

from convgen.bundle.liasse import Piece
from convgen.bundle.pdf_foreign import saved
from convgen.bundle.pdf_neutral import neutralize
from convgen.write.pdf.libreoffice import convert_docx


def converted_pdf(word: bytes, piece: Piece, log: Path) -> bytes:
    """The PDF of an act, without the hour and the identifiers of LibreOffice: the same act gives the same bytes.

    Args:
        word: The Word file of the act.
        piece: The act.
        log: Where what LibreOffice says is kept when it fails.

    Raises:
        PdfError: PDF-03, LibreOffice is not installed; PDF-04, it failed, or took too long.
    """
    with pikepdf.open(io.BytesIO(convert_docx(word, piece.id, log))) as pdf:
        neutralize(pdf, piece.title, tagged=True)
        return saved(pdf)
