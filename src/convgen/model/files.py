"""What the model asks of the workspace: loaded files, by kind and identifier. `convgen.workspace` answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from convgen.errors import Diagnostic, Place, Report
from convgen.model.schema.arrete import Arrete
from convgen.model.schema.avenant import Avenant
from convgen.model.schema.clause import Clause
from convgen.model.schema.convention import Convention
from convgen.model.schema.deliberation import Deliberation
from convgen.model.schema.espace import Espace
from convgen.model.schema.jeu import Jeu
from convgen.model.schema.liasse import Liasse
from convgen.model.schema.modele import Modele
from convgen.model.schema.organisme import Organisme
from convgen.model.schema.tableau import Tableau
from convgen.model.schema.textes import TexteOfficiel
from convgen.source.sheets import Sheet
from convgen.source.yaml import MappingNode

ModelT_co = TypeVar("ModelT_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Loaded(Generic[ModelT_co]):
    """A file once read and checked.

    Attributes:
        file: its name from the root.
        model: its content, None when nothing of it could be kept.
        node: its YAML.
        aside: top-level keys that were wrong and set aside.
        diagnostics: what its reading reported; given again to each report that uses the file.
        body: the text after the front matter, for a clause.
        body_place: where that text starts.
        memo: what later stages have worked out of this file and would work out again.
    """

    file: str
    model: ModelT_co | None
    node: MappingNode | None
    aside: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()
    body: str = ""
    body_place: Place = field(default_factory=lambda: Place(""))
    memo: dict[str, object] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for an identifier: where the diagnostic goes when nothing answers."""

    place: Place | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """An official text of the registry, and its file; `said` are its wordings, by the title they give it."""

    id: str
    text: TexteOfficiel
    place: Place
    said: dict[str | None, str] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DeliberationFacts:
    """What an act takes from a délibération that authorises it."""

    id: str
    organe: str
    day: date | None
    number: str
    organisme: str = ""  # "" for that of convgen.yaml
    authorised: tuple[str, ...] = ()  # the acts that it allows to sign


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table of `conventions/annexes`, and its file."""

    spec: Tableau
    file: str


class Files(Protocol):
    """The files of a workspace. Every method reports what is wrong and gives None instead of raising."""

    @property
    def root(self) -> Path:
        """The root folder."""
        ...

    def snapshot(self) -> Files:
        """The same files, each looked at once however often it is asked for: one act is made from one state."""
        ...

    def espace(self, report: Report) -> Espace:
        """`convgen.yaml`."""
        ...

    def definition(self, name: str | Path, report: Report) -> Loaded[Convention] | None:
        """A convention, by path or identifier."""
        ...

    def avenant(self, name: str | Path, report: Report) -> Loaded[Avenant] | None:
        """An avenant, by path or identifier."""
        ...

    def avenants(self) -> tuple[Loaded[Avenant], ...]:
        """Every avenant of the workspace."""
        ...

    def modele(self, name: str, asked: Asked, report: Report) -> Loaded[Modele] | None:
        """A modèle (DEF-06)."""
        ...

    def organisme(self, name: str, asked: Asked, report: Report) -> Loaded[Organisme] | None:
        """An organisme (DEF-08)."""
        ...

    def clause_versions(self, name: str, report: Report) -> tuple[Loaded[Clause], ...]:
        """Every version of a clause, none for an unknown one."""
        ...

    def textes(self, report: Report) -> Mapping[str, Registered]:
        """The registry of official texts."""
        ...

    def deliberation(self, name: str, report: Report) -> DeliberationFacts | None:
        """A délibération, None when its file does not exist."""
        ...

    def deliberations(self) -> tuple[DeliberationFacts, ...]:
        """Every délibération of the workspace."""
        ...

    def deliberation_file(self, name: str | Path, report: Report) -> Loaded[Deliberation] | None:
        """The whole definition of a délibération, by path or identifier."""
        ...

    def arrete_file(self, name: str | Path, report: Report) -> Loaded[Arrete] | None:
        """An arrêté, by path or identifier."""
        ...

    def liasse_file(self, name: str | Path, report: Report) -> Loaded[Liasse] | None:
        """A liasse, by path or identifier."""
        ...

    def jeu(self, name: str, asked: Asked, report: Report) -> Loaded[Jeu] | None:
        """A jeu (DEF-22)."""
        ...

    def tableaux(self, report: Report) -> Mapping[str, tuple[TableFile, ...]]:
        """The tables of `conventions/annexes`, by identifier."""
        ...

    def sheet(self, name: str, sheet: str, heading: int, asked: Asked, report: Report) -> Sheet | None:
        """The table of a .csv or .xlsx file, confined to the workspace, read once until it changes."""
        ...

    def ids(self, kind: str) -> tuple[str, ...]:
        """The identifiers of a kind: convention, modele, organisme, clause, deliberation."""
        ...

    def resolve_path(self, name: str, report: Report, asked: Asked) -> Path | None:
        """A file named in a definition, confined to the workspace (FIC-02, FIC-03)."""
        ...

    def recall(self, loaded: Loaded[Convention], key: str) -> object | None:
        """What was remembered under a key, None when a file it was made from has changed since."""
        ...

    def remember(self, loaded: Loaded[Convention], key: str, value: object) -> None:
        """Keep what was made of a definition and of every file that this snapshot has looked at."""
        ...

    def check_unique(self, kind: str, report: Report) -> None:
        """Report identifiers declared twice (FIC-09)."""
        ...
