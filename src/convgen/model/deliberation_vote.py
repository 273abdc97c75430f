"""What the counts of a vote mean: a result is said only when they tell it; one that cannot be is refused."""

from __future__ import annotations

from dataclasses import replace

from convgen.errors import Report
from convgen.model.deliberation_types import Vote
from convgen.model.reserved import blank, is_none
from convgen.model.schema import deliberation as keys
from convgen.model.values import Unknown
from convgen.source.yaml import PlacedText

_COUNTS = ("presents", "pouvoirs", "pour", "contre", "abstention", "non_participation")
_VOICES = frozenset(("pour", "contre", "abstention", "non_participation"))
_RECOUNT = "Reprenez le compte du procès-verbal."


def resolve_vote(typed: PlacedText | keys.Vote | None, recusals: int, report: Report) -> Vote | Unknown | None:
    """The vote: a blank when nobody says it, None when nothing of it is printed.

    Args:
        typed: as the definition gives it.
        recusals: how many members take no part.
        report: receives DEF-03 (no counts), DEL-04 (counts that contradict one another).
    """
    if typed is None:
        return Unknown("vote", "résultat du vote")
    if not isinstance(typed, PlacedText):
        _Checked(typed, report).check(recusals)
        return vote_of(typed)
    if is_none(typed):
        return None
    unknown = blank(typed, "vote")
    if unknown is not None:
        return Unknown("vote", unknown.hint or "résultat du vote")
    remedy = "Écrivez « pour: 52 », « contre: 0 »… sur les lignes suivantes."
    report.error("DEF-03", "le vote se dit par ses voix", typed.place, "vote", remedy=remedy)
    return None


def vote_of(typed: keys.Vote) -> Vote:
    """The counts, and what the result is: "" while they do not tell it."""
    present, proxies, in_favour, against, abstaining, aside = (_known(getattr(typed, name)) for name in _COUNTS)
    vote = Vote(present, proxies, in_favour, against, abstaining, aside)
    waiting = {name: held.hint for name in (*_COUNTS, "en_exercice") if (held := _waiting(typed, name)) is not None}
    return replace(
        vote,
        result="" if _VOICES & waiting.keys() else _result(vote, typed),
        casting=bool(typed.voix_preponderante) and bool(vote.against) and vote.against == vote.in_favour,
        members=_known(typed.en_exercice),
        waiting=waiting,
    )


def _known(count: int | PlacedText | None) -> int | None:
    return count if isinstance(count, int) else None


def _waiting(typed: keys.Vote, name: str) -> Unknown | None:
    count = getattr(typed, name)
    return blank(count, f"vote.{name}") if isinstance(count, PlacedText) else None


def voices(vote: Vote) -> tuple[int, int, int] | None:
    """For, against, abstaining; None while one is unknown: an absent count is nil once the others make the whole."""
    known = (vote.in_favour, vote.against, vote.abstaining)
    whole = vote.present is not None and _cast(vote) == _able(vote)
    if vote.in_favour is None or (None in known and not whole):
        return None
    return vote.in_favour, vote.against or 0, vote.abstaining or 0


def _result(vote: Vote, typed: keys.Vote) -> str:
    """A majority, a unanimity, or "": an absent count is nil only when the others already make the whole."""
    if vote.in_favour is not None and vote.against:
        return "majorité"
    whole = vote.present is not None and _cast(vote) == _able(vote)
    nobody_against = vote.against == 0 or whole
    if typed.unanimite or (typed.unanimite is None and vote.in_favour and nobody_against):
        return "exprimés" if vote.abstaining or vote.not_voting else "unanimité"
    return ""


def _able(vote: Vote) -> int:
    return (vote.present or 0) + (vote.proxies or 0)


def _cast(vote: Vote) -> int:
    return sum(one or 0 for one in (vote.in_favour, vote.against, vote.abstaining, vote.not_voting))


