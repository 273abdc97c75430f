"""The acts of a liasse drawn by LibreOffice from their Word files, for `convgen liasse --pdf-par libreoffice`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from convgen.cli.outputs import write_format
from convgen.errors import ConvgenError, Diagnostic

if TYPE_CHECKING:
    from convgen.bundle.liasse import Liasse, Piece
    from convgen.cli.bundle_looks import Looks


def converted(liasse: Liasse, looks: Looks, folder: Path) -> Liasse:
    """The liasse whose acts bear the PDF that LibreOffice makes of their Word files, signed ones as they were signed.

    Args:
        liasse: The liasse put together.
        looks: Gives the gabarits.
        folder: Where what LibreOffice says is kept when it fails.

    Raises:
        ConvgenError: PDF-03, LibreOffice is not installed; PDF-04, it failed, for each act.
    """
    made: dict[str, bytes] = {}
    problems: list[Diagnostic] = []
    for piece in liasse.printed:
        if piece.acte is None or piece.id in made or any(one.code == "PDF-03" for one in problems):
            continue
        try:
            made[piece.id] = _pdf(piece, looks, folder / f"{piece.id}.libreoffice.log")
        except ConvgenError as error:
            problems.extend(error.diagnostics)
    if problems:
        raise ConvgenError(*problems)
    pieces = (
        replace(one, frozen={**one.frozen, "pdf": made[one.id]}) if one.id in made else one for one in liasse.pieces
    )
    return replace(liasse, pieces=tuple(pieces))


def _pdf(piece: Piece, looks: Looks, log: Path) -> bytes:
    from convgen.bundle.pdf_converted import converted_pdf

    word = piece.frozen.get("docx", b"")
    if not word and piece.acte is not None:
        word = write_format("docx", piece.acte, partial(looks.gabarit, piece.gabarit, piece.gabarit_place))
    return converted_pdf(word, piece, log)
