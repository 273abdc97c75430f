"""From the changes to the articles of the avenant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convgen.amend.arbre import Part
from convgen.amend.changements import Delta
from convgen.amend.rediger.modele import Options, Wording

if TYPE_CHECKING:
    from convgen.amend.formules import Pack


def word(delta: Delta, base: Part, new: Part, pack: Pack, options: Options = Options()) -> Wording:  # noqa: B008
    """The changes in words."""
    raise NotImplementedError
