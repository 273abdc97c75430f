"""A text that shows its changes, as text and as HTML; nothing of it is lost in JSON."""

from __future__ import annotations

from dataclasses import replace

from convgen.acte.nodes import (
    DELETION,
    INSERTION,
    Acte,
    Annexe,
    Cell,
    Deleted,
    Division,
    Inserted,
    ListBlock,
    ListItem,
    Number,
    Paragraph,
    Role,
    Row,
    Table,
    TableOfContents,
    Text,
    Tracked,
    Zone,
)
from convgen.acte.runs import plain_text
from convgen.write.html import write_html
from convgen.write.json import read_json, write_json
from convgen.write.text import write_text


def par(text: str) -> Paragraph:
    return Paragraph((Text(text),))


WORDS = (Text("remis en "), Deleted((Text("juin"),)), Inserted((Text("mai"),)), Text("."))
ITEMS = ListBlock((ListItem((par("un"),), "1°"), ListItem((Tracked(INSERTION, (par("deux"),)),), "2°", "1° bis")), "1°")
TABLE = Table((), (Row((Cell((par("Loyer"),)),)), Row((Cell((par("Repas"),)),), change=DELETION)))
NUMBER = Number("4", "ARTICLE 4", " : ", frozen=True, former="ARTICLE 5")
ACT = Acte(
    "convention",
    "essai",
    "",
    "Essai",
    (
        Zone(
            "articles",
            (
                Division("a", 1, (Text("Objet"),), (Paragraph(WORDS), ITEMS, TABLE), NUMBER),
                Tracked(DELETION, (Division("b", 1, (Text("Fin"),), (par("Adieu."),)),)),
            ),
        ),
    ),
    (Annexe("c", (Text("Plan"),), (par("x"),), Number("1", "ANNEXE 1", " – "), change=INSERTION),),
    draft=False,
    former_title="Essais",
)


def test_the_text_says_what_comes_and_what_goes() -> None:
    text = write_text(ACT)
    assert "[-ARTICLE 5-] [+ARTICLE 4+] : Objet" in text
    assert "remis en [-juin-] [+mai+]." in text
    assert "1° un\n[-1° bis-] [+2°+] [+deux+]" in text
    assert "| [-Repas-] |" in text and "| Loyer     |" in text
    assert "[-Fin-]\n\n[-Adieu.-]" in text
    assert "[+ANNEXE 1 – Plan+]\n\n[+x+]" in text


def test_html_marks_what_comes_and_what_goes() -> None:
    html = write_html(ACT)
    assert "<p>remis en <del>juin</del><ins>mai</ins>.</p>" in html
    assert '<span class="numero"><del>ARTICLE 5</del><ins>ARTICLE 4</ins> : </span>' in html
    assert '<span class="puce"><del>1° bis</del><ins>2°</ins></span><ins><p>deux</p>' in html
    assert "<del>Repas</del>" in html
    assert html.count("<del>") == html.count("</del>") and html.count("<ins>") == html.count("</ins>")


def test_a_typed_mark_is_printed_as_it_is() -> None:
    items = ListBlock((ListItem((par("un"),), "1°"), ListItem((par("entre"),), "1° bis")), "1°")
    act = Acte("convention", "essai", "", "Essai", (Zone("articles", (items,)),))
    assert "1° un\n1° bis entre" in write_text(act)
    assert '<li class="marque"><span class="puce">1° bis</span>' in write_html(act)


def test_a_quoted_heading_is_part_of_the_quotation() -> None:
    act = Acte(
        "avenant", "essai", "", "Essai", (Zone("articles", (Paragraph((Text("« 4. Objet"),), Role.QUOTE_HEADING),)),)
    )
    assert '<blockquote class="intitule-cite">« 4. Objet</blockquote>' in write_html(act)


def test_json_loses_nothing() -> None:
    assert read_json(write_json(ACT)) == ACT


def test_of_words_that_change_a_heading_keeps_the_new_ones_in_a_table_of_contents() -> None:
    assert plain_text(WORDS) == "remis en mai."


def test_what_goes_is_not_in_the_table_of_contents() -> None:
    act = replace(ACT, zones=(Zone("sommaire", (TableOfContents(),)), *ACT.zones))
    contents = write_text(act).partition("Sommaire\n")[2].partition("\n\n")[0]
    assert [one.strip() for one in contents.split("\n")] == ["ARTICLE 4 : Objet", "ANNEXE 1 – Plan"]
    (first, _, rest) = write_html(act).partition("</nav>")
    assert "Objet" in first and "Plan" in first and "Fin" not in first and rest
