"""What an avenant says besides the changes, when no definition says it: two files, or one file at two dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from convgen.acte.nodes import Acte, Level, Scheme
from convgen.amend.rediger.acte import Frame
from convgen.french.grammar import parse_noun_phrase
from convgen.model.resolved import ResolvedAct
from convgen.model.values import TextSource

_PLAN: Final = ("en-tete", "intitule", "comparution", "visas", "convenu", "articles", "signatures")
#: « Article 1er – Objet », as the Guide de légistique numbers.
_SCHEME: Final = Scheme((Level(), Level(prefix="Article ", separator=" – ", first_ordinal=True)))


def frame_between(
    base: ResolvedAct, new: ResolvedAct, in_force: Acte, number: str = "", effect: date | str = "signature"
) -> Frame:
    """The frame of the avenant between two versions: the parties, signatures and look of the new one.

    Args:
        base: The convention as it stands.
        new: The convention as it becomes.
        in_force: The tree of the text in force.
        number: The number of the avenant, "" while unknown.
        effect: A day, "signature" or "notification".
    """
    place = new.place
    numbered = number or '{{ blanc("numéro de l\'avenant") }}'
    title = f"Avenant n°\u00a0{numbered} à {{{{ acte.nommer }}}}"
    act = replace(
        new,
        id=f"{base.id}-avenant-{number}" if number else f"{base.id}-avenant",
        nature="avenant",
        noun=parse_noun_phrase("l'avenant", feminine=False).definite,
        title=TextSource(title, place, "formule"),
        object=None,
        number="",
        number_prefix="",
        exercices=(),
        plan=tuple(zone for zone in _PLAN if zone != "en-tete" or "en-tete" in new.plan),
        visas=(TextSource("{{ acte.nommer }}", place, "formule"),),
        opening="convenu",
        preamble=None,
        passages={},
        articles=(),
        annexes=(),
        frame=(),
        scheme=_SCHEME,
        modele="",
        overrides=(),
        clauses=(),
        frozen=False,
        called=None,
        typed=None,
    )
    return Frame(act, (base, in_force), new, effect=effect)
