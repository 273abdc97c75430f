"""The fonts of a PDF: those that travel with convgen, those of a gabarit; the machine's when the charte says so."""

from __future__ import annotations

import contextlib
import struct
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from convgen.errors import Diagnostic, GabaritError, Place
from convgen.write.docx.metrics import is_serif

if TYPE_CHECKING:
    import typst

BUNDLED: Final = Path(__file__).parent / "polices"
#: The folder of a gabarit that holds its own fonts.
FOLDER: Final = "polices"
SANS: Final = "Liberation Sans"
SERIF: Final = "Liberation Serif"
#: A font that travels inside typst; its signs serve when no other font has them.
SYMBOLS_FONT: Final = "DejaVu Sans Mono"
SYMBOLS: Final = frozenset("☐☑☒✓✔✗✘■□▪▫▲△▶►▼▽◀◄◆◇○●◦★☆☎✉✂✍①②③④⑤⑥⑦⑧⑨←↑→↓↔⇐⇒⇔∀∂∃∅∆∈∏∑−∞∩∪≈≠≡≤≥⚠")
#: Signs that are no glyph: breaks, joiners, variants, and spaces that a font may lack.
UNSEEN: Final = frozenset(
    "\n\u00ad\u2002\u2003\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u2060\ufe0e\ufe0f\u202f\u2011"
)
_SUFFIXES: Final = (".ttf", ".otf")
_RESTRICTED: Final = 0x0002
_REGULAR: Final = 400
_TOO_BIG: Final = 30 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Face:
    """A font file.

    Attributes:
        family: its family, as typst calls it.
        signs: the characters that it draws.
        descent: how far its letters go below the line, as a share of their size.
    """

    family: str
    signs: frozenset[int]
    descent: float


@dataclass(frozen=True, slots=True)
class FontSet:
    """The fonts that one look may use.

    Attributes:
        own: the folder of the gabarit's fonts, None when it has none.
        faces: the organisme's first, then those found on the machine, then the bundled ones.
        stamp: tells two states of the folder apart.
        machine: some were found on the machine.
    """

    own: Path | None
    faces: tuple[Face, ...]
    stamp: tuple[tuple[str, int, int], ...] = ()
    machine: bool = False

    @property
    def signs(self) -> frozenset[str]:
        """Every character that some font draws."""
        return _signs(self.faces)

    def chain(self, name: str) -> tuple[str, ...]:
        """The families that draw a text asked for in a font: itself if there, its free double, then the others."""
        known = {face.family.casefold(): face.family for face in self.faces}
        wanted = known.get(name.casefold())
        first = SERIF if is_serif(name) else SANS
        named = (wanted, first, SANS, SERIF, *known.values(), SYMBOLS_FONT)
        return tuple(dict.fromkeys(one for one in named if one))

    def descent(self, name: str) -> float:
        """How far the letters of the first family of a chain go below the line."""
        return next((face.descent for face in self.faces if face.family == name), 0.21)


@lru_cache(maxsize=16)
def _signs(faces: tuple[Face, ...]) -> frozenset[str]:
    return frozenset(chr(one) for face in faces for one in face.signs) | SYMBOLS | UNSEEN


def load_fonts(gabarit: Path | None = None, wanted: frozenset[str] = frozenset()) -> FontSet:
    """The fonts of a gabarit's folder, those of the machine that have a wanted name, and the bundled ones.

    Args:
        gabarit: The folder of the gabarit.
        wanted: The families that may come from the machine; what is not there has its free double.

    Raises:
        GabaritError: GAB-08, a file of its folder `polices` is no font, or may not be embedded.
    """
    fonts = _of_gabarit(gabarit)
    known = {face.family.casefold() for face in fonts.faces}
    there = _of_machine(frozenset(one.casefold() for one in wanted) - known)
    return replace(fonts, faces=(*fonts.faces, *there), machine=True) if there else fonts


def typst_fonts(own: Path | None, machine: bool) -> typst.Fonts:
    """The fonts that the drawing may choose from, by their names."""
    import typst

    paths = [str(one) for one in (BUNDLED, own) if one is not None]
    return typst.Fonts(include_system_fonts=machine, include_embedded_fonts=True, font_paths=paths)


@lru_cache(maxsize=8)
def _of_machine(wanted: frozenset[str]) -> tuple[Face, ...]:
    """One face for each wanted family of the machine that a document may hold."""
    if not wanted:
        return ()
    import typst

    faces: dict[str, Face] = {}
    listed = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).fonts()
    for one in sorted(listed, key=lambda one: (one.weight != _REGULAR, one.style != "normal", str(one.path))):
        path = Path(one.path or "")
        if one.family.casefold() not in wanted or one.family in faces or path.suffix.lower() not in _SUFFIXES:
            continue
        with contextlib.suppress(ValueError, struct.error, IndexError, OSError):
            if path.stat().st_size <= _TOO_BIG:
                faces[one.family] = _parse(path.read_bytes(), one.family)
    return tuple(faces.values())


