"""Inlines as HTML: marks for blanks, links for references, calls for notes. Every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from html import escape
from itertools import groupby

from convgen.acte.nodes import (
    DELETION,
    INSERTION,
    Blank,
    Deleted,
    FillIn,
    Inline,
    Inserted,
    LineBreak,
    Note,
    Reference,
    Value,
)
from convgen.acte.runs import Run, runs


def inline_html(inlines: Iterable[Inline]) -> str:
    """The line, escaped."""
    line = tuple(inlines)
    if not any(isinstance(node, Inserted | Deleted) for node in line):
        return _line(line)
    return "".join(_changed(node) for node in line)


def _changed(node: Inline) -> str:
    match node:
        case Inserted(children=children):
            return f"<ins>{_line(children)}</ins>"
        case Deleted(children=children):
            return f"<del>{_line(children)}</del>"
    return _line((node,))


def _line(inlines: Iterable[Inline]) -> str:
    # A value may be cut in several runs (« 1er »); it stays one element.
    return "".join(_node([*pieces]) for _, pieces in groupby(runs(inlines), key=lambda run: id(run.node)))


def label_html(former: str | None, label: str, after: str = "") -> str:
    """A number, after the one that it takes the place of if it changes, then what stands after it."""
    if former is None:
        return escape(label + after)
    gone = f"<del>{escape(former)}</del>" if former else ""
    come = f"<ins>{escape(label)}</ins>" if label else ""
    return f"{gone}{come}{escape(after)}"


def change_html(change: str, content: str) -> str:
    """Content that comes or goes."""
    tag = {INSERTION: "ins", DELETION: "del"}.get(change)
    return f"<{tag}>{content}</{tag}>" if tag and content else content


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
