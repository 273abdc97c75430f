"""What the files of an avenant say, they all say; what cannot be said for sure is refused, where it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from avenants_tools import AVENANT, CONVENTION, OUTPUTS, Capture, convgen, make, printed, put, said

from convgen.amend.suivi.preuve import RedlineError, verify_consolidated
from convgen.cli.amend import outputs_of
from convgen.cli.cases import case_of
from convgen.cli.en_vigueur import Wanted
from convgen.errors import Report
from convgen.write.docx.relecture import accepted_lines, refused_lines

HEAD = "avenant: essai-{n}\nmodifie: essai\nnumero: {n}\ndate: {day}\neffet: {effect}\nmodifications:\n"
FIRST = "  donnees: {subvention: 35 000 €}\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make(tmp_path / "espace")
    for name in ("essai-1", "essai-2"):
        (made / f"conventions/avenants/{name}.yaml").unlink()
    monkeypatch.chdir(made)
    return made


def avenant(root: Path, changes: str, n: int = 1, day: str = "2026-06-01", effect: str = "signature") -> None:
    put(root, f"conventions/avenants/essai-{n}.yaml", HEAD.format(n=n, day=day, effect=effect) + changes)


def texts(root: Path, *formats: str) -> dict[str, str]:
    assert convgen("avenant", "essai-1", "-o", "sortie", "--format", ",".join(("txt", *formats))) == 0
    return {name: printed(root / f"sortie/{name}.txt") for name in OUTPUTS}


def test_a_new_title_is_the_same_in_every_file(root: Path) -> None:
    avenant(root, "  titre: Convention nouvelle\n")
    found = texts(root, "docx")
    assert "« Convention nouvelle »" in found["avenant"]
    assert "Convention nouvelle" in found["consolidee"]
    assert "Convention n° 2026-1" not in found["consolidee"]
    shown = accepted_lines((root / "sortie/modifications.docx").read_bytes())
    written = accepted_lines((root / "sortie/consolidee.docx").read_bytes())
    assert [line for line in shown if "2026-1" in line] == [line for line in written if "2026-1" in line] == []


def test_another_file_shows_in_the_table_and_in_the_changes(root: Path) -> None:
    put(
        root,
        "conventions/essai.yaml",
        f"{CONVENTION}annexes:\n  - {{id: budget, titre: Budget, fichier: conventions/a.pdf}}\n",
    )
    put(root, "conventions/a.pdf", "%PDF-1.4 a")
    put(root, "conventions/b.pdf", "%PDF-1.4 b")
    avenant(root, "  annexes:\n    - {id: budget, fichier: conventions/b.pdf}\n")
    found = texts(root, "docx")
    assert "Aucune stipulation ne change" not in found["tableau-comparatif"]
    for name in ("tableau-comparatif", "modifications"):
        assert "[-Fichier joint : a.pdf-]" in found[name]
        assert "[+Fichier joint : b.pdf+]" in found[name]
    shown = (root / "sortie/modifications.docx").read_bytes()
    assert "Fichier joint : b.pdf" in accepted_lines(shown)
    assert "Fichier joint : a.pdf" in refused_lines(shown)


# --- a sub-article that becomes an article ------------------------------------------------------------------

MEANS = """\
  - id: moyens
    titre: Moyens
    articles:
      - id: locaux
        titre: Locaux
        texte: La ville prête une salle.
      - id: personnel
        titre: Personnel
        texte: Un salarié est présent à chaque séance de lecture.
