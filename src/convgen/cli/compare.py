"""`convgen comparer`: what changes between two versions of an act, for people and as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from convgen.cli.pipeline import digests_of, labels_of, make, open_workspace
from convgen.cli.render import paint, plural, print_diagnostics
from convgen.cli.signed import read_signed
from convgen.errors import ConvgenError, Diagnostic, Report
from convgen.french.amounts import format_amount
from convgen.french.grammar import join_list
from convgen.french.numbers import format_number

if TYPE_CHECKING:
    from convgen.acte.nodes import Acte
    from convgen.amend.changements.changements import Cause, Change, Pair
    from convgen.amend.changements.comparer import Comparison, Version

_LONGEST: Final = 400
_EUROS: Final = frozenset({"montant", "prix unitaire"})


@dataclass(slots=True)
class _Side:
    """One of the two versions."""

    version: Version
    labels: dict[str, str] = field(default_factory=dict)


def compare(old: str, new: str, terms: Sequence[str] = (), *, as_json: bool = False) -> int:
    """Print what changes between two versions.

    Args:
        old: The base: a definition, an identifier, or a tree saved as JSON.
        new: The new version, likewise.
        terms: Terms replaced everywhere, « ancien=nouveau » each.
        as_json: Print the changes as JSON.

    Returns:
        1 when they cannot be compared, 2 when a term is ill written, else 0.
    """
    report = Report()
    try:
        pairs = [typed_pair(one) for one in terms]
    except ConvgenError as error:
        print_diagnostics(error.diagnostics)
        return 2
    found: Comparison | None = None
    names = ("", "")
    try:
        sides = [_load(name, report) for name in (old, new)]
        if sides[0] is not None and sides[1] is not None:
            from convgen.amend.changements.comparer import compare as compare_versions

            before, after = sides[0], sides[1]
            names = (before.version.acte.id, after.version.acte.id)
            found = compare_versions(before.version, after.version, pairs, before.labels | after.labels)
    except ConvgenError as error:
        report.extend(error.diagnostics)
    if as_json:
        print(json.dumps(_as_json(found, names, report), ensure_ascii=False, indent=2))
    else:
        print_diagnostics(report)
        if found is not None:
            print("\n".join(_lines(found)))
    sys.stdout.flush()
    return 1 if report.errors or found is None else 0


def typed_pair(typed: str) -> Pair:
    """The pair typed as « ancien=nouveau ».

    Raises:
        ConvgenError: USA-01, it is not of that form.
    """
    from convgen.amend.changements.termes import pair_of

    old, equals, new = (part.strip() for part in typed.partition("="))
    if not (old and equals and new):
        remedy = "Écrivez par exemple : --terme bénévole=volontaire"
        raise ConvgenError(
            Diagnostic("USA-01", f"le terme « {typed} » n'est pas de la forme ANCIEN=NOUVEAU", remedy=remedy)
        )
    return pair_of(old, new)


# --- the two versions ---------------------------------------------------------------------------------------


def _load(name: str, report: Report) -> _Side | None:
    from convgen.amend.changements.comparer import Version

    path = Path(name)
    if path.suffix == ".json":
        acte = _saved(path, report)
        return _Side(Version(acte, {})) if acte is not None else None
    workspace = open_workspace((name,))
    wanted = str(path.resolve()) if path.exists() else name
    signed = read_signed(workspace, wanted)
    if signed is not None:
        report.extend(signed.notes)
        return _Side(Version(signed.acte, digests_of(signed.acte, workspace.root)))
    made = make(workspace, wanted, report)
    if made is None:
        return None
    labels = labels_of(workspace, made.resolved.modele, made.resolved.typed)
    return _Side(Version(made.acte, digests_of(made.acte, workspace.root)), labels)


def _saved(path: Path, report: Report) -> Acte | None:
    """A tree saved by `convgen generer --format json`."""
    from convgen.source.files import read_text
    from convgen.write.json import read_json

    text = read_text(path, str(path), report)
    return read_json(text) if text is not None else None


# --- JSON ---------------------------------------------------------------------------------------------------


def _as_json(found: Comparison | None, names: tuple[str, str], report: Report) -> dict[str, object]:
    data: dict[str, object] = {"diagnostics": [one.as_json() for one in report]}
    if found is None:
        return data
    from convgen.amend.changements.echange import delta_to_data

    clauses = [{"clause": name, "avant": before, "apres": after} for name, before, after in found.clauses]
    return data | delta_to_data(found.delta, found.base, names) | {"clauses": clauses, "hors": list(found.outside)}


# --- for people ---------------------------------------------------------------------------------------------


def _lines(found: Comparison) -> Iterator[str]:
    mere = list(found.delta.of_substance())
    if found.empty:
        yield "Aucune modification."
    else:
        yield _strong(plural(len(mere), "modification") if mere else "Aucune modification du texte.")
        yield from _causes(found)
        yield from _changes("Modifications", found, mere)
        yield from _changes("Numérotation", found, [one for one in found.delta.changes if one not in mere])
    yield from _notes(found)


def _strong(text: str) -> str:
    return paint(text, "fort", sys.stdout)


def _causes(found: Comparison) -> Iterator[str]:
    causes = [cause for cause in found.delta.causes if cause.kind.value in ("donnee", "partie", "terme")]
    if causes:
        yield ""
        yield _strong("Données, parties et termes")
    for cause in causes:
        key = "" if cause.kind.value == "terme" or cause.label == cause.key else f"  [{cause.key}]"
        yield f"  {cause.id}  {cause.label}{paint(key, 'discret', sys.stdout)}"
        yield from _before_after(cause.before or "(aucune)", cause.after or "(aucune)")
        said = difference(cause)
        if said:
            yield f"      écart : {said}"
        where = [*cause.effects, *(_count(len(cause.absorbed)))]
        if where:
            yield f"      dans : {join_list(where)}"


def _count(absorbed: int) -> list[str]:
    """The texts replaced for other reasons where the datum shows."""
    return [plural(absorbed, "texte remplacé", "textes remplacés")] if absorbed else []


def difference(cause: Cause) -> str:
    """« + 4 000 € (+ 8,33 %) », « − 5 points »; empty when the values are no numbers or one is unknown."""
    from convgen.amend.changements.causes import gap

    found = gap(cause)
    if found is None:
        return ""
    size = format_amount(abs(found.difference)) if cause.data in _EUROS else format_number(abs(found.difference))
    if cause.data == "pourcentage":
        return f"{_sign(found.difference)}{size} {'point' if abs(found.difference) < 2 else 'points'}"
    share = "" if found.percentage is None else f" ({_sign(found.percentage)}{format_number(abs(found.percentage))} %)"
    return f"{_sign(found.difference)}{size}{share}"


def _sign(number: Decimal) -> str:
    return "− " if number < 0 else "+ "


def _changes(title: str, found: Comparison, changes: Sequence[Change]) -> Iterator[str]:
    from convgen.amend.changements.differer import place_of
    from convgen.amend.changements.phrases import sentence, texts_of
    from convgen.amend.texte.lieux import index_of

    if not changes:
        return
    yield ""
    yield _strong(title)
    index = index_of(found.base)
    causes = {
        one: cause.id for cause in found.delta.causes for one in cause.effects if cause.kind.value != "numerotation"
    }
    for change in changes:
        ids = " > ".join(place_of(change).division)
        tail = f"  [{ids}]" if ids else ""
        why = f" ({causes[change.id]})" if change.id in causes else ""
        yield f"  {change.id}  {sentence(index, change)}{why}{paint(tail, 'discret', sys.stdout)}"
        before, after = texts_of(change)
        yield from _before_after(before, after)


def _before_after(before: str, after: str) -> Iterator[str]:
    yield from (paint(f"      - {line}", "erreur", sys.stdout) for line in _shown(before))
    yield from (paint(f"      + {line}", "vert", sys.stdout) for line in _shown(after))


def _shown(text: str) -> list[str]:
    """The lines of a text, cut when it is long: the JSON holds it whole."""
    short = text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " […]"
    return [line for line in short.split("\n") if line]


def _notes(found: Comparison) -> Iterator[str]:
    notes: list[str] = []
    notes.extend(
        f"La clause « {name} » passe de la version {old} à la version {new}." for name, old, new in found.clauses
    )
    if found.outside:
        notes.append(f"Diffèrent aussi, sans être modifiés par un avenant : {join_list(found.outside)}.")
    if found.delta.retouches:
        said = plural(found.delta.retouches, "retouche")
        notes.append(f"{said} de forme (espaces, guillemets, tirets, apostrophes) : ce ne sont pas des modifications.")
    if notes:
        yield ""
        yield from notes
