"""Strict YAML: French data stays as typed, every classic mistake is explained, nothing ever crashes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convgen.errors import Place, Report
from convgen.source.yaml import MappingNode, PlacedText, Scalar, SequenceNode, find, load_yaml, place_of, plain


def load(text: str) -> MappingNode:
    report = Report()
    node = load_yaml(text, "f.yaml", report)
    assert not report.diagnostics, [str(one) for one in report]
    assert isinstance(node, MappingNode)
    return node


def errors(text: str) -> Report:
    report = Report()
    load_yaml(text, "f.yaml", report)
    return report


@pytest.mark.parametrize(
    "typed",
    ["01100", "1.10", "12:30", "non", "oui", "yes", "true", "2024-12", "2024-06-01", "1_000", "0x1F", "1e3", "0o17",
     "300 000 €", "18,80 %", "1.5", ".inf", "=", "02", "+5", "Null", "= a + b", "9" * 19],
)  # fmt: skip
def test_french_data_stays_text(typed: str) -> None:
    value = load(f"a: {typed}").get("a")
    assert isinstance(value, Scalar)
    assert value.value == typed


@pytest.mark.parametrize(
    ("typed", "value"), [("", None), ("~", None), ("null", None), ("0", 0), ("2024", 2024), ("-3", -3)]
)
def test_only_nothing_and_whole_numbers_are_resolved(typed: str, value: int | None) -> None:
    node = load(f"a: {typed}").get("a")
    assert isinstance(node, Scalar)
    assert node.value == value


def test_quoted_values_stay_text() -> None:
    node = load("a: '2024'\nb: \"null\"\nc: ''")
    assert plain(node) == {"a": "2024", "b": "null", "c": ""}
    assert all(isinstance(value, Scalar) and value.quoted for _, value in node.entries)


def test_every_node_knows_its_line_and_column() -> None:
    node = load("a: 1\nparties:\n  etat:\n    - nom: x\n")
    assert place_of(node, ["parties", "etat", 0, "nom"]) == Place("f.yaml", 4, 12)
    assert place_of(node, ["parties", "etat", 0, "nom"], key=True) == Place("f.yaml", 4, 7)
    assert place_of(node, ["parties", "absent", "x"]) == Place("f.yaml", 3, 3)
    assert isinstance(find(node, ["parties", "etat"]), SequenceNode)
    assert find(node, ["parties", "etat", 7]) is None


@pytest.mark.parametrize("head", ["|", ">-", "|-"])
def test_a_block_text_knows_its_first_line_and_its_indentation(head: str) -> None:
    value = find(load(f"a:\n  b: {head}\n    un\n    deux\n"), ["a", "b"])
    assert isinstance(value, Scalar)
    assert value.block
    assert value.text_place == Place("f.yaml", 3, 5)
    assert value.indent == 4


def test_an_explicit_indentation_keeps_the_other_spaces() -> None:
    value = load("a: |2\n    un\n  deux\n").get("a")
    assert isinstance(value, Scalar)
    assert (value.text, value.indent) == ("  un\ndeux\n", 2)


def test_keys_ignore_accents_and_case() -> None:
    node = load("Modèle: x\nœuvre: y\n")
    assert plain(node.get("modele")) == "x"
    assert plain(node.get("OEUVRE")) == "y"
    assert node.keys() == ("Modèle", "œuvre")


def test_the_first_of_two_duplicate_keys_stands() -> None:
    node = load_yaml("a: 1\nA: 2\n", "f.yaml", Report())
    assert isinstance(node, MappingNode)
    assert plain(node.get("a")) == 1


def test_plain_texts_remember_their_place() -> None:
    text = plain(load('a: "bonjour"').get("a"))
    assert isinstance(text, PlacedText)
    assert text.place == Place("f.yaml", 1, 5)


def test_an_empty_file_is_nothing() -> None:
    assert plain(load_yaml("# rien\n", "f.yaml", Report())) is None


@pytest.mark.parametrize(
    ("typed", "code", "line", "column", "words"),
    [
        ("titre: Objet : durée", "YAML-06", 1, 14, 'titre: "Objet : durée"'),
        ("- a: x\n  b: Le montant : 3 # note", "YAML-06", 2, 17, 'b: "Le montant : 3"'),
        ("a: {b: c : d}", "YAML-06", 1, 10, "guillemets"),
        ("a: *gras*", "YAML-05", 1, 4, 'a: "*gras*"'),
        ("a: **gras** x", "YAML-05", 1, 4, 'a: "**gras** x"'),
        ("a: @x", "YAML-05", 1, 4, 'a: "@x"'),
        ("a: %x", "YAML-05", 1, 4, 'a: "%x"'),
        ("a: > 5 %", "YAML-05", 1, 4, 'a: "> 5 %"'),
        ("a: ? b", "YAML-05", 1, 4, 'a: "? b"'),
        ("- ? b", "YAML-05", 1, 5, '"? b"'),
        ("a: {{ x }}", "YAML-05", 1, 4, 'a: "{{ x }}"'),
        ('a: {{ x | f("y") }} et', "YAML-05", 1, 4, "a: '{{ x | f(\"y\") }} et'"),
        ("a: 'l'action'", "YAML-05", 1, 4, 'a: "l\'action"'),
        ("a: [x] suite", "YAML-05", 1, 4, 'a: "[x] suite"'),
        ("a: [à compléter]", "YAML-05", 1, 4, "à compléter (indice)"),
        ("a: lot #3 bis", "YAML-07", 1, 8, '"lot #3 bis"'),
        ("a: #3", "YAML-07", 1, 4, '"#3"'),
        ("a: {part: 18,80 %}", "YAML-04", 1, 14, 'part: "18,80 %"'),
        ("a: {type:texte}", "YAML-04", 1, 5, "type: texte"),
        ("\ta: 1", "YAML-01", 1, 1, "espaces"),
        ("a:\n\tb: 1", "YAML-01", 2, 1, "espaces"),
        ("a: 1\nb:2\nc: 3", "YAML-01", 2, 3, "b: 2"),
        ("a:\n  b:2", "YAML-01", 2, 3, "b: 2"),
        ("titre:Objet", "YAML-01", 1, 1, "titre: Objet"),
        ("a:\n    b: 1\n  c: 2", "YAML-01", 3, 3, "Alignez"),
        ("a: 1\n  b: 2", "YAML-01", 2, 4, "Alignez"),
        ("a: [x\nb: 1", "YAML-01", 1, 4, "« ] »"),
        ("a: {x: 1\n", "YAML-01", 1, 4, "« } »"),
        ('a: "x\nb: 1', "YAML-01", 1, 4, "guillemet"),
        ("a: - b", "YAML-01", 1, 4, "ligne"),
        ("a: 1\nÀ: 2", "YAML-02", 2, 1, "une seule"),
        ("a: &x b", "YAML-03", 1, 4, '"&x b"'),
        ("a: *x", "YAML-03", 1, 4, '"*x"'),
        ("a: !x b", "YAML-03", 1, 4, '"!x b"'),
        ("a: !!python/object/apply:os.system [ls]", "YAML-03", 1, 4, "guillemets"),
        ("<<: x", "YAML-03", 1, 1, "clés"),
        ("%YAML 1.1\n---\na: 1", "YAML-03", 1, 1, "%"),
        ("a: 1\n---\nb: 2", "YAML-09", 2, 1, "fichier"),
        ("a\u00a0: 1", "YAML-08", 1, 1, "espace ordinaire"),
        ("a:\u00a01\nb: 2", "YAML-08", 1, 3, "espace ordinaire"),
        ("a:\n\u00a0 b: 1", "YAML-08", 2, 1, "espace ordinaire"),
        ("a: x\U000f0000", "YAML-08", 1, 5, "Effacez"),
        ("a: x\n b\x00", "YAML-08", 2, 3, "Effacez"),
        ('a: "\\U000F0001"', "YAML-08", 1, 4, "\\"),
        ("a: \u2028b", "YAML-08", 1, 4, "Effacez"),
    ],
)  # fmt: skip
def test_each_classic_mistake_has_its_message(typed: str, code: str, line: int, column: int, words: str) -> None:
    found = errors(typed).diagnostics
    assert [(one.code, one.place) for one in found] == [(code, Place("f.yaml", line, column))], found
    assert words in found[0].remedy


@pytest.mark.parametrize(
    "typed",
    ["a: b # note", "a: C#", "# en-tête\n#collé\na: 1", "a: http://x.fr", "a: 'x' # y", "a: [x, y]", "a: {b: , c: 1}",
     "a: |\n  Objet : durée #3 [à compléter] {{ x }}\n", "a: «\u00a0b\u00a0»\u00a0; c", "a: |\n  Objet\u00a0: durée\n",
     "a: [{b: c}]", 'a: "{{ x }}"', "a: x\n\n\n", "a: >-\n  b\n  c\n"],
)  # fmt: skip
def test_what_is_right_is_not_reported(typed: str) -> None:
    assert errors(typed).diagnostics == []


def test_depth_and_number_of_nodes_are_bounded() -> None:
    start = time.perf_counter()
    assert [one.code for one in errors("[" * 50_000)] == ["YAML-09"]
    assert [one.code for one in errors("- " * 60 + "x")] == ["YAML-09"]
    assert [one.code for one in errors("a: [" + "x," * 200_000 + "]")] == ["YAML-09"]
    assert load("a: " + "[" * 30 + "]" * 30)
    assert time.perf_counter() - start < 5


def test_reading_time_grows_with_the_file_only() -> None:
    start = time.perf_counter()
    load_yaml("a: x\n" + "# y\n" * 20_000 + "b:\n" + "  - z #3\n" * 20_000 + "  - |\n    t\n" * 2_000, "f", Report())
    load_yaml("b:\n" + "  - |\n    t\n" * 20_000, "f", Report())
    assert time.perf_counter() - start < 5


def test_too_many_problems_stop_the_reading() -> None:
    found = errors("- z #3\n" * 5_000).diagnostics
    assert len(found) == 202
    assert found[-1].code == "YAML-09"


def test_the_pure_python_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'a: "x"\nb:\n  - {c: 1}\n  - |\n    é\n'
    expected = load(text)
    monkeypatch.setattr("importlib.import_module", lambda name: None)
    assert load(text) == expected
    assert errors("titre: Objet : durée").diagnostics[0].code == "YAML-06"


_SNIPPETS = st.sampled_from(
    ["a: ", "- ", "\n", "  ", "{{", "}}", "[", "]", "{", "}", "*", "&x", "!t", "'", '"', ": ", " #", "|", ">", "\t",
     "?", "\u00a0", "%", "---", "<<: ", "\\", ",", "é", "1", "\U000f0000", "\x00", "\ufeff", "\r", "\x85", "@", "`"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(_SNIPPETS, max_size=25).map("".join)))
@settings(max_examples=600, deadline=None)
def test_no_text_ever_crashes_the_loader(text: str) -> None:
    report = Report()
    node = load_yaml(text, "f", report)
    assert node is not None or report.errors
    for one in report:
        assert one.place is not None
        assert one.place.line <= text.count("\n") + text.count("\r") + 2
    plain(node)


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,5}", fullmatch=True),
        st.text(
            st.characters(
                min_codepoint=32,
                max_codepoint=0x17F,
                exclude_characters="\x7f\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f",
            ),
            max_size=20,
        ),
        min_size=1,
    )
)
def test_single_quotes_carry_any_text(values: dict[str, str]) -> None:
    text = "\n".join(f"{key}: '{value.replace(chr(39), chr(39) * 2)}'" for key, value in values.items())
    assert plain(load(text)) == values