"""
STAFF = "  - id: personnel\n    titre: Personnel\n    texte: Un salarié est présent à chaque séance de lecture.\n"


def test_a_sub_article_that_becomes_an_article_is_repealed_and_inserted(root: Path) -> None:
    base = CONVENTION.replace("  - id: duree\n", f"{MEANS}  - id: duree\n", 1)
    put(root, "conventions/essai.yaml", base)
    new = base.replace(MEANS[MEANS.index("      - id: personnel") :], "").replace(
        "  - id: bilan\n", f"{STAFF}  - id: bilan\n"
    )
    put(root, "conventions/nouvelle.yaml", new)
    files = ("conventions/essai.yaml", "conventions/nouvelle.yaml")
    assert convgen("avenant", *files, "--numero", "1", "-o", "sortie", "--format", "txt,docx") == 0
    avenant_text = printed(root / "sortie/avenant.txt")
    assert "L'article 3.2 est abrogé" in avenant_text
    assert "est inséré un article 4-1" in avenant_text
    lines = printed(root / "sortie/consolidee.txt").splitlines()
    assert lines[lines.index("3.2. (abrogé)") + 2].startswith("Abrogé par l'avenant n° 1, article ")
    assert lines[lines.index("ARTICLE 4-1 : Personnel") + 2].startswith("Inséré par l'avenant n° 1, article ")


# --- two days of effect -----------------------------------------------------------------------------------


def signed_in_turn(root: Path, first: str, second: str) -> int:
    """The first avenant takes effect after the second; what the second signature answers."""
    avenant(root, first, effect="2026-12-01")
    avenant(root, second, n=2, day="2026-09-01")
    assert convgen("signer", "essai", "--le", "2026-01-01") == 0
    assert convgen("signer", "essai-1", "--le", "2026-06-01") == 0
    return convgen("signer", "essai-2", "--le", "2026-09-01")


def test_avenants_on_other_articles_take_effect_in_any_order(root: Path) -> None:
    assert signed_in_turn(root, FIRST, "  articles:\n    - {id: bilan, retirer: oui}\n") == 0
    found = {}
    for day in ("2026-10-01", "2026-12-01"):
        assert convgen("consolider", "essai", "--au", day, "-o", day, "--format", "txt") == 0
        found[day] = printed(root / day / "essai-consolidee.txt")
    assert "ARTICLE 4 (abrogé)" in found["2026-10-01"]
    assert "30 000 €" in found["2026-10-01"]
    assert "35 000 €" not in found["2026-10-01"]
    assert "avenant n° 1" not in found["2026-10-01"]
    assert "Abrogé par l'avenant n° 2, article 2" in found["2026-10-01"]
    assert "35 000 €" in found["2026-12-01"]
    assert "ARTICLE 4 (abrogé)" in found["2026-12-01"]


def test_a_third_avenant_between_the_two_days(root: Path) -> None:
    assert signed_in_turn(root, FIRST, "  articles:\n    - {id: bilan, retirer: oui}\n") == 0
    avenant(root, "  duree: {fin: 2027-06-30}\n", n=3, day="2026-09-15")
    assert convgen("signer", "essai-3", "--le", "2026-09-15") == 0
    assert convgen("consolider", "essai", "--au", "2026-10-01", "-o", "o", "--format", "txt") == 0
    text = printed(root / "o/essai-consolidee.txt")
    assert "30 juin 2027" in text
    assert "30 000 €" in text
    assert "ARTICLE 4 (abrogé)" in text


def test_arrivals_at_one_place_are_refused_before_the_signature(root: Path, capsys: Capture) -> None:
    new = "  articles:\n    - {{id: {0}, apres: finances, titre: Neuf, texte: Le texte {0}.}}\n"
    assert signed_in_turn(root, new.format("un"), new.format("deux")) == 1
    _, err = said(capsys)
    assert "AVE-24" in err
    assert "prend effet avant l'avenant n° 1" in err


# --- what is typed -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "effect", "words"),
    [
        ("2020-06-01", "signature", "est du 1er juin 2020"),
        ("2026-06-01", "2020-01-01", "prend effet le 1er janvier 2020"),
    ],
)
def test_an_avenant_older_than_the_effect_of_the_convention(
    root: Path, capsys: Capture, day: str, effect: str, words: str
) -> None:
    avenant(root, FIRST, day=day, effect=effect)
    assert convgen("avenant", "essai-1", "-o", "sortie", "--format", "txt") == 0
    _, err = said(capsys)
    assert "avertissement AVE-15" in err
    assert f"l'avenant {words}" in err


def test_an_amount_does_not_become_words(root: Path, capsys: Capture) -> None:
    avenant(root, "  donnees: {subvention: abc}\n")
    assert convgen("avenant", "essai-1", "-o", "sortie", "--format", "txt") == 1
    _, err = said(capsys)
    assert "essai-1.yaml:7:25 : erreur AVE-18 : « subvention » était un montant et devient un texte" in err


def test_nobody_contracts_with_himself(root: Path, capsys: Capture) -> None:
    party = "association: {substituee: 2026-07-01, organisme: defaut, representant: maire}"
    avenant(root, f"  parties: {{{party}}}\n")
    assert convgen("avenant", "essai-1", "-o", "sortie", "--format", "txt") == 1
    _, err = said(capsys)
    assert "AVE-19" in err
    assert "même organisme que la partie « ville »" in err


def test_a_party_called_otherwise_is_looked_for_in_the_text(root: Path, capsys: Capture) -> None:
    avenant(root, "  parties: {association: {designation: le partenaire}}\n")
    assert convgen("avenant", "essai-1", "-o", "sortie", "--format", "txt") == 0
    _, err = said(capsys)
    assert "avertissement AVE-29 : « association » est désormais « le partenaire »" in err
    assert "le texte dit encore « l'association »" in err
    assert "l'article 1, l'article 2 et l'article 4" in err


def two_files(root: Path) -> tuple[str, str]:
    address = 'designation: l\'association, adresse: "9 rue Neuve, 06000 Belleville-sur-Exemple",'
    new = CONVENTION.replace("designation: l'association,", address).replace("30 000 €", "35 000 €")
    put(root, "conventions/nouvelle.yaml", new)
    return "conventions/essai.yaml", "conventions/nouvelle.yaml"


def test_between_two_files_a_silent_change_names_the_party(root: Path, capsys: Capture) -> None:
    assert convgen("avenant", *two_files(root), "--numero", "1", "-o", "sortie", "--format", "txt") == 1
    _, err = said(capsys)
    assert "AVE-21 : la partie « association » change" in err


def test_between_two_files_the_changes_are_announced_as_in_a_definition(root: Path) -> None:
    options = ("--numero", "1", "--parties-annoncees", "-o", "sortie", "--format", "txt")
    assert convgen("avenant", *two_files(root), *options) == 0
    text = printed(root / "sortie/avenant.txt")
    assert "L'adresse de l'association est désormais la suivante : 9 rue Neuve" in text
    assert "portée de 30 000 € à 35 000 €, soit une augmentation de 5 000 € (+ 16,67 %)" in text


def test_the_usual_avenant_has_nothing_to_be_said_of(root: Path, capsys: Capture) -> None:
    put(root, "conventions/avenants/essai-1.yaml", AVENANT)
    assert convgen("avenant", "essai-1", "-o", "sortie", "--format", "txt,docx") == 0
    _, err = said(capsys)
    assert "AVE-15" not in err


# --- the proof itself --------------------------------------------------------------------------------------


def test_the_proof_of_the_consolidated_file_sees_a_line_too_many_or_too_few(root: Path) -> None:
    avenant(root, FIRST + "  articles:\n    - {id: bilan, retirer: oui}\n")
    report = Report()
    with case_of("essai-1", "", "", Wanted(), report) as case:
        assert case is not None
        assert case.made is not None
        made = case.made
        files = outputs_of(case, made, ("docx",), "", report)
    lines = list(accepted_lines(files["consolidee.docx"]))

    def check(found: list[str]) -> None:
        verify_consolidated(found, made.consolidated, made.base.acte, made.new, gabarit=0)

    check(lines)
    place = next(rank for rank, line in enumerate(lines) if "35" in line)
    for wrong in (
        lines[:place] + lines[place + 1 :],
        [*lines[:place], lines[place].replace("35", "30"), *lines[place + 1 :]],
        ["Convention n° 2026-9", *lines],
        [*lines, "L'association remet un bilan."],
    ):
        with pytest.raises(RedlineError, match="consolidée"):
            check(wrong)


def test_an_article_that_moves_and_changes_has_one_article_of_the_avenant(root: Path) -> None:
    money, report = CONVENTION.index("  - id: finances"), CONVENTION.index("  - id: bilan")
    moved = CONVENTION[report:].replace("six mois", "neuf mois")
    put(root, "conventions/nouvelle.yaml", CONVENTION[:money] + moved + CONVENTION[money:report])
    files = ("conventions/essai.yaml", "conventions/nouvelle.yaml")
    options = ("--formules", "pratique", "--numero", "1", "-o", "sortie", "--format", "txt")
    assert convgen("avenant", *files, *options) == 0
    text = printed(root / "sortie/avenant.txt")
    assert "L'article 4 devient l'article 1-1 et est placé après l'article 1." in text
    assert "neuf mois" in text
    assert len([line for line in text.splitlines() if line.startswith("Article ")]) == 4
