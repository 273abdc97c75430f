"""`convgen nouveau` makes a workspace that generates at once, and never replaces anything."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from convgen.cli.app import run

ROOT = Path(__file__).parents[2]


def files_of(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.mark.parametrize("existing", [False, True])
def test_the_example_generates_at_once(
    tmp_path: Path, existing: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "a" / "neuf"
    if existing:
        (folder / ".git").mkdir(parents=True)
    assert run(["nouveau", str(folder)]) == 0
    assert "convgen generer exemple" in capsys.readouterr().out
    monkeypatch.chdir(folder)
    assert run(["generer", "exemple", "--format", "docx,txt,html,json"]) == 0, capsys.readouterr().err
    seen = capsys.readouterr()
    assert "erreur" not in seen.err.replace("0 erreur", "")
    assert "0 avertissement" in seen.err
    assert "1 blanc à compléter" in seen.out
    assert sorted(one.name for one in Path("sortie").iterdir()) == [
        "exemple.docx",
        "exemple.html",
        "exemple.json",
        "exemple.txt",
    ]
    text = Path("sortie/exemple.txt").read_text("utf-8")
    assert "trente mille euros" in text and "Exemple Solidaire" in text
    assert sorted(one.name for one in folder.parent.iterdir()) == ["neuf"], "no temporary folder is left"


def test_the_workspace_holds_everything(tmp_path: Path) -> None:
    assert run(["nouveau", str(tmp_path / "neuf")]) == 0
    made = files_of(tmp_path / "neuf")
    for name in (
        "convgen.yaml",
        "conventions/exemple.yaml",
        "templates/gabarits/neutre/gabarit.docx",
        "templates/gabarits/departement/gabarit.docx",
        "templates/modeles/partenariat-insertion.yaml",
        "clauses/execution/resiliation.md",
        "docs/schemas/convention.json",
    ):
        assert name in made
    for name in ("clauses/objet/objet.md", "templates/gabarits/neutre/gabarit.docx"):
        assert made[name] == (ROOT / name).read_bytes()


def test_the_schemas_named_in_the_files_exist(tmp_path: Path) -> None:
    run(["nouveau", str(tmp_path / "neuf")])
    for path in (tmp_path / "neuf").rglob("*.yaml"):
        first = path.read_text("utf-8").split("\n", 1)[0]
        if "$schema=" in first:
            assert (path.parent / first.partition("$schema=")[2].strip()).is_file(), path


def test_an_occupied_folder_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mien.txt").write_text("à moi")
    assert run(["nouveau", str(tmp_path)]) == 1
    assert "FIC-08" in capsys.readouterr().err
    assert files_of(tmp_path) == {"mien.txt": "à moi".encode()}
    assert run(["nouveau", str(tmp_path / "mien.txt")]) == 1
    assert "est déjà un fichier" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fichier").write_text("")
    assert run(["nouveau", str(tmp_path / "fichier" / "dedans")]) == 1
    assert "FIC-06" in capsys.readouterr().err


def test_the_wheel_alone_makes_a_working_workspace(tmp_path: Path) -> None:
    """The wheel is built and unpacked outside the repository; the libraries are those of this environment."""
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(tmp_path)]
    done = subprocess.run([*build, str(ROOT)], capture_output=True, text=True, check=False)
    if done.returncode and "hatchling" in done.stderr:
        pytest.skip("hatchling n'est pas installé")
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    subprocess.run([sys.executable, "-m", "zipfile", "-e", str(wheel), site], check=True)
    # The dependencies come from the environment of the tests, whose own convgen is a link to the sources.
    here = [one for one in sys.path if one.endswith("site-packages")]
    Path(site, "dependances.pth").write_text("\n".join(here), encoding="utf-8")
    code = (
        "import convgen, sys; from convgen.cli.app import run; "
        "print(convgen.__file__); sys.exit(run(['nouveau', 'neuf']) or "
        "run(['generer', 'neuf/conventions', '--format', 'docx,pdf']))"
    )
    done = subprocess.run([python, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(site), "the installed package runs, not the sources"
    assert (tmp_path / "neuf" / "sortie" / "exemple.docx").read_bytes()[:2] == b"PK"
    pdf = (tmp_path / "neuf" / "sortie" / "exemple.pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    assert b"LiberationS" in pdf, "the fonts and the drawing travel in the wheel"
