"""What decides of the annexes of a délibération: an act is authorised or approved, a foreign piece is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from convgen.acte.nodes import Acte, Paragraph
from convgen.acte.runs import plain_text
from convgen.acte.walk import walk
from convgen.bundle.citations import cited_annexes
from convgen.bundle.liasse import ACT, Liasse
from convgen.errors import Diagnostic, Severity
from convgen.model.deliberation_types import ResolvedDeliberation
from convgen.model.liasse_types import Entry, Series

#: The words by which a sentence typed by hand allows to sign an act, or approves it.
_ALLOWS: Final = re.compile(r"\b(?:sign(?:er|ature)|approuv|approb)", re.IGNORECASE)


def undecided(liasse: Liasse, series: Series, tree: Acte | None, severity: Severity) -> Iterator[Diagnostic]:
    """LIA-06 for each annexe of a délibération that it does not decide of.

    Args:
        liasse: the liasse put together.
        series: the délibération and its annexes.
        tree: the délibération composed.
        severity: of an act annexed that nothing allows to sign; a foreign piece that is not cited is only remarked.
    """
    d = series.deliberation
    decided = {*d.authorised, *d.pieces}
    acts = {one.id for one in liasse.pieces if one.kind == ACT and one.parents == (d.id,)}
    foreign = {one.id for one in liasse.pieces if one.foreign and one.parents == (d.id,)}
    cited = _cited(tree)
    for one in series.entries:
        number = one.number.replace("\u00a0", " ").casefold()
        if one.id in acts and (one.id not in decided or _only_named(d, one.id)):
            yield _act(d, one, severity)
        elif one.id in foreign and one.id not in decided and number not in cited:
            message = f"« {one.id} » est jointe en annexe {one.number}, et la délibération « {d.id} » ne la cite pas"
            remedy = f"Citez-la : « piece: {one.id} » sous une décision ; annexez-la à un acte par « sous: » ; sinon, "
            remedy += "rien à faire."
            yield Diagnostic("LIA-06", message, one.place, f"pieces.{one.id}", "", remedy, Severity.NOTE)


def _act(d: ResolvedDeliberation, entry: Entry, severity: Severity) -> Diagnostic:
    message = f"l'acte « {entry.id} » est annexé, et la délibération « {d.id} » n'autorise pas à le signer"
    remedy = f"Ajoutez « signer: {entry.id} » à la délibération, ou retirez-le de la liasse."
    return Diagnostic("LIA-06", message, entry.place, "annexes", "", remedy, severity)


def _only_named(d: ResolvedDeliberation, name: str) -> bool:
    """Whether the only words that name an act are typed by hand, and neither allow to sign it nor approve it."""
    if name in d.authorised:
        return False
    naming = [one for one in d.decisions if one.piece == name]
    return all(
        one.kind != "approuver" and not _ALLOWS.search(one.subject.text if one.subject is not None else "")
        for one in naming
    )


def _cited(tree: Acte | None) -> frozenset[str]:
    """The numbers of the annexes that the délibération names."""
    paragraphs = (node for node in walk(tree.zones) if isinstance(node, Paragraph)) if tree is not None else ()
    return frozenset(number for one in paragraphs for number in cited_annexes(plain_text(one.inlines)))
