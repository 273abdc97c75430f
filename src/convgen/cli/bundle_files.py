"""The files that a liasse yields: the Word file, the PDF, and the folder for the préfecture."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Final

from convgen.cli.outputs import check_look
from convgen.errors import Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from convgen.bundle.liasse import Liasse, Piece
    from convgen.cli.bundle_looks import Looks
    from convgen.write.docx.gabarit import Gabarit
    from convgen.write.pdf.look import PdfLook

#: The folder of what is sent to the préfecture.
SENDING: Final = "prefecture"


def files_of(
    liasse: Liasse, looks: Looks, report: Report, folder: Path | None = None, pdf_by: str = "typst"
) -> dict[str, bytes]:
    """The files of a liasse, by name; each piece is drawn once for all of them.

    Args:
        liasse: The liasse put together; its `outputs` say what is made.
        looks: Gives the gabarits.
        report: Receives what foreign pieces lose (LIA-17, LIA-21), ACT-03 for a table too wide for its page, and LIA-05
            for a sending too big.
        folder: Where what LibreOffice says is kept when it fails; a folder of the system when None.
        pdf_by: What draws our own acts: « typst », or « libreoffice » from their Word files.

    Raises:
        ConvgenError: A piece cannot be taken, an act cannot be drawn.
    """
    _check_looks(liasse, looks, report)
    made: dict[str, bytes] = {}
    if "docx" in liasse.outputs:
        made[f"{liasse.id}.docx"] = _docx(liasse, looks, report)
    if not {"pdf", "prefecture"} & {*liasse.outputs}:
        return made
    from convgen.bundle.pdf import draw_pieces, write_liasse_pdf

    named = _looks(liasse, looks)
    if pdf_by == "libreoffice":
        from convgen.cli.bundle_convert import converted

        liasse = converted(liasse, looks, folder or Path(mkdtemp(prefix="convgen-")))
    drawn = draw_pieces(liasse.pieces, named, report, log=folder)
    if "pdf" in liasse.outputs:
        made[f"{liasse.id}.pdf"] = write_liasse_pdf(liasse, named, report, drawn=drawn)
    if "prefecture" in liasse.outputs:
        sent = _sending(liasse, drawn, report)
        made |= {f"{SENDING}/{name}": content for name, content in sent.items()}
    return made


def _check_looks(liasse: Liasse, looks: Looks, report: Report) -> None:
    """What the acts made again have that their pages cannot show well; a signed one is as it was signed."""
    for one in liasse.printed:
        if one.acte is not None and not one.frozen:
            check_look(one.acte, ("pdf",), partial(looks.gabarit, one.gabarit, one.gabarit_place), report)


def _docx(liasse: Liasse, looks: Looks, report: Report) -> bytes:
    from convgen.bundle.pieces_docx import write_liasse_docx

    def gabarit(piece: Piece) -> Gabarit:
        if piece.gabarit:
            return looks.gabarit(piece.gabarit, piece.gabarit_place)
        return looks.gabarit(liasse.gabarit, liasse.gabarit_place)

    return write_liasse_docx(liasse, gabarit, report)


def _looks(liasse: Liasse, looks: Looks) -> dict[str, PdfLook]:
    """The looks of the acts, by the names of their gabarits, and that of the bordereau and of foreign pieces."""
    usual = looks.pdf(liasse.gabarit, liasse.gabarit_place)
    acts = {one.gabarit: one.gabarit_place for one in liasse.printed if one.gabarit}
    return {"": usual, liasse.gabarit: usual} | {name: looks.pdf(name, place) for name, place in acts.items()}


def _sending(liasse: Liasse, drawn: Mapping[str, bytes], report: Report) -> dict[str, bytes]:
    from convgen.bundle.ctes import folder_files

    contents = {index: drawn[one.id] for index, one in enumerate(liasse.pieces) if one.printed}
    return folder_files(liasse, contents, report)
