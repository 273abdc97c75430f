"""The files that a liasse yields: the Word file, the PDF, and the folder for the préfecture."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from convgen.errors import Report

if TYPE_CHECKING:
    from convgen.bundle.liasse import Liasse, Piece
    from convgen.cli.bundle_looks import Looks


def docx_file(liasse: Liasse, looks: Looks, report: Report) -> bytes:
    """Everything in one Word file: the bordereau, the contents, then each piece in its sections.

    Args:
        liasse: The liasse.
        looks: Gives the gabarits.
        report: Receives what a foreign piece could not keep.
    """
    from convgen.bundle.bordereau import bordereau
    from convgen.write.docx.bundle import BoundAct, write_bundle

    members: list[Any] = []
    for one in liasse.printed:
        level = max(len(one.series), 1)
        if one.acte is not None:
            members.append(BoundAct(one.acte, looks.gabarit(one.gabarit, one.gabarit_place), one.label, level))
        else:
            members.append(_foreign(one, level, report))
    cover = (bordereau(liasse), looks.gabarit(liasse.gabarit, liasse.gabarit_place)) if liasse.contents else None
    return write_bundle(members, title=liasse.title, contents=liasse.contents, cover=cover)


def _foreign(piece: Piece, level: int, report: Report) -> object:
    """A foreign piece as the Word file takes it."""
    module = importlib.import_module("convgen.bundle.pieces_docx")
    return module.foreign_member(piece, level, report)


def pdf_file(liasse: Liasse, looks: Looks) -> bytes:
    """Everything in one PDF; the looks are given by the names of the gabarits, that of the bordereau included."""
    module = importlib.import_module("convgen.bundle.pdf")
    named = {liasse.gabarit: looks.pdf(liasse.gabarit, liasse.gabarit_place)}
    for one in liasse.printed:
        if one.acte is not None:
            named[one.gabarit] = looks.pdf(one.gabarit, one.gabarit_place)
    made: bytes = module.write_liasse_pdf(liasse, named)
    return made


def sending_files(liasse: Liasse, looks: Looks, report: Report) -> dict[str, bytes]:
    """The folders for the préfecture: one PDF for each piece, and the manifests (LIA-05 for a sending too big)."""
    from convgen.bundle.ctes import folder_files

    contents = {index: piece_file(one, looks) for index, one in enumerate(liasse.pieces) if one.printed}
    return folder_files(liasse, contents, report)


def piece_file(piece: Piece, looks: Looks) -> bytes:
    """A piece alone, as a PDF; an act already signed is the file that was signed."""
    if piece.acte is None:
        if piece.kind == "pdf" and piece.path is not None:
            return piece.path.read_bytes()
        made: bytes = importlib.import_module("convgen.bundle.pdf").piece_pdf(piece)
        return made
    if "pdf" in piece.frozen:
        return piece.frozen["pdf"]
    from convgen.write.pdf import write_pdf

    return write_pdf(piece.acte, looks.pdf(piece.gabarit, piece.gabarit_place))
