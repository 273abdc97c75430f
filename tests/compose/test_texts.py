"""Texts: Markdown, values, conditions, notes, provenance."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from stage import Stage

from convgen.acte.nodes import (
    Blank,
    FillIn,
    ListBlock,
    Note,
    Paragraph,
    Reference,
    Role,
    Strong,
    Superscript,
    Table,
    Text,
    Value,
)
from convgen.acte.runs import plain_text
from convgen.compose.markdown import parser, skeleton_of
from convgen.compose.text import mark_lines, split_lines
from convgen.compose.views.base import Printing
from convgen.compose.views.groups import view_of
from convgen.errors import Place
from convgen.french.grammar import parse_noun_phrase
from convgen.model.values import Amount, GroupItem, GroupValue, TextSource, TextValue


def only(stage: Stage, text: str) -> Paragraph:
    (block,) = stage.blocks(text)
    assert isinstance(block, Paragraph)
    return block


def test_an_amount_survives_as_a_value_with_its_key_and_exact_value(stage: Stage) -> None:
    (value,) = only(stage, "{{ subvention | montant }}").inlines
    assert value == Value("montant", "subvention", Decimal(300000), "300\u202f000\u00a0€ (trois cent mille euros)")


def test_a_unit_price_keeps_its_decimals(stage: Stage) -> None:
    assert stage.line("{{ tarif }} par abonné") == "0,2049\u00a0€ par abonné"


def test_a_date_and_bold(stage: Stage) -> None:
    inlines = only(stage, "le {{ debut | gras }}").inlines
    assert inlines == (Text("le "), Strong((Value("date", "debut", "2024-06-01", "1er\u00a0juin 2024"),)))


def test_an_unknown_value_is_a_blank_and_a_space_to_fill_is_not(stage: Stage) -> None:
    inlines = only(stage, "{{ inconnue }}, le {{ a_remplir('date') }}, {{ blanc('lieu') }}").inlines
    assert [type(node) for node in inlines] == [Blank, Text, FillIn, Text, Blank]


def test_a_false_condition_leaves_nothing(stage: Stage) -> None:
    text = "Un.\n{% if rien %}\n\nDeux.\n{% endif %}\n\nTrois."
    assert stage.lines(text) == ["Un.", "Trois."]


def test_a_false_condition_inside_a_list_does_not_cut_it(stage: Stage) -> None:
    blocks = stage.blocks("- un ;\n{% if rien %}\n- deux ;\n{% endif %}\n- trois.")
    assert len(blocks) == 1
    assert isinstance(blocks[0], ListBlock)
    assert len(blocks[0].items) == 2


def test_loops_punctuate_and_group(stage: Stage) -> None:
    text = "{% for v in volets %}\n- {{ v }}{{ loop | ponctue }}\n{% endfor %}"
    assert stage.lines(text) == ["- le volet\u00a01\u202f;", "- le volet\u00a02\u202f;", "- le volet\u00a03."]
    text = "{% for g in volets | groupe('an') %}\n- pour {{ g }}{{ loop | ponctue }}\n{% endfor %}"
    assert stage.lines(text) == ["- pour les volets\u00a01 et 2\u202f;", "- pour le volet\u00a03."]


def test_headings_carry_their_identifier_and_may_be_untitled(stage: Stage) -> None:
    assert stage.lines("## Montant [#montant]\n\nUn.\n\n## [#suite]\n\nDeux.\n\n## Sans nom\n\nTrois.") == [
        "## Montant [#montant]",
        "Un.",
        "##  [#suite]",
        "Deux.",
        "## Sans nom [#sans-nom]",
        "Trois.",
    ]


def test_lettered_and_degree_lists_need_no_blank_line(stage: Stage) -> None:
    assert stage.lines("Soit :\na) un ;\nb) deux.\n\n1° trois ;\n2° quatre.") == [
        "Soit\u00a0:",
        "a) un\u202f;",
        "a) deux.",
        "1° trois\u202f;",
        "1° quatre.",
    ]


def test_nested_lists(stage: Stage) -> None:
    (outer,) = stage.blocks("- un\n  - deux\n  - trois\n- quatre")
    assert isinstance(outer, ListBlock)
    inner = outer.items[0].blocks[1]
    assert isinstance(inner, ListBlock)
    assert len(inner.items) == 2


def test_what_looks_like_markdown_but_is_text_stays_text(stage: Stage) -> None:
    for text in ("2024. Une année.", "* étoile", "+ 5 %", "---", "<b>gras</b>", "[Nom]: compléter", "3) trois"):
        (line,) = stage.lines(text)
        assert line.replace("\u00a0", " ").replace("\u202f", " ") in (text, text.replace("]: ", "] : ")), text


def test_an_ordered_list_goes_on_only_in_order(stage: Stage) -> None:
    assert stage.lines("Voir :\n\n7. sept") == ["Voir\u00a0:", "7. sept"]
    assert not any(isinstance(block, ListBlock) for block in stage.blocks("7. sept"))
    blocks = stage.blocks("1. un\n2. deux")
    assert isinstance(blocks[0], ListBlock)
    assert len(blocks[0].items) == 2


def test_data_is_never_markdown(stage: Stage) -> None:
    assert stage.line("Le **{{ 'a*b|c_d' }}**") == "Le a*b|c_d"


def test_a_table_keeps_its_alignment_and_values(stage: Stage) -> None:
    (table,) = stage.blocks("| Poste | Montant |\n|---|---:|\n| Aide | {{ subvention }} |\n| **Total** | 1 |")
    assert isinstance(table, Table)
    assert [cell.align for cell in table.rows[0].cells] == ["left", "right"]
    assert [row.role for row in table.rows] == ["corps", "total"]


def test_a_table_row_with_too_many_cells_is_refused(stage: Stage) -> None:
    assert stage.problems("| A | B |\n|---|---|\n| 1 | 2 | 3 |") == [("TXT-07", 12)]


def test_notes_and_superscripts(stage: Stage) -> None:
    block = only(stage, "Le fonds [^1] du 3^e^ plan.\n\n[^1]: Au profit de {{ departement }}.")
    notes = [node for node in block.inlines if isinstance(node, Note)]
    assert plain_text(notes[0].children) == "Au profit du Département."
    assert Superscript((Text("e"),)) in block.inlines
    assert block.inlines[0] == Text("Le fonds")


def test_a_note_called_but_not_written_is_refused(stage: Stage) -> None:
    assert stage.problems("Le fonds[^2].") == [("TXT-07", 10)]


def test_a_bold_line_alone_is_a_subhead(stage: Stage) -> None:
    assert only(stage, "**Engagements**").role is Role.SUBHEAD


def test_references_wait_for_their_number(stage: Stage) -> None:
    assert Reference("bilan", "complet", False) in only(stage, "à {{ ref('bilan') }}").inlines


def test_every_block_knows_its_line(stage: Stage) -> None:
    blocks = stage.blocks("Un.\n{% if rien %}\n\nNon.\n{% endif %}\n\nDeux.\n\n- trois")
    assert [block.origin.line for block in blocks if not isinstance(block, Table)] == [10, 16, 18]  # type: ignore[union-attr]


@given(st.text(alphabet="ab {%}\n|-#*1.[]^", max_size=60))
def test_markers_leave_no_trace(text: str) -> None:
    marked = mark_lines(text)
    back, numbers = split_lines(marked)
    assert back == text
    assert len(numbers) == back.count("\n") + 1


_LINES = [
    "mot",
    "- mot",
    "1. mot",
    "a) mot",
    "## mot",
    "> mot",
    "mot | mot",
    "* mot",
    "7. mot",
    "**mot**",
    "---",
    "1° mot",
]


@given(st.lists(st.sampled_from(_LINES), max_size=8))
def test_every_typed_word_is_printed(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    assert _words(skeleton_of(text, parser()).blocks) == text.count("mot")


def _words(blocks: object) -> int:
    if isinstance(blocks, Text):
        return blocks.text.count("mot")
    if isinstance(blocks, tuple):
        return sum(_words(one) for one in blocks)
    names = ("blocks", "parts", "items", "children", "header", "rows")
    return sum(_words(getattr(blocks, name)) for name in names if hasattr(blocks, name))


def test_items_gather_by_a_text_too(stage: Stage) -> None:
    places = [Place("a.yaml", line) for line in (1, 2, 3)]
    texts = ["sud", "sud", "nord"]
    items = tuple(
        GroupItem(f"g.{n}", f"g{n}", n, {"zone": TextValue(f"g.{n}.zone", TextSource(text, place))})
        for n, (text, place) in enumerate(zip(texts, places, strict=True), start=1)
    )
    group = view_of(GroupValue("g", items, parse_noun_phrase("le lot")), Printing())
    there = Stage({**stage.context, "lots": group})
    text = "{% for g in lots | groupe('zone') %}\n- {{ g }} : {{ g.zone }}\n{% endfor %}"
    assert [line.replace("\u00a0", " ") for line in there.lines(text)] == [
        "- les lots 1 et 2 : sud",
        "- le lot 3 : nord",
    ]


def test_a_value_opens_a_sentence_after_a_bold_lead_in(stage: Stage) -> None:
    assert stage.line("**Objet.** {{ departement }} décide.") == "Objet. Le Département décide."
    assert stage.line("**Objet** {{ departement }} décide.") == "Objet le Département décide."


def test_a_text_of_the_data_is_said_anew_when_what_it_names_changes(stage: Stage) -> None:
    source = TextSource("le solde, soit {{ reste }}", Place("definition.yaml", 3))
    texts = [
        Stage(
            {
                "solde": view_of(TextValue("solde", source), Printing()),
                "reste": view_of(Amount("reste", Decimal(amount)), Printing()),
            },
            cache=stage.cache,
        ).line("Le Département verse {{ solde }}.")
        for amount in ("100", "200", "100")
    ]
    assert texts == [f"Le Département verse le solde, soit {amount}\u00a0€." for amount in (100, 200, 100)]
