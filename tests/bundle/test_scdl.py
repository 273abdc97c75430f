"""Open data: the published field lists, the lines drawn from definitions, the file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from liasse_tools import as_json, change, convention, convgen, make_workspace, write

from convgen.bundle.nomenclature import matter_name
from convgen.bundle.scdl import SCHEMAS, Line, csv_bytes
from convgen.bundle.scdl_fields import DELIBERATIONS, SUBVENTIONS, faults
from convgen.bundle.sending import shortened
from convgen.errors import Place

SUBVENTION = {
    "nomAttribuant": "Commune de Belleville-sur-Exemple",
    "idAttribuant": "22060001900016",
    "dateConvention": "2025-12-20",
    "referenceDecision": "4",
    "nomBeneficiaire": "Association Les Ateliers",
    "idBeneficiaire": "",
    "rnaBeneficiaire": "W380475558",
    "objet": "Le soutien d'ateliers de lecture",
    "montant": "30000.00",
    "nature": "aide en numéraire",
    "conditionsVersement": "échelonné",
    "datesPeriodeVersement": "2026-01-01/2026-12-31",
    "idRAE": "",
    "notificationUE": "non",
    "pourcentageSubvention": "1.00",
    "dispositifAide": "",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make_workspace(tmp_path / "espace")
    write(made, "conventions/essai.yaml", convention("essai", "2026-1", more="etat:\n  signe: 2025-12-20\n"))
    path = made / "conventions" / "organismes" / "association.yaml"
    write(made, "conventions/organismes/association.yaml", path.read_text("utf-8") + "rna: W380475558\n")
    monkeypatch.chdir(made)
    return made


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def test_the_fields_are_those_of_the_published_schemas() -> None:
    assert [one.name for one in SUBVENTIONS] == list(SUBVENTION)
    assert [one.name for one in SUBVENTIONS if not one.required] == [
        "referenceDecision",
        "idBeneficiaire",
        "rnaBeneficiaire",
        "idRAE",
        "dispositifAide",
    ]
    assert [one.name for one in DELIBERATIONS][:7] == [
        "COLL_NOM",
        "COLL_SIRET",
        "DELIB_ID",
        "DELIB_DATE",
        "DELIB_MATIERE_CODE",
        "DELIB_MATIERE_NOM",
        "DELIB_OBJET",
    ]
    assert all(one.required for one in DELIBERATIONS[:7])
    assert not any(one.required for one in DELIBERATIONS[7:])


class TestFaults:
    """What a schema refuses of a value."""

    def test_a_right_line_has_none(self) -> None:
        assert list(faults(SUBVENTION, SUBVENTIONS)) == []

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("idAttribuant", "22060001900017"),
            ("idAttribuant", "220600019"),
            ("idBeneficiaire", "220 600 019 00016"),
            ("rnaBeneficiaire", "380475558"),
            ("dateConvention", "20/12/2025"),
            ("dateConvention", "2025-02-30"),
            ("dateConvention", "20251220"),
            ("objet", "x" * 257),
            ("montant", "30 000"),
            ("montant", "30000,00"),
            ("montant", "NaN"),
            ("nature", "numéraire"),
            ("datesPeriodeVersement", "2026"),
            ("datesPeriodeVersement", "2026-12-31/2026-01-01"),
            ("datesPeriodeVersement", "2026-13-01"),
            ("idRAE", "123456"),
            ("notificationUE", "true"),
            ("pourcentageSubvention", "1.01"),
            ("pourcentageSubvention", "0"),
        ],
    )
    def test_a_wrong_value_is_told(self, field: str, value: str) -> None:
        assert [(code, name) for code, name, _ in faults({**SUBVENTION, field: value}, SUBVENTIONS)] == [
            ("SCD-02", field)
        ]

    @pytest.mark.parametrize("field", [one.name for one in SUBVENTIONS if one.required])
    def test_a_value_that_lacks_is_told(self, field: str) -> None:
        assert [(code, name) for code, name, _ in faults({**SUBVENTION, field: ""}, SUBVENTIONS)] == [("SCD-01", field)]

    def test_a_field_that_is_not_of_the_schema_is_told(self) -> None:
        assert [code for code, _, _ in faults({**SUBVENTION, "autre": "x"}, SUBVENTIONS)] == ["SCD-02"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("8.2", "domaines de compétences par thèmes/aide sociale"),
        ("7.10", "finances locales/divers"),
        ("1.1", "commande publique/marchés publics"),
        ("9.4", "autres domaines de compétences/vœux et motions"),
        ("7.11", ""),
        ("0.1", ""),
        ("10.1", ""),
        ("8", ""),
        ("8.0", ""),
    ],
)
def test_the_name_of_a_matter(code: str, name: str) -> None:
    assert matter_name(code) == name


def test_every_matter_is_worded_as_the_schema_asks() -> None:
    names = [matter_name(f"{first}.{second}") for first in range(1, 10) for second in range(1, 11)]
    known = [one for one in names if one]
    assert len(known) == 57
    assert all(one == one.lower() and not set(one) & set(",()") for one in known)


@given(st.text(alphabet="abé \u00a0«»", min_size=1, max_size=600))
def test_an_object_is_never_too_long(text: str) -> None:
    cut = shortened(text, 256)
    assert len(cut) <= 256 and (cut == text if len(text) <= 256 else cut.endswith("…") and text.startswith(cut[:-1]))


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"))), min_size=2, max_size=4))
def test_the_file_is_read_back_as_it_was_written(values: list[str]) -> None:
    values = [*values, 'guillemet " et virgule, fin']
    fields = SUBVENTIONS[: len(values)]
    line = Line("x", {field.name: value for field, value in zip(fields, values, strict=True)}, Place(""))
    content = csv_bytes([line], fields)
    head, row = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
    assert (head, row) == ([field.name for field in fields], values)
    assert content.endswith(b"\r\n")
    assert not content.startswith(b"\xef\xbb\xbf")


class TestSubventions:
    """`convgen exporter scdl-subventions`."""

    def test_the_line_of_a_convention(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, _, err = convgen(["exporter", "scdl-subventions", "essai", "-o", "s.csv"], capsys)
        assert code == 0, err
        assert read(root / "s.csv") == [SUBVENTION]

    def test_a_siret_is_given_when_it_is_known(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        change(root, "conventions/organismes/association.yaml", "rna:", "siret: 220 600 019 00016\nrna:")
        assert convgen(["exporter", "scdl-subventions", "essai", "-o", "s.csv"], capsys)[0] == 0
        assert read(root / "s.csv")[0]["idBeneficiaire"] == "22060001900016"

    def test_of_all_the_signed_ones_are_taken(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, _, err = convgen(["exporter", "scdl-subventions", "-o", "s.csv"], capsys)
        assert (code, len(read(root / "s.csv"))) == (0, 1)
        assert "note SCD-03" in err
        assert "« autre » n'est pas encore signée" in err

    def test_a_folder_stands_for_its_conventions(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert convgen(["exporter", "scdl-subventions", "conventions", "-o", "s.csv"], capsys)[0] == 0
        assert len(read(root / "s.csv")) == 1

    def test_nothing_is_written_after_an_error(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        write(root, "s.csv", "avant")
        code, data = as_json(["exporter", "scdl-subventions", "autre", "-o", "s.csv"], capsys)
        assert (code, (root / "s.csv").read_text(), data["fichier"]) == (1, "avant", None)

    def test_what_spends_nothing_is_no_subvention(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        change(root, "conventions/essai.yaml", "sens: dépense", "sens: sans")
        code, _, err = convgen(["exporter", "scdl-subventions", "essai"], capsys)
        assert (code, "SCD-03" in err) == (1, True)

    def test_without_a_file_it_is_shown(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, _ = convgen(["exporter", "scdl-subventions", "essai"], capsys)
        assert (code, out.splitlines()[0]) == (0, ",".join(SUBVENTION))

    def test_who_has_no_number_is_left_out_unless_asked_for(
        self, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        change(root, "conventions/organismes/association.yaml", "rna: W380475558\n", "")
        for command in ([], ["conventions"]):
            code, _, err = convgen(["exporter", "scdl-subventions", *command, "-o", "s.csv"], capsys)
            assert (code, read(root / "s.csv")) == (0, [])
            assert "avertissement SCD-04" in err
            assert "« essai » n'est pas exportée" in err
        code, _, err = convgen(["exporter", "scdl-subventions", "essai", "-o", "s.csv"], capsys)
        assert (code, "erreur SCD-04" in err) == (1, True)


class TestDeliberations:
    """`convgen exporter scdl-deliberations`."""

    def test_the_line_of_a_deliberation(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        change(
            root,
            "conventions/deliberations/cm-1.yaml",
            "vote: sans",
            "vote: {en_exercice: 25, presents: 20, pouvoirs: 3, pour: 20, contre: 2, abstention: 1}\n"
            "etat: {transmis: 2025-12-18}",
        )
        code, _, err = convgen(["exporter", "scdl-deliberations", "-o", "d.csv"], capsys)
        assert code == 0, err
        (row,) = read(root / "d.csv")
        assert {name: value for name, value in row.items() if value} == {
            "COLL_NOM": "Commune de Belleville-sur-Exemple",
            "COLL_SIRET": "22060001900016",
            "DELIB_ID": "CM_20251215_4",
            "DELIB_DATE": "2025-12-15",
            "DELIB_MATIERE_CODE": "7.5",
            "DELIB_MATIERE_NOM": "finances locales/subventions",
            "DELIB_OBJET": "Ateliers de lecture",
            "PREF_ID": "PREF006",
            "PREF_DATE": "2025-12-18",
            "VOTE_EFFECTIF": "25",
            "VOTE_REEL": "23",
            "VOTE_POUR": "20",
            "VOTE_CONTRE": "2",
            "VOTE_ABSTENTION": "1",
        }

    def test_the_object_is_the_title_as_printed(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        change(root, "conventions/deliberations/cm-1.yaml", "  objet: Ateliers de lecture\n", "")
        change(root, "conventions/deliberations/cm-1.yaml", "Soutien aux", "L'aide de {{ organisme }} aux")
        code, _, err = convgen(["exporter", "scdl-deliberations", "-o", "d.csv"], capsys)
        assert code == 0, err
        assert read(root / "d.csv")[0]["DELIB_OBJET"].startswith("L'aide de la Commune aux")
        change(root, "conventions/deliberations/cm-1.yaml", "{{ organisme }}", "{{ inconnu }}")
        code, _, err = convgen(["exporter", "scdl-deliberations", "-o", "d.csv"], capsys)
        assert (code, "TXT-02" in err, "DELIB_OBJET" in err) == (1, True, False)

    def test_a_commune_does_not_say_which_prefecture(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        name = "conventions/organismes/ville.yaml"
        for siret, expected in (("220 600 019 00016", "PREF006"), ("218 601 946 00013", "")):
            text = (root / name).read_text("utf-8")
            write(root, name, "".join(one for one in text.splitlines(keepends=True) if "siret" not in one))
            write(root, name, (root / name).read_text("utf-8") + f"siret: {siret}\n")
            code, _, err = convgen(["exporter", "scdl-deliberations", "-o", "d.csv"], capsys)
            assert code == 0, err
            assert read(root / "d.csv")[0]["PREF_ID"] == expected

    def test_a_deeper_matter_is_cut_to_its_second_level(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        change(root, "conventions/deliberations/cm-1.yaml", "matiere: 7.5", "matiere: 7.5.1")
        assert convgen(["exporter", "scdl-deliberations", "cm-1", "-o", "d.csv"], capsys)[0] == 0
        assert read(root / "d.csv")[0]["DELIB_MATIERE_CODE"] == "7.5"

    def test_a_draft_is_left_out_unless_asked_for(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        text = (root / "conventions/deliberations/cm-1.yaml").read_text("utf-8")
        draft = text.replace("deliberation: cm-1", "deliberation: cm-2").replace("  matiere: 7.5\n", "")
        draft = draft.replace("seance: 2025-12-15", "seance: à compléter")
        assert draft.count("\n") == text.count("\n") - 1
        write(root, "conventions/deliberations/cm-2.yaml", draft)
        code, _, err = convgen(["exporter", "scdl-deliberations", "-o", "d.csv"], capsys)
        assert code == 0, err
        assert [row["DELIB_OBJET"] for row in read(root / "d.csv")] == ["Ateliers de lecture"]
        assert err.count("SCD-01 : « cm-2 »") == 1
        assert "avertissement SCD-01 : « cm-2 » n'est pas exportée : il manque DELIB_DATE et DELIB_MATIERE_CODE" in err
        assert "voix" not in err.partition("cm-2")[2]
        code, _, err = convgen(["exporter", "scdl-deliberations", "cm-2", "-o", "e.csv"], capsys)
        assert (code, (root / "e.csv").exists()) == (1, False)
        assert "erreur SCD-01" in err and "DELIB_MATIERE_CODE" in err and "DELIB_MATIERE_NOM" not in err

    def test_a_matter_that_is_none_is_an_error_for_all(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        change(root, "conventions/deliberations/cm-1.yaml", "matiere: 7.5", "matiere: 7.99")
        code, _, err = convgen(["exporter", "scdl-deliberations", "-o", "d.csv"], capsys)
        assert (code, err.count("erreur SCD-01"), "DELIB_MATIERE_NOM" in err) == (1, 1, True)

    def test_the_identifier_is_the_number_sent_and_no_other_s(
        self, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = (root / "conventions/deliberations/cm-1.yaml").read_text("utf-8")
        for name, day in (("cm-2", "2026-01-12"), ("cm-3", "2025-12-15")):
            other = text.replace("deliberation: cm-1", f"deliberation: {name}").replace("2025-12-15", day)
            write(root, f"conventions/deliberations/{name}.yaml", other)
        command = ["exporter", "scdl-deliberations", "-o", "d.csv"]
        code, _, err = convgen(command, capsys)
        assert (code, "« cm-1 » et « cm-3 » auraient le même identifiant : CM_20251215_4" in err) == (1, True)
        change(root, "conventions/liasses/cm-1.yaml", "sorties", "prefecture: {cm-1: {numero: CM_4}}\nsorties")
        assert convgen(command, capsys)[0] == 0
        assert [row["DELIB_ID"] for row in read(root / "d.csv")] == ["CM_4", "CM_20260112_4", "CM_20251215_4"]


def test_an_unknown_export_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = convgen(["exporter", "marches"], capsys)
    assert (code, "scdl-subventions" in err) == (2, True)


def test_the_two_exports_are_known() -> None:
    assert list(SCHEMAS) == ["scdl-subventions", "scdl-deliberations"]
