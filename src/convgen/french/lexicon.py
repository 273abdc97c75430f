"""Word lists of French: aspirated h, genders, adjectives and verbs that no ending tells apart. Data, no rules."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ASPIRATED_H = _words(
    """hache hachure hackeur haie haine haïr halage hâle haleter hall halle halles halo halte hamac hameau hampe
    hanche hand-ball handball handicap handicapé handicapée handicapés handicapées hangar hanter hantise
    harangue haras harasser harcèlement harceler harceleur hardi hareng hargne haricot harnais harpe hasard hâte
    hâter hausse hausser haussier haut haute hauts hautes hautement hauteur haut-commissaire haut-commissariat
    haute-garonne haute-loire haute-marne haute-saône haute-savoie haute-vienne haute-corse hautes-alpes
    hautes-pyrénées hauts-de-seine hauts-de-france havre haye hayon hérisser hérisson hernie héron héros herse
    hêtre heurt heurter hibou hic hideux hiérarchie hiérarchique hiérarchiser hisser hobby hocher hockey hold-up
    holding hollande hollandais homard hongrie hongrois honte honteux hoquet horde hors hors-série hotte houe
    houille houle housse houx hublot huche huée huit huitaine huitième huitièmement hurlement hurler hussard
    hutte hachis haillon hayange haguenau ham hambourg hanovre harfleur haroué"""
)

NO_ELISION = _words(
    """onze onzième onzièmement oui ouistiti yaourt yacht yack yard yatagan yen yeti yoga yogourt yonne yémen
    yougoslavie uhlan ululement"""
)
"""Words written with a vowel or a y before which neither « de » nor « le » elides."""

MASCULINE = _words(
    """acte adhérent agent allocataire aménageur arrêté article assureur atelier auteur avenant axe bailleur
    bénéficiaire bénévole bureau cabinet cadre calendrier centre cédant cessionnaire chapitre chef cocontractant
    collège comité commissaire comptable conseil conseiller consortium contractant contrat coordonnateur
    créancier cumul débiteur délégataire délégué délai département dépôt directeur dispositif docteur document
    dossier échéancier emprunteur employeur ensemble établissement état évêché exercice expert financeur foyer
    fonds gestionnaire groupe groupement haut-commissaire hôpital hôtel indicateur inspecteur institut
    intervenant laboratoire lieu locataire logement lycée maire maître mandataire ministère ministre montant
    mouvement notaire objet observatoire office opérateur ordonnateur organisme ouvrage partenaire partenariat
    payeur pays plan pôle porteur préfet prescripteur président prestataire prêteur procureur programme projet
    propriétaire protocole rapport recteur rectorat référent règlement relais représentant réseau responsable
    salarié secours secrétaire secrétariat signataire site sous-préfet sous-traitant syndicat tableau territoire
    tiers titre titulaire trésorier tribunal usager versement village volet volontaire accord appel
    arrondissement audit autre avis échange effet emploi engagement enseignement entretien équipement événement
    exemplaire hébergement home honneur immeuble impôt intérêt investissement accompagnement acompte an ans mois
    jour jours euro euros centime service âge éloge étage collectif collège accès accueil achat appui octroi
    outil essai envoi avenir apport abri bilan nombre public retour échelon écart état-major ajout abandon
    amendement emprunt endroit entrepreneur espace examen extrait inventaire itinéraire objectif organe original
    ordre"""
)

PERSONS = _words(
    """adhérent agent allocataire aménageur assureur auteur bailleur bénéficiaire bénévole cédant cessionnaire chef
    cocontractant commissaire comptable conseiller contractant coordonnateur créancier débiteur délégataire délégué
    directeur docteur emprunteur employeur expert financeur gestionnaire haut-commissaire inspecteur intervenant
    locataire maire maître mandataire ministre notaire opérateur ordonnateur partenaire payeur porteur préfet
    prescripteur président prestataire prêteur procureur propriétaire recteur référent représentant responsable
    salarié secrétaire signataire sous-préfet sous-traitant titulaire tiers trésorier usager volontaire arrêté
    collectif original"""
)
"""Among the masculine nouns, those that have a feminine, or that are also participles and adjectives."""

FEMININE = _words(
    """académie action activité adhésion administration agence agglomération aide allocation amicale annexe année
    antenne assemblée assistance association assurance autorité banque bibliothèque caisse chambre charge charte
    clause collectivité commission commune communauté compagnie comparution confédération congrégation
    convention coopérative cour crèche date délégation délibération demande démarche direction directrice donnée
    durée école église entité entreprise enveloppe équipe étude évaluation exception fédération fiche filiale
    fondation formation gendarmerie heure inspection institution insertion intercommunalité juridiction ligue
    loi mairie maison mesure métropole mission mutualité mutuelle opération organisation page part participation
    partie personne préfecture présidente prestation province prime procédure protection régie région résidence
    résiliation ressource restauration semaine signature société somme sous-préfecture stipulation structure
    subvention succursale tâche trésorerie tutelle union unité université usine ville zone œuvre oeuvre adresse
    affaire amende avance échéance écriture élection énergie enquête épargne épicerie étape exécution hausse
    halle haute-autorité infirmière information initiative obligation occasion ordonnance origine urgence
    utilisation aire ambition arrivée attente audience cantine épreuve équité erreur espèce extension idée image
    issue médiation opposition orientation publication règle valeur voie"""
)

ADJECTIVES_IN_E = _words(
    """apte autre autonome agricole annexe bénévole célèbre complexe conforme connexe digne difficile double
    efficace externe facile faible fragile futile grave habile honnête hostile illégitime immeuble inapte inerte
    indigne indemne infirme interne jeune juste large légitime libre limitrophe maigre malade maritime membre
    même mixte moderne multiple notoire pauvre pérenne perplexe pire prime propre proche quadruple quelconque
    quitte rapide rare riche rustre sage servile simple sincère sobre sociable solide souple stérile terne tiède
    transfuge triple unanime utile vaste vide volatile collègue cadre organisme centre maître ministre
    prestataire groupe juge architecte interprète homme bilingue pilote tutélaire adulte intermédiaire
    gestionnaire locataire mandataire notaire capable coupable propice complice"""
)

ADJECTIVE_ENDINGS_IN_E = ("able", "ible", "uble", "aire", "ique", "iste", "oire", "isme", "estre", "logue")

VERBS_IN_E = _words(
    """abdique accable applique assiste attable authentifie brique communique complique consiste critique débloque
    désiste duplique éclaire existe explique fabrique implique indique insiste liste négocie participe persiste
    pratique remblaye résiste réplique revendique subsiste contresigne dialogue catalogue épilogue homologue adresse
    avance aide demande charge mesure prime échange enquête accorde règle"""
)
"""Verbs whose ending is that of adjectives, or that are also nouns: where a word is agreed, the verb is meant."""

BE = {
    "est": "sont", "reste": "restent", "demeure": "demeurent", "devient": "deviennent", "sera": "seront",
    "était": "étaient", "serait": "seraient", "soit": "soient", "fut": "furent", "restera": "resteront",
    "demeurera": "demeureront", "deviendra": "deviendront", "semble": "semblent", "paraît": "paraissent",
    "fût": "fussent",
}  # fmt: skip
"""Verbs after which a participle or an adjective agrees with the subject, with their plurals."""

HAVE = {"a": "ont", "aura": "auront", "avait": "avaient", "aurait": "auraient", "ait": "aient", "eut": "eurent"}

_STEMS = {
    "": "va vont,doit doivent,peut peuvent,veut veulent,sait savent,vaut valent,équivaut équivalent",
    # Verbs in -tre and -ettre double their t, those in -re after d only add -ent.
    "met": "met remet permet transmet soumet admet promet commet omet compromet démet émet bat combat débat abat",
    "tient": "tient maintient obtient détient retient soutient contient appartient entretient s'abstient vient "
    "intervient convient devient parvient prévient provient revient survient subvient advient souvient abstient",
    "prend": "prend reprend comprend apprend entreprend surprend",
    "rend": "rend attend entend répond correspond défend dépend vend étend descend perd suspend fond confond tend "
    "prétend revend",
    "oit": "reçoit perçoit conçoit aperçoit déçoit",
    "fait": "fait satisfait refait défait",
    "ît": "connaît reconnaît paraît apparaît disparaît",
    "uit": "produit conduit réduit construit traduit introduit instruit déduit reproduit reconduit",
    "ivit": "suit:suivent poursuit:poursuivent vit:vivent survit:survivent",
    "crit": "écrit:écrivent souscrit:souscrivent décrit:décrivent prescrit:prescrivent transcrit:transcrivent",
    "oyer": "voit:voient prévoit:prévoient pourvoit:pourvoient revoit:revoient croit:croient",
    "ert": "court:courent concourt:concourent recourt:recourent parcourt:parcourent part:partent sort:sortent "
    "sert:servent dessert:desservent acquiert:acquièrent requiert:requièrent conquiert:conquièrent sent:sentent "
    "consent:consentent dort:dorment meurt:meurent rompt:rompent",
    "oint": "joint:joignent rejoint:rejoignent adjoint:adjoignent atteint:atteignent restreint:restreignent "
    "craint:craignent contraint:contraignent résout:résolvent vainc:vainquent convainc:convainquent suffit:suffisent "
    "conclut:concluent exclut:excluent inclut:incluent lit:lisent élit:élisent interdit:interdisent prédit:prédisent",
    "issent": "garantit établit fournit définit remplit saisit agit réunit choisit finit accomplit bénit réfléchit "
    "réagit régit subit unit enrichit franchit répartit aboutit affermit approfondit assujettit avertit bâtit "
    "convertit élargit investit nourrit obéit punit ralentit réussit surgit désobéit fléchit affranchit rétablit "
    "ressaisit dessaisit investit réinvestit blanchit démolit divertit",
}


def _plural(stem: str, verb: str) -> str:
    match stem:
        case "met":
            return verb + "tent"
        case "tient":
            return verb.removesuffix("t") + "nent"
        case "prend":
            return verb.removesuffix("d") + "nent"
        case "rend":
            return verb + "ent"
        case "oit":
            return verb.removesuffix("oit") + "oivent"
        case "fait":
            return verb.removesuffix("ait") + "ont"
        case "ît":
            return verb.removesuffix("ît") + "issent"
        case "uit":
            return verb.removesuffix("t") + "sent"
        case _:
            return verb.removesuffix("t") + "ssent"


def _present() -> dict[str, str]:
    forms = dict(pair.split() for pair in _STEMS[""].split(","))
    for stem, verbs in _STEMS.items():
        for verb in verbs.split() if stem else ():
            singular, given, plural = verb.partition(":")
            forms[singular] = plural if given else _plural(stem, singular)
    return forms


VERBS = _present() | BE | HAVE
"""Third person singular to third person plural, for the verbs whose plural is not the singular and -nt."""

PRONOUNS = {
    "il": ("elle", "ils", "elles"),
    "lui": ("lui", "leur", "leur"),
    "celui": ("celle", "ceux", "celles"),
    "celui-ci": ("celle-ci", "ceux-ci", "celles-ci"),
    "celui-là": ("celle-là", "ceux-là", "celles-là"),
    "lui-même": ("elle-même", "eux-mêmes", "elles-mêmes"),
    "lequel": ("laquelle", "lesquels", "lesquelles"),
    "duquel": ("de laquelle", "desquels", "desquelles"),
    "auquel": ("à laquelle", "auxquels", "auxquelles"),
    "ledit": ("ladite", "lesdits", "lesdites"),
    "dudit": ("de ladite", "desdits", "desdites"),
    "audit": ("à ladite", "auxdits", "auxdites"),
    "le": ("la", "les", "les"),
    "un": ("une", "des", "des"),
    "ce": ("cette", "ces", "ces"),
    "chacun": ("chacune", "chacun", "chacune"),
    "aucun": ("aucune", "aucuns", "aucunes"),
    "qui": ("qui", "qui", "qui"),
    "eux": ("elles", "eux", "elles"),
}
"""Pronouns and determiners: feminine, plural, feminine plural."""

IRREGULAR = {
    "dû": ("due", "dus", "dues"),
    "tout": ("toute", "tous", "toutes"),
    "nouveau": ("nouvelle", "nouveaux", "nouvelles"),
    "beau": ("belle", "beaux", "belles"),
    "fou": ("folle", "fous", "folles"),
    "vieux": ("vieille", "vieux", "vieilles"),
    "public": ("publique", "publics", "publiques"),
    "franc": ("franche", "francs", "franches"),
    "blanc": ("blanche", "blancs", "blanches"),
    "grec": ("grecque", "grecs", "grecques"),
    "long": ("longue", "longs", "longues"),
    "oblong": ("oblongue", "oblongs", "oblongues"),
    "gros": ("grosse", "gros", "grosses"),
    "bas": ("basse", "bas", "basses"),
    "exprès": ("expresse", "exprès", "expresses"),
    "épais": ("épaisse", "épais", "épaisses"),
    "tiers": ("tierce", "tiers", "tierces"),
    "frais": ("fraîche", "frais", "fraîches"),
    "faux": ("fausse", "faux", "fausses"),
    "doux": ("douce", "doux", "douces"),
    "gentil": ("gentille", "gentils", "gentilles"),
    "nul": ("nulle", "nuls", "nulles"),
    "net": ("nette", "nets", "nettes"),
    "complet": ("complète", "complets", "complètes"),
    "incomplet": ("incomplète", "incomplets", "incomplètes"),
    "concret": ("concrète", "concrets", "concrètes"),
    "discret": ("discrète", "discrets", "discrètes"),
    "secret": ("secrète", "secrets", "secrètes"),
    "inquiet": ("inquiète", "inquiets", "inquiètes"),
    "favori": ("favorite", "favoris", "favorites"),
    "préfet": ("préfète", "préfets", "préfètes"),
    "sous-préfet": ("sous-préfète", "sous-préfets", "sous-préfètes"),
    "maître": ("maîtresse", "maîtres", "maîtresses"),
    "bailleur": ("bailleresse", "bailleurs", "bailleresses"),
    "demandeur": ("demanderesse", "demandeurs", "demanderesses"),
    "défendeur": ("défenderesse", "défendeurs", "défenderesses"),
    "vendeur": ("venderesse", "vendeurs", "venderesses"),
    "final": ("finale", "finals", "finales"),
    "naval": ("navale", "navals", "navales"),
    "banal": ("banale", "banals", "banales"),
    "fatal": ("fatale", "fatals", "fatales"),
    "bancal": ("bancale", "bancals", "bancales"),
    "absous": ("absoute", "absous", "absoutes"),
    "dissous": ("dissoute", "dissous", "dissoutes"),
}
"""Adjectives and participles that no rule makes: feminine, plural, feminine plural."""

EUR_PLUS_E = _words("antérieur extérieur inférieur intérieur majeur meilleur mineur postérieur supérieur ultérieur")
TEUR_TO_TEUSE = _words("acheteur porteur emprunteur prêteur rapporteur transporteur")

ER_TO_ERE = _words(
    """premier dernier régulier irrégulier particulier financier entier étranger hospitalier trésorier conseiller
    léger cher fier familier journalier mobilier immobilier singulier plénier créancier ouvrier policier
    officier passager usager hôtelier routier forestier foncier douanier coutumier saisonnier printanier"""
)

ADVERBS = _words(
    """pas plus point jamais également ainsi notamment aussi bien dûment ci-après ci-dessus ci-dessous ci-joint
    donc désormais alors déjà toujours seulement conjointement solidairement expressément régulièrement
    immédiatement préalablement valablement ensuite ensemble ici respectivement toutefois néanmoins
    définitivement automatiquement intégralement partiellement exclusivement personnellement directement très
    seulement légalement formellement entièrement pleinement"""
)

CONNECTORS = frozenset({"et", "ou", "ni", ",", "et/ou", "puis", "mais"})

PARTICIPLES_FIRST = _words(
    "joint adjoint contraint restreint interdit décrit écrit prescrit transcrit réduit reconduit"
)
"""Present tenses that are also participles, and are read so unless a clitic comes before (« s'adjoint »)."""

PREPOSITIONS = _words(
    """de d' du des à au aux par pour en dans sur sous avec sans selon dès un une le la les que qu' son sa ses leur
    leurs chaque tout entre lors afin comme jusqu'à depuis ce cette ces s'il"""
)
"""Words that end an agreed group: what follows them stands as it is."""
