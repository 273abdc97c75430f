"""What acts share of the work on trees: found again by the node itself, never by another that reads the same."""

from __future__ import annotations

from dataclasses import replace

from convgen.acte.memo import Memo, TreeMemo
from convgen.acte.nodes import Acte, Division, Note, Paragraph, Reference, Text, Zone
from convgen.acte.numbering import number_divisions
from convgen.acte.references import resolve_references, targets_of
from convgen.acte.walk import divisions_of


def line(*inlines: object) -> Paragraph:
    return Paragraph(tuple(Text(one) if isinstance(one, str) else one for one in inlines))  # type: ignore[misc]


def acte(*articles: Division) -> Acte:
    return Acte("convention", "essai", "", "Essai", (Zone("articles", articles),))


def article(name: str, *blocks: object) -> Division:
    return Division(name, 1, (Text(name),), blocks)  # type: ignore[arg-type]


def test_a_node_is_found_by_itself_and_by_the_use_made_of_it() -> None:
    memo: Memo[int] = Memo()
    one, same = line("texte"), line("texte")
    memo.keep(one, "a", 1)
    assert memo.find(one, "a") == 1
    assert memo.find(one, "b") is None
    assert memo.find(same, "a") is None


def test_a_memo_never_holds_more_than_its_limit() -> None:
    memo: Memo[int] = Memo(3)
    nodes = [line(str(rank)) for rank in range(10)]
    for rank, node in enumerate(nodes):
        memo.keep(node, None, rank)
        assert memo.find(node, None) == rank
    assert sum(memo.find(node, None) is not None for node in nodes) <= 3


def test_a_shared_article_takes_its_number_in_each_act() -> None:
    memo = TreeMemo()
    below = Division("b.un", 2, (Text("Un"),), (line("texte"),))
    shared = article("b", below)
    for before in ((), (article("a"),), (article("a"), article("z")), ()):
        made = number_divisions(acte(*before, shared), memo)
        numbers = [one.number.text for one in divisions_of(made.zones[0].blocks) if one.number is not None]
        rank = len(before) + 1
        assert numbers[-2:] == [str(rank), f"{rank}.1"]


def test_a_reference_to_nothing_is_reported_in_each_act() -> None:
    memo = TreeMemo()
    shared = article("b", line("Voir ", Reference("absent"), "."))
    for _ in range(2):
        made = number_divisions(acte(shared), memo)
        assert resolve_references(made, targets_of(made), memo)[1] == ("absent",)


def test_a_shared_paragraph_reads_as_each_act_numbers_what_it_names() -> None:
    memo = TreeMemo()
    shared = article(
        "b", line("Voir ", Reference("c"), "."), line("rien"), line("Une note", Note((Text("note"),)), ".")
    )
    for before in ((), (article("a"),), ()):
        made = number_divisions(acte(*before, shared, article("c")), memo)
        made, _ = resolve_references(made, targets_of(made), memo)
        division = made.zones[0].blocks[len(before)]
        assert isinstance(division, Division)
        first, second, third = division.blocks
        assert isinstance(first, Paragraph) and isinstance(third, Paragraph)
        reference = first.inlines[1]
        assert isinstance(reference, Reference)
        assert reference.number == str(len(before) + 2)
        assert second is shared.blocks[1]
        assert isinstance(third.inlines[1], Note) and third.inlines[1].number == 1


def test_the_memo_changes_nothing_to_the_tree() -> None:
    memo = TreeMemo()
    whole = acte(article("a", line("x", Reference("b"))), article("b", Division("b.c", 2, (), (line("y"),))))
    alone = number_divisions(whole)
    for _ in range(2):
        made = number_divisions(whole, memo)
        assert made == alone
        assert resolve_references(made, targets_of(made), memo) == resolve_references(alone, targets_of(alone))
    assert number_divisions(replace(whole, id="autre"), memo).zones == alone.zones
