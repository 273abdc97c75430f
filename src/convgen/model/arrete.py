"""An arrêté ready to be composed: the decision of one authority."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from convgen.errors import Report
from convgen.french.agreement import Agreement
from convgen.french.grammar import NounPhrase
from convgen.model.deliberation_common import Common, day_of
from convgen.model.deliberation_preamble import draws_report, resolve_preamble
from convgen.model.deliberation_types import ArreteArticle, Enforcement, Remedies, ResolvedArrete
from convgen.model.files import Files
from convgen.model.organismes import noun_phrase
from convgen.model.reserved import is_none, optional_source, source
from convgen.model.schema.arrete import Arrete
from convgen.model.values import TextSource
from convgen.source.nodes import PlacedText

_PACK = "arrete"
#: « à l'intéressée », « au préfet »: the sentence says « notifié à ».
_TO = re.compile(r"(à|aux?)[ \u00a0]+", re.IGNORECASE)


def resolve_arrete(files: Files, name: str | Path, today: date, report: Report) -> ResolvedArrete | None:
    """An arrêté, by path or by identifier; None when too little could be read to go on."""
    files = files.snapshot()
    loaded = files.arrete_file(name, report)
    for kind in ("arrete", "organisme"):
        files.check_unique(kind, report)
    if loaded is None or loaded.model is None:
        return None
    model = loaded.model
    day = day_of(model.date, "date", "date de l'arrêté", report)
    common = Common(files, model, loaded.file, day, today, report)
    shared: dict[str, Any] = common.shared()
    if not model.articles:
        common.lacking("articles", "articles")
    for rank, item in enumerate(model.preambule or ()):
        if draws_report(item):
            message = "« rapport: auto » dit ce qu'une délibération décide, et un arrêté n'a pas de décisions"
            remedy = "Écrivez le rapport visé : « rapport: le rapport du … », ou retirez cet élément."
            report.error("DEL-01", message, item.place, f"preambule[{rank}].rapport", remedy=remedy)
    return ResolvedArrete(
        id=str(model.arrete),
        preamble=resolve_preamble(model.preambule, files, common.citing("", str(model.arrete)), report),
        pack=str(model.formules or _PACK),
        authority=_authority(model, shared, report),
        articles=_articles(model, report),
        enforcement=_enforcement(model),
        remedies=_remedies(model, shared["tribunal"]),
        **shared,
    )


def _authority(model: Arrete, shared: dict[str, Any], report: Report) -> NounPhrase:
    """« le président du Conseil départemental »: as typed, else the capacity of who signs."""
    if model.autorite is not None:
        return noun_phrase(model.autorite, None, report, "autorite")
    signatory = shared["signatory"]
    if signatory is None:
        return NounPhrase("", "", Agreement())
    person = signatory.person
    return NounPhrase("", ", ".join(person.capacities), Agreement(person.feminine)).definite


def _articles(model: Arrete, report: Report) -> tuple[ArreteArticle, ...]:
    seen: set[str] = set()
    made = []
    for rank, one in enumerate(model.articles or ()):
        if str(one.id) in seen:
            message = f"l'identifiant « {one.id} » est en double"
            place, path = one.place_of("id"), f"articles[{rank}]"
            report.error("DEF-14", message, place, path, remedy="Donnez un autre « id » à l'un.")
            continue
        seen.add(str(one.id))
        title = optional_source(one.titre, "définition")
        made.append(ArreteArticle(str(one.id), title, source(one.texte, "définition")))
    return tuple(made)


def _enforcement(model: Arrete) -> Enforcement | None:
    keys = model.execution
    if keys is None:
        return None
    return Enforcement(
        optional_source(keys.charge, "définition"),
        tuple(_recipient(one) for one in keys.ampliation or ()),
        tuple(_recipient(one) for one in keys.notifie or ()),
        optional_source(keys.texte, "définition"),
    )


def _recipient(typed: PlacedText) -> TextSource:
    """Who receives the arrêté, without the « à » that the sentence says: « aux agents » is « les agents »."""
    made = source(typed, "définition")
    found = _TO.match(made.text)
    if found is None:
        return made
    word = {"au": "le ", "aux": "les "}.get(found[1].casefold(), "")
    return TextSource(word + made.text[found.end() :], made.place, made.what, made.clause, made.indent)


def _remedies(model: Arrete, court: str) -> Remedies | None:
    keys = model.recours
    if keys is None:
        return None
    named = str(keys.tribunal) if keys.tribunal is not None and not is_none(keys.tribunal) else court
    return Remedies(named.strip(), str(keys.delai or "deux mois").strip(), keys.gracieux)
