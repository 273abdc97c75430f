"""The text, HTML and JSON writers say everything that is in the tree, and nothing is lost or executed."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from sample_acts import ACT, acts

from convgen.acte.nodes import Acte, Paragraph, Text, Value, Zone
from convgen.acte.walk import find_blanks, walk
from convgen.errors import DefinitionError
from convgen.write.charte import Charte, Couleurs
from convgen.write.html import write_html
from convgen.write.json import read_json, write_json
from convgen.write.text import write_text

_VOID = {"meta", "br", "col", "hr", "link", "img"}


class Reader(HTMLParser):
    """Checks that tags are well nested and gathers text, ids and links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if str(given.get("href", "")).startswith("#"):
            self.links.append(str(given["href"])[1:])
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def test_text_prints_numbers_lists_tables_notes_and_signatures() -> None:
    text = write_text(ACT)
    assert text.startswith("PROJET\n\nExemple, sans valeur\n\nDirection générale\nService des essais\n\n")
    assert "ARTICLE 1er : OBJET\n\nAu 1er juin, gras et italique.\n\n- un\n- deux\n  a) fin\n\n1.1. Sans titre." in text
    assert "300 000 €\u00a0(note\u00a01), voir l’article 1er" in text
    assert "[date de notification à compléter]" in text
    assert "Fait à Nice, le __________" in text
    assert "Pour la Ville\nLe Maire\n\nA. B." in text
    assert "ANNEXE 1 : Bilan" in text
    assert text.endswith("Notes\n(1) Hors taxes.\n")


def test_text_table_is_aligned_with_merged_cells() -> None:
    lines = [line for line in write_text(ACT).splitlines() if line.startswith("|")]
    assert len({len(line) for line in lines}) == 1, "every line has the same width"
    assert lines[1].startswith("|                    |"), "the merged cell leaves its place empty"
    assert lines[1].rstrip("| ").endswith("2025")
    assert lines[-1].startswith("| Total ")


def test_html_is_one_well_formed_accessible_page() -> None:
    html = write_html(ACT)
    page = Reader(html)
    assert page.open == []
    assert '<html lang="fr">' in html
    assert len(page.ids) == len(set(page.ids))
    assert set(page.links) <= set(page.ids), "every link has its target"
    assert html.count("<h1>") == 1
    assert "<script" not in html and "http" not in html
    headers = [attrs for tag, attrs in page.tags if tag == "th"]
    assert headers and all(attrs.get("scope") for attrs in headers)
    assert "CONVENTION <DÉMO>" in page.text and "<DÉMO>" not in html
    assert "Salaires & charges" in page.text
    assert '<mark class="blanc" data-cle="dates.notification">' in html
    assert '<a class="renvoi" href="#a1er">l’article 1er</a>' in html
    assert '<data value="300000.00">' in html
    assert '<time datetime="2024-06-01">1<sup>er</sup> juin 2024</time>' in html
    assert "PROJET" in page.text and "Exemple, sans valeur" in page.text


def test_html_takes_the_look_of_the_charte() -> None:
    html = write_html(ACT, Charte("Ville <A>", pied="1 place B", couleurs=Couleurs(principale="123456")))
    assert "--principale:#123456" in html
    assert "<strong>Ville &lt;A&gt;</strong><br>Direction générale<br>" in html
    assert "<footer" in html and html.count("1 place B") == 2, "on the screen and in the margin of the pages"


def test_html_of_a_final_act_does_not_say_projet() -> None:
    assert "PROJET" not in write_html(replace(ACT, draft=False))


def test_html_style_cannot_be_escaped_from() -> None:
    html = write_html(replace(ACT, mention='</style><script>alert("x")</script>'))
    assert "<script" not in html


@settings(max_examples=60, deadline=None)
@given(acts)
def test_json_gives_the_same_tree_back(act: Acte) -> None:
    again = read_json(write_json(act))
    assert again == act
    for one, other in zip(walk(act), walk(again), strict=True):
        if isinstance(one, Value) and isinstance(other, Value):
            assert (type(one.exact), str(one.exact)) == (type(other.exact), str(other.exact))


def test_json_of_the_full_act_comes_back() -> None:
    assert read_json(write_json(ACT)) == ACT


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"format": "autre"}',
        write_json(ACT).replace('"version": 1', '"version": 99', 1),
        write_json(ACT).replace('"type": "Strong"', '"type": "Fort"', 1),
        write_json(ACT).replace('"role": "titre"', '"role": "roi"', 1),
        write_json(ACT).replace('"decimal": "300000.00"', '"decimal": "abc"', 1),
        write_json(ACT).replace('"kind": "convention"', '"genre": "convention"', 1),
    ],
)
def test_json_that_is_not_an_act_is_refused(text: str) -> None:
    with pytest.raises(DefinitionError):
        read_json(text)


@settings(max_examples=40, deadline=None)
@given(acts)
def test_every_word_is_in_the_text_and_in_the_page(act: Acte) -> None:
    text, page = write_text(act), Reader(write_html(act))
    assert page.open == []
    for one in walk(act.zones):
        if isinstance(one, Text) and (word := one.text.strip()):
            assert all(part in text for part in re.split(r"\s+", word))
            assert word in page.text


def test_blanks_are_found_once_with_their_places() -> None:
    (blank,) = find_blanks(ACT)
    assert (blank.key, blank.hint) == ("dates.notification", "date de notification")
    assert blank.where == ("comparution", "article 2")


def test_a_paragraph_that_holds_only_a_break_is_harmless() -> None:
    act = replace(ACT, zones=(Zone("articles", (Paragraph(()),)),), annexes=())
    assert write_text(act)
    assert Reader(write_html(act)).open == []
