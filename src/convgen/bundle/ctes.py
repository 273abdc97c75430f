"""The folder for the préfecture: one unlocked PDF for each piece, typed and named, and the manifests that list them.

The names of the files and the limits are those that two operators of the exchange ask for, whose code is public (docs/
decisions/0005 tells where each is read): type, département, SIREN, day of the act, number, nature, « 1-1 » (an act, its
sending), rank of the file, the act itself being the first, since « _0 » is the message (S²low, `getStdFileName`); a
number in `[0-9A-Z_]{2,15}`, an object of at most 499 characters on one line, 150 Mo at most for one sending (Pastell,
`actes-generique`). The message and the envelope are the operator's to write.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from convgen.bundle.foreign import MAX_BYTES, megabytes
from convgen.bundle.liasse import Liasse, Piece, Teletransmission
from convgen.bundle.nomenclature import nature_of
from convgen.errors import Report

_COLUMNS: Final = (
    "rang", "fichier", "type", "annexe", "titre", "identifiant", "pages", "octets", "sha256",
    "numero", "nature", "matiere", "date", "objet",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """A piece as sent: its rank from 0 (the délibération), its name, its bytes, its pages."""

    rank: int
    piece: Piece
    name: str
    content: bytes
    pages: int


def folder_files(liasse: Liasse, contents: Mapping[int, bytes], report: Report) -> dict[str, bytes]:
    """The files of the folders, by name (« <délibération>/99_DE-….pdf »); one folder for each délibération.

    Args:
        liasse: the liasse.
        contents: the PDF of each piece, by its rank in `liasse.pieces`; a piece that refers to another has none.
        report: receives LIA-05 when a sending is too big.
    """
    made: dict[str, bytes] = {}
    for sending in liasse.prefecture:
        sent = [*_sent(liasse, sending, contents)]
        total = sum(len(one.content) for one in sent)
        if total > MAX_BYTES:
            heavy = sorted(sent, key=lambda one: -len(one.content))[:3]
            said = ", ".join(f"« {one.piece.id} » {megabytes(len(one.content))}" for one in heavy)
            message = f"l'envoi de « {sending.deliberation} » pèse {megabytes(total)}"
            cause = f"La préfecture n'en reçoit pas plus de {megabytes(MAX_BYTES)}. Les plus grosses pièces : {said}."
            report.error("LIA-05", message, liasse.place, cause=cause, remedy="Réduisez ces pièces.")
            continue
        folder = sending.deliberation
        made |= {f"{folder}/{one.name}": one.content for one in sent}
        made[f"{folder}/manifest.json"] = _json(liasse, sending, sent)
        made[f"{folder}/manifest.csv"] = _csv(sending, sent)
    return made


def _sent(liasse: Liasse, sending: Teletransmission, contents: Mapping[int, bytes]) -> Iterator[Sent]:
    rank = 0
    for index, piece in enumerate(liasse.pieces):
        if sending.deliberation not in (piece.id, *piece.parents[:1]) or index not in contents:
            continue
        content = unlocked(contents[index])
        yield Sent(rank, piece, file_name(sending, piece.code, rank), content, page_count(content))
        rank += 1


def file_name(sending: Teletransmission, code: str, rank: int) -> str:
    """« 99_DE-006-220600019-20240607-CP_20240607_20-DE-1-1_1.pdf »; what is unknown is « 0 ».

    The name of the exchange: type, département, SIREN, day, number, nature, then the rank of the file from 1.
    """
    parts = (
        code,
        sending.department or "000",
        sending.siren or "0" * 9,
        sending.day.replace("-", "") or "0" * 8,
        sending.number or "A_COMPLETER",
        nature_of(sending.nature).letters,
    )
    return "-".join(parts) + f"-1-1_{rank + 1}.pdf"


def unlocked(content: bytes) -> bytes:
    """A PDF without its restrictions; one that has none is left as it is."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as found:
        if not found.is_encrypted:
            return content
        out = io.BytesIO()
        found.save(out, deterministic_id=True)
        return out.getvalue()


def page_count(content: bytes) -> int:
    """The number of pages of a PDF."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as found:
        return len(found.pages)


def _entry(one: Sent) -> dict[str, object]:
    return {
        "rang": one.rank,
        "fichier": one.name,
        "type": one.piece.code,
        "annexe": one.piece.label or None,
        "titre": one.piece.title,
        "identifiant": one.piece.id,
        "pages": one.pages,
        "octets": len(one.content),
        "sha256": hashlib.sha256(one.content).hexdigest(),
    }


def _json(liasse: Liasse, sending: Teletransmission, sent: Sequence[Sent]) -> bytes:
    nature = nature_of(sending.nature)
    data = {
        "liasse": liasse.id,
        "deliberation": sending.deliberation,
        "projet": liasse.draft,
        "nature": {"code": nature.code, "sigle": nature.letters, "libelle": sending.nature},
        "matiere": sending.matter or None,
        "numero": sending.number or None,
        "objet": sending.object,
        "date": sending.day or None,
        "siren": sending.siren or None,
        "departement": sending.department or None,
        "octets": sum(len(one.content) for one in sent),
        "pieces": [_entry(one) for one in sent],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _csv(sending: Teletransmission, sent: Sequence[Sent]) -> bytes:
    """One line for each piece; what is of the whole act is said again on each."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    whole = {
        "numero": sending.number,
        "nature": nature_of(sending.nature).code,
        "matiere": sending.matter,
        "date": sending.day,
        "objet": sending.object,
    }
    for one in sent:
        writer.writerow({**_entry(one), **whole})
    return out.getvalue().encode("utf-8")
