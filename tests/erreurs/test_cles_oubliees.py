"""A key that nobody typed is a blank, listed under its name: never nothing, never the inside of the program."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from erreurs_tools import check_manners, convgen, heard

ESSAI = "conventions/essai.yaml"
Capture = pytest.CaptureFixture[str]

DEFINITION = """\
convention: essai
numero: 2026-1
objet: le soutien d'ateliers de lecture
exercices: [2026, 2027]
parties:
  ville:
    organisme: defaut
  association:
    organisme: association
duree:
  effet: 2026-01-01
  fin: 2026-12-31
articles:
  - id: effet
    titre: Durée
    texte: |
      {{ acte }} prend effet {{ duree.effet | effet }} et finit le {{ duree.fin }}.
  - id: annees
    titre: Années
    texte: |
      La première année est {{ exercices.premiere }}, la dernière {{ exercices.derniere }}.

      {% if duree.reconduction %}Il est reconduit.{% endif %}
  - id: condition
    titre: Condition
    si: exercices.premiere > 2020
    texte: Un mot.
"""


def without(text: str, key: str) -> str:
    """The definition without a key and what stands under it."""
    lines, kept, inside = text.splitlines(), [], False
    for line in lines:
        inside = line.startswith(f"{key}:") or (inside and line.startswith(" "))
        if not inside:
            kept.append(line)
    assert len(kept) < len(lines)
    return "\n".join(kept) + "\n"


def blanks(workspace: Path, definition: str, capsys: Capture) -> dict[str, str]:
    """The blanks of a definition, by key; it must be generated without an error."""
    (workspace / ESSAI).write_text(definition, encoding="utf-8")
    code, out, _ = convgen("generer essai --format txt --json", capsys)
    data = json.loads(out)
    assert code == 0, data["diagnostics"]
    return {one["cle"]: one["indice"] for one in data["blancs"]}


def test_the_whole_definition_has_no_blank(workspace: Path, capsys: Capture) -> None:
    assert blanks(workspace, DEFINITION, capsys) == {}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("exercices", {"exercices": "année"}),
        ("duree", {"duree.effet": "date d'effet", "duree.fin": "date de fin"}),
        ("objet", {"objet": "objet"}),
    ],
)
def test_a_forgotten_key_is_a_blank(key: str, expected: dict[str, str], workspace: Path, capsys: Capture) -> None:
    found = blanks(workspace, without(DEFINITION, key), capsys)
    assert expected.items() <= found.items()
    printed = (workspace / "sortie/essai.txt").read_text("utf-8").replace("’", "'")
    assert all(f"[{hint} à compléter]" in printed for hint in expected.values())


def test_the_title_asks_for_the_object(workspace: Path, capsys: Capture) -> None:
    blanks(workspace, without(DEFINITION, "objet"), capsys)
    assert "relative à [objet à compléter]" in (workspace / "sortie/essai.txt").read_text("utf-8")


def test_an_act_whose_object_is_declared_absent_asks_for_none(workspace: Path, capsys: Capture) -> None:
    text = DEFINITION.replace("objet: le soutien d'ateliers de lecture", "objet: sans")
    assert blanks(workspace, text, capsys) == {}


@pytest.mark.parametrize("key", ["exercices", "duree"])
def test_the_final_version_names_the_forgotten_key(key: str, workspace: Path, capsys: Capture) -> None:
    (workspace / ESSAI).write_text(without(DEFINITION, key), encoding="utf-8")
    code, _, err = convgen("generer essai --format txt --definitif", capsys)
    assert code == 1 and all(one.said[0] == "ACT-01" and key in one.words for one in heard(err)), err
    check_manners(heard(err), err)


def test_values_per_exercice_ask_for_the_exercices(workspace: Path, capsys: Capture) -> None:
    modele = workspace / "templates/modeles/subvention.yaml"
    modele.write_text(modele.read_text("utf-8").replace("type: montant", "type: montant\n    par: exercice"), "utf-8")
    code, _, err = convgen("generer essai --format txt", capsys)
    assert code == 1 and "exercices: [2026]" in err
    check_manners(heard(err), err)


@pytest.mark.parametrize(
    "text",
    [
        "{{ duree.efet | effet }}",
        "{{ exercices.premiere | phrase }}",
        "{{ acte.nomm | gras }}",
        "{{ duree.fin | accorde('x') }}",
    ],
)
def test_a_message_never_shows_a_name_of_the_program(text: str, workspace: Path, capsys: Capture) -> None:
    (workspace / ESSAI).write_text(DEFINITION.replace("Un mot.", text), encoding="utf-8")
    code, _, err = convgen("generer essai --format txt", capsys)
    assert code == 1 and "Undefined" not in err and "View" not in err, err
    check_manners(heard(err), err)


REPOSITORY = Path(__file__).resolve().parents[2]
RENEWAL = "  reconduction:\n    forme: tacite\n    periode: 1 an\n    maximum: 3 ans\n"


@pytest.mark.parametrize("renewal", ["", RENEWAL], ids=["once", "renewed"])
@pytest.mark.parametrize("event", ["signature", "notification"])
def test_an_act_that_starts_with_an_event_says_how_long_it_lasts(
    event: str, renewal: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its last day is not known before the event: the modèle that prints a day falls back on the length."""
    for name in ("clauses", "templates", "conventions"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    shutil.copy(REPOSITORY / "convgen.yaml", tmp_path)
    path = tmp_path / "conventions/sante-mentale-2024.yaml"
    text = path.read_text("utf-8")
    dates = "  effet: 2024-06-01\n  fin: 2025-12-31\n"
    assert dates in text
    path.write_text(text.replace(dates, f"  effet: {event}\n  fin: 1 an\n{renewal}"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code, out, err = convgen("generer sante-mentale-2024 --format txt", capsys)
    assert code == 0, err
    assert "duree" not in out, "no blank about the duration"
    printed = (tmp_path / "sortie/sante-mentale-2024.txt").read_text("utf-8").replace("\u00a0", " ")
    assert f"prend effet à compter de sa {event} pour une durée d’un an." in printed
    assert ("tacitement" in printed) is bool(renewal)
