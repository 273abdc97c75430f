"""The JSON of changes: `delta_to_data`, and `delta_from_data` which gives the same changes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from convgen.amend.changements.causes import gap
from convgen.amend.changements.changements import (
    Alineas,
    Cause,
    CauseKind,
    Cell,
    Change,
    Delta,
    Heading,
    Insert,
    Mode,
    Move,
    Pair,
    Renumber,
    Repeal,
    ReplaceDivision,
    ReplaceFile,
    Rows,
    Term,
    Words,
)
from convgen.amend.changements.coder import (
    alinea_from_data,
    cell_from_data,
    cell_to_data,
    exact_from_data,
    exact_to_data,
    inlines_from_data,
    inlines_to_data,
    items,
    line_from_data,
    line_to_data,
    mapping,
    part_from_data,
    part_to_data,
    row_from_data,
    row_to_data,
    text,
    whole,
    wrong,
)
from convgen.amend.changements.differer import place_of
from convgen.amend.changements.phrases import designation
from convgen.amend.texte.arbre import Part
from convgen.amend.texte.lieux import Index, Place, index_of

FORMAT: Final = "convgen/changements/1"


@dataclass(frozen=True, slots=True)
class Made:
    """What an avenant adds to its changes.

    Attributes:
        policy: "figee" or "renumerotation".
        state: "initial" for a base that no avenant has amended, else the identifier of the last one.
        retired: The numbers that are never given again.
        articles: For each change, the number of the article of the avenant that says it.
    """

    policy: str = "renumerotation"
    state: str = "initial"
    retired: tuple[str, ...] = ()
    articles: Mapping[str, str] = field(default_factory=dict)


def delta_to_data(
    delta: Delta, base: Part, names: tuple[str, str] = ("", ""), made: Made | None = None
) -> dict[str, object]:
    """The changes as mappings, lists, texts and whole numbers.

    Args:
        delta: The changes.
        base: The base, that the designations are counted on.
        names: The identifiers of the base and of the new version.
        made: What the avenant that makes them adds; two versions that are only compared have none.
    """
    index, about = index_of(base), made or Made()
    return {
        "format": FORMAT,
        "base": {"acte": names[0], "empreinte": delta.base, "etat": about.state},
        "nouvelle": {"acte": names[1], "empreinte": delta.new},
        "politique": about.policy,
        "numeros_retires": list(about.retired),
        "retouches": delta.retouches,
        "causes": [_cause_to_data(cause, delta) for cause in delta.causes],
        "changements": [
            _change_to_data(change, index, delta) | _said_in(change, about.articles) for change in delta.changes
        ],
    }


def delta_from_data(data: object) -> Delta:
    """The changes that `delta_to_data` was given.

    Raises:
        DefinitionError: AVE-04, the data are not such changes.
    """
    root = mapping(data)
    if root.get("format") != FORMAT:
        raise wrong("ces données ne sont pas des modifications de convgen, ou viennent d'une autre version")
    return Delta(
        text(mapping(root.get("base")).get("empreinte")),
        text(mapping(root.get("nouvelle")).get("empreinte")),
        items(root.get("changements"), _change_from_data),
        items(root.get("causes"), _cause_from_data),
        whole(root.get("retouches")),
    )


def _said_in(change: Change, articles: Mapping[str, str]) -> dict[str, object]:
    """The article of the avenant that says a change."""
    return {"avenant": f"art_{articles[change.id].replace(' ', '-')}"} if change.id in articles else {}


# --- causes -------------------------------------------------------------------------------------------------


def _cause_to_data(cause: Cause, delta: Delta) -> dict[str, object]:
    data: dict[str, object] = {
        "id": cause.id,
        "kind": cause.kind.value,
        "key": cause.key,
        "label": cause.label,
        "genre": cause.data,
        "old": exact_to_data(cause.old),
        "new": exact_to_data(cause.new),
        "avant": cause.before,
        "apres": cause.after,
        "effects": list(cause.effects),
        "absorbed": [place_to_data(place) for place in cause.absorbed],
        "derived": [one.id for one in delta.causes if one.of == cause.id],
    }
    if cause.of:
        data["de"] = cause.of
    found = gap(cause)
    if found is not None:
        share = None if found.percentage is None else str(found.percentage)
        data |= {"ecart": str(found.difference), "pourcentage": share}
    return data


def _cause_from_data(data: object) -> Cause:
    cause = mapping(data)
    try:
        kind = CauseKind(text(cause.get("kind")))
    except ValueError:
        raise wrong("une cause des modifications n'est pas reconnue") from None
    names = [text(cause.get(name)) for name in ("id", "key", "label", "genre", "avant", "apres")]
    return Cause(
        names[0],
        kind,
        names[1],
        names[2],
        names[3],
        exact_from_data(cause.get("old")),
        exact_from_data(cause.get("new")),
        names[4],
        names[5],
        items(cause.get("effects"), text),
        items(cause.get("absorbed"), place_from_data),
        text(cause.get("de", "")),
    )


def place_to_data(place: Place) -> dict[str, object]:
    """An address."""
    data: dict[str, object] = {"ids": list(place.division)}
    known = {"alinea": place.alinea, "ligne": place.row, "colonne": place.column}
    data |= {name: value for name, value in known.items() if value is not None}
    return data | ({"mots": list(place.words)} if place.words is not None else {})


def place_from_data(data: object) -> Place:
    """The address that `place_to_data` was given."""
    place = mapping(data)
    ranks = [None if place.get(name) is None else whole(place[name]) for name in ("alinea", "ligne", "colonne")]
    words = items(place.get("mots", []), whole)
    if len(words) not in (0, 2):
        raise wrong("les mots d'une adresse ont un début et une fin")
    span = (words[0], words[1]) if words else None
    return Place(items(place.get("ids"), text), ranks[0], ranks[1], ranks[2], span)


# --- changes ------------------------------------------------------------------------------------------------

_NATURES: Final[Mapping[type, str]] = {
    Words: "mots",
    Alineas: "alineas",
    Rows: "lignes",
    Cell: "cellule",
    Heading: "intitule",
    ReplaceDivision: "division",
    Insert: "division",
    Repeal: "division",
    Move: "division",
    Renumber: "numero",
    ReplaceFile: "fichier",
    Term: "terme",
}


def kind_of(change: Change) -> str:
    """What Akoma Ntoso calls the change: repeal, substitution, insertion, replacement, renumbering."""
    match change:
        case ReplaceDivision() | ReplaceFile():
            return "replacement"
        case Move() | Renumber():
            return "renumbering"
        case Insert():
            return "insertion"
        case Repeal():
            return "repeal"
        case Words(mode=Mode.AFTER | Mode.START | Mode.SENTENCE):
            return "insertion"
        case Words(new=()) | Alineas(new=()) | Rows(new=()):
            return "repeal"
        case Alineas(old=()) | Rows(old=()):
            return "insertion"
    return "substitution"


def _change_to_data(change: Change, index: Index, delta: Delta) -> dict[str, object]:
    place = place_of(change)
    cible = place_to_data(place) | {"eId": e_id(index, place), "designation": designation(index, change)}
    data = {"id": change.id, "type": kind_of(change), "nature": _NATURES[type(change)], "cible": cible}
    cause = next((one.id for one in delta.causes if change.id in one.effects), None)
    return data | _own_data(change) | ({"cause": cause} if cause else {})


def _own_data(change: Change) -> dict[str, object]:
    match change:
        case Words(old=old, new=new):
            more: dict[str, object] = {"mode": change.mode.value, "occurrences": change.count, "rang": change.rank}
            return {**more, "old": inlines_to_data(old), "new": inlines_to_data(new)}
        case Alineas(old=lines, new=others):
            both = {"old": [line_to_data(one) for one in lines], "new": [line_to_data(one) for one in others]}
            return {"de": change.start, "a": change.end, **both}
        case Rows(old=rows, new=new_rows):
            pair = {"old": [row_to_data(one) for one in rows], "new": [row_to_data(one) for one in new_rows]}
            return {"de": change.start, "a": change.end, **pair}
        case Cell(old=cell, new=other):
            return {"old": cell_to_data(cell), "new": cell_to_data(other)}
        case Heading(old=before, new=after):
            return {"old": inlines_to_data(before.inlines), "new": inlines_to_data(after.inlines)}
        case Term():
            return {
                "paires": [[list(pair.old), list(pair.new)] for pair in change.pairs],
                "sauf": [place_to_data(place) for place in change.exceptions],
            }
        case ReplaceFile():
            return {"old": change.old, "new": change.new}
        case _:
            return _division_data(change)


def _division_data(change: ReplaceDivision | Insert | Repeal | Move | Renumber) -> dict[str, object]:
    match change:
        case ReplaceDivision():
            return {"old": part_to_data(change.old), "new": part_to_data(change.new)}
        case Insert():
            return {"apres": change.after, "rang": change.rank, "new": [part_to_data(one) for one in change.new]}
        case Repeal():
            return {"old": part_to_data(change.old)}
        case Move():
            where: dict[str, object] = {"parent": list(change.parent), "apres": change.after, "rang": change.rank}
            return {**where, "old": change.old, "new": change.number}
    return {"old": change.old, "new": change.number}


def e_id(index: Index, place: Place) -> str:
    """The identifier of a place in Akoma Ntoso's manner: « art_3.1__al_1 », « annex_2__point_3__al_2__row_1 »."""
    parts = index.chain(place.division)[1:]
    found = [_e_step(part) for part in parts[-1:] if part.kind != "annexe"]
    annexe = next((part for part in parts if part.kind == "annexe"), None)
    steps = [*([_e_step(annexe)] if annexe else []), *found]
    if place.alinea is not None:
        steps.append(f"al_{place.alinea + 1}")
    if place.row is not None:
        steps.append(f"row_{place.row + 1}")
    if place.column is not None:
        steps.append(f"cell_{place.column + 1}")
    return "__".join(steps)


