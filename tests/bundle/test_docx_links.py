"""What a foreign Word file calls elsewhere is never fetched when it is converted."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pikepdf
import pytest
from bundle_pdf_tools import joined
from PIL import Image
from pypdf import PdfReader
from word_links import CALLS, linked

from convgen.bundle import pdf_foreign
from convgen.bundle.liasse import DOCX
from convgen.bundle.pdf_foreign import foreign_pdf
from convgen.errors import ConvgenError, Report
from convgen.write.docx.foreign_links import RefusedError, without_links
from convgen.write.pdf import PdfLook
from convgen.write.pdf.libreoffice import find_soffice

URL = "http://192.0.2.1/secret.png"  # an address for examples (RFC 5737)
LOST = {
    "image": "image liée à un autre fichier",
    "image-comme-lien": "image liée à un autre fichier",
    "vml": "image liée à un autre fichier",
    "objet": "objet lié à un autre fichier",
    "sous-document": "sous-document",
    "html": "contenu incorporé d'un autre format",
    "champ-image": "champ lié à un autre fichier remplacé par son résultat",
    "champ-texte": "champ lié à un autre fichier remplacé par son résultat",
}


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, new: dict[str, bytes]) -> bytes:
    """The same file with other parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in (parts(data) | new).items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("url", [URL, "file:///etc/hostname", "../voisin.png", "//serveur/partage/x.png"])
@pytest.mark.parametrize("call", sorted(LOST))
def test_nothing_of_the_copy_leads_out_of_it(call: str, url: str) -> None:
    made, lost = without_links(linked(call, url))
    assert lost == (LOST[call],)
    found = parts(made)
    reached = b"".join(data for name, data in found.items() if not name.endswith(".html"))
    # A relationship of a hyperlink may stay, when nothing but a click follows it.
    assert url.encode() not in found["word/document.xml"]
    assert call == "image-comme-lien" or url.encode() not in reached
    assert b"rIdX" not in found["word/document.xml"]
    assert b"bout.html" not in found["word/_rels/document.xml.rels"]
    assert "Texte de la pièce".encode() in found["word/document.xml"]
    assert without_links(linked(call, url)) == (made, lost), "the same file gives the same bytes"


def test_what_a_field_printed_last_stays() -> None:
    made, _ = without_links(linked("champ-texte", URL))
    assert b"texte du champ" in parts(made)["word/document.xml"]


def test_a_link_to_click_on_stays_and_a_file_without_others_is_not_touched() -> None:
    data = linked("lien", URL)
    assert without_links(data) == (data, ())


def test_a_template_that_is_elsewhere_is_cut_without_a_word() -> None:
    relation = b'<Relationship Id="r1" Type="x/attachedTemplate" Target="file:///C:/m.dotm" TargetMode="External"/>'
    space = b"http://schemas.openxmlformats.org/package/2006/relationships"
    rels = b'<Relationships xmlns="' + space + b'">' + relation + b"</Relationships>"
    made, lost = without_links(changed(linked("lien", URL), {"word/_rels/settings.xml.rels": rels}))
    assert lost == ()
    assert not any(b"m.dotm" in data for data in parts(made).values())


def test_a_drawing_calls_nothing() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://192.0.2.1/a.png"/><use href="#a"/></svg>'
    found = parts(without_links(changed(linked("lien", URL), {"word/media/a.svg": svg}))[0])
    assert b"192.0.2.1" not in found["word/media/a.svg"]
    assert b'href="#a"' in found["word/media/a.svg"]


def test_it_cannot_be_taken_for_a_file_of_another_kind() -> None:
    mixed = changed(linked("lien", URL), {"mimetype": b"application/vnd.oasis.opendocument.text"})
    assert "mimetype" not in parts(without_links(mixed)[0])


@pytest.mark.parametrize(
    ("part", "content"),
    [("word/vbaProject.bin", b"x"), ("word/x", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "f">]><a/>')],
)
def test_macros_and_entities_are_refused(tmp_path: Path, part: str, content: bytes) -> None:
    data = changed(linked("lien", URL), {part: content})
    with pytest.raises(RefusedError):
        without_links(data)
    path = tmp_path / "note.docx"
    path.write_bytes(data)
    if find_soffice() is None:
        return
    with pytest.raises(ConvgenError) as caught:
        foreign_pdf(joined("1", path, DOCX), PdfLook(), Report())
    assert caught.value.diagnostics[0].code == "LIA-20"


def test_what_is_not_fetched_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[bytes] = []

    def convert(content: bytes, *_: object, **__: object) -> bytes:
        given.append(content)
        made = io.BytesIO()
        pdf = pikepdf.new()
        pdf.add_blank_page()
        pdf.save(made)
        return made.getvalue()

    monkeypatch.setattr(pdf_foreign, "find_soffice", lambda: "soffice")
    monkeypatch.setattr(pdf_foreign, "convert_docx", convert)
    path = tmp_path / "note.docx"
    path.write_bytes(linked("image", URL))
    foreign_pdf(joined("1", path, DOCX), PdfLook(), report := Report())
    (told,) = report.warnings
    assert (told.code, told.path) == ("LIA-17", "pieces.note.fichier")
    assert told.cause == "Non repris dans le PDF : image liée à un autre fichier."
    assert all(URL.encode() not in data for data in parts(given[0]).values())


# --- with LibreOffice -----------------------------------------------------------------------------------------------


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server of this machine: its address, and what it was asked for."""
    heard: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(f"{self.command} {self.path}")
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the names that the server calls

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/secret.png", heard
        server.shutdown()
        thread.join()


@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_asks_a_server_for_nothing_and_takes_no_file(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    url, heard = asked
    secret = tmp_path / "secret.png"
    Image.new("RGB", (64, 64), (250, 10, 20)).save(secret)
    path = tmp_path / "note.docx"
    path.write_bytes(linked("image", secret.as_uri(), linked("image", url), "rIdY"))
    made = foreign_pdf(joined("1", path, DOCX), PdfLook(), Report())
    assert heard == []
    assert not [*PdfReader(io.BytesIO(made)).pages[0].images]


def test_every_way_of_calling_is_tried() -> None:
    assert {*CALLS} == {*LOST, "lien"}
