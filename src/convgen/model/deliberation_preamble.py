"""The preamble of a délibération or of an arrêté: visas, considérants and the report, in printed order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from convgen.errors import Diagnostic, Place, Report, suggest
from convgen.french.clauses import opened_by_que, uncapitalised
from convgen.french.dates import DateError, format_date, parse_date
from convgen.french.grammar import contract
from convgen.model.deliberation_acts import known_act
from convgen.model.deliberation_types import PreambleItem
from convgen.model.files import Asked, Files
from convgen.model.organismes import naming
from convgen.model.reserved import blank, is_none, optional_source, source
from convgen.model.schema.acte import Visa
from convgen.model.schema.deliberation import Attendu, Vise
from convgen.model.values import TextSource
from convgen.model.visas import deliberation_wording, visa_texts
from convgen.source.nodes import folded
from convgen.source.yaml import PlacedText

_KINDS = ("vu", "considerant", "deport", "rapport", "theme")
_AIMS = ("visa", "texte", "deliberation", "acte", "arrete")
_ONE = "Donnez une seule clé par élément : vu, considerant, deport, rapport ou theme."


@dataclass(frozen=True, slots=True)
class Citing:
    """The act whose preamble is read.

    Attributes:
        own: the identifier of the délibération, "" for an arrêté.
        on: the day of the act; `dated`: it is known, `on` is not a stand-in.
        body: the organisme that decides; `default`: that of convgen.yaml.
        arrete: the identifier of the arrêté, "" for a délibération.
    """

    own: str
    on: date
    dated: bool
    body: str
    default: str
    arrete: str = ""


def resolve_preamble(
    items: Sequence[Attendu] | None, files: Files, citing: Citing, report: Report
) -> tuple[PreambleItem, ...]:
    """The items, in order.

    Args:
        items: as typed.
        files: gives the registry of texts and the acts.
        citing: the act; a text repealed before its day is signalled (DEF-18).
        report: receives DEL-01 (no key, several, no words, a second report), DEF-12 (unknown text), DEL-02 (unknown
            act), DEL-10 (a délibération that is this one, or a later one).
    """
    drawn = [item for item in items or () if draws_report(item)]
    if len(drawn) > 1:
        place, rank = drawn[1].place, [*(items or ())].index(drawn[1])
        message = "le préambule a deux fois « rapport: auto »"
        report.error("DEL-01", message, place, f"preambule[{rank}].rapport", remedy="Retirez l'un des deux.")
    return tuple(one for rank, item in enumerate(items or ()) for one in _item(item, rank, files, citing, report))


def draws_report(item: Attendu) -> bool:
    """Whether an item is « rapport: auto »: what the decisions say, drawn from them."""
    return item.rapport is not None and folded(item.rapport.strip()) == "auto"


def _item(item: Attendu, rank: int, files: Files, citing: Citing, report: Report) -> Iterator[PreambleItem]:
    path = f"preambule[{rank}]"
    given = [name for name in _KINDS if getattr(item, name) is not None]
    if len(given) != 1:
        said = f"donne {len(given)} clés : {', '.join(given)}" if given else "ne dit rien"
        report.error("DEL-01", f"cet élément du préambule {said}", item.place, path, remedy=_ONE)
        return
    kind, place = given[0], item.place
    typed = getattr(item, kind)
    if kind == "vu":
        yield from _visa(item, path, files, citing, report)
    elif draws_report(item):
        yield PreambleItem("rapport", place=place)
    elif not (words := _lowered(kind, _words(typed))).text or is_none(typed):
        remedy = f"Écrivez ce qui suit « {kind} », ou retirez cet élément."
        report.error("DEL-01", "cet élément du préambule est vide", typed.place, f"{path}.{kind}", remedy=remedy)
    else:
        yield PreambleItem(kind, words, place=place)


def _lowered(kind: str, made: TextSource) -> TextSource:
    """The words as they follow those of the pack: « Considérant », « Vu », « Vu le rapport »."""
    text = made.text
    if kind == "considerant":
        text = re.sub(r"^considérant\s+", "", text, flags=re.IGNORECASE)
        text = opened_by_que(text)
    elif kind in ("vu", "rapport"):
        text = re.sub(r"^vu\s+", "", text, flags=re.IGNORECASE)
        text = uncapitalised(text)
        if kind == "rapport" and re.match(r"(?:du|de|des)\s|d['’]", text, re.IGNORECASE):
            text = f"le rapport {text[:1].lower()}{text[1:]}"
    return TextSource(text, made.place, made.what, made.clause, made.indent)


def _words(text: PlacedText) -> TextSource:
    """The words without the mark that ends them: the pack has its own."""
    made = source(text, "définition")
    return TextSource(made.text.strip().rstrip(" \u00a0;,."), made.place, made.what, made.clause, made.indent)


def _visa(item: Attendu, path: str, files: Files, citing: Citing, report: Report) -> Iterator[PreambleItem]:
    typed = item.vu
    if isinstance(typed, Vise) and (typed.arrete is not None or typed.acte is not None):
        yield from _of_workspace(typed, item, path, files, citing, report)
        return
    if isinstance(typed, Vise) and not any(typed.gives(one) for one in _AIMS):
        remedy = f"Donnez « {' », « '.join(_AIMS[:-1])} » ou « {_AIMS[-1]} »."
        report.error("DEF-02", "ce visa ne dit pas ce qu'il vise", typed.place, f"{path}.vu", remedy=remedy)
        return
    visa: PlacedText | tuple[PlacedText, ...] | Visa
    if isinstance(typed, tuple) and item.intitule is not None:
        visa = Visa.model_construct(visa=typed, intitule=item.intitule)
        visa._node = item.node
    elif typed is not None:
        visa = typed
    else:
        return
    if isinstance(typed, PlacedText) and (not typed.strip() or is_none(typed)):
        remedy = "Écrivez ce qui est visé, ou retirez cet élément."
        report.error("DEL-01", "ce visa est vide", typed.place, f"{path}.vu", remedy=remedy)
        return
    own = Report()
    cited = _cited(typed, path, files, citing, report)
    for text in visa_texts([visa], "définition", files, citing.on, own):
        words = text.text
        if cited is not None:
            words = words.replace(*cited, 1)
        made = _lowered("vu", TextSource(words.strip().rstrip(" \u00a0;,."), text.place, text.what))
        yield PreambleItem("vu", made, place=item.place or Place(""))
    for one in own:
        report.add(_under(one, path))


def _of_workspace(
    typed: Vise, item: Attendu, path: str, files: Files, citing: Citing, report: Report
) -> Iterator[PreambleItem]:
    """An act or an arrêté of the workspace."""
    if typed.acte is None:
        yield from _arrete(typed, path, files, citing, report)
    elif known_act(files, typed.acte, f"{path}.vu.acte", report):
        yield PreambleItem("vu", optional_source(typed.nommer, "définition"), str(typed.acte), item.place)


def _arrete(typed: Vise, path: str, files: Files, citing: Citing, report: Report) -> Iterator[PreambleItem]:
    """« l'arrêté n° 7 du 3 février 2026 portant … »: an earlier one (DEL-10), of the workspace (DEL-02)."""
    name, place, where = str(typed.arrete), typed.place_of("arrete") or Place(""), f"{path}.vu.arrete"
    if name not in files.ids("arrete"):
        remedy = suggest(name, files.ids("arrete"), "Arrêtés")
        report.error("DEL-02", f"arrêté inconnu : « {name} »", place, where, remedy=remedy)
        return
    loaded = files.arrete_file(name, Report())
    model = loaded.model if loaded is not None else None
    if model is None:
        message = f"l'arrêté « {name} » ne se lit pas"
        report.error("DEL-02", message, place, where, remedy="Corrigez d'abord ses erreurs.")
        return
    day = _day(str(model.date or ""))
    if citing.arrete == name or (citing.dated and day is not None and day > citing.on):
        message = f"l'arrêté « {name} » est du {format_date(day)}, après le jour de cet acte" if day is not None else ""
        message = "un arrêté ne se vise pas lui-même" if citing.arrete == name else message
        remedy = "Retirez ce visa, ou corrigez l'identifiant ou la date."
        report.error("DEL-10", message, place, where, remedy=remedy)
        return
    body = str(model.organisme or "").strip() or citing.default
    held = files.organisme(body, Asked(place, where), report) if body and body != citing.body else None
    owner = naming(held.model, citing.on, report).name if held is not None and held.model is not None else None
    number = str(model.numero or "")
    title = str(typed.intitule or model.titre or "").strip()
    said = [
        "l'arrêté",
        f"n° {number}" if number and blank(model.numero, "") is None and not is_none(model.numero) else "",
        contract("de", owner) if owner is not None else "",
        f"du {format_date(day)}" if day is not None else "",
        _heading(title),
    ]
    words = " ".join(one for one in said if one)
    yield PreambleItem("vu", TextSource(words, place, "définition"), place=place)


