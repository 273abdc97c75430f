"""What a délibération recites of an act that it authorises: its money (`finances`) and its purpose (`resume`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from convgen.errors import ConvgenError, Report
from convgen.model.arithmetic import MONEY, Quantity
from convgen.model.expressions import UnknownNameError, evaluate, parse_expression
from convgen.model.reserved import is_none, optional_source
from convgen.model.schema.acte import Finances, Resume
from convgen.model.schema.avenant import ResumeAvenant
from convgen.model.scope import walk
from convgen.model.values import (
    Absent,
    Amount,
    DataValue,
    Deferred,
    GroupItem,
    GroupValue,
    PeriodValue,
    TextSource,
    TextValue,
    ToFill,
    Unknown,
)
from convgen.source.nodes import PlacedText


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the amount: an item of the group, its amount, what it pays for, when."""

    item: GroupItem
    amount: Amount | Unknown
    purpose: TextSource | None = None
    period: PeriodValue | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """`finances`.

    Attributes:
        direction: "dépense", "recette", "sans" or "".
        amount: what the act costs, brings, or (with "sans") what the other party gives up; None when there is none.
        group: the group that shares the amount, and its parts in order.
        maximum: the amount is a ceiling.
        form: « un abandon de créances ».
        wording: the whole passage, typed by hand.
    """

    direction: str = ""
    amount: Amount | Unknown | None = None
    group: GroupValue | None = None
    shares: tuple[Share, ...] = ()
    maximum: bool = False
    form: str = ""
    wording: TextSource | None = None
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Purpose:
    """`resume`: what follows « définissant », « en vue », « relatif », « portant sur »; `relating` may be several.

    `silent`: nothing is said of the money. `amending`: the amended articles are listed.
    """

    defining: TextSource | None = None
    in_view: TextSource | None = None
    relating: tuple[TextSource, ...] = ()
    bearing: TextSource | None = None
    silent: bool = False
    amending: bool = False


def resolve_purpose(layers: Sequence[Resume | ResumeAvenant]) -> Purpose | None:
    """The purpose of an act; each key is that of the first layer that gives it."""
    if not layers:
        return None

    def pick(key: str) -> object:
        return next((getattr(one, key) for one in layers if one.gives(key)), None)

    def text(key: str) -> TextSource | None:
        found = pick(key)
        return optional_source(found, "définition") if isinstance(found, PlacedText) else None

    typed = pick("relatif")
    relating = typed if isinstance(typed, tuple) else (typed,)
    found = (optional_source(one, "définition") for one in relating if isinstance(one, PlacedText))
    return Purpose(
        defining=text("definissant"),
        in_view=text("en_vue"),
        relating=tuple(one for one in found if one is not None),
        bearing=text("portant_sur"),
        silent=pick("incidence") == "taire",
        amending=bool(pick("modifiant")),
    )


def resolve_money(
    layers: Sequence[Finances], data: Mapping[str, DataValue], names: Mapping[str, object], report: Report
) -> Money | None:
    """The money of an act; each key is that of the first layer that gives it.

    Args:
        layers: the `finances` of the definition, then of the modèle.
        data: the computed data.
        names: the other names that an expression may read.
        report: receives DON-10 for an unknown name, DON-18 for an expression that is no amount.
    """
    if not layers:
        return None

    def pick(key: str) -> object:
        return next((getattr(one, key) for one in layers if one.gives(key)), None)

    roots = {**names, **data}
    group = _group(pick("repartition"), roots, report)
    form, wording = pick("forme"), pick("dire")
    years = pick("annees")
    return Money(
        direction=str(pick("sens") or ""),
        amount=_amount(pick("montant"), roots, report),
        group=group,
        shares=tuple(_shares(group)) if group is not None else (),
        maximum=bool(pick("maximum")),
        form=str(form or "") if not isinstance(form, PlacedText) or not is_none(form) else "",
        wording=optional_source(wording, "définition") if isinstance(wording, PlacedText) else None,
        years=years if isinstance(years, tuple) else (),
    )


def _amount(typed: object, roots: Mapping[str, object], report: Report) -> Amount | Unknown | None:
    if not isinstance(typed, PlacedText) or is_none(typed):
        return None
    found = _read(typed, roots, "finances.montant", report)
    if found is None or isinstance(found, Absent | Deferred | ToFill):
        return None
    if isinstance(found, Unknown | Amount):
        return found
    if isinstance(found, Quantity) and found.kind == MONEY:
        return Amount("finances.montant", found.value)
    message = f"« {typed} » n'est pas un montant"
    remedy = "Nommez une donnée de type montant, ou écrivez un calcul dont le résultat est un montant."
    report.error("DON-18", message, typed.place, "finances.montant", remedy=remedy)
    return None


def _read(typed: PlacedText, roots: Mapping[str, object], path: str, report: Report) -> object:
    """A datum when the expression is its name (it keeps its key), else the result of the calculation."""
    parts = tuple(typed.strip().split("."))
    try:
        return walk(parts, roots)
    except UnknownNameError:
        pass
    try:
        return evaluate(parse_expression(str(typed), typed.place), lambda names: walk(names, roots))
    except ConvgenError as error:
        for one in error.diagnostics:
            report.error(one.code, one.message, one.place or typed.place, path, one.cause, one.remedy)
        return None


def _group(typed: object, roots: Mapping[str, object], report: Report) -> GroupValue | None:
    if not isinstance(typed, PlacedText) or is_none(typed):
        return None
    found = _read(typed, roots, "finances.repartition", report)
    if found is None or isinstance(found, GroupValue):
        return found
    message = f"« {typed} » n'est pas un groupe de données"
    report.error("DON-18", message, typed.place, "finances.repartition", remedy="Nommez un groupe : « volets ».")
    return None


def _shares(group: GroupValue) -> Iterator[Share]:
    """The items that have an amount, in order; zero is no part."""
    for item in group.items:
        amount = item.fields.get("montant")
        if isinstance(amount, Unknown) or (isinstance(amount, Amount) and amount.value != Decimal()):
            title = item.fields.get("titre", item.fields.get("intitule"))
            period = item.fields.get("periode")
            yield Share(
                item,
                amount,
                title.source if isinstance(title, TextValue) else None,
                period if isinstance(period, PeriodValue) else None,
            )
