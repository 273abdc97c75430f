"""A small convention to amend: each edit of the accepted avenants changes one thing of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from amend_acts import article, euros, items, line, par, table
from exemple_velo import SCHEME

from convgen.acte.nodes import Acte, Annexe, Block, Division, PartySummary, Value, Zone
from convgen.acte.numbering import number_divisions
from convgen.acte.references import resolve_references, targets_of


def day_of(day: str, iso: str) -> Value:
    return Value("date", "fin", iso, day)


def rate_of(text: str, value: str) -> Value:
    return Value("pourcentage", "taux", Decimal(value), text)


@dataclass
class Draft:
    """The convention; each edit changes it."""

    title: str = "Convention relative au jardin partagé"
    name: str = "Les Semeurs"
    person: str = "Mme Ada Roux"
    town: str = "La commune de Vernoux,"
    articles: dict[str, Division] = field(default_factory=lambda: dict(first_articles()))
    annexes: dict[str, Annexe] = field(default_factory=lambda: dict(first_annexes()))
    order: list[str] | None = None

    def lines(self, name: str, *blocks: Block, title: str | None = None) -> None:
        """Other blocks, sub-articles kept."""
        old = self.articles[name]
        subs = tuple(one for one in old.blocks if isinstance(one, Division))
        self.articles[name] = replace(
            old, blocks=(*blocks, *subs), title=old.title if title is None else line(title) if title else ()
        )

    def sub(self, name: str, rank: int, made: Division | None) -> None:
        """Another sub-article of that rank; none to remove it."""
        old = self.articles[name]
        blocks = list(old.blocks)
        blocks[rank : rank + 1] = [] if made is None else [made]
        self.articles[name] = replace(old, blocks=tuple(blocks))

    def insert(self, after: str, *made: Division) -> None:
        """New articles after another."""
        found: dict[str, Division] = {}
        for name, one in self.articles.items():
            found[name] = one
            if name == after:
                found.update({new.id: new for new in made})
        self.articles = found

    def _name(self) -> Value:
        return Value("partie", "parties.asso.nom", self.name, self.name)

    def _person(self) -> Value:
        return Value("partie", "parties.asso.representant", self.person, self.person)

    def act(self) -> Acte:
        articles = [self.articles[name] for name in (self.order or self.articles)]
        zones = (
            Zone("intitule", (par(self.title),)),
            Zone("comparution", (par(self.town), par("L'association ", self._name(), ", et ", self._person(), ","))),
            Zone("articles", tuple(articles)),
            Zone("signatures", (par("Pour la commune"), par("Pour l'association ", self._name()), par(self._person()))),
        )
        parties = (
            PartySummary("commune", "commune", "la commune de Vernoux", "la commune"),
            PartySummary("asso", "semeurs", f"l'association {self.name}", "l'association"),
        )
        annexes = tuple(self.annexes.values())
        made = Acte("convention", "jardin", "", self.title, zones, annexes, parties, scheme=SCHEME)
        numbered = number_divisions(made)
        return resolve_references(numbered, targets_of(numbered))[0]


LOTS = "Un lot de graines" + " et un lot de plants" * 4 + ", dans la limite d'un lot."


def first_articles() -> list[tuple[str, Division]]:
    found = [
        article("objet", "Objet", par("La convention soutient le jardin partagé du quartier.")),
        article(
            "actions",
            "Actions",
            par("L'association accueille les habitants deux jours par semaine."),
            par("Elle propose :"),
            items("des ateliers de semis ;", "une grainothèque ouverte à tous ;", "un compost collectif."),
            par("Chaque habitant reçoit un livret. Le livret est gratuit."),
        ),
        article(
            "prix",
            "Prix",
            article("montant", "Montant", par("La commune verse ", euros("somme", 6000), "."), level=2),
            article(
                "versements",
                "Versements",
                par("La subvention de ", euros("somme", 6000), " est versée ainsi :"),
                table(("Versement", "Somme", "Date"), ("Acompte", "4 000 €", "mars"), ("Solde", "2 000 €", "")),
                par("Le solde dépend du bilan."),
                level=2,
            ),
            article("reversement", "Reversement", par("Les sommes non employées sont rendues."), level=2),
        ),
        article("duree", "Durée", par("La convention prend fin le ", day_of("31 mai 2026", "2026-05-31"), ".")),
        article("aide", "Aide", par("La commune prend en charge ", rate_of("50 %", "50"), " des frais.")),
        article("suivi", "Suivi", par("Un bilan est remis chaque année."), par("Il est public.")),
        article("lots", "Lots", par(LOTS)),
        article("litiges", "Litiges", par("Le tribunal administratif est saisi des litiges.")),
    ]
    return [(one.id, one) for one in found]


def first_annexes() -> list[tuple[str, Annexe]]:
    points = article("p1", "Terrain", par("Le terrain compte dix parcelles.")), article("p2", "Eau", par("Un puits."))
    found = (Annexe("lieu", line("Lieu"), points), Annexe("plan", line("Plan"), file="plan.pdf"))
    return [(one.id, one) for one in found]


def cer() -> Division:
    return article("cer", "Engagement républicain", par("L'association souscrit le contrat."), par("Elle l'affiche."))
