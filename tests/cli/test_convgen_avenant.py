"""`convgen avenant`: the three ways to name the versions, what is written, what is said, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from avenants_tools import AVENANT, CONVENTION, OUTPUTS, Capture, changes, convgen, git, make, printed, put, said


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make(tmp_path / "espace")
    monkeypatch.chdir(root)
    return root


# --- what is written ----------------------------------------------------------------------------------------


def test_a_definition_gives_five_files_at_once(workspace: Path, capsys: Capture) -> None:
    assert convgen("avenant", "conventions/avenants/essai-1.yaml") == 0
    folder = workspace / "sortie/essai-1"
    assert sorted(one.name for one in folder.iterdir()) == sorted(
        [*(f"{name}.docx" for name in OUTPUTS), "modifications.json"]
    )
    assert all((folder / f"{name}.docx").read_bytes()[:2] == b"PK" for name in OUTPUTS)
    out, err = said(capsys)
    assert "Avenant n° 1 à « essai »" in out and "avenant.docx" in out and err == ""


def test_the_avenant_says_its_object_its_changes_what_stands_and_its_effect(workspace: Path) -> None:
    assert convgen("avenant", "essai-1", "--format", "txt", "--formules", "legistique") == 0
    text = printed(workspace / "sortie/essai-1/avenant.txt")
    assert text.index("Avenant n° 1 à") < text.index("Vu la convention n° 2026-1") < text.index("Article 1er – Objet")
    assert "Le présent avenant a pour objet de porter" in text
    assert "30 000 €" in text and "35 000 €" in text and "5 000 €" in text
    stands, effect = text.index("demeurent applicables."), text.index("Le présent avenant prend effet")
    assert text.index("35 000 €") < stands < effect
    consolidated = printed(workspace / "sortie/essai-1/consolidee.txt")
    assert "35 000 €" in consolidated and "30 000 €" not in consolidated and "avenant n° 1" in consolidated


def test_articles_typed_by_hand_come_last_and_texts_name_both_acts(workspace: Path) -> None:
    more = """\
objet: ["de majorer la subvention de {{ association }}"]
motif: "{{ acte.nom }} doit être adaptée."
articles:
  - {id: transition, titre: Transition, texte: "Par dérogation à {{ acte.ref('duree') }}, {{ avenant }} vaut accord."}