class _Checked:
    """The checks of one vote."""

    __slots__ = ("report", "typed", "vote")

    def __init__(self, typed: keys.Vote, report: Report) -> None:
        self.typed, self.report, self.vote = typed, report, vote_of(typed)

    def refuse(self, key: str, message: str, cause: str = "", remedy: str = _RECOUNT) -> None:
        path = f"vote.{key}" if key else "vote"
        place = self.typed.place_of(key) if key else self.typed.place
        self.report.error("DEL-04", message, place, path, cause, remedy)

    def check(self, recusals: int) -> None:
        """Each in turn."""
        self.members()
        self.proxies()
        self.count()
        self.unanimity()
        self.outcome()
        aside = self.vote.not_voting
        if aside is not None and aside < recusals:
            message = f"« non_participation: {aside} », et {recusals} déport{'s' if recusals > 1 else ''}"
            cause = "Un élu qui se déporte ne prend pas part au vote."
            self.refuse("non_participation", message, cause, "Corrigez le compte, ou les déports.")

    def members(self) -> None:
        """Those in office are as many as those who are counted, at least."""
        vote = self.vote
        most = max(_able(vote), _cast(vote))
        if vote.members is not None and vote.members < most:
            message = f"{vote.members} membres en exercice, et {most} présents, représentés ou votants"
            self.refuse("en_exercice", message)

    def proxies(self) -> None:
        """A member present holds one proxy at most (CGCT, articles L. 2121-20 and L. 3121-16)."""
        vote = self.vote
        if vote.present is not None and (vote.proxies or 0) > vote.present:
            message = f"{vote.proxies} pouvoirs pour {vote.present} présents"
            cause = "Chacun ne porte qu'un pouvoir (CGCT, articles L. 2121-20 et L. 3121-16)."
            self.refuse("pouvoirs", message, cause)

    def count(self) -> None:
        """Those who may vote are those who are counted; less is right only while a count is missing."""
        vote = self.vote
        able, cast = _able(vote), _cast(vote)
        said = f"{able} membres présents ou représentés, et {cast} voix comptées"
        cause = "Voix pour et contre, abstentions et non-participations font les présents et les pouvoirs."
        if "pouvoirs" in vote.waiting:
            return
        if vote.present is not None:
            whole = vote.in_favour is not None and not _VOICES & vote.waiting.keys()
            if cast > able or (whole and cast != able):
                self.refuse("", said, cause)
            return
        # Each proxy is held by a member present, who votes too.
        if vote.proxies and vote.in_favour is not None and vote.against is not None and cast < 2 * vote.proxies:
            self.refuse("pouvoirs", f"{vote.proxies} pouvoirs, et {cast} voix comptées", cause)

    def unanimity(self) -> None:
        """« unanimite », compared with the voices against."""
        vote = self.vote
        if self.typed.unanimite and vote.against:
            message = f"« unanimite: oui », et {vote.against} voix contre"
            self.refuse("unanimite", message, remedy="Retirez « unanimite », ou corrigez les voix.")
        none_against = vote.against == 0 and not vote.abstaining
        most = self.most()
        if self.typed.unanimite and vote.in_favour is None and most is not None and most <= 0:
            message = "« unanimite: oui », et personne n'a pu voter pour"
            cause = "Abstentions, voix contre et non-participations font déjà les présents et les pouvoirs."
            self.refuse("unanimite", message, cause)
        if self.typed.unanimite is False and vote.in_favour and none_against:
            message = "« unanimite: non », et aucune voix contre"
            self.refuse("unanimite", message, remedy="Retirez « unanimite », ou corrigez les voix.")

    def most(self) -> int | None:
        """How many voices in favour there can be at most; None while nobody counts those who may vote."""
        vote = self.vote
        if vote.present is None or "pouvoirs" in vote.waiting:
            return None
        return _able(vote) - sum(one or 0 for one in (vote.against, vote.abstaining, vote.not_voting))

    def outcome(self) -> None:
        """What is not carried is no délibération; the chair decides between equal voices (L. 2121-20, L. 3121-14)."""
        vote, casting = self.vote, self.typed.voix_preponderante
        against = vote.against or 0
        if casting and not self.vote.casting:
            message = "« voix_preponderante: oui », et les voix ne sont pas égales"
            self.refuse("voix_preponderante", message, remedy="Retirez « voix_preponderante », ou corrigez les voix.")
        elif vote.in_favour is None and against and (most := self.most()) is not None and 0 <= most < against:
            message = f"{most} voix pour au plus et {against} contre : la délibération n'est pas adoptée"
            self.refuse("contre", message)
        elif vote.in_favour is not None and against >= vote.in_favour and not casting:
            message = f"{vote.in_favour} voix pour et {against} contre : la délibération n'est pas adoptée"
            remedy = "Corrigez les voix ; un projet rejeté ne se publie pas comme une délibération."
            if against and against == vote.in_favour:
                remedy = "Corrigez les voix ; si celle du président l'emporte, ajoutez « voix_preponderante: oui »."
            self.refuse("pour", message, remedy=remedy)
