"""What the délibération and the acts of a liasse say of each other: cited, annexed, authorised, dated, counted alike.

A draft may lack things: everything here is a warning then, and an error in a final version.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from convgen.acte.nodes import Acte, Paragraph, Value
from convgen.acte.runs import plain_text
from convgen.acte.walk import walk
from convgen.bundle.as_signed import mend_signed, recorded_days, said_of
from convgen.bundle.citations import cited_annexes
from convgen.bundle.decided import undecided
from convgen.bundle.liasse import ACT, Liasse, Piece
from convgen.compose.autorisation import AuthorisedAct
from convgen.compose.figures import figures_of_act
from convgen.compose.figures_text import Figures, figures_of
from convgen.errors import Diagnostic, Place, Report, Severity
from convgen.french.amounts import format_amount
from convgen.french.dates import format_date
from convgen.model.deliberation_types import ResolvedDeliberation
from convgen.model.liasse_types import ResolvedLiasse, Series
from convgen.model.resolved import Habilitation, Party
from convgen.source.nodes import Scalar, find, folded, place_of

_MONEY: Final = ("montant", "prix unitaire")
#: The zones of an act that say who allowed to sign it.
_COMPARUTION: Final = ("comparution", "visas", "cartouche", "preambule")


def check_coherence(
    liasse: Liasse,
    resolved: ResolvedLiasse,
    acts: Mapping[str, AuthorisedAct | None],
    report: Report,
    *,
    final: bool = False,
) -> None:
    """Report what does not hold together.

    Args:
        liasse: the liasse put together.
        resolved: its definition.
        acts: the acts, by identifier, as the délibérations saw them; a signed act has the tree that was signed.
        report: receives LIA-02 (an annexe is cited, and absent), LIA-06 and LIA-07 (annexed without being authorised,
            and the reverse), LIA-08 (dates and numbers), LIA-09 (amounts), LIA-10 (the délibération is not in the
            comparution; a note when it was filled in).
        final: errors rather than warnings.
    """
    severity = Severity.ERROR if final else Severity.WARNING
    trees = {one.id: one.acte for one in liasse.pieces if one.kind == "deliberation" and one.acte is not None}
    frozen = frozenset(one.id for one in liasse.pieces if one.frozen)
    for series in resolved.series:
        tree = trees.get(series.deliberation.id)
        judge = _Judge(liasse, series, acts, frozen, tree)
        for found in judge.findings():
            report.add(found(severity))
        for told in undecided(liasse, series, tree, severity):
            report.add(told)
        for note in judge.filled():
            report.add(note)
    for found in _same_numbers(liasse, acts):
        report.add(found(severity))


#: Another name of the same organe.
_USUAL: Final = {
    folded(f"{article}{name}"): usual
    for usual, names in {
        "conseil départemental": ("assemblée départementale", "conseil général"),
        "conseil régional": ("assemblée plénière", "assemblée régionale", "assemblée plénière du conseil régional"),
        "conseil communautaire": ("conseil de communauté", "conseil d'agglomération"),
        "conseil métropolitain": ("conseil de métropole", "conseil de la métropole"),
        "comité syndical": ("conseil syndical",),
    }.items()
    for name in names
    for article in ("", "le ", "la ", "l'")
}
_BODY_WORD: Final = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class _Finding:
    code: str
    message: str
    place: Place | None
    path: str = ""
    cause: str = ""
    remedy: str = ""

    def __call__(self, severity: Severity) -> Diagnostic:
        return Diagnostic(self.code, self.message, self.place, self.path, self.cause, self.remedy, severity)


@dataclass(frozen=True, slots=True)
class _Judge:
    liasse: Liasse
    series: Series
    acts: Mapping[str, AuthorisedAct | None]
    frozen: frozenset[str]
    tree: Acte | None

    @property
    def d(self) -> ResolvedDeliberation:
        return self.series.deliberation

    def findings(self) -> Iterator[_Finding]:
        """Everything that does not hold."""
        rules: tuple[Callable[[], Iterator[_Finding]], ...] = (
            self.cited,
            self.authorised,
            self.habilitations,
            self.recited,
        )
        for rule in rules:
            yield from rule()

    # --- annexes --------------------------------------------------------------------------------------------

    def cited(self) -> Iterator[_Finding]:
        """LIA-02: the délibération names an annexe by a number that none bears."""
        if self.tree is None:
            return
        known = {_bare(one.number) for one in self.series.entries}
        for paragraph in _paragraphs(self.tree):
            for number in cited_annexes(plain_text(paragraph.inlines)):
                if number in known:
                    continue
                has = f"Elle a {len(known)} annexes." if len(known) > 1 else ""
                yield _Finding(
                    "LIA-02",
                    f"la délibération « {self.d.id} » cite l'annexe {number}, qui n'est pas jointe",
                    _at(paragraph, self.d),
                    "decisions",
                    has,
                    "Ajoutez cette pièce à la liasse, ou corrigez le numéro : {{ annexe }} le donne de lui-même.",
                )

    def authorised(self) -> Iterator[_Finding]:
        """LIA-07: a decision allows to sign an act that is not annexed."""
        annexed = {one.id for one in self.pieces} | {one.id for one in self.series.everything()}
        for one in self.d.decisions:
            for name in one.acts:
                if name not in annexed:
                    yield _Finding(
                        "LIA-07",
                        f"la délibération « {self.d.id} » autorise à signer « {name} », qui n'est pas annexé",
                        one.place,
                        one.path,
                        "",
                        "Remettez-le parmi les annexes de la liasse, ou retirez-le de la délibération.",
                    )

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(one for one in self.liasse.pieces if one.parents[:1] == (self.d.id,))

    # --- who allowed to sign --------------------------------------------------------------------------------

    def own_parties(self) -> Iterator[tuple[AuthorisedAct, Party]]:
        """Each act authorised, by the pack or in free words, with the party that is the organisme of the délibération.

        One that is only approved (a plan) has no signature to allow.
        """
        worded = [one.piece for one in self.d.decisions if one.kind != "approuver" and one.piece]
        for name in dict.fromkeys((*self.d.authorised, *worded)):
            act = self.acts.get(name)
            for party in act.resolved.parties if act is not None else ():
                if act is not None and party.organisme == self.d.organisme:
                    yield act, party

    def habilitations(self) -> Iterator[_Finding]:
        """LIA-08: an act names another délibération; LIA-10: it names none."""
        for act, party in self.own_parties():
            held = party.habilitation
            path = f"parties.{party.key}.habilitation"
            place = (held.place if held is not None else None) or _typed_at(act, ["parties", party.key])
            if held is not None and (found := self.other(held, act, path)):
                key = found.path.rpartition(".")[2]
                typed = find(act.resolved.typed, ["parties", party.key, "habilitation", key])
                yield replace(found, place=typed.place if typed is not None else place)
            elif act.resolved.id in self.frozen and (found := self.signed_otherwise(act, party, path)):
                yield replace(found, place=place)
            elif isinstance(self.d.day, date) and self.d.day not in _comparution_days(act.acte):
                yield _Finding(
                    "LIA-10",
                    f"« {act.resolved.id} » ne dit pas que la délibération du {format_date(self.d.day)} "
                    "autorise à le signer",
                    place,
                    path,
                    "",
                    self.unsaid(act, held),
                )

    def other(self, held: Habilitation, act: AuthorisedAct, path: str) -> _Finding | None:
        """What an act says of the délibération, when it is not what the délibération says of itself."""
        d, name = self.d, act.resolved.id
        remedy = f"Écrivez « deliberation: {d.id} » : la date et le numéro suivront. Sinon, corrigez la délibération."
        remedy = mend_signed(name, d.id) if name in self.frozen else remedy
        if held.deliberation and held.deliberation != d.id:
            message = f"« {name} » se dit autorisé par « {held.deliberation} », et l'est par « {d.id} »"
            return _Finding("LIA-08", message, None, f"{path}.deliberation", "", remedy)
        if held.organe is not None and not same_body(str(held.organe), str(d.organe)):
            message = f"« {name} » se dit autorisé par une délibération d'un autre organe : {held.organe}"
            return _Finding("LIA-08", message, None, f"{path}.organe", f"« {d.id} » : {d.organe}.", remedy)
        if isinstance(held.day, date) and isinstance(d.day, date) and held.day != d.day:
            message = f"« {name} » se dit autorisé par une délibération du {format_date(held.day)}"
            cause = f"La délibération « {d.id} » est du {format_date(d.day)}."
            return _Finding("LIA-08", message, None, f"{path}.date", cause, remedy)
        if isinstance(held.number, str) and held.number and isinstance(d.number, str) and held.number != d.number:
            message = f"« {name} » se dit autorisé par la délibération n° {held.number}"
            cause = f"La délibération « {d.id} » porte le n° {d.number}." if d.number else "Elle n'a pas de numéro."
            return _Finding("LIA-08", message, None, f"{path}.numero", cause, remedy)
        return None

    def signed_otherwise(self, act: AuthorisedAct, party: Party, path: str) -> _Finding | None:
        """What a frozen act prints of the délibération, when the délibération has become another since."""
        d, name, said = self.d, act.resolved.id, said_of(act.acte, party.key)
        if said.day is not None and isinstance(d.day, date) and said.day != d.day:
            key, which = "date", f"du {format_date(said.day)}"
            cause = f"La délibération « {d.id} » est du {format_date(d.day)}."
        elif said.number and isinstance(d.number, str) and d.number and said.number != d.number:
            key, which, cause = "numero", f"n° {said.number}", f"La délibération « {d.id} » porte le n° {d.number}."
        else:
            return None
        message = f"« {name} », dans son texte signé, se dit autorisé par la délibération {which}"
        return _Finding("LIA-08", message, None, f"{path}.{key}", cause, mend_signed(name, d.id))

    def unsaid(self, act: AuthorisedAct, held: Habilitation | None) -> str:
        """What to do when an act does not say which délibération allows to sign it."""
        name, deliberation = act.resolved.id, self.d.id
        if name in self.frozen:
            return mend_signed(name, deliberation)
        if held is not None and held.deliberation == deliberation:
            return (
                "Son « plan » n'a pas de comparution qui le dise : ajoutez-la au plan, ou un visa de la délibération."
            )
        return f"Ajoutez sous la partie : habilitation: {{deliberation: {deliberation}}}"

    def filled(self) -> Iterator[Diagnostic]:
        """A note for each comparution that took its date from the délibération."""
        for act, party in self.own_parties():
            typed = find(act.resolved.typed, ["parties", party.key, "habilitation", "date"])
            blank = isinstance(typed, Scalar) and folded(typed.text).startswith("a completer")
            held = party.habilitation
            if blank and held is not None and isinstance(held.day, date) and act.resolved.id not in self.frozen:
                message = f"la date du {format_date(held.day)} est portée dans la comparution de « {act.resolved.id} »"
                cause = "Elle y était « à compléter » ; la délibération qui autorise l'acte la donne."
                place = typed.place if typed is not None else party.place
                remedy = f"Rien à faire ; pour qu'elle soit écrite dans l'acte : deliberation: {self.d.id}"
                yield Diagnostic("LIA-10", message, place, "", cause, remedy, Severity.NOTE)

    # --- figures --------------------------------------------------------------------------------------------

    def recited(self) -> Iterator[_Finding]:
        """LIA-09, LIA-08: an amount or a day that the délibération recites of an act, and that the act does not say."""
        if self.tree is None:
            return
        known: dict[str, Figures] = {}
        for paragraph in _paragraphs(self.tree):
            for value in (node for node in walk(paragraph.inlines) if isinstance(node, Value)):
                name = self.owner(value.key)
                if not name:
                    continue
                if name not in known:
                    known[name] = self.figures(name)
                if found := self.differs(value, name, known[name], paragraph):
                    yield found

    def owner(self, key: str) -> str:
        """The act of « actes.<id>.<key> », when it is in the liasse."""
        if not key.startswith("actes."):
            return ""
        rest = key.removeprefix("actes.")
        names = (one for one in self.d.authorised if rest.startswith(f"{one}.") and self.acts.get(one) is not None)
        return max(names, key=len, default="")

    def figures(self, name: str) -> Figures:
        """The figures of an act. A signed one has no others than those that it prints, and the days of its life."""
        act = self.acts.get(name)
        if act is None:
            return Figures()
        if name in self.frozen:
            return printed_figures(act.acte) | recorded_days(act)
        found = figures_of_act(act.resolved, act.acte)
        if act.amended is not None:
            found |= figures_of_act(*act.amended)
        if act.becomes is not None:
            found |= figures_of_act(act.becomes, act.acte)
        return found

    def differs(self, value: Value, name: str, known: Figures, paragraph: Paragraph) -> _Finding | None:
        place, remedy = (
            _at(paragraph, self.d),
            "Corrigez l'acte ou sa définition : les deux doivent dire la même chose.",
        )
        key = value.key.removeprefix(f"actes.{name}.")
        if value.kind in _MONEY and isinstance(value.exact, Decimal):
            if value.exact in known.amounts or not known.amounts:
                return None
            message = f"la délibération dit {value.text} de « {name} », qui ne dit nulle part ce montant"
            return _Finding("LIA-09", message, place, key, _amounts(known), remedy)
        if value.kind == "date" and isinstance(value.exact, str) and name in self.frozen:
            day = _day(value.exact)
            if day is not None and day not in known.days:
                message = f"la délibération date de « {name} » le {format_date(day)}, que l'acte signé ne dit pas"
                return _Finding("LIA-08", message, place, key, "", remedy)
        return None


def printed_figures(acte: Acte) -> Figures:
    """The figures that an act prints, as values and as words typed by hand."""
    amounts: set[Decimal] = set()
    days: set[date] = set()
    text: list[str] = []
    for node in walk((acte.zones, acte.annexes)):
        if isinstance(node, Value) and node.kind in _MONEY and isinstance(node.exact, Decimal):
            amounts.add(node.exact)
        elif isinstance(node, Value) and isinstance(node.exact, str):
            days |= {day for one in node.exact.split("/") if (day := _day(one)) is not None}
        elif isinstance(node, Paragraph):
            text.append(plain_text(node.inlines))
    return figures_of("\n".join(text)) | Figures(frozenset(amounts), frozenset(days))


def _same_numbers(liasse: Liasse, acts: Mapping[str, AuthorisedAct | None]) -> Iterator[_Finding]:
    """LIA-08: two acts of one number."""
    seen: dict[str, str] = {}
    for one in liasse.pieces:
        number = one.acte.number if one.kind == ACT and one.acte is not None and one.acte.kind != "avenant" else ""
        if not number or "[" in number:
            continue
        other = seen.setdefault(number, one.id)
        if other != one.id:
            message = f"« {other} » et « {one.id} » portent le même numéro : {number}"
            act = acts.get(one.id)
            place = _typed_at(act, ["numero"]) if act is not None else one.place
            yield _Finding("LIA-08", message, place, "numero", "", "Corrigez le « numero » de l'un des deux.")


def same_body(one: str, other: str) -> bool:
    """Whether two names may be those of one organe: one completes the other, or both are usual for it.

    « le conseil » and « le conseil municipal »; the council of a département is its assemblée (CGCT, L. 3121-1).
    """
    first, second = (_BODY_WORD.findall(folded(_USUAL.get(folded(name), name))) for name in (one, other))
    return first[:1] == second[:1] and ({*first} <= {*second} or {*second} <= {*first})


def _typed_at(act: AuthorisedAct, path: list[str]) -> Place:
    """Where a key of the definition of an act stands, else the nearest that does; never in its modèle."""
    typed = act.resolved.typed
    return place_of(typed, path) if typed is not None else act.resolved.place


def _comparution_days(acte: Acte) -> frozenset[date]:
    """The days that the head of an act prints."""
    zones = tuple(one for one in acte.zones if one.kind in _COMPARUTION)
    text = "\n".join(plain_text(node.inlines) for node in walk(zones) if isinstance(node, Paragraph))
    return figures_of(text).days


def _paragraphs(acte: Acte) -> Iterator[Paragraph]:
    return (node for node in walk(acte.zones) if isinstance(node, Paragraph))


def _at(paragraph: Paragraph, d: ResolvedDeliberation) -> Place:
    origin = paragraph.origin
    return Place(origin.file, origin.line or 1) if origin.file else d.place


def _amounts(known: Figures) -> str:
    return f"Montants de l'acte : {', '.join(format_amount(one) for one in sorted(known.amounts)[:12])}."


def _bare(number: str) -> str:
    return number.replace("\u00a0", " ").casefold()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
