"""The order and the numbers of the annexes: drawn from the decisions, then moved and added to as the liasse says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from convgen.errors import Place, Report, suggest
from convgen.model.deliberation_types import ResolvedDeliberation
from convgen.model.files import Asked, Files
from convgen.model.liasse_types import Entry, Series
from convgen.model.schema.liasse import Liasse, Piece, Placement

#: The whole number that opens « 1 bis ».
LEADING = re.compile(r"\d+")
#: « 3 », « 3 bis », « A », « A.1 », « IV ».
_NUMBER = re.compile(
    r"(?:\d{1,4}|[A-Z]{1,5})(?:[.-]?(?:\d{1,3}|[A-Za-z]))*"
    r"(?:[ -](?:bis|ter|quater|quinquies|sexies|septies|octies|nonies|decies)(?: [A-Z])?)?"
)


def series_of(
    model: Liasse, deliberations: Sequence[ResolvedDeliberation], files: Files, report: Report
) -> list[Series]:
    """The annexes of each délibération, numbered.

    Args:
        model: the liasse.
        deliberations: what they are annexed to.
        files: the workspace, where the foreign files are.
        report: receives LIA-01 for what cannot be placed, LIA-12 for two annexes of one number.
    """
    start = model.numerotation.depart if model.numerotation is not None else None
    placed = _Placed(model, files, report, {one.id: one for one in deliberations})
    placed.from_decisions()
    placed.listed()
    placed.added()
    placed.moved()
    made = []
    for one in deliberations:
        entries = numbered(placed.entries(one.id), 1 if start is None else start, report)
        made.append(Series(one, entries))
    return made


def numbered(entries: Iterable[Entry], start: int, report: Report) -> tuple[Entry, ...]:
    """The entries with their numbers; one typed by hand (« 1 bis », « 7 ») is followed by the next whole number."""
    made: list[Entry] = []
    last = start - 1
    for one in entries:
        if one.frozen:
            found = LEADING.match(one.number)
            last = max(last, int(found[0])) if found else last
            number = one.number
        else:
            last += 1
            number = str(last)
        twin = next((other for other in made if other.number == number), None)
        if twin is not None:
            message = f"« {twin.id} » et « {one.id} » seraient toutes deux l'annexe {number}"
            remedy = "Changez le « numero » de l'une : « 1 bis » se range après l'annexe 1."
            where = f"{'pieces' if one.file else 'annexes'}.{one.id}.numero"
            report.error("LIA-12", message, one.place, where, remedy=remedy)
        made.append(replace(one, number=number, below=numbered(one.below, 1, report)))
    return tuple(made)


@dataclass(slots=True)
class _Placed:
    """The children of each document, while they are being placed."""

    model: Liasse
    files: Files
    report: Report
    deliberations: Mapping[str, ResolvedDeliberation]
    children: dict[str, list[str]] = field(default_factory=dict)

    @property
    def pieces(self) -> Mapping[str, Piece]:
        return self.model.pieces or {}

    @property
    def placements(self) -> dict[str, Placement]:
        """What is said of each annexe, in order."""
        typed = self.model.annexes
        return {**self.pieces, **(typed if isinstance(typed, dict) else {})}

    def place(self, name: str) -> Place | None:
        found = self.placements.get(name)
        return found.place if found is not None else self.model.place

    def path(self, name: str) -> str:
        """Where the definition of the liasse speaks of an annexe."""
        return f"pieces.{name}" if name in self.pieces else f"annexes.{name}"

    def under(self, parent: str) -> list[str]:
        return self.children.setdefault(parent, [])

    # --- the order ------------------------------------------------------------------------------------------

    def from_decisions(self) -> None:
        """What each délibération authorises or approves, in printed order, once."""
        for one in self.deliberations.values():
            for name in one.annexed:
                if name not in self.under(one.id):
                    self.under(one.id).append(name)

    def listed(self) -> None:
        """A list gives the annexes and their order; each stays with the délibération that decides of it."""
        typed = self.model.annexes
        if typed is None or isinstance(typed, dict):
            return
        if isinstance(typed, str):
            if typed.strip().casefold() != "auto":
                remedy = "Écrivez « auto », ou passez à la ligne et listez les annexes."
                self.report.error(
                    "LIA-01", f"« {typed} » ne désigne aucune annexe", typed.place, "annexes", remedy=remedy
                )
            return
        wanted = [str(one).strip() for one in typed]
        for name in {one for one in wanted if wanted.count(one) > 1}:
            message = f"« {name} » est deux fois dans la liste des annexes"
            self.report.error("LIA-01", message, typed[wanted.index(name)].place, "annexes", remedy="Retirez-en une.")
        decided = {one.id: self.children.get(one.id, []) for one in self.deliberations.values()}
        first = next(iter(self.deliberations), "")
        self.children.clear()
        for rank, name in enumerate(dict.fromkeys(wanted)):
            if not self.known(name, typed[rank].place, f"annexes[{rank}]"):
                continue
            owners = [one for one, names in decided.items() if name in names] or [first]
            for owner in owners:
                self.under(owner).append(name)

    def added(self) -> None:
        """The pieces that no decision names, then what stands under something else."""
        for name, one in self.placements.items():
            if one.retirer:
                self.take(name)
                continue
            if not isinstance(one, Piece) and not self.known(name, one.place, f"annexes.{name}"):
                continue
            if one.sous:
                held = [names for names in self.children.values() if name in names]
                self.take(name)
                wanted = [(str(parent).strip(), parent.place) for parent in one.sous]
                good = [self.under(parent) for parent, place in wanted if self.parent(parent, place, name)]
                # One that cannot stand where it is asked to stays where it was: it is not absent.
                for names in good or held:
                    names.append(name)
            elif not any(name in names for names in self.children.values()):
                self.under(next(iter(self.deliberations), "")).append(name)

    def moved(self) -> None:
        """« apres », « avant »."""
        for name, one in self.placements.items():
            target = one.apres or one.avant
            if target is None:
                continue
            where = next((names for names in self.children.values() if str(target) in names), None)
            if where is None or str(target) == name:
                known = [each for names in self.children.values() for each in names if each != name]
                message = f"« {target} » n'est pas une annexe de la liasse"
                remedy = suggest(target, known, "Annexes")
                self.report.error("LIA-01", message, target.place, self.path(name), remedy=remedy)
                continue
            self.take(name)
            where.insert(where.index(str(target)) + (1 if one.apres is not None else 0), name)

    def take(self, name: str) -> None:
        """Out of every series."""
        for names in self.children.values():
            if name in names:
                names.remove(name)

    # --- what is known --------------------------------------------------------------------------------------

    def is_act(self, name: str) -> bool:
        return name in self.files.ids("avenant") or self.files.definition(name, Report()) is not None

    def known(self, name: str, place: Place | None, path: str) -> bool:
        """An act or a piece; LIA-01 otherwise."""
        if name in self.pieces or self.is_act(name) or any(name in one.annexed for one in self.deliberations.values()):
            return True
        known = [*self.pieces, *self.files.ids("convention"), *self.files.ids("avenant")]
        message = f"« {name} » n'est ni un acte ni une pièce de la liasse"
        remedy = suggest(name, known, "Actes et pièces", "Ajoutez-la sous « pieces: », avec son fichier.")
        self.report.error("LIA-01", message, place, path, remedy=remedy)
        return False

    def parent(self, name: str, place: Place | None, child: str) -> bool:
        """A délibération, an act or a piece of the liasse; LIA-01 otherwise, or when it stands under itself."""
        path = f"{self.path(child)}.sous"
        if name == child:
            message = f"le document « {child} » ne peut être annexé à lui-même"
            remedy = "Nommez sous « sous » ce qui la porte : une délibération, un acte ou une autre pièce."
            self.report.error("LIA-01", message, place, path, remedy=remedy)
            return False
        if not (name in self.deliberations or name in self.pieces or self.is_act(name)):
            known = [*self.deliberations, *self.pieces, *(each for names in self.children.values() for each in names)]
            message = f"le document « {child} » ne peut être annexé à « {name} », qui n'est pas dans la liasse"
            self.report.error("LIA-01", message, place, path, remedy=suggest(name, known, "Parents"))
            return False
        if child in self.line(name):
            message = f"les documents « {child} » et « {name} » sont annexés l'un à l'autre"
            self.report.error("LIA-01", message, place, path, remedy="Retirez l'un des deux « sous ».")
            return False
        return True

    def line(self, name: str) -> set[str]:
        """What a document is annexed to, at any height."""
        above: set[str] = set()
        waiting = {name}
        while waiting:
            found = {one for one, names in self.children.items() if waiting & {*names}}
            waiting = found - above
            above |= found
        return above

    # --- the entries ----------------------------------------------------------------------------------------

    def entries(self, parent: str) -> tuple[Entry, ...]:
        """What is annexed to a document, with what is annexed to it in turn."""
        return tuple(self.entry(name) for name in self.children.get(parent, ()))

    def entry(self, name: str) -> Entry:
        piece, said = self.pieces.get(name), self.placements.get(name)
        typed = said.numero if said is not None else None
        if typed is not None and not _NUMBER.fullmatch(" ".join(typed.split())):
            message = f"« {typed} » n'est pas un numéro d'annexe"
            remedy = "Écrivez un chiffre ou une lettre, suivi s'il le faut de bis, ter… : 3, 3 bis, A, A.1."
            self.report.error("LIA-01", message, typed.place, f"{self.path(name)}.numero", remedy=remedy)
            typed = None
        file, path = "", None
        if piece is not None:
            file = str(piece.fichier).strip()
            path = self.resolved(piece, name, file)
        return Entry(
            id=name,
            number=" ".join(typed.split()) if typed is not None else "",
            title=str(said.titre).strip() if said is not None and said.titre is not None else "",
            file=file,
            path=path,
            instead=piece is not None and (name in self.deliberations or self.is_act(name)),
            listed=said is not None or isinstance(self.model.annexes, tuple),
            frozen=typed is not None,
            place=self.place(name),
            below=self.entries(name),
        )

    def resolved(self, piece: Piece, name: str, file: str) -> Path | None:
        return self.files.resolve_path(file, self.report, Asked(piece.fichier.place, f"pieces.{name}.fichier"))
