"""The act as a PDF: tagged, PDF/A-2a and PDF/UA-1, with the fonts that travel with convgen. No office suite is needed."""

from convgen.write.pdf.writer import PdfLook, load_pdf_look, write_pdf

__all__ = ["PdfLook", "load_pdf_look", "write_pdf"]
