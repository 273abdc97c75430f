"""The five demonstration avenants: their facts, their laws in both manners, no sentence of the acts they follow."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from convgen.acte.nodes import Acte, Division
from convgen.acte.walk import find_blanks, walk
from convgen.amend.chaine import Amendment
from convgen.amend.changements.appliquer import apply, verify
from convgen.amend.changements.changements import Insert, Renumber, Repeal, Term
from convgen.amend.changements.differer import place_of
from convgen.amend.lire.lire import read, same_lines
from convgen.amend.recueils.formules import load_pack
from convgen.amend.texte.arbre import Part
from convgen.amend.texte.imprime import ARTICLE, QUOTE_HEADING, printed, printed_articles
from convgen.amend.texte.lieux import index_of
from convgen.amend.texte.normaliser import normal
from convgen.cli.amend import outputs_of
from convgen.cli.cases import Case, case_of
from convgen.cli.en_vigueur import Wanted
from convgen.errors import Report
from convgen.french.amounts import parse_amount, parse_amount_words
from convgen.write.text import write_text

ROOT = Path(__file__).parents[2]
AVENANTS = (
    "flash-emploi-2024-1",
    "protocole-aip-2024-1",
    "restos-du-coeur-2024-1",
    "restos-du-coeur-2024-2",
    "sg2022003-1",
)
PACKS = ("pratique", "legistique")
#: So many words in a row are a sentence taken over.
RUN = 13
_WRITTEN_OUT = re.compile(r"(\d[\d ]*(?:,\d+)?) € \(([^()]*(?:euros?|centimes?))\)")


@cache
def case(name: str, pack: str = "") -> tuple[Case, Amendment]:
    report = Report()
    with case_of(str(ROOT / f"conventions/avenants/{name}.yaml"), "", "", Wanted(pack=pack), report) as found:
        assert not report.errors, [str(one) for one in report.errors]
        assert found is not None and found.made is not None
        return found, found.made


def made(name: str, pack: str = "") -> Amendment:
    return case(name, pack)[1]


def parts(name: str, pack: str = "") -> tuple[Part, Part]:
    found, amendment = case(name, pack)
    return normal(amendment.base.acte, found.order.base_files), normal(amendment.new, found.order.new_files)


def plain(acte: Acte) -> str:
    return re.sub("[\u00a0\u202f]", " ", write_text(acte))


def test_each_definition_of_an_avenant_is_tested() -> None:
    assert set(AVENANTS) == {path.stem for path in (ROOT / "conventions/avenants").glob("*.yaml")}


# --- what they all are --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", AVENANTS)
def test_an_avenant_is_whole(name: str) -> None:
    text = plain(made(name).avenant)
    assert "Exemple de démonstration, sans valeur juridique" in text
    assert not re.search(r"\{\{|\}\}|\{%|XXX| ,|\(\)|\bde le\b|\bà le\b|\bde les\b", text)
    assert "demeurent" in text and "Le présent avenant prend effet" in text
    assert "Fait à" in text


@pytest.mark.parametrize("name", AVENANTS)
def test_amounts_written_out_say_their_figures(name: str) -> None:
    for figures, words in _WRITTEN_OUT.findall(plain(made(name).avenant)):
        assert parse_amount(figures) == parse_amount_words(words.replace("\u2019", "'")), (figures, words)


@pytest.mark.parametrize("name", AVENANTS)
def test_only_days_to_come_are_blank(name: str) -> None:
    hints = {blank.hint or blank.key for blank in find_blanks(made(name).avenant)}
    assert hints <= {"date de la délibération", "date de la notification"}


@pytest.mark.parametrize("name", AVENANTS)
def test_the_changes_give_the_new_version(name: str) -> None:
    base, new = parts(name)
    verify(made(name).delta, base, new)
    assert apply(made(name).delta, base) != base


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("name", AVENANTS)
def test_the_sentences_give_the_new_text(name: str, pack: str) -> None:
    base, new = parts(name, pack)
    report = Report()
    loaded = load_pack((ROOT / f"templates/formules/{pack}.yaml").read_text(encoding="utf-8"), pack, report, pack)
    assert loaded is not None
    said = printed_articles(made(name, pack).wording.articles)
    assert same_lines(read(said, printed(base), loaded), printed(new)) is None


@pytest.mark.parametrize("name", AVENANTS)
def test_a_reader_who_knows_the_guide_only_gets_the_new_text(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tests" / "amend"))
    by_hand = importlib.import_module("lecteur_legistique").read_by_hand
    base, new = parts(name, "legistique")
    said = printed_articles(made(name, "legistique").wording.articles)
    assert same_lines(by_hand(said, printed(base)), printed(new)) is None


@pytest.mark.parametrize("name", AVENANTS)
def test_every_change_is_said_by_an_article_that_exists(name: str) -> None:
    amendment = made(name)
    numbers = {one.number.text for one in walk(amendment.avenant.zones) if isinstance(one, Division) and one.number}
    for change in amendment.delta.of_substance():
        assert amendment.source.articles[change.id] in numbers


@pytest.mark.parametrize("name", AVENANTS)
def test_the_five_outputs_are_made(name: str) -> None:
    found, amendment = case(name)
    report = Report()
    files = outputs_of(found, amendment, ("docx",), "", report)  # checks that accepting and refusing are faithful
    assert not report.errors
    assert {*files} == {
        "avenant.docx",
        "consolidee.docx",
        "modifications.docx",
        "tableau-comparatif.docx",
        "modifications.json",
    }


# --- the money ----------------------------------------------------------------------------------------


def test_the_subvention_rises_and_what_was_paid_stays() -> None:
    amendment = made("flash-emploi-2024-1")
    text = plain(amendment.avenant)
    assert "870 000 €" in text and "925 400 € (neuf cent vingt-cinq mille quatre cents euros)" in text
    assert "un acompte de 696 000 €" in text and "versé le 5 avril 2024" in text
    assert "un complément de 55 400 €" in text and "à la signature de l’avenant n° 1" in text
    assert "le solde de 18,80 %, soit 174 000 €" in text
    assert Decimal(696_000) + 55_400 + 174_000 == Decimal(925_400)
    (cause,) = [one for one in amendment.delta.causes if one.key == "subvention"]
    assert (cause.old, cause.new) == (Decimal(870_000), Decimal(925_400))


def test_the_sums_follow_in_the_consolidated_text() -> None:
    text = plain(made("flash-emploi-2024-1").consolidated)
    assert "870 000" not in text
    assert "tenant compte de l’avenant n° 1" in text


def test_the_guide_of_legistique_says_the_difference() -> None:
    text = plain(made("flash-emploi-2024-1", "legistique").avenant)
    assert "55 400 €" in text and "6,37 %" in text
    assert "sera remplacé" not in text and "dispositions" not in text


# --- the volunteers -----------------------------------------------------------------------------------


def test_the_terms_change_everywhere() -> None:
    amendment = made("restos-du-coeur-2024-1")
    assert re.search("bénévol", plain(amendment.base.acte), re.IGNORECASE)
    assert not re.search("bénévol", plain(amendment.new), re.IGNORECASE)
    (term,) = [one for one in amendment.delta.changes if isinstance(one, Term)]
    assert {("bénévole", "volontaire"), ("bénévoles", "volontaires"), ("bénévolat", "volontariat")} <= set(
        (" ".join(pair.old), " ".join(pair.new)) for pair in term.pairs
    )


def test_the_association_has_its_new_name_in_the_three_places() -> None:
    amendment = made("restos-du-coeur-2024-1")
    name = "ssociation départementale Les Restaurants du Cœur – Les Relais du Cœur"
    assert name in plain(amendment.avenant)
    assert plain(amendment.new).count(name) == 3
    assert "Les Restos du Cœur" not in plain(amendment.new)


def test_the_test_phase_goes_to_june_and_the_length_stays() -> None:
    text = plain(made("restos-du-coeur-2024-1").consolidated)
    assert "de juin à août 2024" in text and "de septembre à décembre 2024" in text
    assert "prend effet à compter du 1er juin 2024 et s’achève le 31 décembre 2024" in text
    assert "31 décembre 2026 au plus tard" in text
    assert "François CHANTRAIT" in text


def test_the_second_avenant_speaks_of_the_text_that_the_first_made() -> None:
    first, second = made("restos-du-coeur-2024-1"), made("restos-du-coeur-2024-2")
    assert same_lines(printed(normal(second.base.acte)), printed(normal(first.new))) is None
    assert second.base.applied == ("restos-du-coeur-2024-1",)
    known = index_of(normal(first.new)).parts
    for change in second.delta.of_substance():
        assert place_of(change).division in known
    text = plain(second.avenant)
    assert "Vu l’avenant n° 1" in text
    assert "bénévol" not in text and "mars à mai" not in text
    assert "tenant compte de l’avenant n° 1" in plain(second.consolidated)
    assert "de l’avenant n° 2" in plain(second.consolidated)


def test_an_article_that_comes_keeps_the_numbers_of_the_others() -> None:
    amendment = made("restos-du-coeur-2024-2")
    (arrival,) = [one for one in amendment.delta.changes if isinstance(one, Insert)]
    assert [part.number for part in arrival.new] == ["3-1"]
    before, after = _numbers(amendment.base.acte), _numbers(amendment.new)
    assert {one: after[one] for one in before} == before


# --- the European funds -------------------------------------------------------------------------------


def test_the_amended_parts_are_announced_with_their_figures() -> None:
    text = plain(made("sg2022003-1").avenant)
    announced = text.split("L’avenant porte sur")[1].split("Entre :")[0]
    assert [number in announced for number in ("5.1", "6.2.2", "9.5")] == [True] * 3
    for figure in ("20 002 168,75 €", "12 001 301,25 €", "60 %", "355 238 €", "2,96 %"):
        assert figure in text, figure
    assert "N° Ma Démarche FSE+ : SG2022003" in text
    assert "notifié et rendu exécutoire le : __" in text


def test_what_follows_the_repealed_part_goes_up_by_one() -> None:
    amendment = made("sg2022003-1")
    (gone,) = [one for one in amendment.delta.changes if isinstance(one, Repeal)]
    assert gone.division[-1] == "ancien-9-5"
    moved = [one for one in amendment.delta.changes if isinstance(one, Renumber)]
    assert len(moved) == 4
    text = plain(amendment.avenant)
    for line in (
        "9.5. Traitement des plaintes et prévention de la fraude",
        "9.6. Remboursement d’indus relatifs à la gestion financière de la subvention globale",
        "9.7. Description du système de gestion et de contrôle (DSGC)",
        "9.8. Conservation des pièces justificatives",
    ):
        assert f"{line}\n\n(…)" in text
    assert "9.9" not in "".join(_numbers(amendment.new).values())


def test_what_is_not_given_again_is_left_out() -> None:
    text = plain(made("sg2022003-1").avenant)
    given = text.split("6.2.2. Paiement des acomptes et du solde")[1].split("Article 4")[0]
    assert given.strip().startswith("(…)")
    assert "Le total des versements ne dépasse pas le montant maximal" in given


# --- the party that joins -----------------------------------------------------------------------------


def test_the_party_that_joins_is_announced_named_and_signs() -> None:
    amendment = made("protocole-aip-2024-1")
    name = "Centre communal d’action sociale de Nice"
    text = plain(amendment.avenant)
    assert f"{name} devient partie" in text
    assert name not in plain(amendment.base.acte)
    end = plain(amendment.new).split("Fait à")[-1]
    assert end.index("Conseil départemental") < end.index(name)
    for one in ("CHRISTIAN ESTROSI", "GHISLAINE ELLENA", "FRÉDÉRIC OLLIVIER", "FABIENNE GUILHOT"):
        assert one.split()[-1] in text


# --- nothing is copied --------------------------------------------------------------------------------


def test_no_sentence_of_the_acts_they_follow_is_taken(reference_root: Path) -> None:
    folder = reference_root / "references"
    if not folder.is_dir():
        pytest.skip(f"actes de référence absents : {folder}")
    known = {run for path in folder.rglob("*.txt") for run in _runs(path.read_text(encoding="utf-8"))}
    for name in AVENANTS:
        amendment = made(name)
        formal = {one.id for one in amendment.delta.of_substance() if place_of(one).division[:1] in _FORMAL}
        drafted = [article for article in amendment.wording.articles if not formal & {*article.changes}]
        lines = [line.text for line in printed_articles(drafted) if line.style not in (ARTICLE, QUOTE_HEADING)]
        taken = [run for line in lines for run in _runs(line) if run in known]
        assert not taken, f"{name} : {taken[:3]}"


#: Names, capacities and addresses, which are not ours to reword.
_NAMES = re.compile(
    "conseil départemental des alpes maritimes|direction de l insertion et de la lutte contre la fraude"
)
_FORMAL = (("zone:parties",), ("zone:titre",), ("zone:signatures",))


def _runs(text: str) -> Iterator[str]:
    words = _NAMES.sub("", " ".join(re.findall(r"\w+", text.lower()))).split()
    return (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def _numbers(acte: Acte) -> dict[str, str]:
    found = (one for one in walk((acte.zones, acte.annexes)) if isinstance(one, Division) and one.number is not None)
    return {one.id: one.number.text for one in found if one.number is not None}
