"""The reference page of the guide, drawn from the JSON Schemas: `python -m convgen.model.schema.reference FICHIER`.

What the page says of a key is its description in the models: the page cannot differ from what is accepted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from convgen.model.schema import KINDS, json_schema

_FILES = {
    "convention": "`conventions/*.yaml`",
    "avenant": "`conventions/avenants/*.yaml`",
    "deliberation": "`conventions/deliberations/*.yaml`",
    "arrete": "`conventions/arretes/*.yaml`",
    "liasse": "`conventions/liasses/*.yaml`",
    "modele": "`templates/modeles/*.yaml`",
    "organisme": "`conventions/organismes/*.yaml`",
    "clause": "`clauses/<thème>/<clause>.md`, entre les deux lignes `---`",
    "textes": "`clauses/textes/*.yaml`",
    "jeu": "`conventions/jeux/*.yaml`",
    "tableau": "`conventions/annexes/*.yaml`",
    "espace": "`convgen.yaml`, à la racine de l'espace de travail",
}
_HEAD = """\
# Référence des formats

<!-- Page produite par « make schema » à partir des schémas : ne la modifiez pas à la main. -->

Toutes les clés que convgen accepte, fichier par fichier. Les accents et les majuscules des clés ne comptent pas.
Une clé en **gras** est obligatoire ; les autres peuvent manquer.

| ce qu'on écrit | comment |
|---|---|
| texte | une ligne, ou plusieurs après `\\|` ; entre guillemets s'il contient « : » suivi d'une espace |
| identifiant | minuscules sans accent, chiffres et tirets : `avenant-2024` |
| oui ou non | `oui`, `non` |
| jour | année-mois-jour : `2024-06-07` |
| entier | des chiffres : `3` |
| liste | un élément par ligne, précédé de `- `, ou `[a, b]` |
| bloc | des clés, sur les lignes suivantes, deux espaces plus à droite |
| par nom | un bloc dont vous choisissez les clés |

Valeurs réservées, sans guillemets : `à compléter (indice)`, `sans`, `par avenant`, `inconnu`. Voir
[Écrire une convention](ecrire-une-convention.md#les-valeurs-réservées).
"""

Schema = Mapping[str, Any]


def page() -> str:
    """The whole page, in Markdown."""
    lines = [_HEAD]
    described: dict[str, str] = {}
    for kind in KINDS:
        lines += _kind(kind, described)
    return "\n".join(lines)


def _kind(kind: str, described: dict[str, str]) -> Iterator[str]:
    schema: Schema = json_schema(kind)
    yield f"## {schema['title']}\n"
    yield f"Fichiers : {_FILES[kind]}.\n"
    definitions: Schema = schema.get("$defs", {})
    if "properties" not in schema:
        yield "Les clés du fichier sont les identifiants des textes ; chacun est un bloc.\n"
        _, schema = next(_blocks(schema["additionalProperties"], definitions))
    if kind == "modele":
        convention = json_schema("convention")["properties"]
        fewer = ", ".join(f"`{key}`" for key in convention if key not in schema["properties"])
        yield f"Les clés d'une convention, sauf {fewer}, et celles-ci :\n"
        own = {key: one for key, one in schema["properties"].items() if one != convention.get(key)}
        schema = {**schema, "properties": own}
    yield from _table(schema)
    yield from _below(schema, definitions, "", described)


def _below(schema: Schema, definitions: Schema, path: str, described: dict[str, str]) -> Iterator[str]:
    """The blocks reached from a schema, each where it is first met in the page."""
    reached: list[tuple[str, Schema]] = []
    for key, one in schema["properties"].items():
        for name, block in _blocks(one, definitions):
            here = f"{path}{key}{'[…]' if key in _LISTS else ''}"
            if name not in described:
                described[name] = here
                reached.append((here, block))
            elif described[name] != here:
                yield f"Le bloc `{here}` a les clés de `{described[name]}`.\n"
    for here, block in reached:
        yield f"### `{here}`\n"
        yield from _table(block)
        yield from _below(block, definitions, f"{here}.", described)


#: Keys that hold several blocks: their heading says so.
_LISTS = frozenset(
    {
        "articles",
        "annexes",
        "visas",
        "verifier",
        "cotes",
        "noms",
        "extraits",
        "cartouche",
        "preambule",
        "avis",
        "decisions",
        "sous_themes",
        "deports",
    }
)


def _blocks(schema: Schema, definitions: Schema) -> Iterator[tuple[str, Schema]]:
    """The blocks a key may hold, alone, in a list or by name."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        if name in definitions:
            yield name, definitions[name]
    for inner in ("items", "additionalProperties"):
        if isinstance(schema.get(inner), Mapping):
            yield from _blocks(schema[inner], definitions)
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from _blocks(choice, definitions)


def _table(schema: Schema) -> Iterator[str]:
    required = schema.get("required", ())
    yield "| clé | ce qu'on écrit | à quoi elle sert | exemple |"
    yield "|---|---|---|---|"
    for key in sorted(schema["properties"], key=lambda name: name not in required):
        one = schema["properties"][key]
        name = f"**`{key}`**" if key in required else f"`{key}`"
        yield f"| {name} | {_shape(one)} | {_cell(one.get('description', ''))}{_default(one)} | {_examples(one)} |"
    yield ""


def _shape(schema: Schema) -> str:
    """What is typed there, in a word or two."""
    if "enum" in schema:
        choices = list(schema["enum"])
        return "oui ou non" if choices == ["oui", "non"] else " · ".join(f"`{one}`" for one in choices)
    if "$ref" in schema:
        return "bloc"
    several = schema.get("anyOf") or schema.get("oneOf")
    if several:
        return " ou ".join(dict.fromkeys(_shape(one) for one in several))
    return _plain_shape(schema)


def _plain_shape(schema: Schema) -> str:
    kinds = schema.get("type", ())
    if "pattern" in schema:
        return "jour" if kinds == "string" else "identifiant"
    match kinds:
        case "array":
            return f"liste ({_shape(schema['items'])})" if "items" in schema else "liste"
        case "object":
            each = schema.get("additionalProperties")
            return f"par nom ({_shape(each)})" if isinstance(each, Mapping) else "par nom"
        case "integer":
            return "entier"
        case [*several] if "array" in several:
            return "valeur"
        case _:
            return "texte"


def _default(schema: Schema) -> str:
    default = schema.get("default")
    return f" À défaut : `{default}`." if isinstance(default, str | int) else ""


def _examples(schema: Schema) -> str:
    return ", ".join(f"`{_cell(_typed(one))}`" for one in schema.get("examples", ()))


def _typed(example: object) -> str:
    """An example as it is typed in YAML, on one line."""
    match example:
        case Mapping():
            return f"{{{', '.join(f'{key}: {_typed(value)}' for key, value in example.items())}}}"
        case str():
            return example
        case Sequence():
            return f"[{', '.join(_typed(one) for one in example)}]"
        case _:
            return str(example)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def main(target: Path) -> None:
    """Write the page."""
    target.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
