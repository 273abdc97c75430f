"""Draws what a liasse adds to its pieces: the bordereau, cover sheets, stamps, pictures. It puts nothing together."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from convgen.errors import Diagnostic, PdfError
from convgen.french.typography import typeset
from convgen.write.pdf.fonts import typst_fonts
from convgen.write.pdf.look import PdfLook, look_json
from convgen.write.pdf.writer import HERE, STANDARDS

if TYPE_CHECKING:
    import typst

#: How the address of a link of the bordereau begins; the identifier of the place follows.
SCHEME: Final = "convgen:"
_DRAWING: Final = "liasse.typ"
_PNG: Final = b"\x89PNG"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the bordereau.

    Attributes:
        numero: « Annexe 2 », « Délibération ».
        titre: the title of the piece.
        pages: how many it has; "" for an annexe that its act prints.
        folio: the first one, from 1, that of its cover sheet if it has one.
        niveau: 0 for a délibération, 1 for its annexes, 2 for theirs…
        cible: the identifier of the place it leads to.
        voir: where the only copy of a shared piece stands, "" for what is printed here.
    """

    numero: str
    titre: str
    pages: int | str
    folio: int
    niveau: int
    cible: str
    voir: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover sheet: number, title, what it is annexed to, how many pages follow."""

    numero: str
    titre: str
    de: str
    pages: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """The words of a page that stand in its margins.

    Attributes:
        l: the width of the page as it is seen, in points.
        h: its height.
        haut: the words at the top, on the right.
        bas: those at the bottom.
        fond: they stand on white.
        e: how much larger than on an A4 page they are.
    """

    l: float  # noqa: E741 - the name that the drawing reads
    h: float
    haut: str
    bas: str
    fond: bool = False
    e: float = 1.0


@dataclass(frozen=True, slots=True)
class Heading:
    """What every page of the bordereau and the cover sheets says: the title of the liasse, PROJET, a mention.

    `date` is the day of the file, in ISO form; `author` is that of the file when the charte names nobody.
    """

    titre: str
    draft: bool = False
    mention: str = ""
    date: str = "2000-01-01"
    author: str = ""


def draw_bordereau(head: Heading, entries: Sequence[Entry], total: str, look: PdfLook) -> bytes:
    """The bordereau, tagged. Its links have addresses that begin with `SCHEME`.

    Raises:
        PdfError: PDF-02, a sign that no font draws; PDF-01, typst cannot draw it.
    """
    lines = [asdict(one) | {"titre": typeset(one.titre), "numero": typeset(one.numero)} for one in entries]
    return _draw("bordereau", head, {"nom": "Bordereau des pièces", "lignes": lines, "total": total}, look)


def draw_covers(head: Heading, covers: Sequence[Cover], look: PdfLook) -> bytes:
    """The cover sheets, one page each, tagged.

    Raises:
        PdfError: PDF-02, a sign that no font draws; PDF-01, typst cannot draw them.
    """
    sheets = [{name: typeset(value) for name, value in asdict(one).items()} for one in covers]
    return _draw("gardes", head, {"gardes": sheets}, look)


def draw_stamps(stamps: Sequence[Stamp], look: PdfLook) -> bytes:
    """One page for each stamp, transparent, without tags: the assembly marks it as an artifact.

    Raises:
        PdfError: PDF-02, a sign that no font draws; PDF-01, typst cannot draw them.
    """
    sheets = [asdict(one) | {"haut": typeset(one.haut), "bas": typeset(one.bas)} for one in stamps]
    return _draw("timbres", Heading("Timbres"), {"timbres": sheets}, look, tagged=False)


def draw_image(content: bytes, title: str, landscape: bool, look: PdfLook) -> bytes:
    """A picture on its page, as large as the margins allow, tagged with its title.

    Raises:
        PdfError: PDF-01, typst cannot read the picture; PDF-02, a sign of the title has no glyph.
    """
    with tempfile.TemporaryDirectory(prefix="convgen-", ignore_cleanup_errors=True) as folder:
        # Typst reads a picture in the folder of the drawing; as data, one of 10 MB would take a second.
        shutil.copyfile(HERE / _DRAWING, Path(folder) / _DRAWING)
        name = "image.png" if content.startswith(_PNG) else "image.jpg"
        (Path(folder) / name).write_bytes(content)
        compiler = _compiler(Path(folder), look.fonts.own, look.fonts.machine)
        return _draw("image", Heading(title), {"paysage": landscape}, look, compiler, {"image": name})


def _draw(
    what: str,
    head: Heading,
    data: dict[str, Any],
    look: PdfLook,
    compiler: typst.Compiler | None = None,
    more: dict[str, str] | None = None,
    *,
    tagged: bool = True,
) -> bytes:
    import typst

    charte = look.charte
    whole = data | {
        "quoi": what,
        "titre": typeset(head.titre),
        "auteur": charte.organisme or head.author or "convgen",
        "date": [int(one) for one in head.date.split("-")],
        "projet": head.draft,
        "mention": head.mention,
        "pied": typeset(charte.pied),
    }
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    missing = sorted(set(text) - look.fonts.signs)
    if missing:
        raise PdfError(*(_missing(head.titre, one, text) for one in missing))
    inputs = {
        "donnees": text,
        "charte": look_json(look),
        "logo": json.dumps(list(look.logo), separators=(",", ":")),
        **(more or {}),
    }
    try:
        compiler = compiler or _press(look.fonts.own, look.fonts.stamp, look.fonts.machine)
        standards = STANDARDS if tagged else []
        made = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=standards, pdf_tags=tagged)
    except (typst.TypstError, RuntimeError) as error:
        message = f"« {head.titre} » n'a pas pu être dessiné"
        raise PdfError(Diagnostic("PDF-01", message, cause=str(error).split("\n")[0])) from error
    if not isinstance(made, bytes):
        raise PdfError(Diagnostic("PDF-01", f"« {head.titre} » n'a pas pu être dessiné"))
    return made


def _missing(title: str, sign: str, text: str) -> Diagnostic:
    start = max(text.index(sign) - 15, 0)
    message = f"liasse « {title} » : le signe « {sign} » (U+{ord(sign):04X}) n'existe dans aucune des polices du PDF"
    cause = f"Il se trouve dans : « {text[start : start + 30]} »."
    return Diagnostic("PDF-02", message, cause=cause, remedy="Remplacez-le dans le titre de la pièce.")


@lru_cache(maxsize=2)
def _press(own: Path | None, stamp: object, machine: bool) -> typst.Compiler:
    return _compiler(HERE, own, machine)


def _compiler(folder: Path, own: Path | None, machine: bool) -> typst.Compiler:
    import typst

    fonts = typst_fonts(own, machine)
    return typst.Compiler(input=str(folder / _DRAWING), root=str(folder), font_paths=fonts, ignore_system_fonts=True)
