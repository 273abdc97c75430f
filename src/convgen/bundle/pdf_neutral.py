"""A PDF that another program made, without what changes from one run to the next or names who wrote the file."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream

_XMP: Final = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{claims}'
    '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
)
_ARCHIVE: Final = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
_ACCESSIBLE: Final = "<pdfuaid:part>1</pdfuaid:part>"
#: Where a colour profile says when it was made, and its own checksum, which counts that day (ICC.1:2022, 7.2).
_MADE: Final = slice(24, 36)
_SIGNATURE: Final = slice(36, 40)
_CHECKSUM: Final = slice(84, 100)
#: The first day of the year 2000, as six numbers of two bytes.
_DAY: Final = bytes((0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))


def neutralize(pdf: Pdf, title: str, *, tagged: bool) -> None:
    """Take out dates, identifiers, the author and the program; the title becomes ours.

    Args:
        pdf: changed in place; saved with an identifier drawn from what it holds.
        title: what the file is called.
        tagged: its tags are whole.
    """
    held = pdf.Root.get("/Metadata")
    said = held.read_bytes() if isinstance(held, Stream) else b""
    claims = _ARCHIVE if b"pdfaid:part" in said else ""
    if tagged and b"pdfuaid:part" in said:
        claims += _ACCESSIBLE
    words = _XMP.format(title=escape(title), claims=claims).encode()
    pdf.Root.Metadata = pdf.make_stream(words, Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    for key in ("/Info", "/ID", "/DocChecksum"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    for one in pdf.objects:
        if isinstance(one, Stream) and "/N" in one:
            _date_profile(one)


def _date_profile(stream: Stream) -> None:
    """Give a colour profile a day that does not change."""
    try:
        data = bytearray(stream.read_bytes())
    except pikepdf.PdfError:
        return
    if data[_SIGNATURE] == b"acsp" and len(data) >= _CHECKSUM.stop:
        data[_MADE] = _DAY
        data[_CHECKSUM] = bytes(16)
        stream.write(bytes(data))
