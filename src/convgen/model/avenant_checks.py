"""What an avenant may not say: names that the convention does not know, parties changed in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from convgen.errors import Report, fold, slip, suggest
from convgen.french.dates import format_date
from convgen.model.avenant_chain import typed_day
from convgen.model.avenant_overlay import known_text
from convgen.model.avenant_types import PartyEvent
from convgen.model.resolved import ArticleSpec, Party, ResolvedAct
from convgen.model.schema.avenant import ArticleModifie, Avenant, PartieModifiee
from convgen.model.values import (
    Amount,
    BooleanValue,
    DateValue,
    DurationValue,
    NumberValue,
    Percentage,
    PeriodValue,
    TextValue,
    Unknown,
)
from convgen.source.nodes import MappingNode, PlacedText, folded

_EVENTS = ("signature", "notification")
#: What a datum of one value is called in a message.
_KINDS: dict[type, str] = {
    Amount: "un montant",
    Percentage: "un pourcentage",
    DateValue: "une date",
    DurationValue: "une durée",
    PeriodValue: "une période",
    NumberValue: "un nombre",
    BooleanValue: "un « oui » ou un « non »",
    TextValue: "un texte",
}
_JOINS = "Si elle rejoint la convention, ajoutez « ajoutee: » et le jour."
_REPLACES = "Si un autre organisme prend sa place, ajoutez « substituee: » et le jour."
#: What an article of an act signed elsewhere may not be made of: only its text is transcribed.
_NOT_TRANSCRIBED = ("clause", "avec", "passages", "sans", "si", "repeter")


def article_ids(act: ResolvedAct) -> frozenset[str]:
    """The ids of the articles, at every level, and of the annexes."""
    return frozenset([*(one.id for one in _all(act.articles)), *(one.id for one in act.annexes)])


def unknown_texts(act: ResolvedAct) -> tuple[str, ...]:
    """The articles whose text is transcribed in part, or not at all."""
    ellipsis = known_text(None)
    return tuple(one.id for one in _all(act.articles) if one.text is not None and ellipsis in one.text.text)


def _all(articles: Sequence[ArticleSpec]) -> Iterator[ArticleSpec]:
    for one in articles:
        yield one
        yield from _all(one.articles)


def check_modifications(avenant: Avenant, before: ResolvedAct, report: Report) -> None:
    """Report what names nothing of the convention (AVE-18), and the changes of parties without their key (AVE-19)."""
    _check_data(avenant, before, report)
    changes = avenant.modifications
    if changes is None:
        return
    for key, party in (changes.parties or {}).items():
        _check_party(key, party, before, report)
    externe = isinstance(before.typed, MappingNode) and before.typed.get("extraits") is not None
    for rank, article in enumerate(changes.articles or ()):
        if externe:
            _check_extract(article, f"modifications.articles[{rank}]", before, report)
        elif article.apres_les_mots is not None:
            message = "« apres_les_mots » ne vaut que pour un acte signé hors de convgen, connu en partie"
            remedy = "Donnez le texte entier de l'article, ou écrivez un passage."
            report.error("AVE-18", message, article.place_of("apres_les_mots"), "modifications.articles", "", remedy)


# --- data ---------------------------------------------------------------------------------------------


def _check_data(avenant: Avenant, before: ResolvedAct, report: Report) -> None:
    known = {folded(key): key for key in before.data}
    own = avenant.node_of("donnees")
    for key, _ in own.entries if isinstance(own, MappingNode) else ():
        if folded(key.text) in known:
            message = f"« {key.text} » est une donnée de la convention"
            remedy = "Pour la changer, écrivez-la sous « modifications: », « donnees: »."
            report.error("AVE-18", message, key.place, f"donnees.{key.text}", remedy=remedy)
    changed = avenant.modifications.node_of("donnees") if avenant.modifications is not None else None
    for key, _ in changed.entries if isinstance(changed, MappingNode) else ():
        near = slip(key.text, known.values()) if folded(key.text) not in known else ""
        if near:
            message = f"la convention n'a pas de donnée « {key.text} »"
            path = f"modifications.donnees.{key.text}"
            report.error("AVE-18", message, key.place, path, remedy=f"Vouliez-vous dire « {near} » ?")


# --- parties ------------------------------------------------------------------------------------------


def _check_party(key: str, change: PartieModifiee, before: ResolvedAct, report: Report) -> None:
    known = {party.key: party for party in before.parties}
    path = f"modifications.parties.{key}"
    party = known.get(folded(key))
    if party is None:
        if not change.gives("ajoutee"):
            remedy = f"{suggest(key, known, 'Parties')} {_JOINS}".strip()
            report.error("AVE-19", f"« {key} » n'est pas une partie à la convention", change.place, path, "", remedy)
        return
    if change.gives("ajoutee"):
        remedy = "Retirez « ajoutee », ou donnez un autre nom à la nouvelle partie."
        report.error("AVE-19", f"« {key} » est déjà partie à la convention", change.place, path, "", remedy)
    other = change.organisme is not None and party.organisme not in ("", str(change.organisme).strip())
    if other and not change.gives("substituee"):
        message = f"l'organisme de la partie « {key} » change sans que rien ne le dise"
        report.error("AVE-19", message, change.place_of("organisme"), f"{path}.organisme", remedy=_REPLACES)
    if change.gives("substituee") and not other:
        message = f"rien ne dit quel organisme est substitué à la partie « {key} »"
        remedy = "Ajoutez « organisme: » et son identifiant."
        report.error("AVE-19", message, change.place_of("substituee"), f"{path}.substituee", remedy=remedy)


def check_parties(avenant: Avenant, before: ResolvedAct, after: ResolvedAct, report: Report) -> None:
    """Report an avenant that leaves the convention without two parties, or one party twice (AVE-19)."""
    _check_twice(avenant, after, report)
    if len(after.parties) >= min(2, len(before.parties)):
        return
    place = avenant.modifications.place_of("parties") if avenant.modifications is not None else avenant.place
    remedy = "Une convention lie au moins deux parties : si l'une s'en va seule, c'est une résiliation."
    report.error("AVE-19", "la convention n'a plus qu'une partie", place, "modifications.parties", remedy=remedy)


def _check_twice(avenant: Avenant, after: ResolvedAct, report: Report) -> None:
    """Nobody contracts with himself: who comes in is not a party already."""
    changes = avenant.modifications.parties if avenant.modifications is not None else None
    for typed, change in (changes or {}).items():
        if not (change.gives("substituee") or change.gives("ajoutee")):
            continue
        mine = next((one.organisme for one in after.parties if one.key == folded(typed)), "")
        other = next((one.key for one in after.parties if one.organisme == mine and one.key != folded(typed)), "")
        if mine and other:
            message = f"« {typed} » serait le même organisme que la partie « {other} »"
            cause = "Nul ne contracte avec soi-même."
            remedy = "Donnez un autre organisme, ou faites sortir l'une des deux parties (« retiree: »)."
            path = f"modifications.parties.{typed}.organisme"
            report.error("AVE-19", message, change.place_of("organisme") or change.place, path, cause, remedy)


def check_kinds(avenant: Avenant, before: ResolvedAct, after: ResolvedAct, report: Report) -> None:
    """Report a datum that is no longer of the kind it was: an amount that becomes words (AVE-18)."""
    changed = avenant.modifications.node_of("donnees") if avenant.modifications is not None else None
    olds = {folded(key): value for key, value in before.data.items()}
    news = {folded(key): value for key, value in after.data.items()}
    for key, node in changed.entries if isinstance(changed, MappingNode) else ():
        old, new = olds.get(folded(key.text)), news.get(folded(key.text))
        was, becomes = _KINDS.get(type(old)), _KINDS.get(type(new))
        if was is None or becomes is None or was == becomes or isinstance(old, TextValue):
            continue
        message = f"« {key.text} » était {was} et devient {becomes}"
        remedy = f"Écrivez {was}, ou changez aussi le texte de l'article qui le dit."
        path = f"modifications.donnees.{key.text}"
        if isinstance(new, TextValue):
            report.error("AVE-18", message, node.place, path, remedy=remedy)
        else:
            report.warning("AVE-18", message, node.place, path, remedy=remedy)


def check_begins(
    avenant: Avenant, day: date | Unknown | None, effect: object, before: ResolvedAct, report: Report
) -> None:
    """Warn of an avenant older than the effect of the convention it amends (AVE-15)."""
    begins = before.term.start if before.term is not None else None
    if not isinstance(begins, date):
        return
    for found, key, said in ((day, "date", "est du"), (effect, "effet", "prend effet le")):
        if isinstance(found, date) and found < begins:
            message = f"l'avenant {said} {format_date(found)}, avant la prise d'effet de la convention"
            cause = f"Elle prend effet le {format_date(begins)}."
            report.warning("AVE-15", message, avenant.place_of(key), key, cause, "Vérifiez les deux dates.")
            return


def check_names(act: ResolvedAct, new: ResolvedAct, report: Report) -> None:
    """Warn of a party that bears another name on the day of the avenant than in the convention (AVE-19)."""
    known = {party.key: party for party in new.parties}
    for party in act.parties:
        other = known.get(party.key)
        if other is None or str(other.name) == str(party.name) or party.blank or other.blank:
            continue
        message = (
            f"« {party.key} » s'appelle « {party.name} » au jour de l'avenant, et « {other.name} » dans la convention"
        )
        remedy = f"Dites-le : « modifications: », « parties: », « {party.key}: », « denomination: » et le jour du nom."
        report.warning("AVE-19", message, act.place, f"modifications.parties.{party.key}", remedy=remedy)


def events_of(avenant: Avenant, before: ResolvedAct, after: ResolvedAct, report: Report) -> Iterator[PartyEvent]:
    """The declared changes of the parties, in the order in which they are typed."""
    old, new = ({party.key: party for party in act.parties} for act in (before, after))
    changes = avenant.modifications.parties if avenant.modifications is not None else None
    for typed, change in (changes or {}).items():
        key = folded(typed)
        one, other = old.get(key), new.get(key)
        names = str(one.name) if one is not None else "", str(other.name) if other is not None else ""
        for kind in _declared(change) or _kinds(one, other):
            text = getattr(change, kind, None) if kind in ("ajoutee", "retiree", "substituee") else None
            day = _when(text, f"modifications.parties.{typed}.{kind}", report)
            yield PartyEvent(key, kind, day, *names, change.place)


def events_between(before: ResolvedAct, after: ResolvedAct) -> Iterator[PartyEvent]:
    """The changes of the parties from one version to another, in the order of the parties."""
    old, new = ({party.key: party for party in act.parties} for act in (before, after))
    for key in {**old, **new}:
        one, other = old.get(key), new.get(key)
        if one == other:
            continue
        names = str(one.name) if one is not None else "", str(other.name) if other is not None else ""
        kinds: tuple[str, ...] = ("ajoutee",) if one is None else ("retiree",) if other is None else ()
        if one is not None and other is not None and one.organisme != other.organisme:
            kinds = ("substituee",)
        for kind in kinds or _kinds(one, other):
            yield PartyEvent(key, kind, None, *names)


def _declared(change: PartieModifiee) -> tuple[str, ...]:
    return tuple(kind for kind in ("ajoutee", "retiree", "substituee") if change.gives(kind))[:1]


def _kinds(old: Party | None, new: Party | None) -> list[str]:
    if old is None or new is None:
        return []
    same = {
        "denomination": str(old.name) == str(new.name),
        "representant": old.representatives == new.representatives,
        "adresse": old.address == new.address,
    }
    return [kind for kind, equal in same.items() if not equal] or ["autre"]


def _when(text: PlacedText | None, path: str, report: Report) -> date | str | Unknown | None:
    event = fold(text.strip()) if text is not None else ""
    return event if event in _EVENTS else typed_day(text, path, report)


# --- acts signed elsewhere ----------------------------------------------------------------------------


def _check_extract(article: ArticleModifie, path: str, before: ResolvedAct, report: Report) -> None:
    known = {one.id: one for one in _all(before.articles)}
    name = str(article.id or "")
    place = article.place_of("id") if article.id is not None else article.place
    if not name:
        report.error("DEF-02", "il manque la clé « id »", place, path, remedy="Ajoutez l'« id » de l'extrait.")
    elif name not in known and (article.retirer or article.numero is None):
        remedy = f"{suggest(name, known, 'Extraits')} Pour un article nouveau, donnez son numéro.".strip()
        report.error("AVE-18", f"« {name} » n'est pas dans les extraits de la convention", place, path, "", remedy)
    for key in _NOT_TRANSCRIBED:
        if article.gives(key):
            message = f"« {key} » ne vaut pas pour un acte signé hors de convgen"
            remedy = "Donnez le texte de l'article."
            report.error("AVE-18", message, article.place_of(key), f"{path}.{key}", remedy=remedy)
    if article.apres_les_mots is not None and name in known:
        text = known[name].text
        whole = text.text if text is not None else known_text(None)
        if article.apres_les_mots.strip() not in whole:
            message = f"les mots « {article.apres_les_mots} » ne sont pas dans l'extrait « {name} »"
            remedy = "Recopiez des mots de l'extrait, ou « (...) » pour ce qui n'en est pas transcrit."
            report.error("AVE-18", message, article.place_of("apres_les_mots"), path, remedy=remedy)
