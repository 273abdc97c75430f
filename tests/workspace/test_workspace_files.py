"""Finding and loading the files of a workspace: confinement, identifiers, caching."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from convgen.errors import GabaritError, Report, SourceError
from convgen.model.files import Asked
from convgen.source import folders
from convgen.workspace import Workspace, find_workspace


@pytest.fixture
def made(tmp_path: Path) -> Callable[[dict[str, str]], Workspace]:
    """Write files under a fresh root and open it."""

    def make(files: dict[str, str]) -> Workspace:
        root = tmp_path / "espace"
        for name, text in {"convgen.yaml": "charte: neutre\n", **files}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return Workspace(root)

    return make


Made = Callable[[dict[str, str]], Workspace]
ORGANISME = "organisme: {}\ntype: association\nnom: l'association X\n"


def test_the_workspace_is_found_from_a_folder_below(made: Made) -> None:
    root = made({"conventions/x.yaml": "convention: x\n"}).root
    assert find_workspace(root / "conventions") == root


def test_outside_any_workspace_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="FIC-07") as error:
        find_workspace(tmp_path)
    assert "convgen nouveau" in str(error.value)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/../../b", "C:\\x", "\\\\serveur\\x", "~/x", "a\0b"])
def test_paths_that_leave_the_workspace_are_refused(made: Made, name: str) -> None:
    report = Report()
    assert made({}).resolve_path(name, report) is None
    assert [one.code for one in report] == ["FIC-02"]


def test_a_path_inside_is_given_back(made: Made) -> None:
    workspace, report = made({"a/b.txt": "x"}), Report()
    assert workspace.resolve_path("a/../a/b.txt", report) == workspace.root / "a" / "b.txt"
    assert not list(report)


def test_a_link_out_of_the_workspace_is_refused(made: Made, tmp_path: Path) -> None:
    workspace, report = made({}), Report()
    (tmp_path / "dehors.txt").write_text("secret", encoding="utf-8")
    (workspace.root / "lien.txt").symlink_to(tmp_path / "dehors.txt")
    assert workspace.resolve_path("lien.txt", report) is None
    assert [one.code for one in report] == ["FIC-03"]


def test_a_definition_that_is_a_link_out_is_refused(made: Made, tmp_path: Path) -> None:
    workspace, report = made({"conventions/x.yaml": "convention: x\n"}), Report()
    (tmp_path / "y.yaml").write_text("convention: y\n", encoding="utf-8")
    (workspace.root / "conventions" / "y.yaml").symlink_to(tmp_path / "y.yaml")
    workspace.definition("y", report)
    assert "FIC-03" in [one.code for one in report]


def test_an_unknown_organisme_is_reported_where_it_is_asked_with_the_nearest_one(made: Made) -> None:
    workspace, report = made({"conventions/organismes/soeau.yaml": ORGANISME.format("soeau")}), Report()
    assert workspace.organisme("soau", Asked(path="parties.x.organisme"), report) is None
    (one,) = report
    assert (one.code, one.path) == ("DEF-08", "parties.x.organisme")
    assert "soeau" in one.remedy


def test_a_file_that_declares_another_identifier_is_an_error(made: Made) -> None:
    workspace, report = made({"conventions/organismes/a.yaml": ORGANISME.format("b")}), Report()
    workspace.organisme("a", Asked(), report)
    (one,) = report
    assert one.code == "DEF-05"
    assert str(one.place) == "conventions/organismes/a.yaml:1:12"


def test_two_definitions_with_one_identifier_are_reported(made: Made) -> None:
    files = {"conventions/a.yaml": "convention: x\n", "conventions/b.yaml": "convention: x\n"}
    report = Report()
    made(files).check_unique("convention", report)
    assert [(one.code, one.place.file if one.place else "") for one in report] == [("FIC-09", "conventions/b.yaml")]


def test_a_clause_in_two_folders_is_reported(made: Made) -> None:
    text = "---\nclause: x\nversion: 1\n---\nTexte.\n"
    report = Report()
    workspace = made({"clauses/a/x.md": text, "clauses/b/x.md": text})
    assert len(workspace.clause_versions("x", report)) == 1
    assert [one.code for one in report] == ["FIC-09"]


def test_a_file_is_read_again_only_when_it_changes(made: Made) -> None:
    workspace = made({"conventions/x.yaml": "convention: x\nobjet: un\n"})
    first = workspace.definition("x", Report())
    assert workspace.definition("x", Report()) is first
    path = workspace.root / "conventions" / "x.yaml"
    path.write_text("convention: x\nobjet: deux\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    second = workspace.definition("x", Report())
    assert second is not None and second.model is not None and second.model.objet == "deux"


def test_a_cached_file_reports_its_problems_to_every_report(made: Made) -> None:
    workspace = made({"conventions/x.yaml": "convention: x\nobjett: un\n"})
    for _ in range(2):
        report = Report()
        workspace.definition("x", report)
        assert [one.code for one in report] == ["DEF-01"]


def test_a_new_file_is_seen_by_a_warm_workspace(made: Made) -> None:
    workspace = made({"conventions/organismes/a.yaml": ORGANISME.format("a")})
    assert workspace.ids("organisme") == ("a",)
    (workspace.root / "conventions/organismes/b.yaml").write_text(ORGANISME.format("b"), encoding="utf-8")
    os.utime(workspace.root / "conventions/organismes", ns=(5, 5))
    assert workspace.ids("organisme") == ("a", "b")


def test_a_definition_is_found_by_the_identifier_it_declares(made: Made) -> None:
    workspace = made({"conventions/fichier.yaml": "convention: autre-nom\n"})
    loaded = workspace.definition("autre-nom", Report())
    assert loaded is not None and loaded.file == "conventions/fichier.yaml"


def test_an_unknown_definition_suggests_the_nearest(made: Made) -> None:
    report = Report()
    assert made({"conventions/sante.yaml": "convention: sante\n"}).definition("snate", report) is None
    (one,) = report
    assert one.code == "FIC-01" and "sante" in one.remedy


def test_a_gabarit_never_lies_outside_the_workspace(made: Made, tmp_path: Path) -> None:
    workspace = made({"templates/gabarits/neutre/gabarit.docx": "x"})
    assert workspace.gabarit_folder("neutre").is_dir()
    with pytest.raises(GabaritError, match="FIC-02"):
        workspace.gabarit_folder("../../../x")
    (workspace.root / "templates" / "gabarits" / "lien").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(GabaritError, match="FIC-03"):
        workspace.gabarit_folder("lien")


def test_a_snapshot_looks_at_each_file_once(made: Made) -> None:
    workspace = made({"conventions/x.yaml": "convention: x\nobjet: un\n"})
    snapshot = workspace.snapshot()
    first = snapshot.definition("x", Report())
    path = workspace.root / "conventions" / "x.yaml"
    path.write_text("convention: x\nobjet: deux\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert snapshot.definition("x", Report()) is first
    assert workspace.definition("x", Report()) is not first


def test_a_huge_file_and_a_file_that_is_no_text_are_refused(made: Made) -> None:
    workspace = made({"conventions/x.yaml": "#" * 2_000_001})
    (workspace.root / "conventions" / "y.yaml").write_bytes(b"convention: \xe9")
    for name, code in (("x", "FIC-04"), ("y", "FIC-05"), ("conventions/z.yaml", "FIC-01")):
        report = Report()
        workspace.definition(name, report)
        assert [one.code for one in report] == [code]


def test_a_long_run_keeps_few_files_in_memory(made: Made) -> None:
    workspace = made({f"conventions/c{rank}.yaml": f"convention: c{rank}\n" for rank in range(410)})
    for rank in range(410):
        assert workspace.definition(f"c{rank}", Report()) is not None
    assert len(workspace._files) <= 400


def test_a_text_registered_twice_is_reported(made: Made) -> None:
    text = "cgct: {nature: code}\n"
    report = Report()
    made({"clauses/textes/a.yaml": text, "clauses/textes/b.yaml": text}).textes(report)
    assert [one.code for one in report] == ["FIC-09"]


def test_the_heads_are_looked_at_again_only_when_a_folder_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "convgen.yaml").write_text("", "utf-8")
    folder = tmp_path / "conventions" / "organismes"
    folder.mkdir(parents=True)
    (folder / "ville.yaml").write_text("organisme: ville\n", "utf-8")
    workspace = Workspace(tmp_path)
    workspace.check_unique("organisme", Report())
    monkeypatch.setattr(folders, "_head", lambda path: pytest.fail("a warm run reads no head"))
    workspace.check_unique("organisme", Report())
    monkeypatch.undo()
    (folder / "autre.yaml").write_text("organisme: ville\n", "utf-8")
    report = Report()
    workspace.check_unique("organisme", report)
    assert [one.code for one in report] == ["FIC-09"]
