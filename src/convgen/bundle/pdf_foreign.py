"""A foreign piece as a PDF: its own pages, a Word file converted, a picture or a workbook drawn."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Final

import pikepdf

from convgen.bundle.docx_links import unlinked
from convgen.bundle.liasse import DOCX, IMAGE, PDF, Piece
from convgen.bundle.pdf_clean import clean, is_cut, is_dynamic_form, is_portfolio
from convgen.bundle.pdf_neutral import neutralize
from convgen.bundle.pdf_review import COMMENT, hidden_layers, is_signed, is_unredacted
from convgen.bundle.pictures import picture_size
from convgen.bundle.pieces_sheets import sheets_acte
from convgen.bundle.pieces_word import left_out
from convgen.errors import Diagnostic, PdfError, PieceError, Report, Severity, system_cause
from convgen.french.typography import typeset
from convgen.source.sheets import read_workbook
from convgen.write.docx.foreign_copy import settled
from convgen.write.pdf import PdfLook, write_pdf
from convgen.write.pdf.liasse import draw_image
from convgen.write.pdf.libreoffice import LIMIT, convert_docx, find_soffice

#: What a piece may weigh, in bytes; how many pages it may have; how many pixels a picture; the bytes of a
#: Word file once it is unzipped.
MAX_BYTES: Final = 150 * 1000 * 1000
MAX_PAGES: Final = 3000
MAX_PIXELS: Final = 200_000_000
MAX_UNZIPPED: Final = 1_000_000_000
_LOOK: Final = "Vérifiez que les pages suffisent ; un fichier joint à ce PDF peut devenir une pièce de la liasse."
_REMARKS: Final = "Rien à faire, si ces commentaires ne sont pas à transmettre ; sinon, écrivez-les dans ses pages."
_CUT: Final = "Le fichier est incomplet : il a été coupé, ou mal enregistré."
_AGAIN_WHOLE: Final = "Demandez-le de nouveau, ou ouvrez-le, vérifiez chaque page et imprimez-le en PDF."
_SAVE: Final = "Enregistrez la pièce en PDF depuis Word ou un autre traitement de texte, et mettez ce PDF à sa place."


def foreign_pdf(piece: Piece, look: PdfLook, report: Report, log: Path | None = None) -> bytes:
    """The PDF of a foreign piece: readable by anybody, nothing active in it.

    Args:
        piece: With its `path`.
        look: Of what is drawn (pictures, workbooks).
        report: Receives LIA-17, a warning, for what is taken away.
        log: Where what LibreOffice said is kept when it fails; a temporary folder by default.

    Raises:
        PieceError: LIA-03 absent or empty; LIA-05 too heavy; LIA-13 protected; LIA-14 damaged; LIA-15 no LibreOffice;
            LIA-16 not converted; LIA-18 too many pages or pixels; LIA-20 a Word file with macros or XML entities.
    """
    content = _read(piece)
    match piece.kind:
        case k if k == PDF:
            return _own_pages(piece, content, report)
        case k if k == DOCX:
            return _converted(piece, content, report, log)
        case k if k == IMAGE:
            return _picture(piece, content, look)
    return _workbook(piece, look, report)


def _read(piece: Piece) -> bytes:
    name = named(piece)
    if piece.path is None or not piece.path.is_file():
        remedy = "Vérifiez le nom du fichier, depuis la racine de l'espace de travail."
        raise _refused("LIA-03", piece, f"la pièce {name} est introuvable", "", remedy)
    try:
        size = piece.path.stat().st_size
        if size > MAX_BYTES:
            cause = f"Elle pèse {size // 1_000_000} Mo ; la limite est de {MAX_BYTES // 1_000_000} Mo."
            raise _refused("LIA-05", piece, f"la pièce {name} est trop lourde", cause, "Réduisez ou scindez-la.")
        content = piece.path.read_bytes()
    except OSError as error:
        remedy = "Fermez-la si elle est ouverte ailleurs, ou rétablissez vos droits sur ce fichier."
        raise _refused("LIA-03", piece, f"la pièce {name} ne peut être lue", system_cause(error), remedy) from error
    if not content:
        raise _refused("LIA-03", piece, f"la pièce {name} est vide", "", "Déposez le bon fichier.")
    return content


def named(piece: Piece) -> str:
    """« rapport.pdf » as messages name a piece."""
    return f"« {piece.file or (piece.path.name if piece.path else piece.id)} »"


def _refused(code: str, piece: Piece, message: str, cause: str = "", remedy: str = "") -> PieceError:
    where = f"pieces.{piece.id}.fichier"
    return PieceError(Diagnostic(code, message, piece.place, path=where, cause=cause, remedy=remedy))


# --- a PDF ------------------------------------------------------------------------------------------------------


def open_pdf(piece: Piece, content: bytes) -> pikepdf.Pdf:
    """Open a foreign PDF.

    Raises:
        PieceError: LIA-13 protected; LIA-14 damaged, without pages, or empty of its real content; LIA-18 too long.
    """
    name = named(piece)
    remedy = "Demandez-en une version sans protection, ou imprimez-la en PDF."
    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as error:
        cause = "Il faut un mot de passe pour l'ouvrir."
        raise _refused("LIA-13", piece, f"la pièce {name} est protégée", cause, remedy) from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        cause = "Ce n'est pas un PDF, ou le fichier est abîmé."
        raise _refused("LIA-14", piece, f"la pièce {name} est illisible", cause, _again()) from error
    if pdf.is_encrypted:
        cause = "Elle s'ouvre sans mot de passe, mais son auteur interdit qu'on la modifie ou l'assemble."
        raise _refused("LIA-13", piece, f"la pièce {name} est protégée", cause, remedy)
    if is_cut(pdf, content):
        raise _refused("LIA-14", piece, f"la pièce {name} est illisible", _CUT, _AGAIN_WHOLE)
    why = _unfit(pdf)
    if why:
        raise _refused("LIA-14", piece, f"la pièce {name} ne peut entrer dans un PDF", why, _again())
    if len(pdf.pages) > MAX_PAGES:
        cause = f"Elle a {len(pdf.pages)} pages ; la limite est de {MAX_PAGES}."
        raise _refused("LIA-18", piece, f"la pièce {name} est trop longue", cause, "Scindez-la en plusieurs pièces.")
    return pdf


def _again() -> str:
    return "Ouvrez-la, imprimez-la en PDF, et mettez ce PDF à sa place."


def _unfit(pdf: pikepdf.Pdf) -> str:
    """Why no page can be taken from a PDF, "" when they can."""
    try:
        if not len(pdf.pages):
            return "Elle n'a aucune page."
        if is_portfolio(pdf):
            return "C'est un porte-documents : son contenu est dans des fichiers qui lui sont joints."
        if is_dynamic_form(pdf):
            return "C'est un formulaire XFA, que seul Adobe Reader dessine."
        for page in pdf.pages:
            left, bottom, right, top = (float(one) for one in page.mediabox.as_list())
            if abs(right - left) < 1 or abs(top - bottom) < 1:  # corners come in any order (ISO 32000, 7.9.5)
                return "Une de ses pages n'a pas de taille."
            for stream in _contents(page.obj):
                stream.read_bytes()
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RuntimeError):
        return "Le fichier est abîmé : une de ses pages est illisible."
    return ""


def _contents(page: pikepdf.Object) -> list[pikepdf.Object]:
    held = page.get("/Contents")
    if held is None:
        return []
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def _own_pages(piece: Piece, content: bytes, report: Report) -> bytes:
    """The file itself, byte for byte (an electronic signature stays valid), unless something is taken away."""
    with open_pdf(piece, content) as pdf:
        signed = is_signed(pdf)
        _tell_hidden(piece, pdf, report)
        removed = clean(pdf, tagged="/AcroForm" not in pdf.Root)
        where, name = f"pieces.{piece.id}.fichier", named(piece)
        if removed:
            words = ", ".join(removed)
            lost = " Sa signature électronique n'est plus valable." if signed else ""
            cause = f"{words[:1].upper()}{words[1:]}.{lost}"
            message = f"la pièce {name} contenait ce qu'une liasse ne peut pas transmettre ; c'est retiré"
            remedy = _REMARKS if removed == (COMMENT,) else _LOOK
            report.warning("LIA-17", message, piece.place, where, cause, remedy)
            return saved(pdf)
    if signed:
        message = f"la pièce {name} est signée électroniquement, et ne l'est plus dans le PDF de la liasse"
        cause = "Une signature ne vaut que pour le fichier d'origine ; le dossier pour la préfecture le reprend."
        remedy = "Remettez aussi ce fichier à qui doit vérifier la signature."
        report.warning("LIA-17", message, piece.place, where, cause, remedy)
    return content


def _tell_hidden(piece: Piece, pdf: pikepdf.Pdf, report: Report) -> None:
    """LIA-17 for what a page does not show, and a reader of the file may find."""
    where, name = f"pieces.{piece.id}.fichier", named(piece)
    layers = hidden_layers(pdf)
    if layers:
        message = f"la pièce {name} a des calques masqués, que chacun peut afficher"
        cause = f"Masqués : {', '.join(f'« {one} »' for one in layers)}."
        remedy = "Si leur contenu n'est pas à transmettre, imprimez la pièce en PDF, et mettez ce PDF à sa place."
        report.warning("LIA-17", message, piece.place, where, cause, remedy)
    if is_unredacted(pdf):
        message = f"la pièce {name} a des passages marqués pour être noircis, et qui se lisent encore"
        remedy = "Appliquez le caviardage dans le logiciel qui l'a préparé, et mettez ce fichier à sa place."
        report.warning("LIA-17", message, piece.place, where, remedy=remedy)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of a PDF, the same each time."""
    made = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made.getvalue()


