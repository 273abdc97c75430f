"""A convention and its new version: a worked example of the frequent changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from amend_acts import article, euros, items, line, par, table

from convgen.acte.nodes import Acte, Annexe, Division, Level, Reference, Scheme, Zone
from convgen.acte.numbering import number_divisions
from convgen.acte.references import resolve_references, targets_of
from convgen.amend.changements.causes import with_causes
from convgen.amend.changements.changements import Delta
from convgen.amend.changements.differer import diff
from convgen.amend.changements.termes import pair_of
from convgen.amend.numeros.numeros import Policy
from convgen.amend.numeros.numeroter import number_against
from convgen.amend.recueils.formules import Pack, load_pack
from convgen.amend.texte.arbre import Part
from convgen.amend.texte.etat import State
from convgen.amend.texte.normaliser import normal
from convgen.errors import Report

FORMULES = Path(__file__).parents[2] / "templates" / "formules"
PAIRS = (pair_of("adhérent", "participant"), pair_of("adhérents", "participants"))
LABELS = {"subvention": "Montant de la subvention"}
SCHEME = Scheme(
    (
        Level("chapitre", "Chapitre ", "I", "", " – "),
        Level("article", "Article ", "1", "", " – ", first_ordinal=True),
        Level("", "", "1", ".", " ", nested=True),
    )
)


@cache
def pack(name: str) -> Pack:
    """A shipped pack."""
    report = Report()
    found = load_pack((FORMULES / f"{name}.yaml").read_text("utf-8"), f"{name}.yaml", report)
    assert found is not None, list(report)
    return found


@dataclass(frozen=True)
class _Side:
    """What differs between the two versions."""

    person: str
    amount: int
    representative: str
    signatory: str
    changed: bool


_OLD = _Side(
    "adhérent", 48000, "sa présidente, Mme Claire Aubert", "La présidente de l'association, Claire Aubert", False
)
_NEW = _Side("participant", 52000, "son président, M. Jean Morel", "Le président de l'association, Jean Morel", True)


def base() -> Acte:
    """The convention as signed."""
    return _act(_OLD)


def new_version() -> Acte:
    """The new version, not numbered against the base yet."""
    return _act(_NEW)


def _act(side: _Side) -> Acte:
    who = side.person
    title = f"Convention relative à l'atelier vélo ouvert aux {who}s de l'association Roue libre"
    zones = (
        Zone("intitule", (par(title),)),
        Zone(
            "comparution",
            (
                par("La commune de Vernoux, représentée par son maire,"),
                par(f"L'association Roue libre, représentée par {side.representative}, dûment habilitée à signer."),
            ),
        ),
        Zone("articles", tuple(_articles(side))),
        Zone("signatures", (par("Le maire de Vernoux"), par(side.signatory))),
    )
    annexe = Annexe("budget", line("Budget"), (par("Le budget de l'atelier est présenté chaque année."),))
    made = Acte("convention", "atelier-velo", "", title, zones, (annexe,), scheme=SCHEME)
    numbered = number_divisions(made)
    return resolve_references(numbered, targets_of(numbered))[0]


def _articles(side: _Side) -> list[Division]:
    found = [_object(side), _action(side), _finance(side)]
    if side.changed:
        cer = par("L'association souscrit le contrat d'engagement républicain."), par("Elle en informe ses membres.")
        found.append(article("cer", "Engagement républicain", *cer))
    found.append(article("duree", "Durée", par("La convention est conclue pour un an à compter de sa signature.")))
    if not side.changed:
        found.append(
            article("communication", "Communication", par("L'association mentionne le soutien de la commune."))
        )
    report = par(
        "Le bilan dû au troisième alinéa de ", Reference("versements", capital=False), f" compte les {side.person}s."
    )
    found.append(article("bilan", "Bilan et évaluation" if side.changed else "Bilan", report))
    found.append(article("litiges", "Litiges", par("Le tribunal administratif est compétent.")))
    return found


def _object(side: _Side) -> Division:
    proposed = ["un atelier de réparation ;", "un prêt d'outils ;", "une formation à la mécanique."]
    if side.changed:
        proposed.insert(1, "un atelier mobile dans les communes rurales ;")
        proposed[-1] = "une formation longue à la mécanique."
    return article(
        "objet", "Objet", par("La convention soutient l'atelier vélo."), par("L'atelier propose :"), items(*proposed)
    )


def _action(side: _Side) -> Division:
    public = par(f"L'atelier reçoit tout {side.person}. Un {side.person} peut y venir seul.")
    staff = "deux salariés" if side.changed else "un salarié"
    place = "Le local est mis à disposition par la commune."
    if side.changed:
        place += " Il est ouvert cinq jours par semaine."
    means = par(f"L'association affecte {staff} à l'atelier."), par(place)
    return article(
        "action",
        "Action",
        article("public", "Public", public, level=2),
        article("moyens", "Moyens", *means, level=2),
    )


def _finance(side: _Side) -> Division:
    amount = euros("subvention", side.amount)
    rows = [("Acompte", "33 600 €", "à la signature"), ("Solde", "14 400 €", "à la remise du bilan")]
    if side.changed:
        rows.insert(1, ("Complément", "4 000 €", "à la signature de l'avenant n° 1"))
    day = "28 février 2026" if side.changed else "31 janvier 2026"
    return article(
        "finances",
        "Modalités financières",
        article("montant", "Montant", par("La commune verse une subvention de ", amount, "."), level=2),
        article(
            "versements",
            "Versements",
            par("La somme de ", amount, " est versée ainsi :"),
            table(("Versement", "Montant", "Date"), *rows),
            par(f"Le bilan est remis le {day} au plus tard."),
            level=2,
        ),
    )


def amendment(policy: Policy = Policy.FROZEN, *, terms: bool = True) -> tuple[Delta, Part, Part]:
    """The changes with their causes, the base and the new version."""
    old = base()
    new = number_against(new_version(), State(old), policy)
    a, b = normal(old), normal(new)
    delta = diff(a, b, PAIRS if terms else ())
    return with_causes(delta, old, new, LABELS), a, b
