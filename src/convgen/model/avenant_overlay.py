"""What a convention becomes: its definition with the modifications of an avenant laid over it.

Keys are merged as YAML nodes, so that every value keeps the place where somebody typed it. Articles and annexes are
not: they are laid over in turn by `model.merge`, which knows where each one goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from convgen.errors import Report
from convgen.model.declarations import is_declaration
from convgen.model.files import Loaded
from convgen.model.merge import Amended, Amending
from convgen.model.problems import validate
from convgen.model.schema.avenant import Avenant, Modifications
from convgen.model.schema.convention import Convention
from convgen.model.schema.modele import Modele
from convgen.source.nodes import MappingNode, Node, Scalar, SequenceNode, find, folded

#: Keys of an avenant that say how a party changes, and are no key of a party.
PARTY_EVENTS = ("ajoutee", "retiree", "substituee")
#: What a party owes to its organisme: another organisme brings its own.
_OF_THE_ORGANISME = (
    "denomination",
    "nom",
    "court",
    "representant",
    "representants",
    "qualite",
    "qualite_signature",
    "adresse",
    "siret",
    "siege",
    "statut",
    "habilitation",
    "service",
)
#: Keys that say one thing in two ways: giving one silences the other.
_RIVALS = {
    "representant": ("representants",),
    "representants": ("representant",),
    "denomination": ("nom", "court"),
    "comme": ("effet", "fin"),
    "effet": ("comme",),
    "fin": ("comme",),
}
_WHOLE = ("titre", "objet", "preambule", "ensemble", "cotes", "verifier", "exercices", "jeu")
_BY_KEY = ("duree", "signatures", "passages")
_OF_A_PAYMENT = frozenset(("quand", "avant", "verse", "part"))


@dataclass(frozen=True, slots=True)
class Version:
    """A convention at a moment of its history."""

    loaded: Loaded[Convention]
    amended: Amended

    def with_data(self, values: Mapping[str, Node]) -> Version:
        """The same with these data, by dotted key."""
        node = self.loaded.node
        if node is None or not values:
            return self
        data = node.get("donnees")
        for key, value in values.items():
            data = put_at(data, key.split("."), value)
        return replace(self, loaded=_reloaded(self.loaded, with_keys(node, {"donnees": data} if data else {})))


def amend_definition(before: Version, modele: Loaded[Modele] | None, avenant: Avenant) -> Version:
    """The version that follows, with the `donnees` and the `modifications` of an avenant.

    Args:
        before: the convention as the previous avenants left it.
        modele: its modèle, for keys that the definition leaves to it.
        avenant: what it changes; a key that is wrong has been reported when its file was read.
    """
    node, changes = before.loaded.node, avenant.modifications
    if node is None or before.loaded.model is None:
        return before
    below = modele.node if modele is not None else None
    merged = dict(_changed(node, below, avenant, changes))
    externe = before.loaded.model.externe and node.get("extraits") is not None
    if externe and changes is not None:
        merged |= _extracts(node, changes)
    loaded = _reloaded(before.loaded, with_keys(node, merged))
    laid: tuple[Amending, ...] = (changes,) if changes is not None and not externe else ()
    amended = before.amended
    return Version(loaded, replace(amended, changes=(*amended.changes, *laid), gone=amended.gone | leaving(changes)))


def _reloaded(loaded: Loaded[Convention], node: MappingNode) -> Loaded[Convention]:
    """The definition of other keys: what is wrong in them was reported when their own files were read."""
    checked, _ = validate(Convention, node, Report())
    return replace(loaded, model=checked or loaded.model, node=node, memo={})


def leaving(changes: Modifications | None) -> frozenset[str]:
    """The parties that an avenant takes out."""
    parties = changes.parties if changes is not None else None
    return frozenset(folded(key) for key, party in (parties or {}).items() if party.gives("retiree"))


def _changed(
    node: MappingNode, below: MappingNode | None, avenant: Avenant, changes: Modifications | None
) -> Iterator[tuple[str, Node]]:
    """The keys of the definition that change, whole."""
    own = avenant.node_of("donnees")
    data = node.get("donnees")
    if isinstance(own, MappingNode):
        data = merged_data(data, own)
        yield "donnees", data
    typed = changes.node if changes is not None else None
    if typed is None:
        return
    for key in _WHOLE:
        found = typed.get(key)
        if found is not None:
            yield key, found
    for key in _BY_KEY:
        found = typed.get(key)
        if isinstance(found, MappingNode):
            yield key, merged_keys(_start(key, node, below), found)
    given = typed.get("donnees")
    if isinstance(given, MappingNode):
        yield "donnees", merged_data(_with_schedules(data, given, below), given)
    parties = typed.get("parties")
    if isinstance(parties, MappingNode):
        yield "parties", _parties(node.get("parties"), parties)


def _start(key: str, node: MappingNode, below: MappingNode | None) -> Node | None:
    """What a key is before: signatures and passages of the modèle are merged by key later on, its duration is not."""
    found = node.get(key)
    return found if found is not None or below is None or key != "duree" else below.get(key)


def _with_schedules(data: Node | None, given: MappingNode, below: MappingNode | None) -> Node | None:
    """The data with the schedules that the modèle gives by default, when some of their payments change."""
    declared = below.get("donnees") if below is not None else None
    for key, value in given.entries:
        default = find(declared, [key.text, "defaut"])
        mine = data.get(key.text) if isinstance(data, MappingNode) else None
        if mine is None and isinstance(value, MappingNode) and find(default, ["versements"]) is not None:
            data = put_at(data, [key.text], default)  # type: ignore[arg-type]
    return data


def _parties(before: Node | None, changes: MappingNode) -> MappingNode:
    made: dict[str, Node] = {}
    for key, change in changes.entries:
        if isinstance(change, MappingNode) and change.get("retiree") is None:
            found = find(before, [key.text])
            made[key.text] = amended_party(found if isinstance(found, MappingNode) else None, change)
    return with_keys(before if isinstance(before, MappingNode) else MappingNode((), changes.place), made)


def amended_party(before: MappingNode | None, change: MappingNode) -> MappingNode:
    """The keys of a party once changed; another organisme brings its own name, address and representatives."""
    if before is not None and change.get("substituee") is not None:
        before = without(before, _OF_THE_ORGANISME)
    return merged_keys(before, without(change, PARTY_EVENTS))


def merged_keys(before: Node | None, change: MappingNode) -> MappingNode:
    """The keys of a change over those before, one level deep for blocks within."""
    if not isinstance(before, MappingNode):
        return change
    silenced = {rival for key, _ in change.entries for rival in _RIVALS.get(folded(key.text), ())}
    kept = without(before, [one for one in silenced if change.get(one) is None])
    made: dict[str, Node] = {}
    for key, value in change.entries:
        found = kept.get(key.text)
        both = isinstance(found, MappingNode) and isinstance(value, MappingNode)
        # an habilitation is another decision: nothing of the former one stays
        made[key.text] = merged_keys(found, value) if both and folded(key.text) != "habilitation" else value  # type: ignore[arg-type]
    return with_keys(kept, made)


def with_keys(node: MappingNode, values: Mapping[str, Node]) -> MappingNode:
    """The mapping with these values, each in its place; new keys come last."""
    waiting = {folded(key): (key, value) for key, value in values.items()}
    entries = []
    for key, value in node.entries:
        found = waiting.pop(folded(key.text), None)
        entries.append((key, value) if found is None else (_key(key, found[1]), found[1]))
    entries += [(Scalar(key, value.place, key), value) for key, value in waiting.values()]
    return MappingNode(tuple(entries), node.place)


def _key(key: Scalar, value: Node) -> Scalar:
    """The key of a value, where the value is typed when another file types it."""
    return key if value.place.file == key.place.file else replace(key, place=value.place)


def without(node: MappingNode, keys: Sequence[str]) -> MappingNode:
    """The mapping without these keys."""
    gone = {folded(key) for key in keys}
    return MappingNode(tuple(one for one in node.entries if folded(one[0].text) not in gone), node.place)


# --- data ---------------------------------------------------------------------------------------------


def merged_data(before: Node | None, change: Node) -> Node:
    """A value over another: blocks by key, lists of blocks by `id`; anything else is replaced."""
    if before is None:
        return change
    if isinstance(before, MappingNode) and is_declaration(before) and not _declares(change):
        key = "defaut" if before.get("defaut") is not None else "donne"
        return with_keys(before, {key: merged_data(before.get(key), change)})
    if isinstance(before, Scalar) and isinstance(change, MappingNode) and _completes_payment(change):
        before = MappingNode(((Scalar("montant", before.place, "montant"), before),), before.place)
    if isinstance(before, SequenceNode):
        return _listed(before, change)
    if isinstance(before, MappingNode) and isinstance(change, MappingNode):
        made = {key.text: merged_data(before.get(key.text), value) for key, value in change.entries}
        # what is wrong of the whole block comes from what changes in it
        return replace(with_keys(before, made), place=change.place)
    if isinstance(before, MappingNode) and before.get("montant") is not None and isinstance(change, Scalar):
        # « acompte: 50 % » over a payment that says when: only its amount changes
        return with_keys(before, {"montant": change})
    return change


def put_at(data: Node | None, steps: Sequence[str], value: Node) -> Node:
    """The data with a value at the end of a dotted key; items of a list are found by their `id`."""
    if not steps:
        return value
    if isinstance(data, MappingNode) and is_declaration(data):
        key = "defaut" if data.get("defaut") is not None else "donne"
        return with_keys(data, {key: put_at(data.get(key), steps, value)})
    step, *rest = steps
    if isinstance(data, SequenceNode):
        items = (put_at(one, rest, value) if folded(_id(one)) == folded(step) else one for one in data.items)
        return SequenceNode(tuple(items), data.place)
    node = data if isinstance(data, MappingNode) else MappingNode((), value.place)
    return with_keys(node, {step: put_at(node.get(step), rest, value)})


def _declares(node: Node) -> bool:
    return isinstance(node, MappingNode) and is_declaration(node)


def _completes_payment(change: MappingNode) -> bool:
    return {folded(key.text) for key, _ in change.entries} <= _OF_A_PAYMENT


def _listed(before: SequenceNode, change: Node) -> Node:
    """A list of blocks with an `id`, some of which change; another list is replaced."""
    ids = [_id(one) for one in before.items]
    over = _by_id(change)
    if over is None or not all(ids):
        return change
    items = [merged_data(one, over[name]) if name in over else one for name, one in zip(ids, before.items, strict=True)]
    return SequenceNode((*items, *(one for name, one in over.items() if name not in ids)), before.place)


def _by_id(change: Node) -> dict[str, Node] | None:
    if isinstance(change, SequenceNode):
        found = {_id(one): one for one in change.items}
        return found if "" not in found else None
    if isinstance(change, MappingNode) and all(isinstance(one, MappingNode) for _, one in change.entries):
        return {
            key.text: MappingNode(((Scalar("id", key.place, "id"), key), *one.entries), one.place)
            for key, one in change.entries
            if isinstance(one, MappingNode)
        }
    return None


def _id(node: Node) -> str:
    found = node.get("id") if isinstance(node, MappingNode) else None
    return found.text if isinstance(found, Scalar) else ""


# --- extracts of an act signed elsewhere ----------------------------------------------------------------

_ELLIPSIS = "(...)"


def _extracts(node: MappingNode, changes: Modifications) -> Iterator[tuple[str, Node]]:
    """The transcribed parts, changed; their numbers are those of the original."""
    extracts = node.get("extraits")
    typed = changes.node_of("articles")
    if not isinstance(extracts, SequenceNode) or not isinstance(typed, SequenceNode):
        return
    items = list(extracts.items)
    for change in typed.items:
        if isinstance(change, MappingNode):
            items = _with_extract(items, change)
    yield "extraits", SequenceNode(tuple(items), extracts.place)


def _with_extract(items: list[Node], change: MappingNode) -> list[Node]:
    name = _id(change)
    if name in extract_ids(items):
        return [made for one in items if (made := _extract(one, name, change)) is not None]
    inserted = without(change, ("apres", "avant"))
    for key, after in (("apres", 1), ("avant", 0)):
        anchor = change.get(key)
        if isinstance(anchor, Scalar) and anchor.text in extract_ids(items):
            return _beside(items, anchor.text, inserted, after)
    return [*items, inserted]


def extract_ids(items: Sequence[Node]) -> tuple[str, ...]:
    """The identifiers of the transcribed parts, at every level."""
    found: list[str] = []
    for one in items:
        found += [name for name in (extract_id(one),) if name]
        below = one.get("articles") if isinstance(one, MappingNode) else None
        found += extract_ids(below.items) if isinstance(below, SequenceNode) else ()
    return tuple(found)


def extract_id(node: Node) -> str:
    """The identifier of a transcribed part: its own, else « article-5.1 »."""
    number = node.get("numero") if isinstance(node, MappingNode) else None
    return _id(node) or (f"article-{number.text}" if isinstance(number, Scalar) else "")


def _extract(node: Node, name: str, change: MappingNode) -> Node | None:
    """The part once changed; None when it is taken out."""
    if not isinstance(node, MappingNode):
        return node
    if extract_id(node) == name:
        answer = change.get("retirer")
        if isinstance(answer, Scalar) and folded(answer.text) == "oui":
            return None
        return _rewritten(node, change)
    below = node.get("articles")
    if not isinstance(below, SequenceNode):
        return node
    kept = tuple(made for one in below.items if (made := _extract(one, name, change)) is not None)
    return with_keys(node, {"articles": SequenceNode(kept, below.place)})


def _rewritten(node: MappingNode, change: MappingNode) -> MappingNode:
    made: dict[str, Node] = {}
    for key in ("titre", "numero"):
        found = change.get(key)
        if found is not None:
            made[key] = found
    text = change.get("texte")
    if isinstance(text, Scalar):
        anchor = change.get("apres_les_mots")
        made["texte"] = _after_words(node.get("texte"), anchor, text) if isinstance(anchor, Scalar) else text
    return with_keys(node, made)


def known_text(node: Node | None) -> str:
    """The text of a transcribed part, « (...) » for what is not known of it."""
    if not isinstance(node, Scalar) or (folded(node.text.strip()) == "inconnu" and not node.quoted):
        return _ELLIPSIS
    return node.text


def _after_words(before: Node | None, anchor: Scalar, text: Scalar) -> Scalar:
    """The text up to the alinéa that holds the anchor, then another; after the whole when no alinéa does."""
    paragraphs = known_text(before).strip("\n").split("\n\n")
    rank = next((rank for rank, one in enumerate(paragraphs, start=1) if anchor.text.strip() in one), len(paragraphs))
    whole = "\n\n".join([*paragraphs[:rank], text.text.strip("\n")])
    return replace(text, text=whole, value=whole)


def _beside(items: Sequence[Node], anchor: str, inserted: Node, after: int) -> list[Node]:
    made: list[Node] = []
    for one in items:
        here = extract_id(one) == anchor
        below = one.get("articles") if isinstance(one, MappingNode) else None
        if isinstance(one, MappingNode) and isinstance(below, SequenceNode) and not here:
            kept = _beside(below.items, anchor, inserted, after)
            one = with_keys(one, {"articles": SequenceNode(tuple(kept), below.place)})
        made += [one, inserted] if here and after else [inserted, one] if here else [one]
    return made
