"""The day at which `convgen signer` froze an act is known wherever a definition's `etat: signe` is."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from liasse_tools import change, convention, convgen, make_workspace, put, said, write

from convgen.cli.bundle import make_liasse
from convgen.errors import Report, Severity
from convgen.model.merge import Merged
from convgen.model.reference_date import reference_date
from convgen.model.resolve import resolve
from convgen.workspace import Workspace

Capture = pytest.CaptureFixture[str]
DELIBERATION = "conventions/deliberations/cm-1.yaml"
ESSAI = "conventions/essai.yaml"
LIASSE = "conventions/liasses/cm-1.yaml"
AVENANT = """\
avenant: essai-{number}
modifie: essai
numero: {number}
effet: signature
parties: {{ville: {{habilitation: {{deliberation: cm-1}}}}}}
modifications: {{donnees: {{subvention: {amount} 000 €}}}}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make_workspace(tmp_path / "espace")
    path = made / "conventions" / "organismes" / "association.yaml"
    path.write_text(path.read_text("utf-8") + "rna: W380475558\n", "utf-8")
    monkeypatch.chdir(made)
    return made


def sign(name: str, day: str, capsys: Capture) -> str:
    code, _, err = convgen(["signer", name, "--le", day], capsys)
    assert code == 0, err
    return err


def avenant(root: Path, number: int, amount: int) -> None:
    write(root, f"conventions/avenants/essai-{number}.yaml", AVENANT.format(number=number, amount=amount))


