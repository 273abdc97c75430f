"""What ``{{ value }}`` prints, whatever the value."""

from __future__ import annotations

from jinja2 import Undefined

from convgen.compose.atoms import Atom, Word
from convgen.compose.views.base import NothingView, PrintableView
from convgen.french.typography import typeset


class FilterError(ValueError):
    """A value, or a filter, that cannot stand where it is.

    Attributes:
        message: what is wrong, in French.
        remedy: what to do, in French.
        code: TXT-04, unless the mistake has a code of its own.
        line: the line of the file, when the value met its text after rendering; 0 while it is not known.
    """

    def __init__(self, message: str, remedy: str = "", *, code: str = "TXT-04") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy or "Retirez-le, ou employez-le sur une valeur qui lui convient."
        self.code = code
        self.line = 0


def describe(value: object) -> Atom:
    """What ``{{ value }}`` prints.

    Raises:
        FilterError: the value prints nothing (« sans », « par avenant ») or is not printable.
        UndefinedError: nothing has the name that was read.
    """
    match value:
        case PrintableView():
            return value.atom()
        case NothingView():
            raise FilterError(
                f"« {value.key} » vaut « {value.why} » : il n'y a rien à imprimer",
                f"Donnez sa valeur, ou ne l'imprimez que si elle en a une : {{% if {value.key} %}} … {{% endif %}}.",
                code="TXT-09",
            )
        case str() | int():
            return Word(typeset(str(value)))
        case Undefined():
            str(value)  # raises, with our message
            raise TypeError
        case _:
            raise FilterError("cette valeur ne s'imprime pas", "Nommez un de ses champs, ou appliquez-lui un filtre.")