def _of_gabarit(gabarit: Path | None) -> FontSet:
    folder = gabarit / FOLDER if gabarit is not None else None
    if folder is None or not folder.is_dir():
        return FontSet(None, _bundled())
    files = sorted(one for one in folder.iterdir() if one.suffix.lower() in _SUFFIXES)
    if not files:
        return FontSet(None, _bundled())
    stamp = tuple((str(one), one.stat().st_mtime_ns, one.stat().st_size) for one in files)
    return _own(folder, stamp)


@lru_cache(maxsize=1)
def _bundled() -> tuple[Face, ...]:
    return tuple(
        _parse((BUNDLED / f"{name.replace(' ', '')}-Regular.ttf").read_bytes(), name) for name in (SANS, SERIF)
    )


@lru_cache(maxsize=8)
def _own(folder: Path, stamp: tuple[tuple[str, int, int], ...]) -> FontSet:
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    families = {Path(one.path).name: one.family for one in fonts.fonts() if one.path}
    problems: list[Diagnostic] = []
    faces: list[Face] = []
    for name, _, size in stamp:
        path = Path(name)
        try:
            if size > _TOO_BIG or path.name not in families:
                raise ValueError("Ce n'est pas un fichier de police, ou il est abîmé.")
            faces.append(_parse(path.read_bytes(), families[path.name]))
        except (ValueError, struct.error, IndexError) as error:
            problems.append(_refused(path, str(error) if isinstance(error, ValueError) else "Le fichier est abîmé."))
    if problems:
        raise GabaritError(*problems)
    return FontSet(folder, (*faces, *_bundled()), stamp)


def _refused(path: Path, cause: str) -> Diagnostic:
    label = f"{path.parent.parent.name}/{FOLDER}/{path.name}"
    return Diagnostic(
        "GAB-08",
        f"la police « {path.name} » ne peut pas servir",
        Place(label),
        cause=cause,
        remedy="Mettez à sa place une police .ttf ou .otf ordinaire, ou retirez-le : une police libre la remplace.",
    )


# --- reading a font file (OpenType 1.9) ---------------------------------------------------------------------


def _parse(data: bytes, family: str) -> Face:
    """The face of a font file.

    Raises:
        ValueError: it cannot serve; the words say why.
    """
    tables = _tables(data)
    if "fvar" in tables:
        raise ValueError("C'est une police variable : fournissez un fichier par graisse (normal, gras, italique).")
    if "OS/2" in tables:
        (rights,) = struct.unpack_from(">H", tables["OS/2"], 8)
        if rights & 0x000F == _RESTRICTED:
            raise ValueError("Sa licence interdit de l'incorporer dans un document.")
    (units,) = struct.unpack_from(">H", tables["head"], 18)
    (descent,) = struct.unpack_from(">h", tables["hhea"], 6)
    return Face(family, _characters(tables["cmap"]), abs(descent) / units)


def _tables(data: bytes) -> dict[str, memoryview]:
    view = memoryview(data)
    _, count = struct.unpack_from(">4sH", data, 0)
    found: dict[str, memoryview] = {}
    for rank in range(count):
        tag, _, start, length = struct.unpack_from(">4sIII", data, 12 + 16 * rank)
        found[tag.decode("latin-1")] = view[start : start + length]
    if not {"cmap", "head", "hhea"} <= found.keys():
        raise ValueError("Le fichier n'a pas les tables d'une police.")
    return found


def _characters(cmap: memoryview) -> frozenset[int]:
    """The characters of the Unicode subtables, formats 4 and 12."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    found: set[int] = set()
    for rank in range(count):
        platform, encoding, start = struct.unpack_from(">HHI", cmap, 4 + 8 * rank)
        if platform not in (0, 3) or (platform == 3 and encoding not in (1, 10)):
            continue
        (form,) = struct.unpack_from(">H", cmap, start)
        if form == 4:
            found |= _segments(cmap[start:])
        elif form == 12:
            found |= _groups(cmap[start:])
    return frozenset(found)


def _segments(table: memoryview) -> set[int]:
    (double,) = struct.unpack_from(">H", table, 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + double)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 2 * double)
    offsets = struct.unpack_from(f">{count}H", table, 16 + 3 * double)
    found: set[int] = set()
    for rank, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                place = 16 + 3 * double + 2 * rank + offset + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", table, place)
                if not glyph:
                    continue
            if (glyph + delta) & 0xFFFF:
                found.add(code)
    return found


def _groups(table: memoryview) -> set[int]:
    (count,) = struct.unpack_from(">I", table, 12)
    found: set[int] = set()
    for rank in range(min(count, 100_000)):
        first, last, glyph = struct.unpack_from(">III", table, 16 + 12 * rank)
        if last > 0x10FFFF or last < first:
            raise ValueError("Le fichier est abîmé.")
        found.update(range(first + (glyph == 0), last + 1))
    return found
