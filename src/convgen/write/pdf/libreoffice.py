"""Converts a Word file to PDF with LibreOffice: for a gabarit of one's own, or a file edited by hand.

LibreOffice runs with a profile of its own, made for the run, so that neither an open window nor the settings of the
person who asks change the result.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from convgen.errors import Diagnostic, PdfError
from convgen.write.files import write_atomically

#: How long a conversion may take, in seconds. The first one of a profile takes a few.
LIMIT: Final = 120
_NAMES: Final = ("soffice", "libreoffice")
#: Where LibreOffice installs itself without adding its folder to the path.
_USUAL: Final = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
#: PDF/A-2, with tags and PDF/UA.
_EXPORT: Final = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},'
    '"PDFUACompliance":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"}}'
)


def find_soffice() -> str | None:
    """The program, None when LibreOffice is not installed."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in _USUAL if Path(path).is_file()), None)


def convert_docx(content: bytes, name: str, log: Path, *, limit: int = LIMIT, program: str | None = None) -> bytes:
    """The PDF that LibreOffice makes of a Word file.

    Args:
        content: The Word file.
        name: How messages call the act.
        log: Where what LibreOffice said is kept when it fails.
        limit: How long it may take, in seconds.
        program: The path of LibreOffice; found by itself when None.

    Raises:
        PdfError: PDF-03, LibreOffice is not installed; PDF-04, it failed, or took too long.
    """
    program = program or find_soffice()
    if program is None:
        raise PdfError(
            Diagnostic(
                "PDF-03",
                f"LibreOffice est introuvable : le PDF de « {name} » n'a pas été produit",
                remedy="Installez LibreOffice, ou retirez l'option --pdf-par : convgen dessine lui-même le PDF.",
            )
        )
    with tempfile.TemporaryDirectory(prefix="convgen-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        source, made = place / "acte.docx", place / "acte.pdf"
        source.write_bytes(content)
        profile = (place / "profil").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo",
                   "--convert-to", _EXPORT, "--outdir", folder, str(source)]  # fmt: skip
        said, cause = _run(command, limit)
        if not cause and made.is_file() and made.stat().st_size:
            return made.read_bytes()
    cause = cause or "LibreOffice n'a rendu aucun fichier."
    write_atomically(log, f"{' '.join(command)}\n\n{said}\n{cause}\n".encode())
    raise PdfError(
        Diagnostic(
            "PDF-04",
            f"LibreOffice n'a pas converti « {name} » en PDF",
            cause=cause,
            remedy=f"Ce qu'il a dit est gardé dans « {log} ».",
        )
    )


def _run(command: list[str], limit: int) -> tuple[str, str]:
    """What the program said, and why it failed, "" if it did not."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the program is LibreOffice, its arguments are ours
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
        )
    except OSError as error:
        return str(error), "LibreOffice n'a pas pu être lancé."
    try:
        said, _ = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        _stop(process)
        said, _ = process.communicate()
        return _words(said), f"La conversion a été arrêtée au bout de {limit} secondes."
    failed = process.returncode != 0
    return _words(said), f"LibreOffice s'est arrêté avec le code {process.returncode}." if failed else ""


def _words(said: bytes) -> str:
    return said.decode("utf-8", errors="replace").strip()


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the program and the one that it starts in its turn."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