# --- Word files, pictures, workbooks ----------------------------------------------------------------------------


def _converted(piece: Piece, content: bytes, report: Report, log: Path | None) -> bytes:
    name = named(piece)
    if not _is_word(content):
        cause = "Ce n'est pas un fichier Word .docx, ou il est abîmé."
        raise _refused("LIA-14", piece, f"la pièce {name} est illisible", cause, _SAVE)
    program = find_soffice()
    if program is None:
        message = f"la pièce {name} est un fichier Word : il faut LibreOffice pour la mettre dans un PDF"
        raise _refused("LIA-15", piece, message, "LibreOffice n'est pas installé.", f"Installez-le. Sinon : {_SAVE}")
    content = unlinked(piece, name, content, report)
    try:
        content, remarks = settled(content)
    except ValueError as error:
        cause = "Le fichier est abîmé, ou n'est pas écrit comme Word l'écrit."
        raise _refused("LIA-14", piece, f"la pièce {name} est illisible", cause, _SAVE) from error
    for remark in remarks:
        report.add(left_out(piece, named(piece), remark))
    # A fixed name in a folder that all share could be anybody's.
    place = log or Path(tempfile.mkdtemp(prefix="convgen-")) / f"{piece.id}.libreoffice.log"
    try:
        made = convert_docx(content, piece.title, place, limit=LIMIT, program=program)
    except PdfError as error:
        why = " ".join(f"{one.cause} {one.remedy}" for one in error.diagnostics)
        raise _refused("LIA-16", piece, f"LibreOffice n'a pas converti la pièce {name}", why, _SAVE) from error
    with open_pdf(piece, made) as pdf:
        tagged = "/AcroForm" not in pdf.Root  # the fields of a form, once drawn, leave their tags empty
        clean(pdf, tagged=tagged)
        neutralize(pdf, typeset(piece.title), tagged=tagged)
        return saved(pdf)


