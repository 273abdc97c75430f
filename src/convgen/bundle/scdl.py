"""Open data drawn from definitions: the subventions of conventions, and délibérations, as lines of the SCDL schemas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from convgen.bundle.nomenclature import matter_name
from convgen.bundle.scdl_fields import DELIBERATIONS, SUBVENTIONS, Field, faults, row_faults
from convgen.bundle.sending import act_number, department_of, plain, shortened
from convgen.errors import Diagnostic, Place, Report, Severity
from convgen.french.grammar import NounPhrase, join_list
from convgen.model.deliberation_types import Prefecture, ResolvedDeliberation, Vote
from convgen.model.deliberation_vote import voices
from convgen.model.recital import Money
from convgen.model.resolved import Party, ResolvedAct
from convgen.model.values import Amount, DataValue, ScheduleValue

#: What an export writes: its columns.
SCHEMAS: Final[Mapping[str, tuple[Field, ...]]] = {
    "scdl-subventions": SUBVENTIONS,
    "scdl-deliberations": DELIBERATIONS,
}
_OBJECT: Final = 256
#: How the SIREN of a département begins: its acts go to the préfecture, those of a commune may go to a sous-préfecture.
_DEPARTEMENT: Final = "22"
_VOTES: Final = ("VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION")
_CENT: Final = Decimal("0.01")
_MATTER, _MATTER_NAME = "DELIB_MATIERE_CODE", "DELIB_MATIERE_NOM"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an export, and where what it says is typed."""

    id: str
    values: Mapping[str, str]
    place: Place


