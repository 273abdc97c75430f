"""What is kept of a signed avenant: the state in force after it, and the proof that it follows from the one before.

A state in force is never computed again: a later version of the program, a corrected clause or an edited definition
must not change what was signed. Nothing here knows files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Final

from convgen.acte.codec import from_data, to_data
from convgen.amend.changements.appliquer import apply
from convgen.amend.changements.changements import Delta
from convgen.amend.changements.coder import items, mapping, text, whole, wrong
from convgen.amend.texte.arbre import fingerprint, same
from convgen.amend.texte.etat import Source, State, Tomb
from convgen.amend.texte.normaliser import normal
from convgen.errors import ConvgenError

FORMAT: Final = "convgen/etat/1"


def state_to_data(state: State, files: Mapping[str, str]) -> dict[str, object]:
    """A state in force as mappings, lists, texts and whole numbers.

    Args:
        state: The state.
        files: The digest of each annexe that is a foreign file, by identifier.
    """
    return {
        "format": FORMAT,
        "avenants": list(state.applied),
        "numeros_retires": [{**asdict(tomb), "parent": list(tomb.parent)} for tomb in state.tombs],
        "sources": [_source_to_data(source) for source in state.sources],
        "notes": {name: list(notes) for name, notes in state.notes.items()},
        "fichiers": dict(files),
        "acte": to_data(state.acte),
    }


def _source_to_data(source: Source) -> dict[str, object]:
    day = source.day.isoformat() if source.day else ""
    return {"id": source.id, "designation": source.designation, "jour": day, "articles": dict(source.articles)}


def state_from_data(data: object) -> tuple[State, dict[str, str]]:
    """The state and the digests that `state_to_data` was given.

    Raises:
        DefinitionError: AVE-04 or DEF-03, the data are not those of a state.
    """
    root = mapping(data)
    if root.get("format") != FORMAT:
        raise wrong("ces données ne sont pas un état en vigueur, ou viennent d'une autre version de convgen")
    notes = {text(name): items(one, text) for name, one in mapping(root.get("notes")).items()}
    state = State(
        acte=from_data({text(name): value for name, value in mapping(root.get("acte")).items()}),
        tombs=items(root.get("numeros_retires"), _tomb),
        applied=items(root.get("avenants"), text),
        sources=items(root.get("sources"), _source),
        notes=notes,
    )
    return state, _texts(root.get("fichiers"))


def _texts(data: object) -> dict[str, str]:
    return {text(name): text(value) for name, value in mapping(data).items()}


def _tomb(data: object) -> Tomb:
    tomb = mapping(data)
    level = tomb.get("level")
    return Tomb(
        id=text(tomb.get("id")),
        series=text(tomb.get("series")),
        own=text(tomb.get("own")),
        number=text(tomb.get("number")),
        label=text(tomb.get("label")),
        level=-1 if level == -1 else whole(level),
        parent=items(tomb.get("parent"), text),
        heir=text(tomb.get("heir")),
        avenant=text(tomb.get("avenant")),
    )


def _source(data: object) -> Source:
    source = mapping(data)
    day = text(source.get("jour"))
    try:
        found = date.fromisoformat(day) if day else None
    except ValueError:
        raise wrong(f"« {day} » n'est pas une date") from None
    return Source(text(source.get("id")), text(source.get("designation")), found, _texts(source.get("articles")))


def follows(
    before: State, delta: Delta, after: State, old_files: Mapping[str, str], new_files: Mapping[str, str]
) -> str:
    """Why an archived state does not follow from the state before it; "" when it does.

    Args:
        before: What was in force.
        delta: The changes that were archived.
        after: What was archived as in force after them.
        old_files: The digests of the foreign annexes before.
        new_files: And after.
    """
    a, b = normal(before.acte, old_files), normal(after.acte, new_files)
    if fingerprint(a) != delta.base:
        return "il a été établi sur un autre texte que celui qui était alors en vigueur"
    if fingerprint(b) != delta.new:
        return "le texte conservé avec lui n'est pas celui qu'il a produit"
    try:
        made = apply(delta, a)
    except ConvgenError as error:
        return f"ses modifications ne s'appliquent plus : {error.diagnostics[0].message}"
    return "" if same(made, b) else "ses modifications ne donnent plus le texte conservé avec lui"
