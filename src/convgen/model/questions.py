"""What a modèle still needs to become an act: its questions, in the order of a definition.

A question says where its answer goes (`path`), what it asks (label, help), how it is typed and what it takes by
default. Nothing is asked that the modèle already gives or computes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from convgen.errors import Place, Report
from convgen.french.dates import DateError, parse_date, parse_duration
from convgen.model.data import parse_value
from convgen.model.declarations import Declaration, read_declarations
from convgen.model.files import Files, Loaded
from convgen.model.library import choose
from convgen.model.merge import Merged, Piece, pieces
from convgen.model.schema.modele import Modele
from convgen.model.scope import match_name
from convgen.source.nodes import folded
from convgen.source.yaml import MappingNode, Node, Scalar, SequenceNode, as_node

#: What an answer may always be: « inconnu » leaves a blank.
UNKNOWN = "inconnu"
_EVENTS = ("signature", "notification")
_EXPRESSION = ("{{", "{%", "{#")
_IMPUTATION = {
    "programme": "Programme",
    "action": "Action",
    "sous_action": "Sous-action",
    "activite": "Activité",
    "gm": "Groupe de marchandises",
    "centre": "Centre financier",
}
_PERSON = {"civilite": "Civilité", "prenom": "Prénom", "nom": "Nom", "qualite": "Qualité"}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask.

    Attributes:
        path: where the answer goes in the definition ("donnees", "subvention").
        label: what is asked, without a final question mark.
        kind: the type, in French, as in a declaration; also "identifiant", "années", "organisme", "représentant",
            "effet", "fin".
        help: an explanation, "" when there is none.
        default: the text of the default, "" when there is none.
        choices: (value, label) pairs to choose from.
        yearly: one answer per exercice.
        fields: the questions asked for each item of a group.
        declaration: types the answer, for a datum.
        organisme: whose fiche the answer is found in, when the modèle names it.
    """

    path: tuple[str, ...]
    label: str
    kind: str
    help: str = ""
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    yearly: bool = False
    fields: tuple[Question, ...] = ()
    declaration: Declaration | None = None
    organisme: str = ""

    @property
    def shown_default(self) -> str:
        """The default as a person reads it: « calculé : subvention » for an expression."""
        return f"calculé : {self.default[1:].strip()}" if self.default.startswith("=") else self.default

    @property
    def given_default(self) -> bool:
        """Whether the modèle itself applies the default: an answer that takes it needs no line."""
        return bool(self.default) and self.declaration is not None

    def as_json(self) -> dict[str, object]:
        """The question as plain data for ``--json``."""
        return {
            "chemin": ".".join(self.path),
            "libelle": self.label,
            "type": self.kind,
            "aide": self.help or None,
            "defaut": self.default or None,
            "choix": [{"valeur": value, "libelle": label} for value, label in self.choices] or None,
            "par": "exercice" if self.yearly else None,
            "champs": [one.as_json() for one in self.fields] or None,
        }


@dataclass(frozen=True, slots=True)
class Known:
    """What answers may be chosen from: organismes and jeux by identifier, with their names."""

    organismes: Mapping[str, str]
    jeux: tuple[str, ...] = ()


def questions_of(
    modele: Loaded[Modele], known: Known, report: Report, library: tuple[Files, date] | None = None
) -> tuple[Question, ...]:
    """The questions of a modèle, in the order in which a definition gives the answers.

    Args:
        modele: the modèle.
        known: what answers may be chosen from.
        report: receives the problems of its declarations.
        library: the clauses, and the day whose versions are read; without them no parameter of a clause is asked.
    """
    if modele.model is None or modele.node is None:
        return ()
    asked = (*_head(modele.model), *_parties(modele, known), *_term(modele.model), *_data(modele, known, report))
    return (*asked, *(_parameters(modele, *library) if library is not None else ()))


def _head(modele: Modele) -> Iterator[Question]:
    yield Question(("convention",), "Identifiant de la convention", "identifiant", "Minuscules, chiffres et tirets.")
    if modele.numero is None:
        yield Question(("numero",), "Numéro d'enregistrement", "texte", "« sans » si l'acte n'en a pas.")
    if modele.objet is None or str(modele.objet).startswith("à compléter"):
        help_ = "Un groupe nominal avec son article : « la désignation d'un référent »."
        yield Question(("objet",), "Objet de l'acte", "texte", help_)
    if modele.exercices is None:
        yield Question(("exercices",), "Années de l'acte", "années", "Séparées par des virgules : 2024, 2025.")


