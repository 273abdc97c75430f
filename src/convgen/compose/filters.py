"""The filters of texts: ``{{ subvention | montant }}``, ``{{ parties | et }}`` and the like.

A filter takes a view and gives a view. A filter that does not fit its value raises `FilterError`,
which the composer turns into a diagnostic with the line of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from jinja2 import Undefined

from convgen.compose.atoms import BlankAtom, LineAtom, ListAtom, SeriesAtom, Word
from convgen.compose.describe import FilterError, describe
from convgen.compose.sandbox import View
from convgen.compose.views.act import RenewalView, StartView, TermView, span_word
from convgen.compose.views.base import (
    AtomView,
    BlankView,
    FillView,
    PrintableView,
    WordView,
    text_view,
)
from convgen.compose.views.groups import (
    GroupView,
    ItemView,
    ScheduleView,
    SeriesView,
    SubgroupView,
    YearlyView,
    items_series,
    view_of,
)
from convgen.compose.views.parties import BankView, PartiesView, PersonOfParty
from convgen.compose.views.renewal import renewal_sentence
from convgen.compose.views.schedule import payment_lines
from convgen.compose.views.values import DatumView, ImputationView, PeriodView, datum_word, with_bold
from convgen.errors import suggest
from convgen.french.agreement import AgreementUnknown, agree, agree_forms
from convgen.french.amounts import amount_in_words
from convgen.french.dates import date_in_words, duration_phrase, month_range
from convgen.french.grammar import Agreement, NounPhrase, capitalise
from convgen.french.numbers import cardinal
from convgen.french.ordinals import ordinal
from convgen.french.typography import typeset
from convgen.model.values import Amount, DateValue, DurationValue, NumberValue, Percentage, ScheduleValue, TextValue


def _not_for(name: str, value: object) -> FilterError:
    if isinstance(value, Undefined):
        str(value)  # raises, with our message: the name is wrong, not the filter
    kind = _KINDS.get(type(value).__name__)
    return FilterError(f"le filtre « {name} » ne convient pas à cette valeur{f' ({kind})' if kind else ''}")


_KINDS = {
    "PartyView": "partie",
    "PartiesView": "parties",
    "GroupView": "groupe",
    "ScheduleView": "échéancier",
    "TextView": "texte",
    "WordView": "texte",
    "NothingView": "sans",
    "ActView": "acte",
    "ItemView": "élément de groupe",
    "SeriesView": "liste",
    "PeriodView": "période",
    "DatumView": "donnée",
    "TermView": "durée de l'acte",
    "StartView": "prise d'effet",
    "RenewalView": "reconduction",
    "YearlyView": "valeurs par exercice",
    "YearsView": "exercices",
    "ImputationView": "imputation",
    "BooleanView": "oui ou non",
    "AnnexesView": "annexes",
    "CharterView": "charte",
    "BankView": "compte bancaire",
    "str": "texte",
    "int": "nombre",
}


def accorde(value: object, word: str) -> View:
    """The word agreed with a party, the act, a group: « représentée », « s'engagent »."""
    agreement = _agreement(value)
    if agreement is None:
        raise _not_for("accorde", value)
    try:
        return _agreed(str(word), agreement)
    except AgreementUnknown as error:
        remedy = f"{error.remedy[:1].upper()}{error.remedy[1:]}."
        raise FilterError(error.message, remedy, code="TXT-08") from error


@lru_cache(maxsize=1024)
def _agreed(forms: str, agreement: Agreement) -> WordView:
    agreed = agree_forms(forms, agreement) if "|" in forms else agree(forms, agreement)
    return WordView(Word(typeset(agreed)))


def _agreement(value: object) -> Agreement | None:
    match value:
        case BlankView() | FillView():
            return Agreement()
        case SeriesView():
            return Agreement(False, len(value) > 1)
        case ItemView() if value.group.phrase is not None:
            return value.group.phrase.agreement
        case _:
            phrase = getattr(value, "phrase", None)
            return phrase.agreement if isinstance(phrase, NounPhrase) else None


def montant(value: object) -> View:
    """« 300 000 € (trois cent mille euros) »."""
    match value:
        case DatumView(value=Amount() as amount, printing=printing):
            word = datum_word(amount, printing)
            words = typeset(amount_in_words(amount.value, printing.spelling))
            return WordView(Word(f"{word.text} ({words})", None, word.kind, word.key, word.exact))
        case YearlyView():
            return montant(value.field("premiere"))
        case BlankView() | FillView():
            return value
        case _:
            raise _not_for("montant", value)


