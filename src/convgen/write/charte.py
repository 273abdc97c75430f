"""The charte graphique of a gabarit: what `charte.yaml` says, shared by every writer. No file is read here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from convgen.errors import Diagnostic, GabaritError, suggest

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")


@dataclass(frozen=True, slots=True)
class Couleurs:
    """Colours as six hexadecimal digits."""

    principale: str = "000000"
    texte: str = "000000"
    fond: str = "E7E6E6"  # header rows of the tables
    filet: str = "7F7F7F"  # rules and borders


@dataclass(frozen=True, slots=True)
class Polices:
    """Font families, the body size, in points, and whether the PDF may take the families from this machine."""

    titres: str = "Arial"
    texte: str = "Arial"
    taille: int = 11
    machine: bool = False


@dataclass(frozen=True, slots=True)
class Marges:
    """Margins in millimetres."""

    haut: int = 25
    bas: int = 22
    gauche: int = 25
    droite: int = 25


@dataclass(frozen=True, slots=True)
class Charte:
    """The look of an organisme's acts.

    Attributes:
        organisme: the name printed in the letterhead.
        logo: a picture beside `charte.yaml`, or "".
        en_tete: a line for the header of the pages, or "".
        pied: a line for the foot of the pages (address), or "".
        tribunal: the administrative court that has jurisdiction, or "".
    """

    organisme: str = ""
    logo: str = ""
    en_tete: str = ""
    pied: str = ""
    tribunal: str = ""
    couleurs: Couleurs = field(default_factory=Couleurs)
    polices: Polices = field(default_factory=Polices)
    marges: Marges = field(default_factory=Marges)


_TEXTS = ("organisme", "logo", "en_tete", "pied", "tribunal")
_KEYS = (*_TEXTS, "couleurs", "polices", "marges")


def parse_charte(mapping: Mapping[str, object]) -> Charte:
    """The charte of a `charte.yaml` already read as plain data.

    Keys may be written ``en-tete`` or ``en_tete``; an absent key keeps its default.

    Raises:
        GabaritError: with a GAB-07 for each unknown key or wrong value.
    """
    problems: list[Diagnostic] = []
    given = _known(mapping, _KEYS, "", problems)
    texts = {key: _text(given[key], key, problems) for key in _TEXTS if given.get(key) is not None}
    groups = {key: _group(given.get(key), key, problems) for key in ("couleurs", "polices", "marges")}
    colours = {key: _colour(value, key, problems) for key, value in groups["couleurs"].items()}
    fonts = {key: value for key, value in groups["polices"].items() if key not in ("taille", "machine")}
    names = {key: _text(value, f"polices.{key}", problems) for key, value in fonts.items()}
    size = _number(groups["polices"].get("taille", Polices().taille), "polices.taille", 6, 24, problems)
    machine = _choice(groups["polices"].get("machine", False), "polices.machine", problems)
    margins = {key: _number(value, f"marges.{key}", 5, 80, problems) for key, value in groups["marges"].items()}
    if problems:
        raise GabaritError(*problems)
    return Charte(
        **texts,
        couleurs=Couleurs(**colours),
        polices=Polices(**names, taille=size, machine=machine),
        marges=Marges(**margins),
    )


_GROUPS: dict[str, tuple[str, ...]] = {
    "couleurs": ("principale", "texte", "fond", "filet"),
    "polices": ("titres", "texte", "taille", "machine"),
    "marges": ("haut", "bas", "gauche", "droite"),
}


def _known(
    mapping: Mapping[str, object], keys: tuple[str, ...], path: str, problems: list[Diagnostic]
) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in mapping.items():
        key = str(name).strip().casefold().replace("-", "_").replace("ê", "e")
        if key in keys:
            found[key] = value
        else:
            remedy = suggest(str(name), keys, "Clés possibles")
            where = f"{path}.{name}" if path else str(name)
            problems.append(
                Diagnostic("GAB-07", f"Clé inconnue dans la charte : « {name} »", path=where, remedy=remedy)
            )
    return found


def _group(value: object, key: str, problems: list[Diagnostic]) -> dict[str, object]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        remedy = "Passez à la ligne et écrivez ses clés en retrait, une par ligne."
        problems.append(Diagnostic("GAB-07", f"« {key} » attend un bloc de clés", path=key, remedy=remedy))
        return {}
    return _known(value, _GROUPS[key], key, problems)


def _text(value: object, key: str, problems: list[Diagnostic]) -> str:
    if isinstance(value, (Mapping, list, tuple)):
        remedy = "Écrivez-le sur la même ligne que la clé, entre guillemets si besoin."
        problems.append(Diagnostic("GAB-07", f"« {key} » attend un texte", path=key, remedy=remedy))
        return ""
    return str(value).strip()


def _colour(value: object, key: str, problems: list[Diagnostic]) -> str:
    match = _COLOUR.fullmatch(str(value).strip())
    if match is None:
        problems.append(
            Diagnostic(
                "GAB-07",
                f"« {value} » n'est pas une couleur",
                path=f"couleurs.{key}",
                remedy='Écrivez six chiffres hexadécimaux entre guillemets, par exemple "1F4E79".',
            )
        )
        return "000000"
    return match[1].upper()


def _choice(value: object, key: str, problems: list[Diagnostic]) -> bool:
    found = {"oui": True, "true": True, "non": False, "false": False}.get(str(value).strip().casefold())
    if found is None:
        problems.append(Diagnostic("GAB-07", f"« {key} » attend oui ou non", path=key, remedy="Écrivez oui ou non."))
    return bool(found)


def _number(value: object, key: str, low: int, high: int, problems: list[Diagnostic]) -> int:
    text = str(value).strip()
    if text.isascii() and text.isdigit() and low <= int(text) <= high:
        return int(text)
    message = f"« {key} » attend un nombre entier de {low} à {high}"
    problems.append(Diagnostic("GAB-07", message, path=key, remedy="Écrivez-le en chiffres, sans unité."))
    return low
