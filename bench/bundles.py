"""Ten acts in one Word file: printed from their trees, beside docxcompose that appends the ten finished files."""

from __future__ import annotations

import importlib
import importlib.util
import io
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import docx
from bench.ours import Warm
from bench.peers import CACHE
from convgen.acte.nodes import Acte
from convgen.write.docx import Gabarit, write_docx
from convgen.write.docx.bundle import write_bundle

ACTS = 10
#: With what it needs and is not here; pkg_resources left setuptools in its version 82.
PEER = ("docxcompose==2.2.0", "babel", "six", "setuptools<82")
_FOLDER = CACHE / "python"


class Bundle:
    """Ten acts of about fifteen pages, and the files that each of them makes alone."""

    def __init__(self) -> None:
        warm = Warm()
        self.gabarit: Gabarit = warm.gabarit
        act = warm.act()
        self.acts: list[Acte] = [replace(act, id=f"{act.id}-{place}") for place in range(ACTS)]
        self.files = [write_docx(one, self.gabarit) for one in self.acts]

    def ours(self) -> bytes:
        """Trees → one file."""
        return write_bundle([(one, self.gabarit) for one in self.acts], title="Liasse")


def composer() -> Any | str:
    """The class that appends files, installed on demand in a folder of its own; or why there is none."""
    if importlib.util.find_spec("docxcompose") is None:
        if not (_FOLDER / "docxcompose").is_dir():
            command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(_FOLDER), *PEER]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                return f"pip install docxcompose failed: {done.stderr.strip().splitlines()[-1:]}"
        sys.path.append(str(_FOLDER))
    try:
        return importlib.import_module("docxcompose.composer").Composer
    except ImportError as error:
        return f"docxcompose cannot be imported: {error}"


def appended(make: Any, files: Sequence[bytes]) -> bytes:
    """Finished files → one file, the way docxcompose documents it."""
    made = make(docx.Document(io.BytesIO(files[0])))
    for one in files[1:]:
        made.append(docx.Document(io.BytesIO(one)))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()