def _e_step(part: Part) -> str:
    if part.kind == "zone":
        return part.id.removeprefix("zone:")
    noun = {"annexe": "annex", "titre": "title", "chapitre": "chp", "point": "point"}.get(part.noun, "art")
    return f"{noun}_{(part.number or part.id).replace(' ', '-')}"


_Reader = Callable[[str, Place, Mapping[str, object]], Change]


def _change_from_data(data: object) -> Change:
    change = mapping(data)
    key = (text(change.get("nature")), text(change.get("type")))
    reader = _READERS.get(key) or _READERS.get((key[0], ""))
    if reader is None:
        raise wrong(f"la modification « {key[1]} {key[0]} » n'est pas reconnue")
    return reader(text(change.get("id")), place_from_data(change.get("cible")), change)


def _read_words(name: str, place: Place, data: Mapping[str, object]) -> Change:
    try:
        mode = Mode(text(data.get("mode")))
    except ValueError:
        raise wrong("le mode d'une modification de mots n'est pas reconnu") from None
    old, new = inlines_from_data(data.get("old")), inlines_from_data(data.get("new"))
    return Words(name, place, mode, old, new, whole(data.get("occurrences")), whole(data.get("rang")))


def _read_lines(name: str, place: Place, data: Mapping[str, object]) -> Change:
    old, new = items(data.get("old"), line_from_data), items(data.get("new"), line_from_data)
    return Alineas(name, place.division, whole(data.get("de")), whole(data.get("a")), old, new)