def exported(root: Path, capsys: Capture, *names: str) -> tuple[list[dict[str, str]], str]:
    code, _, err = convgen(["exporter", "scdl-subventions", *names, "-o", "s.csv"], capsys)
    assert code == 0, err
    with (root / "s.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True)), err.replace("\u00a0", " ").replace("\u202f", " ")


def states(workspace: Workspace, name: str = "essai") -> dict[str, date]:
    found = resolve(workspace, name, date(2026, 1, 1), Report())
    assert found is not None
    return dict(found.states)


def failed(root: Path) -> Report:
    """What is said of a liasse that may not be put together."""
    report = Report()
    make_liasse(Workspace(root), "cm-1", report, final=False, formats=())
    return report


class TestTheDay:
    """Where it comes from."""

    def test_a_workspace_that_is_open_sees_the_signature_and_its_removal(self, root: Path, capsys: Capture) -> None:
        workspace = Workspace(root)
        assert states(workspace) == {}
        sign("essai", "2025-12-20", capsys)
        assert states(workspace) == {"signe": date(2025, 12, 20)}
        for one in sorted((root / "conventions/essai.signe").iterdir()):
            one.unlink()
        assert states(workspace) == {}

    def test_the_other_days_stay(self, root: Path, capsys: Capture) -> None:
        write(root, ESSAI, convention("essai", "2026-1", more="etat: {transmis: 2025-12-22}\n"))
        sign("essai", "2025-12-20", capsys)
        assert states(Workspace(root)) == {"signe": date(2025, 12, 20), "transmis": date(2025, 12, 22)}

    def test_the_record_wins_over_what_is_typed_since(self, root: Path, capsys: Capture) -> None:
        sign("essai", "2025-12-20", capsys)
        write(root, ESSAI, convention("essai", "2026-1", more="etat: {signe: 2025-12-24}\n"))
        assert states(Workspace(root)) == {"signe": date(2025, 12, 20)}

    def test_another_day_than_the_one_typed_is_not_frozen(self, root: Path, capsys: Capture) -> None:
        write(root, ESSAI, convention("essai", "2026-1", more="etat: {signe: 2025-12-24}\n"))
        code, _, err = convgen(["signer", "essai", "--le", "2025-12-20"], capsys)
        assert (code, "erreur ACT-02" in err, "24 décembre 2025" in err) == (1, True, True)
        assert not (root / "conventions/essai.signe").exists()
        sign("essai", "2025-12-24", capsys)
        avenant(root, 1, 36)
        change(root, "conventions/avenants/essai-1.yaml", "effet:", "etat: {signe: 2026-06-01}\neffet:")
        assert convgen(["signer", "essai-1", "--le", "2026-06-02"], capsys)[0] == 1

    def test_the_clauses_looked_at_stay_those_of_the_day_of_effect(self, root: Path, capsys: Capture) -> None:
        before = self.reference(root)
        sign("essai", "2025-12-20", capsys)
        assert self.reference(root) == before

    def reference(self, root: Path) -> date:
        loaded = Workspace(root).definition("essai", Report())
        assert loaded is not None
        assert loaded.model is not None
        return reference_date(Merged(loaded.model, None), date(2030, 1, 1))


class TestDeliberation:
    """`generer` of a délibération that authorises a frozen act."""

    def test_an_act_signed_before_the_session_is_refused(self, root: Path, capsys: Capture) -> None:
        sign("essai", "2025-12-01", capsys)
        code, _, err = convgen(["generer", "cm-1", "--format", "txt", "--definitif"], capsys)
        assert (code, "erreur DEL-08" in err, "essai.signe" in err) == (1, True, True)

    def test_the_day_of_the_convention_is_told_of_its_avenant(self, root: Path, capsys: Capture) -> None:
        avenant(root, 1, 36)
        change(root, DELIBERATION, "[essai, autre]", "[essai-1]")
        sign("essai", "2025-11-20", capsys)
        code, _, err = convgen(["generer", "cm-1", "--format", "txt", "-o", "cm"], capsys)
        assert code == 0, err
        assert "signée le 20 novembre 2025" in (root / "cm" / "cm-1.txt").read_text("utf-8").replace("\u00a0", " ")

    def test_words_typed_by_hand_read_it(self, root: Path, capsys: Capture) -> None:
        words = "preambule:\n  - vu: {acte: autre, nommer: 'l''acte du {{ x.etat.signe }}'}\nvote:"
        change(root, DELIBERATION, "vote:", words)
        change(root, DELIBERATION, "[essai, autre]", "[essai]")
        sign("autre", "2025-11-20", capsys)
        code, _, err = convgen(["generer", "cm-1", "--format", "txt", "-o", "cm"], capsys)
        assert code == 0, err
        assert "l’acte du 20 novembre 2025" in (root / "cm" / "cm-1.txt").read_text("utf-8").replace("\u00a0", " ")


class TestLiasse:
    """What a frozen act says of the délibération no longer follows it."""

    def test_the_session_has_moved_since(self, root: Path, capsys: Capture) -> None:
        sign("essai", "2025-12-20", capsys)
        assert not [one for one in put(root, final=True)[1] if one.code.startswith("LIA")]
        change(root, DELIBERATION, "seance: 2025-12-15", "seance: 2025-12-18")
        (found,) = [one for one in put(root)[1] if one.code in ("LIA-08", "LIA-10")]
        assert (found.code, found.severity) == ("LIA-08", Severity.WARNING)
        assert "« essai », dans son texte signé" in found.message and "15 décembre 2025" in found.message
        assert "plan" not in found.remedy and "essai.signe" in found.remedy

    def test_the_number_has_changed_since(self, root: Path, capsys: Capture) -> None:
        sign("essai", "2025-12-20", capsys)
        change(root, DELIBERATION, "numero: 4", "numero: 5")
        (message,) = said(put(root)[1], "LIA-08")
        assert "la délibération n° 4" in message

    def test_an_act_frozen_without_a_comparution(self, root: Path, capsys: Capture) -> None:
        write(root, ESSAI, convention("essai", "2026-1", more="plan: [intitule, articles, signatures]\n"))
        sign("essai", "2025-12-20", capsys)
        (found,) = [one for one in put(root)[1] if one.code == "LIA-10"]
        assert "plan" not in found.remedy and "essai.signe" in found.remedy

    def test_the_day_of_the_convention_is_no_contradiction(self, root: Path, capsys: Capture) -> None:
        """An avenant may be frozen whose words do not tell when its convention was signed."""
        write(root, ESSAI, convention("essai", "2026-1", more="etat: {signe: 2025-11-20}\n"))
        avenant(root, 1, 36)
        path = "conventions/avenants/essai-1.yaml"
        change(root, path, "effet:", "plan: [intitule, comparution, articles, signatures]\neffet:")
        change(root, DELIBERATION, "[essai, autre]", "[essai-1]")
        sign("essai", "2025-11-20", capsys)
        sign("essai-1", "2025-12-20", capsys)
        assert not said(put(root)[1], "LIA-08")

    def test_signed_before_the_session(self, root: Path, capsys: Capture) -> None:
        sign("essai", "2025-12-01", capsys)
        assert said(failed(root), "DEL-08")

    def test_what_cannot_stand_under_itself_is_not_absent(self, root: Path, capsys: Capture) -> None:
        change(root, LIASSE, "annexes: auto\n", "annexes:\n  essai: {sous: essai}\n")
        report = failed(root)
        (message,) = said(report, "LIA-01")
        assert message == "le document « essai » ne peut être annexé à lui-même"
        assert not said(report, "LIA-07")


class TestExport:
    """`convgen exporter scdl-subventions`."""

    def test_a_frozen_convention_is_signed(self, root: Path, capsys: Capture) -> None:
        sign("essai", "2025-12-20", capsys)
        (row,), err = exported(root, capsys)
        assert (row["dateConvention"], row["montant"]) == ("2025-12-20", "30000.00")
        assert "« essai » n'est pas encore signée" not in err

    def test_the_amount_is_that_of_its_signed_avenants(self, root: Path, capsys: Capture) -> None:
        sign("essai", "2025-12-20", capsys)
        avenant(root, 1, 36)
        avenant(root, 2, 38)
        assert exported(root, capsys, "essai")[0][0]["montant"] == "30000.00"
        sign("essai-1", "2026-02-01", capsys)
        (row,), err = exported(root, capsys, "essai")
        assert (row["dateConvention"], row["montant"]) == ("2025-12-20", "36000.00")
        assert "note SCD-03" in err and "36 000 €, et non 30 000 €" in err and "n° 1 (signé le 1er février 2026)" in err
        sign("essai-2", "2026-03-01", capsys)
        assert exported(root, capsys, "essai")[0][0]["montant"] == "38000.00"

    @pytest.mark.parametrize("name", ["essai", "essai-1"])
    def test_an_amount_that_nobody_signed_is_not_published(self, root: Path, capsys: Capture, name: str) -> None:
        sign("essai", "2025-12-20", capsys)
        avenant(root, 1, 36)
        sign("essai-1", "2026-02-01", capsys)
        if name == "essai":
            change(root, ESSAI, "30 000 €", "31 000 €")
        else:
            avenant(root, 1, 99)
        code, _, err = convgen(["exporter", "scdl-subventions", "essai"], capsys)
        assert (code, f"erreur ACT-02 : « {name} » dit" in err) == (1, True)
