"""A gabarit is checked when it is loaded; each mistake has its code and says how to mend it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx_acts import acte, article, complete, p
from docx_tools import GABARITS, RESAVED, W, parts_of, words
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from convgen.acte.nodes import Annexe, Text
from convgen.errors import Diagnostic, GabaritError
from convgen.write.charte import parse_charte
from convgen.write.docx import load_gabarit, shell, write_docx

MARK = '<w:p><w:pPr><w:pStyle w:val="ActeCorps"/></w:pPr><w:r><w:t xml:space="preserve">{{p corps }}</w:t></w:r></w:p>'
BASE = parts_of((GABARITS / "neutre" / "gabarit.docx").read_bytes())


def _save(folder: Path, parts: dict[str, bytes]) -> Path:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    (folder / "gabarit.docx").write_bytes(buffer.getvalue())
    return folder


def _with_document(change: Callable[[str], str]) -> dict[str, bytes]:
    text = BASE["word/document.xml"].decode()
    assert change(text) != text, "the change must apply"
    return {**BASE, "word/document.xml": change(text).encode()}


def _tag(tag: str) -> Callable[[str], str]:
    return lambda text: text.replace("{{ organisme }}", tag)


SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr>'
BROKEN: dict[str, tuple[str, str, Callable[[str], str]]] = {
    "no mark": ("GAB-02", "{{p corps }}", lambda text: text.replace("{{p corps }}", "")),
    "twice": ("GAB-03", "plusieurs fois", lambda text: text.replace(MARK, MARK * 2)),
    "not alone": ("GAB-03", "pas seule", lambda text: text.replace("{{p corps }}", "Texte {{p corps }}")),
    "without p": ("GAB-03", "p collé", lambda text: text.replace("{{p corps }}", "{{ corps }}")),
    "in a section break": ("GAB-03", "saut de section",
                           lambda text: text.replace(MARK, MARK.replace("</w:pPr>", SECTION))),
    "in a table": ("GAB-03", "tableau", lambda text: text.replace(
        MARK, f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid>'
              f"<w:tr><w:tc>{MARK}</w:tc></w:tr></w:tbl>")),
    "unknown tag": ("GAB-05", "organisme", _tag("{{ organism }}")),
    "unknown field": ("GAB-05", "acte.titre", _tag("{{ acte.title }}")),
    "bad syntax": ("GAB-05", "mal écrite", _tag("{{ acte.titre")),
    "filter": ("GAB-05", "interdite", _tag("{{ organisme | upper }}")),
    "escape": ("GAB-05", "__class__", _tag("{{ organisme.__class__ }}")),
    "arithmetic": ("GAB-05", "interdite", _tag("{{ 'x' * 10**9 }}")),
    "entities": ("GAB-04", "entités",
                 lambda text: text.replace("<w:document", '<!DOCTYPE x [<!ENTITY a "b">]><w:document')),
    "broken xml": ("GAB-04", "XML", lambda text: text.replace("</w:body>", "")),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(BROKEN))
def test_a_broken_gabarit_is_refused_with_its_code(case: str, tmp_path: Path) -> None:
    code, expected, change = BROKEN[case]
    with pytest.raises(GabaritError) as caught:
        load_gabarit(_save(tmp_path, _with_document(change)))
    assert {one.code for one in caught.value.diagnostics} == {code}
    assert expected in str(caught.value)
    assert all(one.remedy or one.cause for one in caught.value.diagnostics)


def test_a_missing_gabarit_is_said(tmp_path: Path) -> None:
    with pytest.raises(GabaritError, match="GAB-01"):
        load_gabarit(tmp_path)


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gabarit.docx").write_bytes(b"bonjour")
    with pytest.raises(GabaritError, match="GAB-04"):
        load_gabarit(tmp_path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(GabaritError, match="limites de taille"):
        load_gabarit(_save(tmp_path, {**BASE, "word/media/x.xml": b" " * 20_000_000}))


def test_all_unknown_tags_are_said_at_once(tmp_path: Path) -> None:
    parts = _with_document(_tag("{{ un }} {{ deux }}"))
    with pytest.raises(GabaritError) as caught:
        load_gabarit(_save(tmp_path, parts))
    assert len(caught.value.diagnostics) == 2


def test_a_tag_cut_by_formatting_still_works(tmp_path: Path) -> None:
    cut = "{{ acte</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>.titre }}"
    parts = _with_document(lambda text: _tag(cut)(text.replace("if organisme", "if acte")))
    made = load_gabarit(_save(tmp_path, parts))
    root = etree.fromstring(parts_of(write_docx(acte(p("Texte.")), made))["word/document.xml"])
    assert "Convention d'essai" in words(root)


def test_missing_styles_are_made_and_said(tmp_path: Path) -> None:
    root = etree.fromstring(BASE["word/styles.xml"])
    for style in root.findall(f"{W}style"):
        if style.get(f"{W}styleId") in ("ActeVisa", "Heading3"):
            root.remove(style)
    made = load_gabarit(_save(tmp_path, {**BASE, "word/styles.xml": etree.tostring(root)}))
    assert [one.code for one in made.notes] == ["GAB-06"]
    assert "Acte visa" in str(made.notes[0]) and "heading 3" in str(made.notes[0])


@pytest.mark.parametrize("name", ["heading 1", "Titre 1", "TITRE 1"])
def test_styles_are_found_by_their_name_in_french_too(name: str, tmp_path: Path) -> None:
    text = BASE["word/styles.xml"].decode()
    text = text.replace('w:styleId="Heading1"', 'w:styleId="Titre1"').replace('w:val="Heading1"', 'w:val="Titre1"')
    text = text.replace('<w:name w:val="heading 1"/>', f'<w:name w:val="{name}"/>')
    made = load_gabarit(_save(tmp_path, {**BASE, "word/styles.xml": text.encode()}))
    assert made.styles["Heading1"] == "Titre1"
    assert b'<w:pStyle w:val="Titre1"/>' in parts_of(write_docx(acte(article("a", "Objet")), made))["word/document.xml"]


def test_without_capitals_in_the_style_labels_are_typed_as_they_read(tmp_path: Path) -> None:
    text = BASE["word/styles.xml"].decode().replace("<w:caps/>", "")
    made = load_gabarit(_save(tmp_path, {**BASE, "word/styles.xml": text.encode()}))
    numbering = parts_of(write_docx(acte(article("a", "Objet")), made))["word/numbering.xml"].decode()
    assert 'w:val="ARTICLE\xa0%1"' in numbering and "article\xa0%1" not in numbering


def test_a_gabarit_saved_by_libreoffice_prints_the_same_body() -> None:
    ours = parts_of(write_docx(complete(), load_gabarit(GABARITS / "departement")))["word/document.xml"]
    theirs = parts_of(write_docx(complete(), load_gabarit(RESAVED)))["word/document.xml"]
    body = [words(one) for one in etree.fromstring(ours).iter(f"{W}p")]
    other = [words(one) for one in etree.fromstring(theirs).iter(f"{W}p")]
    start = next(place for place, text in enumerate(body) if text.startswith("Date de notification"))
    start_other = next(place for place, text in enumerate(other) if text.startswith("Date de notification"))
    assert body[start:] == other[start_other:]
    assert load_gabarit(RESAVED).notes == () or all(one.code == "GAB-06" for one in load_gabarit(RESAVED).notes)


def test_services_print_highest_first_and_vanish_when_there_are_none() -> None:
    made = load_gabarit(GABARITS / "departement")
    root = etree.fromstring(parts_of(write_docx(complete(), made))["word/document.xml"])
    texts = [words(one) for one in root.iter(f"{W}p")]
    assert texts.index("Direction générale des services départementaux") < texts.index(
        "Service du pilotage et du contrôle des parcours d'insertion"
    )
    bare = etree.fromstring(parts_of(write_docx(complete(letterhead=()), made))["word/document.xml"])
    assert len(list(bare.iter(f"{W}p"))) == len(list(root.iter(f"{W}p"))) - 4


def test_charte_mistakes_are_said_together() -> None:
    with pytest.raises(GabaritError) as caught:
        parse_charte({"organism": "x", "couleurs": {"principale": "bleu"}, "marges": {"haut": "900"}, "polices": 3})
    assert [one.code for one in caught.value.diagnostics] == ["GAB-07"] * 4
    assert "organisme" in str(caught.value)


def test_a_logo_outside_the_folder_is_refused(tmp_path: Path) -> None:
    _save(tmp_path, BASE)
    (tmp_path / "charte.yaml").write_text("logo: ../../logo.png\n", encoding="utf-8")
    with pytest.raises(GabaritError, match="GAB-07"):
        load_gabarit(tmp_path)


def test_what_follows_the_mark_is_printed_in_portrait_after_the_act(tmp_path: Path) -> None:
    tail = "<w:p><w:pPr><w:pStyle w:val='ActeCorps'/></w:pPr><w:r><w:t>Fin du gabarit</w:t></w:r></w:p>"
    made = load_gabarit(_save(tmp_path, _with_document(lambda text: text.replace(MARK, MARK + tail))))
    wide = acte(annexes=(Annexe("x", (Text("Large"),), (p("Dernière ligne"),), orientation="paysage"),))
    root = etree.fromstring(parts_of(write_docx(wide, made))["word/document.xml"])
    texts = [words(one) for one in root.iter(f"{W}p")]
    assert texts.index("Dernière ligne") < texts.index("Fin du gabarit")
    turned = [one.find(f"{W}pgSz").get(f"{W}orient") == "landscape" for one in root.iter(f"{W}sectPr")]
    assert turned == [False, True, False]


def test_arithmetic_is_refused_before_it_is_computed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def compute(_: object) -> set[str]:
        raise AssertionError("jinja2 computes constants when it looks for names")

    monkeypatch.setattr(shell.meta, "find_undeclared_variables", compute)
    problems: list[Diagnostic] = []
    assert shell.compile_part(SandboxedEnvironment(), "<w:p>{{ 'x' * 10**9 }}</w:p>", "document.xml", problems) is None
    assert [one.code for one in problems] == ["GAB-05"]


def test_a_letterhead_without_a_word_has_no_rule() -> None:
    """A rule under nothing would only be a line across the page."""
    bare = load_gabarit(GABARITS / "neutre")
    named = replace(bare, charte=replace(bare.charte, organisme="Ville de Belleville"), shells={})
    ruled = [
        b'w:val="ActeFilet"' in parts_of(write_docx(acte(p("Texte.")), one))["word/document.xml"]
        for one in (bare, named)
    ]
    assert ruled == [False, True]
