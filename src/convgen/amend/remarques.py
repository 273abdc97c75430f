"""What an avenant does not carry, what deserves a look, and the changes of party that nobody declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from convgen.acte.nodes import Acte
from convgen.amend.changements.changements import Alineas, Cause, CauseKind, Change, Delta, Pair, Term, Words
from convgen.amend.changements.comparer import clause_versions
from convgen.amend.changements.denommer import former_designations
from convgen.amend.changements.differer import place_of
from convgen.amend.changements.termes import substitute_alinea
from convgen.amend.changements.vocabulaire import left_behind, left_in_place, unsure
from convgen.amend.texte.arbre import Alinea, Line, Part, Path, alinea
from convgen.amend.texte.lieux import designate_words, index_of
from convgen.amend.texte.normaliser import NUMBER, nature_phrase, outside
from convgen.errors import DefinitionError, Diagnostic, Severity
from convgen.french.grammar import contract, join_list

if TYPE_CHECKING:
    from convgen.amend.preuve import Proof

_PARTIES: Final = "zone:parties"
_NAMES: Final = ("parties.", "partie.")
#: The places that a remark names.
_MOST: Final = 8


def remarks_of(
    found: Proof, actes: tuple[Acte, Acte], base: Part, new: Part, pairs: Sequence[Pair] = ()
) -> tuple[Diagnostic, ...]:
    """The remarks on a set of changes, in the order in which one reads them.

    Args:
        found: The changes and their words.
        actes: The base and the new version.
        base: The amendable tree of the base.
        new: That of the new version.
        pairs: The terms replaced.
    """
    return tuple(_remarks(found, actes, base, new, pairs))


def _remarks(
    found: Proof, actes: tuple[Acte, Acte], base: Part, new: Part, pairs: Sequence[Pair]
) -> Iterator[Diagnostic]:
    old, other = actes
    aside = outside(old, other)
    if any(place_of(change).division[:1] == ("zone:titre",) for change in found.delta.changes):
        # The number is printed in the title too, where the avenant amends it.
        aside = tuple(name for name in aside if name != NUMBER)
    if aside:
        owner = contract("de", nature_phrase(old.kind))
        yield _note(
            f"diffèrent aussi, sans être modifiés par l'avenant : {join_list(aside)}",
            f"Ces parties {owner} ne sont pas des stipulations.",
            "Donnez à l'avenant les siennes s'il le faut.",
        )
    if found.delta.retouches:
        many = found.delta.retouches > 1
        said = f"{found.delta.retouches} retouche{'s' if many else ''} de forme"
        verb = "ne sont pas portées" if many else "n'est pas portée"
        yield _note(
            f"{said} {verb} par l'avenant", "Espaces, guillemets, tirets, apostrophes ne changent pas le droit."
        )
    for name, before, after in clause_versions(old, other):
        message = f"la clause « {name} » passe de la version {before} à la version {after}"
        yield _note(message, remedy="Vérifiez que ce changement est voulu.")
    if pairs:
        yield from _terms(found.delta, pairs, base, new)
    yield from former_designations(old, other, new)


def _terms(delta: Delta, pairs: Sequence[Pair], base: Part, new: Part) -> Iterator[Diagnostic]:
    doubtful = _places(unsure(pairs, base), base)
    if doubtful:
        yield _note(
            f"singulier ou pluriel, à vérifier : {doubtful}",
            "Le terme remplacé s'écrit de même aux deux nombres, et rien devant lui ne dit lequel.",
            "S'il faut un pluriel, ajoutez ces mots aux termes (« soutien de cours: soutien d'ateliers »).",
        )
    kept = _places(left_in_place(pairs, new), new)
    if kept:
        yield _note(
            f"le terme remplacé reste à ces endroits : {kept}",
            "Un terme n'est remplacé ni dans une citation, ni dans une donnée, ni dans un article laissé de côté.",
            "Vérifiez qu'il doit y rester.",
        )
    left = left_behind(pairs, new)
    if left:
        words = join_list([f"« {word} »" for word in left])
        yield _note(
            f"mots de la même famille laissés tels quels : {words}", remedy="Ajoutez-les aux termes s'il le faut."
        )
    if delta.changes and not any(isinstance(change, Term) for change in delta.changes):
        message = "le terme n'est pas remplacé par un article propre : le dire à chaque endroit est plus court"
        yield _note(message, remedy="Il n'y a rien à faire.")


def _places(found: Iterable[tuple[Path, int | None, str]], part: Part) -> str:
    """« « un soutien de cours » (l'article 1), … », one mention for the same words of one place."""
    index = index_of(part)
    said = {(designate_words(index, path, rank).le, words): None for path, rank, words in found}
    shown = [f"« {words} » ({where})" for where, words in said][:_MOST]
    more = len(said) - len(shown)
    return join_list([*shown, *([f"{more} autres"] if more > 1 else ["un autre"] if more else [])])


def _note(message: str, cause: str = "", remedy: str = "") -> Diagnostic:
    return Diagnostic("AVE-29", message, cause=cause, remedy=remedy, severity=Severity.NOTE)


# --- parties ------------------------------------------------------------------------------------------------


def check_parties(
    delta: Delta, announced: frozenset[str] | None, pairs: Sequence[Pair] = (), known: Sequence[str] = ()
) -> None:
    """Check that every change of party is declared.

    Args:
        delta: The changes, with their causes.
        announced: The parties whose change is declared; None declares them all.
        pairs: The terms replaced: a term of the designation of the parties is no change of party.
        known: The parties that are known to change, by key.

    Raises:
        DefinitionError: AVE-21, one is not.
    """
    if announced is None:
        return
    changed = dict.fromkeys(key for key in map(_party, delta.causes) if key)
    silent = [key for key in changed if key not in announced]
    if silent:
        names = join_list([f"« {key} »" for key in silent])
        raise _unannounced(f"la partie {names} change" if len(silent) == 1 else f"les parties {names} changent")
    if not announced and not changed and any(_in_parties(change, pairs) for change in delta.changes):
        if known:
            names = join_list([f"« {key} »" for key in dict.fromkeys(known)])
            raise _unannounced(
                f"{'les parties' if len({*known}) > 1 else 'la partie'} {names} change"
                f"{'nt' if len({*known}) > 1 else ''}"
            )
        raise _unannounced("la désignation des parties change")


def _party(cause: Cause) -> str:
    """The party that a cause is about, "" when it is about none."""
    about = cause.kind in (CauseKind.PARTY, CauseKind.DATA) and cause.key.startswith(_NAMES)
    return cause.key.split(".")[1] if about else ""


def _in_parties(change: Change, pairs: Sequence[Pair]) -> bool:
    if isinstance(change, Term) or place_of(change).division[:1] != (_PARTIES,):
        return False
    match change:
        case Words(old=old, new=new):
            return not _mere_term((alinea(old),), (alinea(new),), pairs)
        case Alineas(old=lines, new=others):
            return not _mere_term(lines, others, pairs)
    return True


def _mere_term(old: Sequence[Line], new: Sequence[Line], pairs: Sequence[Pair]) -> bool:
    """Whether the new lines are the old ones with the new terms."""
    if not pairs or len(old) != len(new):
        return False
    both = zip(old, new, strict=True)
    return all(
        isinstance(one, Alinea) and isinstance(other, Alinea) and substitute_alinea(one, pairs).key == other.key
        for one, other in both
    )


def _unannounced(what: str) -> DefinitionError:
    return DefinitionError(
        Diagnostic(
            "AVE-21",
            f"{what}, et l'avenant ne l'annonce pas",
            cause="Un changement de partie n'est jamais tacite : une signature engage celui qui est désigné.",
            remedy="Nommez la partie sous « modifications: parties: » de l'avenant ; "
            "entre deux fichiers, ajoutez l'option --parties-annoncees.",
        )
    )
