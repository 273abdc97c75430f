"""`convgen questions`: what a modèle asks; answers checked at once; a definition that generates."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from convgen.cli.app import run
from convgen.errors import Place, Report
from convgen.model.draft import quoted
from convgen.source.yaml import MappingNode, Scalar, load_yaml
from espaces import copy_demonstration

ROOT = Path(__file__).parents[2]
ANSWERS = {
    "partenariat-insertion": [
        "essai-2024",
        "sans",
        "la fourniture de paniers repas",
        "2024, 2025",
        "soeau",
        "",  # the only representative is the default
        "2024-01-01",
        "2 ans",
        "Paniers : solidaires",
        "12 000,005 €",  # refused, asked again
        "12 000 €",
        "inconnu",
        "10 000 €",
        "2 000 €",
        "20 %",
        "150",
        "2024-13-01",  # refused
        "2025-03-01",
    ],
}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy_demonstration(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answer(monkeypatch: pytest.MonkeyPatch, lines: list[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))


def test_every_modele_says_what_it_needs(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["questions", "--json"]) == 0
    modeles = json.loads(capsys.readouterr().out)["modeles"]
    assert set(modeles) == {path.stem for path in (workspace / "templates/modeles").glob("*.yaml")}
    for name in modeles:
        assert run(["questions", name, "--json"]) == 0
        asked = json.loads(capsys.readouterr().out)["questions"]
        assert asked[0]["chemin"] == "convention"
        assert all(one["libelle"] and one["type"] for one in asked), name


def test_a_question_has_label_type_help_and_default(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["questions", "insertion-emploi"]) == 0
    shown = capsys.readouterr().out
    assert "donnees.volets.v1.montant" in shown
    assert "(pourcentage ; par défaut : 50 %)" in shown
    assert "choix : nouveau | pilote" in shown
    assert "donnees.total" not in shown  # it is computed


def test_answers_make_a_definition_that_generates(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(monkeypatch, ANSWERS["partenariat-insertion"])
    assert run(["questions", "partenariat-insertion", "-o", "conventions/essai-2024.yaml"]) == 0
    shown = capsys.readouterr().out
    assert "plus de deux décimales" in shown
    assert "n'est pas une date" in shown
    text = (workspace / "conventions/essai-2024.yaml").read_text("utf-8")
    assert "# Participation maximale du Département (montant)" in text
    assert "2025: à compléter (participation maximale du Département)" in text
    assert run(["generer", "essai-2024", "--format", "txt"]) == 0
    made = (workspace / "sortie/essai-2024.txt").read_text("utf-8").replace("\u202f", " ").replace("\u00a0", " ")
    assert "« Paniers : solidaires »" in made or "Paniers : solidaires" in made
    assert "12 000 € (douze mille euros)" in made


MODELES = sorted(path.stem for path in (ROOT / "templates/modeles").glob("*.yaml"))


@pytest.mark.parametrize("word", ["inconnu", ""])
@pytest.mark.parametrize("modele", MODELES)
def test_nothing_known_makes_a_draft_full_of_blanks(
    modele: str, word: str, workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every question may be answered « inconnu »; an empty line is refused where nothing is known, then asked again."""
    answer(monkeypatch, ([word, "inconnu"] if not word else [word]) * 300)
    assert run(["questions", modele, "-o", "conventions/essai-2024.yaml"]) == 0
    capsys.readouterr()
    code = run(["generer", "essai-2024", "--format", "txt"])
    shown = capsys.readouterr()
    assert code == 0, (workspace / "conventions/essai-2024.yaml").read_text("utf-8") + shown.out + shown.err
    assert "à compléter" in (workspace / "sortie/essai-2024.txt").read_text("utf-8")


SUBVENTION = {
    "": "essai-2024",
    "Numéro": "sans",
    "Objet": "l'accueil des familles",
    "Années": "2024",
    "Organisme": "soeau",
    "Fin": "1 an",
    "Montant de la": "12 000 €",
    "Objectifs": "accueillir ; orienter, puis suivre",
}


def converse(monkeypatch: pytest.MonkeyPatch, said: dict[str, str], *more: str) -> list[str]:
    """Answer each question by the start of its label, « inconnu » or an empty line otherwise; the prompts seen."""
    import rich.console

    seen: list[str] = []
    rest = list(more)

    def print_(_: object, text: str = "", **__: object) -> None:
        seen.append(text)

    def input_(_: object, prompt: str = "", **__: object) -> str:
        seen.append(prompt)
        if "Corriger" in prompt and rest:
            return rest.pop(0)
        label = next((one.split("] ", 1)[1] for one in reversed(seen) if one.startswith("\n[")), "")
        known = next((text for start, text in said.items() if start and label.startswith(start)), None)
        refused = seen[-2:-1] and not seen[-2].startswith(("\n[", "  ["))
        return (
            known
            if known is not None and not (refused and "inconnu" in seen[-2])
            else ""
            if "[" in prompt
            else "inconnu"
        )

    monkeypatch.setattr(rich.console.Console, "print", print_)
    monkeypatch.setattr(rich.console.Console, "input", input_)
    return seen


