"""Payments when the sum changes and some of it has been paid: what is paid stays, the difference goes somewhere.

With T₀ and T₁ the sums and δ = T₁ − T₀: a payment already made keeps its amount and loses its percentage; the others
keep their amounts; δ is a payment of its own (`reliquat: complement`) or is added to the balance (`solde`). Amounts are
the masters: the shares printed follow from them. Their sum is T₁ to the cent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from convgen.errors import Place, Report, fold, suggest
from convgen.french.amounts import format_amount, parse_amount
from convgen.french.dates import format_date, parse_date
from convgen.french.errors import FrenchError
from convgen.model.avenant_overlay import with_keys, without
from convgen.model.merge import Merged
from convgen.model.payment_nodes import amount_node, amount_of, base_of, node_at, payments_of, takes_rest
from convgen.model.resolved import ResolvedAct
from convgen.model.schedule import entries_of
from convgen.model.schema.avenant import Avenant, VersementEffectue
from convgen.model.values import DataValue, GroupItem, GroupValue, Payment, ScheduleValue, YearlyValue
from convgen.source.nodes import MappingNode, Node, PlacedText, Scalar, folded

COMPLEMENT = "complement"


@dataclass(frozen=True, slots=True)
class Kept:
    """A schedule once its paid instalments are kept.

    Attributes:
        key: the datum, dotted.
        value: its node, to be put at `key` in the data of the definition.
        paid: the ids of the payments already made.
        complement: the id of the payment of the difference, "" for none.
        balance: the id of the payment that is recomputed, "" for none.
    """

    key: str
    value: Node
    paid: tuple[str, ...]
    complement: str = ""
    balance: str = ""


@dataclass(frozen=True, slots=True)
class _Made:
    """A payment said to be made: its day as typed, and the amount to compare."""

    day: PlacedText
    amount: PlacedText | None
    place: Place


def schedules_of(data: Mapping[str, DataValue]) -> dict[str, ScheduleValue]:
    """Every schedule of the data, by dotted key."""
    return {one.key: one for value in data.values() for one in _schedules(value)}


def _schedules(value: DataValue) -> Iterator[ScheduleValue]:
    match value:
        case ScheduleValue():
            yield value
        case GroupValue(items=items):
            for item in items:
                yield from _schedules(item)
        case GroupItem(fields=fields):
            for one in fields.values():
                yield from _schedules(one)
        case YearlyValue(by_year=years):
            for _, one in years:
                yield from _schedules(one)


def keep_payments(
    avenant: Avenant, before: ResolvedAct, after: ResolvedAct, act: Merged, report: Report, signed: date | None = None
) -> list[Kept]:
    """The schedules that the avenant must rewrite, because something of them is paid or it says `reliquat`.

    Args:
        avenant: says what is paid (`versements_effectues`), where the difference goes, and what it changes itself.
        before: the convention before.
        after: the convention after, whose schedules are not kept yet: only their sums are looked at.
        act: the definition after, which holds the nodes of the schedules.
        report: receives AVE-17, DON-01 and DON-04.
        signed: the day of the signature of the convention, when it is known.
    """
    old, new = schedules_of(before.data), schedules_of(after.data)
    made = _made(avenant, old, signed, report)
    kept: list[Kept] = []
    for key, schedule in old.items():
        already = [*schedule.payments, *(new[key].payments if key in new else ())]
        paid = {**{one.id: None for one in already if one.paid}, **made.get(key, {})}
        if (paid or avenant.reliquat) and key in new and new[key].base_known and schedule.base_known:
            one = _Keeper(avenant, schedule, new[key].base, paid, report).kept(act)
            kept += [one] if one is not None else []
    return kept


def check_paid(
    avenant: Avenant, before: ResolvedAct, after: ResolvedAct, report: Report, signed: date | None = None
) -> None:
    """Report what a whole new version changes of the payments already made (AVE-17)."""
    old, new = schedules_of(before.data), schedules_of(after.data)
    made = _made(avenant, old, signed, report)
    place = avenant.place_of("nouvelle")
    for key, schedule in old.items():
        amounts = {one.id: one.amount for one in new[key].payments} if key in new else {}
        for one in schedule.payments:
            paid = one.paid is not None or one.id in made.get(key, {})
            if not paid or amounts.get(one.id) == one.amount:
                continue
            message = (
                f"le versement « {one.id} » de {format_amount(one.amount)} est déjà effectué : il ne se modifie pas"
            )
            remedy = "Donnez-lui ce montant dans la nouvelle version ; la différence va à un complément ou au solde."
            report.error("AVE-17", message, place, "nouvelle", remedy=remedy)


def _made(
    avenant: Avenant, known: Mapping[str, ScheduleValue], signed: date | None, report: Report
) -> dict[str, dict[str, _Made | None]]:
    """What `versements_effectues` says, by schedule and payment; none is made before the convention is signed."""
    found: dict[str, dict[str, _Made | None]] = {}
    names = [f"{key}.{one.id}" for key, schedule in known.items() for one in schedule.payments]
    for name, typed in (avenant.versements_effectues or {}).items():
        place = _place(avenant, name)
        path = f"versements_effectues.{name}"
        matching = [one for one in names if folded(one) == folded(name) or folded(one).endswith(f".{folded(name)}")]
        if len(matching) != 1:
            message = f"versement inconnu : « {name} »"
            remedy = suggest(name, {one.rpartition(".")[2] for one in names}, "Versements de la convention")
            if matching:
                message = f"plusieurs échéanciers ont un versement « {name} »"
                remedy = f"Écrivez par exemple « {matching[0]} »."
            report.error("AVE-17", message, place, path, remedy=remedy)
            continue
        key, _, payment = matching[0].rpartition(".")
        day, amount = (typed.date, typed.montant) if isinstance(typed, VersementEffectue) else (typed, None)
        made = _day(day, path, report)
        if made is not None and not _too_soon_or_late(avenant, made, signed, day, path, report):
            found.setdefault(key, {})[payment] = _Made(day, amount, place)
    return found


def _too_soon_or_late(
    avenant: Avenant, day: date, signed: date | None, typed: PlacedText, path: str, report: Report
) -> bool:
    """Whether a payment is said to be made before the convention, or after the avenant that says it is made."""
    try:
        own = parse_date(avenant.date) if avenant.date is not None else None
    except FrenchError:
        own = None  # a blank, or a date whose fault is said elsewhere
    said = ""
    if signed is not None and day < signed:
        said = f"avant la signature de la convention, le {format_date(signed)}"
    elif own is not None and day > own:
        said = f"après la date de l'avenant, le {format_date(own)}"
    if said:
        message = f"un versement déjà effectué ne peut l'être le {format_date(day)}, {said}"
        report.error("AVE-17", message, typed.place, path, remedy="Vérifiez le jour du versement.")
    return bool(said)


def _place(avenant: Avenant, name: str) -> Place:
    node = avenant.node_of("versements_effectues")
    found = node.key_place(name) if isinstance(node, MappingNode) else None
    return found or avenant.place or Place("")


def _day(text: PlacedText, path: str, report: Report) -> date | None:
    try:
        return parse_date(text)
    except FrenchError as error:
        remedy = "Écrivez le jour du versement : 2024-06-28."
        report.error("DON-04", error.message, text.place, path, remedy=remedy)
        return None


@dataclass(slots=True)
class _Keeper:
    """What rewriting one schedule needs."""

    avenant: Avenant
    before: ScheduleValue
    total: Decimal
    paid: Mapping[str, _Made | None]
    report: Report
    complement: str = ""
    balance: str = ""

    def kept(self, act: Merged) -> Kept | None:
        """The schedule rewritten; None when nothing is to be, or when it cannot be."""
        errors = len(self.report.errors)
        root, *steps = self.before.key.split(".")
        layers = [one for layer in act.nodes("donnees") if (one := layer.get(root)) is not None]
        schedule = node_at(layers, steps)
        typed = self._typed()
        self._check_paid(typed)
        if schedule is None or len(self.report.errors) > errors:
            return None
        payments = self._payments(schedule, typed)
        if payments is None:
            return None
        versements = MappingNode(tuple(payments), schedule.place)
        grouped = isinstance(schedule, MappingNode) and schedule.get("versements") is not None
        made: Node = with_keys(schedule, {"versements": versements}) if grouped else versements  # type: ignore[arg-type]
        if isinstance(made, MappingNode) and grouped and made.get("base") is None:
            base = next((one for layer in layers if (one := base_of(layer, steps)) is not None), None)
            made = with_keys(made, {"base": base}) if base is not None else made
        paid = tuple(one.id for one in self.before.payments if one.id in self.paid)
        return Kept(self.before.key, made, paid, self.complement, self.balance)

    # --- what the avenant types of the schedule itself -------------------------------------------------

    def _typed(self) -> dict[str, Node]:
        """The payments that the avenant gives, by id."""
        changes = self.avenant.modifications
        data = changes.node_of("donnees") if changes is not None else None
        root, *steps = self.before.key.split(".")
        found = data.get(root) if isinstance(data, MappingNode) else None
        node = node_at([found], steps) if found is not None else None
        return dict(entries_of(payments_of(node))) if node is not None else {}

    def _check_paid(self, typed: Mapping[str, Node]) -> None:
        """What is paid keeps its amount: neither the avenant nor `versements_effectues` may say another."""
        for one in self.before.payments:
            if one.id not in self.paid:
                continue
            said = self.paid[one.id]
            if said is not None and said.amount is not None:
                self._compare(one, said.amount, f"versements_effectues.{one.id}.montant", made=True)
            given = amount_node(typed.get(one.id))
            if given is not None:
                text = PlacedText(given.text)
                text.node = given
                self._compare(one, text, f"modifications.donnees.{self.before.key}.{one.id}", made=False)

    def _compare(self, payment: Payment, text: PlacedText, path: str, *, made: bool) -> None:
        amount = format_amount(payment.amount)
        try:
            same = parse_amount(text) == payment.amount
        except FrenchError:
            same = False
        if same:
            return
        if made:
            message = f"le versement « {payment.id} » est de {amount} dans la convention, et non de {text.strip()}"
            remedy = "Corrigez le montant versé ; une différence se règle par le solde ou par un reversement."
        else:
            message = f"le versement « {payment.id} » de {amount} est déjà effectué : il ne se modifie pas"
            remedy = "Retirez ce montant ; la différence va au complément ou au solde (« reliquat »)."
        self.report.error("AVE-17", message, text.place, path, remedy=remedy)

    # --- the payments ---------------------------------------------------------------------------------

    def _payments(self, schedule: Node, typed: Mapping[str, Node]) -> list[tuple[Scalar, Node]] | None:
        difference = self.total - self.before.base
        nodes = dict(entries_of(payments_of(schedule)))
        changed = {name for name, node in typed.items() if amount_node(node) is not None}
        amounts = {one.id: one.amount for one in self.before.payments}
        free = not any(takes_rest(amount_node(typed[name])) for name in changed)
        if free:
            others = changed - amounts.keys() or changed
            policy = self.avenant.reliquat or ("complement" if difference > 0 else "solde")
            if policy == "complement" and difference > 0 and not others:
                self.complement = _free_name(amounts)
            elif difference or others:
                self._rebalance(difference, amounts, typed, changed)
                if not self.balance:
                    return None
        made = [self._entry(one, nodes.get(one.id), amounts, changed) for one in self.before.payments]
        made += [(_key(name, node), node) for name, node in typed.items() if name not in amounts]
        if self.complement:
            made.insert(self._rank(), self._complement(difference, schedule.place))
        return made

    def _rebalance(
        self, difference: Decimal, amounts: dict[str, Decimal], typed: Mapping[str, Node], changed: Iterable[str]
    ) -> None:
        """Add the difference, less what the avenant gives to others, to the balance."""
        waiting = [one for one in self.before.payments if one.id not in self.paid and one.id not in set(changed)]
        where = self.avenant.place_of("reliquat") if self.avenant.reliquat else self.avenant.place_of("modifications")
        if not waiting:
            message = f"l'échéancier « {self.before.key} » n'a plus de solde : tout est versé ou fixé"
            remedy = "Écrivez « reliquat: complement »."
            if difference < 0:
                remedy = "Ajoutez un article de reversement (clause « trop-percu ») et laissez l'échéancier inchangé."
            self.report.error("AVE-17", message, where, "reliquat", remedy=remedy)
            return
        chosen = next((one for one in waiting if one.rest), None)
        chosen = chosen or next((one for one in waiting if fold(one.id).startswith("solde")), waiting[-1])
        given = {name: amount_of(amount_node(typed[name])) for name in changed}
        left = self.total - sum(
            (given.get(name, amount) for name, amount in amounts.items() if name != chosen.id), Decimal(0)
        )
        left -= sum((amount for name, amount in given.items() if name not in amounts), Decimal(0))
        if left < 0:
            message = f"ce qui est déjà versé ou fixé dépasse le nouveau montant de {format_amount(-left)}"
            remedy = "Ajoutez un article de reversement : la clause « trop-percu » en donne un."
            cause = f"Le nouveau montant est de {format_amount(self.total)}."
            self.report.error("AVE-17", message, where, "reliquat", cause, remedy)
            return
        self.balance = chosen.id
        amounts[chosen.id] = left

    def _entry(
        self, payment: Payment, node: Node | None, amounts: Mapping[str, Decimal], changed: Iterable[str]
    ) -> tuple[Scalar, Node]:
        place = node.place if node is not None else Place("")
        if payment.id in set(changed) and payment.id not in self.paid and node is not None:
            return _key(payment.id, node), node
        block = node if isinstance(node, MappingNode) else MappingNode((), place)
        text = _as_typed(amounts[payment.id])
        values: dict[str, Node] = {"montant": Scalar(text, place, text)}
        made = self.paid.get(payment.id)
        if made is not None:
            values["verse"] = replace(made.day.node, quoted=False)
        shared = payment.id not in self.paid and (payment.rate is not None or payment.share is not None)
        if shared:
            values["part"] = Scalar("oui", place, "oui")
        block = with_keys(without(block, ("part", "id")), values)
        return _key(payment.id, block), block

    def _complement(self, difference: Decimal, place: Place) -> tuple[Scalar, Node]:
        here = self.avenant.place_of("reliquat") or place
        number = str(self.avenant.numero).strip()
        when = f"à la signature de l'avenant n° {number}" if number.isdigit() else "à la signature de l'avenant"
        amount = _as_typed(difference)
        pairs = (("montant", amount), ("quand", when))
        block = MappingNode(tuple((Scalar(name, here, name), Scalar(text, here, text)) for name, text in pairs), here)
        return Scalar(self.complement, here, self.complement), block

    def _rank(self) -> int:
        """After the last payment made, so before what is still due."""
        made = [rank for rank, one in enumerate(self.before.payments, start=1) if one.id in self.paid]
        return max(made, default=max(0, len(self.before.payments) - 1))


def _free_name(known: Iterable[str]) -> str:
    taken = set(known)
    return next(
        name
        for rank in range(1, len(taken) + 2)
        if (name := COMPLEMENT + (f"-{rank}" if rank > 1 else "")) not in taken
    )


def _as_typed(amount: Decimal) -> str:
    """The amount as somebody would type it."""
    return " ".join(format_amount(amount).split())


def _key(name: str, node: Node) -> Scalar:
    return Scalar(name, node.place, name)
