"""The order and the numbers of annexes: drawn from the decisions, moved, nested, shared."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from liasse_tools import change, make_workspace, pdf, put, resolved, said, write

from convgen.acte.nodes import Paragraph
from convgen.acte.runs import plain_text
from convgen.acte.walk import walk
from convgen.bundle.liasse import Liasse
from convgen.errors import Report
from convgen.model.liasse_series import numbered
from convgen.model.liasse_types import Entry

LIASSE = "conventions/liasses/cm-1.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "espace")


def labels(liasse: Liasse) -> list[tuple[str, str]]:
    return [(one.id, one.label) for one in liasse.pieces]


def text_of(liasse: Liasse) -> str:
    (tree,) = liasse.deliberations
    lines = (plain_text(node.inlines) for node in walk(tree.zones) if isinstance(node, Paragraph))
    return "\n".join(lines).replace("\u00a0", " ")


def test_the_annexes_follow_the_decisions(root: Path) -> None:
    liasse, report = put(root)
    assert labels(liasse) == [("cm-1", ""), ("rapport", "Annexe 1"), ("essai", "Annexe 2"), ("autre", "Annexe 3")]
    assert not report.errors
    assert "annexe n° 1" in text_of(liasse)
    assert "annexe n° 2" in text_of(liasse)
    assert "annexe n° 3" in text_of(liasse)


def test_titles_typed_in_the_liasse_are_set_as_those_of_the_acts(root: Path) -> None:
    change(root, LIASSE, "annexes: auto", "annexes:\n  essai: {titre: Convention d'accès}")
    titles = {one.id: one.title for one in put(root)[0].pieces}
    assert titles["essai"] == "Convention d\u2019accès"
    assert titles["rapport"].startswith("Rapport de l\u2019année")


def test_what_is_moved_is_cited_by_its_new_number(root: Path) -> None:
    change(root, LIASSE, "annexes: auto", "annexes:\n  rapport: {apres: autre}")
    liasse, _ = put(root)
    assert [one.id for one in liasse.pieces] == ["cm-1", "essai", "autre", "rapport"]
    approved = next(line for line in text_of(liasse).splitlines() if "rapport" in line and "annexe" in line)
    assert "annexe n° 3" in approved


def test_a_list_gives_the_order(root: Path) -> None:
    change(root, LIASSE, "annexes: auto", "annexes: [autre, rapport, essai]")
    liasse, report = put(root)
    assert [one.id for one in liasse.pieces] == ["cm-1", "autre", "rapport", "essai"]
    assert not list(report)


def test_a_number_typed_by_hand_is_followed_by_the_next(root: Path) -> None:
    change(root, LIASSE, "annexes: auto", "annexes:\n  essai: {numero: 1 bis}")
    assert [one.number for one in put(root)[0].pieces] == ["", "1", "1 bis", "2"]


def test_the_next_number_follows_one_that_leaps(root: Path) -> None:
    change(root, LIASSE, "annexes: auto", "annexes:\n  essai: {numero: 7}")
    assert [one.number for one in put(root)[0].pieces] == ["", "1", "7", "8"]


def test_the_first_number_may_be_another(root: Path) -> None:
    write(root, LIASSE, (root / LIASSE).read_text("utf-8") + "numerotation: {annexes: 'Pièce {n}', depart: 4}\n")
    assert [one.label for one in put(root)[0].pieces] == ["", "Pièce 4", "Pièce 5", "Pièce 6"]


def test_a_piece_stands_in_the_series_of_the_act_that_it_is_annexed_to(root: Path) -> None:
    write(root, "conventions/annexes/plan.pdf", pdf())
    plan = "  plan: {fichier: conventions/annexes/plan.pdf, sous: essai}\nsorties"
    change(root, LIASSE, "sorties", plan)
    liasse, _ = put(root)
    piece = next(one for one in liasse.pieces if one.id == "plan")
    assert (piece.series, piece.label, piece.parents) == (("2", "1"), "Annexe 2 – Annexe 1", ("cm-1", "essai"))
    assert [one.id for one in liasse.below(next(one for one in liasse.pieces if one.id == "essai"))] == ["plan"]


def test_nested_annexes_may_be_numbered_on(root: Path) -> None:
    write(root, "conventions/annexes/plan.pdf", pdf())
    plan = (
        "  plan: {fichier: conventions/annexes/plan.pdf, sous: essai}\nnumerotation: {imbriquees: à la suite}\nsorties"
    )
    change(root, LIASSE, "sorties", plan)
    assert next(one.label for one in put(root)[0].pieces if one.id == "plan") == "Annexe 2.1"


def test_the_file_of_an_annexe_of_an_act_takes_its_number(root: Path) -> None:
    for name in ("plan", "carte", "photo"):
        write(root, f"conventions/annexes/{name}.pdf", pdf())
    annexes = (
        "annexes:\n"
        "  - id: plan\n    titre: Plan\n    fichier: conventions/annexes/plan.pdf\n"
        "  - id: carte\n    titre: Carte\n    externe: oui\n"
    )
    write(root, "conventions/essai.yaml", (root / "conventions/essai.yaml").read_text("utf-8") + annexes)
    given = (
        "  carte: {fichier: conventions/annexes/carte.pdf, sous: essai}\n"
        "  photo: {fichier: conventions/annexes/photo.pdf, sous: essai}\nsorties"
    )
    change(root, LIASSE, "sorties", given)
    liasse, report = put(root)
    below = [(one.id, one.number, one.title) for one in liasse.pieces if one.parents[-1:] == ("essai",)]
    assert below == [("plan", "1", "Plan"), ("carte", "2", "Carte"), ("photo", "3", "photo")]
    assert not said(report, "LIA-02")


def test_the_only_annexe_of_an_act_has_no_number(root: Path) -> None:
    write(root, "conventions/annexes/plan.pdf", pdf())
    annexes = "annexes:\n  - id: plan\n    titre: Plan\n    fichier: conventions/annexes/plan.pdf\n"
    write(root, "conventions/essai.yaml", (root / "conventions/essai.yaml").read_text("utf-8") + annexes)
    assert next(one.label for one in put(root)[0].pieces if one.id == "plan") == "Annexe 2 – Annexe"


def test_an_annexe_of_an_act_without_its_file_is_said(root: Path) -> None:
    annexes = "annexes:\n  - id: carte\n    titre: Carte\n    externe: oui\n"
    write(root, "conventions/essai.yaml", (root / "conventions/essai.yaml").read_text("utf-8") + annexes)
    assert len(said(put(root)[1], "LIA-02")) == 1


def test_what_is_withdrawn_is_not_joined(root: Path) -> None:
    change(root, LIASSE, "annexes: auto", "annexes:\n  autre: {retirer: oui}")
    liasse, report = put(root)
    assert "autre" not in {one.id for one in liasse.pieces}
    assert said(report, "LIA-07")


class TestShared:
    """One document under two parents."""

    def two(self, root: Path, how: str) -> Liasse:
        write(root, "conventions/annexes/plan.pdf", pdf())
        plan = f"  plan: {{fichier: conventions/annexes/plan.pdf, sous: [essai, autre]}}\n{how}sorties"
        change(root, LIASSE, "sorties", plan)
        return put(root)[0]

    def test_each_act_has_its_copy(self, root: Path) -> None:
        found = [(one.label, one.refers) for one in self.two(root, "").pieces if one.id == "plan"]
        assert found == [("Annexe 2 – Annexe 1", ""), ("Annexe 3 – Annexe 1", "")]

    def test_or_the_second_one_refers_to_the_first(self, root: Path) -> None:
        liasse = self.two(root, "partagees: {plan: une seule}\n")
        found = [(one.label, one.refers) for one in liasse.pieces if one.id == "plan"]
        assert found == [("Annexe 2 – Annexe 1", ""), ("Annexe 3 – Annexe 1", "Annexe 2 – Annexe 1")]
        assert [one.label for one in liasse.printed if one.id == "plan"] == ["Annexe 2 – Annexe 1"]

    def test_the_only_copy_stands_nearest_to_the_deliberation(self, root: Path) -> None:
        change(root, LIASSE, "annexes: auto", "annexes:\n  autre: {sous: [essai, cm-1]}")
        change(root, LIASSE, "sorties", "partagees: {autre: une seule}\nsorties")
        found = [(one.label, one.refers) for one in put(root)[0].pieces if one.id == "autre"]
        assert found == [("Annexe 2 – Annexe 1", "Annexe 3"), ("Annexe 3", "")]

    @pytest.mark.parametrize(("text", "same"), [("Règles communes.", True), ("Règles de l'autre acte.", False)])
    def test_an_annexe_that_two_acts_print_is_printed_once(self, root: Path, text: str, same: bool) -> None:
        for name, words in (("essai", "Règles communes."), ("autre", text)):
            annexes = f"annexes:\n  - id: regles\n    titre: Règles\n    texte: {words}\n"
            path = f"conventions/{name}.yaml"
            write(root, path, (root / path).read_text("utf-8") + annexes)
        change(root, LIASSE, "sorties", "partagees: {regles: une seule}\nsorties")
        liasse, report = put(root)
        printed = {
            one.id: "\n".join(plain_text(p.inlines) for p in walk(one.acte.annexes) if isinstance(p, Paragraph))
            for one in liasse.pieces
            if one.acte is not None and one.acte.annexes
        }
        assert "Règles communes." in printed["essai"]
        assert bool(said(report, "LIA-12")) is not same
        assert ("voir l’annexe de l’annexe 2" in printed["autre"].replace("\u00a0", " ")) is same

    def test_what_is_shared_is_in_the_liasse(self, root: Path) -> None:
        change(root, LIASSE, "sorties", "partagees: {rien: une seule}\nsorties")
        assert said(put(root)[1], "LIA-01")


@given(st.lists(st.sampled_from(["", "1 bis", "3", "7", "12 ter"]), max_size=8))
def test_numbers_go_up_and_a_twin_is_always_said(typed: list[str]) -> None:
    report = Report()
    entries = [Entry(f"e{rank}", number, frozen=bool(number)) for rank, number in enumerate(typed)]
    made = [one.number for one in numbered(entries, 1, report)]
    counted = [int(number) for number, hand in zip(made, typed, strict=True) if not hand]
    assert counted == sorted(set(counted))
    assert bool(report.errors) == (len(set(made)) < len(made))


def test_several_deliberations_each_have_their_series(root: Path) -> None:
    first = (root / "conventions/deliberations/cm-1.yaml").read_text("utf-8")
    change(root, "conventions/deliberations/cm-1.yaml", "[essai, autre]", "essai")
    second = first.replace("deliberation: cm-1", "deliberation: cm-2").replace("[essai, autre]", "autre")
    second = second.replace("      - approuver: le rapport de l'année 2025\n        piece: rapport\n", "")
    write(root, "conventions/deliberations/cm-2.yaml", second.replace("numero: 4", "numero: 5"))
    change(root, "conventions/autre.yaml", "deliberation: cm-1", "deliberation: cm-2")
    change(root, LIASSE, "deliberation: cm-1", "deliberations: [cm-1, cm-2]")
    liasse, report = put(root)
    assert labels(liasse) == [
        ("cm-1", ""),
        ("rapport", "Annexe 1"),
        ("essai", "Annexe 2"),
        ("cm-2", ""),
        ("autre", "Annexe 1"),
    ]
    assert [one.number for one in liasse.prefecture] == ["CM_20251215_4", "CM_20251215_5"]
    assert not list(report)


def test_a_path_leads_nowhere_but_in_the_workspace(root: Path) -> None:
    change(root, LIASSE, "conventions/annexes/rapport.pdf", "../rapport.pdf")
    report = Report()
    resolved(root, report)
    assert [one.code for one in report] == ["FIC-02"]


@pytest.mark.parametrize("where", ["pieces", "annexes"])
def test_nothing_is_annexed_to_itself(root: Path, where: str) -> None:
    if where == "pieces":
        change(root, LIASSE, "    titre: Rapport", "    sous: rapport\n    titre: Rapport")
    else:
        change(root, LIASSE, "annexes: auto\n", "annexes:\n  essai: {sous: essai}\n")
    resolved(root, report := Report())
    name = "rapport" if where == "pieces" else "essai"
    (found,) = [one for one in report if one.code == "LIA-01"]
    assert (found.message, found.path) == (
        f"le document « {name} » ne peut être annexé à lui-même",
        f"{where}.{name}.sous",
    )


@pytest.mark.parametrize("number", ["trois bis", "'-1'", "1 bis bis", "annexe 2", "1,5"])
def test_a_number_is_one(root: Path, number: str) -> None:
    change(root, LIASSE, "    titre: Rapport", f"    numero: {number}\n    titre: Rapport")
    resolved(root, report := Report())
    (found,) = [one for one in report if one.code == "LIA-01"]
    assert found.path == "pieces.rapport.numero" and found.place is not None and "3 bis" in found.remedy


@pytest.mark.parametrize("number", ["7", "1 bis", "12 ter", "A", "A.1", "IV", "2.1", "2-1", "3a", "B2 bis"])
def test_numbers_that_are_usual(root: Path, number: str) -> None:
    change(root, LIASSE, "    titre: Rapport", f"    numero: '{number}'\n    titre: Rapport")
    made = resolved(root, report := Report())
    assert not [*report]
    assert made.series[0].entries[0].number == number
