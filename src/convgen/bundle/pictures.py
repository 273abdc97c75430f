"""The size of a picture and which way up it is, read in its first bytes (PNG, JPEG)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_ORIENTATION: Final = 0x0112


@dataclass(frozen=True, slots=True)
class Size:
    """In pixels, as it is seen once turned; `inks`: its colours are those of a press (CMYK)."""

    width: int
    height: int
    inks: bool = False

    @property
    def landscape(self) -> bool:
        """Whether it is wider than high."""
        return self.width > self.height


def picture_size(data: bytes) -> Size | None:
    """The size of a PNG or a JPEG; None for another format, or a damaged file."""
    try:
        if data.startswith(_PNG):
            width, height = struct.unpack_from(">II", data, 16)
            return Size(width, height) if width and height else None
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg(data)
    except (struct.error, IndexError):
        return None
    return None


def _jpeg(data: bytes) -> Size | None:
    place, turned = 2, False
    while True:
        if data[place] != 0xFF:
            return None
        mark = data[place + 1]
        if mark == 0xFF:  # padding
            place += 1
            continue
        if mark in _ALONE:
            place += 2
            continue
        (length,) = struct.unpack_from(">H", data, place + 2)
        if mark in _FRAMES:
            height, width = struct.unpack_from(">HH", data, place + 5)
            if not width or not height:
                return None
            inks = data[place + 9] == 4
            return Size(height, width, inks) if turned else Size(width, height, inks)
        if mark == 0xE1 and data[place + 4 : place + 10] == b"Exif\0\0":
            turned = _orientation(data[place + 10 : place + 2 + length]) >= 5
        place += 2 + length


def _orientation(exif: bytes) -> int:
    """The orientation that a camera notes (EXIF 2.3, tag 0x0112): 1 upright, 5 to 8 turned by a quarter."""
    order = "<" if exif[:2] == b"II" else ">"
    try:
        (start,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, start)
        for rank in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, start + 2 + 12 * rank)
            if tag == _ORIENTATION:
                return int(value)
    except struct.error:
        return 1
    return 1
