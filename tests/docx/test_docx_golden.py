"""One small Word file per feature, compared part by part with what a person accepted.

`CONVGEN_GOLDEN_MAJ=1 pytest tests/docx/test_docx_golden.py` rewrites them: read the difference before you commit it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from docx_acts import (
    AMOUNT,
    FINANCES,
    MERGED,
    SCHEME,
    SIGNATURES,
    acte,
    article,
    bullets,
    p,
    parties,
    refer,
    t,
)
from docx_tools import HERE, W, written
from lxml import etree

from convgen.acte.nodes import (
    Acte,
    Annexe,
    Blank,
    Emphasis,
    FillIn,
    Level,
    Note,
    PageBreak,
    Role,
    Scheme,
    Section,
    Strong,
    Superscript,
    TableOfContents,
)

GOLDEN = HERE / "golden"
TITRES = Scheme((Level("titre", "TITRE ", "I", separator=" – "), Level(), *SCHEME.levels[2:]))
LETTERS = Scheme((SCHEME.levels[0], Level("", "", "I", ".", " "), Level("", "", "a", ")", " ")))

FEATURES: dict[str, Callable[[], Acte]] = {
    "articles_numerotes": lambda: acte(
        article("a", "Objet", p("Texte.")),
        article("b", "Suite", article("b1", "Détail", p("Texte."), level=2)),
    ),
    "articles_sans_titre": lambda: acte(article("a", "", p("Un.")), article("b", "", p("Deux."), bullets("Trois."))),
    "numero_fige": lambda: acte(
        article("a", "Un"), article("b", "Deux"), article("c", "Entre deux", frozen="2 bis"), article("d", "Trois")
    ),
    "titres_et_articles": lambda: acte(
        article("t1", "Généralités", article("a", "Objet"), article("b", "Durée"), level=0),
        article("t2", "Finances", article("c", "Montant"), level=0),
        scheme=TITRES,
    ),
    "chiffres_romains_et_lettres": lambda: acte(
        article("a", "Objet", article("a1", "", p("Un."), level=2), article("a2", "", p("Deux."), level=2)),
        article("b", "Durée"),
        scheme=LETTERS,
    ),
    "listes_redemarrees": lambda: acte(
        bullets("a", "b", style="1."),
        bullets("c", "d", style="1."),
        bullets("e", style="1.", start=4),
        bullets("f", (p("g"), bullets("h", "i", style="1°"), p("suite")), style="a)"),
        bullets("j"),
        bullets("k"),
    ),
    "renvois": lambda: acte(
        p("Voir ", refer("b", number="2"), ", ", refer("b1", number="2.1"), ", ", refer("a", number="1er"), "."),
        p("Articles ", refer("b", before="", noun="", number="2"), "."),
        p("Voir ", refer("x", noun="annexe\xa0", number="1"), "."),
        article("a", "Un"),
        article("b", "Deux", article("b1", "Détail", level=2)),
        annexes=(Annexe("x", t("Bilan")), Annexe("y", t("Plan"))),
    ),
    "inlines": lambda: acte(
        p("Texte ", Strong(t("gras ", Emphasis(t("et italique")))), " & <balise>, m", Superscript(t("2")), "."),
        p("Le ", AMOUNT, " dû le 1er juin, ", Blank("x", "date", "[date à compléter]"), ", le ", FillIn("d", 10)),
    ),
    "notes": lambda: acte(
        p("Un", Note(t("Première note.")), " et deux", Note(t("Seconde ", Strong(t("note"))))), p("Fin.")
    ),
    "roles": lambda: acte(*parties().blocks, *(p(role.value, role=role) for role in Role)),
    "tableau": lambda: acte(p("Avant."), FINANCES, p("Après.")),
    "tableau_fusionne": lambda: acte(MERGED, MERGED),
    "signatures": lambda: acte(p("Fait à Nice.", role=Role.CLOSING), SIGNATURES),
    "paysage": lambda: acte(p("Avant."), Section((p("Large."), FINANCES)), p("Après.")),
    "annexes": lambda: acte(
        article("a", "Un"),
        annexes=(
            Annexe("x", t("Bilan"), (article("x1", "Point"), article("x2", "Autre"))),
            Annexe("y", t("Large"), (article("y1", "Point"),), orientation="paysage"),
        ),
    ),
    "sommaire": lambda: acte(
        TableOfContents(1), article("a", "Un", article("a1", "Caché", level=2)), PageBreak(), article("b", "Deux")
    ),
}  # fmt: skip


def _readable(data: bytes) -> str:
    root = etree.fromstring(data, etree.XMLParser(remove_blank_text=True))
    body = root.find(f"{W}body")
    text = etree.tostring(body if body is not None else root, pretty_print=True, encoding="unicode")
    return text.replace(' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"', "")


def _compare(path: Path, now: str) -> None:
    if os.environ.get("CONVGEN_GOLDEN_MAJ") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(now, encoding="utf-8")
    assert path.is_file(), f"{path.name} manque : relancer avec CONVGEN_GOLDEN_MAJ=1"
    assert now == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("feature", sorted(FEATURES))
def test_each_part_is_the_accepted_one(feature: str) -> None:
    parts = written(FEATURES[feature]())
    for name in ("document", "numbering", "footnotes"):
        if name == "footnotes" and feature != "notes":
            continue
        _compare(GOLDEN / feature / f"{name}.xml", _readable(parts[f"word/{name}.xml"]))


def test_every_golden_folder_has_its_feature() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(FEATURES)
