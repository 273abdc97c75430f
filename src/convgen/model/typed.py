"""From a typed-in text to a typed value, and the guess of the type of a datum that nobody declared."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from convgen.errors import Place, Report, fold, suggest
from convgen.french.amounts import AmountError, parse_amount, parse_unit_price
from convgen.french.calendar_fr import MONTHS
from convgen.french.dates import DateError, parse_date, parse_duration, period
from convgen.french.errors import FrenchError
from convgen.french.numbers import parse_number
from convgen.model.declarations import Declaration
from convgen.model.values import (
    Absent,
    Amount,
    BooleanValue,
    ChoiceValue,
    DataValue,
    DateValue,
    Deferred,
    DurationValue,
    ImputationValue,
    NumberValue,
    Percentage,
    PeriodValue,
    PersonValue,
    TextSource,
    TextValue,
    ToFill,
    Unknown,
)
from convgen.source.yaml import MappingNode, Node, Scalar

_BLANK = re.compile(r"[àa] compl[ée]ter\s*(?:\((?P<hint>.*)\))?", re.IGNORECASE | re.DOTALL)
_PERIOD = re.compile(r"(?:du )?(?P<start>.+?) au (?P<end>.+)", re.IGNORECASE)
_MONTH = "|".join(MONTHS)
_DAY = re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}|\d{{1,2}} (?:{_MONTH}) \d{{4}}", re.IGNORECASE)
_PERCENT = re.compile(r"(?P<figures>.*?)\s*%", re.DOTALL)
_LABELS = {
    "activite": "Activité",
    "centre": "Centre financier",
    "centre_cout": "Centre de coûts",
    "domaine": "Domaine fonctionnel",
    "gm": "Groupe de marchandises",
    "intitule": "Intitulé",
    "libelle": "Libellé",
    "sous_action": "Sous-action",
}


def reserved(node: Node | None, key: str) -> DataValue | None:
    """The reserved value that a node holds: « à compléter (indice) », « inconnu », « sans », « par avenant ».

    Between quotes they are texts. `remplir: oui` is a space to fill in by hand.
    """
    if isinstance(node, MappingNode):
        answer = node.get("remplir")
        filled = len(node.entries) == 1 and isinstance(answer, Scalar) and fold(answer.text) == "oui"
        return ToFill(key) if filled else None
    if not isinstance(node, Scalar) or node.quoted or not isinstance(node.value, str):
        return None
    text = node.text.strip()
    blank = _BLANK.fullmatch(text)
    if blank:
        return Unknown(key, (blank["hint"] or "").strip())
    match fold(text):
        case "inconnu" | "inconnue":
            return Unknown(key)
        case "sans":
            return Absent(key)
        case "par avenant":
            return Deferred(key)
    return None


def text_source(node: Scalar) -> TextSource:
    """The text of a scalar, to be composed."""
    place = node.content_place
    if place.file.startswith("templates/"):
        what = "modèle"
    else:
        what = "clause" if place.file.startswith("clauses/") else "définition"
    return TextSource(node.text, place, what, indent=node.indent)


def guess_type(node: Node) -> str:
    """The type of a datum that nobody declared, by its look.

    Texts: « … € » is a montant, or a prix unitaire beyond two decimals; « … % » a pourcentage; a day a date; « … au … »
    a période; « 3 ans » a durée; oui or non an oui/non; figures a nombre, unless they start with a zero (a code);
    anything else, and whatever stands between quotes, a texte. Blocks: keys `base` or `versements` an échéancier;
    `nom` with `prenom` or `civilite` a personne; blocks of keys a groupe; a list a liste de.
    """
    match node:
        case MappingNode():
            return _guess_block(node)
        case Scalar(value=int()):
            return "nombre"
        case Scalar(quoted=False, block=False, text=text):
            return _guess_text(text.strip())
        case Scalar():
            return "texte"
        case _:
            return "liste de"


def _guess_block(node: MappingNode) -> str:
    if node.get("versements") is not None:
        return "échéancier"
    if node.get("nom") is not None and (node.get("prenom") is not None or node.get("civilite") is not None):
        return "personne"
    if node.get("programme") is not None:
        return "imputation"
    return "groupe"


def _guess_text(text: str) -> str:
    if re.search(r"(?:€|euros?)$", text, re.IGNORECASE) and _reads(parse_unit_price, text):
        return "montant" if _reads(parse_amount, text) else "prix unitaire"
    if text.endswith("%") and _reads(parse_number, text[:-1]):
        return "pourcentage"
    if fold(text) in ("oui", "non"):
        return "oui/non"
    if _reads(_period, text):
        return "période"
    if not re.match(r"0[0-9]", text) and _reads(parse_number, text):
        return "nombre"
    readers: tuple[tuple[Callable[[str], object], str], ...] = ((parse_date, "date"), (parse_duration, "durée"))
    # What has the shape of a day and is none (« 2027-02-31 ») is a wrong date, never a text.
    otherwise = "date" if _DAY.fullmatch(text) else "texte"
    return next((kind for reader, kind in readers if _reads(reader, text)), otherwise)


def _reads(reader: Callable[[str], object], text: str) -> bool:
    try:
        reader(text)
    except FrenchError:
        return False
    return True


def _period(text: str) -> tuple[date, date]:
    found = _PERIOD.fullmatch(text.strip())
    if not found:
        raise DateError(
            f"« {text.strip()} » n'est pas une période", remedy="écrivez par exemple « 2024-01-01 au 2024-12-31 »"
        )
    start, end = parse_date(found["start"]), parse_date(found["end"])
    period(start, end)
    return start, end


def parse_scalar(declaration: Declaration, kind: str, node: Scalar, key: str) -> DataValue:
    """The typed value of a text.

    Raises:
        FrenchError: when it is not of that type.
    """
    text = node.text.strip()
    match kind:
        case "montant":
            return Amount(key, parse_amount(text))
        case "prix unitaire":
            return Amount(key, parse_unit_price(text), unit_price=True)
        case "pourcentage":
            return _percentage(declaration, text, key)
        case "date":
            return DateValue(key, parse_date(text))
        case "durée":
            return DurationValue(key, parse_duration(text))
        case "période":
            return PeriodValue(key, *_period(text))
        case "nombre":
            return NumberValue(key, parse_number(text))
        case _:
            return _word(kind, node, key)


def _word(kind: str, node: Scalar, key: str) -> DataValue:
    if kind == "oui/non":
        return BooleanValue(key, _yes(node.text))
    if kind in ("partie", "jeu"):
        return ChoiceValue(key, node.text.strip(), node.text.strip())
    return TextValue(key, text_source(node))


def _yes(text: str) -> bool:
    answer = fold(text.strip())
    if answer not in ("oui", "non"):
        raise FrenchError(f"« {text.strip()} » n'est ni « oui » ni « non »", remedy="écrivez « oui » ou « non »")
    return answer == "oui"


def _percentage(declaration: Declaration, text: str, key: str) -> Percentage:
    found = _PERCENT.fullmatch(text)
    if not found:
        raise FrenchError(f"« {text} » n'est pas un pourcentage", remedy="écrivez par exemple « 18,80 % »")
    value = parse_number(found["figures"])
    typed = len(re.sub(r"^[^,.]*[,.]?", "", found["figures"].strip()))
    declared = declaration.decimales
    if declared is not None and typed > declared:
        raise FrenchError(
            f"« {text} » a plus de {declared} décimale{'s' if declared > 1 else ''}",
            remedy="arrondissez-le, ou changez « decimales »",
        )
    return Percentage(key, value, typed if declared is None else declared)


_CODES = {
    "prix unitaire": "DON-01",
    "pourcentage": "DON-06",
    "date": "DON-04",
    "durée": "DON-05",
    "période": "DON-08",
    "nombre": "DON-07",
    "oui/non": "DEF-04",
}


def amount_code(text: str) -> str:
    """Which code a refused amount has: negative, too many decimals, or not an amount at all."""
    if re.match(r"\s*[-\u2212]\s*[0-9]", text):
        return "DON-03"
    return "DON-02" if _reads(parse_unit_price, text) else "DON-01"


def report_refusal(kind: str, node: Scalar, error: FrenchError, path: str, report: Report) -> None:
    """Report a text that is not of its type."""
    code = amount_code(node.text) if kind in ("montant", "prix unitaire") else _CODES.get(kind, "DEF-03")
    if kind == "nombre" and isinstance(error, AmountError):
        code = "DON-07"
    report.error(code, sentence(error.message), node.place, path, remedy=sentence(error.remedy))


def sentence(text: str) -> str:
    """With a capital."""
    return text[:1].upper() + text[1:]


def parse_choice(declaration: Declaration, node: Scalar, key: str, path: str, report: Report) -> DataValue:
    """One of the declared keys, with its label."""
    choices = _choices(declaration.parmi)
    wanted = fold(node.text.strip())
    for choice, label in choices.items():
        if fold(choice) == wanted:
            return ChoiceValue(key, choice, label)
    message = f"« {node.text.strip()} » n'est pas un des choix"
    report.error("DEF-04", message, node.place, path, remedy=suggest(node.text.strip(), choices, "Choix possibles"))
    return Unknown(key, declaration.hint)


def _choices(node: Node | None) -> dict[str, str]:
    match node:
        case MappingNode(entries=entries):
            return {key.text: value.text if isinstance(value, Scalar) else key.text for key, value in entries}
        case Scalar() | None:
            return {}
        case _:
            return {one.text: one.text for one in node.items if isinstance(one, Scalar)}


_BLOCKS = ("personne", "imputation", "période")


def parse_block(kind: str, node: MappingNode, key: str, path: str, report: Report) -> DataValue | None:
    """A person, an imputation, or a period given as `du` and `au`; None for the other types.

    A part still « à compléter » makes the whole a blank: these words are never printed as a name or a number.
    """
    if kind in _BLOCKS:
        for name, value in node.entries:
            unknown = reserved(value, f"{key}.{name.text}") if isinstance(value, Scalar) else None
            if isinstance(unknown, Unknown):
                return Unknown(unknown.key, unknown.hint or name.text.replace("_", " "))
    texts = {fold(name.text): value.text for name, value in node.entries if isinstance(value, Scalar)}
    match kind:
        case "personne":
            known = ("civilite", "prenom", "nom", "qualite")
            _only(node, known, path, report)
            return PersonValue(key, *(texts.get(name, "") for name in known))
        case "imputation":
            return ImputationValue(key, tuple((_label(name), value) for name, value in texts.items()))
        case "période":
            return _period_block(node, texts, key, path, report)
        case _:
            return None


def _only(node: MappingNode, known: tuple[str, ...], path: str, report: Report) -> None:
    for name, _ in node.entries:
        if fold(name.text) not in known:
            remedy = suggest(name.text, known, "Clés possibles")
            report.error("DEF-01", f"Clé inconnue : « {name.text} »", name.place, f"{path}.{name.text}", remedy=remedy)


def _label(name: str) -> str:
    return _LABELS.get(name, sentence(name.replace("_", " ")))


def _period_block(node: MappingNode, texts: dict[str, str], key: str, path: str, report: Report) -> DataValue:
    _only(node, ("du", "au"), path, report)
    try:
        return PeriodValue(key, *_period(f"{texts.get('du', '')} au {texts.get('au', '')}"))
    except FrenchError as error:
        report.error("DON-08", sentence(error.message), node.place, path, remedy=sentence(error.remedy))
        return Unknown(key)


def wrong_shape(kind: str, place: Place, path: str, report: Report) -> None:
    """Report a block or a list where the type wants a text, or the converse."""
    remedy = _EXAMPLES.get(kind, "Écrivez sa valeur sur la même ligne que la clé.")
    report.error("DEF-03", f"La valeur n'a pas la forme attendue ({kind})", place, path, remedy=remedy)


_EXAMPLES = {
    "groupe": "Écrivez un bloc par élément, sous son identifiant.",
    "personne": "Écrivez un bloc : civilite, prenom, nom, qualite.",
    "imputation": "Écrivez un bloc : programme, sous_action, …",
    "montant": "Écrivez par exemple « 30 000 € », sur la même ligne que la clé.",
}
