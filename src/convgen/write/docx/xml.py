"""Small builders of WordprocessingML text. Nothing here knows acts."""

from __future__ import annotations

import re

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: Anything that a text may not hold as it is: markup, and the control characters XML 1.0 forbids.
_SPECIAL = re.compile('[&<>"\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]')
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": " ", "\n": " ", "\r": " "}


def _entity(match: re.Match[str]) -> str:
    return _ENTITIES.get(match[0], "")


def escape(text: str) -> str:
    """Text or attribute value ready for XML; control characters disappear, tabs and ends of line are spaces."""
    return _SPECIAL.sub(_entity, text) if _SPECIAL.search(text) else text


def run(text: str, rpr: str = "") -> str:
    """A run of text already final, escaped here. `rpr` is the inside of `w:rPr`."""
    head = f"<w:r><w:rPr>{rpr}</w:rPr>" if rpr else "<w:r>"
    return f'{head}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field(instruction: str, result: str, rpr: str = "") -> str:
    """A complex field with its cached result, itself the XML of runs."""
    props = f"<w:rPr>{rpr}</w:rPr>" if rpr else ""
    return (
        f'<w:r>{props}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{props}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r>{props}<w:fldChar w:fldCharType="separate"/></w:r>{result}'
        f'<w:r>{props}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(style: str, content: str, ppr: str = "", num: str = "") -> str:
    """A paragraph.

    Args:
        style: the style id, always named.
        content: runs.
        ppr: properties that stand after `w:numPr` in the order of the schema.
        num: the `w:keepNext`, `w:pageBreakBefore` and `w:numPr` part, in that order.
    """
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{num}{ppr}</w:pPr>{content}</w:p>'


def num_pr(num_id: int, level: int) -> str:
    """The link of a paragraph to its list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'
