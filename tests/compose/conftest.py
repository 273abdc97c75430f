"""A small stage for texts: a few parties and data, and functions that compose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from convgen.acte.nodes import Block, ListBlock, Paragraph, Table
from convgen.acte.runs import plain_text
from convgen.compose.build import Heading
from convgen.compose.context import _blank, _ref, _to_fill
from convgen.compose.text import Composer, TextCache
from convgen.compose.views.act import Function
from convgen.compose.views.base import Printing
from convgen.compose.views.parties import PartyView
from convgen.compose.views.values import view_of
from convgen.errors import Place, Report
from convgen.french.dates import parse_duration
from convgen.french.grammar import parse_noun_phrase
from convgen.model.resolved import Party
from convgen.model.values import (
    Absent,
    Amount,
    DataValue,
    DateValue,
    DurationValue,
    GroupItem,
    GroupValue,
    TextSource,
    Unknown,
)


def party(key: str, name: str, designation: str | None) -> Party:
    phrase = parse_noun_phrase(name, feminine=None if name[:2].lower() in ("le", "la", "l'") else True)
    term = parse_noun_phrase(designation) if designation else None
    return Party(key, key, "association", phrase, phrase, term)


def lines_of(blocks: tuple[Block | Heading, ...]) -> list[str]:
    """The printed lines of some blocks, markers of their kind included."""
    out: list[str] = []
    for block in blocks:
        match block:
            case Paragraph():
                out.append(plain_text(block.inlines))
            case Heading():
                out.append(f"## {plain_text(block.title)} [#{block.id}]")
            case ListBlock():
                for item in block.items:
                    out += [f"{block.style} {line}" for line in lines_of(item.blocks)]
            case Table():
                for row in (*block.header, *block.rows):
                    out.append(" | ".join("".join(lines_of(cell.blocks)) for cell in row.cells))
            case _:
                out.append(type(block).__name__)
    return out


@dataclass
class Stage:
    """A context, a report, and what they compose."""

    context: Mapping[str, object]
    report: Report = field(default_factory=Report)
    cache: TextCache = field(default_factory=TextCache)

    def blocks(self, text: str) -> tuple[Block | Heading, ...]:
        composer = Composer(self.cache, self.report, self.context, frozenset(self.context))
        return composer.compose(TextSource(text, Place("texte.md", 10)))

    def lines(self, text: str) -> list[str]:
        return lines_of(self.blocks(text))

    def line(self, text: str) -> str:
        (only,) = self.lines(text)
        return only

    def problems(self, text: str) -> list[tuple[str, int]]:
        before = len(self.report.diagnostics)
        self.blocks(text)
        return [(one.code, one.place.line if one.place else 0) for one in self.report.diagnostics[before:]]


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