def _parties(modele: Loaded[Modele], known: Known) -> Iterator[Question]:
    model = modele.model
    for name, party in ((model.parties or {}) if model else {}).items():
        label = str(party.designation or name)
        if party.remplir:
            continue
        if party.organisme is None:
            choices = tuple(known.organismes.items())
            yield Question(("parties", name, "organisme"), f"Organisme : {label}", "organisme", choices=choices)
        if party.representant is None and party.representants is None:
            help_ = "Sa clé dans le fichier de l'organisme."
            path, holder = ("parties", name, "representant"), str(party.organisme or "").strip()
            yield Question(path, f"Qui représente {label}", "représentant", help_, organisme=holder)


def _term(modele: Modele) -> Iterator[Question]:
    term = modele.duree
    if term is not None and term.comme is not None:
        return
    if term is None or term.effet is None:
        help_ = "Une date, « signature » ou « notification »."
        yield Question(("duree", "effet"), "Prise d'effet", "effet", help_, default="signature")
    if term is None or term.fin is None:
        yield Question(("duree", "fin"), "Fin", "fin", "Une date, ou une durée : « 3 ans ».")


def _data(modele: Loaded[Modele], known: Known, report: Report) -> Iterator[Question]:
    assert modele.node is not None  # noqa: S101 — the caller looked
    if modele.model is not None and str(modele.model.jeu or "").startswith("à compléter"):
        yield Question(("jeu",), "Jeu de données", "jeu", choices=tuple((one, one) for one in known.jeux))
    node = modele.node.get("donnees")
    if not isinstance(node, MappingNode):
        return
    for name, declaration in read_declarations(node, report, "donnees").items():
        yield from _datum(("donnees", name), declaration)


def _parameters(modele: Loaded[Modele], files: Files, on: date) -> Iterator[Question]:
    """The parameters of the modèle's clauses that nothing gives: no `avec`, no datum, no party, no default."""
    assert modele.model is not None and modele.node is not None  # noqa: S101 — the caller looked
    data = modele.node.get("donnees")
    known = tuple(name.text for name, _ in data.entries) if isinstance(data, MappingNode) else ()
    parties = {folded(name): folded(str(party.role or "")) for name, party in (modele.model.parties or {}).items()}
    for kind in ("articles", "annexes"):
        merged, _ = pieces(Merged(modele.model), kind, Report())
        for piece in _walked(merged):
            for name, declaration in _asked_of(piece, files, on).items():
                if declaration.defaut is not None or match_name(name, known) is not None:
                    continue
                path = (kind, piece.id, "avec", name)
                if declaration.type != "partie":
                    for question in _datum(path, declaration):
                        yield replace(question, label=f"« {piece.id} » – {question.label}")
                elif folded(name) not in parties and folded(str(declaration.role or name)) not in parties.values():
                    label = f"« {piece.id} » – {declaration.hint or name}"
                    yield Question(path, label, "partie", choices=tuple((one, one) for one in parties))


def _walked(found: Iterable[Piece]) -> Iterator[Piece]:
    for piece in found:
        yield piece
        yield from _walked(piece.children)


def _asked_of(piece: Piece, files: Files, on: date) -> Mapping[str, Declaration]:
    """The parameters of the clause of a piece that its `avec` does not give."""
    content = piece.content
    wanted = content[1].model.clause if content is not None and content[0] == "clause" else None
    chosen = choose(files, wanted, on, "", Report()) if wanted is not None else None
    if chosen is None:
        return {}
    nodes = [layer.model.avec for layer in piece.layers]
    given = {key.text for node in nodes if isinstance(node, MappingNode) for key, _ in node.entries}
    declarations = read_declarations(chosen.model.parametres, Report(), "parametres")
    return {name: one for name, one in declarations.items() if match_name(name, given) is None}


def _datum(path: tuple[str, ...], declaration: Declaration) -> Iterator[Question]:
    if declaration.calcul is not None:
        return
    if declaration.type == "groupe":
        yield from _group(path, declaration)
        return
    if isinstance(declaration.defaut, MappingNode | SequenceNode):
        return
    kind = declaration.type or "texte"
    label = declaration.hint or path[-1].replace("_", " ").capitalize()
    yield Question(
        path,
        label,
        kind,
        str(declaration.aide or ""),
        _text(declaration.defaut),
        _choices(declaration),
        yearly=declaration.par == "exercice",
        fields=tuple(_parts(path, kind)),
        # an answer is one value: those of each year are asked one by one
        declaration=declaration.model_copy(update={"par": None, "defaut": None}),
    )


def _parts(path: tuple[str, ...], kind: str) -> Iterator[Question]:
    """The fields of a block type."""
    match kind:
        case "imputation":
            yield from (Question((*path, name), label, "texte") for name, label in _IMPUTATION.items())
        case "personne":
            yield from (Question((*path, name), label, "texte") for name, label in _PERSON.items())
        case "échéancier" | "versements":
            yield Question(("montant",), "Montant", "versement", "70 %, 12 000 € ou « le reste ».")
            yield Question(("quand",), "Quand", "texte", "Ce qui déclenche le versement.")
        case _:
            return


