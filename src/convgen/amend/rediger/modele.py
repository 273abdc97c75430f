"""What the writer of an avenant is told, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from convgen.acte.nodes import Block, Inlines
from convgen.errors import ConvgenError, Diagnostic
from convgen.french.grammar import NounPhrase


class RedactionError(ConvgenError, ValueError):
    """A change that cannot be worded, or an announcement that no change carries out (AVE-11)."""


_COARSER: Final = "Faites récrire l'article en entier : « --granularite article »."


def refused(message: str, remedy: str = _COARSER) -> RedactionError:
    """The error to raise."""
    return RedactionError(Diagnostic("AVE-11", message, remedy=remedy))


@dataclass(frozen=True, slots=True)
class AvenantArticle:
    """An article of the avenant, not numbered yet.

    Attributes:
        id: Unique in the avenant ("donnee-c1", "article-finances").
        title: Its heading, without label: « Modification de l'article 4 ».
        blocks: Its sentences and quotations.
        changes: The changes that it carries out.
        causes: The causes that it announces.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    changes: tuple[str, ...]
    causes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an avenant.

    Attributes:
        objects: Its object, item by item (« de porter … à … »), without final punctuation.
        articles: Its articles, in order.
        modified: What it amends, in one phrase (« les articles 1er, 2.2 et 3.2 »), "" for nothing.
    """

    objects: tuple[Inlines, ...]
    articles: tuple[AvenantArticle, ...]
    modified: str = ""


@dataclass(frozen=True, slots=True)
class PartyNote:
    """What changes in a party, said before the operations that carry it out.

    Attributes:
        key: The party ("parties.association"), as the key of its cause.
        what: "denomination", "representant", "adresse", "substituee", "ajoutee" or "retiree".
        party: The party; the one that takes over for "substituee".
        text: The new name, representative or address, as printed; "" for others.
        former: The party that another one takes over from.
        date: As printed, for a party that joins, leaves or takes over.
    """

    key: str
    what: str
    party: NounPhrase
    text: str = ""
    former: NounPhrase | None = None
    date: str = ""


@dataclass(frozen=True, slots=True)
class PaymentNote:
    """What becomes of an instalment, said after the announcement of the amount.

    Attributes:
        key: The key of the datum that it divides ("subvention").
        what: "fait" (paid, kept), "ajoute" or "recalcule".
        amount: As printed.
        name: The instalment (« l'acompte »), for one that is not added.
        when: When an added one is paid (« à la signature du présent avenant »).
        share: Its share, as printed, for one computed again.
    """

    key: str
    what: str
    amount: str
    name: NounPhrase | None = None
    when: str = ""
    share: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """How the changes are presented.

    Attributes:
        group: "donnees" (data once), "identiques" (also the same words in three places or more), "aucun".
        sub_article_noun: What sub-articles are called: "article", "paragraphe", "point".
        ancestors: In `pratique`, the headings above come before the text given again.
        single_article: One article for everything, when there are three changes at most.
        joined: The number of the annexe to the avenant that holds the new file, by annexe of the act; ranks from 1
            otherwise.
        retired: The numbers left by divisions that are gone, by identifier: those that come back are « rétablis ».
        parties: What changes in the parties.
        payments: What becomes of the instalments.
    """

    group: str = "donnees"
    sub_article_noun: str = "article"
    ancestors: bool = False
    single_article: bool = False
    joined: Mapping[str, str] = field(default_factory=dict)
    retired: Mapping[str, str] = field(default_factory=dict)
    parties: tuple[PartyNote, ...] = ()
    payments: tuple[PaymentNote, ...] = ()
