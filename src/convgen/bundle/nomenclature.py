"""The nomenclature of the acts sent to préfectures (« @CTES »): natures, matters, types of pieces.

Sources, read in public copies; docs/decisions/0005 tells what each says and what none does:

- `actesv1_1.xsd`, the schema of the messages of the ministry (repository SICTIAM/stela): a matter has from two to five
  levels, a number 15 characters at most, an object 500.
- a classification as a préfecture sends it, of 1 March 2019 (repository megalis-bretagne/pastell, fixture
  `classification-exemple.xml`): the natures, the two first levels of the matters, the types that each nature admits.
- the list of changes of S²low 4.0.1 (repository libriciel/s2low): types go by nature, whatever the matter, and `99_AU`
  is no longer one that every nature admits; a piece of another type is refused with its whole sending.

The matters are worded as the open data of délibérations ask for: in small letters, without comma or bracket, parted by
a slash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Nature:
    """A nature of acts.

    Attributes:
        code: its figure in a message.
        letters: what names it in the names of files.
        main: the type of the act itself, which its annexes may bear too.
        types: every type that it admits.
        convention: the type of a convention annexed to the act.
        amendment: the type of an avenant annexed to the act.
    """

    code: int
    letters: str
    main: str
    types: frozenset[str]
    convention: str = ""
    amendment: str = ""


def _types(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DELIBERATION: Final = Nature(
    1,
    "DE",
    "99_DE",
    _types(
        "99_DE 99_SE 21_DA 21_DB 21_DE 21_DO 21_EP 21_PA 21_RP 23_DE 23_IA 31_DE 31_DP 41_RA 42_AC 42_DE 43_AC 70_DE"
    ),
    amendment="42_AC",
)
_RULE: Final = Nature(2, "AR", "99_AR", _types("99_AR 99_SE 21_DA 21_DB 21_DE 21_DO 21_EP 21_PA 21_RP"))
_INDIVIDUAL: Final = Nature(
    3,
    "AI",
    "99_AI",
    _types(
        "99_AI 99_SE 22_AC 22_AG 22_AR 22_AT 22_AV 22_CO 22_DD 22_DN 22_DP 22_LE 22_NE 22_PE 22_PN 22_RE 22_TA 23_PR "
        "41_AT 41_AV 41_CA 41_CM 41_DA 41_DE 41_IC 41_IN 41_NC 42_AT 43_AC 43_AV 43_CA 43_CM 43_DA 43_IN 43_LI 43_NC"
    ),
    convention="22_CO",
    amendment="22_CO",
)
_OTHER: Final = Nature(6, "AU", "99_AU", _types("99_AU 99_SE"))

#: The natures that a délibération or an arrêté may be said to have. « arrêté » alone is taken for a rule.
NATURES: Final[Mapping[str, Nature]] = {
    "délibération": _DELIBERATION,
    "arrêté": _RULE,
    "acte réglementaire": _RULE,
    "acte individuel": _INDIVIDUAL,
}


def nature_of(name: str) -> Nature:
    """The nature of that name; « Autres » for one that is not known."""
    return NATURES.get(name, _OTHER)


def default_type(nature: str, *, annexed: str = "") -> str:
    """The type of a piece that nobody gives one, always one that its nature admits.

    Args:
        nature: of the act that is sent.
        annexed: the kind of the act that is annexed to it (« avenant », « convention »), "autre" for anything else,
            "" for the act itself.
    """
    found = nature_of(nature)
    if not annexed or annexed == "autre":
        return found.main
    own = found.amendment if annexed.startswith("avenant") else found.convention
    return own or found.main


_MATTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "commande publique": (
        "marchés publics",
        "délégation de service public",
        "conventions de mandat",
        "autres types de contrats",
        "transactions - protocole d'accord transactionnel",
        "actes relatifs à la maîtrise d'œuvre",
        "actes spéciaux et divers",
    ),
    "urbanisme": (
        "documents d'urbanisme",
        "actes relatifs au droit d'occupation ou d'utilisation des sols",
        "droit de préemption urbain",
    ),
    "domaine et patrimoine": (
        "acquisitions",
        "aliénations",
        "locations",
        "limites territoriales",
        "autres actes de gestion du domaine public",
        "autres actes de gestion du domaine privé",
    ),
    "fonction publique": (
        "personnel titulaires et stagiaires de la fonction publique territoriale",
        "personnel contractuel",
        "fonction publique hospitalière",
        "autres catégories de personnels",
        "régime indemnitaire",
    ),
    "institutions et vie politique": (
        "élection exécutif",
        "fonctionnement des assemblées",
        "désignation de représentants",
        "délégation de fonctions",
        "délégation de signature",
        "exercice des mandats locaux",
        "intercommunalité",
        "décision d'ester en justice",
    ),
    "libertés publiques et pouvoirs de police": (
        "police municipale",
        "pouvoirs du président du conseil départemental",
        "pouvoirs du président du conseil régional",
        "autres actes réglementaires",
        "actes pris au nom de l'état et soumis au contrôle hiérarchique",
    ),
    "finances locales": (
        "décisions budgétaires",
        "fiscalité",
        "emprunts",
        "interventions économiques",
        "subventions",
        "contributions budgétaires",
        "avances",
        "fonds de concours",
        "prise de participation",
        "divers",
    ),
    "domaines de compétences par thèmes": (
        "enseignement",
        "aide sociale",
        "voirie",
        "aménagement du territoire",
        "politique de la ville-habitat-logement",
        "emploi-formation professionnelle",
        "transports",
        "environnement",
        "culture",
    ),
    "autres domaines de compétences": (
        "autres domaines de compétences des communes",
        "autres domaines de compétences des départements",
        "autres domaines de compétences des régions",
        "vœux et motions",
    ),
}


def matter_name(code: str) -> str:
    """« finances locales/subventions » for « 7.5 »; "" for a code out of the nomenclature."""
    first, _, second = code.partition(".")
    if not (first.isdecimal() and second.isdecimal()):
        return ""
    groups = list(_MATTERS.items())
    if not 1 <= int(first) <= len(groups):
        return ""
    theme, matters = groups[int(first) - 1]
    return f"{theme}/{matters[int(second) - 1]}" if 1 <= int(second) <= len(matters) else ""
