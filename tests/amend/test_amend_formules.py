"""Packs edited by a jurist: what is refused, with the line; and what a sentence keeps of the words that it quotes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from exemple_velo import FORMULES, pack

from convgen.acte.nodes import Text, Value
from convgen.amend.recueils.cles import KEYS
from convgen.amend.recueils.echantillons import samples
from convgen.amend.recueils.emplacements import NATURES, Named, Quoted, named
from convgen.amend.recueils.formules import load_pack
from convgen.errors import Diagnostic, Report
from convgen.french.grammar import parse_noun_phrase

LEGISTIQUE = (FORMULES / "legistique.yaml").read_text("utf-8")


def problems(text: str) -> list[Diagnostic]:
    report = Report()
    assert load_pack(text, "formules/maison.yaml", report) is None
    return list(report)


def edited(old: str, new: str) -> str:
    assert old in LEGISTIQUE
    return LEGISTIQUE.replace(old, new, 1)


@pytest.mark.parametrize("name", ["legistique", "pratique"])
def test_the_shipped_packs_are_whole(name: str) -> None:
    assert set(pack(name).templates) == set(KEYS[name])


@pytest.mark.parametrize("name", ["legistique", "pratique"])
def test_each_template_takes_every_sample_of_its_slots(name: str) -> None:
    found = pack(name)
    for key, slots in KEYS[name].items():
        for rank in range(max((len(samples(kind)) for kind in slots.values()), default=1)):
            given = {slot: samples(kind)[rank % len(samples(kind))] for slot, kind in slots.items()}
            assert found.say(key, **given), key


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("", "AVE-09", "suite de clés"),
        ("- a\n", "AVE-09", "suite de clés"),
        ("mots:\n  remplacer: x\n", "AVE-09", "manière"),
        (edited("manière: legistique", "manière: autre"), "AVE-09", "manière"),
        (edited("  supprimer:", "  suprimer:"), "AVE-09", "« mots.suprimer » est inconnue"),
        (edited("phrase:\n  completer:", "phrase:\n  completer: {}\n  autre:"), "AVE-09", "doit être un texte"),
        (edited("{{ ancien | cite }}", "{{ vieux | cite }}"), "TXT-02", "« vieux » est inconnu"),
        (edited("{{ ancien | cite }}", "{{ ancien | cites }}"), "TXT-04", "« cites » n'existe pas"),
        (edited("{{ ancien | cite }}", "{{ ancien | s }}"), "AVE-09", "ne peut pas être écrite"),
        (edited("{{ ancien.le }}", "{{ ancien.la }}"), "AVE-09", "« la » n'existe pas ici"),
        (edited("{{ ancien.le }}", "{{ ancien.__class__ }}"), "TXT-03", "interdit"),
        (edited("{{ ancien.le }}", "{{ 'x' * 10 }}"), "TXT-03", "interdite"),
        (edited("{{ ancien | cite }}", "{{ ancien | cite }"), "TXT-01", "accolade"),
    ],
)
def test_a_faulty_pack_is_refused_in_french(text: str, code: str, words: str) -> None:
    found = problems(text)
    assert found[0].code == code
    assert words in found[0].message


def test_the_line_at_fault_is_named() -> None:
    text = edited("{{ ancien | cite }}", "{{ vieux | cite }}")
    line = next(rank for rank, one in enumerate(text.split("\n"), start=1) if "vieux" in one)
    (found,) = problems(text)
    assert (found.place.file, found.place.line) == ("formules/maison.yaml", line) if found.place else False


def test_a_template_taken_away_is_missed() -> None:
    lines = [one for one in LEGISTIQUE.split("\n") if "  abroger:" not in one]
    (found,) = problems("\n".join(lines))
    assert found.code == "AVE-09"
    assert "« division.abroger »" in found.message


def test_two_sentences_that_read_alike_are_refused() -> None:
    text = edited("est supprimé') }}, à chaque occurrence", "est supprimé') }}")
    found = problems(text)
    assert {one.code for one in found} == {"AVE-13"}
    assert any("« mots.supprimer »" in one.message and "« mots.supprimer_chaque »" in one.message for one in found)


def test_a_word_may_be_changed() -> None:
    report = Report()
    found = load_pack(edited("est ainsi modifié", "est modifié ainsi"), "maison.yaml", report)
    assert found is not None, list(report)
    said = found.say("groupe.article", lieu=named("l'article 4", feminine=False))
    assert said == (Text("l’article\xa04 est modifié ainsi\xa0:"),)


def test_quoted_words_keep_their_data_and_their_characters() -> None:
    value = Value("montant", "somme", Decimal(500), "500 €")
    old = Quoted(((value,),), NATURES["somme"])
    new = Quoted(((Text('l\'aide ; "utile"'),),), NATURES["mots"])
    place = Named(parse_noun_phrase("le titre"), "dans")
    said = pack("legistique").say("mots.remplacer", lieux=place, ancien=old, nouveau=new)
    assert value in said
    assert Text('\xa0» est remplacée par les mots\xa0: «\xa0l\'aide ; "utile"\xa0»') in said
