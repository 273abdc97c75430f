"""Whatever is typed in a file, convgen answers in French with an exit code of 0 or 1, and never crashes."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from erreurs_tools import BASE, check_manners, heard, make_workspace
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convgen.cli.app import run

FILES = (
    "conventions/essai.yaml",
    "templates/modeles/subvention.yaml",
    "clauses/finances/versement.md",
    "conventions/organismes/ville.yaml",
    "convgen.yaml",
)
TEXTS = {name: (BASE / name).read_text("utf-8") for name in FILES}
#: What people, and copies from Word, leave in a file.
SCRAPS = (
    ":", ": ", " : ", "#", " #", "-", "- ", "{", "}", "[", "]",
    "{{", "}}", "{%", "%}", "{#", "'", '"', "|", ">", "&a", "*a",
    "!", "%", "@", "`", "\t", "\u00a0", "\u202f",
    "\u200b", "\u2028", "\x00", "\x85", "\ufeff", "\U00100000", "\ud7ff", "=",
    "= ", "= 1 / 0", "= x.y", "sans", "par avenant", "à compléter",
    "comme v1", "€", "%", "0", "-1", "1e400", "99999999999999999999",
    "9999-12-31", "0000-00-00", "2024-02-30", "oui", "non", "<<: *a",
    "---", "...", "\n", "\n\n", "\r", "../..", "/etc/passwd",
    "# ", "## ", "| a | b |\n|---|---|", "[^1]", "**",
    "{{ x }}", "{{ acte.x }}", "{{ ref('a') }}", "{% for x in y %}", "{% endif %}",
    "texte:", "retirer: oui", "apres: objet", "avant: objet",
    "clause: bilan", "type: groupe", "calcul:", "donne: 1 €", "par: exercice",
    "si: 1", "= subvention",
    "= somme()", "montant: le reste",
)  # fmt: skip


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, str]:
    """A file of the base workspace after one to four accidents."""
    name = draw(st.sampled_from(FILES))
    text = TEXTS[name]
    for _ in range(draw(st.integers(1, 4))):
        text = draw(st.sampled_from(ACCIDENTS))(draw, text)
    return name, text


def _at(draw: st.DrawFn, text: str) -> int:
    return draw(st.integers(0, max(len(text) - 1, 0)))


def _line(draw: st.DrawFn, lines: list[str]) -> int:
    return draw(st.integers(0, len(lines) - 1))


def _delete_line(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    del lines[_line(draw, lines)]
    return "\n".join(lines)


def _repeat_line(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    lines.insert(_line(draw, lines), lines[_line(draw, lines)])
    return "\n".join(lines)


def _indent_line(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    at = _line(draw, lines)
    lines[at] = (
        draw(st.sampled_from(("  ", " ", "\t", "- "))) + lines[at] if draw(st.booleans()) else lines[at].lstrip()
    )
    return "\n".join(lines)


def _replace_value(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    at = _line(draw, lines)
    key, colon, _ = lines[at].partition(":")
    lines[at] = f"{key}{colon} {draw(st.sampled_from(SCRAPS))}"
    return "\n".join(lines)


def _swap(draw: st.DrawFn, text: str) -> str:
    at = _at(draw, text)
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def _insert(draw: st.DrawFn, text: str) -> str:
    at = _at(draw, text)
    return text[:at] + draw(st.sampled_from(SCRAPS)) + text[at:]


def _cut(draw: st.DrawFn, text: str) -> str:
    at = _at(draw, text)
    return text[:at] + text[at + draw(st.integers(1, 40)) :]


ACCIDENTS = (_delete_line, _repeat_line, _indent_line, _replace_value, _swap, _insert, _cut)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = make_workspace(tmp_path_factory.mktemp("hasard") / "espace")
    with contextlib.chdir(root):
        yield root


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutations())
def test_any_accident_is_answered(workspace: Path, mutation: tuple[str, str]) -> None:
    name, text = mutation
    path = workspace / name
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    out, err = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(["generer", "conventions/essai.yaml", "--format", "txt"])
    finally:
        path.write_text(TEXTS[name], encoding="utf-8")
    found = heard(err.getvalue())
    check_manners(found, err.getvalue())
    assert code == any(one.severity == "erreur" for one in found)
