"""What @CTES asks for of a délibération: its number, its matter, its object, who sends it, the type of each piece."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from convgen.bundle.liasse import DELIBERATION, Piece, Teletransmission
from convgen.bundle.nomenclature import default_type, matter_name, nature_of
from convgen.errors import Diagnostic, Report, Severity, fold
from convgen.model.deliberation_types import Prefecture, ResolvedDeliberation
from convgen.model.liasse import ACT_NUMBER
from convgen.model.liasse_types import ResolvedLiasse, Sending, Series
from convgen.source.nodes import folded

_LONGEST: Final = 15
_OBJECT: Final = 499
#: How much of the end of an object that is cut is shown.
_TAIL: Final = 30
#: The words of a name that give it no initial.
_SMALL: Final = frozenset(("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les"))
#: The first figures of the SIREN of a commune, a département, an EPCI: the two that follow are its département.
_LOCAL: Final = ("21", "22", "24")
#: Corse, whose two départements share « 20 », and what lies overseas, whose number has three figures.
_AMBIGUOUS: Final = ("20", "97", "98")


def sending_of(
    liasse: ResolvedLiasse, series: Series, title: str, sirets: Mapping[str, str], report: Report, *, final: bool
) -> Teletransmission:
    """What is sent of a délibération.

    Args:
        liasse: the resolved definition.
        series: the délibération and its annexes.
        title: of the délibération, as printed; its object when it gives none.
        sirets: the SIRET of each organisme that decides, by identifier.
        report: receives LIA-11 for what lacks, when the folder for the préfecture is asked for.
        final: what lacks is an error.
    """
    d = series.deliberation
    typed = liasse.sendings.get(d.id, Sending())
    said = d.prefecture or Prefecture()
    siren = sirets.get(d.organisme, "").replace(" ", "")[:9]
    words = plain(said.object or title)
    made = Teletransmission(
        deliberation=d.id,
        nature=said.nature,
        matter=said.matter,
        number=typed.number or act_number(d),
        object=shortened(words, _OBJECT),
        day=d.day.isoformat() if isinstance(d.day, date) else "",
        siren=siren,
        department=typed.department or department_of(siren),
    )
    if "prefecture" in liasse.outputs:
        _check(made, liasse, d, report, final=final)
        _tell_shortened(made, words, liasse, d, report, typed=bool(typed.number))
    return made


def _tell_shortened(
    made: Teletransmission, words: str, liasse: ResolvedLiasse, d: ResolvedDeliberation, report: Report, *, typed: bool
) -> None:
    """LIA-11, notes: the object is cut, the number lacks the initials or the day for which there was no room."""
    if made.object != words:
        message = f"l'objet de « {d.id} » est coupé pour la préfecture, qui n'en reçoit que {_OBJECT} signes"
        cause = f"Il finit par : « {made.object[-_TAIL:]} »."
        remedy = "Ajoutez à la délibération « prefecture: », avec un « objet: » plus court."
        report.add(Diagnostic("LIA-11", message, d.place, "prefecture.objet", cause, remedy, Severity.NOTE))
    if made.number and not typed and made.number != whole_number(d.organe.noun, d.day, d.number):
        message = f"le numéro de « {d.id} » pour la préfecture, {made.number}, n'a pas la place de tout dire"
        cause = (
            f"Il a {_LONGEST} signes au plus : l'acte d'une autre assemblée, ou d'un autre jour, peut avoir le même."
        )
        remedy = f"S'il le faut, donnez-en un autre dans la liasse : prefecture: {{{d.id}: {{numero: CP_2024_1}}}}"
        path = f"prefecture.{d.id}"
        report.add(Diagnostic("LIA-11", message, liasse.place, path, cause, remedy, Severity.NOTE))


def act_number(d: ResolvedDeliberation) -> str:
    """« CP_20240607_20 », from the body, the day and the number; "" when one is unknown or when they make no good one.

    Two bodies of one organisme may bear one number the same day: the initials of the body tell them apart, as long as
    there is room for them.
    """
    return number_of(d.organe.noun, d.day, d.number)


def number_of(organe: str, day: object, number: object) -> str:
    """The same, from the name of the body, its day and its number, whatever they are."""
    if not isinstance(day, date) or not isinstance(number, str) or not number:
        return ""
    bare = _bare(number)
    wanted = (whole_number(organe, day, number), f"{day:%Y%m%d}_{bare}", bare)
    return next((one for one in wanted if len(one) <= _LONGEST and ACT_NUMBER.fullmatch(one)), "")


def whole_number(organe: str, day: object, number: object) -> str:
    """The initials, the day and the number, however long."""
    if not isinstance(day, date) or not isinstance(number, str):
        return ""
    return f"{initials(organe)}_{day:%Y%m%d}_{_bare(number)}".strip("_")


def _bare(number: str) -> str:
    """A number in figures, capitals without accents and « _ »."""
    return re.sub(r"[^0-9A-Z]+", "_", fold(number).upper()).strip("_")


def shortened(text: str, longest: int) -> str:
    """A text of so many characters at most, cut between two words, with an ellipsis."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    kept = cut if text[longest - 1] == " " or " " not in cut else cut[: cut.rindex(" ")]
    return kept.rstrip(" ,;:") + "\u2026"


