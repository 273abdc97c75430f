"""The worked example: the whole avenant, word for word, in both manners, read back from its own sentences."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from exemple_velo import amendment, pack

from convgen.amend.lire.lire import read, same_lines
from convgen.amend.numeros.numeros import Policy
from convgen.amend.rediger import Options, Wording, word
from convgen.amend.texte.imprime import PrintedLine, printed, printed_articles
from convgen.amend.texte.inlines import text_of
from convgen.french.typography import plain

LEGISTIQUE = """\
Article 1er – Terminologie
Dans l'ensemble de la convention et de ses annexes, les mots : « adhérent » et « adhérents » sont remplacés \
respectivement par les mots : « participant » et « participants ».
Article 2 – Montant de la subvention
Le montant de la subvention est porté de 48 000 € à 52 000 €, soit une augmentation de 4 000 € (+ 8,33 %).
En conséquence, à l'article 3.1 et au premier alinéa de l'article 3.2, la somme : « 48 000 € » est remplacée par la \
somme : « 52 000 € ».
Article 3 – Modification de la désignation des parties
Au second alinéa de la désignation des parties, les mots : « sa présidente, Mme Claire Aubert » sont remplacés par \
les mots : « son président, M. Jean Morel ».
Article 4 – Modification de l'article 1er
L'article 1er est ainsi modifié :
1° Après le troisième alinéa, est inséré un alinéa ainsi rédigé :
« - un atelier mobile dans les communes rurales ; » ;
2° Au dernier alinéa, après le mot : « formation », est inséré le mot : « longue ».
Article 5 – Modification de l'article 2
L'article 2.2 est ainsi modifié :
1° Au premier alinéa, les mots : « un salarié » sont remplacés par les mots : « deux salariés » ;
2° Le second alinéa est complété par une phrase ainsi rédigée : « Il est ouvert cinq jours par semaine. »
Article 6 – Modification de l'article 3
L'article 3.2 est ainsi modifié :
1° Après la deuxième ligne (« Acompte ») du tableau, est insérée une ligne ainsi rédigée :
« Complément · 4 000 € · à la signature de l'avenant n° 1 » ;
2° Au dernier alinéa, la date : « 31 janvier 2026 » est remplacée par la date : « 28 février 2026 ».
Article 7 – Insertion d'un article 3-1
Après l'article 3, est inséré un article 3-1 ainsi rédigé :
« Article 3-1 – Engagement républicain
« L'association souscrit le contrat d'engagement républicain.
« Elle en informe ses membres. »
Article 8 – Abrogation de l'article 5
L'article 5 est abrogé.
Article 9 – Modification de l'article 6
L'intitulé de l'article 6 est remplacé par l'intitulé suivant : « Bilan et évaluation ».
Article 10 – Modification du bloc de signature
Le second alinéa du bloc de signature est remplacé par un alinéa ainsi rédigé :
« Le président de l'association, Jean Morel »."""

RENUMBERED = """\
Article 7 – Insertion d'un article 4
Après l'article 3, est inséré un article 4 ainsi rédigé :
« Article 4 – Engagement républicain
« L'association souscrit le contrat d'engagement républicain.
« Elle en informe ses membres. »
Article 8 – Abrogation de l'article 5
L'article 5 est abrogé."""

PRATIQUE = """\
Article 4 – Moyens
L'article 2.2 est modifié comme suit :
2.2. Moyens
L'association affecte deux salariés à l'atelier.
Le local est mis à disposition par la commune. Il est ouvert cinq jours par semaine."""


def worded(name: str, policy: Policy = Policy.FROZEN, options: Options | None = None) -> Wording:
    delta, base, new = amendment(policy)
    return word(delta, base, new, pack(name), options or Options())


def text(lines: Sequence[PrintedLine]) -> str:
    return "\n".join(plain(line.text) for line in lines)


def test_the_avenant_is_the_one_of_the_specification() -> None:
    assert text(printed_articles(worded("legistique").articles)) == LEGISTIQUE


def test_numbers_again_change_the_last_articles_only() -> None:
    found = text(printed_articles(worded("legistique", Policy.RENUMBER).articles))
    assert RENUMBERED in found
    assert found.endswith("Article 11 – Numérotation\nL'actuel article 4 devient l'article 5.")


def test_the_same_article_given_again() -> None:
    assert PRATIQUE in text(printed_articles(worded("pratique").articles))


@pytest.mark.parametrize("policy", list(Policy))
@pytest.mark.parametrize("name", ["legistique", "pratique"])
def test_what_is_printed_is_enough_to_do_it_again(name: str, policy: Policy) -> None:
    delta, base, new = amendment(policy)
    found = word(delta, base, new, pack(name))
    again = read(printed_articles(found.articles), printed(base), pack(name))
    assert same_lines(again, printed(new)) is None


def test_every_change_is_in_one_article() -> None:
    delta, _, _ = amendment()
    carried = [name for one in worded("legistique").articles for name in one.changes]
    assert sorted(carried) == sorted(one.id for one in delta.changes)


def test_the_object_and_what_is_amended() -> None:
    found = worded("legistique")
    assert [plain(text_of(one)) for one in found.objects] == [
        "de porter le montant de la subvention de 48 000 € à 52 000 €",
        "de remplacer les mots « adhérent » et « adhérents » par les mots « participant » et « participants »",
        "d'insérer un article 3-1 intitulé « Engagement républicain »",
        "d'abroger l'article 5",
        "de modifier la désignation des parties, les articles 1er, 2.2, 3.2 et 6 et le bloc de signature",
    ]
    assert plain(found.modified) == (
        "la désignation des parties, les articles 1er, 2.2, 3.1, 3.2, 5 et 6 et le bloc de signature"
    )
