"""The folder for the préfecture: names, types, manifests, digests, limits."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from liasse_tools import change, make_workspace, pdf, put, resolved, said, write

from convgen.bundle import ctes
from convgen.bundle.ctes import file_name, folder_files, page_count, unlocked
from convgen.bundle.foreign import MAX_BYTES, check_file, megabytes
from convgen.bundle.liasse import Liasse, Piece, Teletransmission
from convgen.bundle.nomenclature import NATURES, default_type, nature_of
from convgen.bundle.sending import act_number, department_of, initials
from convgen.errors import Place, Report, Severity
from convgen.french.grammar import MASCULINE_SINGULAR, NounPhrase
from convgen.model.deliberation_types import ResolvedDeliberation
from convgen.model.liasse import ACT_NUMBER
from convgen.model.values import TextSource

SENDING = Teletransmission(
    "cm-1", "délibération", "7.5", "20251215_4", "Ateliers, « lecture »", "2025-12-15", "220600019", "006"
)


def liasse_of(*pieces: Piece) -> Liasse:
    first = Piece("cm-1", "La délibération", "deliberation", code="99_DE")
    return Liasse("cm-1", "Ateliers", (first, *pieces), prefecture=(SENDING,))


RAPPORT = Piece("rapport", "Le rapport", "pdf", ("1",), "Annexe 1", ("cm-1",), code="21_RP")
PLAN = Piece("plan", "Le plan", "pdf", ("1", "1 bis"), "Annexe 1 – Annexe 1 bis", ("cm-1", "rapport"), code="99_DE")


def test_each_piece_is_named_by_its_type_its_act_and_its_rank() -> None:
    made = folder_files(liasse_of(RAPPORT, PLAN), {0: pdf(3), 1: pdf(2), 2: pdf()}, Report())
    assert list(made) == [
        "cm-1/99_DE-006-220600019-20251215-20251215_4-DE-1-1_1.pdf",
        "cm-1/21_RP-006-220600019-20251215-20251215_4-DE-1-1_2.pdf",
        "cm-1/99_DE-006-220600019-20251215-20251215_4-DE-1-1_3.pdf",
        "cm-1/manifest.json",
        "cm-1/manifest.csv",
    ]


def test_the_manifests_say_the_same_and_the_digests_are_those_of_the_files() -> None:
    made = folder_files(liasse_of(RAPPORT, PLAN), {0: pdf(3), 1: pdf(2), 2: pdf()}, Report())
    data = json.loads(made["cm-1/manifest.json"])
    rows = list(csv.DictReader(io.StringIO(made["cm-1/manifest.csv"].decode(), newline="")))
    assert (data["nature"]["code"], data["matiere"], data["numero"]) == (1, "7.5", "20251215_4")
    assert data["objet"] == "Ateliers, « lecture »" == rows[0]["objet"]
    assert [one["pages"] for one in data["pieces"]] == [3, 2, 1]
    assert [one["annexe"] for one in data["pieces"]] == [None, "Annexe 1", "Annexe 1 – Annexe 1 bis"]
    for listed, row in zip(data["pieces"], rows, strict=True):
        content = made[f"cm-1/{listed['fichier']}"]
        assert listed["sha256"] == row["sha256"] == hashlib.sha256(content).hexdigest()
        assert listed["octets"] == int(row["octets"]) == len(content)
        assert listed["type"] == row["type"]
    assert data["octets"] == sum(one["octets"] for one in data["pieces"])


def test_a_piece_that_refers_to_another_is_not_sent_twice() -> None:
    again = Piece("rapport", "Le rapport", "pdf", ("2",), "Annexe 2", ("cm-1",), code="21_RP", refers="Annexe 1")
    made = folder_files(liasse_of(RAPPORT, again), {0: pdf(), 1: pdf()}, Report())
    assert len([name for name in made if name.endswith(".pdf")]) == 2


def test_what_is_sent_has_no_password() -> None:
    locked = pdf(2, owner="secret")
    with pikepdf.open(io.BytesIO(locked)) as found:
        assert found.is_encrypted
    free = unlocked(locked)
    with pikepdf.open(io.BytesIO(free)) as found:
        assert not found.is_encrypted
    assert page_count(free) == 2
    assert unlocked(pdf(1)) == pdf(1)


def test_a_sending_too_big_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctes, "MAX_BYTES", 1500)
    report = Report()
    assert folder_files(liasse_of(RAPPORT), {0: pdf(), 1: pdf(20)}, report) == {}
    (refused,) = report.errors
    assert refused.code == "LIA-05"
    assert "« rapport »" in refused.cause


def test_what_is_unknown_does_not_break_a_name() -> None:
    name = file_name(Teletransmission("cm-1"), "99_DE", 0)
    assert name == "99_DE-000-000000000-00000000-A_COMPLETER-DE-1-1_1.pdf"


@pytest.mark.parametrize(
    ("siren", "department"),
    [
        ("220600019", "006"),
        ("225500016", "055"),
        ("213300635", "033"),
        ("219740115", ""),
        ("212000046", ""),
        ("130025265", ""),
        ("", ""),
    ],
)
def test_the_department_of_a_collectivite(siren: str, department: str) -> None:
    assert department_of(siren) == department


class TestNumber:
    """The number of an act: 2 to 15 figures, capitals or « _ »."""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        return make_workspace(tmp_path / "espace")

    @given(st.text(max_size=20))
    def test_what_is_made_of_any_number_is_one_that_is_admitted(self, typed: str) -> None:
        made = act_number(_decided(typed))
        assert not made or ACT_NUMBER.fullmatch(made)

    def test_it_is_the_day_and_the_number(self) -> None:
        assert act_number(_decided("4")) == "20251215_4"
        assert initials("conseil départemental") == "CD"
        assert initials("conseil de l\u2019arrondissement") == "CA"
        assert act_number(_decided("CP-4.2")) == "20251215_CP_4_2"
        assert act_number(_decided("2024-CP-0123-é")) == "2024_CP_0123_E"
        assert act_number(_decided("É 12")) == "20251215_E_12"
        assert act_number(_decided("")) == ""

    def test_one_that_lacks_is_a_warning_then_an_error(self, root: Path) -> None:
        change(root, "conventions/deliberations/cm-1.yaml", "numero: 4", "numero: sans")
        draft, final = put(root)[1], put(root, final=True)[1]
        assert said(draft, "LIA-11")
        assert not draft.errors
        assert [one.code for one in final.errors] == ["LIA-11"]

    def test_one_typed_by_hand_is_taken(self, root: Path) -> None:
        change(root, "conventions/deliberations/cm-1.yaml", "numero: 4", "numero: sans")
        change(root, "conventions/liasses/cm-1.yaml", "sorties", "prefecture: {cm-1: {numero: CM_4}}\nsorties")
        liasse, report = put(root, final=True)
        assert (liasse.prefecture[0].number, report.errors) == ("CM_4", ())

    def test_nothing_is_asked_when_nothing_is_sent(self, root: Path) -> None:
        change(root, "conventions/deliberations/cm-1.yaml", "matiere: 7.5", "nature: délibération")
        change(root, "conventions/liasses/cm-1.yaml", "[prefecture]", "[docx]")
        assert not said(put(root, final=True)[1], "LIA-11")


def _decided(number: str) -> ResolvedDeliberation:

    nobody = NounPhrase("", "", MASCULINE_SINGULAR)
    return ResolvedDeliberation(
        id="cm-1",
        organisme="ville",
        name=nobody,
        short=nobody,
        day=date(2025, 12, 15),
        number=number,
        title=TextSource("", Place("")),
        organe=nobody,
    )


class TestForeignFiles:
    """What is looked at before anything is written."""

    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("a.pdf", pdf(2), ""),
            ("a.png", b"\x89PNG\r\n\x1a\n....", ""),
            ("a.jpeg", b"\xff\xd8\xff....", ""),
            ("a.pdf", b"", "LIA-03"),
            ("a.odt", b"PK", "LIA-04"),
            ("a.pdf", pdf(user="secret"), "LIA-13"),
            ("a.pdf", b"%PDF-1.7\n...", "LIA-14"),
            ("a.pdf", b"PK\x03\x04", "LIA-14"),
            ("a.png", b"GARBAGE!", "LIA-14"),
            ("a.docx", b"PK\x03\x04", "LIA-14"),
            ("a.xlsx", b"\xd0\xcf\x11\xe0....", "LIA-19"),
        ],
    )
    def test_a_file(self, tmp_path: Path, name: str, content: bytes, code: str) -> None:
        path = tmp_path / name
        path.write_bytes(content)
        report = Report()
        kind = check_file(name, path, None, "", report)
        assert [one.code for one in report] == ([code] if code else [])
        assert bool(kind) is not bool(code)
        assert all(one.remedy for one in report)

    def test_one_that_is_not_there(self, tmp_path: Path) -> None:
        report = Report()
        assert check_file("a.pdf", tmp_path / "a.pdf", None, "", report) == ""
        assert [one.code for one in report] == ["LIA-03"]

    def test_one_that_is_too_big(self, tmp_path: Path) -> None:
        path = tmp_path / "a.pdf"
        path.write_bytes(b"%PDF-1.7")
        with path.open("r+b") as stream:
            stream.truncate(MAX_BYTES + 1)
        report = Report()
        assert check_file("a.pdf", path, None, "", report) == ""
        assert [one.code for one in report] == ["LIA-05"]

    @pytest.mark.parametrize(
        ("size", "text"), [(1, "0,1 Mo"), (100_000, "0,1 Mo"), (12_345_678, "12,4 Mo"), (150_000_000, "150 Mo")]
    )
    def test_a_weight(self, size: int, text: str) -> None:
        assert megabytes(size) == text


class TestTypes:
    """The type of each piece: one that the nature of the act admits, or the one that is typed."""

    @pytest.mark.parametrize("nature", [*NATURES, "autre"])
    @pytest.mark.parametrize("annexed", ["", "autre", "convention", "protocole", "avenant"])
    def test_what_nobody_types_is_always_admitted(self, nature: str, annexed: str) -> None:
        assert default_type(nature, annexed=annexed) in nature_of(nature).types

    @pytest.mark.parametrize(
        ("nature", "annexed", "code"),
        [
            ("délibération", "", "99_DE"),
            ("délibération", "convention", "99_DE"),
            ("délibération", "avenant", "42_AC"),
            ("délibération", "autre", "99_DE"),
            ("arrêté", "", "99_AR"),
            ("acte réglementaire", "convention", "99_AR"),
            ("acte individuel", "", "99_AI"),
            ("acte individuel", "convention", "22_CO"),
            ("acte individuel", "autre", "99_AI"),
            ("inconnue", "autre", "99_AU"),
        ],
    )
    def test_each_nature_has_its_own(self, nature: str, annexed: str, code: str) -> None:
        assert default_type(nature, annexed=annexed) == code

    def test_the_natures_have_the_figures_of_the_exchange(self) -> None:
        assert [(one.code, one.letters) for one in map(nature_of, [*NATURES, "autre"])] == [
            (1, "DE"),
            (2, "AR"),
            (2, "AR"),
            (3, "AI"),
            (6, "AU"),
        ]

    def test_one_that_is_typed_is_taken(self, tmp_path: Path) -> None:
        root = make_workspace(tmp_path / "espace")
        change(root, "conventions/liasses/cm-1.yaml", "sorties", "types: {rapport: 21_RP}\nsorties")
        liasse, report = put(root)
        assert [one.code for one in liasse.pieces] == ["99_DE", "21_RP", "99_DE", "99_DE"]
        assert resolved(root).codes == {"rapport": "21_RP"}
        assert not said(report, "LIA-11")

    def test_those_of_an_individual_act(self, tmp_path: Path) -> None:
        root = make_workspace(tmp_path / "espace")
        change(root, "conventions/deliberations/cm-1.yaml", "matiere: 7.5", "matiere: 7.5\n  nature: acte individuel")
        assert [one.code for one in put(root)[0].pieces] == ["99_AI", "99_AI", "22_CO", "22_CO"]

    @pytest.mark.parametrize("final", [False, True])
    def test_one_that_the_nature_is_not_known_to_admit_is_told_and_kept(self, tmp_path: Path, final: bool) -> None:
        root = make_workspace(tmp_path / "espace")
        change(root, "conventions/liasses/cm-1.yaml", "sorties", "types: {essai: 22_CO}\nsorties")
        liasse, report = put(root, final=final)
        assert [one.code for one in liasse.pieces][2] == "22_CO"
        (told,) = [one for one in report if one.code == "LIA-11"]
        assert (told.severity, told.path) == (Severity.NOTE, "types.essai")
        assert "« 22_CO »" in told.message
        change(root, "conventions/liasses/cm-1.yaml", "[prefecture]", "[docx]")
        assert not said(put(root)[1], "LIA-11")


@pytest.mark.parametrize(
    ("matter", "wrong"), [("8", True), ("7.11", True), ("10.1", True), ("8.2", False), ("7.5.1", False)]
)
def test_a_matter_has_two_levels_at_least(tmp_path: Path, matter: str, wrong: bool) -> None:
    root = make_workspace(tmp_path / "espace")
    change(root, "conventions/deliberations/cm-1.yaml", "matiere: 7.5", f"matiere: {matter}")
    assert bool([one for one in said(put(root)[1], "LIA-11") if f"la matière « {matter} »" in one]) is wrong


@pytest.mark.parametrize(
    ("typed", "right"), [("006", True), ("02A", True), ("974", True), ("106", False), ("20A", False)]
)
def test_a_department_has_the_form_of_the_exchange(tmp_path: Path, typed: str, right: bool) -> None:
    root = make_workspace(tmp_path / "espace")
    change(
        root, "conventions/liasses/cm-1.yaml", "sorties", f'prefecture: {{cm-1: {{departement: "{typed}"}}}}\nsorties'
    )
    report = Report()
    assert (resolved(root, report).sendings["cm-1"].department, bool(report.errors)) == (
        typed if right else "",
        not right,
    )


def test_the_object_is_cut_at_what_is_admitted(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "espace")
    change(root, "conventions/deliberations/cm-1.yaml", "  objet: Ateliers de lecture\n", "")
    change(root, "conventions/deliberations/cm-1.yaml", "titre: Soutien", "titre: " + "Soutien " * 80 + "Soutien")
    made, report = put(root)
    cut = made.prefecture[0].object
    assert cut == "Soutien " * 61 + "Soutien…" and len(cut) <= 499
    (told,) = said(report, "LIA-11")
    assert "coupé" in told and "499" in told
    change(root, "conventions/deliberations/cm-1.yaml", "matiere: 7.5", "matiere: 7.5\n  objet: Ateliers")
    assert not said(put(root)[1], "LIA-11")


def test_a_number_without_room_for_its_body_is_told(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "espace")
    change(root, "conventions/deliberations/cm-1.yaml", "numero: 4", "numero: 1234")
    made, report = put(root)
    assert made.prefecture[0].number == "20251215_1234"
    (told,) = [one for one in report if one.code == "LIA-11"]
    assert (told.severity, "20251215_1234" in told.message, bool(told.remedy)) == (Severity.NOTE, True, True)
    change(root, "conventions/liasses/cm-1.yaml", "sorties", "prefecture: {cm-1: {numero: CM_251215_1234}}\nsorties")
    assert not said(put(root)[1], "LIA-11")


@pytest.mark.parametrize("organe", ["le bureau municipal", "le conseil municipal"])
def test_no_other_deliberation_is_sent_under_the_same_number(tmp_path: Path, organe: str) -> None:
    root = make_workspace(tmp_path / "espace")
    name = "conventions/deliberations/cm-1.yaml"
    change(root, name, "numero: 4", "numero: 1234")
    text = (root / name).read_text("utf-8").replace("deliberation: cm-1", "deliberation: bm-1")
    text = text.replace("le conseil municipal", organe).replace("signer: [essai, autre]", "texte: de rien")
    text = text.replace("seance: 2025-12-15", "seance: 15 décembre 2025")
    write(root, "conventions/deliberations/bm-1.yaml", text)
    told = [one for one in said(put(root)[1], "LIA-11") if "« bm-1 »" in one]
    assert told == ["« cm-1 » et « bm-1 » auraient le même numéro pour la préfecture : 20251215_1234"]
    change(root, "conventions/deliberations/bm-1.yaml", "15 décembre 2025", "2025-12-16")
    assert not any("« bm-1 »" in one for one in said(put(root)[1], "LIA-11"))


def test_the_object_is_the_title_as_printed_on_one_line(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "espace")
    change(root, "conventions/deliberations/cm-1.yaml", "  objet: Ateliers de lecture\n", "")
    change(root, "conventions/deliberations/cm-1.yaml", "Soutien aux", "L'aide de {{ organisme }} aux")
    assert put(root)[0].prefecture[0].object == ("L'aide de la Commune aux ateliers de lecture")
    change(
        root,
        "conventions/deliberations/cm-1.yaml",
        "matiere: 7.5",
        "matiere: 7.5\n  objet: |\n    Ateliers\n    de lecture",
    )
    assert put(root)[0].prefecture[0].object == "Ateliers de lecture"


def test_names_hold_nothing_that_a_disk_refuses(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "espace")
    write(root, "conventions/annexes/rapport.pdf", pdf())
    liasse, _ = put(root)
    names = folder_files(liasse, {index: pdf() for index in range(4)}, Report())
    assert all(re.fullmatch(r"cm-1/[0-9A-Za-z_.-]+", name) for name in names)
