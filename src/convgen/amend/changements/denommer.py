"""What the parties are called: a text typed by hand goes on calling one as it was."""

from __future__ import annotations

from collections.abc import Iterator

from convgen.acte.nodes import Acte
from convgen.amend.changements.termes import occurrences_of
from convgen.amend.texte.arbre import Part, alineas_in, parts_of
from convgen.amend.texte.forme import Tokens, tokens_of
from convgen.amend.texte.lieux import designate_part, index_of
from convgen.amend.texte.normaliser import ZONES
from convgen.errors import Diagnostic, Severity
from convgen.french.grammar import join_list

#: No more places than that are named.
_MOST = 5


def former_designations(base: Acte, new: Acte, tree: Part) -> Iterator[Diagnostic]:
    """Warn (AVE-29) of the words that called a party and that the new version still says.

    Args:
        base: The text in force.
        new: The new version.
        tree: The amendable tree of the new version.
    """
    called = {party.id: party.designation or "" for party in new.parties}
    in_use = {tokens_of(one) for one in called.values()}
    for party in base.parties:
        before, after = party.designation or "", called.get(party.id, "")
        words = tokens_of(before)
        if not words or not after or words in in_use:
            continue
        apart = {ZONES["comparution"][0], ZONES["intitule"][0]}
        places = [path for path, part in parts_of(tree) if path and path[0] not in apart and _says(part, words)]
        if places:
            yield _still_called(party.id, before, after, places, tree)


def _still_called(party: str, before: str, after: str, places: list[tuple[str, ...]], tree: Part) -> Diagnostic:
    index = index_of(tree)
    where = join_list([designate_part(index, path).le for path in places[:_MOST]])
    more = "…" if len(places) > _MOST else ""
    return Diagnostic(
        "AVE-29",
        f"« {party} » est désormais « {after} », et le texte dit encore « {before} »",
        cause=f"Ces mots sont tapés tels quels : {where}{more}.",
        remedy="Remplacez-les dans toute la convention, sous « modifications: », « termes: ».",
        severity=Severity.WARNING,
    )


def _says(part: Part, words: Tokens) -> bool:
    return any(occurrences_of(line.tokens, (words,)) for line in (part.title, *alineas_in(part.lines)))
