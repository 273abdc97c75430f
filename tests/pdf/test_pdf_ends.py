"""Délibérations and arrêtés: bookmarks that no heading makes, and an end that never stands alone on a page."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "docx"))

from docx_acts import acte, article, bullets, p, row
from docx_tools import W, document, gabarit, words
from pdf_tools import page_words, structure

from convgen.acte.nodes import (
    Acte,
    Block,
    Emphasis,
    FillIn,
    Level,
    ListBlock,
    ListItem,
    Role,
    Scheme,
    Signature,
    SignatureGrid,
    Strong,
    Table,
    Text,
    Zone,
)
from convgen.acte.numbering import number_divisions
from convgen.write.keeping import held_together
from convgen.write.pdf import PdfLook, load_pdf_look, write_pdf

ARTICLES = Scheme((Level(), Level(prefix="Article ", separator=" – ", first_ordinal=True)))
SIGNED = SignatureGrid((Signature("", ((Text("Le maire"),),), (Text("Anne MARTIN"),)),), 2)
ENDING = (
    Zone("vote", (p("Pour : 12"), p("Délibération adoptée.", role=Role.CLOSING))),
    Zone("signatures", (p("Fait à Nice, le ", FillIn("date"), role=Role.CLOSING), SIGNED)),
    Zone("executoire", (p("Acte certifié exécutoire.", role=Role.CLOSING),)),
    Zone("tampon", (p("Accusé de réception", role=Role.FRAME), p("Date : ", FillIn("recu"), role=Role.FRAME))),
)
ENDS = ("Pour : 12", "adoptée", "Fait à Nice", "Le maire", "MARTIN", "certifié", "Accusé", "Date :")


def theme(title: str, *blocks: Block) -> ListItem:
    return ListItem((p(Strong((Text(title),))), *blocks))


def deliberation(*decided: Block, ending: tuple[Zone, ...] = ENDING) -> Acte:
    visas = Zone("visas", (p("Le conseil,"), p("Vu le code,", role=Role.VISA)))
    return Acte("délibération", "d", "4", "Un sujet", (visas, Zone("decisions", decided), *ending))


@cache
def look() -> PdfLook:
    return load_pdf_look(gabarit("neutre"))


def drawn(one: Acte) -> bytes:
    return write_pdf(one, look())


def bookmarks(one: Acte) -> list[tuple[str, list[str]]]:
    with pikepdf.open(io.BytesIO(drawn(one))) as pdf, pdf.open_outline() as outline:
        return [(entry.title, [inner.title for inner in entry.children]) for entry in outline.root]


# --- bookmarks -----------------------------------------------------------------------------------------------


def test_the_themes_of_a_deliberation_are_bookmarks() -> None:
    inner = p(Emphasis((Text("Au titre de 2024"),)))
    decided = ListBlock(
        (
            theme("Concernant la voirie :", bullets("d'élargir la rue ;")),
            theme("Concernant l'école :", inner, bullets("d'ouvrir une classe ;")),
            ListItem((p("d'inscrire au budget les crédits qui sont nécessaires à l'exécution de ceci."),)),
        ),
        "1°",
    )
    assert bookmarks(deliberation(p("Décide :", role=Role.FORMULA), decided)) == [
        ("Visas et considérants", []),
        ("1°\xa0Concernant la voirie", []),
        ("2°\xa0Concernant l'école", ["Au titre de 2024"]),
        ("3°\xa0d'inscrire au budget les crédits qui sont nécessaires à…", []),
        ("Vote", []),
        ("Signature", []),
        ("Caractère exécutoire", []),
    ]


def test_decisions_without_themes_are_one_bookmark() -> None:
    titles = [title for title, _ in bookmarks(deliberation(p("Décide :"), bullets("un", "deux")))]
    assert titles == ["Visas et considérants", "Décisions", "Vote", "Signature", "Caractère exécutoire"]


def arrete() -> Acte:
    articles = (article("a", "", p("Un comité est institué.")), article("b", "Durée", p("Deux ans.")))
    zones = (Zone("articles", (p("Arrête :", role=Role.FORMULA), *articles)), Zone("recours", (p("Recours."),)))
    return number_divisions(Acte("arrêté", "a", "1", "Un comité", (*zones, *ENDING[1:2]), scheme=ARTICLES))


def test_articles_without_a_title_are_bookmarks_too() -> None:
    titles = [title for title, _ in bookmarks(arrete())]
    assert titles == [
        "Article 1er – Un comité est institué",
        "Article 2 – Durée",
        "Voies de recours",
        "Signature",
    ]


def test_a_bookmark_adds_nothing_to_what_is_read_aloud() -> None:
    root = structure(drawn(arrete()))
    assert [one.text for one in root.all("H1")] == ["ARTICLE 2 – DURÉE"]
    assert "Voies de recours" not in root.text and "Signature" not in root.text


def test_a_convention_has_the_bookmarks_of_its_articles_only() -> None:
    made = acte(article("a", "Objet", p("x")), article("b", "", p("y")))
    titles = [title for title, _ in bookmarks(replace(made, zones=(*made.zones, ENDING[1])))]
    assert titles == ["ARTICLE 1er : Objet", "ARTICLE 2 – y"]


# --- what stays together -------------------------------------------------------------------------------------

LAST = "de clore la séance après un dernier tour de parole donné à chacun des membres présents ce jour."


def ends(pages: list[str]) -> set[int]:
    """The pages on which the words of the end, and the last decision, stand."""
    return {next(rank for rank, text in enumerate(pages) if one in text) for one in (*ENDS, "de clore la séance")}


def pages_of(one: Acte) -> list[str]:
    data = drawn(one)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        count = len(pdf.pages)
    return [page_words(data, rank) for rank in range(count)]


def in_a_list(count: int) -> Acte:
    return deliberation(p("Décide :", role=Role.FORMULA), bullets(*["de voter ;"] * count, LAST))


def in_nested_lists(count: int) -> Acte:
    inner = bullets(*["de voter ;"] * count, LAST)
    return deliberation(ListBlock((theme("Concernant tout :", bullets("un ;")), theme("Le reste :", inner)), "1°"))


def in_paragraphs(count: int) -> Acte:
    return deliberation(*[p("De voter ;")] * count, p(LAST))


@pytest.mark.parametrize("made", [in_a_list, in_nested_lists, in_paragraphs])
def test_the_end_of_a_deliberation_stands_with_its_last_decision(made: Callable[[int], Acte]) -> None:
    counts = set()
    for count in range(14, 40, 5):
        pages = pages_of(made(count))
        assert ends(pages) == {len(pages) - 1}, count
        counts.add(len(pages))
    assert counts == {1, 2}, "the page ends somewhere in between"


def test_a_page_is_filled_before_the_next_one_is_begun() -> None:
    pages = pages_of(in_a_list(34))
    assert pages[0].count("de voter") > 28


def test_many_recipients_do_not_hold_the_signature_back() -> None:
    copies = Zone("ampliation", (p("Copie à :"), bullets(*[f"membre {rank} ;" for rank in range(60)])))
    for count in range(14, 40, 5):
        decided = bullets(*["de voter ;"] * count, LAST)
        pages = pages_of(deliberation(decided, ending=(*ENDING[:2], copies, *ENDING[2:])))
        assert [rank for rank, text in enumerate(pages) if "MARTIN" in text and "de clore" in text], count
        assert any("membre 0" in text and "MARTIN" in text for text in pages), count
        assert all(one in pages[-1] for one in ("membre 59", "certifié", "Accusé")), count


def test_a_short_table_goes_with_the_signature() -> None:
    table = Table((), tuple(row(f"ligne {rank}", "1") for rank in range(4)))
    for count in range(20, 40, 6):
        pages = pages_of(deliberation(*[p("De voter ;")] * count, table))
        assert "ligne 3" in pages[-1] and "Fait à Nice" in pages[-1], count


def test_word_keeps_the_same_lines_together() -> None:
    root = document(in_a_list(5))
    marks = [(words(one), one.find(f"{W}pPr/{W}keepNext")) for one in root.iter(f"{W}p")]
    kept = [(text, mark is not None and mark.get(f"{W}val") != "0") for text, mark in marks]
    for start in ("de clore", "Pour : 12", "Le maire", "Anne MARTIN", "Accusé"):
        assert next(keep for text, keep in kept if text.startswith(start)), start
    assert not next(keep for text, keep in kept if text.startswith("de voter"))
    assert not next(keep for text, keep in kept if text.startswith("Date :"))


def test_the_signatures_of_a_convention_stand_with_its_last_article() -> None:
    counts = set()
    for count in range(24, 42, 3):
        made = acte(article("a", "Objet", *[p("De voter ;")] * count, p("Le tribunal est celui de Nice.")))
        pages = pages_of(replace(made, zones=(*made.zones, ENDING[1])))
        assert [rank for rank, text in enumerate(pages) if "tribunal" in text and "MARTIN" in text], count
        counts.add(len(pages))
    assert counts == {1, 2}


def test_only_what_ends_an_act_is_held() -> None:
    made = acte(article("a", "Objet", p("x"), p("y")))
    assert held_together(made) == frozenset()
    signed = replace(made, zones=(*made.zones, ENDING[1]))
    assert len(held_together(signed)) == 2, "the last line of the article, and « Fait à … »"
