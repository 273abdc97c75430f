"""What a jurist reads first: the object of the avenant, what data are called, and the terms that are replaced."""

from __future__ import annotations

from datetime import date

import pytest
from amend_acts import act, article, par
from exemple_velo import pack

from convgen.acte.nodes import Acte, Exact, Value
from convgen.amend.changements.causes import with_causes
from convgen.amend.changements.changements import Delta, Term
from convgen.amend.changements.differer import diff
from convgen.amend.changements.termes import pair_of
from convgen.amend.lire.lire import read, same_lines
from convgen.amend.recueils.emplacements import Named, Several, named
from convgen.amend.rediger import Options, PartyNote, word
from convgen.amend.rediger.libelles import is_named, noun_of
from convgen.amend.texte.forme import join
from convgen.amend.texte.imprime import printed, printed_articles
from convgen.amend.texte.inlines import text_of
from convgen.amend.texte.normaliser import normal
from convgen.french.dates import month_range
from convgen.french.grammar import parse_noun_phrase

PACKS = ("legistique", "pratique")


def datum(kind: str, key: str, exact: Exact, text: str) -> Value:
    return Value(kind, key, exact, text)


def avenant(old: Acte, new: Acte, labels: dict[str, str], name: str = "legistique", **options: object) -> list[str]:
    """The objects, then the printed articles; what they say is read back."""
    a, b = normal(old), normal(new)
    delta = with_causes(diff(a, b), old, new, labels)
    said = word(delta, a, b, pack(name), Options(**options))
    lines = printed_articles(said.articles)
    assert same_lines(read(lines, printed(a), pack(name)), printed(b)) is None
    return [plain(text) for text in (*map(text_of, said.objects), *(line.text for line in lines))]


def plain(text: str) -> str:
    """Without typography."""
    return text.replace("\u00a0", " ").replace("’", "'")


def phase(start: date, end: date) -> Acte:
    span = f"{start.isoformat()}/{end.isoformat()}"
    return act(
        article(
            "a",
            "Phase",
            par("L'action se déroule ", datum("période", "phase_test", span, month_range(start, end)), "."),
        )
    )


# --- labels -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "kind", "said"),
    [
        ("centres", "nombre", "le nombre de centres"),
        ("heures par semaine", "nombre", "le nombre d'heures par semaine"),
        ("Centres d'activités", "nombre", "le nombre de centres d'activités"),
        ("phase test", "période", "la phase test"),
        ("la phase test", "période", "la phase test"),
        ("L'objectif d'accompagnement", "nombre", "l'objectif d'accompagnement"),
        ("Montant de la subvention (2024)", "montant", "le montant de la subvention pour 2024"),
        ("prix", "nombre", "le prix"),
    ],
)
def test_what_a_datum_is_called(label: str, kind: str, said: str) -> None:
    assert str(noun_of(label, kind)) == said
    assert is_named(label, kind)


@pytest.mark.parametrize(
    "label", ["ETP financés", "acompte.montant", "Montant (acompte.montant)", "truc_machin", "zzz"]
)
def test_a_key_is_no_name(label: str) -> None:
    assert not is_named(label)


@pytest.mark.parametrize("name", PACKS)
def test_a_datum_without_a_name_is_not_said(name: str) -> None:
    def version(count: int) -> Acte:
        told = datum("nombre", "etp.finances", count, str(count))
        return act(
            article("a", "Un", par("Le poste A compte ", told, " agents.")),
            article("b", "Deux", par("Il faut ", told, " agents.")),
        )

    lines = avenant(version(8), version(9), {}, name)
    assert lines[0] == "de modifier les articles 1 et 2"
    assert not any("etp" in line or "donnée" in line for line in lines)


@pytest.mark.parametrize(
    ("label", "said"),
    [({}, "la phase test"), ({"phase_test": "la période d'essai"}, "la période d'essai")],
)
def test_a_key_is_said_as_words_without_a_label(label: dict[str, str], said: str) -> None:
    old, new = phase(date(2024, 3, 1), date(2024, 5, 31)), phase(date(2024, 6, 1), date(2024, 8, 31))
    lines = avenant(old, new, label)
    assert lines[0] == f"de reporter {said} de la période de mars à mai 2024 à celle de juin à août 2024"


# --- periods ------------------------------------------------------------------------------------------------

LATER = "de reporter la phase test de la période de mars à mai 2024 à celle de juin à août 2024"
OTHER = "de remplacer, pour la phase test, la période de mars à mai 2024 par celle du 1er février au 15 juillet 2024"
MARCH, MAY = date(2024, 3, 1), date(2024, 5, 31)


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2024, 6, 1), date(2024, 8, 31), LATER),
        (date(2024, 3, 1), date(2025, 5, 31), "de prolonger la phase test jusqu'au 31 mai 2025"),
        (date(2024, 3, 1), date(2024, 4, 30), "d'avancer la fin de la phase test au 30 avril 2024"),
        (date(2024, 4, 1), date(2024, 5, 31), "de reporter le début de la phase test au 1er avril 2024"),
        (date(2024, 1, 1), date(2024, 5, 31), "d'avancer le début de la phase test au 1er janvier 2024"),
        (date(2024, 2, 1), date(2024, 7, 15), OTHER),
    ],
)
def test_the_object_says_what_a_period_becomes(name: str, start: date, end: date, said: str) -> None:
    lines = avenant(phase(MARCH, MAY), phase(start, end), {}, name)
    assert lines[0] == said


