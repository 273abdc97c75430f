"""Make the stand-ins for the documents that others wrote, `conventions/annexes/piece-*.pdf`.

Run ``python tools/pieces.py`` from the root of the repository after a change here. Same input, same bytes: no date of
the machine, only fonts that come with typst. Each page says that it stands for another document; figures are those of
the public acts, sentences are not. One piece is made of slides, one has pages stored sideways and turned by the
reader, as a scanner leaves them: a liasse has to cope with both.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import typst

FOLDER = Path(__file__).resolve().parent.parent / "conventions" / "annexes"
NOTICE = "Pièce de démonstration"
SLIDE = "width: 254mm, height: 142.9mm"


@dataclass(frozen=True, slots=True)
class StandIn:
    """A stand-in.

    Attributes:
        name: of the file, without its extension.
        title: printed, and in the properties of the file.
        author: who made the document that it stands for.
        body: in typst.
        page: size of the page, as typst's `page` takes it.
        sideways: the pages are stored turned, with the rotation that sets them right.
    """

    name: str
    title: str
    author: str
    body: str
    page: str = 'paper: "a4"'
    sideways: bool = False


EXECUTION = """
= Ce dont il est rendu compte
La convention d'appui à la lutte contre la pauvreté et d'accès à l'emploi a été signée avec l'État le 25 septembre 2023.
Elle portait sur le second semestre de 2023, pour une dotation de *949 268 €*.

= Dépenses de l'année 2023
#table(columns: (1fr, auto, auto, auto), align: (left, right, right, right),
  table.header([*Action*], [*État*], [*Département*], [*Total*]),
  [Référent de parcours], [34 762 €], [40 000 €], [74 762 €],
  [Orientation des allocataires du RSA], [316 000 €], [316 000 €], [632 000 €],
  [Garantie d'activité], [513 506 €], [2 779 454,50 €], [3 292 960,50 €],
  [Enfants témoins et femmes victimes de violences], [45 000 €], [45 000 €], [90 000 €],
  [Plateforme de mobilité], [40 000 €], [71 000 €], [111 000 €],
)

