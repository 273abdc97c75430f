"""A foreign Word file on its way to its conversion: what it called elsewhere is cut, and said."""

from __future__ import annotations

from convgen.bundle.liasse import Piece
from convgen.errors import Diagnostic, PieceError, Report
from convgen.write.docx.foreign_links import RefusedError, without_links


def unlinked(piece: Piece, name: str, content: bytes, report: Report) -> bytes:
    """The Word file of a piece, that links to nothing; `name` is how messages call it.

    LIA-17 for what it loses.

    Raises:
        PieceError: LIA-20, it holds macros or XML entities; LIA-14, it is damaged.
    """
    where = f"pieces.{piece.id}.fichier"
    try:
        made, lost = without_links(content)
    except RefusedError as error:
        message, remedy = f"la pièce {name} est refusée par sécurité", "Enregistrez-la en .docx sans macros, ou en PDF."
        raise PieceError(Diagnostic("LIA-20", message, piece.place, where, str(error), remedy)) from error
    except ValueError as error:
        message, cause = f"la pièce {name} est illisible", "Ce n'est pas un fichier Word .docx, ou il est abîmé."
        remedy = "Ouvrez-la dans Word, enregistrez-la de nouveau, et mettez ce fichier à sa place."
        raise PieceError(Diagnostic("LIA-14", message, piece.place, where, cause, remedy)) from error
    if lost:
        message = f"la pièce {name} appelle des fichiers extérieurs, qu'une liasse ne va pas chercher"
        remedy = "Insérez ces contenus dans la pièce elle-même, sans lien, ou enregistrez-la en PDF depuis Word."
        cause = f"Non repris dans le PDF : {', '.join(lost)}."
        report.warning("LIA-17", message, piece.place, where, cause, remedy)
    return made
