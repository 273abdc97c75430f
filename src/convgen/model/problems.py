"""pydantic errors become diagnostics: French, with the place of the node and its path in the definition."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from convgen.errors import CODES, Report, fold
from convgen.model.schema.base import BLOCK_REMEDY, LIST_REMEDY, Empty, to_input
from convgen.source.yaml import MappingNode, Node, place_of

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

    When some keys are wrong, they are set aside and the rest is still given, so that later stages
    find their own problems in the same run.

    Returns:
        The model (None when even the rest is wrong), and the top-level keys set aside.
    """
    if not isinstance(node, MappingNode):
        message = "ce fichier doit contenir des clés et leurs valeurs"
        report.error(
            "DEF-03", message, node.place, path, remedy="Écrivez une clé par ligne, sous la forme « clé: valeur »."
        )
        return None, frozenset()
    value = to_input(node, path)
    try:
        return model.model_validate(value, context=report), frozenset()
    except ValidationError as error:
        details = error.errors(include_url=False)
        for one in details:
            _report(one, node, report, path)
    aside = frozenset(str(one["loc"][0]) for one in details if one["loc"])
    kept = MappingNode(tuple((key, item) for key, item in node.entries if not _among(key.text, aside)), node.place)
    try:
        return model.model_validate(to_input(kept, path), context=report), aside
    except ValidationError:
        return None, aside


def _among(key: str, folded: frozenset[str]) -> bool:
    return key in folded or fold(key) in folded


def _report(error: ErrorDetails, node: MappingNode, report: Report, prefix: str) -> None:
    steps = [step for step in error["loc"] if not (isinstance(step, str) and step.startswith("<"))]
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
