"""From a resolved liasse and its composed acts to the pieces, in the order of the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from convgen.acte.nodes import Acte, Annexe, Paragraph, Role
from convgen.acte.runs import plain_text
from convgen.bundle.foreign import check_file
from convgen.bundle.liasse import ACT, DELIBERATION, Liasse, Piece
from convgen.bundle.pieces_doubles import check_annexe, check_places_of_acts
from convgen.bundle.sending import check_numbers, sending_of, with_types
from convgen.bundle.shared import once
from convgen.errors import Place, Report, suggest
from convgen.french.typography import typeset
from convgen.model.liasse_series import LEADING, numbered
from convgen.model.liasse_types import Entry, ResolvedLiasse, Series

_BETWEEN: Final = " \u2013 "


@dataclass(frozen=True, slots=True)
class Composed:
    """An act ready to stand in a liasse.

    Attributes:
        acte: its tree.
        gabarit: its look, and where it is named.
        frozen: the files of a signed act, by format.
    """

    acte: Acte
    gabarit: str = "neutre"
    gabarit_place: Place | None = None
    frozen: Mapping[str, bytes] = field(default_factory=dict)


def put_together(
    liasse: ResolvedLiasse,
    acts: Mapping[str, Composed],
    sirets: Mapping[str, str],
    root: Path,
    report: Report,
    *,
    failed: frozenset[str] = frozenset(),
    final: bool = False,
) -> Liasse:
    """The liasse with its pieces, every foreign file looked at.

    Args:
        liasse: the resolved definition.
        acts: the délibérations and the acts, by identifier; one that could not be made is absent.
        sirets: the SIRET of each organisme that decides, by identifier.
        root: the workspace.
        report: receives LIA-02 to LIA-05 for the pieces, LIA-07 for a file in the place of an act, LIA-11 for what is
            not known of the sending, LIA-12 for what is shared, or given twice.
        failed: the acts that could not be made, and have said why.
        final: no PROJET; what lacks is an error.
    """
    check_places_of_acts(liasse, report, final=final)
    acts = once(liasse, acts, report)
    maker = _Maker(liasse, acts, root, report, failed)
    maker.only = _only_copies(liasse, maker.all())
    pieces = maker.all()
    maker.check_names(pieces)
    pieces = with_types(pieces, liasse, report)
    sendings = tuple(
        sending_of(liasse, one, _printed_title(one, acts), sirets, report, final=final) for one in liasse.series
    )
    if "prefecture" in liasse.outputs:
        check_numbers(sendings, liasse, report)
    return Liasse(
        id=liasse.id,
        title=typeset(liasse.title),
        pieces=pieces,
        stamp=liasse.stamp,
        contents=liasse.contents,
        outputs=liasse.outputs,
        prefecture=sendings,
        gabarit=liasse.gabarit,
        gabarit_place=liasse.gabarit_place,
        draft=not final,
        mention=liasse.mention,
        place=liasse.place,
    )


def _only_copies(liasse: ResolvedLiasse, pieces: tuple[Piece, ...]) -> dict[str, Piece]:
    """Where the only copy of each shared piece stands: as near to the délibération as can be, and first."""
    found: dict[str, Piece] = {}
    for piece in pieces:
        if piece.parents and liasse.shared.get(piece.id):
            kept = found.setdefault(piece.id, piece)
            found[piece.id] = min(kept, piece, key=lambda one: len(one.series))
    return found


def _printed_title(series: Series, acts: Mapping[str, Composed]) -> str:
    """The title of a délibération, as it was typed when it could not be composed."""
    d = series.deliberation
    return acts[d.id].acte.title if d.id in acts else d.title.text


def title_of(acte: Acte) -> str:
    """What stands at the head of an act, on one line: its title, its number, its object."""
    heads = (Role.TITLE, Role.SUBTITLE)
    blocks = (node for zone in acte.zones if zone.kind == "intitule" for node in zone.blocks)
    lines = (plain_text(one.inlines) for one in blocks if isinstance(one, Paragraph) and one.role in heads)
    return " ".join(" ".join(lines).split()) or acte.title


@dataclass(slots=True)
class _Maker:
    liasse: ResolvedLiasse
    acts: Mapping[str, Composed]
    root: Path
    report: Report
    failed: frozenset[str]
    only: Mapping[str, Piece] = field(default_factory=dict)  # what has one copy -> where it stands
    kinds: dict[str, str] = field(default_factory=dict)  # file -> its kind, each looked at once

    def all(self) -> tuple[Piece, ...]:
        """Every piece, in the order of the document."""
        return tuple(piece for series in self.liasse.series for piece in self.series(series))

    def series(self, series: Series) -> Iterator[Piece]:
        """A délibération, then its annexes."""
        d = series.deliberation
        found = self.acts.get(d.id)
        yield Piece(
            id=d.id,
            title=title_of(found.acte) if found is not None else typeset(d.title.text),
            kind=DELIBERATION,
            acte=found.acte if found is not None else None,
            gabarit=d.gabarit,
            gabarit_place=d.gabarit_place,
            place=d.place,
            day=d.day if isinstance(d.day, date) else None,
        )
        for entry in series.entries:
            yield from self.entry(entry, (d.id,), (), "")

    def entry(self, entry: Entry, parents: tuple[str, ...], above: tuple[str, ...], label: str) -> Iterator[Piece]:
        """An annexe, then what is annexed to it."""
        own = self.label(entry.number, above, label)
        piece = self.foreign(entry) if entry.file else self.act(entry)
        if piece is None:
            return
        piece = self.shared(replace(piece, series=(*above, entry.number), label=own, parents=parents))
        yield piece
        if not piece.printed:
            return
        below = self.below(entry, piece.acte)
        for one in below:
            yield from self.entry(one, (*parents, entry.id), piece.series, own)

    def label(self, number: str, above: tuple[str, ...], label: str) -> str:
        """« Annexe 2 », « Annexe 2 – Annexe 1 bis », « Annexe 2.1 »."""
        if self.liasse.continued:
            return self.liasse.pattern.replace("{n}", ".".join((*above, number)).rstrip("."))
        own = " ".join(self.liasse.pattern.replace("{n}", number).split())
        return f"{label}{_BETWEEN}{own}" if label else own

    def shared(self, piece: Piece) -> Piece:
        """Another place of what has one copy only refers to it."""
        only = self.only.get(piece.id)
        if only is None or (only.series, only.parents) == (piece.series, piece.parents):
            return piece
        return replace(piece, refers=only.label)

    # --- one piece ------------------------------------------------------------------------------------------

    def act(self, entry: Entry) -> Piece | None:
        """A composed act; LIA-02 for what is no act and has no file."""
        found = self.acts.get(entry.id)
        if found is None:
            if entry.id not in self.failed:
                message = f"la pièce « {entry.id} » est citée en annexe {entry.number}, et n'a pas de fichier"
                remedy = f"Ajoutez à la liasse, sous « pieces: », « {entry.id}: » avec son « fichier »."
                self.report.error("LIA-02", message, self.decided_at(entry), remedy=remedy)
            return None
        return Piece(
            id=entry.id,
            title=typeset(entry.title) or title_of(found.acte),
            kind=ACT,
            acte=found.acte,
            frozen=found.frozen,
            gabarit=found.gabarit,
            gabarit_place=found.gabarit_place,
            place=entry.place,
        )

    def decided_at(self, entry: Entry) -> Place | None:
        """Where the délibération names it."""
        decisions = (one for series in self.liasse.series for one in series.deliberation.decisions)
        return next((one.place for one in decisions if entry.id in (*one.acts, one.piece)), entry.place)

    def foreign(self, entry: Entry) -> Piece | None:
        """A foreign file, once it is sure that it can be read."""
        if entry.path is None:
            return None
        if entry.file not in self.kinds:
            where = f"pieces.{entry.id}.fichier"
            self.kinds[entry.file] = check_file(entry.file, entry.path, entry.place, where, self.report)
        kind = self.kinds[entry.file]
        return (
            Piece(
                id=entry.id,
                title=typeset(entry.title) or Path(entry.file).stem.replace("_", " "),
                kind=kind,
                path=entry.path,
                file=entry.file,
                place=entry.place,
            )
            if kind
            else None
        )

    # --- the annexes of an act ------------------------------------------------------------------------------

    def below(self, entry: Entry, acte: Acte | None) -> tuple[Entry, ...]:
        """What stands under an annexe: the foreign annexes of the act, in its own series, then what is added."""
        if acte is None:
            return entry.below
        added = {one.id: one for one in entry.below}
        own: list[Entry] = []
        for annexe in acte.annexes:
            given = added.pop(annexe.id, None)
            made = self.annexe(annexe, given, acte.id)
            if made is not None:
                own.append(made)
        # « 1 bis » takes no number of its own: what is added follows the last whole one
        given_numbers = (LEADING.match(one.number.text) for one in acte.annexes if one.number is not None)
        numbers = max((int(found[0]) for found in given_numbers if found), default=len(acte.annexes))
        return (*own, *numbered(added.values(), numbers + 1, self.report))

    def annexe(self, annexe: Annexe, given: Entry | None, act: str) -> Entry | None:
        """A foreign annexe of an act, None for one that the act prints itself."""
        number = annexe.number.text if annexe.number is not None else ""
        title, place = plain_text(annexe.title), Place(annexe.origin.file, annexe.origin.line or 1)
        if given is not None:
            check_annexe(annexe, given, act, self.root, self.report)
            return replace(given, number=number or given.number, title=given.title or title)
        if annexe.file:
            return Entry(annexe.id, number, title, annexe.file, self.root / annexe.file, place=place)
        if annexe.external:
            named = f"l'annexe {number}" if number else f"l'annexe « {annexe.id} »"
            message = f"{named} de « {act} » est jointe à l'acte, et n'a pas de fichier dans la liasse"
            remedy = f"Ajoutez sous « pieces: », « {annexe.id}: » avec « fichier » et « sous: {act} »."
            self.report.warning("LIA-02", message, place, f"annexes.{annexe.id}", remedy=remedy)
        return None

    # --- names ----------------------------------------------------------------------------------------------

    def check_names(self, pieces: tuple[Piece, ...]) -> None:
        """What `types` and `partagees` name is in the liasse (LIA-01)."""
        known = {one.id for one in pieces} | {one.id for one in self.inner(pieces)}
        known |= {one.id for series in self.liasse.series for one in series.everything()}
        for key, names in (("types", self.liasse.codes), ("partagees", self.liasse.shared)):
            for name in names:
                if name not in known and not self.failed:
                    message = f"« {name} » n'est pas dans la liasse"
                    remedy = suggest(name, known, "Pièces")
                    self.report.error("LIA-01", message, self.liasse.place, f"{key}.{name}", remedy=remedy)

    @staticmethod
    def inner(pieces: tuple[Piece, ...]) -> Iterator[Annexe]:
        for one in pieces:
            if one.acte is not None:
                yield from one.acte.annexes
