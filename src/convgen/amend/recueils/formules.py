"""Packs: the sentences of an avenant, kept as templates that a jurist can edit.

A pack is a strict YAML file of Jinja templates (`templates/formules/<name>.yaml`), checked against the same whitelist
as the texts of the clauses. A sentence is a template without its final punctuation; « : » at its end announces a
block. Quoted words stay inlines: values keep their data, and the typographic filter leaves them alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from jinja2 import TemplateError, pass_context
from jinja2.environment import Template
from jinja2.runtime import Context

from convgen.acte.nodes import Inline, Inlines, Text
from convgen.amend.recueils.cles import KEYS, Slots
from convgen.amend.recueils.echantillons import samples
from convgen.amend.recueils.emplacements import Listed, Quoted, Slot
from convgen.amend.recueils.prouves import PROVED, digest_of
from convgen.amend.texte.inlines import merged, text_of
from convgen.compose.sandbox import Sandbox, check, compile_checked, make_sandbox
from convgen.errors import ConvgenError, Diagnostic, Place, Report, TextError, suggest
from convgen.french.agreement import AgreementUnknown, agree
from convgen.french.grammar import join_list
from convgen.french.numbers import cardinal
from convgen.french.ordinals import ordinal
from convgen.french.typography import typeset
from convgen.model.values import TextSource
from convgen.source.nodes import MappingNode, Node, Scalar
from convgen.source.yaml import load_yaml

_MANNER: Final = "maniere"
_INLINES: Final = "inlines"
_FIRST_MARK: Final = 0xF0000
_MARKS: Final = re.compile("[\U000f0000-\U000ffffd]")
_MANNERS: Final = {
    "legistique": "les modifications dites par des phrases",
    "pratique": "le texte modifié redonné en entier",
}
_ONE_WAY: Final = "Changez un mot de l'une d'elles : chaque phrase d'un avenant doit se lire d'une seule façon."


# --- filters ------------------------------------------------------------------------------------------------


def _agreed(value: object, words: str) -> str:
    """« est remplacée », « sont remplacés »: the words agreed with a slot."""
    if not isinstance(value, Slot):
        raise TypeError
    return agree(words, value.agreement)


def _letters(value: object, gender: str = "m") -> str:
    """« un », « une », « deux »."""
    return cardinal(_count(value), feminine=gender == "f")


def _ordinal(value: object, gender: str = "m") -> str:
    return ordinal(_count(value), gender == "f")


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _plural(value: object) -> str:
    return "s" if _count(value) > 1 else ""


def _are(value: object) -> str:
    return "sont" if _count(value) > 1 else "est"


def _endings(value: object) -> str:
    """« », « e », « s », « es »: what « rédigé » takes."""
    if not isinstance(value, Slot):
        raise TypeError
    return ("e" if value.agreement.feminine else "") + ("s" if value.agreement.plural else "")


@pass_context
def _cited(context: Context, value: object) -> str:
    """« … », « … » et « … »: the quoted words between guillemets."""
    if not isinstance(value, Quoted):
        raise TypeError
    return join_list([f"« {_mark(context[_INLINES], words)} »" for words in value.words])


FILTERS: Final[Mapping[str, Callable[..., str]]] = {
    "accorde": _agreed,
    "lettres": _letters,
    "ordinal": _ordinal,
    "s": _plural,
    "fs": _endings,
    "est": _are,
    "cite": _cited,
}


def _mark(held: list[Inlines], words: Inlines) -> str:
    """One character that stands for these inlines until the sentence is made."""
    held.append(words)
    return chr(_FIRST_MARK + len(held) - 1)


# --- packs --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pack:
    """The templates of a manner of writing.

    Attributes:
        name: That of the file.
        manner: "legistique" (sentences) or "pratique" (the text given again).
        templates: The templates as typed, by key ("mots.remplacer").
        compiled: The same, ready to be rendered.
    """

    name: str
    manner: str
    templates: Mapping[str, str]
    compiled: Mapping[str, Template]

    def say(self, key: str, **slots: object) -> Inlines:
        """A sentence, without capital nor final punctuation.

        Args:
            key: That of the template.
            slots: Slots of `rediger.emplacements`, counts and texts; inlines are printed as they are.

        Raises:
            ConvgenError: AVE-11, the template cannot be rendered with these values.
        """
        held: list[Inlines] = []
        given = {name: _held(held, value) for name, value in slots.items()}
        try:
            text = self.compiled[key].render({**given, _INLINES: held})
        except (TemplateError, TypeError, AgreementUnknown) as error:
            raise ConvgenError(
                Diagnostic(
                    "AVE-11",
                    f"la formule « {key} » du recueil « {self.name} » ne convient pas à ces valeurs",
                    remedy="Reprenez celle du recueil d'origine, dans templates/formules.",
                )
            ) from error
        return merged(_with_inlines(typeset(text), held))


def _held(held: list[Inlines], value: object) -> object:
    """Inlines become a mark; other values are slots already."""
    if not isinstance(value, tuple):
        return value
    if value and isinstance(value[0], tuple):
        return Listed(tuple(_mark(held, one) for one in value))
    return _mark(held, value)


def _with_inlines(text: str, held: list[Inlines]) -> Iterator[Inline]:
    place = 0
    for found in _MARKS.finditer(text):
        yield Text(text[place : found.start()])
        yield from held[ord(found[0]) - _FIRST_MARK]
        place = found.end()
    yield Text(text[place:])


# --- loading ------------------------------------------------------------------------------------------------


def load_pack(text: str, file: str, report: Report, name: str = "") -> Pack | None:
    """Read a pack.

    Args:
        text: The YAML file.
        file: How messages name it.
        report: Receives the problems of the YAML, of the templates (TXT-…), AVE-09 (a key is unknown or missing, a
            template is no text) and AVE-13 (two templates read alike).
        name: The name of the pack; that of the file otherwise.

    Returns:
        None after an error.
    """
    before = len(report.errors)
    node = load_yaml(text, file, report)
    if node is None:
        return None
    if not isinstance(node, MappingNode):
        _refuse(report, "un recueil de formules est une suite de clés", Place(file))
        return None
    manner = _manner(node, report)
    if manner is None:
        return None
    found = _Loader(report, make_sandbox(FILTERS), KEYS[manner])
    found.section(node, "")
    found.missing(node.place)
    if len(report.errors) > before:
        return None
    pack = Pack(name or _stem(file), manner, found.templates, found.compiled)
    return pack if _reads_one_way(pack, found.places, report) else None


def _reads_one_way(pack: Pack, places: Mapping[str, Place], report: Report) -> bool:
    """Whether each sentence is read by its own template and by no other: an avenant is read back with them."""
    if digest_of(pack.templates) in PROVED:
        return True
    # What reads the templates knows packs too.
    from convgen.amend.recueils.patrons import ambiguities

    found = ambiguities(pack.templates, lambda key, slots: text_of(pack.say(key, **slots)))
    for key, other in found:
        message = (
            f"une phrase écrite par la formule « {key} » ne peut pas être relue"
            if key == other
            else f"les formules « {key} » et « {other} » écrivent des phrases qui se lisent de deux façons"
        )
        report.error("AVE-13", message, places.get(key), remedy=_ONE_WAY)
    return not found


def _stem(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2].partition(".")[0]


def _refuse(report: Report, message: str, place: Place, remedy: str = "") -> None:
    report.error("AVE-09", message, place, remedy=remedy)


def _manner(node: MappingNode, report: Report) -> str | None:
    found = node.get(_MANNER)
    if isinstance(found, Scalar) and found.text in KEYS:
        return found.text
    known = ", ".join(f"« {name} » ({what})" for name, what in _MANNERS.items())
    place = found.place if found is not None else node.place
    _refuse(report, "la manière du recueil de formules n'est pas dite", place, f"Écrivez « manière: », puis {known}.")
    return None


@dataclass(slots=True)
class _Loader:
    report: Report
    sandbox: Sandbox
    known: Mapping[str, Slots]
    templates: dict[str, str]
    compiled: dict[str, Template]
    places: dict[str, Place]

    def __init__(self, report: Report, sandbox: Sandbox, known: Mapping[str, Slots]) -> None:
        self.report, self.sandbox, self.known = report, sandbox, known
        self.templates, self.compiled, self.places = {}, {}, {}

    def section(self, node: MappingNode, before: str) -> None:
        """Read the templates of a mapping, and of those inside."""
        for key, value in node.entries:
            name = f"{before}{key.text}"
            if not before and key.text in (_MANNER, "manière"):
                continue
            if isinstance(value, MappingNode) and not before:
                self.section(value, f"{name}.")
            elif name not in self.known:
                remedy = suggest(name, self.known, "Formules connues")
                _refuse(self.report, f"la formule « {name} » est inconnue", key.place, remedy)
            else:
                self.template(name, value)

    def template(self, name: str, node: Node) -> None:
        """Check and compile one template, and try it."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            _refuse(self.report, f"la formule « {name} » doit être un texte", node.place)
            return
        source = TextSource(node.value, node.content_place, "formule")
        problems, tree = check(self.sandbox, node.value, source, frozenset(self.known[name]))
        for one in problems:
            self.report.add(one)
        if problems or tree is None:
            return
        self.templates[name] = node.value
        self.places[name] = node.content_place
        try:
            self.compiled[name] = compile_checked(self.sandbox, tree, source)
        except TextError as error:
            for one in error.diagnostics:
                self.report.add(one)
            return
        self._try(name, source)

    def _try(self, name: str, source: TextSource) -> None:
        """Render a template with samples: a filter or a form that does not fit is found before an avenant needs it."""
        slots = {slot: samples(kind)[0] for slot, kind in self.known[name].items()}
        try:
            self.compiled[name].render({**slots, _INLINES: []})
        except (TemplateError, TypeError, KeyError, AgreementUnknown) as error:
            why = str(error).partition("\n")[0] or "un filtre ne convient pas à ce qu'il reçoit"
            _refuse(self.report, f"la formule « {name} » ne peut pas être écrite : {why}", source.place)

    def missing(self, place: Place) -> None:
        """Refuse a pack without one of the templates."""
        absent = [name for name in self.known if name not in self.templates]
        if absent and not self.report.errors:
            names = ", ".join(f"« {name} »" for name in absent)
            remedy = "Reprenez-les du recueil d'origine, dans templates/formules."
            _refuse(self.report, f"il manque au recueil les formules {names}", place, remedy)
