"""The stage of these tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from stage import Stage, party

from convgen.compose.context import _blank, _ref, _to_fill
from convgen.compose.views.act import Function
from convgen.compose.views.base import Printing
from convgen.compose.views.groups import view_of
from convgen.compose.views.parties import PartyView
from convgen.french.dates import parse_duration
from convgen.french.grammar import parse_noun_phrase
from convgen.model.values import Absent, Amount, DataValue, DateValue, DurationValue, GroupItem, GroupValue, Unknown


@pytest.fixture
def stage() -> Stage:
    printing = Printing()

    def view(value: DataValue) -> object:
        return view_of(value, printing)

    items = tuple(
        GroupItem(f"volets.v{n}", f"v{n}", n, {"montant": Amount(f"volets.v{n}.montant", Decimal(n * 100 // 2 * 2))})
        for n in (1, 2, 3)
    )
    shared = tuple(
        GroupItem(item.key, item.id, item.rank, {**item.fields, "an": Amount("x", Decimal(item.rank > 2))})
        for item in items
    )
    functions: dict[str, Callable[..., object]] = {"ref": _ref, "a_remplir": _to_fill, "blanc": _blank}
    return Stage(
        {
            "departement": PartyView(
                party("departement", "le Département des Alpes-Maritimes", "le Département"), printing
            ),
            "asso": PartyView(party("asso", "l'association REFLETS", "l'association"), printing),
            "erilia": PartyView(party("erilia", "ERILIA", None), printing),
            "prescripteurs": PartyView(party("prescripteurs", "les prescripteurs", "les prescripteurs"), printing),
            "subvention": view(Amount("subvention", Decimal("300000"))),
            "tarif": view(Amount("tarif", Decimal("0.2049"), unit_price=True)),
            "debut": view(DateValue("debut", date(2024, 6, 1))),
            "delai": view(DurationValue("delai", parse_duration("un mois"))),
            "inconnue": view(Unknown("inconnue", "date de notification")),
            "rien": view(Absent("rien")),
            "volets": view(GroupValue("volets", shared, parse_noun_phrase("le volet"))),
        }
        | {name: Function(call) for name, call in functions.items()}
    )
