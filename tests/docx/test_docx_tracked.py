"""Tracked changes: accepting all of them gives the new version, refusing all of them the base (law L7)."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx_tools import W, gabarit, parts_of
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from lxml import etree

from convgen.acte.nodes import (
    Acte,
    Block,
    Deleted,
    Division,
    Inserted,
    ListBlock,
    ListItem,
    Note,
    Number,
    Paragraph,
    Role,
    Section,
    Signature,
    SignatureGrid,
    Text,
    Zone,
)
from convgen.amend.changements.changements import Term
from convgen.amend.changements.differer import Grain, diff
from convgen.amend.changements.termes import pair_of
from convgen.amend.changements.vocabulaire import replace_terms
from convgen.amend.numeros.numeros import Policy
from convgen.amend.numeros.numeroter import number_against
from convgen.amend.suivi.preuve import RedlineError, verify_tracked
from convgen.amend.suivi.suivi import tracked
from convgen.amend.texte.etat import State
from convgen.amend.texte.normaliser import normal
from convgen.write.docx import Revision, write_docx
from convgen.write.docx.relecture import accepted_lines, refused_lines

sys.path.insert(0, str(Path(__file__).parents[1] / "amend"))
from amend_acts import act, article, items, line, par, table, two_versions

WHO = Revision("Avenant n° 1 – Département", datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
#: More of them by hand: CONVGEN_EXEMPLES=3000.
EXAMPLES = int(os.environ.get("CONVGEN_EXEMPLES", "90"))
quick = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
PAIRS = (pair_of("bénéficiaire", "usager"), pair_of("bénéficiaires", "usagers"), pair_of("la ville", "la commune"))


def redline(old: Acte, new: Acte) -> bytes:
    delta = diff(normal(old), normal(new))
    return write_docx(tracked(old, new, delta), gabarit(), WHO)


def proved(old: Acte, new: Acte) -> etree._Element:
    """The document, once both versions are found in it."""
    data = redline(old, new)
    verify_tracked(accepted_lines(data), refused_lines(data), old, new)
    return etree.fromstring(parts_of(data)["word/document.xml"])


@given(two_versions())
@quick
def test_l7_both_versions_are_found_again(versions: tuple[Acte, Acte]) -> None:
    proved(*versions)


@given(two_versions(), st.sampled_from(Policy))
@settings(parent=quick, max_examples=EXAMPLES // 3)
def test_l7_holds_with_the_numbers_of_an_avenant(versions: tuple[Acte, Acte], policy: Policy) -> None:
    old, new = versions
    proved(old, number_against(new, State(old), policy))


@given(two_versions(), st.sampled_from(Grain))
@settings(parent=quick, max_examples=EXAMPLES // 3)
def test_l7_holds_whatever_is_rewritten_whole(versions: tuple[Acte, Acte], grain: Grain) -> None:
    old, new = versions
    delta = diff(normal(old), normal(new), grain=grain)
    data = write_docx(tracked(old, new, delta), gabarit(), WHO)
    verify_tracked(accepted_lines(data), refused_lines(data), old, new)


def test_what_comes_back_word_for_word_stays() -> None:
    """An avenant may rewrite a whole article; its reader wants to see what is new in it."""
    delta = diff(normal(ONE), normal(TWO), grain=Grain.ARTICLE)
    article_ = tracked(ONE, TWO, delta).zones[0].blocks[0]
    assert isinstance(article_, Division) and isinstance(article_.blocks[0], Paragraph)


@given(two_versions())
@settings(parent=quick, max_examples=EXAMPLES // 3)
def test_l7_holds_with_terms(versions: tuple[Acte, Acte]) -> None:
    old, new = versions
    new, _ = replace_terms(new, PAIRS)
    delta = diff(normal(old), normal(new), PAIRS)
    event(f"term kept: {any(isinstance(one, Term) for one in delta.changes)}")
    data = write_docx(tracked(old, new, delta), gabarit(), WHO)
    verify_tracked(accepted_lines(data), refused_lines(data), old, new)


ONE, TWO = (
    act(article("a", "Objet", par("Un."), par("Deux."))),
    act(article("a", "Objet", par("Un."), par("Trois ici."), par("Deux autres."))),
)


def test_each_revision_is_signed_and_the_bytes_are_always_the_same() -> None:
    root = proved(ONE, TWO)
    revisions = [one for one in root.iter(f"{W}ins", f"{W}del")]
    assert revisions
    assert {one.get(f"{W}author") for one in revisions} == {"Avenant n° 1 – Département"}
    assert {one.get(f"{W}date") for one in revisions} == {"2026-03-02T09:30:00Z"}
    ids = [one.get(f"{W}id") for one in root.iter(f"{W}ins", f"{W}del", f"{W}pPrChange", f"{W}bookmarkStart")]
    assert len(ids) == len(set(ids))
    assert redline(ONE, TWO) == redline(ONE, TWO)


def test_an_act_without_changes_has_no_revision() -> None:
    root = proved(ONE, ONE)
    assert not list(root.iter(f"{W}ins", f"{W}del"))


def test_without_a_revision_changes_are_looks() -> None:
    shown = tracked(ONE, TWO, diff(normal(ONE), normal(TWO)))
    root = etree.fromstring(parts_of(write_docx(shown, gabarit()))["word/document.xml"])
    assert not list(root.iter(f"{W}ins", f"{W}del"))
    assert list(root.iter(f"{W}u")) and b"change=" not in etree.tostring(root)


CELLS = table(("Objet", "Montant"), ("Loyer", "500 €"), ("Repas", "1 500 €"))
OTHER = table(("Objet", "Montant", "Date"), ("Loyer", "500 €", "mai"))
FRAMES = SignatureGrid((Signature("a", (line("Le maire"),), line("Jean")), Signature("b", (line("Le préfet"),))))


@pytest.mark.parametrize(
    ("old", "new", "blank"),
    [
        ((par("Un."), CELLS), (par("Un."), par("Deux."), CELLS), 0),
        ((par("Un."), par("Deux."), CELLS), (par("Un."), CELLS), 0),
        ((par("Un."), par("Deux."), par("Trois."), CELLS), (par("Un."), par("Autre chose ici."), CELLS), 0),
        ((par("Un."), CELLS), (par("Un."), CELLS, par("Deux."), par("Trois.")), 1),
        ((par("Un."), CELLS, par("Deux."), par("Trois.")), (par("Un."), CELLS), 1),
        ((CELLS, par("Milieu."), CELLS), (CELLS, par("Tout autre chose."), CELLS), 0),
        ((par("Un."), CELLS), (par("Un."), OTHER), 1),
        ((par("Un."), CELLS, par("Fin.")), (par("Un."), par("Fin.")), 0),
        ((items("un", "deux", style="1°"),), (items("un", "neuf", "deux", style="1°"), par("Fin.")), 0),
        ((par("Un."), items("un", "deux")), (items("un", "deux"),), 0),
        ((Section((CELLS,)), par("Un.")), (Section((CELLS, par("Deux."))), par("Un.")), 0),
        ((par("Un."),), (FRAMES,), 1),
        ((par("Lu."), FRAMES), (par("Lu et approuvé."), FRAMES), 0),
    ],
)
def test_no_blank_line_is_left_beside_tables_and_at_the_end(
    old: tuple[Block, ...], new: tuple[Block, ...], blank: int
) -> None:
    """A mark that cannot go (before a table, at the end) stays and another one goes in its place."""
    for one, other in ((old, new), (new, old)):
        body = _body(one, other)
        places = [_blanks(body, tag) for tag in ("ins", "del")]
        assert max(places) - _blanks(_body(one, one), "ins") <= blank


def _body(one: tuple[Block, ...], other: tuple[Block, ...]) -> etree._Element:
    body = proved(act(article("a", "Objet", *one)), act(article("a", "Objet", *other))).find(f"{W}body")
    assert body is not None
    return body


def _blanks(body: etree._Element, gone: str) -> int:
    """The paragraphs of a style of text that are left empty."""
    count, words = 0, False
    for one in body.iterchildren(f"{W}p"):
        kept = (text for text in one.iter(f"{W}t", f"{W}delText") if text.getparent().getparent().tag != f"{W}{gone}")
        words = words or any(text.text for text in kept)
        if one.find(f"{W}pPr/{W}rPr/{W}{gone}") is None:
            style = one.find(f"{W}pPr/{W}pStyle")
            count += not words and style is not None and style.get(f"{W}val") != "ActeSaut"
            words = False
    return count


def test_the_paragraph_that_carries_a_mark_keeps_both_looks() -> None:
    old = act(article("a", "Objet", par("Un."), Paragraph((Text("Titre"),), Role.SUBHEAD), CELLS))
    new = act(article("a", "Objet", par("Un."), CELLS))
    change = proved(old, new).find(f".//{W}pPrChange/{W}pPr/{W}pStyle")
    assert change is not None and change.get(f"{W}val") == "ActeIntertitre"


def test_a_row_that_comes_says_something_else_too() -> None:
    """A row whose properties are a revision only is refused by validators."""
    other = table(("Objet", "Montant"), ("Loyer", "500 €"), ("Eau", "12,5 €"), ("Repas", "1 500 €"))
    root = proved(act(article("a", "Objet", CELLS)), act(article("a", "Objet", other)))
    (row,) = [one for one in root.iter(f"{W}tr") if one.find(f"{W}trPr/{W}ins") is not None]
    assert row.find(f"{W}trPr/{W}cantSplit") is not None
    assert "".join(row.itertext()) == "Eau12,5 €"


def test_numbers_are_text_so_that_none_moves() -> None:
    old = act(article("a", "Un", par("x")), article("b", "Deux", items("un", "deux", style="a)")))
    new = act(article("a", "Un", par("x")), article("n", "Neuf", par("y")), *old.zones[0].blocks[1:])  # type: ignore[arg-type]
    root = proved(old, new)
    assert not list(root.iter(f"{W}numPr")) or {
        one.find(f"{W}numId").get(f"{W}val") for one in root.iter(f"{W}numPr")
    } == {"0"}  # type: ignore[union-attr]
    text = "".join(root.itertext())
    assert "ARTICLE 2ARTICLE 3" in text and "a)" in text


def test_the_title_changes_in_the_margins_too() -> None:
    old = act(article("a", "Un", par("x")), intitule=par("Convention de la ville"))
    old = replace(old, title="Convention de la ville")
    new = act(article("a", "Un", par("x")), intitule=par("Convention de l’État"))
    new = replace(new, title="Convention de l’État")
    shown = tracked(old, new, diff(normal(old), normal(new)))
    assert (shown.title, shown.former_title) == ("Convention de l’État", "Convention de la ville")
    data = parts_of(write_docx(shown, gabarit("departement"), WHO))
    margins = [etree.fromstring(text) for name, text in data.items() if name.startswith(("word/header", "word/footer"))]
    titled = [one for one in margins if "Convention de l’État" in "".join(one.itertext())]
    for one in titled:
        assert "Convention de la ville" in "".join(one.itertext())
        assert list(one.iter(f"{W}del")) and list(one.iter(f"{W}ins"))
    assert not any("\ue000" in text.decode() for name, text in data.items() if name.endswith(".xml"))


def test_what_an_avenant_does_not_carry_is_that_of_the_base() -> None:
    visa = Paragraph((Text("Vu la loi."),), Role.VISA)
    old, new = (replace(one, zones=(Zone("visas", (visa,)), *one.zones)) for one in (ONE, TWO))
    new = replace(new, zones=(Zone("visas", (replace(visa, inlines=(Text("Vu le code."),)),)), *new.zones[1:]))
    text = "".join(proved(old, new).itertext())
    assert "Vu la loi." in text and "Vu le code." not in text


def test_a_note_stays_where_words_change_and_goes_with_words_that_go() -> None:
    note = Note((Text("Une note."),), 1)
    old = act(article("a", "Un", Paragraph((Text("La ville remet le bilan"), note, Text(" au préfet."))), par("y")))
    new = act(article("a", "Un", par("La ville remet le bilan au maire."), par("y")))
    data = parts_of(redline(old, new))
    assert b"Une note." in data["word/footnotes.xml"] and b"<w:del " not in data["word/footnotes.xml"]
    gone = act(article("a", "Un", par("y")))
    assert b"<w:del " in parts_of(redline(old, gone))["word/footnotes.xml"]


def test_only_the_words_that_change_are_shown() -> None:
    old, new = (act(article("a", "Un", par(f"Le bilan est remis le {day} juin au préfet."))) for day in (1, 15))
    shown = tracked(old, new, diff(normal(old), normal(new)))
    (zone,) = shown.zones
    division = zone.blocks[0]
    paragraph = division.blocks[0]  # type: ignore[union-attr]
    assert paragraph.inlines == (  # type: ignore[union-attr]
        Text("Le bilan est remis le "),
        Deleted((Text("1 juin"),)),
        Inserted((Text("15 juin"),)),
        Text(" au préfet."),
    )


def test_marks_that_shift_are_changes() -> None:
    old = act(article("a", "Un", items("le bilan", "le budget", style="1°")))
    new = act(article("a", "Un", items("le loyer", "le bilan", "le budget", style="1°")))
    shown = tracked(old, new, diff(normal(old), normal(new)))
    block = shown.zones[0].blocks[0].blocks[0]  # type: ignore[union-attr]
    assert isinstance(block, ListBlock)
    assert [(one.marker, one.former) for one in block.items] == [("1°", None), ("2°", "1°"), ("3°", "2°")]


def test_numbers_that_change_are_shown() -> None:
    old = act(article("a", "Un", par("x")), article("b", "Deux", par("y")))
    new = act(article("b", "Deux", par("y")))
    shown = tracked(old, new, diff(normal(old), normal(new)))
    kept = shown.zones[0].blocks[1]
    assert isinstance(kept.number, Number)  # type: ignore[union-attr]
    assert (kept.number.former, kept.number.label) == ("ARTICLE 2", "ARTICLE 1")  # type: ignore[union-attr]


@pytest.mark.parametrize("fault", ["lost", "added", "changed", "swapped"])
def test_a_file_that_is_not_faithful_is_refused(fault: str) -> None:
    data = redline(ONE, TWO)
    accepted, refused = list(accepted_lines(data)), refused_lines(data)
    match fault:
        case "lost":
            del accepted[-1]
        case "added":
            accepted.append("Une ligne de trop.")
        case "changed":
            accepted[2] = accepted[2].replace("Trois", "Quatre")
        case "swapped":
            accepted[1], accepted[2] = accepted[2], accepted[1]
    verify_tracked(accepted_lines(data), refused, ONE, TWO)
    with pytest.raises(RedlineError, match="fidèle"):
        verify_tracked(accepted, refused, ONE, TWO)


@pytest.mark.parametrize("how", ["arrives", "goes", "stays", "moves"])
def test_a_list_in_an_item_without_words_is_found_again(how: str) -> None:
    inner = ListBlock((ListItem((par("Un conte ;"),)), ListItem((par("un jeu."),))), "1.", start=3)
    nested = article("n", "Neuf", par("Voici :"), ListBlock((ListItem((inner,)),), "-"), par("Fin."))
    one, two = article("a", "Un", par("Texte.")), article("b", "Deux", par("Autre."))
    versions = {
        "arrives": (act(one, two), act(one, nested, two)),
        "goes": (act(one, nested, two), act(one, two)),
        "stays": (act(one, nested), act(article("a", "Un", par("Texte neuf.")), nested)),
        "moves": (act(one, nested, two), act(one, two, nested)),
    }
    proved(*versions[how])


def test_a_preamble_that_arrives_or_goes_is_found_again() -> None:
    preamble = Division("preambule", 1, (Text("Préambule"),), (par("Un préambule."),))
    new = act(article("a", "Un", par("Texte.")), preambule=preamble)
    old = replace(new, zones=(Zone("preambule", ()), *new.zones[1:]))
    proved(old, new)
    proved(new, old)
