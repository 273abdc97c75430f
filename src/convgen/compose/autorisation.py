"""The sentence by which a délibération allows to sign an act, drawn from the act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from convgen.acte.nodes import Acte
from convgen.model.resolved import ResolvedAct


@dataclass(frozen=True, slots=True)
class AuthorisedAct:
    """An act as the délibération sees it.

    Attributes:
        resolved: its definition; for an avenant, the avenant as an act.
        acte: its tree.
        amended: for an avenant, the convention before it, and its tree.
        becomes: for an avenant, the convention after it.
        number: for an avenant, its number.
        articles: for an avenant, the numbers of the articles it changes, in the order of the convention.
    """

    resolved: ResolvedAct
    acte: Acte
    amended: tuple[ResolvedAct, Acte] | None = None
    becomes: ResolvedAct | None = None
    number: str = ""
    articles: tuple[str, ...] = ()


#: Gives an act by its identifier, None when it cannot be made (the reason is reported).
Acts: TypeAlias = "Callable[[str], AuthorisedAct | None]"
