"""What neither output of a liasse prints of a foreign Word file, and what to do about it."""

from __future__ import annotations

from typing import Final

from convgen.bundle.liasse import Piece
from convgen.errors import Diagnostic, Severity
from convgen.write.docx.foreign_settled import COMMENTED, REVISED

#: What to do about each thing that neither output prints.
ADVICE: Final = {
    REVISED: "Acceptez ou refusez ces modifications dans Word, et enregistrez la pièce.",
    COMMENTED: "Rien à faire, si ces commentaires ne sont pas à transmettre.",
}


def left_out(piece: Piece, name: str, remark: str) -> Diagnostic:
    """LIA-21: what neither the PDF nor the Word file prints of a piece, once for both.

    Args:
        piece: a Word file.
        name: how messages name it.
        remark: a key of `ADVICE`.
    """
    message = f"la pièce {name} n'est pas reprise telle quelle : {remark}"
    where = f"pieces.{piece.id}.fichier"
    return Diagnostic("LIA-21", message, piece.place, where, remedy=ADVICE[remark], severity=Severity.WARNING)
