"""The Word writer: prints the tree of an act into a gabarit. The only place, with `read`, that knows OOXML."""

from __future__ import annotations

from convgen.write.docx.document import write_docx
from convgen.write.docx.gabarit import Gabarit, load_gabarit
from convgen.write.docx.revisions import Revision

__all__ = ["Gabarit", "Revision", "load_gabarit", "write_docx"]
