"""The échéancier: payments that add up exactly to a base, the last taking what the others leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from convgen.errors import Report, fold, suggest
from convgen.french.amounts import format_amount, parse_amount
from convgen.french.dates import parse_date
from convgen.french.errors import FrenchError
from convgen.french.numbers import format_number, parse_number
from convgen.model.arithmetic import MONEY, PERCENT, Quantity
from convgen.model.typed import amount_code, reserved, sentence, text_source
from convgen.model.values import Payment, ScheduleValue, TextSource, Unknown
from convgen.source.yaml import MappingNode, Node, Scalar, SequenceNode

_CENT = Decimal("0.01")
REST = ("le reste", "le complement", "le solde", "reste", "complement", "solde")
_KEYS = ("montant", "quand", "avant", "verse", "part")

Compute = Callable[[Scalar, str], object]
"""The value of a « = expression » at a path; None when a problem was reported."""


def _when(node: Scalar) -> TextSource:
    """What triggers a payment; « à compléter » is a blank, never these words."""
    unknown, text = reserved(node, "quand"), text_source(node)
    if not isinstance(unknown, Unknown):
        return text
    hint = (unknown.hint or "ce qui déclenche le versement").replace("'", "’").replace("\\", "")
    return replace(text, text=f"{{{{ blanc('{hint}') }}}}")


@dataclass(frozen=True, slots=True)
class _Reader:
    """What reading each payment needs."""

    compute: Compute
    report: Report

    def problem(self, message: str, node: Node, path: str, remedy: str = "", code: str = "DON-14") -> None:
        self.report.error(code, message, node.place, path, remedy=remedy)

    def payment(self, name: str, node: Node, path: str) -> Payment | None:
        if not isinstance(node, MappingNode):
            node = MappingNode(((Scalar("montant", node.place, "montant"), node),), node.place)
        for key, _ in node.entries:
            if fold(key.text) not in _KEYS:
                remedy = suggest(key.text, _KEYS, "Clés possibles")
                self.report.error(
                    "DEF-01", f"Clé inconnue : « {key.text} »", key.place, f"{path}.{key.text}", "", remedy
                )
        amount = node.get("montant")
        if not isinstance(amount, Scalar):
            self.problem(f"Le versement « {name} » n'a pas de montant", amount or node, path, "Ajoutez « montant: ».")
            return None
        read = self.amount(name, amount, f"{path}.montant")
        if read is None:
            return None
        when = node.get("quand")
        return replace(
            read,
            when=_when(when) if isinstance(when, Scalar) and when.text else None,
            before=self.day(node.get("avant"), f"{path}.avant"),
            paid=self.day(node.get("verse"), f"{path}.verse"),
            # the share itself is worked out once the base is known
            share=Decimal(0) if self.yes(node.get("part"), f"{path}.part") and read.rate is None else None,
        )

    def yes(self, node: Node | None, path: str) -> bool:
        """« part: oui »: the percentage that an amount makes is printed too."""
        if node is None:
            return False
        answer = fold(node.text.strip()) if isinstance(node, Scalar) else ""
        if answer not in ("oui", "non"):
            self.problem("« part » est « oui » ou « non »", node, path, "Écrivez « part: oui ».", "DEF-04")
        return answer == "oui"

    def amount(self, name: str, node: Scalar, path: str) -> Payment | None:
        text = node.text.strip()
        if fold(text) in REST:
            return Payment(name, Decimal(0), rest=True)
        if text.startswith("= ") and not node.quoted:
            return self.computed(name, node, path)
        try:
            if text.endswith("%"):
                return self.share(name, parse_number(text[:-1]), node, path)
            return Payment(name, parse_amount(text))
        except FrenchError as error:
            code = "DON-06" if text.endswith("%") else amount_code(text)
            remedy = "Écrivez par exemple « 70 % », « 696 000 € » ou « le reste »."
            self.problem(sentence(error.message), node, path, remedy, code)
            return None

    def share(self, name: str, rate: Decimal, node: Scalar, path: str) -> Payment | None:
        if not 0 < rate <= 100:
            self.problem("Un versement est compris entre 0 et 100 %", node, path, "Vérifiez ce pourcentage.")
            return None
        return Payment(name, Decimal(0), rate=rate)

    def computed(self, name: str, node: Scalar, path: str) -> Payment | None:
        match self.compute(node, path):
            case Quantity(value=value, kind=kind) if kind == PERCENT:
                return self.share(name, value * 100, node, path)
            case Quantity(value=value, kind=kind) if kind == MONEY and value == value.quantize(_CENT) and value >= 0:
                return Payment(name, value)
            case None:
                return None
            case _:
                self.problem(
                    "Ce calcul ne donne pas un montant au centime", node, path, "Ajoutez arrondi(…, 'centime')."
                )
                return None

    def day(self, node: Node | None, path: str) -> date | None:
        if node is None or reserved(node, "") is not None:
            return None
        if not isinstance(node, Scalar):
            self.problem("Une date est attendue ici", node, path, "Écrivez par exemple « 2024-06-01 ».", "DON-04")
            return None
        if node.text.startswith("= ") and not node.quoted:
            found = self.compute(node, path)
            if found is not None and not isinstance(found, date | Unknown):
                remedy = "Exemple : = duree.fin + mois(3)."
                self.problem("Ce calcul ne donne pas une date", node, path, remedy, "DON-18")
            return found if isinstance(found, date) else None
        try:
            return parse_date(node.text)
        except FrenchError as error:
            self.problem(sentence(error.message), node, path, sentence(error.remedy), "DON-04")
            return None


def build_schedule(
    key: str, base: Decimal | None, node: Node, compute: Compute, report: Report, path: str
) -> ScheduleValue:
    """The schedule of the payments under `node`, by id.

    A percentage of the base is rounded to the cent, half up. « le reste » (or « le complément ») takes what is left to
    the cent; when percentages alone make 100 %, the last one does.

    Args:
        key: the key of the datum.
        base: euros, to the cent; None while it is unknown, then only what is said of the payments is read.
        node: the mapping of payments, or a list of blocks with an `id`.
        compute: runs a « = expression ».
        report: receives DON-14 when the payments do not make the base.
        path: the path of `node` in the definition.
    """
    reader = _Reader(compute, report)
    wrong = len(report.errors)
    payments: list[Payment] = []
    for name, one in entries_of(node):
        payment = reader.payment(name, one, f"{path}.{name}")
        if payment is not None:
            payments.append(payment)
    if not payments and len(report.errors) == wrong:
        reader.problem("L'échéancier n'a aucun versement", node, path, "Ajoutez les versements par identifiant.")
    rests = [one for one in payments if one.rest]
    if len(rests) > 1:
        second = next((one for name, one in entries_of(node) if name == rests[1].id), node)
        reader.problem(
            f"Deux versements prennent le reste : « {rests[0].id} » et « {rests[1].id} »",
            second,
            path,
            "Un seul versement peut prendre le reste.",
        )
    elif len(report.errors) == wrong:
        payments = _shared(payments, base, node, path, reader)
    payments = [one if one.share is None else replace(one, share=_share(one.amount, base)) for one in payments]
    return ScheduleValue(key, base or Decimal(0), tuple(payments), base is not None)


def entries_of(node: Node) -> list[tuple[str, Node]]:
    """The payments by id; those of a list by their `id`, else by rank."""
    match node:
        case MappingNode(entries=entries):
            return [(name.text, value) for name, value in entries]
        case SequenceNode(items=items):
            return [_named(rank, item) for rank, item in enumerate(items, start=1)]
        case _:
            return []


def _named(rank: int, item: Node) -> tuple[str, Node]:
    name = item.get("id") if isinstance(item, MappingNode) else None
    if isinstance(item, MappingNode) and isinstance(name, Scalar):
        kept = tuple((key, value) for key, value in item.entries if fold(key.text) != "id")
        return name.text, MappingNode(kept, item.place)
    return f"versement-{rank}", item


def _shared(payments: list[Payment], base: Decimal | None, node: Node, path: str, reader: _Reader) -> list[Payment]:
    """The payments with their amounts, checked against the base."""
    rates = sum((one.rate for one in payments if one.rate is not None), Decimal(0))
    rest = next((one for one in payments if one.rest), None)
    if rates > 100:
        reader.problem(f"Les versements dépassent 100 % : {format_number(rates)} %", node, path, "Corrigez les parts.")
        return payments
    if base is None:
        return payments
    shared = [one if one.rate is None else replace(one, amount=_part(base, one.rate)) for one in payments]
    left = base - sum((one.amount for one in shared), Decimal(0))
    if rest is not None and left > 0:
        return [replace(one, amount=left) if one.rest else one for one in shared]
    whole = rest is None and rates == 100 and all(one.rate is not None for one in shared)
    # A base of a few cents may leave less than nothing for the last share.
    if whole and shared[-1].amount + left >= 0:
        return [*shared[:-1], replace(shared[-1], amount=shared[-1].amount + left)]
    if left or rest is not None:
        _unbalanced(left, base, rest, node, path, reader)
    return shared


def _share(amount: Decimal, base: Decimal | None) -> Decimal | None:
    """The percentage of the base that an amount makes, two decimals, half up; exact ones lose their zeros."""
    if not base:
        return None
    rate = (amount * 100 / base).quantize(_CENT, ROUND_HALF_UP)
    return rate.to_integral_value() if rate == rate.to_integral_value() else rate


def _part(base: Decimal, rate: Decimal) -> Decimal:
    return (base * rate / 100).quantize(_CENT, ROUND_HALF_UP)


def _unbalanced(left: Decimal, base: Decimal, rest: Payment | None, node: Node, path: str, reader: _Reader) -> None:
    total = f"{format_amount(base - left)} pour {format_amount(base)}"
    if left < 0:
        reader.problem(f"Les versements dépassent la somme à verser : {total}", node, path, "Corrigez un montant.")
    elif rest is not None:
        reader.problem(
            f"Il ne reste rien pour le versement « {rest.id} » : {total}",
            node,
            path,
            "Retirez-le, ou corrigez un montant.",
        )
    else:
        reader.problem(
            f"Les versements ne font pas la somme à verser : {total}",
            node,
            path,
            "Donnez « le reste » au dernier versement, ou corrigez un montant.",
        )


def is_expression(node: Node | None) -> bool:
    """Whether a node is a « = expression »."""
    return isinstance(node, Scalar) and not node.quoted and node.text[:1] == "=" and node.text[1:2].isspace()
