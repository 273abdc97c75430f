"""The Word file converted by LibreOffice, and what is said when it cannot be."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "docx"))

from docx_acts import acte, p
from docx_tools import gabarit

from convgen.cli.app import run
from convgen.errors import PdfError
from convgen.write.docx import write_docx
from convgen.write.pdf import libreoffice
from convgen.write.pdf.libreoffice import convert_docx, find_soffice


def fake(folder: Path, script: str) -> str:
    """A program that stands for LibreOffice."""
    path = folder / "soffice"
    path.write_text(f"#!{sys.executable}\nimport sys, time\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return str(path)


@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice n'est pas installé")
def test_libreoffice_converts_the_word_file(tmp_path: Path) -> None:
    content = write_docx(acte(p("Texte.")), gabarit("neutre"))
    assert convert_docx(content, "essai", tmp_path / "log").startswith(b"%PDF")
    assert not (tmp_path / "log").exists()


def test_its_absence_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: None)
    with pytest.raises(PdfError, match="PDF-03 LibreOffice est introuvable"):
        convert_docx(b"", "essai", tmp_path / "log")


@pytest.mark.skipif(sys.platform == "win32", reason="le faux programme est un script")
@pytest.mark.parametrize(
    ("script", "limit", "said"),
    [
        ("print('filtre inconnu'); sys.exit(77)", 30, "code 77"),
        ("print('rien à faire')", 30, "aucun fichier"),
        ("time.sleep(60)", 1, "au bout de 1 secondes"),
    ],
)
def test_what_it_said_is_kept_when_it_fails(tmp_path: Path, script: str, limit: int, said: str) -> None:
    log = tmp_path / "sortie" / "essai.log"
    with pytest.raises(PdfError, match="PDF-04") as caught:
        convert_docx(b"x", "essai", log, limit=limit, program=fake(tmp_path, script))
    assert said in str(caught.value)
    assert str(log) in str(caught.value)
    assert "--convert-to" in log.read_text("utf-8")
    assert "print" not in script or script.split("'")[1] in log.read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="le faux programme est un script")
def test_it_runs_with_a_profile_of_its_own(tmp_path: Path) -> None:
    script = (
        "from pathlib import Path\n"
        "out = Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        "profile = [one for one in sys.argv if one.startswith('-env:UserInstallation=file:')]\n"
        "(out / 'acte.pdf').write_text('%PDF ' + profile[0])"
    )
    made = [convert_docx(b"x", "essai", tmp_path / "log", program=fake(tmp_path, script)) for _ in range(2)]
    assert made[0] != made[1]


# --- the command -----------------------------------------------------------------------------------------------


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert run(["nouveau", str(tmp_path / "espace")]) == 0
    monkeypatch.chdir(tmp_path / "espace")
    return tmp_path / "espace"


def test_generer_writes_the_pdf_beside_the_other_formats(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generer", "exemple", "--format", "pdf,docx"]) == 0
    assert (space / "sortie" / "exemple.pdf").read_bytes().startswith(b"%PDF")
    assert "exemple.pdf" in capsys.readouterr().out


def test_an_act_that_cannot_be_drawn_writes_nothing(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (space / "templates" / "gabarits").glob("*/charte.yaml"):
        kept = [one for one in path.read_text("utf-8").splitlines() if not one.startswith("organisme:")]
        path.write_text("\n".join(['organisme: "Ville 😀"', *kept]) + "\n", "utf-8")
    assert run(["generer", "exemple", "--format", "docx,pdf"]) == 1
    assert "PDF-02" in capsys.readouterr().err
    assert not (space / "sortie").exists()


def test_a_maker_that_does_not_exist_is_a_misuse(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generer", "exemple", "--format", "pdf", "--pdf-par", "word"]) == 2
    assert "typst, libreoffice" in " ".join(capsys.readouterr().err.split())


@pytest.mark.skipif(sys.platform == "win32", reason="le faux programme est un script")
def test_generer_keeps_the_log_of_libreoffice(
    space: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: fake(space, "sys.exit(3)"))
    assert run(["generer", "exemple", "--format", "pdf", "--pdf-par", "libreoffice"]) == 1
    assert "PDF-04" in capsys.readouterr().err
    assert [one.name for one in (space / "sortie").iterdir()] == ["exemple.libreoffice.log"]


def test_help_names_the_format_without_loading_the_drawing() -> None:
    code = (
        "import sys; from convgen.cli.app import run\n"
        "try: run(['generer', '--help'])\n"
        "finally: assert not {'typst', 'lxml'} & set(sys.modules), 'loaded too early'"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "loaded too early" not in done.stderr
    assert "pdf" in done.stdout
