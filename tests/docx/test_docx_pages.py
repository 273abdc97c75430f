"""The pages announced before any program has laid the file out: widths, lines, kept paragraphs, totals."""

from __future__ import annotations

import re

import pytest
from docx_acts import LONG, acte, article, p
from docx_demo import NAMES, demo_docx
from docx_tools import W, document, gabarit, parts_of, written
from hypothesis import given
from hypothesis import strategies as st

from convgen.acte.nodes import TableOfContents
from convgen.write.docx.pager import Pager
from convgen.write.metrics import count_lines, is_serif, word_width

WORDS = st.text("abcdeé-", min_size=1, max_size=12)


def test_widths_are_those_of_arial_and_times() -> None:
    assert word_width("mille", False, False) == 833 + 3 * 222 + 556
    assert word_width("mille", True, False) == 778 + 3 * 278 + 444
    assert is_serif("Times New Roman")
    assert not is_serif("Arial")


@given(st.lists(WORDS, min_size=1, max_size=60), st.integers(2000, 60000))
def test_lines_hold_their_words(words: list[str], width: int) -> None:
    lines = count_lines(" ".join(words), width, False)
    total = sum(word_width(word, False, False) for word in words)
    assert lines >= -(-total // width) - 1
    assert lines <= 1 + total // width + len(words)
    assert count_lines(" ".join(words), width * 2, False) <= lines


def test_a_forced_line_counts() -> None:
    assert count_lines("un\ndeux", 40000, False) == 2


def test_a_heading_follows_what_it_is_kept_with() -> None:
    pager = Pager(100.0)
    pager.place(8, 10.0)
    pager.place(1, 10.0, keep=True)
    spot = pager.spot()
    pager.place(5, 10.0, whole=False)  # one line would fit, two must
    assert (spot.page, pager.page) == (2, 2)
    assert pager.y == 60.0


def test_two_lines_at_least_stand_at_the_foot_and_at_the_head() -> None:
    pager = Pager(100.0)
    pager.place(7, 10.0)
    pager.place(4, 10.0, whole=False)
    assert (pager.page, pager.y) == (2, 20.0)


def test_header_rows_come_back_on_each_page() -> None:
    pager = Pager(100.0, repeated=10.0)
    pager.place(1, 95.0)
    pager.place(1, 20.0)
    assert (pager.page, pager.y) == (2, 30.0)


def test_the_foot_announces_the_pages_of_the_act() -> None:
    blocks = [article(f"a{rank}", f"Article {rank}", p(LONG * 4)) for rank in range(30)]
    foot = written(acte(*blocks), "departement")["word/footer1.xml"].decode()
    found = re.search(r"NUMPAGES.*?<w:t[^>]*>(\d+)</w:t>", foot, re.DOTALL)
    assert found is not None
    assert 5 <= int(found[1]) <= 9


@pytest.mark.parametrize("name", NAMES)
def test_no_entry_is_beyond_the_last_page(name: str) -> None:
    parts = parts_of(demo_docx(name))
    pages = re.search(r"NUMPAGES.*?<w:t[^>]*>(\d+)</w:t>", parts["word/footer1.xml"].decode(), re.DOTALL)
    found = re.findall(r"PAGEREF.*?<w:t[^>]*>(\d+)</w:t>", parts["word/document.xml"].decode())
    numbers = [int(number) for number in found]
    assert pages is not None
    assert numbers == sorted(numbers)
    assert all(number <= int(pages[1]) for number in numbers)


def test_a_heading_dealt_last_near_the_foot_gets_a_line_before_it() -> None:
    shell = 1  # paragraph of the gabarit above the act
    blocks = [article(f"a{rank}", f"Article {rank}", p(LONG * 5)) for rank in range(30)]
    root = document(acte(*blocks))
    children = list(root[0])
    styles = [one.find(f"{W}pPr/{W}pStyle") for one in children]
    added = [place for place, style in enumerate(styles) if style is not None and style.get(f"{W}val") == "ActeSaut"]
    for place in added:
        assert (place + shell) % 21 in (19, 20, 0)
        assert children[place].find(f"{W}pPr/{W}keepNext") is not None
    assert len(added) <= 4


def test_the_table_of_contents_takes_its_room() -> None:
    blocks = [article(f"a{rank}", f"Article {rank}", p("Texte.")) for rank in range(60)]
    root = document(acte(TableOfContents(1), *blocks))
    first = next(one for one in root.iter(f"{W}hyperlink"))
    assert "".join(text.text or "" for text in first.iter(f"{W}t")).endswith("2")
    assert gabarit().looks["TOC1"].line > 0