def test_a_period_said_twice_is_announced() -> None:
    def version(start: date, end: date) -> Acte:
        told = datum("période", "phase_test", f"{start}/{end}", month_range(start, end))
        return act(
            article("a", "Un", par("L'action est menée ", told, " à Nice.")),
            article("b", "Deux", par("Le bilan de l'action conduite ", told, " est remis au Département.")),
        )

    lines = avenant(version(MARCH, MAY), version(date(2024, 6, 1), date(2024, 8, 31)), {})
    assert "Article 1er – Phase test" in lines
    said = "Pour la phase test, la période de mars à mai 2024 est remplacée par celle de juin à août 2024."
    assert said in lines


# --- parties ------------------------------------------------------------------------------------------------


LEAVES = "de constater le retrait de la Ville de Nice, qui cesse d'être partie à la convention"
CHANGE = "Changement relatif à la Ville de Nice"


def _note(what: str, **more: object) -> PartyNote:
    return PartyNote("parties.x", what, parse_noun_phrase("la Ville de Nice"), text="x", date="jour", **more)


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize(
    ("note", "said", "title"),
    [
        (
            _note("ajoutee"),
            "de constater l'adhésion de la Ville de Nice à la convention",
            "Adhésion de la Ville de Nice",
        ),
        (_note("retiree"), LEAVES, "Retrait de la Ville de Nice"),
        (_note("representant"), "de prendre acte du changement de représentant de la Ville de Nice", CHANGE),
        (_note("adresse"), "de prendre acte du changement d'adresse de la Ville de Nice", CHANGE),
        (
            _note("substituee", former=parse_noun_phrase("le Département")),
            "de substituer la Ville de Nice au Département",
            CHANGE,
        ),
    ],
)
def test_the_object_says_what_becomes_of_a_party(name: str, note: PartyNote, said: str, title: str) -> None:
    a = normal(act(article("a", "Un", par("Texte."))))
    made = word(Delta("", "", ()), a, a, pack(name), Options(parties=(note,)))
    assert plain(text_of(made.objects[0])) == said
    assert plain(made.articles[0].title) == title


# --- places -------------------------------------------------------------------------------------------------


def test_plain_divisions_of_one_kind_are_said_together() -> None:
    def au(*names: str) -> object:
        return Several(tuple(named(one) for one in names)).field("au")

    assert au("l'article 3.1", "l'article 5") == "aux articles 3.1 et 5"
    assert au("l'article 1er", "l'article 3-1", "l'article 5") == "aux articles 1er, 3-1 et 5"
    assert au("l'article 3", "l'annexe 2") == "à l'article 3 et à l'annexe 2"
    assert au("le point 3 de l'annexe 2", "le point 4 de l'annexe 2") == (
        "au point 3 de l'annexe 2 et au point 4 de l'annexe 2"
    )
    one = Named(parse_noun_phrase("l'article 3"), current=True)
    assert Several((one, named("l'article 5"))).field("au") == "à l'article 3 et à l'article 5"


# --- terms --------------------------------------------------------------------------------------------------


def _terms(old: list[str], new: list[str]) -> list[Term]:
    pairs = (pair_of("agent", "employé"), pair_of("agents", "employés"))
    a, b = (normal(act(article("a", "Un", *(par(one) for one in lines)))) for lines in (old, new))
    return [one for one in diff(a, b, pairs).changes if isinstance(one, Term)]


def test_a_form_that_the_base_does_not_say_is_not_printed() -> None:
    found = _terms(["Un agent vient.", "Tout agent parle."], ["Un employé vient.", "Tout employé parle."])
    assert [join(pair.old) for one in found for pair in one.pairs] == ["agent"]


def test_a_form_whose_every_use_is_set_aside_is_not_printed() -> None:
    old = ["Un agent vient.", "Tout agent parle.", "Les agents votent."]
    new = ["Un employé vient.", "Tout employé parle.", "Les agents votent."]
    found = _terms(old, new)
    assert [join(pair.old) for one in found for pair in one.pairs] == ["agent"]
    assert not any(one.exceptions for one in found)


def test_a_term_that_stays_everywhere_is_dropped() -> None:
    line = "Un agent aide un agent, et deux agents."
    assert _terms([line, "Il vient."], [line, "Elle vient."]) == []


@pytest.mark.parametrize("name", PACKS)
def test_exceptions_said_together_are_read_back(name: str) -> None:
    def version(term: str) -> Acte:
        where = [article(f"a{rank}", "Un", par(f"Tout {term} numéro {rank} est aidé.")) for rank in range(6)]
        kept = [article(f"k{rank}", "Deux", par(f"Son agent numéro {rank} est cité.")) for rank in range(3)]
        return act(*where, *kept)

    a, b = normal(version("agent")), normal(version("employé"))
    delta = with_causes(diff(a, b, (pair_of("agent", "employé"),)), version("agent"), version("employé"))
    lines = printed_articles(word(delta, a, b, pack(name)).articles)
    assert plain(lines[1].text).endswith("par le mot : « employé », sauf aux articles 7, 8 et 9.")
    assert same_lines(read(lines, printed(a), pack(name)), printed(b)) is None