def plain(text: str) -> str:
    """The words on one line, without the typography of a printed page, which data are not searched by."""
    return " ".join(text.replace("\u2019", "'").replace("\u00a0", " ").replace("\u202f", " ").split())


def initials(name: str) -> str:
    """« CP » for « commission permanente », « CA » for « conseil d'arrondissement »."""
    words = re.findall(r"[a-z]+", folded(name).replace("\u2019", "'"))
    return "".join(one[0] for one in words if one not in _SMALL).upper()


def check_numbers(sendings: Sequence[Teletransmission], liasse: ResolvedLiasse, report: Report) -> None:
    """LIA-11: two délibérations of one sender would have one number, and the second would replace the first."""
    seen: dict[tuple[str, str], str] = {}
    for one in sendings:
        other = seen.setdefault((one.siren, one.number), one.deliberation) if one.number else one.deliberation
        if other != one.deliberation:
            message = f"« {other} » et « {one.deliberation} » auraient le même numéro pour la préfecture : {one.number}"
            remedy = f"Écrivez dans la liasse : prefecture: {{{one.deliberation}: {{numero: CP_2024_1}}}}"
            path = f"prefecture.{one.deliberation}"
            report.error("LIA-11", message, liasse.place, path, "", remedy)


def department_of(siren: str) -> str:
    """« 006 » for a SIREN of a commune, a département or an EPCI; "" for another."""
    return f"0{siren[2:4]}" if siren.startswith(_LOCAL) and siren[2:4] not in _AMBIGUOUS else ""


def with_types(pieces: Sequence[Piece], liasse: ResolvedLiasse, report: Report) -> tuple[Piece, ...]:
    """The pieces, each with its type: the one typed, else one that the nature of its délibération admits.

    Args:
        pieces: of the liasse, in order.
        liasse: its definition.
        report: receives LIA-11, a note, for a type that is not known to be of that nature: the classification that is
            in force is the one that the préfecture sends.
    """
    found = (series.deliberation for series in liasse.series)
    natures = {one.id: (one.prefecture or Prefecture()).nature for one in found}
    made: list[Piece] = []
    told: set[str] = set()
    for piece in pieces:
        nature = natures[piece.parents[0] if piece.parents else piece.id]
        annexed = "" if piece.kind == DELIBERATION else piece.acte.kind if piece.acte is not None else "autre"
        typed = liasse.codes.get(piece.id, "")
        made.append(replace(piece, code=typed or default_type(nature, annexed=annexed)))
        if typed and typed not in nature_of(nature).types and piece.id not in told and "prefecture" in liasse.outputs:
            told.add(piece.id)
            report.add(_unknown_type(typed, nature, piece, liasse))
    return tuple(made)


def _unknown_type(typed: str, nature: str, piece: Piece, liasse: ResolvedLiasse) -> Diagnostic:
    message = f"le type « {typed} » n'est pas de ceux que l'on connaît pour la nature « {nature} »"
    cause = "Une pièce d'un autre type peut faire refuser tout l'envoi."
    known = nature_of(nature)
    remedy = (
        f"Vérifiez-le chez votre tiers de télétransmission ; sinon, retirez la ligne : {known.main} est toujours admis."
    )
    path = f"types.{piece.id}"
    return Diagnostic("LIA-11", message, liasse.place, path, cause, remedy, Severity.NOTE)


def _check(
    made: Teletransmission, liasse: ResolvedLiasse, d: ResolvedDeliberation, report: Report, *, final: bool
) -> None:
    tell = report.error if final else report.warning
    path = f"prefecture.{d.id}"
    if not made.number:
        remedy = f"Écrivez dans la liasse : prefecture: {{{d.id}: {{numero: CP_2024_1}}}}"
        tell(
            "LIA-11", f"la délibération « {d.id} » n'a pas de numéro pour la préfecture", liasse.place, path, "", remedy
        )
    if not made.matter:
        remedy = "Ajoutez à la délibération « prefecture: », avec « matiere: 8.2 » ou une autre."
        tell("LIA-11", f"la délibération « {d.id} » n'a pas de matière", d.place, "prefecture.matiere", "", remedy)
    elif not matter_name(".".join(made.matter.split(".")[:2])):
        message = f"la matière « {made.matter} » n'est pas de la nomenclature des actes, à deux niveaux au moins"
        remedy = "Écrivez le numéro de la matière et celui de la sous-matière : « 8.2 » pour l'aide sociale."
        tell("LIA-11", message, d.place, "prefecture.matiere", "", remedy)
    if not made.day:
        remedy = "Écrivez « seance: 2024-06-07 » dans la délibération."
        tell("LIA-11", f"la date de la délibération « {d.id} » n'est pas connue", d.place, "seance", "", remedy)
    if not made.siren:
        remedy = f"Ajoutez « siret: … » à l'organisme « {d.organisme} »."
        tell("LIA-11", f"l'organisme « {d.organisme} » n'a pas de SIRET", d.place, "organisme", "", remedy)
    elif not made.department:
        remedy = f"Écrivez dans la liasse : prefecture: {{{d.id}: {{departement: 006}}}}"
        tell("LIA-11", f"le département de « {d.organisme} » n'est pas connu", liasse.place, path, "", remedy)
