"""Two versions of an act compared: the changes with their causes, proved by applying them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from convgen.acte.nodes import Acte
from convgen.amend.changements.appliquer import verify
from convgen.amend.changements.causes import with_causes
from convgen.amend.changements.changements import Delta, Pair
from convgen.amend.changements.differer import diff
from convgen.amend.texte.arbre import Part, parts_of
from convgen.amend.texte.normaliser import normal, outside
from convgen.errors import DefinitionError, Diagnostic

#: Below this share of common articles, two acts with other identifiers are not two versions of one.
_IN_COMMON: Final = 0.5


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an act; `files` are the digests of its annexes that are foreign files, by identifier."""

    acte: Acte
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two versions have of different.

    Attributes:
        base: The amendable tree of the base.
        delta: The changes, with their causes.
        outside: What differs and that an avenant does not carry ("visas", "cartouche"…).
        clauses: The clauses whose version changes: identifier, version before, version after.
    """

    base: Part
    delta: Delta
    outside: tuple[str, ...]
    clauses: tuple[tuple[str, str, str], ...]

    @property
    def empty(self) -> bool:
        """Whether no stipulation and no party changes."""
        return not self.delta.changes and not self.delta.causes


def compare(
    old: Version, new: Version, pairs: Sequence[Pair] = (), labels: Mapping[str, str] | None = None
) -> Comparison:
    """Compare two versions of an act.

    Args:
        old: The base.
        new: The new version.
        pairs: Terms replaced in the whole text.
        labels: What people call the data, by key.

    Raises:
        DefinitionError: AVE-01, these are two acts; AVE-02, an identifier is borne twice.
        RefusError: AVE-03, the changes do not give the new version back.
    """
    a, b = normal(old.acte, old.files), normal(new.acte, new.files)
    check_same_act(old.acte, new.acte, a, b)
    delta = diff(a, b, pairs)
    verify(delta, a, b)
    delta = with_causes(delta, old.acte, new.acte, labels)
    return Comparison(a, delta, outside(old.acte, new.acte), clause_versions(old.acte, new.acte))


def check_same_act(old: Acte, new: Acte, a: Part, b: Part, *, parties: bool = False) -> None:
    """Check that two acts are two versions of one.

    Args:
        old: The base.
        new: The new version.
        a: The amendable tree of the base.
        b: That of the new version.
        parties: Acts with other identifiers must have most of their parties in common too: two conventions drawn
            from one modèle may be compared, but one does not amend the other.

    Raises:
        DefinitionError: AVE-01, they are not.
    """
    alike = _in_common(a, b) >= _IN_COMMON and (not parties or _parties_in_common(old, new) > _IN_COMMON)
    if old.kind == new.kind and (old.id == new.id or alike):
        return
    what = "n'ont pas les mêmes parties" if parties else "n'ont pas les mêmes articles"
    what = "ne sont pas de même nature" if old.kind != new.kind else what
    raise DefinitionError(
        Diagnostic(
            "AVE-01",
            f"« {old.id} » et « {new.id} » sont deux actes différents",
            cause=f"ils {what} ; seules deux versions d'un même acte se comparent",
            remedy="Donnez deux versions du même acte. Les articles gardent leur identifiant d'une version à l'autre.",
        )
    )


def _parties_in_common(old: Acte, new: Acte) -> float:
    """The share of the organismes of either act that both have."""
    mine, theirs = ({party.organisme for party in acte.parties} for acte in (old, new))
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 1.0


def _in_common(a: Part, b: Part) -> float:
    """The share of the articles of the shorter act that the other has too."""
    mine, theirs = ({part.id for _, part in parts_of(one) if part.kind == "division"} for one in (a, b))
    shorter = min(len(mine), len(theirs))
    return len(mine & theirs) / shorter if shorter else 1.0


def clause_versions(old: Acte, new: Acte) -> tuple[tuple[str, str, str], ...]:
    """The clauses whose version changes: identifier, version before, version after."""
    before, after = dict(old.provenance.clauses), dict(new.provenance.clauses)
    return tuple((name, before[name], after[name]) for name in before if after.get(name, before[name]) != before[name])
