"""Inlines as HTML: marks for blanks, links for references, calls for notes. Every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from html import escape
from itertools import groupby

from convgen.acte.nodes import Blank, FillIn, Inline, LineBreak, Note, Reference, Value
from convgen.acte.runs import Run, runs


def inline_html(inlines: Iterable[Inline]) -> str:
    """The line, escaped."""
    # A value may be cut in several runs (« 1er »); it stays one element.
    return "".join(_node([*pieces]) for _, pieces in groupby(runs(inlines), key=lambda run: id(run.node)))


def note_html(note: Note) -> str:
    """The text of a note as a list item, with the link back to its call."""
    back = f'<a href="#appel-{note.number}" role="doc-backlink" aria-label="Retour au texte">↩</a>'
    return f'<li id="note-{note.number}" value="{note.number}">{inline_html(note.children)} {back}</li>\n'


def _node(pieces: list[Run]) -> str:
    html = "".join(_run(run) for run in pieces)
    node = pieces[0].node
    return _value(node, html) if isinstance(node, Value) else html


def _run(run: Run) -> str:
    html = _content(run)
    if run.superscript:
        html = f"<sup>{html}</sup>"
    if run.italic:
        html = f"<em>{html}</em>"
    return f"<strong>{html}</strong>" if run.bold else html


def _content(run: Run) -> str:
    text = escape(run.text)
    match run.node:
        case LineBreak():
            return "<br>"
        case Note(number=number):
            return (
                f'<sup class="appel"><a id="appel-{number}" href="#note-{number}" role="doc-noteref">{number}</a></sup>'
            )
        case FillIn(width=width):
            return f'<span class="remplir" style="width:{width / 2:g}em">\u00a0</span>'
        case Blank(key=key):
            return f'<mark class="blanc" data-cle="{escape(key)}">{text}</mark>'
        case Reference(target=target):
            return f'<a class="renvoi" href="#{escape(target)}">{text}</a>'
    return text


def _value(value: Value, html: str) -> str:
    if value.kind == "date" and isinstance(value.exact, str):
        return f'<time datetime="{escape(value.exact)}">{html}</time>'
    if isinstance(value.exact, (Decimal, int)) and not isinstance(value.exact, bool):
        return f'<data value="{value.exact}">{html}</data>'
    return html
