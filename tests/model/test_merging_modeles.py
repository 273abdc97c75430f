"""A definition over its modèle: what replaces, what is kept, where things go."""

from __future__ import annotations

import pytest

from convgen.errors import Report
from convgen.model.merge import Merged, Piece, merge_pieces, pieces
from convgen.model.problems import validate
from convgen.model.schema.convention import Convention
from convgen.model.schema.modele import Modele
from convgen.source.yaml import load_yaml

MODELE = """\
modele: m
articles:
  - id: objet
    titre: Objet
    texte: texte du modèle
  - id: fin
    titre: Fin
    articles:
      - clause: modification
      - clause: resiliation
  - clause: litiges
    avec: {conciliation: un mois}
annexes:
  - {id: annexe-bilan, titre: Bilan, texte: le bilan}
"""


def act(definition: str, modele: str = MODELE) -> tuple[Merged, Report]:
    report = Report()
    above = load_yaml(f"convention: c\nmodele: m\n{definition}", "c.yaml", report)
    below = load_yaml(modele, "m.yaml", report)
    assert above is not None and below is not None
    convention, _ = validate(Convention, above, report)
    kept, _ = validate(Modele, below, report)
    assert convention is not None, list(report)
    return Merged(convention, kept), report


def articles(definition: str) -> tuple[tuple[Piece, ...], Report, list[str]]:
    merged, report = act(definition)
    found, overrides = pieces(merged, "articles", report)
    return found, report, [f"{one.what} {one.target}" for one in overrides]


def ids(found: tuple[Piece, ...]) -> list[str]:
    return [one.id for one in found]


def test_without_changes_the_modele_stands() -> None:
    found, report, overrides = articles("")
    assert ids(found) == ["objet", "fin", "litiges"]
    assert ids(found[1].children) == ["modification", "resiliation"]
    assert not overrides and not list(report)


def test_texte_replaces_the_text_and_keeps_the_title_and_place() -> None:
    found, _, overrides = articles("articles:\n  - {id: objet, texte: autre texte}\n")
    content = found[0].content
    assert content is not None
    key, layer = content
    assert (key, layer.model.texte, layer.what) == ("texte", "autre texte", "définition")
    titled = found[0].pick("titre")
    assert titled is not None and titled.model.titre == "Objet" and titled.what == "modèle"
    assert overrides == ["remplace le texte objet"]


def test_an_override_says_both_places() -> None:
    merged, report = act("articles:\n  - {id: objet, texte: autre}\n")
    _, (override,) = pieces(merged, "articles", report)
    assert str(override.place) == "c.yaml:4:24"
    assert override.instead_of is not None and override.instead_of.file == "m.yaml"
    assert override.instead_of.line == 5


def test_a_nested_article_is_found_by_its_identifier() -> None:
    found, report, overrides = articles("articles:\n  - {id: resiliation, avec: {preavis: deux mois}}\n")
    layers = found[1].children[1].layers
    assert [one.what for one in layers] == ["définition", "modèle"]
    assert overrides == ["change les paramètres resiliation"]
    assert not list(report)


def test_nested_lists_merge_too() -> None:
    text = "articles:\n  - id: fin\n    articles: [{id: modification, retirer: oui}, {clause: assurances}]\n"
    found, _, overrides = articles(text)
    assert ids(found[1].children) == ["resiliation", "assurances"]
    assert overrides == ["retire modification", "insère assurances"]


def test_retirer_removes() -> None:
    found, _, overrides = articles("articles:\n  - {id: objet, retirer: oui}\n")
    assert ids(found) == ["fin", "litiges"]
    assert overrides == ["retire objet"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("", ["objet", "fin", "litiges", "neuf"]),
        (", apres: objet", ["objet", "neuf", "fin", "litiges"]),
        (", avant: objet", ["neuf", "objet", "fin", "litiges"]),
    ],
)
def test_an_article_with_a_text_is_inserted(where: str, expected: list[str]) -> None:
    found, report, overrides = articles(f"articles:\n  - {{id: neuf, titre: sans, texte: x{where}}}\n")
    assert ids(found) == expected
    assert overrides == ["insère neuf"]
    assert not list(report)


def test_two_articles_after_the_same_one_keep_their_order() -> None:
    found, _, _ = articles("articles:\n  - {id: a, texte: x, apres: objet}\n  - {id: b, texte: x, apres: objet}\n")
    assert ids(found) == ["objet", "a", "b", "fin", "litiges"]


def test_an_article_is_moved() -> None:
    found, _, overrides = articles("articles:\n  - {id: litiges, avant: objet}\n")
    assert ids(found) == ["litiges", "objet", "fin"]
    assert overrides == ["déplace litiges"]


def test_a_clause_replaced_by_a_text_no_longer_is_the_content() -> None:
    found, _, _ = articles("articles:\n  - {id: litiges, texte: à l'amiable}\n")
    content = found[2].content
    assert content is not None and content[0] == "texte"


@pytest.mark.parametrize(
    ("typed", "code", "line", "hint"),
    [
        ("articles:\n  - {id: objte, titre: X}\n", "DEF-13", 4, "« objet »"),
        ("articles:\n  - {id: neant, retirer: oui}\n", "DEF-13", 4, "litiges"),
        ("articles:\n  - {id: neuf, titre: Neuf, texte: x, apres: litige}\n", "DEF-13", 4, "« litiges »"),
        ("articles:\n  - {id: objet, texte: x}\n  - {id: objet, texte: y}\n", "DEF-14", 5, "id"),
        ("articles:\n  - {titre: Sans identifiant, texte: x}\n", "DEF-02", 4, "id: objet"),
    ],
)
def test_each_mistake_has_its_code_its_line_and_its_remedy(typed: str, code: str, line: int, hint: str) -> None:
    _, report, _ = articles(typed)
    (one,) = report
    assert one.code == code
    assert one.place is not None and one.place.line == line
    assert hint in one.remedy
    assert one.path.startswith("articles[")


def test_without_a_modele_articles_stand_as_typed() -> None:
    report = Report()
    node = load_yaml("convention: c\narticles:\n  - {id: a, titre: A}\n  - {clause: b}\n", "c.yaml", report)
    assert node is not None
    convention, _ = validate(Convention, node, report)
    assert convention is not None
    found, overrides = merge_pieces((), convention.articles or (), "articles", report)
    assert ids(found) == ["a", "b"]
    assert not overrides and not list(report)


def test_annexes_merge_by_identifier_and_a_file_hides_the_text_below() -> None:
    merged, report = act("annexes:\n  - {id: annexe-bilan, fichier: x.pdf}\n")
    (annexe,), _ = pieces(merged, "annexes", report)
    content = annexe.content
    assert content is not None and content[0] == "fichier"


def test_what_a_party_changes_is_recorded() -> None:
    modele = "modele: m\nparties: {etat: {role: financeur, designation: l'État}}\n"
    merged, _ = act("parties: {État: {designation: le préfet, tournure: dit}}\n", modele)
    assert [(one.what, one.target) for one in merged.overrides()] == [("remplace", "parties.État.designation")]


def test_keys_are_the_definitions_then_the_modeles() -> None:
    merged, _ = act("objet: le mien\n", "modele: m\nobjet: celui du modèle\nnature: contrat\n")
    objet, nature = merged.layer("objet"), merged.layer("nature")
    assert objet is not None and (objet[0].objet, objet[1]) == ("le mien", "définition")
    assert nature is not None and (nature[0].nature, nature[1]) == ("contrat", "modèle")
    assert merged.layer("titre") is None
    assert [(one.what, one.target) for one in merged.overrides()] == [("remplace", "objet")]
