"""`convgen liasse`: everything is written, or nothing is; what is said of it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pikepdf
import pytest
from bundle_word import W
from liasse_tools import as_json, change, convgen, make_workspace, pdf, write
from lxml import etree

from convgen.acte.nodes import Acte, Annexe, Number, Table, Text
from convgen.acte.runs import plain_text
from convgen.acte.walk import walk
from convgen.bundle import ctes
from convgen.bundle.bordereau import bordereau
from convgen.bundle.liasse import Liasse, Piece
from convgen.workspace import Workspace
from docx import Document

LIASSE = "conventions/liasses/cm-1.yaml"
FOLDER = "prefecture/cm-1"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make_workspace(tmp_path / "espace")
    monkeypatch.chdir(made)
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def sent(folder: Path) -> list[dict[str, object]]:
    pieces = json.loads((folder / FOLDER / "manifest.json").read_text("utf-8"))["pieces"]
    assert isinstance(pieces, list)
    return pieces


def test_the_folder_for_the_prefecture(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = convgen(["liasse", "cm-1", "-o", "envoi", "--definitif"], capsys)
    assert (code, "4 pièces, 6 fichiers" in err) == (0, True), err
    assert "Annexe 1 : Rapport de l’année 2025" in out
    assert "envoi/prefecture/cm-1" in out
    listed = sent(root / "envoi")
    assert [one["identifiant"] for one in listed] == ["cm-1", "rapport", "essai", "autre"]
    for one in listed:
        content = (root / "envoi" / FOLDER / str(one["fichier"])).read_bytes()
        assert hashlib.sha256(content).hexdigest() == one["sha256"]
        with pikepdf.open(root / "envoi" / FOLDER / str(one["fichier"])) as found:
            assert len(found.pages) == one["pages"]


def test_the_same_liasse_gives_the_same_bytes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("un", "deux"):
        assert convgen(["liasse", "cm-1", "-o", folder], capsys)[0] == 0
    assert files(root / "un") == files(root / "deux")


def test_by_default_it_goes_in_the_outputs_of_the_workspace(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert convgen(["liasse", LIASSE], capsys)[0] == 0
    assert (root / "sortie" / "cm-1" / FOLDER / "manifest.csv").is_file()


@pytest.mark.parametrize("broken", ["absent", "vide", "abime"])
def test_a_piece_that_cannot_be_read_leaves_everything_as_it_was(
    root: Path, capsys: pytest.CaptureFixture[str], broken: str
) -> None:
    assert convgen(["liasse", "cm-1", "-o", "envoi"], capsys)[0] == 0
    before = files(root / "envoi")
    path = root / "conventions" / "annexes" / "rapport.pdf"
    path.unlink()
    if broken != "absent":
        path.write_bytes(b"" if broken == "vide" else b"%PDF-1.4 rien")
    code, _, err = convgen(["liasse", "cm-1", "-o", "envoi"], capsys)
    assert (code, files(root / "envoi")) == (1, before)
    assert "rapport.pdf" in err


def test_what_an_earlier_run_sent_and_this_one_does_not_is_taken_away(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert convgen(["liasse", "cm-1", "-o", "envoi"], capsys)[0] == 0
    write(root, f"envoi/{FOLDER}/note.pdf", pdf())
    change(root, "conventions/deliberations/cm-1.yaml", "[essai, autre]", "essai")
    assert convgen(["liasse", "cm-1", "-o", "envoi"], capsys)[0] == 0
    names = {one.name for one in (root / "envoi" / FOLDER).glob("*.pdf")}
    assert names == {str(one["fichier"]) for one in sent(root / "envoi")} | {"note.pdf"}


def test_a_blank_is_listed_and_refused_in_a_final_version(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root, "conventions/deliberations/cm-1.yaml", "vote: sans", "vote: à compléter (résultat du vote)")
    code, out, _ = convgen(["liasse", "cm-1", "-o", "envoi"], capsys)
    assert (code, "cm-1 : résultat du vote (vote)" in out) == (0, True)
    code, _, err = convgen(["liasse", "cm-1", "-o", "final", "--definitif"], capsys)
    assert (code, "ACT-01" in err, (root / "final").exists()) == (1, True, False)


def test_notes_are_counted_apart_from_warnings(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = convgen(["liasse", "cm-1", "-o", "envoi"], capsys)[2]
    assert "0 avertissement." in before
    file = "conventions/deliberations/cm-1.yaml"
    change(root, file, "  objet: Ateliers de lecture\n", "")
    change(root, file, "titre: Soutien aux ateliers de lecture", f"titre: Soutien {'aux ateliers de lecture ' * 30}")
    assert ", 0 erreur, 0 avertissement, 1 note." in convgen(["liasse", "cm-1", "-o", "envoi"], capsys)[2]


def test_a_sending_too_big_writes_nothing_at_all(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctes, "MAX_BYTES", 10_000)
    code, _, err = convgen(["liasse", "cm-1", "-o", "envoi", "--format", "docx,prefecture"], capsys)
    assert (code, "LIA-05" in err, (root / "envoi").exists()) == (1, True, False)


def test_machines_are_told_everything(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, data = as_json(["liasse", "cm-1", "-o", "envoi"], capsys)
    assert (code, data["diagnostics"], data["blancs"]) == (0, [], [])
    pieces = data["pieces"]
    assert isinstance(pieces, list)
    assert [(one["identifiant"], one["annexe"], one["type"]) for one in pieces] == [
        ("cm-1", None, "99_DE"),
        ("rapport", "Annexe 1", "99_DE"),
        ("essai", "Annexe 2", "99_DE"),
        ("autre", "Annexe 3", "99_DE"),
    ]
    assert isinstance(data["fichiers"], list)
    assert len(data["fichiers"]) == 6


def test_formats_typed_go_before_those_of_the_definition(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert convgen(["liasse", "cm-1", "-o", "envoi", "--format", "docx"], capsys)[0] == 0
    assert list(files(root / "envoi")) == ["cm-1.docx"]


def test_an_unknown_format_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = convgen(["liasse", "cm-1", "--format", "odt"], capsys)
    assert (code, "USA-01" in err) == (2, True)


@pytest.mark.parametrize(
    ("command", "name", "what", "wanted"),
    [
        ("liasse", "conventions/essai.yaml", "une convention", "generer"),
        ("liasse", "conventions/deliberations/cm-1.yaml", "une délibération", "generer"),
        ("generer", "conventions/liasses/cm-1.yaml", "une liasse", "liasse"),
    ],
)
def test_a_file_of_another_kind_is_told_with_its_command(
    root: Path, capsys: pytest.CaptureFixture[str], command: str, name: str, what: str, wanted: str
) -> None:
    code, _, err = convgen([command, name], capsys)
    assert code != 0
    assert f"« {name} » est {what}" in err and "USA-01" in err
    assert f"convgen {wanted} {name}" in err
    assert "DEF-" not in err and "LIA-" not in err


def test_an_unknown_liasse_is_said(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = convgen(["liasse", "cm-2"], capsys)
    assert (code, "FIC-01" in err, "cm-1" in err) == (1, True, True)


def test_a_signed_act_is_sent_as_it_was_signed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert convgen(["signer", "essai", "--le", "2025-12-20"], capsys)[0] == 0
    change(root, "conventions/essai.yaml", "le soutien d'ateliers de lecture", "le soutien de la lecture")
    assert convgen(["liasse", "cm-1", "-o", "envoi"], capsys)[0] == 0
    (one,) = [one for one in sent(root / "envoi") if one["identifiant"] == "essai"]
    kept = (root / "conventions" / "essai.signe" / "acte.pdf").read_bytes()
    assert (root / "envoi" / FOLDER / str(one["fichier"])).read_bytes() == kept


class TestAvenant:
    """An avenant in a liasse."""

    AVENANT = (
        "avenant: essai-1\nmodifie: essai\nnumero: 1\neffet: signature\n"
        "parties: {ville: {habilitation: {deliberation: cm-1}}}\n"
        "modifications:\n  donnees:\n    public: jeunes\n"
    )

    @pytest.fixture
    def amended(self, root: Path) -> Path:
        write(root, "conventions/avenants/essai-1.yaml", self.AVENANT)
        change(root, "conventions/deliberations/cm-1.yaml", "[essai, autre]", "essai-1")
        return root

    def test_it_goes_through_the_chain(self, amended: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, err = convgen(["liasse", "cm-1", "-o", "envoi"], capsys)
        assert code == 0, err
        assert "Annexe 2 : Avenant n° 1" in out.replace("\u00a0", " ")

    def test_once_signed_it_is_as_it_was_signed(self, amended: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert convgen(["signer", "essai", "--le", "2025-11-20"], capsys)[0] == 0
        assert convgen(["signer", "essai-1", "--le", "2025-12-20"], capsys)[0] == 0
        code, _, err = convgen(["liasse", "cm-1", "-o", "envoi"], capsys)
        assert code == 0, err
        (one,) = [one for one in sent(amended / "envoi") if one["identifiant"] == "essai-1"]
        kept = (amended / "conventions" / "avenants" / "essai-1.signe" / "avenant.pdf").read_bytes()
        assert (amended / "envoi" / FOLDER / str(one["fichier"])).read_bytes() == kept


class TestBordereau:
    """The list of the pieces, as an act."""

    LIASSE = Liasse(
        "cm-1",
        "Ateliers de lecture",
        (
            Piece("cm-1", "La délibération", "deliberation"),
            Piece("plan", "Le plan", "pdf", ("1",), "Annexe 1", ("cm-1",)),
            Piece("plan", "Le plan", "pdf", ("2",), "Annexe 2", ("cm-1",), refers="Annexe 1"),
        ),
    )

    def rows(self, pages: dict[tuple[int, str], int | str] | None) -> list[list[str]]:
        acte = bordereau(self.LIASSE, pages)
        (table,) = [node for node in walk(acte.zones) if isinstance(node, Table)]
        return [
            ["".join(plain_text(p.inlines) for p in cell.blocks) for cell in row.cells]  # type: ignore[union-attr]
            for row in table.rows
        ]

    def test_every_piece_has_a_line(self) -> None:
        shown = [[cell.replace("\u00a0", " ") for cell in row] for row in self.rows(None)]
        assert shown == [
            ["Délibération", "La délibération"],
            ["Annexe 1", "Le plan"],
            ["Annexe 2", "Le plan Document joint une seule fois : voir annexe 1"],
        ]

    def test_pages_are_printed_when_they_are_known(self) -> None:
        assert [row[-1] for row in self.rows({(0, ""): 2, (1, ""): 5})] == ["2", "5", ""]

    def test_the_annexes_of_an_act_stand_in_the_order_of_their_numbers(self) -> None:
        def annexe(name: str, number: str, file: str = "") -> Annexe:
            label = Number(number, f"ANNEXE {number}", "")
            return Annexe(name, (Text(name),), (), number=label, file=file)

        own = (annexe("un", "1"), annexe("un-bis", "1 bis", "a.pdf"), annexe("deux", "2"))
        acte = Acte("convention", "c", "", "C", (), annexes=own)
        pieces = (
            Piece("cm-1", "D", "deliberation", acte=Acte("délibération", "cm-1", "20", "D", ())),
            Piece("c", "C", "acte", ("1",), "Annexe 1", ("cm-1",), acte=acte),
            Piece("un-bis", "un bis", "pdf", ("1", "1 bis"), "Annexe 1 – Annexe 1 bis", ("cm-1", "c")),
            Piece("plus", "plus", "pdf", ("1", "3"), "Annexe 1 – Annexe 3", ("cm-1", "c")),
            Piece("fin", "fin", "pdf", ("2",), "Annexe 2", ("cm-1",)),
        )
        (table,) = [node for node in walk(bordereau(Liasse("l", "L", pieces)).zones) if isinstance(node, Table)]
        shown = [
            [plain_text(cell.blocks[0].inlines).replace("\u00a0", " ") for cell in row.cells]  # type: ignore[union-attr]
            for row in table.rows
        ]
        assert shown == [
            ["Délibération n° 20", "D"],
            ["Annexe 1", "C"],
            ["Annexe 1 – Annexe 1", "\u2003un"],
            ["Annexe 1 – Annexe 1 bis", "\u2003un bis"],
            ["Annexe 1 – Annexe 2", "\u2003deux"],
            ["Annexe 1 – Annexe 3", "\u2003plus"],
            ["Annexe 2", "fin"],
        ]

    def test_in_word_it_gives_the_pages_of_the_contents(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert convgen(["liasse", "cm-1", "-o", "envoi", "--format", "docx"], capsys)[0] == 0
        document = Document(str(root / "envoi" / "cm-1.docx"))

        def last(element: etree._Element) -> str:
            """The page as a field keeps it: what is printed last."""
            return [one.text or "" for one in element.iter(f"{W}t")][-1]

        shown = document.tables[0].rows
        assert [one.cells[0].text for one in shown] == [
            "Pièce",
            "Délibération n°\u00a04 du 15\u00a0décembre 2025",
            "Annexe\u00a01",
            "Annexe\u00a02",
            "Annexe\u00a03",
        ]
        listed = [one._p for one in document.paragraphs if one._p.find(f"{W}hyperlink") is not None]
        pages = [last(one.cells[2]._tc) for one in shown[1:]]
        assert pages == [last(one) for one in listed]
        assert all(page.isdigit() for page in pages)
        assert sorted({*pages}, key=int) == pages


def test_the_workspace_knows_its_liasses(root: Path) -> None:
    assert Workspace(root).ids("liasse") == ("cm-1",)