"""
    put(workspace, "conventions/avenants/essai-1.yaml", AVENANT + more)
    assert convgen("avenant", "essai-1", "--format", "txt") == 0
    text = printed(workspace / "sortie/essai-1/avenant.txt")
    assert "La convention doit être adaptée." in text
    assert "a pour objet de majorer la subvention de l'association." in text
    assert "Par dérogation à l'article 3, le présent avenant vaut accord." in text
    assert text.index("prend effet") < text.index("Transition")


def test_the_changes_are_data_with_their_articles(workspace: Path) -> None:
    assert convgen("avenant", "essai-1", "--formules", "legistique") == 0
    data = changes(workspace / "sortie/essai-1")
    assert (data["format"], data["politique"], data["numeros_retires"]) == ("convgen/changements/1", "figee", [])
    assert data["base"]["acte"] == "essai" and data["base"]["etat"] == "initial"  # type: ignore[index]
    found = data["changements"]
    assert isinstance(found, list) and found
    assert {one["avenant"] for one in found} == {"art_2"}
    assert all(one["cible"]["eId"].startswith("art_2") for one in found)


def test_two_files_give_the_same_changes(workspace: Path) -> None:
    put(workspace, "conventions/apres.yaml", CONVENTION.replace("30 000 €", "35 000 €"))
    command = ("avenant", "conventions/essai.yaml", "conventions/apres.yaml", "--numero", "1", "-o", "envoi")
    assert convgen(*command) == 0
    (workspace / "conventions/apres.yaml").unlink()
    assert convgen("avenant", "essai-1") == 0
    mine, theirs = changes(workspace / "envoi"), changes(workspace / "sortie/essai-1")
    assert mine["changements"] == theirs["changements"]


def test_every_format_is_written(workspace: Path) -> None:
    assert convgen("avenant", "essai-1", "--format", "docx,txt,html,json", "-o", "envoi") == 0
    names = {one.name for one in (workspace / "envoi").iterdir()}
    wanted = {f"{name}.{one}" for name in OUTPUTS for one in ("docx", "txt", "html")}
    assert names == wanted | {"modifications.json", "avenant.json", "consolidee.json"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--formules", "pratique"), "est modifié comme suit"),
        (("--formules", "legistique", "--granularite", "article"), "est remplacé par les stipulations suivantes"),
        (("--formules", "legistique", "--granularite", "mots"), "la somme : « 30 000 € » est remplacée par la somme"),
        (("--formules", "legistique", "--granularite", "alinea"), "ainsi rédigé"),
    ],
)
def test_the_manner_and_the_grain_are_chosen(workspace: Path, options: tuple[str, ...], words: str) -> None:
    assert convgen("avenant", "essai-1", "--format", "txt", *options) == 0
    assert words in printed(workspace / "sortie/essai-1/avenant.txt")


def test_numbers_are_kept_or_counted_again(workspace: Path) -> None:
    head, _, tail = CONVENTION.partition("  - id: duree\n")
    gone = head + "  - id: bilan" + tail.partition("  - id: bilan")[2]
    put(workspace, "conventions/apres.yaml", gone)
    command = ("avenant", "conventions/essai.yaml", "conventions/apres.yaml", "--formules", "legistique")
    assert convgen(*command, "--format", "txt", "-o", "a") == 0
    assert convgen(*command, "--format", "txt", "-o", "b", "--numerotation", "renumerotation") == 0
    kept, again = (printed(workspace / one / "consolidee.txt") for one in "ab")
    assert "(abrogé)" in kept and "ARTICLE 4" in kept and "ARTICLE 4" not in again
    assert "article 4 devient l'article 3" in printed(workspace / "b/avenant.txt")
    assert changes(workspace / "a")["numeros_retires"] == ["3"]


def test_a_term_is_replaced_everywhere(workspace: Path) -> None:
    put(workspace, "conventions/apres.yaml", CONVENTION.replace("ateliers", "clubs").replace("atelier", "club"))
    command = ("avenant", "conventions/essai.yaml", "conventions/apres.yaml", "--format", "txt", "-o", "envoi")
    terms = ("--terme", "atelier=club", "--terme", "ateliers=clubs", "--formules", "legistique")
    assert convgen(*command, *terms) == 0
    assert "Dans l'ensemble de la convention" in printed(workspace / "envoi/avenant.txt")


def test_nothing_is_written_when_nothing_changes(workspace: Path, capsys: Capture) -> None:
    put(workspace, "conventions/apres.yaml", CONVENTION.replace("L'association", "L’association"))
    assert convgen("avenant", "conventions/essai.yaml", "conventions/apres.yaml", "-o", "envoi") == 0
    assert not (workspace / "envoi").exists()
    assert "Aucune modification" in said(capsys)[0]
    assert convgen("avenant", "conventions/essai.yaml", "conventions/apres.yaml", "--json") == 0
    assert json.loads(capsys.readouterr().out)["modifications"] is None


def test_two_files_whose_data_alone_differ_are_told_apart(workspace: Path, capsys: Capture) -> None:
    kept = CONVENTION.replace("donnees:\n", "donnees:\n  plafond: 10 €\n", 1)
    put(workspace, "conventions/avant.yaml", kept)
    put(workspace, "conventions/apres.yaml", kept.replace("plafond: 10 €", "plafond: 20 €"))
    assert convgen("avenant", "conventions/avant.yaml", "conventions/apres.yaml", "-o", "envoi") == 1
    told = said(capsys)[1].replace("\u202f", " ").replace("\u00a0", " ")
    assert "AVE-30" in told and "« plafond » (10 € devient 20 €)" in told
    assert not (workspace / "envoi").exists()


def test_blanks_are_listed_and_a_final_avenant_refuses_them(workspace: Path, capsys: Capture) -> None:
    put(workspace, "conventions/avenants/essai-1.yaml", AVENANT.replace("effet: signature", "effet: à compléter"))
    assert convgen("avenant", "essai-1", "--format", "txt") == 0
    assert "1 blanc à compléter" in said(capsys)[0]
    assert convgen("avenant", "essai-1", "--definitif", "-o", "envoi") == 1
    assert "ACT-01" in said(capsys)[1] and not (workspace / "envoi").exists()
    put(workspace, "conventions/avenants/essai-1.yaml", AVENANT)
    assert convgen("avenant", "essai-1", "--definitif", "--format", "txt", "-o", "envoi") == 0
    assert not any("PROJET" in printed(one) for one in (workspace / "envoi").glob("*.txt"))


def test_tracked_changes_bear_the_author_and_the_day(workspace: Path) -> None:
    from zipfile import ZipFile

    assert convgen("avenant", "essai-1", "--auteur", "Service juridique") == 0
    with ZipFile(workspace / "sortie/essai-1/modifications.docx") as file:
        document = file.read("word/document.xml").decode()
    assert 'w:author="Service juridique"' in document and 'w:date="2026-06-01' in document


def test_machines_hear_what_was_done(workspace: Path, capsys: Capture) -> None:
    assert convgen("avenant", "essai-1", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert len(data["fichiers"]) == 5 and data["diagnostics"] == [] and data["blancs"] == []
    assert data["modifications"] == changes(workspace / "sortie/essai-1")


# --- one file at two dates ----------------------------------------------------------------------------------


def test_a_revision_brings_the_library_of_its_day(workspace: Path) -> None:
    put(workspace, "conventions/essai.yaml", CONVENTION + "  - clause: bilan\n    id: compte-rendu\n")
    git(workspace, "init", "-q")
    git(workspace, "add", "-A")
    git(workspace, "commit", "-qm", "avant")
    clause = workspace / "clauses/suivi/bilan.md"
    text = clause.read_text("utf-8")
    assert "bilan" in text.partition("---\n")[2]
    clause.write_text(text.rstrip("\n") + "\n\nIl est public.\n", encoding="utf-8")
    put(
        workspace,
        "conventions/essai.yaml",
        (workspace / "conventions/essai.yaml").read_text("utf-8").replace("30 000", "35 000"),
    )
    command = ("avenant", "conventions/essai.yaml", "--depuis", "HEAD", "--numero", "1", "--formules", "legistique")
    assert convgen(*command, "--format", "txt", "-o", "envoi") == 0
    text = printed(workspace / "envoi/avenant.txt")
    assert "35 000 €" in text and "« Il est public. »" in text


def test_an_unknown_revision_a_missing_file_and_no_repository_are_said(
    workspace: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(workspace, "init", "-q")
    git(workspace, "add", "convgen.yaml")
    git(workspace, "commit", "-qm", "avant")
    for revision, words in (
        ("zut", "ne connaît pas la version « zut »"),
        ("HEAD", "n'existait pas"),
        ("--all", "--all"),
    ):
        assert convgen("avenant", "conventions/essai.yaml", f"--depuis={revision}") == 1
        out, err = said(capsys)
        assert "AVE-22" in err and words in err and out == "", err
    monkeypatch.setenv("PATH", "/nulle-part")
    assert convgen("avenant", "conventions/essai.yaml", "--depuis", "HEAD") == 1
    assert "git est introuvable" in said(capsys)[1]


def test_a_workspace_out_of_git_is_said(workspace: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(workspace.parent))
    assert convgen("avenant", "conventions/essai.yaml", "--depuis", "HEAD") == 1
    assert "n'est pas suivi par git" in said(capsys)[1]


# --- what is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("conventions/essai.yaml",), 1, "n'est pas un avenant"),
        (("essai-9",), 1, "essai-9"),
        (("essai-1", "--formules", "zut"), 1, "« zut »"),
        (("essai-1", "--granularite", "zut"), 2, "article ou alinea ou mots"),
        (("essai-1", "--numerotation", "zut"), 2, "figee ou renumerotation"),
        (("essai-1", "--format", "odt"), 2, "odt"),
        (("essai-1", "--date", "zut"), 2, "--date"),
        (("essai-1", "--numero", "zut"), 2, "--numero"),
        (("essai-1", "--numero", "0"), 2, "--numero"),
        (("essai-1", "--terme", "zut"), 2, "ANCIEN=NOUVEAU"),
        (("conventions/essai.yaml", "conventions/essai.yaml", "--depuis", "HEAD"), 2, "--depuis"),
    ],
)
def test_bad_orders_are_said(
    workspace: Path, capsys: Capture, arguments: tuple[str, ...], code: int, word: str
) -> None:
    assert convgen("avenant", *arguments) == code
    out, err = said(capsys)
    assert word in err and "Traceback" not in err and out == ""
    assert not (workspace / "sortie").exists()


def test_a_change_of_party_is_never_silent(workspace: Path, capsys: Capture) -> None:
    other = CONVENTION.replace("designation: l'association", "designation: le club").replace("L'association", "Le club")
    put(workspace, "conventions/apres.yaml", other)
    command = ("avenant", "conventions/essai.yaml", "conventions/apres.yaml", "-o", "envoi")
    assert convgen(*command) == 1
    assert "AVE-21" in said(capsys)[1] and not (workspace / "envoi").exists()
    assert convgen(*command, "--parties-annoncees") == 0


def test_a_folder_that_cannot_be_written_is_left_as_it_was(workspace: Path, capsys: Capture) -> None:
    folder = workspace / "envoi"
    (folder / "modifications.json").mkdir(parents=True)
    assert convgen("avenant", "essai-1", "-o", "envoi") == 1
    assert [one.name for one in folder.iterdir()] == ["modifications.json"]
    assert "FIC-06" in said(capsys)[1]


def test_nothing_is_written_when_the_avenant_is_not_read_back(
    workspace: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("convgen.amend.preuve.same_lines", lambda got, wanted: "ARTICLE 2 : Subvention")
    assert convgen("avenant", "essai-1", "-o", "envoi") == 1
    err = said(capsys)[1]
    assert "AVE-20" in err and "l'article 2" in err and not (workspace / "envoi").exists()


def test_generer_points_to_the_command_of_avenants(workspace: Path, capsys: Capture) -> None:
    for name in ("essai-1", "conventions/avenants/essai-1.yaml", "conventions/avenants"):
        assert convgen("generer", name) == 2
        assert "convgen avenant" in said(capsys)[1]
    assert convgen("generer", "conventions") == 0


def test_a_new_file_is_joined_to_the_avenant(workspace: Path) -> None:
    for name in ("plan", "plan-2"):
        put(workspace, f"conventions/annexes/{name}.pdf", f"%PDF-1.4 {name}")
    annexe = "annexes:\n  - {{id: plan, titre: Plan des écoles, fichier: conventions/annexes/{name}.pdf}}\n"
    put(workspace, "conventions/essai.yaml", CONVENTION + annexe.format(name="plan"))
    overlay = "modifications:\n  annexes:\n    - {id: plan, fichier: conventions/annexes/plan-2.pdf}\n"
    put(workspace, "conventions/avenants/essai-1.yaml", AVENANT.partition("modifications:")[0] + overlay)
    assert convgen("avenant", "essai-1", "--format", "txt,docx", "--formules", "legistique") == 0
    text = printed(workspace / "sortie/essai-1/avenant.txt")
    assert "est remplacée par l'annexe 1 au présent avenant." in text
    assert "ANNEXE 1" in text.partition("présent avenant.")[2] and "Plan des écoles" in text


def test_two_conventions_are_not_two_versions(workspace: Path, capsys: Capture) -> None:
    other = CONVENTION.replace("convention: essai", "convention: autre")
    for name in ("objet", "finances", "duree", "bilan"):
        other = other.replace(f"id: {name}\n", f"id: autre-{name}\n")
    put(workspace, "conventions/autre.yaml", other)
    assert convgen("avenant", "conventions/essai.yaml", "conventions/autre.yaml") == 1
    assert "AVE-01" in said(capsys)[1] and not (workspace / "sortie").exists()


def test_two_conventions_drawn_from_one_text_are_not_two_versions(workspace: Path, capsys: Capture) -> None:
    other = CONVENTION.replace("convention: essai", "convention: autre").replace(
        "organisme: association,", "organisme: autre-association,"
    )
    put(workspace, "conventions/autre.yaml", other)
    known = (workspace / "conventions/organismes/association.yaml").read_text("utf-8")
    put(
        workspace,
        "conventions/organismes/autre-association.yaml",
        known.replace("organisme: association", "organisme: autre-association"),
    )
    order = ("avenant", "conventions/essai.yaml", "conventions/autre.yaml", "--parties-annoncees")
    assert convgen(*order) == 1
    assert "AVE-01" in said(capsys)[1] and not (workspace / "sortie").exists()


def test_what_is_amended_may_be_announced_as_a_list(workspace: Path) -> None:
    plan = "plan: [intitule, portee, comparution, visas, convenu, articles, signatures]\n"
    put(workspace, "conventions/avenants/essai-1.yaml", AVENANT + plan)
    assert convgen("avenant", "essai-1", "--format", "txt") == 0
    text = printed(workspace / "sortie/essai-1/avenant.txt")
    assert text.index("articles et annexes suivants :") < text.index("- l'article 2.") < text.index("Entre :")
