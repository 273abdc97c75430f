"""What ``{{ value }}`` prints, whatever the value."""

from __future__ import annotations

from convgen.compose.atoms import Atom, Word
from convgen.compose.views.base import NothingView, PrintableView
from convgen.french.typography import typeset


class FilterError(ValueError):
    """A filter that does not fit its value; the message is French.

    `line` is the line of the file, when the value met its text after rendering.
    """

    line: int = 0


def describe(value: object) -> Atom:
    """What ``{{ value }}`` prints.

    Raises:
        FilterError: the value prints nothing (« sans », « par avenant ») or is not printable.
    """
    match value:
        case PrintableView():
            return value.atom()
        case NothingView():
            raise FilterError(f"« {value.key} » vaut « {value.why} » : il n'y a rien à imprimer")
        case str() | int():
            return Word(typeset(str(value)))
        case _:
            raise FilterError("cette valeur ne s'imprime pas")
