"""Foreign files of a liasse: what kind each is, and whether it can be read at all, before anything is written."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from convgen.bundle.liasse import DOCX, IMAGE, PDF, XLSX
from convgen.errors import Place, Report, system_cause

#: What one sending to the préfecture may weigh, in bytes (« 150 Mo »).
MAX_BYTES: Final = 150 * 1000 * 1000
KINDS: Final = {
    ".pdf": PDF,
    ".docx": DOCX,
    ".xlsx": XLSX,
    ".png": IMAGE,
    ".jpg": IMAGE,
    ".jpeg": IMAGE,
    ".gif": IMAGE,
    ".tif": IMAGE,
    ".tiff": IMAGE,
    ".webp": IMAGE,
}
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_OTHER_PICTURES: Final = (b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*")
_PARTS: Final = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml"}
_SAVE_AS_PDF: Final = "Enregistrez-la en PDF, ou en DOCX, XLSX, PNG ou JPEG."


def kind_of_file(file: str) -> str:
    """The kind of a foreign file by its extension; "" for one that a liasse does not take."""
    return KINDS.get(Path(file).suffix.lower(), "")


def check_file(file: str, path: Path, place: Place | None, where: str, report: Report) -> str:
    """Whether a foreign file can be read.

    Args:
        file: its name from the root of the workspace.
        path: where it is.
        place: where it is named.
        where: the path in the definition.
        report: receives LIA-03 (absent, empty), LIA-04 (of a kind that no liasse takes), LIA-05 (too big), LIA-13 and
            LIA-19 (a password) or LIA-14 (damaged).

    Returns:
        Its kind, "" after an error.
    """
    kind = kind_of_file(file)
    if not kind:
        message = f"la pièce « {file} » n'est pas d'un format qu'une liasse admet"
        report.error("LIA-04", message, place, where, remedy=_SAVE_AS_PDF)
        return ""
    try:
        if not path.is_file():
            remedy = "Vérifiez le nom du fichier, depuis la racine de l'espace de travail."
            report.error("LIA-03", f"la pièce « {file} » est introuvable", place, where, remedy=remedy)
            return ""
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(1024)
    except OSError as error:
        message = f"la pièce « {file} » ne peut être lue"
        remedy = "Fermez-la si elle est ouverte ailleurs, ou rétablissez vos droits sur ce fichier."
        report.error("LIA-03", message, place, where, system_cause(error), remedy)
        return ""
    if not size:
        report.error("LIA-03", f"la pièce « {file} » est vide", place, where, remedy="Déposez le bon fichier.")
        return ""
    if size > MAX_BYTES:
        message = f"la pièce « {file} » pèse {megabytes(size)}"
        cause = f"Un envoi à la préfecture n'en admet pas plus de {megabytes(MAX_BYTES)}."
        report.error("LIA-05", message, place, where, cause, "Réduisez-la : images moins fines, ou pièce scindée.")
        return ""
    if kind == IMAGE and head.startswith(_OTHER_PICTURES):
        message = f"la pièce « {file} » est une image d'un format qu'une liasse n'admet pas"
        remedy = "Enregistrez-la en PNG ou en JPEG, et mettez ce fichier à sa place."
        report.error("LIA-04", message, place, where, remedy=remedy)
        return ""
    why = _unreadable(kind, path, head)
    if why:
        message = f"la pièce « {file} » ne peut être lue : {why}"
        report.error(_code(kind, why), message, place, where, remedy=_remedy(why))
        return ""
    return kind


def megabytes(size: int) -> str:
    """« 12,4 Mo »."""
    tenths = (size + 99_999) // 100_000
    return f"{tenths // 10},{tenths % 10} Mo" if tenths % 10 else f"{tenths // 10} Mo"


def _code(kind: str, why: str) -> str:
    """LIA-13 and LIA-19 for a password, LIA-14 for the rest."""
    if "mot de passe" not in why:
        return "LIA-14"
    return "LIA-13" if kind == PDF else "LIA-19"


def _remedy(why: str) -> str:
    if "mot de passe" in why:
        return "Enregistrez-en une copie sans mot de passe."
    return "Ouvrez-la, enregistrez-la à nouveau, et remplacez le fichier."


def _unreadable(kind: str, path: Path, head: bytes) -> str:
    """Why a file cannot be read, "" when it can."""
    if kind == PDF:
        return _pdf(path, head)
    if kind == IMAGE:
        return "" if head.startswith(_PICTURES) else "ce n'est pas une image"
    return _office(kind, path, head)


def _pdf(path: Path, head: bytes) -> str:
    import pikepdf

    from convgen.bundle.pdf_clean import is_cut

    if b"%PDF-" not in head:
        return "ce n'est pas un PDF"
    try:
        with pikepdf.open(path) as found:
            if is_cut(found, path.read_bytes()):
                return "le fichier est incomplet"
            return "" if len(found.pages) else "elle n'a aucune page"
    except pikepdf.PasswordError:
        return "un mot de passe la protège"
    except (pikepdf.PdfError, OSError, ValueError, RuntimeError):
        return "le fichier est abîmé"


def _office(kind: str, path: Path, head: bytes) -> str:
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "un mot de passe la protège, ou elle est d'un ancien format"
    try:
        with zipfile.ZipFile(path) as archive:
            return "" if _PARTS[kind] in archive.namelist() else "le fichier est abîmé"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "le fichier est abîmé"
