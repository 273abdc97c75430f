"""What stands before the articles: cartouche, title, visas, formula, preamble."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convgen.acte.nodes import (
    Block,
    Division,
    Inlines,
    Origin,
    Paragraph,
    Role,
    TableOfContents,
    Text,
)
from convgen.acte.runs import plain_text
from convgen.compose.atoms import Atom, BlankAtom, NodesAtom, Word
from convgen.compose.build import Builder, Filler
from convgen.compose.sandbox import View
from convgen.compose.text import Composer
from convgen.compose.views.groups import GroupView
from convgen.compose.views.parties import name_atom
from convgen.compose.views.values import ImputationView
from convgen.french.agreement import agree
from convgen.french.grammar import capitalise
from convgen.french.typography import typeset
from convgen.model.resolved import ResolvedAct
from convgen.model.values import ImputationValue, TextSource, Unknown

_FORMULAS = {
    "convenu": "Il est convenu ce qui suit :",
    "expose": "Ceci exposé, il est convenu ce qui suit :",
}


def title_zone(act: ResolvedAct, composer: Composer, becomes: ResolvedAct | None = None) -> tuple[Block, ...]:
    """The zone « intitule »: nature and number, parties and object, or the title given; years.

    An avenant (`becomes` is the act that it amends, as it stands after) says under its own title those of the act.
    """
    return (*_title(act, composer), *_amended(act, composer, becomes))


def _amended(act: ResolvedAct, composer: Composer, becomes: ResolvedAct | None) -> Iterator[Block]:
    """« entre … et … relative à … », « (année 2024) »; nothing under a title that somebody typed."""
    if becomes is None or becomes.title is not None or act.title is None or act.title.what != "formule":
        return
    origin = Origin(act.place.file, act.place.line, what="définition")
    said = plain_text(composer.inline(act.title))
    parts = _between(becomes, composer, said)
    yield Paragraph(line_of(parts), Role.SUBTITLE, origin)
    if becomes.exercices:
        yield Paragraph((Text(_years([str(year) for year in becomes.exercices])),), Role.SUBTITLE, origin)


def _title(act: ResolvedAct, composer: Composer) -> Iterator[Block]:
    origin = Origin(act.place.file, act.place.line, what="définition")
    nature = capitalise(act.nature)
    number = number_atom(act)
    said = ""
    if act.title is not None:
        # the cartouche may already say the number
        if number is not None and not ("cartouche" in act.plan and any(line.number for line in act.frame)):
            yield Paragraph(line_of([f"{nature} n°\u00a0", *_prefixed(act, number)]), Role.NUMBER, origin)
        title = composer.inline(act.title)
        yield Paragraph(title, Role.TITLE, origin)
        said = plain_text(title)
    else:
        heading: list[str | Atom] = [nature]
        heading += [" n°\u00a0", *_prefixed(act, number)] if number is not None else []
        yield Paragraph(line_of(heading), Role.TITLE, origin)
        yield Paragraph(line_of(_between(act, composer)), Role.SUBTITLE, origin)
    years = [str(year) for year in act.exercices]
    # a title given may already say them: « Protocole d'accord 2024-2026 »
    if years and not (years[0] in said and years[-1] in said):
        yield Paragraph((Text(_years(years)),), Role.SUBTITLE, origin)


def _years(years: Sequence[str]) -> str:
    """« (année 2024) », « (années 2024 et 2025) », « (années 2024 à 2026) »."""
    if len(years) == 1:
        return f"(année {years[0]})"
    return f"(années {years[0]} {'et' if len(years) == 2 else 'à'} {years[-1]})"


def line_of(parts: list[str | Atom]) -> Inlines:
    """Words and atoms joined like a text."""
    return Filler(Builder(())).line(parts)


def number_atom(act: ResolvedAct) -> Atom | None:
    """The number of the act, a blank when it is not known yet, None when it has none."""
    if isinstance(act.number, Unknown):
        return BlankAtom("numero", act.number.hint or "numéro")
    return Word(act.number, None, "texte", "numero", act.number) if act.number else None


def _prefixed(act: ResolvedAct, number: Atom) -> tuple[str | Atom, ...]:
    return (f"{act.number_prefix} ", number) if act.number_prefix else (number,)


def _between(act: ResolvedAct, composer: Composer, said: str = "") -> list[str | Atom]:
    """« entre le Département … et l'association … relative à la désignation … »; the object unless it is said."""
    parts: list[str | Atom] = ["entre "]
    count = len(act.parties)
    for index, party in enumerate(act.parties):
        if index:
            parts.append(" et " if index == count - 1 else ", ")
        parts.append(name_atom(party))
    if act.object is not None:
        # "à" + "la désignation" never contracts wrongly: the object is a noun phrase with its article
        inlines = composer.inline(act.object, capital=False)
        if plain_text(inlines) in said:
            return parts
        relative = agree("relatif", act.noun.agreement)
        parts += [f" {relative} ", NodesAtom(_contracted(inlines))]
    return parts


