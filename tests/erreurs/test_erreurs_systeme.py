"""Mistakes that no checked-in file can show: links, huge and binary files, broken gabarits, disks that refuse."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from erreurs_tools import (
    BASE,
    GABARIT,
    OLD,
    OUTPUTS,
    Heard,
    check_manners,
    convgen,
    heard,
    refused,
)

from convgen.acte.nodes import Acte, Paragraph, Text, Zone
from convgen.amend.changements.appliquer import apply
from convgen.amend.changements.differer import diff
from convgen.amend.changements.echange import FORMAT, delta_from_data
from convgen.amend.changements.plan import RefusError
from convgen.amend.lire.lire import LectureError, read
from convgen.amend.recueils.formules import load_pack
from convgen.amend.suivi.preuve import RedlineError, verify_tracked
from convgen.amend.texte.arbre import Part
from convgen.amend.texte.imprime import PrintedLine
from convgen.errors import ConvgenError, DefinitionError, Report

EMPTY = {
    "format": FORMAT,
    "base": {"empreinte": ""},
    "nouvelle": {"empreinte": ""},
    "retouches": 0,
    "causes": [],
    "changements": [],
}
LEGISTIQUE = Path(__file__).parents[2] / "templates/formules/legistique.yaml"
COMMAND = "generer conventions/essai.yaml --format docx,txt"
ESSAI = "conventions/essai.yaml"
Capture = pytest.CaptureFixture[str]


def said(found: list[Heard]) -> list[tuple[str, str]]:
    return [(one.said[0], one.said[1]) for one in found]


# --- files and folders ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["conventions/organismes/association.yaml", "clauses/suivi/bilan.md", "convgen.yaml", ESSAI]
)
def test_a_link_out_of_the_workspace_is_not_followed(
    name: str, workspace: Path, tmp_path: Path, capsys: Capture
) -> None:
    outside = tmp_path / "ailleurs"
    (workspace / name).rename(outside)
    (workspace / name).symlink_to(outside)
    found = refused(workspace, capsys)
    assert any(one.said[0] == "FIC-03" and name in one.words for one in found)


@pytest.mark.parametrize("part", ["", "gabarit.docx", "charte.yaml"])
def test_a_gabarit_that_is_a_link_out_of_the_workspace(
    part: str, workspace: Path, tmp_path: Path, capsys: Capture
) -> None:
    path = workspace / "templates/gabarits/neutre" / part
    path.rename(tmp_path / "ailleurs")
    path.symlink_to(tmp_path / "ailleurs")
    assert {code for code, _ in said(refused(workspace, capsys))} == {"FIC-03"}


def test_an_annexe_that_is_a_link_out_of_the_workspace(workspace: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "secret.pdf").write_bytes(b"%PDF")
    (workspace / "plan.pdf").symlink_to(tmp_path / "secret.pdf")
    change(workspace, ESSAI, "donnees:", "annexes:\n  - id: plan\n    titre: Plan\n    fichier: plan.pdf\ndonnees:")
    (one,) = refused(workspace, capsys)
    assert one.said == ("FIC-03", ESSAI, 14)


def change(workspace: Path, name: str, old: str, new: str) -> None:
    path = workspace / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("name", [ESSAI, "clauses/suivi/bilan.md", "convgen.yaml"])
@pytest.mark.parametrize(
    ("content", "code", "word"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe", "FIC-05", "UTF-8"),
        ("convention: été\n".encode("cp1252"), "FIC-05", "Windows-1252"),
        (b"# long\n" * 300_000, "FIC-04", "2 Mo"),
        (b"convention: \x00essai\n", "YAML-08", "U+0000"),
    ],
    ids=["binary", "windows", "huge", "null"],
)
def test_a_file_that_is_no_text(
    name: str, content: bytes, code: str, word: str, workspace: Path, capsys: Capture
) -> None:
    (workspace / name).write_bytes(b"---\n" * name.endswith(".md") + content + b"---\n" * name.endswith(".md"))
    one = refused(workspace, capsys)[0]
    assert one.said[:2] == (code, name) and word in one.words


def test_a_folder_in_the_place_of_a_file(workspace: Path, capsys: Capture) -> None:
    (workspace / ESSAI).unlink()
    (workspace / ESSAI).mkdir()
    (one,) = refused(workspace, capsys, exit_code=2)
    assert one.said[0] == "USA-01"


def test_a_file_that_is_not_there(workspace: Path, capsys: Capture) -> None:
    (one,) = refused(workspace, capsys, "generer conventions/absente.yaml")
    assert one.said[0] == "FIC-01" and "conventions/absente.yaml" in one.words


def test_two_conventions_of_one_name(workspace: Path, capsys: Capture) -> None:
    (workspace / "conventions/copie.yaml").write_bytes((workspace / ESSAI).read_bytes())
    found = refused(workspace, capsys, "generer essai --format txt")
    assert {one.said[0] for one in found} == {"FIC-09"} and "conventions/copie.yaml" in found[0].words


def test_no_workspace_here(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (one,) = refused(tmp_path, capsys, "generer essai")
    assert one.said[0] == "FIC-07" and "convgen nouveau" in one.words


@pytest.mark.parametrize("name", [".", "convgen.yaml"])
def test_nouveau_replaces_nothing(name: str, workspace: Path, capsys: Capture) -> None:
    (one,) = refused(workspace, capsys, f"nouveau {name}")
    assert one.said[0] == "FIC-08"


@pytest.mark.parametrize(
    ("command", "word"),
    [
        ("genrer essai", "generer"),
        ("generer", "CONVENTION"),
        ("generer essai --format pfd", "docx, pdf, txt, html, json"),
        ("generer essai --definitf", "--definitif"),
        ("generer clauses", "conventions"),
    ],
)
def test_a_misused_command(command: str, word: str, workspace: Path, capsys: Capture) -> None:
    (one,) = refused(workspace, capsys, command, exit_code=2)
    assert one.said[0] == "USA-01" and word in one.words


# --- signed acts ------------------------------------------------------------------------------------------


def test_an_act_is_signed_once(workspace: Path, capsys: Capture) -> None:
    assert convgen("signer essai --le 2026-01-05", capsys)[0] == 0
    (one,) = refused(workspace, capsys, "signer essai --le 2026-01-06")
    assert one.said[:2] == ("ACT-02", ESSAI) and "avenant" in one.words


def test_a_signed_act_that_was_damaged(workspace: Path, capsys: Capture) -> None:
    assert convgen("signer essai --le 2026-01-05", capsys)[0] == 0
    kept = next(path for path in workspace.rglob("acte.txt"))
    kept.write_text("autre chose", encoding="utf-8")
    (one,) = refused(workspace, capsys)
    assert one.said[:2] == ("ACT-02", ESSAI) and "sauvegarde" in one.words


# --- two versions of an act --------------------------------------------------------------------------------


def said_by(error: ConvgenError) -> tuple[str, str]:
    (one,) = error.diagnostics
    assert one.remedy
    return one.code, one.message


def test_changes_are_refused_by_another_text() -> None:
    old, new = (Part("", "acte", children=(Part(name, "division", 1),)) for name in ("objet", "duree"))
    new = replace(new, children=(*new.children, Part("fin", "annexe")))
    with pytest.raises(RefusError) as refused:
        apply(diff(old, new), new)
    code, message = said_by(refused.value)
    assert code == "AVE-03" and "pour lequel" in message


def test_an_avenant_read_on_another_text() -> None:
    sentences = (PrintedLine("article", "Article 1er – Fin", 1), PrintedLine("alinea", "L'article 9 est abrogé."))
    report = Report()
    pack = load_pack(LEGISTIQUE.read_text("utf-8"), "legistique.yaml", report)
    assert pack is not None
    with pytest.raises(LectureError) as unread:
        read(sentences, (PrintedLine("article", "Article 1er – Objet", 1),), pack)
    code, message = said_by(unread.value)
    assert code == "AVE-12" and "L'article 9 est abrogé" in message


def test_tracked_changes_that_are_not_faithful() -> None:
    act = Acte("convention", "essai", "", "Essai", (Zone("articles", (Paragraph((Text("Un."),)),)),))
    with pytest.raises(RedlineError) as refused:
        verify_tracked(["Un."], ["Deux."], act, act)
    code, message = said_by(refused.value)
    assert code == "AVE-28" and "en refusant" in message


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ([], "bloc"),
        ({"format": "autre"}, "modifications de convgen"),
        ({"format": FORMAT, "base": {"empreinte": 3}}, "texte"),
        ({**EMPTY, "changements": {}}, "liste"),
        ({**EMPTY, "changements": [{"nature": "visa", "type": "insertion"}]}, "« insertion visa »"),
        ({**EMPTY, "retouches": -1}, "nombre entier"),
    ],
)
def test_what_are_no_changes(data: object, word: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        delta_from_data(data)
    code, message = said_by(refused.value)
    assert code == "AVE-04" and word in message


# --- outputs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["convgen.yaml", "convgen.yaml/dedans"])
def test_an_output_folder_that_is_a_file(folder: str, workspace: Path, capsys: Capture) -> None:
    (one,) = refused(workspace, capsys, f"{COMMAND} -o {folder}")
    assert one.said[0] == "FIC-06" and "-o" in one.words


def test_an_output_whose_name_is_a_folder(workspace: Path, capsys: Capture) -> None:
    (workspace / "sortie/essai.txt").unlink()
    (workspace / "sortie/essai.txt").mkdir()
    (one,) = refused(workspace, capsys)
    assert one.said[0] == "FIC-06" and "dossier porte déjà ce nom" in one.words


def test_a_protected_folder(workspace: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", forbidden)
    (one,) = refused(workspace, capsys)
    assert one.said[0] == "FIC-06" and "protégé" in one.words


def test_a_full_disk_leaves_the_files_of_the_last_run(
    workspace: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fdopen
    calls: list[int] = []

    class Full(io.BytesIO):
        def write(self, _: object) -> int:
            raise OSError(28, "No space left on device")

    def second_is_full(handle: int, mode: str) -> object:
        calls.append(handle)
        if len(calls) == 1:
            return real(handle, mode)
        os.close(handle)
        return Full()

    monkeypatch.setattr(os, "fdopen", second_is_full)
    (one,) = refused(workspace, capsys)
    assert one.said[0] == "FIC-06" and "place libre" in one.words
    assert len(calls) == 2 and all((workspace / name).read_bytes() == OLD for name in OUTPUTS)


# --- gabarits ---------------------------------------------------------------------------------------------

MARK = "{{p corps }}"
PARTS = {
    info.filename: zipfile.ZipFile(GABARIT / "gabarit.docx").read(info)
    for info in zipfile.ZipFile(GABARIT / "gabarit.docx").infolist()
}


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_document(old: str, new: str) -> Callable[[], bytes]:
    def make() -> bytes:
        text = PARTS["word/document.xml"].decode()
        assert old in text
        return zipped({**PARTS, "word/document.xml": text.replace(old, new).encode()})

    return make


GABARITS: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "no-mark": ("GAB-02", "{{p corps }}", with_document(MARK, "")),
    "mark-among-words": ("GAB-03", "seule", with_document(MARK, f"Voici {MARK}")),
    "mark-without-p": ("GAB-03", "p collé", with_document(MARK, "{{ corps }}")),
    "no-zip": ("GAB-04", "Word", lambda: b"bonjour"),
    "cut": ("GAB-04", "Word", lambda: (GABARIT / "gabarit.docx").read_bytes()[:3000]),
    "bomb": ("GAB-04", "taille", lambda: zipped({**PARTS, "word/media/x.xml": b" " * 20_000_000})),
    "broken-xml": ("GAB-04", "XML", with_document("</w:body>", "")),
    "unknown-tag": ("GAB-05", "« organisme »", with_document("{{ organisme }}", "{{ organism }}")),
    "code-in-a-tag": ("GAB-05", "__class__", with_document("{{ organisme }}", "{{ organisme.__class__ }}")),
}


@pytest.mark.parametrize("case", GABARITS)
def test_a_broken_gabarit(case: str, workspace: Path, capsys: Capture) -> None:
    code, word, content = GABARITS[case]
    (workspace / "templates/gabarits/neutre/gabarit.docx").write_bytes(content())
    (one,) = refused(workspace, capsys)
    assert one.said[0] == code and word in one.words
    assert "templates/gabarits/neutre/gabarit.docx" in one.words


def test_a_mark_written_twice(workspace: Path, capsys: Capture) -> None:
    text = PARTS["word/document.xml"].decode()
    start = text.rindex("<w:p>", 0, text.index(MARK))
    paragraph = text[start : text.index("</w:p>", start) + len("</w:p>")]
    path = workspace / "templates/gabarits/neutre/gabarit.docx"
    path.write_bytes(zipped({**PARTS, "word/document.xml": text.replace(paragraph, paragraph * 2).encode()}))
    (one,) = refused(workspace, capsys)
    assert one.said[0] == "GAB-03" and "plusieurs fois" in one.words


def test_a_folder_without_gabarit(workspace: Path, capsys: Capture) -> None:
    (workspace / "templates/gabarits/neutre/gabarit.docx").unlink()
    (one,) = refused(workspace, capsys)
    assert one.said == ("GAB-01", "convgen.yaml", 2)


@pytest.mark.parametrize("name", ["neuter", "../../..", "/etc"])
def test_another_gabarit_asked_for_on_the_command_line(name: str, workspace: Path, capsys: Capture) -> None:
    (one,) = refused(workspace, capsys, f"{COMMAND} --gabarit {name}")
    assert one.said[0] in ("GAB-01", "FIC-02")


def test_a_missing_style_is_made_and_said(workspace: Path, capsys: Capture) -> None:
    styles = PARTS["word/styles.xml"].decode()
    start = styles.rindex("<w:style ", 0, styles.index('w:styleId="ActeVisa"'))
    end = styles.index("</w:style>", start) + len("</w:style>")
    parts = {**PARTS, "word/styles.xml": (styles[:start] + styles[end:]).encode()}
    (workspace / "templates/gabarits/neutre/gabarit.docx").write_bytes(zipped(parts))
    code, _, err = convgen(COMMAND, capsys)
    (one,) = heard(err)
    assert (code, one.said[0], one.severity) == (0, "GAB-06", "note") and "Acte visa" in one.words
    check_manners([one], err)


# --- hostile texts ----------------------------------------------------------------------------------------

HOSTILE_TEXTS = (
    "{{ ().__class__.__bases__[0].__subclasses__() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__.__globals__ }}",
    "{{ acte('essai').ref.__globals__ }}",
    "{{ ref.__call__.__globals__ }}",
    "{{ passage.composer.cache }}",
    "{{ association.nom.__init__.__globals__ }}",
    "{{ association['nom']['__init__'] }}",
    "{{ ref('objet').__class__ }}",
    "{{ loop.__class__ }}",
    "{% for x in association.__class__.mro() %}{{ x }}{% endfor %}",
    "{% for x in [1] %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "{{ range(10**9) }}",
    "{{ [1] * 10**9 }}",
    "{{ 'x'.join(['y']) }}",
    "{{ '%s' % association }}",
    "{{ namespace(a=1) }}",
    "{{ dict(a=1) }}",
    "{{ association | map('x') }}",
    "{% import 'os' as os %}",
    "{% extends '/etc/passwd' %}",
    "{% filter upper %}a{% endfilter %}",
    "{% call ref('objet') %}a{% endcall %}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "{{ " + " + ".join("1" * 3000) + " }}",
    "{% if public %}" * 400 + "a" + "{% endif %}" * 400,
    "{{ association" + ".a" * 3000 + " }}",
    "{{ subvention" + " | montant" * 3000 + " }}",
    "a" * 250_000,
)


@pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=[one[:40] for one in HOSTILE_TEXTS])
def test_a_hostile_text_is_refused(text: str, workspace: Path, capsys: Capture) -> None:
    clause = workspace / "clauses/suivi/bilan.md"
    change(workspace, "clauses/suivi/bilan.md", "un bilan dans les six mois.", f"un bilan.\n\n{text}")
    line = clause.read_text("utf-8").split("\n").index(text) + 1
    for one in refused(workspace, capsys):
        code, file, at = one.said
        assert code.startswith("TXT-") and file == "clauses/suivi/bilan.md" and at in (line, 12), one.words


HOSTILE_EXPRESSIONS = (
    "().__class__",
    "subvention.__class__.__mro__",
    "open('/etc/passwd')",
    "9 ** 9 ** 9",
    "'x' * 1000000000",
    "9999999999 * " * 40 + "1",
    "(" * 5000 + "1" + ")" * 5000,
    "- " * 5000 + "1",
    "1 + " * 20_000 + "1",
    "lambda: 1",
    "[x for x in y]",
    "ans(999999999)",
    "jours(99999999999) + duree.fin",
)


@pytest.mark.parametrize("text", HOSTILE_EXPRESSIONS, ids=[one[:30] for one in HOSTILE_EXPRESSIONS])
def test_a_hostile_expression_is_refused(text: str, workspace: Path, capsys: Capture) -> None:
    change(workspace, ESSAI, "subvention: 30 000 €", f'subvention: 30 000 €\n  autre:\n    calcul: "{text}"')
    for one in refused(workspace, capsys):
        assert one.said[0].startswith("DON-") and one.said[1:] == (ESSAI, 14), one.words


def test_markdown_without_bottom_is_quick(workspace: Path, capsys: Capture) -> None:
    deep = ["> " * 3000 + "a", "- " * 3000 + "a", "*a **b " * 3000, "[" * 5000, "`" * 5000 + "a", "|" * 5000]
    text = "\n\n".join(f"      {one}" for one in deep)
    change(workspace, ESSAI, "donnees:", f"articles:\n  - id: objet\n    texte: |\n      Un mot.\n\n{text}\ndonnees:")
    code, _, err = convgen("generer essai --format docx,txt,html", capsys)
    check_manners(heard(err), err)
    assert code in (0, 1)


def test_a_yaml_of_many_nodes(workspace: Path, capsys: Capture) -> None:
    change(workspace, ESSAI, "subvention: 30 000 €", f"subvention: 30 000 €\n  x: [{'1, ' * 110_000}1]")
    (one,) = refused(workspace, capsys)
    assert one.said == ("YAML-09", ESSAI, 13)


def test_the_base_workspace_is_no_output(workspace: Path) -> None:
    """The tests never write in the repository."""
    assert not (BASE / "sortie").exists()
