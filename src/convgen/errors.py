"""What convgen tells people: diagnostics, their stable codes, and the error tree.

Every problem is a `Diagnostic`. Functions that can go on after a problem report it to a
`Report`; functions that cannot raise a `ConvgenError` that carries one or more diagnostics.
Messages are French and public: a code never changes its meaning.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from convgen.near import fold as fold
from convgen.near import nearest as nearest
from convgen.near import slip as slip
from convgen.near import suggest as suggest


class Severity(StrEnum):
    """How bad it is: an error stops the run, a warning and a note do not."""

    ERROR = "erreur"
    WARNING = "avertissement"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a file named from the workspace root, a line and a column counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def down(self, lines: int) -> Place:
        """The same file, some lines further, first column; this very place for none."""
        return Place(self.file, self.line + lines, 1) if lines else self


#: The stable codes, by family. The text is the title of the documentation page of the code.
CODES: dict[str, str] = {
    # YAML: the file cannot be read as strict YAML
    "YAML-01": "Syntaxe YAML incorrecte",
    "YAML-02": "Clé en double",
    "YAML-03": "Étiquette, ancre ou alias YAML refusé",
    "YAML-04": "Clé sans valeur dans des accolades (virgule ?)",
    "YAML-05": "Valeur à mettre entre guillemets",
    "YAML-06": "« : » au milieu d'une valeur",
    "YAML-07": "« # » collé à un mot",
    "YAML-08": "Espace insécable ou caractère interdit",
    "YAML-09": "Fichier trop profond, trop long ou à plusieurs documents",
    "YAML-10": "En-tête de clause absent ou mal fermé",
    # FIC: files and folders
    "FIC-01": "Fichier introuvable",
    "FIC-02": "Chemin hors de l'espace de travail",
    "FIC-03": "Lien symbolique qui sort de l'espace de travail",
    "FIC-04": "Fichier trop gros",
    "FIC-05": "Fichier qui n'est pas du texte UTF-8",
    "FIC-06": "Écriture impossible",
    "FIC-07": "Pas d'espace de travail",
    "FIC-08": "Le dossier ou le fichier existe déjà",
    "FIC-09": "Identifiant en double",
    # DEF: the shape of a definition
    "DEF-01": "Clé inconnue",
    "DEF-02": "Clé obligatoire absente",
    "DEF-03": "Type incorrect",
    "DEF-04": "Valeur hors de la liste",
    "DEF-05": "Identifiant mal formé",
    "DEF-06": "Modèle inconnu",
    "DEF-07": "Clause inconnue",
    "DEF-08": "Organisme inconnu",
    "DEF-09": "Partie inconnue",
    "DEF-10": "Paramètre de clause inconnu",
    "DEF-11": "Représentant inconnu",
    "DEF-12": "Texte officiel inconnu",
    "DEF-13": "Article inconnu",
    "DEF-14": "Identifiant d'article en double",
    "DEF-15": "Service inconnu",
    "DEF-16": "Clause hors de ses dates de validité",
    "DEF-17": "Condition de clause non remplie",
    "DEF-18": "Texte officiel abrogé",
    "DEF-19": "Version de clause dépassée",
    "DEF-20": "Passage inconnu",
    "DEF-21": "Genre grammatical à préciser",
    "DEF-22": "Jeu de données inconnu",
    "DEF-23": "Tableau inconnu",
    "DEF-24": "Tableau mal décrit",
    # DON: data and expressions
    "DON-01": "Montant incorrect",
    "DON-02": "Montant à plus de deux décimales",
    "DON-03": "Montant négatif",
    "DON-04": "Date incorrecte",
    "DON-05": "Durée incorrecte",
    "DON-06": "Pourcentage incorrect",
    "DON-07": "Nombre incorrect",
    "DON-08": "Période incorrecte",
    "DON-09": "Expression mal écrite",
    "DON-10": "Nom inconnu dans une expression",
    "DON-11": "Calcul circulaire",
    "DON-12": "Donnée calculée différente de la donnée donnée",
    "DON-13": "Règle de l'acte non respectée",
    "DON-14": "Échéancier incorrect",
    "DON-15": "SIRET incorrect",
    "DON-16": "IBAN incorrect",
    "DON-17": "Donnée non déclarée",
    "DON-18": "Calcul impossible",
    "DON-19": "Arrondi à déclarer",
    # TXT: texts, templates, composition
    "TXT-01": "Syntaxe Jinja incorrecte",
    "TXT-02": "Nom inconnu dans un texte",
    "TXT-03": "Construction interdite dans un texte",
    "TXT-04": "Filtre inconnu ou mal employé",
    "TXT-05": "Texte qui dépasse les limites",
    "TXT-06": "Renvoi à un article ou une annexe absents",
    "TXT-07": "Markdown qui perdrait du texte",
    "TXT-08": "Accord impossible",
    "TXT-09": "Rien à imprimer",
    # GAB: gabarits and chartes
    "GAB-01": "Gabarit introuvable",
    "GAB-02": "Gabarit sans la marque du corps",
    "GAB-03": "Marque du corps répétée ou mal placée",
    "GAB-04": "Gabarit illisible",
    "GAB-05": "Balise inconnue dans le gabarit",
    "GAB-06": "Style absent du gabarit",
    "GAB-07": "Charte incorrecte",
    "GAB-08": "Police inutilisable",
    "GAB-09": "En-tête d'un autre organisme que ceux de l'acte",
    # ACT: the act as a whole
    "ACT-01": "Blanc restant dans une version définitive",
    "ACT-02": "Acte signé : texte figé",
    "ACT-03": "Tableau trop large pour la page",
    # PDF: drawing an act as a PDF, converting a Word file
    "PDF-01": "Acte qui ne peut pas être dessiné en PDF",
    "PDF-02": "Signe absent des polices du PDF",
    "PDF-03": "LibreOffice introuvable",
    "PDF-04": "Conversion par LibreOffice impossible",
    # AVE: two versions of an act
    "AVE-01": "Deux actes différents",
    "AVE-02": "Identifiant d'article porté deux fois",
    "AVE-03": "Modifications qui ne s'appliquent pas à ce texte",
    "AVE-04": "Fichier de modifications illisible",
    "AVE-05": "Numéro tapé qui ne convient pas dans une version modifiée",
    "AVE-06": "Identifiant repris pour un autre article",
    "AVE-07": "Texte qu'un avenant ne peut pas désigner",
    "AVE-08": "Renvoi à revoir",
    "AVE-09": "Recueil de formules incomplet ou mal écrit",
    "AVE-11": "Modification qui ne peut pas être rédigée",
    "AVE-12": "Avenant que ses propres phrases n'exécutent pas",
    "AVE-13": "Formules qui se lisent de deux façons",
    "AVE-14": "Suite des avenants d'une convention",
    "AVE-15": "Avenant daté d'avant ce qu'il modifie",
    "AVE-16": "Nouvelle version d'une autre convention, ou dite deux fois",
    "AVE-17": "Versement déjà effectué, ou reliquat impossible",
    "AVE-18": "Modification mal formée",
    "AVE-19": "Partie changée sans le dire",
    "AVE-20": "Modification qu'aucune formule ne dit avec certitude",
    "AVE-21": "Changement de partie non annoncé",
    "AVE-22": "Version git inaccessible",
    "AVE-23": "Suite des avenants incomplète ou modifiée",
    "AVE-24": "Passage modifié par un avenant qui n'a pas encore pris effet",
    "AVE-25": "Deux projets d'avenant qui se contredisent",
    "AVE-28": "Modifications apparentes infidèles",
    "AVE-29": "Ce qu'un avenant ne porte pas",
    "AVE-30": "Avenant qui ne change aucun mot",
    # DEL: délibérations and arrêtés
    "DEL-01": "Élément d'une délibération mal formé",
    "DEL-02": "Acte inconnu dans une délibération",
    "DEL-03": "Acte autorisé deux fois",
    "DEL-04": "Voix qui ne font pas le compte",
    "DEL-05": "Chiffre écrit à la main qui n'est pas celui de l'acte",
    "DEL-06": "Recueil de formules de délibération incomplet ou mal écrit",
    "DEL-07": "Renseignement que la télétransmission refuse",
    "DEL-08": "Acte signé avant la délibération qui l'autorise",
    "DEL-09": "Organisme qui n'est pas partie à l'acte qu'il autorise",
    "DEL-10": "Date qui contredit celle de la séance ou de l'arrêté",
    "DEL-11": "Organisme nommé à la main qui n'est pas partie à l'acte",
    "DEL-12": "Changement qu'une délibération ne dit pas",
    "DEL-13": "Acte signé par un autre que celui que la délibération autorise",
    "DEL-14": "« Sans incidence financière » dit d'un avenant qui change un montant",
    # LIA: the liasse
    "LIA-01": "Liasse mal formée",
    "LIA-02": "Annexe citée mais absente",
    "LIA-03": "Pièce introuvable ou vide",
    "LIA-04": "Pièce d'un format non admis",
    "LIA-05": "Pièce ou envoi trop gros",
    "LIA-06": "Acte annexé que la délibération n'autorise pas",
    "LIA-07": "Acte autorisé qui n'est pas annexé",
    "LIA-08": "Numéro ou date qui diffèrent entre la délibération et un acte",
    "LIA-09": "Montant qui diffère entre la délibération et un acte",
    "LIA-10": "Délibération absente de la comparution",
    "LIA-11": "Renseignement que la télétransmission attend",
    "LIA-12": "Deux annexes qui se contredisent",
    "LIA-13": "Pièce PDF protégée",
    "LIA-14": "Pièce abîmée",
    "LIA-15": "Pièce Word qui attend LibreOffice",
    "LIA-16": "Pièce que LibreOffice n'a pas convertie",
    "LIA-17": "Contenu retiré d'une pièce, ou qui y est caché",
    "LIA-18": "Pièce trop grande",
    "LIA-19": "Pièce Word protégée par un mot de passe",
    "LIA-20": "Pièce Word refusée par sécurité",
    "LIA-21": "Contenu d'une pièce Word non repris",
    # SCD: open data
    "SCD-01": "Champ obligatoire absent d'un export",
    "SCD-02": "Valeur qu'un export n'admet pas",
    "SCD-03": "Acte sans subvention à publier",
    "SCD-04": "Bénéficiaire à préciser",
    # USA: the command line
    "USA-01": "Commande mal employée",
}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem, said to a person.

    Attributes:
        code: a key of `CODES`.
        message: what is wrong, one French sentence without a final period.
        place: where, when it is in a file.
        path: the path in the definition, e.g. ``articles[3].avec.preavis``.
        cause: why it is wrong, when the message does not say it.
        remedy: what to do.
        severity: an error, a warning or a note.
    """

    code: str
    message: str
    place: Place | None = None
    path: str = ""
    cause: str = ""
    remedy: str = ""
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise KeyError(self.code)

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        path = f" ({self.path})" if self.path else ""
        tail = "".join(f"\n  {part}" for part in (self.cause, self.remedy) if part)
        return f"{where}{self.code} {self.message}{path}{tail}"

    def as_json(self) -> dict[str, object]:
        """The diagnostic as plain data for ``--json``."""
        return {
            "code": self.code,
            "gravite": self.severity.value,
            "message": self.message,
            "fichier": self.place.file if self.place else None,
            "ligne": self.place.line if self.place else None,
            "colonne": self.place.column if self.place else None,
            "chemin": self.path or None,
            "cause": self.cause or None,
            "remede": self.remedy or None,
        }


