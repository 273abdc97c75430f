"""A Word file that links to what stands elsewhere, in every way that Word knows."""

from __future__ import annotations

import io
import zipfile

from docx import Document

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_V = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


def picture(call: str) -> str:
    """A drawing whose picture is called so (`r:link="…"`)."""
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{_WP}"><wp:extent cx="900000" cy="900000"/>'
        f'<wp:docPr id="1" name="i"/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_P}"><pic:pic xmlns:pic="{_P}">'
        f'<pic:nvPicPr><pic:cNvPr id="0" name="i"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip {call}/>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def field(instruction: str, result: str) -> str:
    """A field and what it last printed."""
    mark = '<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
    return (
        f'<w:p>{mark % "begin"}<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f"{mark % 'separate'}<w:r><w:t>{result}</w:t></w:r>{mark % 'end'}</w:p>"
    )


#: How a text calls what is elsewhere: the kind of relationship, and the words of the body.
CALLS = {
    "image": ("image", picture('r:link="rIdX"')),
    "image-comme-lien": ("hyperlink", picture('r:link="rIdX"')),
    "vml": (
        "image",
        f'<w:p><w:r><w:pict {_V}><v:shape id="s" style="width:90pt;height:90pt"><v:imagedata r:id="rIdX" o:title=""/>'
        "</v:shape></w:pict></w:r></w:p>",
    ),
    "objet": (
        "oleObject",
        f'<w:p><w:r><w:object {_V}><v:shape id="s" style="width:90pt;height:90pt"/><o:OLEObject Type="Link" '
        'ProgID="Word.Document.12" ShapeID="s" DrawAspect="Content" ObjectID="_1" r:id="rIdX"/></w:object></w:r></w:p>',
    ),
    "sous-document": ("subDocument", '<w:subDoc r:id="rIdX"/>'),
    "html": ("aFChunk", '<w:altChunk r:id="rIdX"/>'),
    "champ-image": ("", field('INCLUDEPICTURE "{url}" \\d', "image du champ")),
    "champ-texte": ("", field('INCLUDETEXT "{url}"', "texte du champ")),
    "lien": ("hyperlink", '<w:p><w:hyperlink r:id="rIdX"><w:r><w:t>le site</w:t></w:r></w:hyperlink></w:p>'),
}


def linked(call: str, url: str, base: bytes = b"", ident: str = "rIdX") -> bytes:
    """A Word file that calls an address; `base`, when it is given, calls another one already."""
    kind, body = CALLS[call]
    body = body.replace("rIdX", ident)
    made = io.BytesIO(base)
    if not base:
        document = Document()
        document.add_paragraph("Texte de la pièce")
        document.save(made)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.infolist():
            data = old.read(one).decode() if one.filename.endswith((".xml", ".rels")) else old.read(one)
            if one.filename == "word/document.xml":
                data = str(data).replace("<w:sectPr", body.replace("{url}", url) + "<w:sectPr", 1)
            if one.filename == "word/_rels/document.xml.rels" and kind:
                mode = ' TargetMode="External"'
                target = url
                if kind == "aFChunk":
                    mode, target = "", "bout.html"
                relation = f'<Relationship Id="{ident}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'
                data = str(data).replace("</Relationships>", f"{relation}</Relationships>")
            if one.filename == "[Content_Types].xml":
                data = str(data).replace("<Override", '<Default Extension="html" ContentType="text/html"/><Override', 1)
            new.writestr(one.filename, data)
        if kind == "aFChunk":
            new.writestr("word/bout.html", f'<html><body><p>bout</p><img src="{url}"></body></html>')
    return out.getvalue()
