"""The copy of a foreign Word file that LibreOffice converts: it prints what the Word file of the liasse prints.

LibreOffice prints changes that are kept track of, struck words included, and computes fields again: a date would be
that of the conversion, and two liasses made from the same files would differ.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final

from lxml import etree

from convgen.write.docx.foreign_settled import (
    CHANGING,
    COMMENTED,
    FETCHING,
    REVISED,
    accept,
    is_revised,
    remove,
    settle_dates,
    settle_fields,
    unwrap,
)
from convgen.write.docx.relations import parse, serialize
from convgen.write.docx.shell import w

#: The elements that hold text; their parts may have any name.
_TEXTS: Final = frozenset(w(one) for one in ("document", "hdr", "ftr", "footnotes", "endnotes"))
_PARTS: Final = re.compile(r"word/(?!styles|theme/|settings|numbering|fontTable)[^.]*\.xml")
_COMMENTS: Final = ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")
#: What shows a value held elsewhere in the file, in place of the text that was last seen.
_BOUND: Final = ("sdt", "sdtContent")
_SETTINGS: Final = ("sdtPr", "sdtEndPr")
_DAY: Final = (1980, 1, 1, 0, 0, 0)


def settled(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The Word file with its changes accepted, its comments left out and its fields frozen.

    Args:
        content: a .docx file.

    Returns:
        The copy, and what its reader must know of it, in French (`REVISED`, `COMMENTED`).

    Raises:
        ValueError: it is damaged, or its main part is not written as Word writes it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {one.filename: archive.read(one) for one in archive.infolist() if not one.is_dir()}
        roots = {name: parse(data) for name, data in parts.items() if _PARTS.fullmatch(name)}
    except (
        zipfile.BadZipFile,
        zlib.error,
        etree.XMLSyntaxError,
        OSError,
        RuntimeError,
        NotImplementedError,
        EOFError,
    ) as error:
        raise ValueError(str(error)) from error
    main = roots.get("word/document.xml")
    if main is None or main.tag not in _TEXTS:  # the strict form of the format has other names for everything
        raise ValueError("word/document.xml")
    remarks: dict[str, None] = {}
    for name, root in roots.items():
        if root.tag not in _TEXTS:
            continue
        if is_revised(root):
            remarks[REVISED] = None
        if next(root.iter(w("commentReference")), None) is not None:
            remarks[COMMENTED] = None
        _settle(root)
        parts[name] = serialize(root)
    return _zipped(parts), tuple(remarks)


def _settle(root: etree._Element) -> None:
    accept(root)
    for one in list(root.iter(*(w(tag) for tag in (*_COMMENTS, *_SETTINGS)))):
        remove(one)
    for one in list(root.iter(*(w(tag) for tag in _BOUND))):
        unwrap(one)
    settle_fields(root, FETCHING)
    settle_fields(root, CHANGING)
    settle_dates(root)


def _zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()
