"""Finds and loads the files of a workspace, each read once until it changes. No law lives here."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from convgen.errors import GabaritError, Place, Report, nearest, suggest
from convgen.model.deliberation_acts import facts_of, organe_name
from convgen.model.files import Asked, DeliberationFacts, Loaded, Registered, TableFile
from convgen.model.problems import validate
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
from convgen.model.schema.tableau import Tableaux
from convgen.model.schema.textes import Textes
from convgen.model.tables.sheets import sheet_of
from convgen.source.confine import Named, confined, inside
from convgen.source.folders import Declared, Listing, by_declared, list_files, misnamed
from convgen.source.front_matter import split_front_matter
from convgen.source.kinds import FOLDERS, NAME_ONE, NAMED, NOT_CLAUSES, SAID, other_kind
from convgen.source.sheets import Sheet
from convgen.source.yaml import MappingNode, load_yaml, read_text
from convgen.workspace.doubles import register, report_double, report_name
from convgen.workspace.remembered import Remembered, Stamp, stamp_of
from convgen.workspace.root import MARK
from convgen.workspace.signed_days import as_signed

NOBODY = Asked()
ModelT = TypeVar("ModelT", bound=BaseModel)

_KEPT = 400
_DECLARED = re.compile(r"^convention:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace. Files are loaded when asked for, and again only when their size or date changes."""

    root: Path
    _files: dict[Path, tuple[Stamp, Loaded[Any]]] = field(default_factory=dict, compare=False, repr=False)
    _indexes: dict[str, Listing] = field(default_factory=dict, compare=False, repr=False)
    _registry: dict[str, tuple[tuple[int, ...], Mapping[str, Registered]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    _heads: dict[str, tuple[tuple[tuple[Path, int], ...], tuple[Declared, ...]]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _seen: dict[object, Any] | None = field(default=None, compare=False, repr=False)

    def snapshot(self) -> Workspace:
        """The same workspace, whose files are each looked at once: one act is made from one state."""
        return replace(self, _seen={})

    def remember(self, loaded: Loaded[Convention], key: str, value: object) -> None:
        """Keep what was made of a definition and of every file that this snapshot has looked at."""
        seen = self._seen or {}
        stamps = tuple((path, self._files[path][0]) for path in seen if isinstance(path, Path) and path in self._files)
        listings = tuple(one for one in seen.values() if isinstance(one, Listing))
        loaded.memo[key] = Remembered(stamps, listings, value)

    def recall(self, loaded: Loaded[Convention], key: str) -> object | None:
        """What was remembered under a key, None when a file it was made from has changed since."""
        kept = loaded.memo.get(key)
        if not isinstance(kept, Remembered) or not all(one.is_current() for one in kept.listings):
            return None
        return kept.value if all(stamp_of(path) == stamp for path, stamp in kept.stamps) else None

    # --- files by kind --------------------------------------------------------------------------------

    def espace(self, report: Report) -> Espace:
        """`convgen.yaml`; the defaults when it is wrong."""
        loaded = self._load(self.root / MARK, Espace, report)
        return loaded.model if loaded is not None and loaded.model is not None else Espace()

    def definition(self, name: str | Path, report: Report) -> Loaded[Convention] | None:
        """A convention, by identifier, or by path (from the root, from the current folder, or absolute)."""
        path = self.definition_path(name, report)
        return None if path is None else self._load(path, Convention, report)

    def avenant(self, name: str | Path, report: Report) -> Loaded[Avenant] | None:
        """An avenant, by identifier or by path (FIC-01)."""
        is_path, path = self._typed_path(name, report)
        if is_path:
            return None if path is None else self._load(path, Avenant, report)
        return self._by_id("avenant", str(name), Avenant, "FIC-01", "avenant inconnu", NOBODY, report)

    def avenants(self) -> tuple[Loaded[Avenant], ...]:
        """Every avenant, by the name of its file; what is wrong in one is in its own diagnostics."""
        paths = [path for _, found in sorted(self._index("avenant").files.items()) for path in found]
        return tuple(one for path in paths if (one := self._load(path, Avenant, Report())) is not None)

    def modele(self, name: str, asked: Asked, report: Report) -> Loaded[Modele] | None:
        """A modèle (DEF-06)."""
        return self._by_id("modele", name, Modele, "DEF-06", "modèle inconnu", asked, report)

    def organisme(self, name: str, asked: Asked, report: Report) -> Loaded[Organisme] | None:
        """An organisme (DEF-08)."""
        return self._by_id("organisme", name, Organisme, "DEF-08", "organisme inconnu", asked, report)

    def clause_versions(self, name: str, report: Report) -> tuple[Loaded[Clause], ...]:
        """Every version of a clause: `id.md`, then `id@version.md` by name."""
        key = f"clause {name}"
        if self._seen is not None and key in self._seen:
            return cast("tuple[Loaded[Clause], ...]", self._seen[key])
        found: list[Loaded[Clause]] = []
        before = len(report.diagnostics)
        for stem, paths in self._index("clause").versions.get(name, ()):
            report_double("clause", stem, self._relatives(paths), report)
            loaded = self._load(paths[0], Clause, report)
            if loaded is not None:
                self._check_name(loaded, "clause", name, report)
                found.append(loaded)
        versions = tuple(sorted(found, key=lambda one: ("@" in one.file, one.file)))
        if self._seen is not None and len(report.diagnostics) == before:
            self._seen[key] = versions
        return versions

    def textes(self, report: Report) -> Mapping[str, Registered]:
        """The registry of official texts, every file together. FIC-09 when two files define one id."""
        if self._seen is not None and "registre" in self._seen:
            return cast("Mapping[str, Registered]", self._seen["registre"])
        before = len(report.diagnostics)
        registry = self._registered(report)
        if self._seen is not None and len(report.diagnostics) == before:
            self._seen["registre"] = registry
        return registry

    def _registered(self, report: Report) -> Mapping[str, Registered]:
        loaded = [self._load(paths[0], Textes, report) for paths in self._index("textes").files.values()]
        key = tuple(id(one) for one in loaded)
        kept = self._registry.get("textes")
        if kept is not None and kept[0] == key:
            return kept[1]
        registry: dict[str, Registered] = {}
        for one in loaded:
            if one is not None:
                register(one, registry, report)
        self._registry["textes"] = (key, registry)
        return registry

    def deliberation(self, name: str, report: Report) -> DeliberationFacts | None:
        """What an act takes from a délibération that authorises it; None when its file does not exist."""
        paths = self._index("deliberation").files.get(name)
        loaded = self._load(paths[0], Deliberation, report) if paths else None
        if loaded is None or loaded.model is None:
            return None
        facts = facts_of(name, loaded.model)
        owner = facts.organisme or str(self.espace(Report()).organisme or "")
        return replace(facts, organe=organe_name(facts.organe, owner, self)) if owner and facts.organe else facts

    def deliberation_path(self, name: str) -> Path | None:
        """The file of a délibération, by its identifier."""
        return next(iter(self._index("deliberation").files.get(name, ())), None)

    def deliberations(self) -> tuple[DeliberationFacts, ...]:
        """What every délibération says of the acts it authorises, by the name of its file; wrong ones are left out."""
        return tuple(one for name in self.ids("deliberation") if (one := self.deliberation(name, Report())) is not None)

    def deliberation_file(self, name: str | Path, report: Report) -> Loaded[Deliberation] | None:
        """A délibération, by identifier or by path (FIC-01)."""
        is_path, path = self._typed_path(name, report)
        if is_path:
            return None if path is None else self._load(path, Deliberation, report)
        return self._by_id("deliberation", str(name), Deliberation, "FIC-01", "délibération inconnue", NOBODY, report)

    def arrete_file(self, name: str | Path, report: Report) -> Loaded[Arrete] | None:
        """An arrêté, by identifier or by path (FIC-01)."""
        is_path, path = self._typed_path(name, report)
        if is_path:
            return None if path is None else self._load(path, Arrete, report)
        return self._by_id("arrete", str(name), Arrete, "FIC-01", "arrêté inconnu", NOBODY, report)

    def liasse_file(self, name: str | Path, report: Report) -> Loaded[Liasse] | None:
        """A liasse, by identifier or by path (FIC-01)."""
        is_path, path = self._typed_path(name, report)
        if is_path:
            return None if path is None else self._load(path, Liasse, report)
        return self._by_id("liasse", str(name), Liasse, "FIC-01", "liasse inconnue", NOBODY, report)

    def jeu(self, name: str, asked: Asked, report: Report) -> Loaded[Jeu] | None:
        """A jeu (DEF-22)."""
        return self._by_id("jeu", name, Jeu, "DEF-22", "jeu inconnu", asked, report)

    def tableaux(self, report: Report) -> Mapping[str, tuple[TableFile, ...]]:
        """The tables of `conventions/annexes`, by identifier."""
        found: dict[str, tuple[TableFile, ...]] = {}
        for paths in self._index("annexes").files.values():
            loaded = self._load(paths[0], Tableaux, report)
            model = loaded.model if loaded is not None else None
            for name, spec in (model.tableaux if model is not None else {}).items():
                found[name] = (*found.get(name, ()), TableFile(spec, self.relative(paths[0])))
        return found

    def sheet(self, name: str, sheet: str, heading: int, asked: Asked, report: Report) -> Sheet | None:
        """The table of a .csv or .xlsx file, confined to the workspace, read once until it changes."""
        path = self.resolve_path(name, report, asked)
        if path is None:
            return None
        kept, stamp = self._files.get(path), stamp_of(path)
        if kept is None or stamp is None or kept[0] != stamp:
            kept = (stamp or (0, -1), Loaded(name, None, None))
            self._files[path] = kept
        if self._seen is not None:
            self._seen[path] = kept[1]
        return sheet_of(kept[1], path, report, sheet, heading)

    def ids(self, kind: str) -> tuple[str, ...]:
        """The identifiers of a kind, sorted; versions of a clause count once."""
        if kind == "textes":
            return tuple(sorted(self.textes(Report())))
        return tuple(sorted({stem.split("@")[0] for stem in self._index(kind).files}))

    def gabarit_folder(self, name: str, place: Place | None = None) -> Path:
        """The folder of a gabarit, named at `place`.

        Raises:
            GabaritError: FIC-02 or FIC-03, a folder or a file out of the workspace; GAB-01, none of that name.
        """
        report, asked = Report(), Asked(place, "gabarit")
        paths = [f"templates/gabarits/{name}{part}" for part in ("", "/gabarit.docx", "/charte.yaml")]
        folder, mark, _ = (None if report.errors else self.resolve_path(path, report, asked) for path in paths)
        if mark is not None and not mark.is_file():
            known = [one.parent.name for one in (self.root / "templates" / "gabarits").glob("*/gabarit.docx")]
            remedy = suggest(name, known, "Gabarits", "Copiez-y un gabarit livré avec convgen.")
            report.error("GAB-01", f"gabarit introuvable : {paths[1]}", place, "gabarit", remedy=remedy)
        report.raise_if_errors(GabaritError)
        return folder or self.root

    def check_unique(self, kind: str, report: Report) -> None:
        """Report identifiers that two files declare (FIC-09), and files that declare another than their name (DEF-05).

        A convention may be in a file of any name.
        """
        listing = self._declared() if kind == "convention" else self._index(kind)
        for name in listing.doubles:
            report_double(kind, name, self._relatives(listing.files[name]), report)
        for one in self._misnamed(kind) if kind != "convention" else ():
            place, holders = Place(self.relative(one.path), one.line, one.column), listing.files.get(one.name)
            if holders:
                report_double(kind, one.name, self._relatives((holders[0], one.path)), report, place)
            else:
                report_name(one.name, place, kind, report)

    def _misnamed(self, kind: str) -> tuple[Declared, ...]:
        """The heads of the files of a kind, looked at again when a folder has gained or lost a file."""
        listing = self._index(kind)
        kept = self._heads.get(kind)
        if kept is None or kept[0] != listing.folders:
            kept = self._heads[kind] = (listing.folders, misnamed(listing, kind))
        return kept[1]

    # --- paths ----------------------------------------------------------------------------------------

    def relative(self, path: Path) -> str:
        """A path as messages name it."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.name

    def _relatives(self, paths: Iterable[Path]) -> tuple[str, ...]:
        return tuple(self.relative(path) for path in paths)

    def resolve_path(self, name: str, report: Report, asked: Asked = NOBODY) -> Path | None:
        """A path named in a file of the workspace: never outside it, by `..`, by an absolute name or by a link."""
        return inside(self.root, Named(name, asked.place, asked.path), report)

    def definition_path(self, name: str | Path, report: Report) -> Path | None:
        """The file of a convention named by its path or its identifier, None (and an error) when there is none."""
        is_path, path = self._typed_path(name, report)
        if is_path:
            return path
        text = str(name)
        paths = self._index("convention").files.get(text) or self._declared().files.get(text)
        if paths:
            return paths[0]
        known = self.ids("convention")
        other = next((said for kind, said in SAID.items() if kind in NAMED and text in self.ids(kind)), "")
        cause = f"« {text} » est {other}." if other else ""
        message = f"aucune convention ne s'appelle « {text} »"
        report.error("FIC-01", message, cause=cause, remedy=suggest(text, known, "Conventions"))
        return None

    def _typed_path(self, name: str | Path, report: Report) -> tuple[bool, Path | None]:
        """Whether a name is a path, and the file; None (and an error) when it leads out of the workspace."""
        text = str(name)
        if not (isinstance(name, Path) or "/" in text or "\\" in text or text.endswith((".yaml", ".yml"))):
            return False, None
        here = Path(os.path.abspath(text))  # noqa: PTH100 - see find_workspace
        if here.is_relative_to(self.root) and (here.exists() or Path(text).is_absolute()):
            return True, confined(self.root, here, Named(text), report)
        return True, self.resolve_path(text, report)

    # --- loading --------------------------------------------------------------------------------------

    def _by_id(
        self, kind: str, name: str, model: type[ModelT], code: str, message: str, asked: Asked, report: Report
    ) -> Loaded[ModelT] | None:
        paths = self._index(kind).files.get(name)
        if not paths:
            known = self.ids(kind)
            remedy = suggest(name, known, "Identifiants possibles")
            if nearest(name, known) is None:
                remedy = f"{remedy} Créez {FOLDERS[kind][0]}/{name}.yaml s'il manque.".strip()
            report.error(code, f"{message} : « {name} »", asked.place, asked.path, remedy=remedy)
            return None
        loaded = self._load(paths[0], model, report)
        if loaded is not None:
            self._check_name(loaded, kind, name, report)
        return loaded

    def _check_name(self, loaded: Loaded[ModelT], kind: str, name: str, report: Report) -> None:
        declared = getattr(loaded.model, kind, None)
        if declared is not None and declared != name:
            report_name(declared, declared.place, kind, report)

    def _load(self, path: Path, model: type[ModelT], report: Report) -> Loaded[ModelT] | None:
        if self._seen is not None and path in self._seen:
            return cast("Loaded[ModelT]", self._seen[path])
        kept = self._files.get(path)
        stamp = stamp_of(path)
        if kept is None or stamp is None or kept[0] != stamp:
            loaded = as_signed(self._read(path, model), path)
            if stamp is None:
                report.extend(loaded.diagnostics)
                return None
            kept = (stamp, loaded)
            self._files[path] = kept
            if len(self._files) > _KEPT:
                # A long run reads each definition once: the oldest makes room, and memory stays flat.
                self._files.pop(next(iter(self._files)))
        report.extend(kept[1].diagnostics)
        if self._seen is not None and not kept[1].diagnostics:
            self._seen[path] = kept[1]
        return cast("Loaded[ModelT]", kept[1])

    def _read(self, path: Path, model: type[ModelT]) -> Loaded[ModelT]:
        report = Report()
        file = self.relative(path)
        within = confined(self.root, path, Named(file), report)
        text = read_text(within, file, report) if within is not None else None
        if text is None:
            return Loaded(file, None, None, diagnostics=tuple(report))
        body, body_place = "", Place(file)
        if path.suffix == ".md":
            parts = split_front_matter(text, file, report)
            node = None
            if parts is not None:
                node, body, body_place = parts
        else:
            node = load_yaml(text, file, report)
        if node is None:
            return Loaded(file, None, None, diagnostics=tuple(report))
        other = other_kind(self.root, path, node) if model is Convention else ""
        if other:
            report.error("DEF-03", f"ce fichier est {other}, pas une convention", Place(file), remedy=NAME_ONE)
            return Loaded(file, None, None, diagnostics=tuple(report))
        checked, aside = validate(model, node, report)
        mapping = node if isinstance(node, MappingNode) else None
        return Loaded(file, checked, mapping, aside, tuple(report), body, body_place)

    # --- indexes --------------------------------------------------------------------------------------

    def _index(self, kind: str) -> Listing:
        kept = self._indexes.get(kind)
        if kept is not None and ((self._seen is not None and self._seen.get(kind) is kept) or kept.is_current()):
            made = kept
        else:
            folder, suffix, deep = FOLDERS[kind]
            made = list_files(self.root / folder, suffix, deep=deep, without=NOT_CLAUSES)
            self._indexes[kind] = made
        if self._seen is not None:
            self._seen[kind] = made
        return made

    def _declared(self) -> Listing:
        """The conventions by the identifier they declare."""
        index = self._index("convention")
        kept = self._indexes.get("déclarées")
        if kept is None or kept.folders != index.folders:
            kept = by_declared(index, _DECLARED)
            self._indexes["déclarées"] = kept
        return kept
