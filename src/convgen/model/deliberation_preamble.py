"""The preamble of a délibération or of an arrêté: visas, considérants and the report, in printed order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from convgen.errors import Diagnostic, Place, Report
from convgen.model.deliberation_acts import known_act
from convgen.model.deliberation_types import PreambleItem
from convgen.model.files import Files
from convgen.model.reserved import optional_source, source
from convgen.model.schema.acte import Visa
from convgen.model.schema.deliberation import Attendu, Vise
from convgen.model.values import TextSource
from convgen.model.visas import visa_texts
from convgen.source.nodes import folded
from convgen.source.yaml import PlacedText

_KINDS = ("vu", "considerant", "deport", "rapport", "theme")
_ONE = "Donnez une seule clé par élément : vu, considerant, deport, rapport ou theme."


def resolve_preamble(
    items: Sequence[Attendu] | None, files: Files, on: date, report: Report
) -> tuple[PreambleItem, ...]:
    """The items, in order.

    Args:
        items: as typed.
        files: gives the registry of texts and the acts.
        on: the day of the act; a text repealed before is signalled (DEF-18).
        report: receives DEL-01 (no key, or several), DEF-12 (unknown text), DEL-02 (unknown act).
    """
    return tuple(one for rank, item in enumerate(items or ()) for one in _item(item, rank, files, on, report))


def _item(item: Attendu, rank: int, files: Files, on: date, report: Report) -> Iterator[PreambleItem]:
    path = f"preambule[{rank}]"
    given = [name for name in _KINDS if getattr(item, name) is not None]
    if len(given) != 1:
        said = f"donne {len(given)} clés : {', '.join(given)}" if given else "ne dit rien"
        report.error("DEL-01", f"cet élément du préambule {said}", item.place, path, remedy=_ONE)
        return
    kind, place = given[0], item.place
    typed = getattr(item, kind)
    if kind == "vu":
        yield from _visa(item, path, files, on, report)
    elif kind == "rapport" and folded(typed.strip()) == "auto":
        yield PreambleItem("rapport", place=place)
    else:
        yield PreambleItem(kind, _words(typed), place=place)


def _words(text: PlacedText) -> TextSource:
    """The words without the mark that ends them: the pack has its own."""
    made = source(text, "définition")
    return TextSource(made.text.strip().rstrip(" \u00a0;,."), made.place, made.what, made.clause, made.indent)


def _visa(item: Attendu, path: str, files: Files, on: date, report: Report) -> Iterator[PreambleItem]:
    typed = item.vu
    if isinstance(typed, Vise) and typed.acte is not None:
        if known_act(files, typed.acte, f"{path}.vu.acte", report):
            yield PreambleItem("vu", optional_source(typed.nommer, "définition"), str(typed.acte), item.place)
        return
    visa: PlacedText | tuple[PlacedText, ...] | Visa
    if isinstance(typed, tuple) and item.intitule is not None:
        visa = Visa.model_construct(visa=typed, intitule=item.intitule)
        visa._node = item.node
    elif typed is not None:
        visa = typed
    else:
        return
    own = Report()
    for text in visa_texts([visa], "définition", files, on, own):
        words = text.text.strip().rstrip(" \u00a0;,.")
        yield PreambleItem("vu", TextSource(words, text.place, text.what), place=item.place or Place(""))
    for one in own:
        report.add(_under(one, path))


def _under(problem: Diagnostic, path: str) -> Diagnostic:
    """The problem, with its path in this definition."""
    return replace(problem, path=f"{path}.vu{problem.path.removeprefix('visas[0]')}")