def _is_word(content: bytes) -> bool:
    """Whether it is a .docx that does not swell beyond the limit: LibreOffice would take anything for a text."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return (
                "word/document.xml" in archive.namelist()
                and sum(one.file_size for one in archive.infolist()) <= MAX_UNZIPPED
            )
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def _picture(piece: Piece, content: bytes, look: PdfLook) -> bytes:
    name = named(piece)
    size = picture_size(content)
    remedy = "Enregistrez-la en PNG ou en JPEG, et mettez ce fichier à sa place."
    if size is None:
        cause = "Ce n'est ni un PNG ni un JPEG, ou le fichier est abîmé."
        raise _refused("LIA-14", piece, f"l'image {name} est illisible", cause, remedy)
    if size.width * size.height > MAX_PIXELS:
        cause = f"Elle a {size.width} × {size.height} points ; la limite est de {MAX_PIXELS // 1_000_000} millions."
        raise _refused("LIA-18", piece, f"l'image {name} est trop grande", cause, "Réduisez-la.")
    if size.inks:
        cause = "Ses couleurs sont celles de l'imprimerie (CMJN), qu'un PDF d'archives n'admet pas sans leur profil."
        again = "Enregistrez-la en couleurs d'écran (RVB), au format PNG ou JPEG, et mettez ce fichier à sa place."
        raise _refused("LIA-14", piece, f"l'image {name} ne peut entrer dans un PDF", cause, again)
    try:
        return draw_image(content, piece.title or piece.id, size.landscape, look)
    except PdfError as error:
        if any(one.code == "PDF-02" for one in error.diagnostics):
            raise
        cause = " ".join(one.cause for one in error.diagnostics)
        raise _refused("LIA-14", piece, f"l'image {name} est illisible", cause, remedy) from error


def _workbook(piece: Piece, look: PdfLook, report: Report) -> bytes:
    found = Report()
    sheets = read_workbook(piece.path, piece.file or piece.id, found) if piece.path else ()
    report.extend(one for one in found if one.severity is not Severity.ERROR)
    if found.errors:
        raise PieceError(*(one for one in found if one.severity is Severity.ERROR))
    if not sheets:
        message = f"le classeur {named(piece)} n'a que des feuilles vides"
        raise _refused("LIA-14", piece, message, "", "Déposez le bon fichier, ou un PDF.")
    return write_pdf(sheets_acte(piece, sheets), look)
