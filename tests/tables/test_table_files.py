"""Tables kept in .csv and .xlsx files: read exactly, a bad cell named as a clerk finds it, nothing silent."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from table_acts import Tabled

from convgen.errors import Report
from convgen.model.resolve import resolve
from convgen.workspace import Workspace as Space

TABLE = """\
fichier: conventions/annexes/visites.%s
colonnes:
  - {titre: Nom du bénéficiaire}
  - {titre: Date de début, type: date}
  - {titre: Montant programmé, lettre: A, type: montant, total: oui}
total: Total
"""
CSV = """\
Nom du bénéficiaire;Date de début;Montant programmé
Jalons;2023-01-01;6 908 490,85 €
"Cap ; Sud";01/01/2024;4 250 000,00 €
"""


GROUPED = """\
fichier: conventions/annexes/visites.%s
grouper: {par: axe, bande: "{{ axe }}"}
colonnes:
  - {titre: Nom}
  - {titre: Montant, type: montant, total: oui}
total: Total
"""


def workbook(*rows: list[object], sheet: str = "Visites", merged: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    for one in merged:
        page.merge_cells(one)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_csv_file_gives_its_rows(tabled: Tabled) -> None:
    run = tabled(TABLE % "csv", {"conventions/annexes/visites.csv": CSV})
    assert run.rows() == [
        ["Jalons", "1er janvier 2023", "6 908 490,85 €"],
        ["Cap ; Sud", "1er janvier 2024", "4 250 000 €"],
        ["Total", "11 158 490,85 €"],
    ]


def test_a_bad_cell_of_a_csv_file_is_named_by_line_and_column(tabled: Tabled) -> None:
    run = tabled(TABLE % "csv", {"conventions/annexes/visites.csv": CSV.replace("4 250 000,00 €", "beaucoup")})
    assert run.codes == ["DON-01"]
    assert "visites.csv:3, colonne 3" in run.words
    place = run.report.errors[0].place
    assert place is not None and (place.file, place.line, place.column) == ("conventions/annexes/visites.csv", 3, 3)


def test_a_workbook_gives_exact_figures_and_days(tabled: Tabled) -> None:
    content = workbook(
        ["Nom du bénéficiaire", "Date de début", "Montant programmé"],
        ["Jalons", date(2023, 1, 1), 6908490.85],
        ["Cap Sud", date(2024, 1, 1), 0.1 + 0.2],
    )
    run = tabled(TABLE % "xlsx", {"conventions/annexes/visites.xlsx": content})
    assert run.rows()[0] == ["Jalons", "1er janvier 2023", "6 908 490,85 €"]
    assert run.table().totals["A"].value == Decimal("6908491.15")  # type: ignore[union-attr]


def test_a_bad_cell_of_a_workbook_is_named_as_in_the_spreadsheet(tabled: Tabled) -> None:
    content = workbook(["Nom du bénéficiaire", "Date de début", "Montant programmé"], ["Jalons", "2023-01-01", "n.c."])
    run = tabled(TABLE % "xlsx", {"conventions/annexes/visites.xlsx": content})
    assert run.codes == ["DON-01"]
    assert "Visites!C2" in run.words


def test_a_formula_that_was_never_computed_is_refused(tabled: Tabled) -> None:
    content = workbook(["Nom du bénéficiaire", "Date de début", "Montant programmé"], ["Jalons", "2023-01-01", "=1+1"])
    run = tabled(TABLE % "xlsx", {"conventions/annexes/visites.xlsx": content})
    assert run.codes == ["DON-18"]
    assert "Visites!C2" in run.words


def test_a_sheet_is_chosen_by_name_and_a_wrong_one_is_refused(tabled: Tabled) -> None:
    files: dict[str, str | bytes] = {
        "conventions/annexes/visites.xlsx": workbook(["Nom"], ["Jalons"], sheet="Plan 2024")
    }
    table = "fichier: conventions/annexes/visites.xlsx\nfeuille: Plan %s\ncolonnes: [{titre: Nom}]"
    assert tabled(table % "2024", files).rows() == [["Jalons"]]
    run = tabled(table % "2025", files)
    assert run.codes == ["DEF-04"]
    assert "Plan 2024" in run.words


def test_a_cell_under_no_title_is_never_dropped_silently(tabled: Tabled) -> None:
    run = tabled(TABLE % "csv", {"conventions/annexes/visites.csv": CSV + "X;2024-01-01;1 €;perdu\n"})
    assert run.codes == ["DEF-03"]
    assert "visites.csv:4, colonne 4" in run.words


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("absent.csv", None, "FIC-01"),
        ("../secret.csv", None, "FIC-02"),
        ("/etc/passwd", None, "FIC-02"),
        ("a.docx", b"x", "FIC-05"),
        ("a.xlsx", b"not a zip", "FIC-05"),
        ("a.csv", "é".encode("latin-1"), "FIC-05"),
        ("a.csv", b"", "FIC-05"),
        ("a.csv", b'a;b\n"never closed', "FIC-05"),
        ("a.csv", b"a\n" * 20_010, "FIC-04"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tabled: Tabled, name: str, content: bytes | None, code: str) -> None:
    files = {} if content is None else {name: content}
    run = tabled(f"fichier: {name}\ncolonnes: [{{titre: a}}]", files)
    assert run.codes == [code]


def test_a_workbook_that_swells_is_refused_before_it_is_read(tabled: Tabled) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 101_000_000)
    run = tabled("fichier: a.xlsx\ncolonnes: [{titre: a}]", {"a.xlsx": out.getvalue()})
    assert run.codes == ["FIC-04"]


def test_a_link_out_of_the_workspace_is_refused(tabled: Tabled, tmp_path: Path) -> None:
    (tmp_path.parent / f"{tmp_path.name}-hors.csv").write_text("a\nb\n", encoding="utf-8")
    (tmp_path / "lien.csv").symlink_to(tmp_path.parent / f"{tmp_path.name}-hors.csv")
    assert tabled("fichier: lien.csv\ncolonnes: [{titre: a}]").codes == ["FIC-03"]


def test_a_file_that_changes_is_read_again_by_the_same_workspace(tabled: Tabled, tmp_path: Path) -> None:
    tabled(TABLE % "csv", {"conventions/annexes/visites.csv": CSV})
    workspace, path = Space(tmp_path), tmp_path / "conventions/annexes/visites.csv"

    def total() -> Decimal:
        resolved = resolve(workspace, "acte", date(2024, 6, 1), Report())
        assert resolved is not None and resolved.tables is not None
        made = resolved.tables.table("t")
        assert made is not None
        return made.totals["A"].value  # type: ignore[union-attr, return-value]

    assert total() == total() == Decimal("11158490.85")
    path.write_text(CSV.replace("4 250 000,00 €", "250 000,00 €"), encoding="utf-8")
    assert total() == Decimal("7158490.85")


ROWS: tuple[list[object], ...] = (
    ["Axe", "Nom", "Montant"],
    ["Enfance", "Jalons", 10],
    [None, "Cap", 20],
    ["Droits", "Sud", 30],
)


def test_a_merged_group_is_that_of_each_of_its_rows(tabled: Tabled) -> None:
    run = tabled(GROUPED % "xlsx", {"conventions/annexes/visites.xlsx": workbook(*ROWS, merged=("A2:A3",))})
    assert run.rows() == [
        ["Enfance"], ["Jalons", "10 €"], ["Cap", "20 €"], ["Droits"], ["Sud", "30 €"], ["Total", "60 €"],
    ]  # fmt: skip


def test_an_empty_cell_that_groups_is_refused_by_its_name(tabled: Tabled) -> None:
    run = tabled(GROUPED % "xlsx", {"conventions/annexes/visites.xlsx": workbook(*ROWS)})
    assert run.codes == ["DON-10"]
    assert "Visites!A3" in run.words


def test_a_merged_figure_is_refused_by_the_names_of_both_cells(tabled: Tabled) -> None:
    rows = [list(one) for one in ROWS]
    rows[2][2] = None
    content = workbook(*rows, merged=("A2:A3", "C2:C3"))
    run = tabled(GROUPED % "xlsx", {"conventions/annexes/visites.xlsx": content})
    assert run.codes == ["DON-01"]
    assert "Visites!C3" in run.words and "Visites!C2" in run.words


def test_an_empty_amount_is_refused_by_its_name_unless_the_column_accepts_it(tabled: Tabled) -> None:
    rows = [list(one) for one in ROWS]
    rows[2][0], rows[2][2] = "Enfance", None
    files: dict[str, str | bytes] = {"conventions/annexes/visites.xlsx": workbook(*rows)}
    run = tabled(GROUPED % "xlsx", files)
    assert run.codes == ["DON-01"]
    assert "Visites!C3 : cette cellule est vide" in run.words
    run = tabled((GROUPED % "xlsx").replace("total: oui", "total: oui, vide: sans"), files)
    assert run.rows()[2] == ["Cap", "/"] and run.rows()[-1] == ["Total", "40 €"]


def test_two_columns_of_one_title_are_refused_by_the_names_of_both_cells(tabled: Tabled) -> None:
    rows: list[list[object]] = [["Axe", "Nom", "Montant", "montant"], ["Enfance", "Jalons", 10, 20]]
    run = tabled(GROUPED % "xlsx", {"conventions/annexes/visites.xlsx": workbook(*rows)})
    assert run.codes == ["DEF-14"]
    assert "Visites!C1" in run.words and "Visites!D1" in run.words
    run = tabled(GROUPED % "csv", {"conventions/annexes/visites.csv": "Axe;Nom;Montant;Nom\nA;b;1 €;c\n"})
    assert run.codes == ["DEF-14"]
    assert "visites.csv:1, colonne 2" in run.words and "visites.csv:1, colonne 4" in run.words


@pytest.mark.parametrize("text", ["{{ nom }}", "{% if %}", "{# x #}", "*Jalons*", "1. Jalons", "- Jalons", "a_b_c\\"])
def test_a_cell_of_a_file_is_plain_text(tabled: Tabled, text: str) -> None:
    content = f"Axe;Nom;Montant\nA;{text};1 €\n"
    table = (GROUPED % "csv").replace("{titre: Nom}", "{titre: Nom}\n  - {titre: Encore, valeur: '{{ nom }}'}")
    run = tabled(table, {"conventions/annexes/visites.csv": content})
    assert run.rows()[1] == [text, text, "1 €"]


@pytest.mark.parametrize("text", ["Axe;Nom;Montant\nA;x\0;1 €\n", 'Axe;Nom;Montant\nA;"x;1 €\n'])
def test_a_damaged_csv_file_is_said_in_french(tabled: Tabled, text: str) -> None:
    run = tabled(GROUPED % "csv", {"conventions/annexes/visites.csv": text})
    assert run.codes == ["FIC-05"]
    cause = run.report.errors[0].cause
    assert "caractère nul" in cause or "guillemet" in cause
    assert "unexpected" not in run.words