def _group(path: tuple[str, ...], declaration: Declaration) -> Iterator[Question]:
    fields = declaration.champs or {}
    given = declaration.defaut
    if isinstance(given, MappingNode):
        for item, node in given.entries:
            answered = set(node.keys()) if isinstance(node, MappingNode) else set()
            answered |= set(declaration.chaque.keys()) if declaration.chaque is not None else set()
            for name, field in fields.items():
                if name not in answered and field.defaut is None:
                    for question in _datum((*path, item.text, name), field):
                        yield replace(question, label=f"{item.text} – {question.label}")
        return
    asked = tuple(question for name, field in fields.items() for question in _datum((name,), field))
    label = declaration.hint or path[-1].replace("_", " ").capitalize()
    yield Question(path, label, "groupe", str(declaration.aide or ""), fields=asked)


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _choices(declaration: Declaration) -> tuple[tuple[str, str], ...]:
    if declaration.type == "oui/non":
        return (("oui", "oui"), ("non", "non"))
    match declaration.parmi:
        case MappingNode(entries=entries) if declaration.type == "choix":
            return tuple((key.text, _text(node) or key.text) for key, node in entries)
        case SequenceNode(items=items) if declaration.type == "choix":
            return tuple((_text(one), _text(one)) for one in items)
        case _:
            return ()


def problem_of(question: Question, answer: str) -> str:
    """Why an answer does not fit, in French; "" when it does. « inconnu » fits every question but an identifier."""
    answer = answer.strip()
    if answer == UNKNOWN and question.kind != "identifiant":
        return ""
    if not answer and question.kind != "identifiant":
        return "Une réponse est attendue ; « inconnu » laisse un blanc."
    if any(mark in answer for mark in _EXPRESSION):
        return "Une réponse est un texte simple : « {{ » et « {% » s'écrivent dans la définition, pas ici."
    if question.choices and question.kind != "organisme":
        values = [value for value, _ in question.choices]
        return "" if answer in values else f"Choisissez parmi : {', '.join(values)}."
    checks = {"identifiant": _identifier, "années": _years, "effet": _start, "fin": _end, "versement": _payment}
    if question.kind in checks:
        return checks[question.kind](answer)
    return _typed_problem(question, answer) if question.declaration is not None else ""


def _typed_problem(question: Question, answer: str) -> str:
    """Why an answer has not the type of the datum."""
    if question.declaration is None:
        return ""
    report, place = Report(), Place("réponse")
    node: Node = as_node(answer, place)
    if question.kind == "liste de":
        node = SequenceNode(tuple(as_node(one, place) for one in items_of(answer)), place)
    parse_value(question.declaration, node, question.path[-1], report)
    found = report.errors[0] if report.errors else None
    return f"{found.message}. {found.remedy}".strip() if found else ""


def items_of(answer: str) -> tuple[str, ...]:
    """The items of a list: separated by semicolons, else by commas."""
    parts = answer.split(";" if ";" in answer else ",")
    return tuple(part.strip() for part in parts if part.strip())


def base_problem(modele: Modele, answer: str) -> str:
    """Why what a schedule divides is neither an amount nor a datum of the modèle; "" when it is."""
    names = list(modele.donnees.keys()) if modele.donnees is not None else []
    if not _payment(answer) or match_name(answer.partition(".")[0], names) is not None:
        return ""
    return f"Écrivez un montant, ou le nom d'une donnée : {', '.join(names)}."


def _identifier(answer: str) -> str:
    good = answer and all(c.isascii() and (c.islower() or c.isdigit() or c == "-") for c in answer)
    said = "Un identifiant s'écrit en minuscules, chiffres et tirets, sans accent : sante-mentale-2024."
    return "" if good and answer != UNKNOWN else said


def _years(answer: str) -> str:
    parts = [part.strip() for part in answer.split(",")]
    good = all(part.isdigit() and len(part) == 4 for part in parts)
    return "" if good else "Écrivez des années séparées par des virgules : 2024, 2025."


def _start(answer: str) -> str:
    return "" if answer in _EVENTS else _date_problem(answer)


def _date_problem(answer: str) -> str:
    try:
        parse_date(answer)
    except DateError as error:
        return str(error)
    return ""


def _end(answer: str) -> str:
    if not _date_problem(answer):
        return ""
    try:
        parse_duration(answer)
    except DateError:
        return "Écrivez une date (2024-12-31) ou une durée (3 ans)."
    return ""


def _payment(answer: str) -> str:
    if answer in ("le reste", "le complément"):
        return ""
    kind = "pourcentage" if answer.endswith("%") else "montant"
    return problem_of(Question(("montant",), "", kind, declaration=Declaration.model_construct(type=kind)), answer)
