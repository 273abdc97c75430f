"""The official texts an act is based on: « la loi n° 2008-1249 du 1er décembre 2008 généralisant … », never retyped.

Wording follows the Guide de légistique (fiche 3.4): nature, number, author, date, « modifié(e) », title.
European acts bear their number without « n° » (code de rédaction interinstitutionnel).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from convgen.errors import Place, Report, suggest
from convgen.french.dates import format_date
from convgen.french.grammar import GenderUnknown, NounPhrase, agree, contract, join_list, parse_noun_phrase
from convgen.model.files import DeliberationFacts, Files, Registered
from convgen.model.reserved import blank, source
from convgen.model.schema.acte import Visa
from convgen.model.schema.textes import TexteOfficiel
from convgen.model.values import TextSource
from convgen.source.yaml import PlacedText

#: The gender of the usual natures (True: feminine); another one is looked up, or says its `genre`.
_FEMININE = {
    "loi": True,
    "ordonnance": True,
    "décision": True,
    "directive": True,
    "instruction": True,
    "circulaire": True,
    "délibération": True,
    "convention": True,
    "charte": True,
    "recommandation": True,
    "décret": False,
    "arrêté": False,
    "code": False,
    "règlement": False,
    "traité": False,
    "avis": False,
    "protocole": False,
}
_AND = re.compile(r" et (?=l'|le |la |les )")


def visa_texts(
    visas: Sequence[PlacedText | tuple[PlacedText, ...] | Visa], what: str, files: Files, on: date, report: Report
) -> tuple[TextSource, ...]:
    """The texts to print after « Vu », in order.

    Args:
        visas: as typed; a text without spaces is an identifier.
        what: "définition" or "modèle".
        files: gives the registry and the délibérations.
        on: the date of the act; a text repealed before is signalled (DEF-18).
        report: receives DEF-12 for an unknown text, with the nearest one.
    """
    printed = []
    for rank, one in enumerate(visas):
        text, place = _visa(one, f"visas[{rank}]", files, on, report)
        if text:
            printed.append(TextSource(text, place, what))
    return tuple(printed)


def _visa(
    one: PlacedText | tuple[PlacedText, ...] | Visa, path: str, files: Files, on: date, report: Report
) -> tuple[str, Place]:
    if isinstance(one, PlacedText):
        if blank(one, path) is not None:
            return source(one, "").text, one.place
        if " " in one.strip() or "{{" in one:
            return str(one).strip(), one.place
        return _registered((one,), None, path, files, on, report), one.place
    if isinstance(one, tuple):
        place = one[0].place if one else Place("")
        return _registered(one, None, path, files, on, report), place
    place = one.place or Place("")
    if one.texte is not None:
        return _precise(source(one.texte, "").text.strip(), one.precision), one.texte.place
    if one.deliberation is not None:
        return _precise(_deliberation(one, path, files, on, report), one.precision), place
    if one.visa:
        return _precise(_registered(one.visa, one.intitule, path, files, on, report), one.precision), place
    remedy = "Donnez « visa », « texte » ou « deliberation »."
    report.error("DEF-02", "ce visa ne dit pas ce qu'il vise", place, path, remedy=remedy)
    return "", place


def _precise(text: str, precision: PlacedText | None) -> str:
    if not text or precision is None:
        return text
    link = ", " if precision.startswith("notamment") else " "
    return f"{text}{link}{precision.strip().removeprefix(', ')}"


def _deliberation(visa: Visa, path: str, files: Files, on: date, report: Report) -> str:
    wanted = str(visa.deliberation)
    facts = files.deliberation(wanted, report)
    if facts is not None:
        return deliberation_wording(facts, visa.intitule)
    registry = files.textes(report)
    if wanted in registry and visa.deliberation is not None:
        return _registered((visa.deliberation,), visa.intitule, path, files, on, report)
    known = (*files.ids("deliberation"), *(name for name, one in registry.items() if one.text.nature == "délibération"))
    place = visa.place_of("deliberation")
    report.error("DEF-12", f"délibération inconnue : « {wanted} »", place, path, remedy=suggest(wanted, known))
    return ""


def deliberation_wording(facts: DeliberationFacts, title: str | None) -> str:
    """« la délibération n° 20 de la commission permanente du 7 juin 2024 autorisant … »."""
    parts = ["la délibération"]
    if facts.number:
        parts.append(f"n° {facts.number}")
    if facts.organe:
        parts.append(_of(facts.organe))
    if facts.day is not None:
        parts.append(f"du {format_date(facts.day)}")
    return " ".join([*parts, str(title).strip()] if title else parts)


def _registered(
    names: Sequence[PlacedText], title: PlacedText | None, path: str, files: Files, on: date, report: Report
) -> str:
    registry = files.textes(report)
    found = []
    for name in names:
        if name.strip() not in registry:
            remedy = suggest(name, registry, "Textes")
            cause = "Un visa sans espace est l'identifiant d'un texte de clauses/textes."
            report.error("DEF-12", f"texte officiel inconnu : « {name} »", name.place, path, cause, remedy)
            continue
        known = registry[name.strip()]
        _check_in_force(known, on, name.place, path, report)
        found.append(known)
    if not found:
        return ""
    return group_wording(found, title, report) if len(found) > 1 else wording(found[0], title, report)


def _check_in_force(known: Registered, on: date, place: Place, path: str, report: Report) -> None:
    text = known.text
    until = text.abroge or (text.vigueur.jusqu_au if text.vigueur else None)
    if until is not None and until <= on:
        after = f"Visez plutôt {text.vigueur.voir}." if text.vigueur and text.vigueur.voir else ""
        message = f"« {known.id} » est abrogé depuis le {format_date(until)}"
        report.warning("DEF-18", message, place, path, remedy=after or "Vérifiez que l'acte doit encore le viser.")


def wording(known: Registered, title: str | None = None, report: Report | None = None) -> str:
    """What follows « Vu » for one text, its title possibly replaced."""
    said = known.said.get(title)
    if said is None:
        before = len(report.diagnostics) if report is not None else 0
        said = _wording(known, title, report)
        if report is not None and len(report.diagnostics) == before:
            known.said[str(title) if title is not None else None] = said
    return said


def _wording(known: Registered, title: str | None, report: Report | None) -> str:
    text = known.text
    if text.visa is not None:
        base = str(text.visa).strip()
        return f"{base} {title.strip()}" if title else base
    phrase = nature_phrase(known, report)
    heading = title if title is not None else text.intitule
    return " ".join(part for part in (str(phrase), _identity(text, phrase), str(heading or "").strip()) if part)


def group_wording(known: Sequence[Registered], title: str | None, report: Report | None = None) -> str:
    """« les décrets n° … du … et n° … du … relatifs au RSA » for texts of one nature; else each, joined."""
    natures = {one.text.nature for one in known}
    if len(natures) > 1 or title is None or any(one.text.visa is not None for one in known):
        whole = join_list([wording(one, None, report) for one in known])
        return f"{whole} {title.strip()}" if title else whole
    phrase = nature_phrase(known[0], report)
    first, _, rest = phrase.noun.partition(" ")
    plural = first if first.endswith(("s", "x")) else f"{first}s"
    head = f"les {plural} {rest}".strip()
    return f"{head} {join_list([_identity(one.text, phrase) for one in known])} {title.strip()}"


def cite(known: Registered, report: Report | None = None) -> str:
    """The short form, in an article: « la loi du 1er décembre 2008 »."""
    text = known.text
    if text.cite is not None:
        return str(text.cite).strip()
    if text.date is None:
        return wording(known, "", report).strip()
    return f"{nature_phrase(known, report)} du {format_date(text.date)}"


def nature_phrase(known: Registered, report: Report | None = None) -> NounPhrase:
    """« la loi », « l'ordonnance ». DEF-21 when nothing tells the gender."""
    text = known.text
    feminine = _FEMININE.get(text.nature.split()[0].lower() if text.nature.strip() else "")
    if text.genre is not None:
        feminine = text.genre.startswith("f")
    try:
        return parse_noun_phrase(str(text.nature), feminine=feminine).definite
    except GenderUnknown as error:
        if report is not None:
            report.error("DEF-21", error.message, text.place_of("nature"), f"{known.id}.nature", remedy=error.remedy)
        return parse_noun_phrase(f"le {text.nature}")


def _identity(text: TexteOfficiel, phrase: NounPhrase) -> str:
    parts = []
    if text.numero is not None:
        number = str(text.numero).strip()
        parts.append(number if "(" in number or " " in number else f"n° {number}")
    if text.auteur is not None:
        parts.append(_of(str(text.auteur).strip()))
    if text.date is not None:
        parts.append(f"du {format_date(text.date)}")
    if text.modifie:
        parts.append(agree("modifié", phrase.agreement))
    return " ".join(parts)


def _of(author: str) -> str:
    """« de la Commission européenne », « du Parlement européen et du Conseil »."""
    said = []
    for one in _AND.split(author):
        try:
            said.append(contract("de", parse_noun_phrase(one)))
        except GenderUnknown:
            said.append(f"de {one}")
    return " et ".join(said)
