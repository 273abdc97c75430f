"""The root of the errors of this package: a French message and the way to mend it."""

from __future__ import annotations


class FrenchError(ValueError):
    """A text that this package cannot read or write.

    Attributes:
        message: What is wrong, in French, without a final full stop.
        remedy: How to mend it, in French; empty when the message says it all.
    """

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
