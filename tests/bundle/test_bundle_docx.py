"""Several acts in one Word file: each keeps its look and its numbers, nothing is shared that should not be."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from bundle_acts import agreement
from bundle_word import Lists, W, acts_in, asides, body_of, look, parts_of, sections, starts, value, words
from lxml import etree
from openxml_audit import OpenXmlValidator

from convgen.acte.nodes import Acte, Cell, Paragraph, Row, Table, Text, Zone
from convgen.write.docx import write_docx
from convgen.write.docx.bundle import BoundAct, folio_mark, write_bundle

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
NAMES = ("alpha", "beta", "gamma")


def bundle(**more: object) -> bytes:
    acts = [agreement(name, contents=True, frozen=name == "beta") for name in NAMES]
    looks = ("departement", "neutre", "departement")
    given = [(one, look(gabarit)) for one, gabarit in zip(acts, looks, strict=True)]
    return write_bundle(given, title="Liasse d'essai", **{"contents": False, **more})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made() -> bytes:
    return bundle()


def test_the_same_acts_give_the_same_bytes(made: bytes) -> None:
    assert bundle() == made


@pytest.mark.parametrize("contents", [True, False])
def test_the_file_is_valid(tmp_path: Path, contents: bool) -> None:
    path = tmp_path / "liasse.docx"
    path.write_bytes(bundle(contents=contents, cover=(agreement("bordereau"), look("neutre"))))
    result = OpenXmlValidator().validate(str(path))
    assert result.is_valid, result.errors


def test_the_text_is_that_of_the_acts_in_order(made: bytes) -> None:
    for name, gabarit, blocks in zip(NAMES, ("departement", "neutre", "departement"), acts_in(made), strict=True):
        alone = write_docx(agreement(name, contents=True, frozen=name == "beta"), look(gabarit))
        assert "".join(map(words, blocks)) == words(body_of(alone))


def test_articles_and_lists_count_from_one_in_each_act(made: bytes) -> None:
    lists = Lists(made)
    found = [lists.labels(blocks) for blocks in acts_in(made)]
    expected = ["ARTICLE 1er", "article 2", "1.", "2.", "article 3", "1.", "2."]
    assert [[one.casefold() for one in labels] for labels in found] == [[one.casefold() for one in expected]] * 3


def test_a_frozen_number_stays_and_its_neighbours_count_on(made: bytes) -> None:
    blocks = acts_in(made)[1]
    assert "2 bis" in "".join(map(words, blocks)).replace("\xa0", " ")
    lists = Lists(made)
    lists.labels(acts_in(made)[0])
    assert [one.lower() for one in lists.labels(blocks)][4] == "article 3"


def test_each_act_starts_a_page_counts_its_own_and_names_its_last_one(made: bytes) -> None:
    found = sections(made)
    assert len(starts(made)) == len(NAMES)
    body = body_of(made)
    for place, rank in enumerate(starts(made), start=1):
        section, _ = found[rank]
        assert value(section.find(f"{W}type")) == "nextPage"
        footers = asides(made, section, "footer")
        assert all("NUMPAGES" not in one for one in footers.values())
        assert f"PAGEREF _Fin{place:04d}" in footers["default"]
    marks = [value(one, "name") for one in body.iter(f"{W}bookmarkStart")]
    assert [one for one in marks if one.startswith("_Fin")] == ["_Fin0001", "_Fin0002", "_Fin0003"]
    last = acts_in(made)[0][-1]
    assert "_Fin0001" in [value(one, "name") for one in last.iter(f"{W}bookmarkStart")]


def test_headers_say_the_act_and_only_the_draft_is_marked(made: bytes) -> None:
    for name, rank in zip(NAMES, starts(made), strict=True):
        headers = asides(made, sections(made)[rank][0], "header")
        assert name.upper() in headers["default"]
        assert ("PROJET" in "".join(headers.values())) == (name == "alpha")
        assert f"SERVICE DE {name.upper()}" in "".join(words(one) for one in acts_in(made)[NAMES.index(name)])


def test_an_annexe_that_lies_down_turns_its_own_pages_only(made: bytes) -> None:
    turned = [value(one.find(f"{W}pgSz"), "orient") == "landscape" for one, _ in sections(made)]
    firsts = starts(made)
    assert not any(turned[rank] for rank in firsts)
    for rank, after in zip(firsts, [*firsts[1:], len(turned)], strict=True):
        assert any(turned[rank:after])
    assert all("_Fin" in etree.tostring(blocks[-1]).decode() for rank, (_, blocks) in enumerate(sections(made))
               if rank + 1 in [*firsts, len(turned)])  # fmt: skip


def test_a_look_without_headers_does_not_take_those_of_the_act_before() -> None:
    bare = replace(look("neutre"), section=re.sub(r"<w:(?:header|footer)Reference[^>]*/>", "", look("neutre").section))
    data = write_bundle(
        [(agreement("alpha"), look()), (agreement("beta"), bare)], title="Liasse", contents=False, folios=False
    )
    section = sections(data)[starts(data)[1]][0]
    for kind in ("header", "footer"):
        found = asides(data, section, kind)
        assert {"default", "first"} <= set(found)
        assert not any(words(etree.fromstring(one.encode())) for one in found.values())


def test_identifiers_are_unique_and_every_reference_has_its_target(made: bytes) -> None:
    parts = parts_of(made)
    texts = [data.decode() for name, data in parts.items() if re.match(r"word/(document|header|footer)", name)]
    whole = "".join(texts)
    for pattern in (r"<w:bookmarkStart [^>]*w:id=\"(\d+)\"", r"<w:bookmarkStart [^>]*w:name=\"([^\"]+)\"",
                    r"<wp:docPr [^>]*?id=\"(\d+)\""):  # fmt: skip
        assert all(count == 1 for count in Counter(re.findall(pattern, whole)).values()), pattern
    names = set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', whole))
    assert set(re.findall(r"(?:PAGEREF|REF) (\S+)", whole)) <= names
    assert set(re.findall(r'w:anchor="([^"]+)"', whole)) <= names


def test_a_reference_leads_into_its_own_act(made: bytes) -> None:
    for blocks in acts_in(made):
        own = {value(one, "name") for block in blocks for one in block.iter(f"{W}bookmarkStart")}
        text = "".join(etree.tostring(one).decode() for one in blocks)
        targets = re.findall(r" REF (\S+) ", text) + re.findall(r'w:anchor="(_Ref\d+)"', text)
        assert targets
        assert set(targets) <= own


def test_each_note_is_called_once_from_its_act(made: bytes) -> None:
    notes = {
        value(one, "id"): words(one)
        for one in etree.fromstring(parts_of(made)["word/footnotes.xml"])
        if not value(one, "type")
    }
    for name, blocks in zip(NAMES, acts_in(made), strict=True):
        calls = [value(one, "id") for block in blocks for one in block.iter(f"{W}footnoteReference")]
        assert [notes.pop(one).strip("\xa0") for one in calls] == [f"Note de {name}."]
    assert not notes


def test_a_table_of_contents_lists_its_act_only(made: bytes) -> None:
    found = re.findall(r" TOC [^<]*", parts_of(made)["word/document.xml"].decode())
    assert [re.search(r"\\b (\S+)", one)[1] for one in found] == [  # type: ignore[index]
        "_Acte0001", "_Acte0002", "_Acte0003",
    ]  # fmt: skip


def test_pictures_are_kept_once(made: bytes) -> None:
    pictures = [name for name in parts_of(made) if name.startswith("word/media/")]
    assert len(pictures) == 1
    assert b'r:embed="' in parts_of(made)["word/document.xml"]


def test_the_styles_of_a_second_look_are_copied_and_say_their_defaults(made: bytes) -> None:
    root = etree.fromstring(parts_of(made)["word/styles.xml"])
    styles = {value(one, "styleId"): one for one in root.findall(f"{W}style")}
    used = [value(one) for block in acts_in(made)[1] for one in block.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")]
    assert used
    assert {one for one in used if not one.startswith("L2")} <= {"ActeSaut"}
    assert set(used) <= set(styles)
    names = Counter(value(one.find(f"{W}name")) for one in styles.values())
    assert all(count == 1 for count in names.values())
    own = etree.fromstring(parts_of(write_docx(agreement("beta"), look("neutre")))["word/styles.xml"]).find(
        f"{W}docDefaults/{W}rPrDefault/{W}rPr"
    )
    assert own is not None
    base = styles["L2Normal"].find(f"{W}rPr")
    assert value(base.find(f"{W}rFonts"), "ascii") == value(own.find(f"{W}rFonts"), "ascii")  # type: ignore[union-attr]
    assert value(base.find(f"{W}sz")) == value(own.find(f"{W}sz"))  # type: ignore[union-attr]
    assert value(styles["L2Heading1"].find(f"{W}pPr/{W}outlineLvl")) == "0"


def test_each_paragraph_names_its_style(made: bytes) -> None:
    assert all(one.find(f"{W}pPr/{W}pStyle") is not None for one in body_of(made).iter(f"{W}p"))


def test_the_contents_name_acts_and_annexes_with_pages_counted_from_the_head() -> None:
    acts = [BoundAct(agreement(name), look(), f"Annexe {place}") for place, name in enumerate(NAMES, start=1)]
    data = write_bundle(acts, title="Liasse", cover=(agreement("bordereau"), look()))
    listing = acts_in(data)[1]
    fallback = [
        (words(one.find(f"{W}hyperlink/{W}r")), words(next(one.iter(f"{MC}Fallback"))))
        for one in listing
        if one.find(f"{W}hyperlink") is not None
    ]
    assert [first.replace("\xa0", " ")[:8] for first, _ in fallback][::2] == ["Annexe 1", "Annexe 2", "Annexe 3"]
    # The cover and the contents take three pages, an act two.
    assert [page for _, page in fallback] == ["4", "5", "6", "7", "8", "9"]
    text = etree.tostring(listing[2]).decode()
    assert "PAGEREF _Fin0001" in text
    assert "PAGEREF _Fin0002" in text
    footer = asides(data, sections(data)[starts(data)[2]][0], "footer")["default"]
    assert "Annexe 1 – page" in footer.replace("\xa0", " ")
    assert "folio" in footer


def test_a_liasse_needs_an_act() -> None:
    with pytest.raises(ValueError, match="act"):
        write_bundle([], title="Rien")


def test_a_cover_gives_the_page_of_an_act_and_of_its_annexe_in_a_narrow_column() -> None:
    """A mark is no longer than a page: the column of pages keeps the width that it is given."""

    def line(*texts: str) -> Row:
        return Row(tuple(Cell((Paragraph((Text(text),)),)) for text in texts))

    shown = (line("Annexe 1", folio_mark(0)), line("Annexe 2", folio_mark(1)), line("Sa note", folio_mark(1, 1)))
    table = Table((line("Pièce", "Page"),), shown, widths=(90, 10))
    cover = Acte("bordereau", "b", "", "Bordereau", (Zone("articles", (table,)),))
    acts = [BoundAct(agreement(name), look()) for name in NAMES[:2]]
    data = write_bundle(acts, title="Liasse", contents=False, cover=(cover, look()))
    printed = next(body for body in acts_in(data)[0] if body.tag == f"{W}tbl" and "Pièce" in words(body))
    widths = [int(one.get(f"{W}w", "0")) for one in printed.iter(f"{W}gridCol")]
    assert widths[1] < sum(widths) / 7
    # The cover takes a page, an act two: its annexe starts the second.
    assert [words(one) for one in printed.iter(f"{MC}Fallback")] == ["2", "4", "5"]
