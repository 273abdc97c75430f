"""What a délibération and the acts of a liasse say of each other: told in a draft, refused in a final version."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from liasse_tools import change, convention, convgen, make_workspace, pdf, put, said, write

from convgen.bundle.coherence import same_body
from convgen.cli.bundle import make_liasse
from convgen.errors import Report, Severity
from convgen.workspace import Workspace

LIASSE = "conventions/liasses/cm-1.yaml"
DELIBERATION = "conventions/deliberations/cm-1.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "espace")


def severities(report: Report, code: str) -> set[Severity]:
    return {one.severity for one in report if one.code == code}


@pytest.mark.parametrize("final", [False, True])
def test_a_liasse_that_holds_together_says_nothing(root: Path, final: bool) -> None:
    assert list(put(root, final=final)[1]) == []


def unauthorised(root: Path) -> None:
    change(root, LIASSE, "annexes: auto", "annexes: [rapport, essai, autre]")
    change(root, DELIBERATION, "[essai, autre]", "essai")


def not_annexed(root: Path) -> None:
    change(root, LIASSE, "annexes: auto", "annexes: [rapport, essai]")


def cited(root: Path) -> None:
    change(
        root, DELIBERATION, "      - signer:", "      - texte: de retenir le plan joint en annexe 9\n      - signer:"
    )


def exchanged(root: Path) -> None:
    decision = "      - texte: de retenir le rapport joint en annexe 2\n        piece: rapport\n"
    change(root, DELIBERATION, "      - approuver: le rapport de l'année 2025\n        piece: rapport\n", decision)


def free_words(words: str) -> Callable[[Path], None]:
    def change_it(root: Path) -> None:
        decision = f"      - signer: essai\n      - texte: {words}\n        piece: autre\n"
        change(root, DELIBERATION, "      - signer: [essai, autre]\n", decision)

    return change_it


def other_day(root: Path) -> None:
    write(root, "conventions/essai.yaml", convention("essai", "2026-1", "organe: le conseil, date: 2025-12-14"))


def other_number(root: Path) -> None:
    given = "organe: le conseil, date: 2025-12-15, numero: 7"
    write(root, "conventions/essai.yaml", convention("essai", "2026-1", given))


def other_body(root: Path) -> None:
    given = "organe: le bureau municipal, date: 2025-12-15, numero: 4"
    write(root, "conventions/essai.yaml", convention("essai", "2026-1", given))


def other_deliberation(root: Path) -> None:
    text = (root / DELIBERATION).read_text("utf-8").replace("deliberation: cm-1", "deliberation: cm-2")
    write(root, "conventions/deliberations/cm-2.yaml", text.replace("numero: 4", "numero: 5"))
    write(root, "conventions/essai.yaml", convention("essai", "2026-1", "deliberation: cm-2"))


def one_number(root: Path) -> None:
    change(root, "conventions/autre.yaml", "numero: 2026-2", "numero: 2026-1")


def no_habilitation(root: Path) -> None:
    write(root, "conventions/essai.yaml", convention("essai", "2026-1", ""))


@pytest.mark.parametrize(
    ("broken", "code", "words"),
    [
        (unauthorised, "LIA-06", "« autre » est annexé"),
        (not_annexed, "LIA-07", "« autre », qui n'est pas annexé"),
        (cited, "LIA-02", "cite l'annexe 9"),
        (other_day, "LIA-08", "14 décembre 2025"),
        (other_number, "LIA-08", "n° 7"),
        (other_body, "LIA-08", "d'un autre organe : le bureau municipal"),
        (other_deliberation, "LIA-08", "« cm-2 »"),
        (one_number, "LIA-08", "même numéro : 2026-1"),
        (no_habilitation, "LIA-10", "15 décembre 2025"),
    ],
)
def test_what_does_not_hold_is_a_warning_then_an_error(root: Path, broken: object, code: str, words: str) -> None:
    assert callable(broken)
    broken(root)
    draft, final = put(root)[1], put(root, final=True)[1]
    (message,) = said(draft, code)
    assert words in message
    assert severities(draft, code) == {Severity.WARNING}
    assert severities(final, code) == {Severity.ERROR}
    assert {one.code for one in final} == {code}
    assert all(one.place is not None and one.remedy for one in final)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("le conseil", "le conseil municipal", True),
        ("la commission permanente du conseil départemental", "la commission permanente", True),
        ("l'assemblée départementale", "le conseil départemental", True),
        ("le bureau municipal", "le conseil municipal", False),
        ("la commission permanente du conseil départemental", "le conseil départemental", False),
    ],
)
def test_two_names_of_one_organe(one: str, other: str, same: bool) -> None:
    assert same_body(one, other) is same_body(other, one) is same


def test_what_differs_is_placed_on_its_own_line(root: Path) -> None:
    text = convention("essai", "2026-1", "organe: le conseil, date: 2025-12-15, numero: 7")
    text = text.replace(
        "{organe: le conseil, date: 2025-12-15, numero: 7}", "\n      organe: le conseil\n      numero: 7"
    )
    write(root, "conventions/essai.yaml", text)
    (found,) = [one for one in put(root)[1] if one.code == "LIA-08"]
    assert found.place is not None
    assert text.splitlines()[found.place.line - 1].strip() == "numero: 7"


def test_an_act_without_a_comparution_is_told_to_say_it(root: Path) -> None:
    write(
        root, "conventions/essai.yaml", convention("essai", "2026-1", more="plan: [intitule, articles, signatures]\n")
    )
    (found,) = [one for one in put(root)[1] if one.code == "LIA-10"]
    assert "plan" in found.remedy and "habilitation" not in found.remedy


def test_a_blank_day_is_that_of_the_deliberation_and_it_is_said(root: Path) -> None:
    given = "organe: le conseil municipal, date: à compléter (date de la délibération)"
    write(root, "conventions/essai.yaml", convention("essai", "2026-1", given))
    liasse, report = put(root, final=True)
    (note,) = [one for one in report if one.code == "LIA-10"]
    assert note.severity is Severity.NOTE
    assert "15 décembre 2025 est portée dans la comparution de « essai »" in note.message
    assert not report.errors
    assert any(one.id == "essai" and one.acte is not None for one in liasse.pieces)


def test_an_annexe_that_stands_is_cited_without_a_word(root: Path) -> None:
    change(
        root, DELIBERATION, "      - signer:", "      - texte: de retenir le rapport joint en annexe 1\n      - signer:"
    )
    assert list(put(root)[1]) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("l'annexe 9 du contrat local", False),
        ("l'annexe 9 de la convention en vigueur", False),
        ("l'annexe 9 d'un autre acte", False),
        ("l'annexe 9 de la présente délibération", True),
        ("l'annexe n° 9, à intervenir", True),
        ("les annexes 1 et 9", True),
        ("les annexes n° 1, 2, et n° 9", True),
        ("les annexes 1 à 4", True),
        ("les annexes 1 à 3", False),
        ("l'annexe dix-sept", True),
        ("les annexes deux et neuf", True),
        ("l'annexe deux", False),
        ("les annexes jointes", False),
        ("la liste en annexe, neuf pages", False),
        ("ce que montrent en annexe neuf plans", False),
        ("les annexes 1 et 9 du contrat local", False),
    ],
)
def test_the_annexe_of_something_else_is_not_ours(root: Path, words: str, told: bool) -> None:
    change(root, DELIBERATION, "      - signer:", f"      - texte: de retenir {words}\n      - signer:")
    assert bool(said(put(root)[1], "LIA-02")) is told


@pytest.mark.parametrize(
    "broken",
    [exchanged, free_words("d'approuver la convention de 999 €"), free_words("d'approuver l'acte du 3 mai 2019")],
)
def test_words_typed_by_hand_give_a_piece_its_own_number_and_figures(
    root: Path, broken: Callable[[Path], None]
) -> None:
    broken(root)
    assert severities(put(root)[1], "DEL-05") == {Severity.ERROR}


@pytest.mark.parametrize(
    "words", ["le rapport joint en annexe 1", "le rapport joint en {{ annexe }}, et non l'annexe 2"]
)
def test_the_right_number_typed_by_hand_is_let_be(root: Path, words: str) -> None:
    exchanged(root)
    change(root, DELIBERATION, "le rapport joint en annexe 2", words)
    assert list(put(root, final=True)[1]) == []


def test_the_true_figures_of_an_act_typed_by_hand_are_let_be(root: Path) -> None:
    free_words("d'approuver la convention n° 2026-2, jointe en {{ annexe }}")(root)
    assert list(put(root, final=True)[1]) == []


def test_an_act_under_another_one_needs_no_authorisation(root: Path) -> None:
    unauthorised(root)
    change(root, LIASSE, "annexes: [rapport, essai, autre]", "annexes:\n  autre: {sous: essai}")
    assert not said(put(root)[1], "LIA-06")


class TestASignedAct:
    """What was signed is what is compared: its definition may have changed since."""

    def sign(self, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(root)
        assert convgen(["signer", "essai", "--le", "2025-12-20"], capsys)[0] == 0

    def test_the_amount_of_the_definition_is_not_that_of_the_act(
        self, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.sign(root, capsys, monkeypatch)
        assert not said(put(root, final=True)[1], "LIA-09")
        change(root, "conventions/essai.yaml", "subvention: 30 000 €", "subvention: 30 100 €")
        report = put(root, final=True)[1]
        (message,) = said(report, "LIA-09")
        assert "30 100 €" in message.replace("\u202f", " ").replace("\u00a0", " ")
        assert severities(report, "LIA-09") == {Severity.ERROR}

    def test_it_stands_as_it_was_signed(
        self, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.sign(root, capsys, monkeypatch)
        change(root, "conventions/essai.yaml", "le soutien d'ateliers de lecture", "autre chose")
        liasse, report = put(root)
        piece = next(one for one in liasse.pieces if one.id == "essai")
        kept = (root / "conventions" / "essai.signe" / "acte.docx").read_bytes()
        assert piece.frozen["docx"] == kept
        assert said(report, "ACT-02")


class TestWhatIsDecided:
    """An act is authorised once, a piece is cited, what is asked for is something."""

    def test_an_act_named_under_free_words_is_not_authorised(self, root: Path) -> None:
        free_words("de prendre acte de ce qui est joint en {{ annexe }}")(root)
        write(root, "conventions/autre.yaml", convention("autre", "2026-2", ""))
        draft, final = put(root)[1], put(root, final=True)[1]
        for code, words in (("LIA-06", "« autre » est annexé"), ("LIA-10", "« autre » ne dit pas")):
            assert [words in one for one in said(draft, code)] == [True]
            assert (severities(draft, code), severities(final, code)) == ({Severity.WARNING}, {Severity.ERROR})

    def test_a_piece_that_no_decision_cites_is_remarked(self, root: Path) -> None:
        write(root, "conventions/annexes/plan.pdf", pdf())
        change(root, LIASSE, "pieces:\n", "pieces:\n  plan:\n    fichier: conventions/annexes/plan.pdf\n")
        report = put(root, final=True)[1]
        assert [one.message for one in report] == [
            "« plan » est jointe en annexe 4, et la délibération « cm-1 » ne la cite pas"
        ]
        assert severities(report, "LIA-06") == {Severity.NOTE}
        change(root, DELIBERATION, "      - signer:", "      - texte: de retenir l'annexe 4\n      - signer:")
        assert list(put(root, final=True)[1]) == []

    def test_two_deliberations_of_one_number_that_sign_one_act(self, root: Path) -> None:
        twice(root)
        report = failed(root)
        found = [one for one in report if one.code == "LIA-08" and "portent le même numéro : 4" in one.message]
        assert [one.severity for one in found] == [Severity.ERROR]
        assert [one for one in said(report, "LIA-06") if "autorisent toutes deux à signer « essai »" in one]

    def test_two_bodies_may_number_alike_but_not_for_the_prefecture(self, root: Path) -> None:
        twice(root)
        other = "conventions/deliberations/cm-2.yaml"
        change(root, other, "      - signer: [essai, autre]\n", "")
        change(root, other, "organe: le conseil municipal", "organe: le conseil d'arrondissement")
        report = Report()
        make_liasse(Workspace(root), "cm-1", report, final=False, formats=())
        assert not said(report, "LIA-08")
        assert not said(report, "LIA-11")
        change(root, LIASSE, "sorties:", "prefecture:\n  cm-2: {numero: CM_20251215_4}\nsorties:")
        (message,) = said(failed(root), "LIA-11")
        assert "« cm-1 » et « cm-2 » auraient le même numéro pour la préfecture : CM_20251215_4" in message

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("sorties: [prefecture]", "sorties: []", "« sorties » ne demande rien"),
            ("annexes: auto", "annexes: [raport2]\ntypes: {raport: 99_AU}", "« raport » n'est pas dans la liasse"),
            ("sorties:", "types: {raport: 99_AU}\nsorties:", "« raport » n'est pas dans la liasse"),
        ],
    )
    def test_what_names_nothing_is_an_error(self, root: Path, old: str, new: str, words: str) -> None:
        change(root, LIASSE, old, new)
        report = failed(root)
        assert [one for one in said(report, "LIA-01") if words in one]
        assert severities(report, "LIA-01") == {Severity.ERROR}


def twice(root: Path) -> None:
    """A second délibération, the same as the first."""
    text = (root / DELIBERATION).read_text("utf-8").replace("deliberation: cm-1", "deliberation: cm-2")
    write(root, "conventions/deliberations/cm-2.yaml", text)
    change(root, LIASSE, "deliberation: cm-1", "deliberations: [cm-1, cm-2]")


def failed(root: Path) -> Report:
    """What is said of a liasse that cannot be made."""
    report = Report()
    make_liasse(Workspace(root), "cm-1", report, final=False, formats=())
    return report
