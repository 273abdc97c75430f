"""The PDF of each piece of a liasse, drawn by several processes when there is enough to draw."""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Final

from convgen.acte.nodes import Acte
from convgen.bundle.liasse import Piece
from convgen.bundle.pdf_foreign import foreign_pdf, named
from convgen.errors import ConvgenError, Diagnostic, PieceError, Report
from convgen.write.pdf import PdfLook, write_pdf

#: The look of an act, by the name of its gabarit.
Looks = Mapping[str, PdfLook]
#: Trees that weigh less than this, once packed, are drawn before other processes would have started (60 pages).
_WORTH: Final = 300_000
#: A process that draws keeps memory: a new one takes its place after so many acts.
_TASKS: Final = 12
#: Two processes hold some 200 MB each: a third one would take more memory than it would save time.
_MOST: Final = 2


def write_piece_pdf(piece: Piece, look: PdfLook, report: Report, log: Path | None = None) -> bytes:
    """The PDF of one piece, without password or anything active: what the préfecture is sent.

    An act already signed is as it was signed; a foreign PDF is the file itself, unless something is taken away.

    Args:
        piece: An act or a foreign file.
        look: Of the act, or of what is drawn.
        report: Receives LIA-17, what is taken away from a foreign PDF.
        log: Where what LibreOffice says is kept when it fails.

    Raises:
        PieceError: LIA-03, LIA-05, LIA-13 to LIA-18 (`foreign_pdf`).
        PdfError: PDF-01, PDF-02, the act cannot be drawn.
    """
    if piece.foreign:
        return foreign_pdf(piece, look, report, log)
    if "pdf" in piece.frozen:
        return piece.frozen["pdf"]
    if piece.acte is None:
        raise PieceError(Diagnostic("LIA-14", f"l'acte {named(piece)} n'a pas de texte", piece.place))
    return write_pdf(piece.acte, look)


def draw_pieces(
    pieces: Sequence[Piece], looks: Looks, report: Report, *, workers: int | None = None, log: Path | None = None
) -> dict[str, bytes]:
    """The PDF of every piece that is printed, by identifier; one that stands at two places is drawn once.

    Args:
        pieces: In any order.
        looks: By the name of the gabarit; a plain look for a name that is not there.
        report: Receives LIA-17, what is taken away from a foreign PDF.
        workers: How many processes draw; chosen from the machine and the work by default, 1 for none beside this one.
        log: The folder that keeps what LibreOffice says when it fails.

    Raises:
        ConvgenError: Every problem of every piece, once all were tried.
    """
    wanted = {piece.id: piece for piece in pieces if piece.printed}
    apart = {one.id: one for one in wanted.values() if one.acte is not None and "pdf" not in one.frozen}
    packed = {ident: _packed(one, looks) for ident, one in apart.items()}
    count = workers or _workers([len(data) for data in packed.values()])
    made: dict[str, bytes] = {}
    problems: list[Diagnostic] = []
    here = [one for ident, one in wanted.items() if count == 1 or ident not in packed]
    with ExitStack() as stack:
        rounds = _rounds(packed, count * _TASKS) if count > 1 else []
        first = _start(rounds[0], count, stack) if rounds else {}
        for piece in here:
            place = log / f"{piece.id}.libreoffice.log" if log is not None else None
            look = looks.get(piece.gabarit) or PdfLook()
            _keep(made, problems, piece.id, partial(write_piece_pdf, piece, look, report, place))
        _collect(made, problems, first, packed)
    for turn in rounds[1:]:
        if sum(len(content) for content in turn.values()) < _WORTH:
            for ident, content in turn.items():
                _keep(made, problems, ident, partial(_draw, content))
            continue
        with ExitStack() as stack:
            _collect(made, problems, _start(turn, count, stack), packed)
    if problems:
        raise ConvgenError(*problems)
    return made


def _keep(made: dict[str, bytes], problems: list[Diagnostic], ident: str, draw: Callable[[], bytes]) -> None:
    try:
        made[ident] = draw()
    except ConvgenError as error:
        problems.extend(error.diagnostics)


def _collect(
    made: dict[str, bytes], problems: list[Diagnostic], drawn: Mapping[str, Future[bytes]], packed: Mapping[str, bytes]
) -> None:
    for ident, future in drawn.items():
        _keep(made, problems, ident, partial(_drawn, future, packed[ident]))


def _packed(piece: Piece, looks: Looks) -> bytes:
    return pickle.dumps((piece.acte, looks.get(piece.gabarit) or PdfLook()), protocol=pickle.HIGHEST_PROTOCOL)


def _workers(weights: Sequence[int]) -> int:
    """How many processes to draw with: none when they would not have started before the work is done."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(processors, _MOST, len(weights)) if sum(weights) >= _WORTH else 1


def _rounds(packed: Mapping[str, bytes], most: int) -> list[dict[str, bytes]]:
    """The acts, the longest first so that none is waited for at the end; so many for one set of processes."""
    order = sorted(packed, key=lambda ident: (-len(packed[ident]), ident))
    return [{ident: packed[ident] for ident in order[start : start + most]} for start in range(0, len(order), most)]


def _start(packed: Mapping[str, bytes], count: int, stack: ExitStack) -> dict[str, Future[bytes]]:
    """Hand acts out to new processes.

    The executor could replace its processes itself (`max_tasks_per_child`), but it then waits for ever at times.
    """
    pool = stack.enter_context(ProcessPoolExecutor(count, multiprocessing.get_context("spawn")))
    stack.callback(pool.shutdown, wait=True, cancel_futures=True)
    return {ident: pool.submit(_draw, content) for ident, content in packed.items()}


def _draw(packed: bytes) -> bytes:
    acte, look = pickle.loads(packed)  # noqa: S301 - what this very program packed
    if not isinstance(acte, Acte) or not isinstance(look, PdfLook):
        raise TypeError("an act and its look")
    return write_pdf(acte, look)


def _drawn(future: Future[bytes], packed: bytes) -> bytes:
    """What a process drew; drawn here when it could not start or was stopped."""
    try:
        return future.result()
    except BrokenProcessPool:
        return _draw(packed)
