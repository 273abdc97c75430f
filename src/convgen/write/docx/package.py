"""The zip of a Word file: read with limits, written with fixed dates. Knows parts, not their content."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from convgen.errors import Diagnostic, GabaritError

MAX_PARTS = 500
MAX_PART = 32 * 1024 * 1024  # bytes, unpacked
MAX_TOTAL = 64 * 1024 * 1024
#: A Word part of text seldom shrinks by more than 30; a bomb does by a thousand.
MAX_RATIO = 300

_DATE = (1980 - 1980) << 9 | 1 << 5 | 1  # 1980-01-01, the first date a zip can hold
_STORED_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif")


@dataclass(frozen=True, slots=True)
class PackedPart:
    """A part as it stands in the zip: deflated (or stored) bytes, their checksum and the true size."""

    name: str
    data: bytes
    crc: int
    size: int
    method: int


def read_package(data: bytes, name: str) -> dict[str, bytes]:
    """The parts of a Word file, by name.

    Args:
        data: the file.
        name: how messages call it.

    Raises:
        GabaritError: GAB-04 when it is no zip, is damaged, protected, or over the size limits.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _check_limits(infos, name)
            return {info.filename: archive.read(info) for info in infos}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise GabaritError(
            Diagnostic(
                "GAB-04",
                f"{name} n'est pas un fichier Word lisible",
                cause="Le fichier est abîmé, protégé par un mot de passe, ou n'est pas au format .docx.",
                remedy="Ouvrez-le dans Word et enregistrez-le au format « Document Word (.docx) ».",
            )
        ) from error


def _check_limits(infos: list[zipfile.ZipInfo], name: str) -> None:
    total = sum(info.file_size for info in infos)
    bomb = any(
        info.file_size > MAX_PART or info.file_size > MAX_RATIO * max(info.compress_size, 1024) for info in infos
    )
    if len(infos) > MAX_PARTS or total > MAX_TOTAL or bomb:
        raise GabaritError(
            Diagnostic(
                "GAB-04",
                f"{name} dépasse les limites de taille",
                cause=f"Un gabarit a au plus {MAX_PARTS} parties et {MAX_TOTAL // 1024**2} Mo une fois décompressé.",
                remedy="Réduisez les images, ou repartez d'un gabarit livré avec convgen.",
            )
        )


def pack_part(name: str, data: bytes, level: int = 6) -> PackedPart:
    """A part ready to be written. Pictures are stored as they are."""
    if name.lower().endswith(_STORED_SUFFIXES):
        return PackedPart(name, data, zlib.crc32(data), len(data), zipfile.ZIP_STORED)
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    return PackedPart(name, packed, zlib.crc32(data), len(data), zipfile.ZIP_DEFLATED)


def pack_parts(parts: Mapping[str, bytes]) -> tuple[PackedPart, ...]:
    """Several parts, in the order of their names."""
    return tuple(pack_part(name, parts[name], 9) for name in sorted(parts))


def _order(part: PackedPart) -> tuple[int, str]:
    # Word, and programs that guess a file's type from its first bytes, expect the content types first.
    return (0 if part.name == "[Content_Types].xml" else 1 if part.name == "_rels/.rels" else 2, part.name)


def write_package(parts: Iterable[PackedPart]) -> bytes:
    """The zip: content types first, then by name; every date is 1980-01-01, so that bytes depend on content only."""
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    count = 0
    for part in sorted(parts, key=_order):
        name = part.name.encode()
        flags = 0x800  # the name is UTF-8
        common = struct.pack(
            "<HHHHHIIIHH",
            20, flags, part.method, 0, _DATE, part.crc, len(part.data), part.size, len(name), 0,
        )  # fmt: skip
        local = b"PK\x03\x04" + common + name
        directory.append(b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, offset))
        directory.append(name)
        body += (local, part.data)
        offset += len(local) + len(part.data)
        count += 1
    index = b"".join(directory)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(index), offset, 0)
    return b"".join((*body, index, end))
