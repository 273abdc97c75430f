"""What stays together and what stands apart: sentences and their tables, signatures, pieces joined apart, labels."""

from __future__ import annotations

import pytest
from docx_acts import FINANCES, SIGNATURES, acte, article, bullets, p, t
from docx_demo import demo_docx
from docx_tools import W, document, paragraph_with, parts_of, words, written

from convgen.acte.nodes import Annexe, TableOfContents
from convgen.write.text import write_text

APART = (p("Pièce jointe à l’acte, établie séparément."),)


def kept(text: str, *blocks: object) -> bool:
    root = document(acte(article("a", "Titre", *blocks)))  # type: ignore[arg-type]
    return paragraph_with(root, text).find(f"{W}pPr/{W}keepNext") is not None


@pytest.mark.parametrize(
    "end", ["\xa0:", " sont les suivants.", " suivantes.", " suivantes, dûment justifiées.", " ci-dessous."]
)
def test_a_sentence_that_leads_to_a_table_or_a_list_stays_with_it(end: str) -> None:
    assert kept("Les dépenses", p(f"Les dépenses{end}"), FINANCES)
    assert kept("Les dépenses", p(f"Les dépenses{end}"), bullets("un", "deux"))


def test_other_sentences_are_free() -> None:
    assert not kept("Les dépenses", p("Les dépenses sont éligibles."), FINANCES)
    assert not kept("Les dépenses", p("Les dépenses\xa0:"), p("Autre alinéa."))


def test_an_untitled_article_that_leads_to_a_list_stays_with_it() -> None:
    root = document(acte(article("a", "", p("Les parties s’engagent à\xa0:"), bullets("agir"))))
    assert paragraph_with(root, "Les parties").find(f"{W}pPr/{W}keepNext") is not None


def test_rows_of_signatures_stand_apart() -> None:
    root = document(acte(p("Fait."), SIGNATURES))
    rows = [words(one) for one in root.iter(f"{W}tr")]
    third = next(place for place, text in enumerate(rows) if "Ville de Nice" in text)
    assert rows[third - 1] == ""
    assert "Jean MARTIN" in rows[third - 2]


def test_pieces_joined_apart_share_a_page() -> None:
    pieces = tuple(Annexe(name, t(name), APART, external=True) for name in ("Un", "Deux"))
    root = document(acte(article("a", "Titre"), annexes=(*pieces, Annexe("c", t("Trois"), (p("Texte."),)))))
    breaks = [paragraph_with(root, name).find(f"{W}pPr/{W}pageBreakBefore") for name in ("Un", "Deux", "Trois")]
    assert [one is not None for one in breaks] == [True, False, True]


def test_a_frozen_number_is_typed_with_its_separator_in_small_letters() -> None:
    root = document(acte(article("a", "Un"), article("b", "Deux", frozen="1 bis")), "departement")
    heading = paragraph_with(root, "Deux")
    assert words(heading) == "ARTICLE 1 bis : Deux"
    assert heading.find(f"{W}pPr/{W}numPr") is None
    assert heading.find(f"{W}r/{W}rPr/{W}caps").get(f"{W}val") == "0"  # type: ignore[union-attr]


def test_a_frozen_number_of_figures_is_in_capitals_like_its_title() -> None:
    root = document(acte(article("a", "Un"), article("b", "Deux", frozen="12")), "departement")
    heading = paragraph_with(root, "Deux")
    assert words(heading) == "ARTICLE 12 : Deux"
    assert heading.find(f"{W}r/{W}rPr/{W}caps") is None


def test_the_text_lists_what_the_word_file_lists() -> None:
    one = acte(
        TableOfContents(2),
        article("t", "Titre premier", article("a", "Objet", article("b", "Détail", level=2)), level=0),
        annexes=(Annexe("x", t("Bilan"), (article("y", "Point"),)),),
    )
    listed = next(part for part in write_text(one).split("\n\n") if part.startswith("Sommaire")).split("\n")[1:]
    root = document(one)
    entries = [words(link).rstrip("0123456789") for link in root.iter(f"{W}hyperlink")]
    assert [line.strip() for line in listed] == entries
    assert len(entries) == 4


def test_the_address_at_the_foot_never_breaks_before_the_number_of_its_cedex() -> None:
    footer = written(acte(p("Texte.")), "departement")["word/footer1.xml"].decode()
    assert "cedex\xa03" in footer


def test_a_number_to_come_keeps_its_place_in_the_header() -> None:
    header = parts_of(demo_docx("sante-mentale-2024"))["word/header1.xml"].decode()
    assert "DGADSH" in header
    assert "[…]" in header
