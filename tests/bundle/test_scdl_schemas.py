"""The exports against the published schemas, which are read here from a file of their own, not from the code."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from liasse_tools import change, convention, convgen, make_workspace, write

from convgen.bundle import scdl_fields
from convgen.bundle.scdl import Line, check_lines
from convgen.bundle.scdl_fields import DELIBERATIONS, SUBVENTIONS, Field, faults, row_faults
from convgen.errors import Place, Report

SCHEMAS = Path(__file__).parent / "schemas_scdl"
ROOT = Path(__file__).parents[2]
Row = Mapping[str, str]
_KINDS = {"texte": "string", "date": "date", "nombre": "number", "entier": "integer", "booléen": "boolean"}
#: The themes that `nomenclature-actes-value` admits before the slash (validata-core).
THEMES = (
    "commande publique",
    "urbanisme",
    "domaine et patrimoine",
    "fonction publique",
    "institutions et vie politique",
    "libertés publiques et pouvoirs de police",
    "finances locales",
    "domaines de compétences par thèmes",
    "autres domaines de compétences",
)


def schema(name: str) -> dict[str, Any]:
    found = json.loads((SCHEMAS / name).read_text("utf-8"))
    assert isinstance(found, dict)
    return found


SUBVENTION_SCHEMA = schema("subventions-2.1.1.json")
DELIBERATION_SCHEMA = schema("deliberations-2.1.5.json")


def described(field: Field) -> dict[str, Any]:
    """A field as a Table Schema would describe it."""
    limits: dict[str, Any] = {}
    if field.required:
        limits["required"] = True
    if field.pattern and field.name != "DELIB_URL":
        limits["pattern"] = f"^{field.pattern}$"
    if field.values and field.kind != "booléen":
        limits["enum"] = list(field.values)
    if field.longest:
        limits["maxLength"] = field.longest
    if field.minimum is not None:
        limits["minimum"] = float(field.minimum)
    if field.maximum is not None:
        limits["maximum"] = float(field.maximum)
    return {"name": field.name, "type": _KINDS.get(field.kind, "string"), "constraints": limits}


def plain(published: Mapping[str, Any]) -> dict[str, Any]:
    """A published field, its pattern without the escapes that change nothing."""
    limits = dict(published.get("constraints", {}))
    if "pattern" in limits:
        limits["pattern"] = limits["pattern"].replace("\\-", "-").replace("\\/", "/")
    return {"name": published["name"], "type": published["type"], "constraints": limits}


@pytest.mark.parametrize(
    ("fields", "published"), [(SUBVENTIONS, SUBVENTION_SCHEMA), (DELIBERATIONS, DELIBERATION_SCHEMA)]
)
def test_every_field_is_that_of_the_published_schema(fields: Sequence[Field], published: Mapping[str, Any]) -> None:
    assert [{**described(one)} for one in fields] == [plain(one) for one in published["fields"]]


def test_the_rules_from_field_to_field_are_those_of_the_published_schema() -> None:
    checks = [(one["name"], one["params"]) for one in DELIBERATION_SCHEMA["custom_checks"]]
    together = [(said["column"], *said["othercolumns"]) for name, said in checks if name == "cohesive-columns-value"]
    least = [(said["column"], said["column2"]) for name, said in checks if name == "compare-columns-value"]
    sums = [(said["column"], tuple(said["columns"])) for name, said in checks if name == "sum-columns-value"]
    assert (list(scdl_fields.TOGETHER), list(scdl_fields.AT_LEAST), list(scdl_fields.SUMS)) == (together, least, sums)


def test_a_siret_is_checked_wherever_the_schemas_check_it() -> None:
    for fields, published in ((SUBVENTIONS, SUBVENTION_SCHEMA), (DELIBERATIONS, DELIBERATION_SCHEMA)):
        checks = [one["params"] for one in published["custom_checks"] if one["name"] == "french-siret-value"]
        assert [one.name for one in fields if one.kind == "siret"] == [one["column"] for one in checks]


# --- an independent reading of the schemas ---------------------------------------------------------------------------


def problems(rows: Sequence[Row], published: Mapping[str, Any]) -> Iterator[str]:
    """What the Table Schema and its custom checks refuse of rows."""
    for row in rows:
        yield from (f"column {name}" for name in row if name not in [one["name"] for one in published["fields"]])
        for field in published["fields"]:
            value = row[field["name"]]
            limits = field.get("constraints", {})
            if not value:
                if limits.get("required"):
                    yield f"{field['name']} lacks"
                continue
            if not _TYPED[field["type"]](value) or not _within(value, limits):
                yield f"{field['name']}: {value}"
        for check in published["custom_checks"]:
            if not _CHECKS[check["name"]](row, check["params"]):
                yield f"{check['name']}: {check['params']}"


def _day(value: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)) and bool(date.fromisoformat(value))


_TYPED: dict[str, Callable[[str], object]] = {
    "string": bool,
    "date": _day,
    "number": lambda value: re.fullmatch(r"-?\d+(\.\d+)?", value),
    "integer": lambda value: re.fullmatch(r"\d+", value),
    "boolean": lambda value: value in ("oui", "non"),
}


def _within(value: str, limits: Mapping[str, Any]) -> bool:
    number = Decimal(value) if re.fullmatch(r"\d+(\.\d+)?", value) else Decimal(0)
    return (
        bool(re.search(limits.get("pattern", ""), value))
        and value in limits.get("enum", [value])
        and len(value) <= limits.get("maxLength", len(value))
        and ("minimum" not in limits or number >= Decimal(str(limits["minimum"])))
        and ("maximum" not in limits or number <= Decimal(str(limits["maximum"])))
    )


def _luhn(value: str) -> bool:
    doubled = (int(one) * (1 + rank % 2) for rank, one in enumerate(reversed(value)))
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


def _together(row: Row, said: Mapping[str, Any]) -> bool:
    return len({bool(row[one]) for one in (said["column"], *said["othercolumns"])}) == 1


def _least(row: Row, said: Mapping[str, Any]) -> bool:
    high, low = row[said["column"]], row[said["column2"]]
    return not (high and low) or (int(high) >= int(low) if high.isdecimal() else high >= low)


def _sum(row: Row, said: Mapping[str, Any]) -> bool:
    parts = [row[one] for one in said["columns"]]
    return not (row[said["column"]] and all(parts)) or int(row[said["column"]]) == sum(map(int, parts))


_CHECKS: dict[str, Callable[[Row, Mapping[str, Any]], bool]] = {
    "french-siret-value": lambda row, said: not row[said["column"]] or _luhn(row[said["column"]]),
    "one-of-required": lambda row, said: bool(row[said["column1"]] or row[said["column2"]]),
    "year-interval-value": lambda row, said: row[said["column"]].split("/") == sorted(row[said["column"]].split("/")),
    "cohesive-columns-value": _together,
    "compare-columns-value": _least,
    "sum-columns-value": _sum,
    "nomenclature-actes-value": lambda row, said: row[said["column"]].partition("/")[0] in THEMES,
}


# --- the files that convgen writes -----------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make_workspace(tmp_path / "espace")
    write(made, "conventions/essai.yaml", convention("essai", "2026-1", more="etat:\n  signe: 2025-12-20\n"))
    path = made / "conventions" / "organismes" / "association.yaml"
    write(made, "conventions/organismes/association.yaml", path.read_text("utf-8") + "rna: W380475558\n")
    monkeypatch.chdir(made)
    return made


def exported(schema_name: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    code, _, err = convgen(["exporter", schema_name, "-o", "export.csv"], capsys)
    assert code == 0, err
    with Path("export.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def test_a_subvention_is_what_the_schema_admits(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = exported("scdl-subventions", capsys)
    assert (len(rows), list(problems(rows, SUBVENTION_SCHEMA))) == (1, [])


VOTE = """\
vote: {en_exercice: 25, presents: 20, pouvoirs: 3, pour: 20, contre: 2, abstention: 1}
etat: {transmis: 2025-12-18}"""


@pytest.mark.parametrize("vote", ["vote: sans", VOTE, VOTE.replace("en_exercice: 25, ", ""), "vote: {pour: 20}"])
def test_a_deliberation_is_what_the_schema_admits(root: Path, capsys: pytest.CaptureFixture[str], vote: str) -> None:
    change(root, "conventions/deliberations/cm-1.yaml", "vote: sans", vote)
    rows = exported("scdl-deliberations", capsys)
    assert (len(rows), list(problems(rows, DELIBERATION_SCHEMA))) == (1, [])
    assert rows[0]["VOTE_EFFECTIF"] == ("25" if vote == VOTE else "")


def test_the_demonstration_is_what_the_schemas_admit(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    for name, published, least in (
        ("scdl-deliberations", DELIBERATION_SCHEMA, 3),
        ("scdl-subventions", SUBVENTION_SCHEMA, 0),
    ):
        code, _, err = convgen(["exporter", name, "-o", str(tmp_path / "export.csv")], capsys)
        assert code == 0, err
        with (tmp_path / "export.csv").open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            rows = list(reader)
        assert reader.fieldnames == [one["name"] for one in published["fields"]]
        assert len(rows) >= least
        assert list(problems(rows, published)) == []


# --- what convgen says of a line is what the schema says of it -------------------------------------------------------

RIGHT = {
    **dict.fromkeys([one.name for one in DELIBERATIONS], ""),
    "COLL_NOM": "Commune de Belleville-sur-Exemple",
    "COLL_SIRET": "22060001900016",
    "DELIB_ID": "CM_20251215_4",
    "DELIB_DATE": "2025-12-15",
    "DELIB_MATIERE_CODE": "7.5",
    "DELIB_MATIERE_NOM": "finances locales/subventions",
    "DELIB_OBJET": "Ateliers de lecture",
}


@given(
    counts=st.tuples(*[st.sampled_from(["", "0", "1", "2", "9", "10"]) for _ in range(5)]),
    sent=st.sampled_from(["", "2025-12-14", "2025-12-15", "2026-01-02"]),
    budget=st.sampled_from(list(product(["", "2025"], ["", "Budget principal"]))),
)
def test_a_line_is_refused_when_the_schema_refuses_it(
    counts: tuple[str, ...], sent: str, budget: tuple[str, str]
) -> None:
    names = ("VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION")
    row = {**RIGHT, **dict(zip(names, counts, strict=True)), "PREF_DATE": sent}
    row["BUDGET_ANNEE"], row["BUDGET_NOM"] = budget
    refused = [*faults(row, DELIBERATIONS), *row_faults(row)]
    assert bool(refused) == bool(list(problems([row], DELIBERATION_SCHEMA)))


def test_what_is_wrong_from_field_to_field_is_told() -> None:
    told = [*row_faults({**RIGHT, "PREF_DATE": "2025-12-01", "VOTE_REEL": "3"})]
    assert ("SCD-02", "PREF_DATE", "2025-12-01 vient avant DELIB_DATE (2025-12-15)") in told
    assert {name for code, name, _ in told if code == "SCD-01"} == {
        "VOTE_EFFECTIF",
        "VOTE_POUR",
        "VOTE_CONTRE",
        "VOTE_ABSTENTION",
    }
    counts = {"VOTE_EFFECTIF": "3", "VOTE_REEL": "4", "VOTE_POUR": "2", "VOTE_CONTRE": "1", "VOTE_ABSTENTION": "0"}
    assert [why for _, _, why in row_faults({**RIGHT, **counts})] == [
        "3 est moins que VOTE_REEL (4)",
        "4 n'est pas la somme de VOTE_POUR, VOTE_CONTRE, VOTE_ABSTENTION",
    ]


def test_a_line_that_contradicts_itself_is_an_error() -> None:
    report = Report()
    check_lines([Line("cm-1", {**RIGHT, "PREF_DATE": "2025-12-01"}, Place("cm-1.yaml", 1))], DELIBERATIONS, report)
    assert [(one.code, one.path) for one in report.errors] == [("SCD-02", "PREF_DATE")]


def test_voices_without_the_members_in_office_are_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root, "conventions/deliberations/cm-1.yaml", "vote: sans", "vote: {presents: 20, pour: 20}")
    code, _, err = convgen(["exporter", "scdl-deliberations", "-o", "d.csv"], capsys)
    assert (code, "note SCD-01" in err, "« cm-1 » est exportée sans les voix" in err) == (0, True, True)
    change(root, "conventions/deliberations/cm-1.yaml", "{presents", "{en_exercice: 22, presents")
    code, _, err = convgen(["exporter", "scdl-deliberations", "-o", "d.csv"], capsys)
    assert (code, "SCD-01" in err) == (0, False)


def test_fewer_members_than_voters_are_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root, "conventions/deliberations/cm-1.yaml", "vote: sans", "vote: {en_exercice: 19, presents: 20, pour: 20}")
    code, _, err = convgen(["exporter", "scdl-deliberations"], capsys)
    assert (code, "DEL-04" in err, "19 membres en exercice" in err) == (1, True, True)
