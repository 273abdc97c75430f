"""A délibération ready to be composed: who decides, when, what, and how it was voted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from convgen.errors import Place, Report
from convgen.french.clauses import is_clause, uncapitalised
from convgen.french.dates import format_date
from convgen.french.grammar import MASCULINE_SINGULAR, NounPhrase
from convgen.model.deliberation_acts import known_act
from convgen.model.deliberation_common import Common, day_of
from convgen.model.deliberation_preamble import resolve_preamble
from convgen.model.deliberation_types import (
    Decision,
    Opinion,
    PreambleItem,
    Prefecture,
    Recusal,
    ResolvedDeliberation,
    SubTheme,
    Theme,
    Vote,
)
from convgen.model.deliberation_vote import resolve_vote
from convgen.model.files import Files
from convgen.model.organismes import noun_phrase
from convgen.model.reserved import optional_source, source
from convgen.model.schema import deliberation as keys
from convgen.model.values import TextSource
from convgen.source.nodes import folded
from convgen.source.yaml import PlacedText

__all__ = [
    "Decision",
    "Opinion",
    "PreambleItem",
    "Prefecture",
    "Recusal",
    "ResolvedDeliberation",
    "SubTheme",
    "Theme",
    "Vote",
    "resolve_deliberation",
]

_PACK = "deliberation"
_WHAT = ("signer", "approuver", "texte")
#: A reason that is no capacity.
_REASON = re.compile(r"(?:parce|car|étant|ayant|en raison|du fait|au titre|pour|comme|son|sa|ses)\b", re.IGNORECASE)
#: What only some decisions read.
_OF_SIGNING = ("abreger", "partenaire", "projet")
_IDLE = {
    "signer": ("genre", "piece"),
    "approuver": _OF_SIGNING,
    "texte": (*_OF_SIGNING, "ajouter", "genre"),
    "theme": (*_OF_SIGNING, "ajouter", "genre", "piece", "proposer"),
}
_ONE = "Écrivez une seule de ces clés : signer, approuver, texte ; « texte » peut suivre « signer »."


def resolve_deliberation(files: Files, name: str | Path, today: date, report: Report) -> ResolvedDeliberation | None:
    """A délibération, by path or by identifier.

    Args:
        files: the workspace.
        name: a definition of `conventions/deliberations`.
        today: the day that stands for the session's while it is unknown.
        report: receives every problem, none at a time; the caller stops on errors.

    Returns:
        None when too little could be read to go on.
    """
    files = files.snapshot()
    loaded = files.deliberation_file(name, report)
    for kind in ("deliberation", "organisme"):
        files.check_unique(kind, report)
    if loaded is None or loaded.model is None:
        return None
    model = loaded.model
    day = day_of(model.seance, "seance", "date de la séance", report)
    common = Common(files, model, loaded.file, day, today, report)
    return _Resolver(files, model, common, report).deliberation()


class _Resolver:
    """Holds what the stages of one délibération share."""

    __slots__ = ("common", "files", "model", "report", "seen")

    def __init__(self, files: Files, model: keys.Deliberation, common: Common, report: Report) -> None:
        self.files, self.model, self.common, self.report = files, model, common, report
        self.seen: dict[str, Place] = {}

    def deliberation(self) -> ResolvedDeliberation:
        """Every stage, in order."""
        model = self.model
        shared: dict[str, Any] = self.common.shared()
        if not model.decisions:
            self.common.lacking("decisions", "decisions")
        return ResolvedDeliberation(
            id=str(model.deliberation),
            preamble=resolve_preamble(
                model.preambule, self.files, self.common.citing(str(model.deliberation)), self.report
            ),
            pack=str(model.formules or _PACK),
            organe=self.organe(),
            session=optional_source(model.session, "définition"),
            opinions=tuple(self.opinions()),
            themes=tuple(self.themes()),
            vote=resolve_vote(model.vote, self.recusals(), self.report),
            recusals=tuple(
                Recusal(source(one.elu, "définition"), self.capacity(one.motif, f"deports[{rank}].motif"))
                for rank, one in enumerate(model.deports or ())
            ),
            **shared,
        )

    def organe(self) -> NounPhrase:
        """« la commission permanente »: as typed, or by its name at the organisme."""
        text = self.model.organe
        if text is None:
            self.common.lacking("organe", "organe")
            return NounPhrase("", "", MASCULINE_SINGULAR)
        organisme = self.common.organisme()
        organes = (organisme.organes or {}) if organisme is not None else {}
        found = next((one for name, one in organes.items() if folded(name) == folded(text.strip())), text)
        # Only its number is agreed with (« décident »): a gender that nothing tells is no matter.
        return noun_phrase(found, None, self.report, "organe", NounPhrase("", "", MASCULINE_SINGULAR))

    def opinions(self) -> Iterator[Opinion]:
        """What the commissions said, before the session (DEL-10)."""
        for rank, one in enumerate(self.model.avis or ()):
            day = self.common.day
            if one.date is not None and isinstance(day, date) and one.date > day:
                message = f"l'avis est du {format_date(one.date)}, après la séance du {format_date(day)}"
                path = f"avis[{rank}].date"
                self.report.error("DEL-10", message, one.place_of("date"), path, remedy="Corrigez l'une des dates.")
            yield Opinion(source(one.commission, "définition"), one.sens, one.date)

    def recusals(self) -> int:
        """How many members take no part."""
        said = [one for one in self.model.preambule or () if one.deport is not None]
        return len(said) + len(self.model.deports or ())

    def capacity(self, typed: PlacedText | None, path: str) -> TextSource | None:
        """What follows « en qualité de »: « membre du bureau », without the words that the pack says (DEL-01)."""
        made = optional_source(typed, "définition")
        if made is None or typed is None:
            return None
        words = re.sub(r"^en (?:sa )?qualité (?:de |d['’])", "", made.text.strip(), flags=re.IGNORECASE)
        words = re.sub(r"^(?:l[ae] |l['’])", "", words, flags=re.IGNORECASE)
        if is_clause(words) or _REASON.match(words):
            remedy = (
                "Écrivez une qualité (« membre du bureau »), ou la phrase entière dans le préambule : « deport: … »."
            )
            self.report.error("DEL-01", "ce motif ne dit pas une qualité", typed.place, path, remedy=remedy)
        lowered = words[:1].lower() + words[1:] if words[1:2].islower() else words
        return TextSource(lowered, made.place, made.what, made.clause, made.indent)

    # --- decisions ------------------------------------------------------------------------------------------

    def themes(self) -> Iterator[Theme]:
        """The themes, in order; a decision alone is a theme without a title."""
        for rank, typed in enumerate(self.model.decisions or ()):
            path = f"decisions[{rank}]"
            alone = any(getattr(typed, name) is not None for name in _WHAT)
            if alone and (typed.decisions or typed.sous_themes):
                remedy = "Mettez cette décision parmi celles du thème, sous « decisions »."
                self.report.error("DEL-01", "ce thème est aussi une décision", typed.place, path, remedy=remedy)
            if not alone and not typed.decisions and not typed.sous_themes:
                self.report.error("DEL-01", "ce thème n'a aucune décision", typed.place, path, remedy=_ONE)
                continue
            if not alone:
                self.unused(typed, "theme", path)
            title = optional_source(typed.theme, "définition") if str(typed.theme or "").strip() else None
            yield Theme(title, tuple(self.parts(typed, path, alone=alone)))

    def parts(self, typed: keys.Theme, path: str, *, alone: bool) -> Iterator[SubTheme]:
        """The decisions that stand under the theme, then its sub-themes."""
        own = [self.decision(typed, path)] if alone else []
        below = f"{path}.decisions"
        own += [self.decision(one, f"{below}[{rank}]") for rank, one in enumerate(typed.decisions or ())]
        if kept := tuple(one for one in own if one is not None):
            yield SubTheme(None, kept)
        for rank, part in enumerate(typed.sous_themes or ()):
            here = f"{path}.sous_themes[{rank}].decisions"
            if not part.decisions:
                self.report.error("DEL-01", "ce sous-thème n'a aucune décision", part.place, here, remedy=_ONE)
            made = (self.decision(one, f"{here}[{place}]") for place, one in enumerate(part.decisions))
            yield SubTheme(source(part.titre, "définition"), tuple(one for one in made if one is not None))

    def decision(self, typed: keys.Decision, path: str) -> Decision | None:
        """One decision; DEL-01 when it says nothing, or several things."""
        given = [name for name in _WHAT if getattr(typed, name) is not None]
        if not given or (len(given) > 1 and given != ["signer", "texte"]):
            said = (
                f"cette décision a {len(given)} clés : {', '.join(given)}" if given else "cette décision ne décide rien"
            )
            self.report.error("DEL-01", said, typed.place, path, remedy=_ONE)
            return None
        kind = given[0]
        if kind == "signer" and not typed.signer:
            remedy = "Nommez l'acte : « signer: sante-mentale-2024 », ou retirez cette décision."
            place = typed.place_of("signer")
            self.report.error("DEL-01", "cette décision ne signe aucun acte", place, f"{path}.signer", remedy=remedy)
            return None
        self.unused(typed, kind, path)
        subject = typed.approuver if kind == "approuver" else typed.texte
        return Decision(
            kind=kind,
            acts=tuple(self.acts(typed, path)),
            subject=_words(subject, lowered=kind == "approuver") if subject is not None else None,
            piece=str(typed.piece or ""),
            partner=optional_source(typed.partenaire, "définition"),
            without=self.without(typed, path),
            added=self.added(typed, path),
            draft=typed.projet,
            feminine=None if typed.genre is None else typed.genre == "féminin",
            proposal=_words(typed.proposer, lowered=True) if typed.proposer is not None else None,
            place=typed.place or self.common.place,
            path=path,
        )

    def added(self, typed: keys.Decision, path: str) -> TextSource | None:
        """What goes on with the sentence; DEL-01 when it begins with a mark, since a comma comes before it."""
        if typed.ajouter is None:
            return None
        if typed.ajouter.lstrip()[:1] in tuple(".,;:!?"):
            message = (
                f"« {' '.join(typed.ajouter.split())[:40]} » commence par un signe : une virgule précède « ajouter »"
            )
            remedy = "Écrivez la suite de la phrase, sans ce signe ; une autre phrase est une décision « texte »."
            self.report.error("DEL-01", message, typed.place_of("ajouter"), f"{path}.ajouter", remedy=remedy)
            return None
        return _words(typed.ajouter)

    def unused(self, typed: keys.Decision, kind: str, path: str) -> None:
        """DEL-01 for a key that would be read by nobody, and whose words would be lost."""
        beside = "texte" if kind == "signer" and typed.texte is not None else kind
        for name in (one for one in _IDLE[beside] if typed.gives(one)):
            message = f"« {name} » ne sert à rien à côté de « {beside} »"
            remedy = "Retirez cette clé ; ce qu'elle dit peut s'écrire dans la phrase."
            self.report.error("DEL-01", message, typed.place_of(name), f"{path}.{name}", remedy=remedy)

    def acts(self, typed: keys.Decision, path: str) -> Iterator[str]:
        """The acts to sign that exist, each authorised once (DEL-03)."""
        for name in typed.signer or ():
            wanted = name.strip()
            if not known_act(self.files, name, f"{path}.signer", self.report):
                continue
            if wanted in self.seen:
                message = f"l'acte « {wanted} » est autorisé deux fois"
                cause = f"Il l'est déjà à la ligne {self.seen[wanted].line}."
                remedy = "Retirez l'une des deux décisions."
                self.report.error("DEL-03", message, name.place, f"{path}.signer", cause, remedy)
                continue
            self.seen[wanted] = name.place
            yield wanted

    def without(self, typed: keys.Decision, path: str) -> frozenset[str]:
        """What the sentence leaves unsaid (DEF-04)."""
        kept = set()
        for one in typed.abreger or ():
            name = next((known for known in keys.MENTIONS if known == folded(one.strip())), None)
            if name is None:
                message = f"« {one} » n'est pas une valeur possible"
                remedy = f"Valeurs : {', '.join(keys.MENTIONS)}."
                self.report.error("DEF-04", message, one.place, f"{path}.abreger", remedy=remedy)
            else:
                kept.add(name)
        return frozenset(kept)


def _words(text: PlacedText, *, lowered: bool = False) -> TextSource:
    """The words of a decision without their final mark: the pack has its own; `lowered`: they follow other words."""
    made = source(text, "définition")
    words = made.text.strip().rstrip(" \u00a0;,.")
    return TextSource(uncapitalised(words) if lowered else words, made.place, made.what, made.clause, made.indent)