def euros(value: object) -> View:
    """The amount in figures, with its two decimals only if needed."""
    match value:
        case DatumView(value=Amount()) | BlankView() | FillView():
            return value
        case YearlyView():
            return euros(value.field("premiere"))
        case _:
            raise _not_for("euros", value)


def lettres(value: object) -> View:
    """The value in words."""
    match value:
        case DatumView(value=datum, printing=printing):
            word = datum_word(datum, printing)
            match datum:
                case Amount():
                    text = amount_in_words(datum.value, printing.spelling)
                case NumberValue() if datum.value == datum.value.to_integral_value():
                    text = cardinal(int(datum.value), spelling=printing.spelling)
                case DateValue():
                    text = date_in_words(datum.value, printing.spelling)
                case DurationValue():
                    phrase = duration_phrase(datum.value, True, printing.spelling)
                    return WordView(Word(typeset(str(phrase)), phrase, word.kind, word.key, word.exact))
                case Percentage() if datum.value == datum.value.to_integral_value():
                    text = f"{cardinal(int(datum.value), spelling=printing.spelling)} pour cent"
                case _:
                    raise _not_for("lettres", value)
            return WordView(Word(typeset(text), None, word.kind, word.key, word.exact))
        case YearlyView():
            return lettres(value.field("premiere"))
        case BlankView() | FillView():
            return value
        case int():
            return text_view(cardinal(value))
        case _:
            raise _not_for("lettres", value)


def gras(value: object) -> View:
    """The value in bold."""
    atom = describe(value)
    return AtomView(with_bold(atom))


def et(value: object, conjonction: str = "et") -> View:
    """« A, B et C »."""
    atoms = tuple(describe(one) for one in _items("et", value))
    return AtomView(SeriesAtom(atoms, str(conjonction)))


def ou(value: object) -> View:
    """« A, B ou C »."""
    return et(value, "ou")


def _items(name: str, value: object) -> tuple[object, ...]:
    if isinstance(value, BlankView):
        return (value,)
    if isinstance(value, GroupView | SeriesView | PartiesView | SubgroupView) or (
        isinstance(value, View) and hasattr(value, "__iter__")
    ):
        return tuple(value)
    if isinstance(value, list | tuple):
        return tuple(value)
    raise _not_for(name, value)


def ponctue(loop: object) -> View:
    """« ; » after an item, « . » after the last one."""
    if not hasattr(loop, "last"):
        raise FilterError("« ponctue » s'emploie sur « loop »", "Écrivez {{ loop | ponctue }}.")
    return WordView(Word("." if loop.last else "\u202f;", capital=False))


def effet(value: object) -> View:
    """« à compter du 1er juin 2024 », « à compter de sa notification »."""
    match value:
        case StartView():
            return AtomView(value.taking_effect())
        case TermView():
            return AtomView(StartView(value.term.start, value.noun, value.printing).taking_effect())
        case BlankView():
            return value
        case _:
            raise _not_for("effet", value)


def allant(value: object) -> View:
    """« du 1er juin au 31 décembre 2024 »."""
    match value:
        case PeriodView() | BlankView() | FillView():
            return value
        case TermView():
            return AtomView(span_word(value))
        case _:
            raise _not_for("allant", value)


def de_mois_a_mois(value: object) -> View:
    """« de juin à décembre 2024 »."""
    match value:
        case PeriodView(value=period):
            word = value.atom()
            text = typeset(month_range(period.start, period.end))
            exact = word.exact if isinstance(word, Word) else ""
            return WordView(Word(text, None, "période", period.key, exact))
        case BlankView():
            return value
        case _:
            raise _not_for("de_mois_a_mois", value)


def phrase(value: object) -> View:
    """The value said in a sentence: a renewal, an imputation."""
    match value:
        case RenewalView():
            return AtomView(LineAtom(renewal_sentence(value)))
        case ImputationView():
            word = value.atom()
            return AtomView(LineAtom(("sur le ", word) if value.text().startswith("programme") else (word,)))
        case BlankView():
            return value
        case _:
            raise _not_for("phrase", value)


def liste(value: object, style: str = "-") -> View:
    """A list: the payments of a schedule (or of the item of a group that has one), the items of a group."""
    if isinstance(value, ItemView):
        schedules = [one for one in value.item.fields.values() if isinstance(one, ScheduleValue)]
        value = ScheduleView(schedules[0], value.printing) if schedules else value
    if isinstance(value, ScheduleView):
        if not value.value.base_known and not value.value.payments:
            return BlankView(value.value.key, "échéancier")
        return AtomView(ListAtom(payment_lines(value), style))
    if isinstance(value, BlankView):
        return value
    items = _items("liste", value)
    lines = [LineAtom((describe(one), "." if one is items[-1] else "\u202f;")) for one in items]
    return AtomView(ListAtom(tuple(lines), style))


