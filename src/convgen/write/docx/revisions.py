"""Changes in a text, as the Word writer prints them: elements that the pass of `redline` makes ready for Word.

Runs that come or go stand in a `w:ins` or `w:del` without attributes; a paragraph, a row or a table bears the
attribute `change`. An act without changes never comes here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from convgen.acte.nodes import DELETION, INSERTION, Block, ListItem, Tracked
from convgen.write.docx.numbering import LIST_STEP
from convgen.write.docx.state import State
from convgen.write.docx.xml import run

#: Around a title that changes, in the texts of the gabarit: before, between and after.
FORMER, LATTER, END = "\ue000", "\ue001", "\ue002"
CHANGE: Final = "change"
_WIDE_MARK: Final = 3  # characters: beyond, a mark needs the room of two levels


@dataclass(frozen=True, slots=True)
class Revision:
    """Who makes the changes of a file, and when: the same for all of them."""

    author: str
    when: datetime

    @property
    def date(self) -> str:
        """As Word writes it."""
        return self.when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _tag(change: str) -> str:
    return "del" if change == DELETION else "ins"


def changed_runs(state: State, change: str, runs: str) -> str:
    """Runs that come or go."""
    state.changed = True
    tag = _tag(change)
    return f"<w:{tag}>{runs}</w:{tag}>" if runs else ""


def changed_words(state: State, former: str, words: str, rpr: str = "") -> str:
    """Words and those that they take the place of."""
    gone = run(former, rpr) if former else ""
    come = run(words, rpr) if words else ""
    return changed_runs(state, DELETION, gone) + changed_runs(state, INSERTION, come)


def mark_changed(state: State, start: int, change: str) -> None:
    """Note that all that was printed since `start` comes or goes."""
    state.changed = True
    for place in range(start, len(state.out)):
        for opening in ("<w:p>", "<w:tbl>"):
            if state.out[place].startswith(opening):
                rest = state.out[place][len(opening) :]
                state.out[place] = f'{opening[:-1]} {CHANGE}="{_tag(change)}">{rest}'


def print_tracked(state: State, block: Tracked, print_blocks: Callable[[State, tuple[Block, ...]], None]) -> None:
    """Print blocks that come or go."""
    start, entries = len(state.out), len(state.entries)
    print_blocks(state, block.blocks)
    mark_changed(state, start, block.change)
    forget_entries(state, entries, block.change)


def forget_entries(state: State, start: int, change: str) -> None:
    """What goes is not in the table of contents."""
    if change == DELETION:
        del state.entries[start:]


def row_opening(state: State, change: str) -> str:
    """The start of a row, which may come or go."""
    if not change:
        return "<w:tr>"
    state.changed = True
    return f'<w:tr {CHANGE}="{_tag(change)}">'


def typed_mark(state: State, item: ListItem, mark: str, indent: int) -> tuple[str, str]:
    """The runs of the typed mark of a list item, and the indents that make it hang before its text."""
    words = run(mark) if item.former is None else changed_words(state, item.former, mark)
    longest = max(len(mark), len(item.former or ""))
    hanging = LIST_STEP * (2 if longest > _WIDE_MARK else 1)
    return f"{words}<w:r><w:tab/></w:r>", f'<w:ind w:left="{indent}" w:hanging="{hanging}"/>'


def title_in_shell(title: str, former: str) -> str:
    """What the tag of the title prints: the words to be told apart later when it changes."""
    return f"{FORMER}{former}{LATTER}{title}{END}" if former and former != title else title
