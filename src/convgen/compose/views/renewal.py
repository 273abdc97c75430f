"""How a renewal (reconduction) is said."""

from __future__ import annotations

from convgen.compose.atoms import Atom, TextAtom, Word
from convgen.compose.views.act import RenewalView
from convgen.compose.views.base import phrase_word
from convgen.compose.views.values import datum_word
from convgen.french.agreement import agree
from convgen.french.dates import Duration, duration_phrase
from convgen.french.grammar import present
from convgen.french.typography import typeset
from convgen.model.values import DateValue


def renewal_sentence(view: RenewalView) -> tuple[str | Atom, ...]:
    """« La présente convention peut être reconduite de façon expresse, par période d'un an, … »."""
    renewal, noun = view.renewal, view.noun
    renewed = agree("reconduit", noun.agreement)
    act = phrase_word(present(noun))
    how = f" peut être {renewed} de façon expresse" if renewal.form == "expresse" else f" est {renewed} tacitement"
    parts: list[str | Atom] = [act, how]
    if renewal.period is not None:
        parts += [", par période ", *_of(view, renewal.period, "periode")]
    if renewal.maximum is not None:
        parts += [", dans la limite d'une durée totale ", *_of(view, renewal.maximum, "maximum")]
    if renewal.latest_end is not None:
        day = datum_word(DateValue("duree.reconduction.fin", renewal.latest_end), view.printing)
        parts += [", soit jusqu'au ", day, " au plus tard"]
    parts.append(".")
    return tuple([*parts, *_letter(view)])


def _of(view: RenewalView, length: Duration, name: str) -> tuple[str | Atom, ...]:
    phrase = duration_phrase(length, True, view.printing.spelling)
    word = Word(typeset(str(phrase)), phrase, "durée", f"duree.reconduction.{name}", str(phrase))
    return ("de ", word)


def _letter(view: RenewalView) -> tuple[str | Atom, ...]:
    letter = view.renewal.letter
    if letter is None:
        return ()
    atom = TextAtom(letter, "duree.reconduction.lettre")
    if view.renewal.form == "expresse":
        return (" La reconduction est décidée par échange de lettres, ", atom, ".")
    return (" Chaque partie peut s'y opposer par lettre recommandée avec avis de réception, ", atom, ".")
