"""A liasse as one Word file: its acts printed from their trees, its foreign pieces as sections of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from convgen.acte.nodes import Acte, Paragraph, Role, Text, Zone
from convgen.bundle.bordereau import bordereau, lines, name_of, stretches
from convgen.bundle.liasse import DOCX, IMAGE, PDF, Liasse, Piece
from convgen.bundle.pieces_sheets import sheets_acte
from convgen.bundle.pieces_word import ADVICE, left_out
from convgen.errors import ConvgenError, Diagnostic, PieceError, Report, system_cause
from convgen.french.typography import typeset
from convgen.write.docx.bundle import BoundAct, Member, folio_mark, write_bundle
from convgen.write.docx.foreign import (
    BIG,
    DAMAGED,
    EMPTY,
    MAX_FILE,
    PROTECTED,
    REFUSED,
    Foreign,
    ForeignError,
    read_foreign,
    read_picture,
)
from convgen.write.docx.gabarit import Gabarit

#: The gabarit that a piece is printed in; for a foreign one, that of what is printed about it.
Gabarits = Callable[[Piece], Gabarit]
#: Why a piece is refused: its code, what is said of it, what to do.
_REASONS: Final = {
    EMPTY: ("LIA-03", "est vide", "Déposez le bon fichier."),
    DAMAGED: ("LIA-14", "est illisible", "Ouvrez-la, enregistrez-la de nouveau, et mettez ce fichier à sa place."),
    BIG: ("LIA-05", "est trop lourde pour le fichier Word", "Réduisez-la ou scindez-la, ou joignez-la en PDF."),
    PROTECTED: ("LIA-19", "est protégée", "Enregistrez-la sans mot de passe, au format .docx."),
    REFUSED: ("LIA-20", "est refusée par sécurité", "Enregistrez-la au format .docx, sans macros, ou en PDF."),
}


def write_liasse_docx(liasse: Liasse, gabarits: Gabarits, report: Report) -> bytes:
    """The liasse as one Word file: its bordereau and the contents when it has one, then its pieces in order.

    Args:
        liasse: put together.
        gabarits: gives the gabarit of a piece.
        report: receives LIA-21, a warning for each thing that a foreign piece loses.

    Raises:
        PieceError: with every foreign piece that cannot be taken (LIA-03, LIA-05, LIA-14, LIA-19, LIA-20); nothing
            is written then.
    """
    members: list[Member] = []
    problems: list[Diagnostic] = []
    for piece in liasse.printed:
        try:
            members.append(member(piece, gabarits(piece), report))
        except PieceError as error:
            problems += error.diagnostics
    if problems:
        raise PieceError(*problems)
    first = next((one for one in liasse.printed if not one.foreign), liasse.pieces[0])
    ranks = {index: rank for rank, index in enumerate(i for i, one in enumerate(liasse.pieces) if one.printed)}
    only = {one.id: ranks[index] for index, one in reversed([*enumerate(liasse.pieces)]) if index in ranks}
    pages = {
        (line.rank, line.annexe): folio_mark(
            ranks.get(line.rank, only[liasse.pieces[line.rank].id]), _order(liasse.pieces[line.rank], line.annexe)
        )
        for line in lines(liasse)
    }
    cover = (bordereau(liasse, pages), gabarits(first)) if liasse.contents else None
    order = [(ranks[index], annexe) for index, annexe in stretches(liasse)]
    return write_bundle(members, title=liasse.title, contents=liasse.contents, cover=cover, order=order)


def _order(piece: Piece, annexe: str) -> int:
    """The rank of an annexe that a piece prints, from 1; 0 for the piece itself."""
    names = [one.id for one in piece.acte.annexes] if piece.acte is not None and annexe else []
    return names.index(annexe) + 1 if annexe in names else 0


def member(piece: Piece, gabarit: Gabarit, report: Report) -> Member:
    """A piece as it goes into the Word file.

    Raises:
        PieceError: LIA-03 absent or empty, LIA-05 too big, LIA-14 damaged, LIA-19 protected, LIA-20 refused.
    """
    level = max(len(piece.series), 1)
    if not piece.foreign:
        signed = piece.frozen.get("docx")
        if signed is not None:  # as it was signed, and no other text
            return _taken(piece, signed, level, report)
        if piece.acte is None:
            raise _refused(piece, "LIA-14", "n'a pas de texte", "", "")
        return BoundAct(piece.acte, gabarit, piece.label, level, typeset(_heading(piece)))
    data = _read(piece)
    if piece.kind in (DOCX, IMAGE):
        return _taken(piece, data, level, report)
    acte = _notice(piece) if piece.kind == PDF else _workbook(piece, report)
    return BoundAct(acte, gabarit, piece.label, level, typeset(piece.title))


def _heading(piece: Piece) -> str:
    """What the table of contents says of an act: a délibération by its number and its day too."""
    return piece.title if piece.label else f"{name_of(piece)} – {piece.title}"


def _taken(piece: Piece, data: bytes, level: int, report: Report) -> Foreign:
    read = read_picture if piece.kind == IMAGE else read_foreign
    try:
        found = read(data, typeset(piece.title), label=typeset(piece.label), level=level)
    except ForeignError as error:
        raise _refused(piece, *_REASONS[error.reason][:2], error.cause, _REASONS[error.reason][2]) from error
    for remark in found.remarks:
        if remark in ADVICE:
            report.add(left_out(piece, _named(piece), remark))
            continue
        report.warning(
            "LIA-21",
            f"la pièce {_named(piece)} perd quelque chose dans le fichier Word : {remark}",
            piece.place,
            f"pieces.{piece.id}.fichier",
            remedy="Le PDF de la liasse ne perd rien. Si ce contenu compte, joignez la pièce en PDF.",
        )
    return found


def _read(piece: Piece) -> bytes:
    try:
        if piece.path is None or not piece.path.is_file():
            remedy = "Vérifiez le nom du fichier, depuis la racine de l'espace de travail."
            raise _refused(piece, "LIA-03", "est introuvable", "", remedy)
        if piece.kind != PDF and piece.path.stat().st_size > MAX_FILE:
            cause = f"Le fichier dépasse {MAX_FILE // 1024**2} Mo."
            raise _refused(piece, *_REASONS[BIG][:2], cause, _REASONS[BIG][2])
        with piece.path.open("rb") as stream:
            data = stream.read(1 if piece.kind == PDF else MAX_FILE + 1)
    except OSError as error:
        if isinstance(error, ConvgenError):
            raise
        raise _refused(piece, "LIA-03", "ne peut être lue", system_cause(error), "Fermez-la ailleurs.") from error
    if not data:
        raise _refused(piece, "LIA-03", "est vide", "", _REASONS[EMPTY][2])
    return data


def _named(piece: Piece) -> str:
    return f"« {piece.file or (piece.path.name if piece.path else piece.id)} »"


def _refused(piece: Piece, code: str, words: str, cause: str, remedy: str) -> PieceError:
    message = f"la pièce {_named(piece)} {words}"
    return PieceError(Diagnostic(code, message, piece.place, f"pieces.{piece.id}.fichier", cause, remedy))


def _notice(piece: Piece) -> Acte:
    """The page that stands for a PDF."""
    lines = (
        Paragraph((Text(typeset(piece.title)),), Role.TITLE),
        Paragraph((Text(typeset("Cette pièce est au format PDF : elle figure dans le PDF de la liasse.")),)),
    )
    return Acte("annexe", piece.id, "", typeset(piece.title), (Zone("en-tete", lines),), draft=False)


def _workbook(piece: Piece, report: Report) -> Acte:
    """A workbook as tables, the same as in the PDF."""
    from convgen.source.sheets import read_workbook

    found = Report()
    sheets = read_workbook(piece.path, piece.file or piece.id, found) if piece.path is not None else ()
    report.extend((*found.warnings, *found.notes))
    if found.errors:
        raise PieceError(*found.errors)
    if not sheets:
        raise _refused(piece, "LIA-14", "n'a que des feuilles vides", "", "Déposez le bon fichier, ou un PDF.")
    return sheets_acte(piece, sheets)