def csv_bytes(lines: Sequence[Line], fields: Sequence[Field]) -> bytes:
    """The file: UTF-8, commas, CRLF, quotes where they are needed (RFC 4180); a missing value is empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [one.name for one in fields], restval="", lineterminator="\r\n")
    writer.writeheader()
    for one in lines:
        writer.writerow(dict(one.values))
    return out.getvalue().encode("utf-8")


def check_lines(lines: Sequence[Line], fields: Sequence[Field], report: Report) -> None:
    """Report what the schema refuses: SCD-01, a value lacks; SCD-02, one is wrong; SCD-04, nobody receives.

    The identifier of a délibération is that of no other of its organisme (SCD-02).
    """
    numbers: dict[tuple[str, str], str] = {}
    for line in lines:
        alone = [*_faults(line, fields)]
        for code, field, why in alone or row_faults(line.values):
            said = f"« {line.id} » : champ « {field} », {why}"
            report.error(code, said, line.place, field, remedy=_REMEDIES.get(field, _CORRECT))
        if nameless(line):
            message = f"« {line.id} » : le bénéficiaire ({line.values['nomBeneficiaire']}) n'a ni SIRET ni numéro RNA"
            report.error("SCD-04", message, line.place, "idBeneficiaire", remedy=_NAMED)
        key = (line.values.get("COLL_SIRET", ""), line.values.get("DELIB_ID", ""))
        other = numbers.setdefault(key, line.id) if key[1] else line.id
        if other != line.id:
            message = f"« {other} » et « {line.id} » auraient le même identifiant : {key[1]}"
            remedy = "Corrigez le « numero » ou la « seance » de l'une des deux."
            report.error("SCD-02", message, line.place, "DELIB_ID", remedy=remedy)


def _faults(line: Line, fields: Sequence[Field]) -> Iterator[tuple[str, str, str]]:
    """What the schema refuses of a line; a matter that nobody gives lacks once, not its number then its name."""
    for code, field, why in faults(line.values, fields):
        if field != _MATTER_NAME or line.values.get(_MATTER):
            yield code, field, why


def incomplete(line: Line, report: Report) -> bool:
    """Whether a délibération that was not asked for by name is to be left out: it is not complete yet (SCD-01)."""
    lacking = [
        field
        for code, field, _ in _faults(line, DELIBERATIONS)
        if code == "SCD-01" and field != _MATTER_NAME  # a matter that is given, and that is none, is a mistake
    ]
    if not lacking:
        return False
    message = f"« {line.id} » n'est pas exportée : il manque {join_list(lacking)}"
    remedy = " ".join(dict.fromkeys(_REMEDIES.get(one, _CORRECT) for one in lacking))
    report.warning("SCD-01", message, line.place, lacking[0], remedy=remedy)
    return True


def nameless(line: Line) -> bool:
    """Whether a line of a subvention does not say by a number who receives."""
    said = line.values
    return "nomBeneficiaire" in said and not (said["idBeneficiaire"] or said["rnaBeneficiaire"])


def left_out(lines: Sequence[Line], report: Report) -> bool:
    """Whether an act that was not asked for by name is to be left out: nothing identifies who receives (SCD-04)."""
    found = next((one for one in lines if nameless(one)), None)
    if found is None:
        return False
    who = found.values["nomBeneficiaire"]
    message = f"« {found.id} » n'est pas exportée : le bénéficiaire ({who}) n'a ni SIRET ni numéro RNA"
    report.warning("SCD-04", message, found.place, "idBeneficiaire", remedy=_NAMED)
    return True


_NAMED: Final = "Ajoutez « siret: … » (ou « rna: … » pour une association) à son organisme."

_CORRECT: Final = "Corrigez cette valeur là où elle est donnée : dans l'acte ou chez l'organisme."
_REMEDIES: Final = {
    "rnaBeneficiaire": "Un numéro RNA s'écrit W et neuf chiffres : corrigez « rna » chez l'organisme.",
    "dateConvention": "Une convention se publie une fois signée : convgen signer, ou etat: {signe: 2024-07-01}.",
    "montant": "Complétez « finances: », avec « montant: » et le nom de la donnée.",
    "idAttribuant": "Ajoutez « siret: … » à l'organisme qui attribue.",
    "nomBeneficiaire": "Donnez à une partie « role: bénéficiaire ».",
    "nomAttribuant": "Donnez à une partie « role: financeur ».",
    "objet": "Donnez à la convention son « objet ».",
    "datesPeriodeVersement": "Donnez la « duree » de la convention, ou les dates de l'échéancier.",
    "COLL_SIRET": "Ajoutez « siret: … » à l'organisme.",
    "DELIB_DATE": "Complétez « seance » dans la délibération.",
    "DELIB_MATIERE_CODE": "Ajoutez à la délibération « prefecture: », avec « matiere: 8.2 » ou une autre.",
    "DELIB_MATIERE_NOM": "Cette matière n'est pas dans la nomenclature des actes.",
}


# --- subventions --------------------------------------------------------------------------------------------


def is_subvention(act: ResolvedAct) -> bool:
    """Whether an act gives money to somebody: it spends, and a party is a beneficiary."""
    money = act.money
    spends = money is not None and money.direction == "dépense"
    return spends and any(party.role == "bénéficiaire" for party in act.parties)


def subvention_lines(act: ResolvedAct, object_: str, rnas: Mapping[str, str], report: Report) -> Iterator[Line]:
    """A line for each beneficiary.

    Args:
        act: the convention.
        object_: its object, as printed.
        rnas: the number of each association at the national register, by organisme.
        report: receives SCD-04 when several beneficiaries share an amount that nothing splits.
    """
    giver = next((one for one in act.parties if one.role == "financeur"), None)
    takers = [one for one in act.parties if one.role == "bénéficiaire"]
    money = act.money or Money()
    shares = _shares(takers, money)
    if shares is None:
        message = f"« {act.id} » a {len(takers)} bénéficiaires, et rien ne dit ce que chacun reçoit"
        remedy = "Nommez dans « finances: repartition » un groupe dont les identifiants sont ceux des parties."
        report.error("SCD-04", message, act.place, "finances.repartition", remedy=remedy)
        return
    signed = act.states.get("signe")
    schedule = next(_schedules(tuple(act.data.values())), None)
    for taker, share in zip(takers, shares, strict=True):
        values = {
            "nomAttribuant": _name(giver.name) if giver is not None else "",
            "idAttribuant": _digits(giver.details.get("siret", "")) if giver is not None else "",
            "dateConvention": signed.isoformat() if signed is not None else "",
            "referenceDecision": _decision(giver),
            "nomBeneficiaire": _name(taker.name),
            "idBeneficiaire": _digits(taker.details.get("siret", "")),
            "rnaBeneficiaire": rnas.get(taker.organisme, "").replace(" ", ""),
            "objet": _object(object_),
            "montant": f"{money.amount.value.quantize(_CENT)}" if isinstance(money.amount, Amount) else "",
            "nature": "aide en numéraire",
            "conditionsVersement": _conditions(schedule),
            "datesPeriodeVersement": _period(act, schedule),
            "idRAE": "",
            "notificationUE": "non",
            "pourcentageSubvention": f"{share}",
            "dispositifAide": "",
        }
        yield Line(act.id, values, act.place)


def _object(text: str) -> str:
    """An object, with a capital, on one line, no longer than the schema admits."""
    said = shortened(plain(text), _OBJECT)
    return said[:1].upper() + said[1:]


def _shares(takers: Sequence[Party], money: Money) -> list[Decimal] | None:
    """What part of the amount each beneficiary receives; None when nothing says it."""
    if len(takers) == 1:
        return [Decimal("1.00")]
    given = {one.item.id: one.amount for one in money.shares}
    if not isinstance(money.amount, Amount) or not money.amount.value:
        return None
    found: list[Decimal] = []
    for taker in takers:
        amount = given.get(taker.key)
        if not isinstance(amount, Amount):
            return None
        found.append((amount.value / money.amount.value).quantize(_CENT))
    return found


def _schedules(values: Sequence[DataValue]) -> Iterator[ScheduleValue]:
    return (one for one in values if isinstance(one, ScheduleValue))


def _conditions(schedule: ScheduleValue | None) -> str:
    """« unique », « échelonné », or « autre » when the convention has no schedule."""
    if schedule is None:
        return "autre"
    return "unique" if len(schedule.payments) == 1 else "échelonné"


def _period(act: ResolvedAct, schedule: ScheduleValue | None) -> str:
    """The day of the only payment when it is known, else the period of the convention."""
    payments = schedule.payments if schedule is not None else ()
    days = sorted(day for one in payments if (day := one.paid or one.before) is not None)
    if days and len(days) == len(payments):
        return days[0].isoformat() if len(days) == 1 else f"{days[0].isoformat()}/{days[-1].isoformat()}"
    term = act.term
    start = term.start if term is not None and isinstance(term.start, date) else act.states.get("signe")
    end = term.end if term is not None and isinstance(term.end, date) else None
    if start is not None and end is not None and start <= end:
        return f"{start.isoformat()}/{end.isoformat()}"
    years = act.exercices
    return f"{years[0]}-01-01/{years[-1]}-12-31" if years else ""


def _decision(giver: Party | None) -> str:
    """The number of the délibération, else its day."""
    held = giver.habilitation if giver is not None else None
    if held is None:
        return ""
    if isinstance(held.number, str) and held.number:
        return held.number
    return held.day.isoformat() if isinstance(held.day, date) else ""


def _name(name: NounPhrase) -> str:
    """The official name, without its article."""
    noun = plain(name.noun)
    return noun[:1].upper() + noun[1:]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


# --- délibérations ------------------------------------------------------------------------------------------


def deliberation_line(d: ResolvedDeliberation, siret: str, title: str, number: str = "", department: str = "") -> Line:
    """The line of a délibération; the counts of a vote that are not all known are empty.

    Args:
        d: the délibération.
        siret: of its organisme.
        title: as printed; its object when it gives none.
        number: the one typed for its sending; else it is made of its body, its day and its number, as for the sending.
        department: the one typed for its sending; else the one that the SIREN tells.
    """
    said = d.prefecture or Prefecture()
    matter = ".".join(said.matter.split(".")[:2])
    sent = d.states.get("transmis")
    department = department or department_of(_digits(siret)[:9])
    values = {
        "COLL_NOM": _name(d.name),
        "COLL_SIRET": _digits(siret),
        "DELIB_ID": number or act_number(d) or d.id,
        "DELIB_DATE": d.day.isoformat() if isinstance(d.day, date) else "",
        "DELIB_MATIERE_CODE": matter,
        "DELIB_MATIERE_NOM": matter_name(matter),
        "DELIB_OBJET": plain(said.object or title),
        "BUDGET_ANNEE": "",
        "BUDGET_NOM": "",
        "PREF_ID": f"PREF{department}" if department and _digits(siret).startswith(_DEPARTEMENT) else "",
        "PREF_DATE": sent.isoformat() if sent is not None else "",
        **_votes(d),
        "DELIB_URL": "",
    }
    return Line(d.id, values, d.place)


def _votes(d: ResolvedDeliberation) -> dict[str, str]:
    """The five counts of a vote, or none: the schema admits no other case (`TOGETHER`)."""
    found = voices(d.vote) if isinstance(d.vote, Vote) else None
    if found is None or not isinstance(d.vote, Vote) or d.vote.members is None:
        return dict.fromkeys(_VOTES, "")
    counts = (d.vote.members, sum(found), *found)
    return dict(zip(_VOTES, map(str, counts), strict=True))


def without_voices(d: ResolvedDeliberation, report: Report) -> None:
    """SCD-01, a note: the voices are known, and are left out because nobody says how many members are in office."""
    if isinstance(d.vote, Vote) and voices(d.vote) is not None and d.vote.members is None:
        message = f"« {d.id} » est exportée sans les voix : le schéma ne les admet qu'avec l'effectif de l'organe"
        remedy = "Ajoutez à « vote: » le nombre des membres en exercice : « en_exercice: 54 »."
        report.add(Diagnostic("SCD-01", message, d.place, "vote.en_exercice", remedy=remedy, severity=Severity.NOTE))
