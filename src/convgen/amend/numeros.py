"""Numbers that follow: a sub-part takes the new number of the part that holds it."""

from __future__ import annotations


def follow(number: str, old_parent: str, new_parent: str) -> str:
    """« 4.1 » under an article 4 that becomes article 5 is « 5.1 »; « 1.1 » follows « 1er »."""
    old, new = old_parent.removesuffix("er"), new_parent.removesuffix("er")
    if old and number.startswith(f"{old}."):
        return new + number[len(old) :]
    return number
