"""The act as a PDF: tagged, PDF/A-2a and PDF/UA-1, with the fonts that travel with convgen, and no office suite."""

from convgen.write.pdf.look import PdfLook, load_pdf_look, look_of_charte
from convgen.write.pdf.writer import write_pdf

__all__ = ["PdfLook", "load_pdf_look", "look_of_charte", "write_pdf"]