def fiche(value: object) -> View:
    """Label and value, a line each: a bank account, an imputation."""
    match value:
        case BankView():
            pairs: Iterable[tuple[str, Word | BlankAtom]] = value.lines()
        case ImputationView():
            pairs = tuple((label, Word(text, None, "texte", label, text)) for label, text in value.value.lines)
        case BlankView():
            return value
        case _:
            raise _not_for("fiche", value)
    lines = (LineAtom((f"{label}\u00a0: ", printed)) for label, printed in pairs)
    return AtomView(ListAtom(tuple(lines)))


def nombre(value: object) -> View:
    """How many there are, in words: « trois »."""
    return text_view(cardinal(len(_items("nombre", value))))


def titres(value: object) -> View:
    """The titles of the items of a group."""
    views = []
    for one in _items("titres", value):
        found = one.field("titre") if isinstance(one, View) else one
        if isinstance(found, PrintableView):
            views.append(found)
    return SeriesView(tuple(views))


def groupe(value: object, champ: str) -> list[SubgroupView]:
    """The items of a group, gathered by the value of a field, in order of appearance."""
    if not isinstance(value, GroupView):
        raise _not_for("groupe", value)
    gathered: dict[object, list[object]] = {}
    for item in value.value.items:
        if str(champ) not in item.fields:
            remedy = suggest(str(champ), item.fields, "Champs")
            raise FilterError(f"les éléments n'ont pas de champ « {champ} »", remedy)
        gathered.setdefault(_shared(item.fields[str(champ)]), []).append(item)
    out = []
    for items in gathered.values():
        members = [item for item in value.value.items if item in items]
        shared = view_of(members[0].fields[str(champ)], value.printing)
        out.append(SubgroupView(items_series(value, members), str(champ), shared))
    return out


def _shared(value: object) -> object:
    """A value without its key or its place: two items share it when they print the same."""
    if isinstance(value, TextValue):
        return value.source.text.strip()
    names = [name for name in getattr(type(value), "__slots__", ()) if name != "key"]
    return (type(value).__name__, *(_hashable(getattr(value, name)) for name in names))


def _hashable(value: object) -> object:
    return str(value) if isinstance(value, dict) else value


def maj(value: object) -> View:
    """A capital on the first letter."""
    if isinstance(value, BlankView | FillView):
        return value
    atom = describe(value)
    if isinstance(atom, Word):
        return WordView(Word(capitalise(atom.text), None, atom.kind, atom.key, atom.exact, atom.bold))
    if isinstance(value, PrintableView) and str(value):
        return text_view(capitalise(str(value)))
    raise _not_for("maj", value)


def de(value: object) -> View:
    """« d'un mois », « de trois mois »: a duration in words behind « de »."""
    spelled = lettres(value)
    return spelled if isinstance(spelled, BlankView) else AtomView(LineAtom(("de ", describe(spelled))))


def ordinal_filter(value: object) -> View:
    """« premier », « deuxième »."""
    number = value if isinstance(value, int) else getattr(getattr(value, "value", None), "value", None)
    if not isinstance(number, int | Decimal):
        raise _not_for("ordinal", value)
    return text_view(ordinal(int(number)))


def presente(value: object) -> View:
    """A person: capacity then name, « le président du Conseil départemental, Monsieur X »."""
    match value:
        case PersonOfParty():
            return AtomView(LineAtom((value.capacity().atom(), ", ", value.atom())))
        case BlankView():
            return value
        case _:
            raise _not_for("presente", value)


def texts_filters() -> Mapping[str, Callable[..., object]]:
    """The filters by their French name."""
    return {
        "accorde": accorde,
        "allant": allant,
        "de": de,
        "de_mois_a_mois": de_mois_a_mois,
        "effet": effet,
        "et": et,
        "euros": euros,
        "fiche": fiche,
        "gras": gras,
        "groupe": groupe,
        "lettres": lettres,
        "liste": liste,
        "maj": maj,
        "montant": montant,
        "nombre": nombre,
        "ordinal": ordinal_filter,
        "ou": ou,
        "phrase": phrase,
        "ponctue": ponctue,
        "presente": presente,
        "titres": titres,
    }