def _read_rows(name: str, place: Place, data: Mapping[str, object]) -> Change:
    old, new = items(data.get("old"), row_from_data), items(data.get("new"), row_from_data)
    return Rows(name, place.division, whole(place.alinea), whole(data.get("de")), whole(data.get("a")), old, new)


def _read_cell(name: str, place: Place, data: Mapping[str, object]) -> Change:
    return Cell(name, place, cell_from_data(data.get("old")), cell_from_data(data.get("new")))


def _read_heading(name: str, place: Place, data: Mapping[str, object]) -> Change:
    return Heading(name, place.division, alinea_from_data(data.get("old")), alinea_from_data(data.get("new")))


def _read_whole(name: str, place: Place, data: Mapping[str, object]) -> Change:
    return ReplaceDivision(name, place.division, part_from_data(data.get("old")), part_from_data(data.get("new")))


def _read_insert(name: str, place: Place, data: Mapping[str, object]) -> Change:
    new = items(data.get("new"), part_from_data)
    return Insert(name, place.division, text(data.get("apres")), whole(data.get("rang")), new)


def _read_repeal(name: str, place: Place, data: Mapping[str, object]) -> Change:
    return Repeal(name, place.division, part_from_data(data.get("old")))


def _read_move(name: str, place: Place, data: Mapping[str, object]) -> Change:
    where = items(data.get("parent"), text), text(data.get("apres")), whole(data.get("rang"))
    return Move(name, place.division, *where, text(data.get("old")), text(data.get("new")))


def _read_renumber(name: str, place: Place, data: Mapping[str, object]) -> Change:
    return Renumber(name, place.division, text(data.get("old")), text(data.get("new")))


def _read_file(name: str, place: Place, data: Mapping[str, object]) -> Change:
    return ReplaceFile(name, place.division, text(data.get("old")), text(data.get("new")))


def _read_term(name: str, place: Place, data: Mapping[str, object]) -> Change:
    return Term(name, items(data.get("paires"), _read_pair), items(data.get("sauf"), place_from_data))


def _read_pair(data: object) -> Pair:
    both = items(data, lambda one: items(one, text))
    if len(both) != 2 or not both[0]:
        raise wrong("un terme a un ancien mot et un nouveau")
    return Pair(both[0], both[1])


_READERS: Final[Mapping[tuple[str, str], _Reader]] = {
    ("mots", ""): _read_words,
    ("alineas", ""): _read_lines,
    ("lignes", ""): _read_rows,
    ("cellule", ""): _read_cell,
    ("intitule", ""): _read_heading,
    ("division", "replacement"): _read_whole,
    ("division", "insertion"): _read_insert,
    ("division", "repeal"): _read_repeal,
    ("division", "renumbering"): _read_move,
    ("numero", ""): _read_renumber,
    ("fichier", ""): _read_file,
    ("terme", ""): _read_term,
}