def _heading(title: str) -> str:
    """« portant fermeture d'une rue », of « Arrêté portant fermeture d'une rue »; other titles between quotes."""
    if not title:
        return ""
    rest = re.sub(r"^arrêté\s+", "", title, flags=re.IGNORECASE)
    return rest if rest != title or re.match(r"(?:portant|relatif|fixant|instituant)\b", rest) else f"« {title} »"


def _day(text: str) -> date | None:
    try:
        return parse_date(text) if text else None
    except DateError:
        return None


def _cited(typed: object, path: str, files: Files, citing: Citing, report: Report) -> tuple[str, str] | None:
    """A délibération that is cited: an earlier one (DEL-10); that of another body is called by its name.

    Returns:
        The words of the visa to be replaced, and those that stand for them.
    """
    if not isinstance(typed, Visa) or typed.deliberation is None:
        return None
    facts = files.deliberation(str(typed.deliberation), Report())
    if facts is None:
        return None
    place, where = typed.place_of("deliberation"), f"{path}.vu.deliberation"
    if facts.id == citing.own:
        message = "une délibération ne se vise pas elle-même"
        report.error("DEL-10", message, place, where, remedy="Retirez ce visa, ou corrigez son identifiant.")
    elif citing.dated and facts.day is not None and facts.day > citing.on:
        message = f"la délibération « {facts.id} » est du {format_date(facts.day)}, après le jour de cet acte"
        report.error("DEL-10", message, place, where, remedy="Retirez ce visa, ou corrigez l'une des dates.")
    body = facts.organisme.strip() or citing.default
    if not facts.organe or not body or body == citing.body:
        return None
    loaded = files.organisme(body, Asked(place, where), report)
    if loaded is None or loaded.model is None:
        return None
    named = naming(loaded.model, citing.on, report).name
    whole = deliberation_wording(facts, None)
    return whole, deliberation_wording(replace(facts, organe=f"{facts.organe} {contract('de', named)}"), None)


def _under(problem: Diagnostic, path: str) -> Diagnostic:
    """The problem, with its path in this definition."""
    return replace(problem, path=f"{path}.vu{problem.path.removeprefix('visas[0]')}")
