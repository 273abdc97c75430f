"""The changes said in words, and read back: what is not read back is said again at a coarser grain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from convgen.amend.changements.changements import Change, Delta, Pair, Term
from convgen.amend.changements.differer import Grain, diff, place_of
from convgen.amend.lire.lire import LectureError, read, same_lines
from convgen.amend.rediger import Options, Wording, word
from convgen.amend.texte.arbre import Part, Path, holds_unknown, parts_of
from convgen.amend.texte.imprime import ARTICLE, PrintedLine, heading_text, printed, printed_articles
from convgen.amend.texte.lieux import designate_part, index_of
from convgen.errors import DefinitionError, Diagnostic
from convgen.french.grammar import join_list

if TYPE_CHECKING:
    from convgen.amend.recueils.formules import Pack

_NEXT: Final = {None: Grain.ALINEA, Grain.WORDS: Grain.ALINEA, Grain.ALINEA: Grain.ARTICLE}
#: More attempts than a division has grains and ancestors: beyond, coarser sentences do not help.
_ATTEMPTS: Final = 40


@dataclass(frozen=True, slots=True)
class Proof:
    """Changes and their words, read back.

    Attributes:
        delta: The changes, with their causes.
        wording: Their words.
        coarser: The divisions that had to be said at a coarser grain.
    """

    delta: Delta
    wording: Wording
    coarser: Mapping[Path, Grain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why the words of an avenant are not those of the changes."""

    why: str
    paths: tuple[Path, ...]


def proved(
    base: Part,
    new: Part,
    pack: Pack,
    explain: Callable[[Delta], Delta],
    *,
    pairs: Sequence[Pair] = (),
    grain: Grain | None = None,
    options: Options | None = None,
    whole: frozenset[str] = frozenset(),
) -> Proof:
    """The changes, and words that give the new text back when they are read on the base.

    Args:
        base: The amendable tree of the text in force.
        new: That of the new version, with its final numbers.
        pack: The words.
        explain: Checks the changes and gives them their causes.
        pairs: Terms replaced in the whole text.
        grain: What is rewritten; None weighs the cost of each.
        options: How the changes are grouped.
        whole: The divisions whose text is not wholly known, by identifier.

    Raises:
        DefinitionError: AVE-20, even the whole articles are not read back.
    """
    before, after = printed(base), printed(new)
    coarser = _known_in_part(base, new, whole, pack)
    failure: _Failure | None = None
    for _ in range(_ATTEMPTS):
        delta = explain(diff(base, new, pairs, grain, coarser))
        wording = word(delta, base, new, pack, options or Options())
        failure = _failure(delta, wording, (base, new), (before, after), pack)
        if failure is None:
            return Proof(delta, wording, coarser)
        wider = _wider(coarser, failure.paths, base, grain)
        if wider == coarser:
            break
        coarser = wider
    raise _unsaid(failure, base, coarser)


def _known_in_part(base: Part, new: Part, whole: frozenset[str], pack: Pack) -> dict[Path, Grain]:
    """The grain of the divisions whose text is not wholly known: they are given again whole.

    A sentence replaces only what is known: where the new text has its « (...) » too, alinéas are said one by one.
    """
    unknown = {part.id for _, part in parts_of(new) if pack.manner != "pratique" and holds_unknown(part)}
    coarser = {path: Grain.ARTICLE for path, part in parts_of(base) if part.id in whole}
    coarser.update((path, Grain.ALINEA) for path, part in parts_of(base) if path and part.id in unknown)
    return coarser


def _failure(
    delta: Delta,
    wording: Wording,
    parts: tuple[Part, Part],
    lines: tuple[Sequence[PrintedLine], Sequence[PrintedLine]],
    pack: Pack,
) -> _Failure | None:
    said = printed_articles(wording.articles)
    try:
        got = read(said, lines[0], pack)
    except LectureError as error:
        where = [*_spoken_of(error, delta, wording, said), *_headed(error.place, *parts)]
        return _Failure(error.diagnostics[0].message, tuple(dict.fromkeys(where)) or _all(delta))
    heading = same_lines(got, lines[1])
    if heading is None:
        return None
    found = tuple(_headed(heading, *parts))
    return _Failure(f"le texte relu diffère de la nouvelle version sous « {heading} »", found or _all(delta))


def _spoken_of(error: LectureError, delta: Delta, wording: Wording, said: Sequence[PrintedLine]) -> Iterator[Path]:
    """The divisions of the changes that the article of the avenant at fault says."""
    headings = [line.text for line in said if line.style == ARTICLE]
    wanted = {
        change
        for heading, article in zip(headings, wording.articles, strict=True)
        if heading == error.heading
        for change in article.changes
    }
    yield from (_division(change) for change in delta.changes if change.id in wanted and not isinstance(change, Term))


def _division(change: Change) -> Path:
    return place_of(change).division  # that of an insertion is the part that receives it


def _headed(heading: str, base: Part, new: Part) -> Iterator[Path]:
    """The parts of the base under such a printed heading or name; those of the new text are found by identifier."""
    if not heading:
        return
    index = index_of(base)
    paths = {part.id: path for path, part in parts_of(base)}
    for path, part in parts_of(base):
        if path and heading in (heading_text(part), part.noun, designate_part(index, path).le):
            yield path
    for path, part in parts_of(new):
        if path and heading in (heading_text(part), part.noun):
            known = next((name for name in reversed(path) if name in paths), None)
            if known is not None:
                yield paths[known]


def _all(delta: Delta) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(_division(change) for change in delta.changes if not isinstance(change, Term)))


def _wider(coarser: Mapping[Path, Grain], paths: Sequence[Path], base: Part, grain: Grain | None) -> dict[Path, Grain]:
    """A coarser grain for these divisions: words, then alinéas, then the whole, then what holds it."""
    known = index_of(base).parts
    wider = dict(coarser)
    for path in paths:
        _widen(wider, path, known, grain)
    return wider


def _widen(wider: dict[Path, Grain], path: Path, known: Mapping[Path, Part], grain: Grain | None) -> None:
    for size in range(len(path), 0, -1):
        here = path[:size]
        now = wider.get(here, grain)
        if here in known and now is not Grain.ARTICLE:
            wider[here] = _NEXT[now]
            return


def _unsaid(failure: _Failure | None, base: Part, coarser: Mapping[Path, Grain]) -> DefinitionError:
    index = index_of(base)
    paths = (failure.paths if failure else ()) or tuple(coarser)
    places = [designate_part(index, path).le for path in dict.fromkeys(paths) if path in index.parts]
    where = f" : {join_list(places[:5])}" if places else ""
    return DefinitionError(
        Diagnostic(
            "AVE-20",
            f"une modification ne se dit avec certitude par aucune formule{where}",
            cause=failure.why if failure else "",
            remedy="Récrivez ce passage autrement dans la nouvelle version, ou essayez l'autre manière de rédiger : "
            "--formules pratique ou --formules legistique.",
        )
    )
