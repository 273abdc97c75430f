"""The payments of a schedule as they are typed: where they stand in the layers of an act, what each gives."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from convgen.errors import Place, fold
from convgen.french.amounts import parse_amount
from convgen.french.errors import FrenchError
from convgen.model.schedule import REST
from convgen.source.nodes import MappingNode, Node, Scalar, SequenceNode, folded


def payments_of(node: Node | None) -> Node:
    """The payments of a schedule: under `versements`, or the node itself."""
    below = node.get("versements") if isinstance(node, MappingNode) else None
    found = below if below is not None else node
    return found if found is not None else MappingNode((), Place(""))


def node_at(layers: Sequence[Node | None], steps: Sequence[str]) -> Node | None:
    """What stands at the end of a dotted key, in the strongest layer that has it; items of a list by their `id`."""
    for layer in layers:
        node: Node | None = layer
        for step in ["", *steps]:
            node = _below(value_of(node), step) if step else value_of(node)
        if node is not None and (not isinstance(node, MappingNode) or node.entries):
            return value_of(node)
    return None


def value_of(node: Node | None) -> Node | None:
    """The value of a datum that is declared where it is given."""
    if isinstance(node, MappingNode) and isinstance(node.get("type"), Scalar) and node.get("versements") is None:
        return node.get("donne") or node.get("defaut")
    return node


def _below(node: Node | None, step: str) -> Node | None:
    if isinstance(node, MappingNode):
        return node.get(step)
    if isinstance(node, SequenceNode):
        named = ((one.get("id"), one) for one in node.items if isinstance(one, MappingNode))
        return next(
            (one for name, one in named if isinstance(name, Scalar) and folded(name.text) == folded(step)), None
        )
    return None


def base_of(layer: Node, steps: Sequence[str]) -> Node | None:
    """The datum a schedule shares out, as its key names it; None when the layer does not say."""
    found = node_at([layer], steps)
    return found.get("base") if isinstance(found, MappingNode) else None


def amount_node(node: Node | None) -> Scalar | None:
    """What gives the amount of a payment: its `montant`, or the payment itself."""
    found = node.get("montant") if isinstance(node, MappingNode) else node
    return found if isinstance(found, Scalar) else None


def takes_rest(node: Scalar | None) -> bool:
    """Whether a payment is what is left."""
    return node is not None and fold(node.text.strip()) in REST


def amount_of(node: Scalar | None) -> Decimal:
    """The amount of a payment that the avenant gives; zero for what the schedule itself will refuse."""
    try:
        return parse_amount(node.text) if node is not None else Decimal(0)
    except FrenchError:
        return Decimal(0)
