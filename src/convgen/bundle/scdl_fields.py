"""The published field lists of two exports of open data, and the check of a line against them.

Sources: schema.data.gouv.fr, « scdl/subventions » 2.1.1 and « scdl/deliberations » 2.1.5 (OpenDataFrance), as published
in the repository datagouv/schema.data.gouv.fr: names, order, types, required fields, patterns, lists of values, limits,
and the rules from field to field (`custom_checks`, read in 2.1.3, which the two versions that follow do not change).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from convgen.model.identifiers import IdentifierError, check_siret


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a schema.

    Attributes:
        name: the head of the column.
        kind: "texte", "date", "nombre", "entier", "booléen" or "siret".
        values: the only ones allowed.
        longest: the number of characters allowed, 0 for any.
    """

    name: str
    kind: str = "texte"
    required: bool = False
    pattern: str = ""
    values: tuple[str, ...] = ()
    longest: int = 0
    minimum: Decimal | None = None
    maximum: Decimal | None = None


_SIRET: Final = r"\d{14}"
_PERIOD: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(/[0-9]{4}-[0-9]{2}-[0-9]{2})?"

SUBVENTIONS: Final = (
    Field("nomAttribuant", required=True),
    Field("idAttribuant", "siret", required=True, pattern=_SIRET),
    Field("dateConvention", "date", required=True),
    Field("referenceDecision"),
    Field("nomBeneficiaire", required=True),
    Field("idBeneficiaire", "siret", pattern=_SIRET),
    Field("rnaBeneficiaire", pattern=r"W\d{9}"),
    Field("objet", required=True, longest=256),
    Field("montant", "nombre", required=True),
    Field(
        "nature",
        required=True,
        values=(
            "aide en numéraire",
            "aide en nature",
            "aide en numéraire;aide en nature",
            "aide en nature;aide en numéraire",
        ),
    ),
    Field("conditionsVersement", required=True, longest=256),
    Field("datesPeriodeVersement", required=True, pattern=_PERIOD),
    Field("idRAE", longest=5),
    Field("notificationUE", "booléen", required=True, values=("oui", "non")),
    Field("pourcentageSubvention", "nombre", required=True, minimum=Decimal("0.01"), maximum=Decimal(1)),
    Field("dispositifAide"),
)

#: The fields of a délibération that are all given, or none of them (`cohesive-columns-value`).
TOGETHER: Final = (
    ("BUDGET_ANNEE", "BUDGET_NOM"),
    ("VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION"),
)
#: The first is the second at least (`compare-columns-value`).
AT_LEAST: Final = (
    ("PREF_DATE", "DELIB_DATE"),
    ("VOTE_EFFECTIF", "VOTE_REEL"),
    ("VOTE_REEL", "VOTE_POUR"),
    ("VOTE_REEL", "VOTE_CONTRE"),
    ("VOTE_REEL", "VOTE_ABSTENTION"),
)
#: The first is the sum of the others (`sum-columns-value`).
SUMS: Final = (("VOTE_REEL", ("VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION")),)

DELIBERATIONS: Final = (
    Field("COLL_NOM", required=True),
    Field("COLL_SIRET", "siret", required=True, pattern=_SIRET),
    Field("DELIB_ID", required=True),
    Field("DELIB_DATE", "date", required=True),
    Field("DELIB_MATIERE_CODE", required=True, pattern=r"\d\.\d{1,2}"),
    Field("DELIB_MATIERE_NOM", required=True),
    Field("DELIB_OBJET", required=True),
    Field("BUDGET_ANNEE", pattern=r"[0-9]{4}(/[0-9]{4})?"),
    Field("BUDGET_NOM"),
    Field("PREF_ID"),
    Field("PREF_DATE", "date"),
    Field("VOTE_EFFECTIF", "entier"),
    Field("VOTE_REEL", "entier"),
    Field("VOTE_POUR", "entier"),
    Field("VOTE_CONTRE", "entier"),
    Field("VOTE_ABSTENTION", "entier"),
    Field("DELIB_URL", pattern=r"https?://\S+"),
)


def faults(row: Mapping[str, str], fields: Sequence[Field]) -> Iterator[tuple[str, str, str]]:
    """(code, field, what is wrong) of each value of a line that its schema refuses."""
    for field in fields:
        value = row.get(field.name, "")
        if not value:
            if field.required:
                yield "SCD-01", field.name, "il est obligatoire"
            continue
        why = _why(value, field)
        if why:
            yield "SCD-02", field.name, f"« {value} » {why}"
    for name in row:
        if all(name != field.name for field in fields):
            yield "SCD-02", name, "ce champ n'est pas du schéma"


def row_faults(row: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(code, field, what is wrong) of what a line says in one field and denies in another; values are right alone."""
    for group in TOGETHER:
        given = [name for name in group if row.get(name)]
        for name in group if given else ():
            if name not in given:
                yield "SCD-01", name, f"il est attendu avec {', '.join(given)}"
    for high, low in AT_LEAST:
        above, below = row.get(high, ""), row.get(low, "")
        if above and below and _order(above) < _order(below):
            said = "vient avant" if "-" in above else "est moins que"
            yield "SCD-02", high, f"{above} {said} {low} ({below})"
    for total, parts in SUMS:
        counts = [row.get(one, "") for one in parts]
        if row.get(total) and all(counts) and int(row[total]) != sum(int(one) for one in counts):
            yield "SCD-02", total, f"{row[total]} n'est pas la somme de {', '.join(parts)}"


def _order(value: str) -> tuple[int, str]:
    """What sorts counts by their size, and days in ISO form by their date."""
    return (int(value), "") if value.isdecimal() else (0, value)


def _why(value: str, field: Field) -> str:
    """Why a value is refused, "" when it is not."""
    if field.pattern and not re.fullmatch(field.pattern, value):
        return "n'a pas la forme attendue"
    if field.values and value not in field.values:
        return f"n'est pas l'une des valeurs admises : {', '.join(field.values)}"
    if field.longest and len(value) > field.longest:
        return f"a {len(value)} caractères, pour {field.longest} au plus"
    match field.kind:
        case "date":
            return _not_a_day(value)
        case "siret":
            return _not_a_siret(value)
        case "entier":
            return "" if value.isdecimal() else "n'est pas un nombre entier"
        case "nombre":
            return _not_a_number(value, field)
    return _not_a_period(value) if field.pattern == _PERIOD else ""


def _not_a_day(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        return "n'est pas une date"
    return "" if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) else "ne s'écrit pas année-mois-jour"


def _not_a_period(value: str) -> str:
    days = value.split("/")
    if any(_not_a_day(one) for one in days):
        return "n'est pas une période"
    return "" if days == sorted(days) else "finit avant de commencer"


def _not_a_siret(value: str) -> str:
    try:
        check_siret(value)
    except IdentifierError:
        return "n'est pas un SIRET : sa clé est fausse"
    return ""


def _not_a_number(value: str, field: Field) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "n'est pas un nombre"
    if not number.is_finite():
        return "n'est pas un nombre"
    low, high = field.minimum, field.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        return f"n'est pas entre {low} et {high}"
    return ""
