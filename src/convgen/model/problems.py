"""pydantic errors become diagnostics: French, with the place of the node and its path in the definition."""

from __future__ import annotations

from typing import TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from convgen.errors import CODES, Place, Report, fold
from convgen.model.schema.base import BLOCK_REMEDY, LIST_REMEDY, Empty, to_input
from convgen.source.yaml import MappingNode, Node, Scalar, SequenceNode, place_of

ModelT = TypeVar("ModelT", bound=BaseModel)

_SHAPES = {
    "model_type": ("un bloc de clés est attendu ici", BLOCK_REMEDY),
    "dict_type": ("un bloc de clés est attendu ici", BLOCK_REMEDY),
    "tuple_type": ("une liste est attendue ici", LIST_REMEDY),
    "list_type": ("une liste est attendue ici", LIST_REMEDY),
}
_OTHER_SHAPE = ("cette forme ne convient pas ici", "La page de référence du guide donne un exemple de cette clé.")


def validate(model: type[ModelT], node: Node, report: Report, path: str = "") -> tuple[ModelT | None, frozenset[str]]:
    """The model of a node, with every problem reported.

    What is wrong is set aside, as deep as it stands, and the rest is still given, so that later stages find their
    own problems in the same run.

    Returns:
        The model (None when even the rest is wrong), and the top-level keys that lost their whole value or one of
        their entries.
    """
    if not isinstance(node, MappingNode):
        message = "ce fichier doit contenir des clés et leurs valeurs"
        report.error(
            "DEF-03", message, node.place, path, remedy="Écrivez une clé par ligne, sous la forme « clé: valeur »."
        )
        return None, frozenset()
    aside: set[str] = set()
    kept: MappingNode | None = node
    for attempt in range(_ATTEMPTS):
        if kept is None:
            break
        try:
            return model.model_validate(to_input(kept, path), context=report), frozenset(aside)
        except ValidationError as error:
            details = error.errors(include_url=False)
        if not attempt:
            for one in details:
                _report(one, node, report, path)
        dropped, lacking = _at_fault(details)
        aside |= {str(steps[0]) for steps in dropped if len(steps) <= _AN_ENTRY}
        kept = _stand_in(model, _without(kept, dropped), lacking)
    return None, frozenset(aside)


_Steps: TypeAlias = tuple[str | int, ...]
#: Each round sets aside what the one before made wrong (a block that lost a key it needs).
_ATTEMPTS = 8
_AN_ENTRY = 2


def _at_fault(details: list[ErrorDetails]) -> tuple[set[_Steps], set[str]]:
    """The paths of what is to be set aside, and the keys that the whole lacks."""
    dropped, lacking = set[_Steps](), set[str]()
    for one in details:
        steps, absent = tuple(_steps(one)), one["type"] == "missing"
        if absent and len(steps) == 1:
            lacking.add(str(steps[0]))
        elif steps:
            # A block without its key, or whose name means nothing, goes as a whole.
            whole = absent or (steps[-1] == "id" and len(steps) > 1)
            dropped.add(steps[:-1] if whole else steps)
    return dropped, lacking


def _without(node: MappingNode, dropped: set[_Steps]) -> MappingNode:
    """The mapping without what stands at these paths."""
    found = _pruned(node, dropped)
    return found if isinstance(found, MappingNode) else node


def _pruned(node: Node, dropped: set[_Steps]) -> Node:
    if not dropped:
        return node
    match node:
        case MappingNode(entries=entries, place=place):
            kept = [(key, one, _under(dropped, key.text)) for key, one in entries]
            return MappingNode(tuple((key, _pruned(one, under)) for key, one, under in kept if () not in under), place)
        case SequenceNode(items=items, place=place):
            ranks = [rank for rank in range(len(items)) if () not in _under(dropped, rank)]
            return SequenceNode(tuple(_pruned(items[rank], _under(dropped, rank)) for rank in ranks), place)
        case _:
            return node


def _under(dropped: set[_Steps], step: str | int) -> set[_Steps]:
    """What is dropped below a step; the empty path is the step itself. Keys ignore accents and case."""
    return {steps[1:] for steps in dropped if steps[0] == step or _same(steps[0], step)}


def _same(one: str | int, other: str | int) -> bool:
    return isinstance(one, str) and isinstance(other, str) and fold(one) == fold(other)


def _stand_in(model: type[BaseModel], node: MappingNode, lacking: set[str]) -> MappingNode | None:
    """The mapping with a value in the place of the keys it lacks; None when one of them has no stand-in."""
    values: dict[str, str] = getattr(model, "stand_ins", {})
    if not lacking <= values.keys():
        return None
    if not lacking:
        return node
    made = tuple((_scalar(name, node.place), _scalar(values[name], node.place)) for name in sorted(lacking))
    return MappingNode((*node.entries, *made), node.place)


def _scalar(text: str, place: Place) -> Scalar:
    return Scalar(text, place, text)


def _steps(error: ErrorDetails) -> list[str | int]:
    """The path of an error, without the names of the branches of unions."""
    return [step for step in error["loc"] if not (isinstance(step, str) and step.startswith("<"))]


def _report(error: ErrorDetails, node: MappingNode, report: Report, prefix: str) -> None:
    steps = _steps(error)
    path = dotted(steps, prefix)
    if error["type"] == "missing":
        parent = place_of(node, steps[:-1])
        remedy = f"Ajoutez une ligne « {steps[-1]}: … »."
        report.error("DEF-02", f"il manque la clé « {steps[-1]} »", parent, dotted(steps[:-1], prefix), remedy=remedy)
        return
    place = place_of(node, steps)
    if error["type"] in CODES:
        context = error.get("ctx", {})
        report.error(error["type"], str(context["message"]), place, path, remedy=str(context["remedy"]))
        return
    if isinstance(error.get("input"), Empty):
        remedy = "Écrivez sa valeur, ou retirez la clé."
        report.error("DEF-03", "cette clé n'a pas de valeur", place, path, remedy=remedy)
        return
    message, remedy = _SHAPES.get(error["type"], _OTHER_SHAPE)
    report.error("DEF-03", message, place, path, remedy=remedy)


def dotted(steps: list[str | int], prefix: str = "") -> str:
    """A path as people read it: `articles[3].avec.preavis`; ranks count from 0."""
    path = prefix
    for step in steps:
        if isinstance(step, int):
            path += f"[{step}]"
        else:
            path += f".{step}" if path else step
    return path
