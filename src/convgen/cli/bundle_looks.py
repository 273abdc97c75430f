"""The looks of the pieces of a liasse: each gabarit is loaded once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from convgen.errors import Place, Report

if TYPE_CHECKING:
    from convgen.workspace import Workspace
    from convgen.write.docx.gabarit import Gabarit
    from convgen.write.pdf.look import PdfLook


@dataclass(slots=True)
class Looks:
    """Gives the look of an act by the name of its gabarit; the notes of the gabarits are in the report."""

    workspace: Workspace
    report: Report
    _gabarits: dict[str, Gabarit] = field(default_factory=dict)
    _pdf: dict[str, PdfLook] = field(default_factory=dict)

    def gabarit(self, name: str, place: Place | None = None) -> Gabarit:
        """The compiled gabarit.

        Raises:
            GabaritError: It cannot be used.
        """
        if name not in self._gabarits:
            from convgen.write.docx.gabarit import load_gabarit

            folder = self.workspace.gabarit_folder(name, place)
            self._gabarits[name] = load_gabarit(folder, root=self.workspace.root)
            self.report.extend(self._gabarits[name].notes)
        return self._gabarits[name]

    def pdf(self, name: str, place: Place | None = None) -> PdfLook:
        """The look of a PDF.

        Raises:
            GabaritError: It cannot be used.
        """
        if name not in self._pdf:
            from convgen.write.pdf import load_pdf_look

            self._pdf[name] = load_pdf_look(self.gabarit(name, place))
        return self._pdf[name]
