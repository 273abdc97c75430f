"""The header, the text and the passages of a clause file."""

from __future__ import annotations

import pytest

from convgen.errors import Place, Report, SourceError
from convgen.source.front_matter import split_front_matter, split_passages
from convgen.source.yaml import place_of, plain

CLAUSE = """---
clause: resiliation
version: 1
---

## Titre [#id]

Texte.

--- passage sans-indemnite

Aucune indemnité.
--- passage autre
Fin.
"""


def test_header_text_and_place() -> None:
    report = Report()
    found = split_front_matter(CLAUSE, "c.md", report)
    assert found is not None
    header, body, place = found
    assert plain(header) == {"clause": "resiliation", "version": 1}
    assert place_of(header, ["version"]) == Place("c.md", 3, 10)
    assert body.startswith("## Titre")
    assert place == Place("c.md", 6)


def test_passages_keep_their_lines() -> None:
    found = split_front_matter(CLAUSE, "c.md", Report())
    assert found is not None
    main, place, passages = split_passages(found[1], found[2])
    assert main == "## Titre [#id]\n\nTexte."
    assert place == Place("c.md", 6)
    assert passages == {
        "sans-indemnite": ("Aucune indemnité.", Place("c.md", 12)),
        "autre": ("Fin.", Place("c.md", 14)),
    }


def test_a_text_without_passage() -> None:
    assert split_passages("a\n\nb\n", Place("c.md", 3)) == ("a\n\nb", Place("c.md", 3), {})


@pytest.mark.parametrize(("text", "words"), [("Texte", "absent"), ("---\na: 1\n", "jamais fermé"), ("", "absent")])
def test_a_missing_mark_is_said(text: str, words: str) -> None:
    report = Report()
    assert split_front_matter(text, "c.md", report) is None
    assert [one.code for one in report] == ["YAML-10"]
    assert words in report.diagnostics[0].message


def test_an_error_of_the_header_has_the_line_of_the_file() -> None:
    report = Report()
    assert split_front_matter("---\na: 1\ntitre: x : y\n---\nz", "c.md", report) is None
    assert report.diagnostics[0].place == Place("c.md", 3, 10)


@pytest.mark.parametrize("line", ["--- passage", "--- passage Été", "--- passage a\n--- passage a"])
def test_a_wrong_passage_is_said(line: str) -> None:
    report = Report()
    split_passages(f"x\n{line}\ny", Place("c.md", 5), report)
    assert [(one.code, one.place) for one in report] == [("YAML-10", Place("c.md", 6 + line.count("\n")))]
    with pytest.raises(SourceError):
        split_passages(f"x\n{line}\ny", Place("c.md"))