class ConvgenError(Exception):
    """The root of every error convgen raises on purpose; carries its diagnostics."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("\n".join(str(one) for one in diagnostics))
        self.diagnostics = diagnostics


class SourceError(ConvgenError, ValueError):
    """A file of the workspace cannot be read."""


class DefinitionError(ConvgenError, ValueError):
    """A definition, modèle, clause or organisme is wrong."""


class TextError(ConvgenError, ValueError):
    """A text cannot be composed."""


class GabaritError(ConvgenError, ValueError):
    """A gabarit or a charte cannot be used."""


class PdfError(ConvgenError, ValueError):
    """An act cannot be drawn, or a Word file converted, as a PDF."""


class PieceError(ConvgenError, ValueError):
    """A foreign piece of a liasse cannot be put in it."""


class OutputError(ConvgenError, OSError):
    """A file cannot be written."""


@dataclass(slots=True)
class Report:
    """Collects diagnostics so that one run says everything at once."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep a diagnostic, once. What is no good YAML is said as such: its value means nothing."""
        if diagnostic not in self.diagnostics and not self._says_yaml(diagnostic):
            self.diagnostics.append(diagnostic)

    def _says_yaml(self, new: Diagnostic) -> bool:
        """Whether the YAML of that very place is already refused."""
        if new.place is None or new.code.startswith("YAML-"):
            return False
        return any(one.place == new.place and one.code.startswith("YAML-") for one in self.diagnostics)

    def error(
        self, code: str, message: str, place: Place | None = None, path: str = "", cause: str = "", remedy: str = ""
    ) -> None:
        """Keep an error."""
        self.add(Diagnostic(code, message, place, path, cause, remedy))

    def warning(
        self, code: str, message: str, place: Place | None = None, path: str = "", cause: str = "", remedy: str = ""
    ) -> None:
        """Keep a warning."""
        self.add(Diagnostic(code, message, place, path, cause, remedy, Severity.WARNING))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep several diagnostics."""
        for one in diagnostics:
            self.add(one)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that stop the run."""
        return tuple(one for one in self.diagnostics if one.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that do not stop the run."""
        return tuple(one for one in self.diagnostics if one.severity is not Severity.ERROR)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.diagnostics)

    def raise_if_errors(self, kind: type[ConvgenError] = DefinitionError) -> None:
        """Raise `kind` with every diagnostic when at least one is an error."""
        if self.errors:
            raise kind(*self.diagnostics)


_SYSTEM = {
    errno.EACCES: "l'accès est refusé",
    errno.EPERM: "l'opération n'est pas permise",
    errno.ENOENT: "le fichier ou le dossier n'existe pas",
    errno.ENOSPC: "il n'y a plus de place sur le disque",
    errno.EROFS: "le disque est en lecture seule",
    errno.EISDIR: "c'est un dossier, pas un fichier",
    errno.ENOTDIR: "un élément du chemin est un fichier, pas un dossier",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.EEXIST: "ce nom est déjà pris",
    errno.EIO: "le disque ou le réseau ne répond pas",
    errno.EINVAL: "le nom contient un caractère interdit",
}


def system_cause(error: OSError) -> str:
    """What the system refuses, in French: its own words are in the language of the machine."""
    said = _SYSTEM.get(error.errno or 0)
    return f"Le système répond : {said or f'erreur système n° {error.errno or 0}'}."
