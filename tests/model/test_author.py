"""The author of the files of an act is who has it made, when the charte names nobody."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pytest

from convgen.cli.app import run

BASE = Path(__file__).parents[1] / "erreurs" / "base"
TEMPLATES = Path(__file__).parents[2] / "templates"
COMMUNE = "Commune de Belleville-sur-Exemple"
DELIBERATION = """\
deliberation: cm-1
organe: le conseil municipal
seance: 2026-01-15
numero: 4
titre: Soutien
decisions: [{signer: essai}]
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "espace"
    shutil.copytree(BASE, made)
    for name in ("gabarits/neutre", "formules"):
        shutil.copytree(TEMPLATES / name, made / "templates" / name)
    for name, text in (
        ("deliberations", DELIBERATION),
        ("liasses", "liasse: cm-1\ndeliberation: cm-1\n"),
        ("avenants", "avenant: essai-1\nmodifie: essai\nnumero: 1\nmodifications: {donnees: {subvention: 35 000 €}}\n"),
    ):
        file = made / "conventions" / name / ("essai-1.yaml" if name == "avenants" else "cm-1.yaml")
        file.parent.mkdir()
        file.write_text(text, "utf-8")
    monkeypatch.chdir(made)
    return made


def word_author(content: bytes) -> str:
    core = zipfile.ZipFile(io.BytesIO(content)).read("docProps/core.xml").decode()
    return core.partition("<dc:creator>")[2].partition("</dc:creator>")[0]


def pdf_author(path: Path) -> str:
    with pikepdf.open(path) as found, found.open_metadata() as said:
        assert said["dc:creator"] == [str(found.docinfo["/Author"])]
        return str(found.docinfo["/Author"])


def authors(folder: Path) -> set[str]:
    files = [one for one in folder.rglob("*") if one.suffix in (".docx", ".pdf")]
    assert files
    return {pdf_author(one) if one.suffix == ".pdf" else word_author(one.read_bytes()) for one in files}


@pytest.mark.parametrize(
    "command",
    [
        ("generer", "conventions/essai.yaml", "conventions/deliberations/cm-1.yaml", "--format", "docx,pdf"),
        ("avenant", "essai-1", "--format", "docx,pdf"),
        ("liasse", "cm-1"),
    ],
)
def test_it_is_the_organisme_of_the_workspace(root: Path, command: tuple[str, ...]) -> None:
    assert run([*command, "-o", "envoi"]) == 0
    assert authors(root / "envoi") == {COMMUNE}


def test_another_party_when_the_organisme_of_the_workspace_is_none(root: Path) -> None:
    text = (root / "convgen.yaml").read_text("utf-8")
    (root / "convgen.yaml").write_text(text.replace("organisme: ville", "organisme: autre"), "utf-8")
    other = (root / "conventions/organismes/ville.yaml").read_text("utf-8")
    (root / "conventions/organismes/autre.yaml").write_text(
        other.replace("organisme: ville", "organisme: autre"), "utf-8"
    )
    convention = root / "conventions/essai.yaml"
    text = convention.read_text("utf-8").replace("parties:\n", "parties:\n  ville: {organisme: ville}\n")
    convention.write_text(text, "utf-8")
    assert run(["generer", "conventions/essai.yaml", "-o", "un"]) == 0
    assert authors(root / "un") == {COMMUNE}  # who pays


def test_the_charte_goes_first(root: Path) -> None:
    charte = root / "templates/gabarits/neutre/charte.yaml"
    kept = [one for one in charte.read_text("utf-8").splitlines() if not one.startswith("organisme:")]
    charte.write_text("\n".join(["organisme: Ville de Belleville", *kept]) + "\n", "utf-8")
    assert run(["generer", "conventions/essai.yaml", "--format", "docx,pdf", "-o", "envoi"]) == 0
    assert authors(root / "envoi") == {"Ville de Belleville"}
