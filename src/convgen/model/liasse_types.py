"""What a liasse is once resolved, before its acts are composed. Only shapes live here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from convgen.errors import Place
from convgen.model.deliberation_types import ResolvedDeliberation


@dataclass(frozen=True, slots=True)
class Entry:
    """An annexe in its series.

    Attributes:
        id: the act or the foreign file.
        number: as printed (« 2 », « 1 bis »); typed by hand when `frozen`.
        title: typed by hand, else "".
        file: the foreign file as named from the root, "" for an act.
        path: where it is.
        instead: it is a file, and bears the identifier of an act of the workspace.
        listed: by the definition of the liasse, not by a decision.
        below: what is annexed to it.
    """

    id: str
    number: str = ""
    title: str = ""
    file: str = ""
    path: Path | None = None
    instead: bool = False
    listed: bool = False
    frozen: bool = False
    place: Place | None = None
    below: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """A délibération and its annexes, in order."""

    deliberation: ResolvedDeliberation
    entries: tuple[Entry, ...]

    @property
    def numbers(self) -> dict[str, str]:
        """The number of each annexe of the délibération itself, as its sentences cite it."""
        return {one.id: one.number for one in self.entries}

    def everything(self) -> Iterator[Entry]:
        """Every entry, at any depth, in the order of the document."""
        yield from _flat(self.entries)


def _flat(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    for one in entries:
        yield one
        yield from _flat(one.below)


@dataclass(frozen=True, slots=True)
class Sending:
    """What is typed for @CTES of one délibération."""

    number: str = ""
    department: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class ResolvedLiasse:
    """A liasse ready to be composed.

    Attributes:
        series: one for each délibération.
        pattern: « Annexe {n} ».
        continued: nested annexes are « 2.1 » rather than of the series of the act.
        shared: what has one copy only (« une seule »), True, or one for each parent, False.
        codes: the types of pieces for the préfecture, typed by hand.
        sendings: by délibération.
    """

    id: str
    title: str
    series: tuple[Series, ...]
    pattern: str = "Annexe {n}"
    continued: bool = False
    shared: Mapping[str, bool] = field(default_factory=dict)
    stamp: str = "discret"
    contents: bool = True
    outputs: tuple[str, ...] = ("docx", "pdf", "prefecture")
    codes: Mapping[str, str] = field(default_factory=dict)
    sendings: Mapping[str, Sending] = field(default_factory=dict)
    gabarit: str = "neutre"
    gabarit_place: Place | None = None
    mention: str = ""
    place: Place = field(default_factory=lambda: Place(""))
