"""Numbers that follow: a sub-part takes the new number of the part that holds it."""

from __future__ import annotations

from enum import StrEnum


class Policy(StrEnum):
    """How a new version is numbered: numbers that stay for ever (Guide de légistique, 3.4.1), or 1, 2, 3 again."""

    FROZEN = "figee"
    RENUMBER = "renumerotation"


def follow(number: str, old_parent: str, new_parent: str) -> str:
    """« 4.1 » under an article 4 that becomes article 5 is « 5.1 »; « 1.1 » follows « 1er »."""
    old, new = old_parent.removesuffix("er"), new_parent.removesuffix("er")
    if old and number.startswith(f"{old}."):
        return new + number[len(old) :]
    return number


def relabelled(label: str, old: str, new: str) -> str:
    """The label of a division with its new number: « ARTICLE 4 » becomes « ARTICLE 5 »."""
    if not old:
        return f"{label} {new}".strip() if new else label
    head, found, tail = label.rpartition(old)
    return f"{head}{new}{tail}".strip() if found else label
