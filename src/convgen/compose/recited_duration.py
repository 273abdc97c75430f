"""How long an act lasts, for the sentence that authorises it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from convgen.acte.nodes import Inlines
from convgen.compose.atoms import SeriesAtom, Word
from convgen.compose.context import printing_of
from convgen.compose.deliberation_pack import Pack
from convgen.compose.named_acts import nodes_of
from convgen.compose.recited import MISSING, InlinesView
from convgen.compose.sandbox import View
from convgen.compose.views.base import AtomView, BlankView, Printing, WordView, text_view
from convgen.compose.views.groups import GroupView, items_series, view_of
from convgen.french.numbers import cardinal
from convgen.model.recital import Money, Share
from convgen.model.resolved import Renewal, ResolvedAct, Term
from convgen.model.values import DateValue, DurationValue, PeriodValue, Unknown


def parted(money: Money) -> bool:
    """Whether each part of the amount has a period of its own."""
    return money.group is not None and bool(money.shares) and all(one.period is not None for one in money.shares)


@dataclass(frozen=True, slots=True)
class DurationReciter:
    """Says the duration of an act.

    Attributes:
        resolved: the act.
        data_act: whose data are said: for an avenant, the convention as it leaves it.
        pack: the words.
        named: names the act whose duration this one follows, None when it cannot be made.
    """

    resolved: ResolvedAct
    data_act: ResolvedAct
    pack: Pack
    named: Callable[[str], View | None]

    def duration(self, money: Money) -> Inlines:
        """The period, the length or the end of the act; its parts may each have their own."""
        if parted(money):
            return self.parts_duration(money)
        term = self.resolved.term
        if term is None:
            return ()
        said = self.term(term)
        if said and term.renewal is not None:
            return (*said, *nodes_of(", "), *self.renewal(term.renewal))
        return said

    def renewal(self, renewal: Renewal) -> Inlines:
        """« renouvelable deux fois par reconduction tacite »; a total length that limits it is said instead."""
        longest, times = renewal.maximum, renewal.times
        limit: View = MISSING
        counted: View = MISSING
        if longest is not None:
            limit = view_of(DurationValue("duree.reconduction.maximum", longest), printing_of(self.resolved))
        elif times:
            said = cardinal(times, feminine=True)
            counted = WordView(Word(said, None, "nombre", "duree.reconduction.fois", times))
        return self.pack.say("reconduction", forme=text_view(renewal.form), fois=counted, maximum=limit)

    def term(self, term: Term) -> Inlines:
        """« pour une durée de deux ans », « pour l'année 2024 », « pour la durée de la convention … »."""
        printing = printing_of(self.resolved)
        end = view_of(DateValue("duree.fin", term.end), printing) if isinstance(term.end, date) else None
        if term.follows:
            followed = self.named(term.follows)
            if followed is not None:
                return self.pack.say("duree_suit", autre=followed)
        if term.length is not None:
            length = view_of(DurationValue("duree.longueur", term.length), printing)
            return self.pack.say("duree_longueur", longueur=length, fin=end or MISSING)
        if isinstance(term.start, date) and isinstance(term.end, date):
            return self.period(PeriodValue("duree", term.start, term.end), printing)
        if end is not None:
            return self.pack.say("duree_jusqu_a", fin=end)
        if isinstance(term.end, Unknown):
            hint = term.end.hint or "date de fin"
            return self.pack.say("duree_jusqu_a", fin=BlankView(f"actes.{self.resolved.id}.duree.fin", hint))
        return ()

    def period(self, value: PeriodValue, printing: Printing) -> Inlines:
        """« pour l'année 2024 » for a civil year, else from a day to a day."""
        year = value.start.year
        if (value.start, value.end) == (date(year, 1, 1), date(year, 12, 31)):
            exact = f"{value.start.isoformat()}/{value.end.isoformat()}"
            said = WordView(Word(str(year), None, "période", value.key, exact))
            return self.pack.say("duree_annee", annee=said)
        return self.pack.say("duree_periode", periode=view_of(value, printing))

    def parts_duration(self, money: Money) -> Inlines:
        """« du 1er janvier au 31 décembre 2024 pour les volets 1 et 2 et … »; one period for all is said once."""
        gathered: dict[tuple[date, date], list[Share]] = {}
        for share in money.shares:
            if share.period is not None:
                gathered.setdefault((share.period.start, share.period.end), []).append(share)
        printing = printing_of(self.data_act)
        periods = [next(one.period for one in found if one.period is not None) for found in gathered.values()]
        if len(periods) == 1:
            return self.period(periods[0], printing)
        if money.group is None:
            return ()
        group = GroupView(money.group, printing)
        atoms = tuple(
            InlinesView(
                self.pack.say(
                    "duree_part",
                    periode=view_of(period, printing),
                    parts=items_series(group, [one.item for one in found]),
                )
            ).atom()
            for period, found in zip(periods, gathered.values(), strict=True)
        )
        return self.pack.say("duree_parts", periodes=AtomView(SeriesAtom(atoms)))