#pagebreak()
= Résultats
#table(columns: (1fr, auto), align: (left, right),
  table.header([*Référent de parcours*], [*2023*]),
  [Commandements de payer reçus], [1 839],
  [Ménages à qui un rendez-vous a été proposé], [235],
  [Ménages accompagnés], [202],
  [#h(1em)dont accompagnement social], [115],
  [#h(1em)dont conseil juridique], [66],
)
"""

ROADMAP = """
#align(horizon)[#text(size: 26pt, weight: "bold")[Feuille de route 2024] #v(2mm)
  #text(size: 16pt)[Agence France Travail de Cannes \\ Cannes, Mandelieu-La Napoule, Théoule-sur-Mer]]
#pagebreak()
= Le territoire au 31 décembre 2023
#table(columns: (1fr, auto), align: (left, right),
  [Allocataires du RSA], [*2 326*],
  [#h(1em)Cannes], [1 953],
  [#h(1em)Mandelieu-La Napoule], [339],
  [#h(1em)Théoule-sur-Mer], [34],
  [Inscrits à France Travail], [*1 297*],
)
#pagebreak()
= Trois cibles pour 2024
#grid(columns: (1fr, 1fr, 1fr), gutter: 8mm,
  ..([Inscription], [Orientation], [Accompagnement]).map(one => rect(width: 100%, height: 40mm, inset: 5mm,
    stroke: 0.6pt)[#align(center + horizon)[#text(size: 26pt, weight: "bold")[100 %] \\ #one]]))
"""

ACTION = """
= Volet 1 : conduite du projet
Le Département recrute une chefferie de projet, que l'État finance en entier (*106 000 €*). Elle prépare avec ses
partenaires les processus de la réforme : inscription, orientation, diagnostic, contrat d'engagement, données.

= Volet 2 : référents « Contact »
#table(columns: (1fr, auto, auto), align: (left, right, right),
  table.header([*Équipe*], [*Accompagnements visés*], [*Équivalents temps plein*]),
  [Reflets (centre et ouest)], [7 000], [100],
  [Galice (est)], [3 360], [47],
)
#table(columns: (1fr, auto), align: (left, right),
  table.header([*Financement de 2024*], [*Montant*]),
  [État], [952 182 €],
  [Département], [4 453 424 €],
  [*Total*], [*5 405 606 €*],
)
"""

TERRITORIES = """
= Trois territoires
Des travailleurs sociaux sont désignés dans chacun des trois territoires du Département.
#table(columns: (auto, 1fr),
  table.header([*Territoire*], [*Organismes de l'action « Contact »*]),
  [Ouest], [Reflets],
  [Centre], [Reflets],
  [Est], [Galice],
)
"""

DIALOGUE = """
= Programmation
La subvention globale SG2022003 était programmée à *83,09 %* au 31 décembre 2023. Six opérations ont commencé le
1#super[er] janvier 2023, après le comité de programmation du 2 juin 2023.

= Participants
#table(columns: (1fr, auto, auto, auto), align: (left, right, right, right),
  table.header([*Indicateur*], [*Cible 2022-2025*], [*2022*], [*2023*]),
  [Chômeurs ou inactifs], [4 270], [0], [7 799],
  [#h(1em)dont chômeurs de longue durée], [1 315], [0], [1 796],
  [#h(1em)dont personnes en situation de handicap], [673], [0], [247],
)
#pagebreak()
= Dépenses déclarées, programme 2014-2020
#table(columns: (1fr, auto, auto), align: (left, right, right),
  table.header([*Année*], [*Coût total éligible*], [*FSE*]),
  [2019], [5 433 536 €], [2 504 594 €],
  [2020], [2 839 199 €], [1 295 460 €],
  [2021], [5 875 558 €], [2 935 421 €],
  [2022], [9 025 304 €], [4 062 122 €],
  [2023], [14 090 197 €], [7 319 852 €],
)
"""

RSACG = """
= Objet
Projet type de convention par laquelle la Mutualité sociale agricole ouvre au Département la consultation des dossiers
de ses allocataires du RSA, dans le bouquet de services « RSACG ».

= Parties
- la MSA Provence Azur ;
- le Département des Alpes-Maritimes.

= Conditions
#table(columns: (auto, 1fr),
  [*Durée*], [un an, reconductible tacitement],
  [*Prix*], [sans incidence financière],
)
"""

FRAMEWORK = """
= Signataires
- l'État ;
- le Département de la Meuse ;
- la Caisse d'allocations familiales de la Meuse ;
- l'Agence régionale de santé ;
- France Travail.

= Quatre axes
#table(columns: (auto, 1fr, auto),
  table.header([*Axe*], [*Sujet*], [*Mis en œuvre par*]),
  [1], [Pauvreté des enfants et des jeunes], [contrat local],
  [2], [Accès à l'emploi], [convention pour l'emploi],
  [3], [Accès aux droits et grande pauvreté], [contrat local],
  [4], [Transition écologique], [contrat local],
)
"""

ACTION_55 = """
= Volet 2 : huit actions
#table(columns: (auto, 1fr),
  table.header([*N°*], [*Action*]),
  [1], [Remobilisation, par des référents],
  [2], [Postes mutualisés des structures d'insertion],
  [3], [Mentorat de jeunes diplômés],
  [4], [Accompagnement global],
  [5], [Mise en situation professionnelle],
  [6], [Réseau de l'insertion par l'activité économique],
  [7], [Compétences professionnelles],
  [8], [Hébergement des apprentis],
)
"""

ROADMAP_55 = """
#align(horizon)[#text(size: 26pt, weight: "bold")[Feuille de route 2024] #v(2mm)
  #text(size: 16pt)[Arrondissement de Verdun]]
#pagebreak()
= Le territoire au 31 décembre 2023
#table(columns: (1fr, auto), align: (left, right),
  [Habitants], [82 792],
  [#h(1em)dont actifs], [37 323],
  [Allocataires du RSA], [*2 342*],
  [Entrées dans le dispositif, par mois], [75],
)
"""

CATALOGUE = """
= Ce que propose l'Académie
#table(columns: (1fr, 1fr),
  table.header([*Forme*], [*Accès*]),
  [Modules numériques et tutoriels], [libre],
  [Conférences en ligne], [libre],
  [Formations en présence], [sur inscription],
  [Classes à distance], [sur inscription],
)
"""

STAND_INS = (
    StandIn("piece-rapport-execution-2023", "Rapport d'exécution de l'année 2023", "Département", EXECUTION),
    StandIn("piece-plan-action-2024", "Plan d'action 2024", "Département", ACTION),
    StandIn("piece-feuille-de-route-2024", "Feuille de route 2024", "France Travail", ROADMAP, page=SLIDE),
    StandIn(
        "piece-dialogue-gestion-2023", "Dialogue de gestion de l'année 2023", "Département", DIALOGUE, sideways=True
    ),
    StandIn("piece-territoires-2024", "Territoires des travailleurs sociaux", "Département", TERRITORIES),
    StandIn("piece-msa-rsacg-2024", "Accès au service RSACG", "Mutualité sociale agricole", RSACG),
    StandIn("piece-convention-cadre-pacte-55", "Pacte local des solidarités de la Meuse", "État", FRAMEWORK),
    StandIn("piece-plan-action-55", "Plan d'action 2024", "Département", ACTION_55),
    StandIn("piece-feuille-de-route-55", "Feuille de route 2024", "France Travail", ROADMAP_55, page=SLIDE),
    StandIn("piece-catalogue-academie", "Actions mobilisables de l'Académie", "France Travail", CATALOGUE),
)


def source(one: StandIn) -> str:
    """The typst source of a stand-in."""
    flipped = ", flipped: true" if one.sideways else ""
    slides = one.page == SLIDE
    heading = "" if slides else f'#align(center, text(size: 18pt, weight: "bold")[{one.title}]) #v(4mm)'
    return f"""
#set document(title: "{one.title}", author: "Démonstration", date: none)
#set page({one.page}{flipped}, margin: (x: 22mm, top: 26mm, bottom: 20mm),
  header: text(size: 9pt)[{one.author} #h(1fr) {one.title}],
  footer: text(size: 9pt)[{NOTICE} : tient lieu du document original, sans valeur juridique])
#set text(lang: "fr", size: 11pt, font: "Libertinus Serif")
#set table(stroke: 0.4pt, inset: 6pt)
#show heading.where(level: 1): it => block(above: 1.6em, below: 0.9em, text(size: 14pt, it.body))
{heading}
{one.body}"""


def turned(pdf: bytes) -> bytes:
    """Store each page of a landscape file as a portrait page that readers turn: what is seen stays the same."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            left, bottom, right, top = (float(one) for one in page.mediabox)
            # a quarter turn to the left, undone by /Rotate 90
            page.contents_add(f"q 0 1 -1 0 {top - bottom:g} 0 cm".encode(), prepend=True)
            page.contents_add(b"Q", prepend=False)
            page.mediabox = pikepdf.Array([0, 0, top - bottom, right - left])
            page.rotate(90, relative=False)
        opened.save(made, deterministic_id=True)
    return made.getvalue()


def stand_in(one: StandIn) -> bytes:
    """The PDF of a stand-in: same input, same bytes."""
    pdf = bytes(typst.compile(source(one).encode(), format="pdf", ignore_system_fonts=True))
    return turned(pdf) if one.sideways else pdf


def main() -> None:
    """Write every stand-in."""
    for one in STAND_INS:
        path = FOLDER / f"{one.name}.pdf"
        path.write_bytes(stand_in(one))
        print(f"{path.relative_to(FOLDER.parent.parent)} : {path.stat().st_size // 1024} Ko")


if __name__ == "__main__":
    main()