def test_a_default_is_taken_by_an_empty_line_and_left_to_the_modele(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = converse(monkeypatch, SUBVENTION)
    assert run(["questions", "subvention-association", "-o", "conventions/essai-2024.yaml"]) == 0
    assert any("[calculé : subvention] " in one for one in seen)
    assert not any("Nom inconnu" in one for one in seen)
    text = (workspace / "conventions/essai-2024.yaml").read_text("utf-8")
    assert "total_annuel" not in text
    assert 'objectifs: ["accueillir", "orienter, puis suivre"]' in text
    assert run(["generer", "essai-2024", "--format", "txt"]) == 0


def test_a_representative_is_one_of_the_organisme(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "conventions/organismes/vide.yaml").write_text(
        "organisme: vide\ntype: association\nnom: l'association Vide\n", "utf-8"
    )
    answer(monkeypatch, ["essai-2024", "sans", "l'accueil", "2024", "vide", "presidente"] + ["inconnu"] * 50)
    assert run(["questions", "partenariat-insertion", "-o", "conventions/essai-2024.yaml"]) == 0
    assert "Cet organisme n'a pas de représentant dans sa fiche" in capsys.readouterr().out
    assert "presidente" not in (workspace / "conventions/essai-2024.yaml").read_text("utf-8")
    assert run(["generer", "essai-2024", "--format", "txt"]) == 0


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (["l'association Nouvelle"], "nom: l'association Nouvelle\n"),
        (["Nouvelle", "l'Envolée", "féminin"], "nom: l'Envolée\n"),
    ],
)
def test_a_new_organisme_is_named_with_its_article(
    typed: list[str],
    written: str,
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer(monkeypatch, ["essai-2024", "sans", "l'accueil", "2024", *typed] + ["inconnu"] * 50)
    assert run(["questions", "partenariat-insertion", "-o", "conventions/essai-2024.yaml"]) == 0
    shown = capsys.readouterr().out
    assert "n'a pas de fiche : son adresse et son représentant restent à compléter" in shown
    assert ("son nom avec son article" in shown) is (len(typed) > 1)
    text = (workspace / "conventions/essai-2024.yaml").read_text("utf-8")
    assert written in text
    assert ("genre: féminin" in text) is (len(typed) > 1)
    assert run(["generer", "essai-2024", "--format", "txt"]) == 0
    made = (workspace / "sortie/essai-2024.txt").read_text("utf-8")
    assert typed[-1 if len(typed) == 1 else 1].split("'")[1] in made


def test_an_expression_is_no_answer(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(monkeypatch, ["essai-2024", "sans", "l'accueil {{ de", *["inconnu"] * 60])
    assert run(["questions", "partenariat-insertion", "-o", "conventions/essai-2024.yaml"]) == 0
    assert "s'écrivent dans la définition, pas ici" in capsys.readouterr().out
    assert "{{" not in (workspace / "conventions/essai-2024.yaml").read_text("utf-8")


@pytest.mark.parametrize("wanted", ["oui", "non"])
def test_answers_that_disagree_are_said_and_may_be_corrected(
    wanted: str, workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = SUBVENTION | {"Total des": "10 000 €"}
    seen = converse(monkeypatch, said, wanted, "non")
    assert run(["questions", "subvention-association", "-o", "conventions/essai-2024.yaml"]) == 0
    told = [one for one in seen if "inférieur à la seule subvention" in one]
    assert told
    assert "total_annuel = 10" in told[0].replace("\u202f", " ")
    again = [one for one in seen if one.startswith("\n[1/2] Montant de la subvention")]
    assert bool(again) is (wanted == "oui")


def test_the_parameters_that_no_datum_gives_are_asked(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "clauses/essai-delai.md").write_text(
        "---\nclause: essai-delai\nversion: 1\ntitre: Délai\nparametres:\n  delai_essai:\n    type: durée\n"
        "    libelle: Délai d'essai\n  ville:\n    type: texte\n    libelle: Ville\n  usuel:\n    type: texte\n"
        "    defaut: toujours\n---\nLe délai est de {{ delai_essai }} à {{ ville }}, {{ usuel }}.\n",
        "utf-8",
    )
    (workspace / "templates/modeles/essai.yaml").write_text(
        "modele: essai\nlibelle: Essai\nnature: convention\nobjet: l'accueil\nnumero: sans\nexercices: [2024]\n"
        "duree: {effet: signature, fin: 1 an}\nparties:\n  departement:\n    organisme: defaut\n"
        "    representant: president\n  autre:\n    organisme: soeau\n    representant: directeur\n"
        "articles:\n  - id: groupe\n    titre: Groupe\n    articles:\n      - clause: essai-delai\n",
        "utf-8",
    )
    assert run(["questions", "essai", "--json"]) == 0
    asked = [one["chemin"] for one in json.loads(capsys.readouterr().out)["questions"]]
    assert asked == [
        "convention",
        "articles.essai-delai.avec.delai_essai",
        "articles.essai-delai.avec.ville",
    ]
    answer(monkeypatch, ["", "3 mois", "numero"])
    assert run(["questions", "essai", "-o", "conventions/essai-2024.yaml"]) == 0
    capsys.readouterr()
    run(["generer", "essai-2024", "--format", "txt"])
    shown = capsys.readouterr()
    assert "0 blanc, 0 erreur" in shown.err
    made = (workspace / "sortie/essai-2024.txt").read_text("utf-8").replace("\u00a0", " ")
    assert "numero" in made
    assert "Le délai est de" in made


PAYMENTS = """\
modele: essai
libelle: Essai
nature: convention
objet: l'accueil
numero: sans
exercices: [2024]
duree: {effet: signature, fin: 1 an}
parties:
  departement: {organisme: defaut, representant: president}
  autre: {organisme: soeau, representant: directeur}
donnees:
  total: {type: montant, libelle: Total}
  ech: {type: échéancier, libelle: Versements}
  qui: {type: personne, libelle: Contact}
  an: {type: montant, par: exercice, libelle: Par an}
  jours: {type: liste de, de: date, libelle: Jours}
articles:
  - id: a
    titre: A
    texte: |
      {{ ech | liste }}

      Total {{ total }}, {{ an }}, {{ qui }}.
"""


@pytest.mark.parametrize(
    ("payments", "written", "blank"),
    [
        (["2", "70 %", "à la signature", "le reste", "inconnu", "aucun", "total"], "base: total", "quand"),
        (["2", "70 %", "à la signature", "inconnu", "inconnu"], "# ech: à compléter", "Versements"),
        (["beaucoup", ""], "# ech: à compléter", "Versements"),
        (["1", "1 000 €", "inconnu", "inconnu"], "# ech: à compléter", "Versements"),
    ],
)
def test_structured_answers_load_whatever_is_unknown(
    payments: list[str],
    written: str,
    blank: str,
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (workspace / "templates/modeles/essai.yaml").write_text(PAYMENTS, "utf-8")
    person = ["Madame", "", "inconnu", "directrice"]
    days = ["2024-01-01 ; hier", "2024-01-01 ; 2024-02-02"]
    answer(monkeypatch, ["", "1 000 €", *payments, *person, "500 €", *days])
    assert run(["questions", "essai", "-o", "conventions/essai-2024.yaml"]) == 0
    assert "« hier »" in capsys.readouterr().out
    text = (workspace / "conventions/essai-2024.yaml").read_text("utf-8")
    assert written in text
    assert "    2024: 500 €" in text  # the year is the modèle's
    assert 'jours: ["2024-01-01", "2024-02-02"]' in text
    assert run(["generer", "essai-2024", "--format", "txt"]) == 0
    shown = capsys.readouterr().out
    assert blank in shown
    assert "qui.nom" in shown
    made = (workspace / "sortie/essai-2024.txt").read_text("utf-8")
    assert "[nom à compléter]" in made
    assert "à compléter (" not in made


def test_a_conversation_cut_short_writes_nothing(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(monkeypatch, ["essai-2024", "sans"])
    assert run(["questions", "partenariat-insertion", "-o", "conventions/essai-2024.yaml"]) == 1
    assert not (workspace / "conventions/essai-2024.yaml").exists()
    assert "rien n'a été écrit" in capsys.readouterr().err


def test_an_existing_file_is_never_replaced(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (workspace / "conventions/sante-mentale-2024.yaml").read_bytes()
    assert run(["questions", "partenariat-insertion", "-o", "conventions/sante-mentale-2024.yaml"]) == 1
    assert (workspace / "conventions/sante-mentale-2024.yaml").read_bytes() == before
    shown = capsys.readouterr()
    assert "FIC-08" in shown.out + shown.err


def test_an_unknown_modele_is_said(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["questions", "partenariat"]) == 1
    shown = capsys.readouterr()
    assert "DEF-06" in shown.out + shown.err
    assert "partenariat-insertion" in shown.out + shown.err


@pytest.mark.parametrize(
    "text",
    [
        "simple",
        "a : b",
        "# dièse",
        "[crochet",
        "{{ x }}",
        "oui",
        "true",
        "12 000 €",
        "l'eau",
        'dit "x"',
        "- tiret",
        "1 an",
    ],
)
def test_an_answer_is_read_back_as_typed(text: str) -> None:
    report = Report()
    node = load_yaml(f"cle: {quoted(text)}\n", "essai.yaml", report)
    assert not report.errors
    assert isinstance(node, MappingNode)
    value = node.get("cle")
    assert isinstance(value, Scalar)
    assert value.text == text
    assert value.place == Place("essai.yaml", 1, 6)
