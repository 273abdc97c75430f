"""The tables of an act, each made once, when something reads it; and the jeu they read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from convgen.errors import Place, Report, fold, suggest
from convgen.model.expressions import UnknownNameError
from convgen.model.files import Asked, Files, TableFile
from convgen.model.merge import Merged
from convgen.model.reserved import blank, is_none
from convgen.model.schema.tableau import Tableau
from convgen.model.scope import Steppable
from convgen.model.tables.build import Request, build_table
from convgen.model.tables.jeu import JeuData, read_jeu
from convgen.model.tables.rules import check_jeu
from convgen.model.tables.table import Names, TableData, TableNames, like
from convgen.model.values import DataValue, Unknown
from convgen.source.sheets import Sheet
from convgen.source.yaml import PlacedText

_NAMED = re.compile(r"\btableau(?:\.|\[[\"'])([\w-]+)")


@dataclass(frozen=True, slots=True)
class Described:
    """A table before it is made: its description, and where it is written."""

    spec: Tableau
    file: str
    path: str


@dataclass(slots=True)
class Tables(Steppable):
    """The tables that an act may print or read.

    Attributes:
        own: those of the definition, then of the modèle.
        jeu_id: the jeu of the act, "" for none.
        data: the data of the act, once computed; tables made before read none.
        waiting: the jeu is « à compléter »: it and its tables are blanks.
    """

    files: Files
    report: Report
    own: Mapping[str, Described]
    jeu_id: str = ""
    jeu_asked: Asked = field(default_factory=Asked)
    exercices: tuple[int, ...] = ()
    data: Mapping[str, DataValue] = field(default_factory=dict)
    made: dict[str, TableData | None] = field(default_factory=dict)
    running: list[str] = field(default_factory=list)
    jeux: dict[str, JeuData | None] = field(default_factory=dict)
    listed: Mapping[str, tuple[TableFile, ...]] | None = None
    waiting: bool = False

    def again(self, files: Files, report: Report) -> Tables:
        """The same tables, none made yet: their files are looked at again, their problems said in this report."""
        return replace(self, files=files, report=report, made={}, running=[], jeux={}, listed=None)

    # --- jeux -----------------------------------------------------------------------------------------

    def jeu(self, name: str = "", asked: Asked | None = None) -> JeuData | None:
        """A jeu by its identifier, the act's own by default; None when there is none, or after a problem."""
        wanted = name or self.jeu_id
        if not wanted:
            return None
        if wanted not in self.jeux:
            loaded = self.files.jeu(wanted, asked or self.jeu_asked, self.report)
            found = read_jeu(loaded, self.report) if loaded is not None else None
            self.jeux[wanted] = found
            if found is not None and loaded is not None:
                self._checked(found, loaded.memo)
        return self.jeux[wanted]

    def _checked(self, jeu: JeuData, memo: dict[str, object]) -> None:
        kept = memo.get("regles")
        if not isinstance(kept, tuple):
            own = Report()
            check_jeu(jeu, own)
            kept = memo["regles"] = tuple(own)
        self.report.extend(kept)

    def names(self, jeu: JeuData | None) -> Names:
        """What the tables of a jeu may read: the act's data under the lists of the jeu."""
        names: dict[str, object] = {"exercices": self.exercices, **self.data}
        if jeu is not None:
            names |= {name: one for name, one in jeu.names.items() if name != "exercices" or jeu.exercices}
        return names

    # --- tables ---------------------------------------------------------------------------------------

    def table(self, name: str, asked: Asked | None = None) -> TableData | None:
        """A table by its identifier, made at the first call; None after a problem, which is reported."""
        described = self._described(name)
        if described is None:
            asked = asked or Asked()
            remedy = suggest(name, self.ids(), "Tableaux")
            self.report.error("DEF-23", f"tableau inconnu : « {name} »", asked.place, asked.path, remedy=remedy)
            return None
        ident = described[0]
        if ident in self.made:
            return self.made[ident]
        if ident in self.running:
            chain = " → ".join([*self.running[self.running.index(ident) :], ident])
            place = described[1].spec.place
            self.report.error("DON-11", f"Calcul circulaire : {chain}", place, described[1].path)
            return None
        self.running.append(ident)
        try:
            self.made[ident] = self._make(ident, described[1])
        finally:
            self.running.pop()
        return self.made[ident]

    def _make(self, ident: str, described: Described) -> TableData | None:
        spec = described.spec
        jeu = self.jeu()
        if spec.jeu is not None:
            jeu = self.jeu(str(spec.jeu), Asked(spec.jeu.place, f"{described.path}.jeu"))
            if jeu is None:
                return None
        names = {**self.names(jeu), "tableau": self}
        funders = frozenset(fold(one) for one in jeu.funders) if jeu is not None else frozenset()
        place = spec.place or Place(described.file)
        return build_table(Request(ident, spec, described.path, names, funders, self.report, self._sheet, place))

    def _sheet(self, name: PlacedText, sheet: str, heading: int, path: str) -> Sheet | None:
        """The table of a file, named from the root of the workspace."""
        return self.files.sheet(str(name).strip(), sheet, heading, Asked(name.place, path), self.report)

    def prepare(self, texts: Iterable[str]) -> None:
        """Make the tables of the act and those that its texts name, so that nothing is left to read afterwards."""
        named = {found for text in texts if "tableau" in text for found in _NAMED.findall(text)}
        wanted = (*self.own, *(name for name in sorted(named) if self._described(name) is not None))
        for name in wanted if not self.waiting else ():
            self.table(name)

    def _described(self, name: str) -> tuple[str, Described] | None:
        own = like(name, self.own)
        if own is not None:
            return own, self.own[own]
        found = like(name, self._listed())
        if found is None:
            return None
        candidates = self._listed()[found]
        ours = [one for one in candidates if str(one.spec.jeu or "") == self.jeu_id] or list(candidates)
        if len(ours) > 1:
            files = ", ".join(one.file for one in ours)
            remedy = "Donnez à chacun son identifiant."
            message = f"le tableau « {found} » est décrit plusieurs fois : {files}"
            self.report.error("FIC-09", message, ours[1].spec.place, remedy=remedy)
        return found, Described(ours[0].spec, ours[0].file, f"tableaux.{found}")

    def _listed(self) -> Mapping[str, tuple[TableFile, ...]]:
        if self.listed is None:
            self.listed = self.files.tableaux(self.report)
        return self.listed

    def ids(self) -> tuple[str, ...]:
        """The identifiers of every table the act may read."""
        return tuple(dict.fromkeys((*self.own, *self._listed())))

    # --- names in expressions -------------------------------------------------------------------------

    def step(self, part: str) -> object:
        """`tableau.financier`: what expressions read of it; a table with a problem is a blank."""
        if self._described(part) is None:
            raise UnknownNameError(part, self.ids())
        table = self.table(part)
        return Unknown(f"tableau.{part}", f"tableau « {part} »") if table is None else TableNames(table)

    def final(self) -> object:
        """A table must be chosen."""
        raise UnknownNameError("tableau", self.ids())


def make_tables(merged: Merged, files: Files, report: Report) -> Tables:
    """The tables of an act, none made yet."""
    own: dict[str, Described] = {}
    for layer, file in ((merged.modele, "modèle"), (merged.definition, "définition")):
        for name, spec in ((layer.tableaux if layer is not None else None) or {}).items():
            own[name] = Described(spec, file, f"tableaux.{name}")
    found = merged.layer("jeu")
    text = found[0].jeu if found is not None else None
    waiting = text is not None and blank(text, "jeu") is not None
    exercices = merged.layer("exercices")
    years = tuple((exercices[0].exercices or ()) if exercices is not None else ())
    if text is None or waiting or is_none(text):
        return Tables(files, report, own, exercices=years, waiting=waiting)
    return Tables(files, report, own, str(text).strip(), Asked(text.place, "jeu"), years)