def _contracted(inlines: Inlines) -> Inlines:
    """« à » joined to the article that opens the object: « au », « aux », « à la », « à l' »."""
    first = inlines[0] if inlines else None
    if not isinstance(first, Text):
        return (Text("à "), *inlines)
    for article, joined in (("le ", "au "), ("les ", "aux ")):
        if first.text.startswith(article):
            return (Text(joined + first.text[len(article) :]), *inlines[1:])
    return (Text(f"à {first.text}"), *inlines[1:])


def plain_title(act: ResolvedAct) -> str:
    """The title on one line, for the header and the properties of files."""
    names = [str(party.short) for party in act.parties]
    between = ", ".join(names[:-1]) + (" et " if len(names) > 1 else "") + (names[-1] if names else "")
    head = f"{capitalise(act.nature)}"
    return typeset(f"{head} entre {between}" if between else head)


def visas_zone(act: ResolvedAct, composer: Composer) -> tuple[Block, ...]:
    """The zone « visas »: « Vu … ; » then « . » after the last one."""
    last = len(act.visas) - 1
    return tuple(_visa(source, composer, rank == last) for rank, source in enumerate(act.visas))


def _visa(source: TextSource, composer: Composer, last: bool) -> Paragraph:
    said = composer.inline(source, capital=False)
    visas, use = composer.cache.visas, (last, source.place)
    found = visas.find(said, use)
    if found is None:
        line = (Text("Vu "), *said, Text("." if last else "\u202f;"))
        origin = Origin(source.place.file, source.place.line, what="définition")
        found = visas.keep(said, use, Paragraph(line, Role.VISA, origin))
    return found


def formula_zone(act: ResolvedAct) -> tuple[Block, ...]:
    """The zone « convenu »."""
    text = _FORMULAS.get(act.opening, act.opening)
    return (Paragraph((Text(typeset(text)),), Role.FORMULA),) if text else ()


def preamble_zone(act: ResolvedAct, composer: Composer) -> tuple[Block, ...]:
    """The zone « preambule »: an unnumbered division."""
    if act.preamble is None:
        return ()
    origin = Origin(act.preamble.place.file, act.preamble.place.line, what=act.preamble.what)
    return (Division("preambule", 1, (Text("Préambule"),), composer.blocks(act.preamble), None, "", origin),)


def contents_zone() -> tuple[Block, ...]:
    """The zone « sommaire »."""
    return (TableOfContents(),)


def frame_zone(act: ResolvedAct, composer: Composer) -> tuple[Block, ...]:
    """The zone « cartouche »: framed lines at the head of the act."""
    out: list[Block] = []
    for line in act.frame:
        if line.number:
            number = number_atom(act)
            if number is not None:
                parts = [f"{capitalise(act.nature)} n°\u00a0", *_prefixed(act, number)]
                out.append(Paragraph(line_of(parts), Role.FRAME))
        elif line.text is not None:
            out.append(Paragraph(composer.inline(line.text), Role.FRAME))
        elif line.imputations:
            out += _imputations(composer, line.imputations)
    return tuple(out)


def _named(composer: Composer, name: str) -> object:
    """A dotted name of the context (`jeu.axes`)."""
    first, *rest = name.split(".")
    found = composer.context.get(first)
    for part in rest:
        if not isinstance(found, View):
            return None
        try:
            found = found.field(part)
        except KeyError:
            return None
    return found


def _imputations(composer: Composer, name: str) -> Iterator[Block]:
    """One paragraph per imputation, saying which items of the group bear it."""
    group = _named(composer, name)
    if not isinstance(group, GroupView):
        return
    gathered: dict[tuple[tuple[str, str], ...], list[str]] = {}
    values: dict[tuple[tuple[str, str], ...], ImputationValue] = {}
    for item in group:
        value = item.item.fields.get("imputation")
        if isinstance(value, ImputationValue):
            gathered.setdefault(value.lines, []).append(item.number)
            values.setdefault(value.lines, value)
    noun = group.value.phrase.noun if group.value.phrase else "élément"
    for lines, numbers in gathered.items():
        label = f"Imputation budgétaire, {noun}{'s' if len(numbers) > 1 else ''} {' et '.join(numbers)}\u00a0: "
        atom = ImputationView(values[lines]).atom()
        yield Paragraph(line_of([typeset(label), atom]), Role.FRAME)
