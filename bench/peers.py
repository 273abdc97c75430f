"""The same document made by other engines: one template with a tag for each value, built from our own act."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

import docx
from convgen.acte.nodes import (
    Acte,
    Block,
    Division,
    Inline,
    ListBlock,
    Paragraph,
    Section,
    SignatureGrid,
    Table,
    Value,
)
from convgen.acte.runs import runs

HERE = Path(__file__).parent
CACHE = HERE.parent / ".cache" / "bench"
NODE = CACHE / "node"
PACKAGES = ("docxtemplater@3", "pizzip@3", "easy-template-x@6")


@dataclass(slots=True)
class Template:
    """A template being built: the Word document and the values of its tags."""

    document: Any
    tag: tuple[str, str]
    values: dict[str, str]

    def line(self, inlines: tuple[Inline, ...], paragraph: Any) -> None:
        """Add the runs of a line, each value as a tag."""
        for run in runs(inlines):
            text = run.text
            if isinstance(run.node, Value):
                name = f"v{len(self.values)}"
                self.values[name] = text
                text = f"{self.tag[0]}{name}{self.tag[1]}"
            made = paragraph.add_run(text)
            made.bold, made.italic = run.bold or None, run.italic or None

    def block(self, block: Block) -> None:
        """Add a block with the same paragraphs and cells as ours."""
        match block:
            case Paragraph(inlines=inlines):
                self.line(inlines, self.document.add_paragraph())
            case Division():
                heading = self.document.add_heading("", min(block.level + 1, 9))
                heading.add_run(f"{block.number.label}{block.number.separator}" if block.number else "")
                self.line(block.title, heading)
                self.blocks(block.blocks)
            case ListBlock(items=items):
                self.items([inner for item in items for inner in item.blocks])
            case Table():
                self.table(block)
            case SignatureGrid(signatures=signatures):
                self.blocks(tuple(Paragraph(line) for one in signatures for line in (*one.lines, one.name)))
            case Section(blocks=blocks):
                self.blocks(blocks)

    def items(self, blocks: list[Block]) -> None:
        """Add the blocks of the items of a list."""
        for block in blocks:
            if isinstance(block, Paragraph):
                self.line(block.inlines, self.document.add_paragraph(style="List Bullet"))
            else:
                self.block(block)

    def blocks(self, blocks: tuple[Block, ...]) -> None:
        """Add several blocks."""
        for block in blocks:
            self.block(block)

    def table(self, table: Table) -> None:
        """Add a table; merged cells become plain ones."""
        rows = (*table.header, *table.rows)
        columns = max(len(row.cells) for row in rows)
        made = self.document.add_table(len(rows), columns)
        for row, ours in zip(made.rows, rows, strict=True):
            for cell, content in zip(row.cells, ours.cells, strict=False):
                for block in content.blocks:
                    if isinstance(block, Paragraph):
                        self.line(block.inlines, cell.paragraphs[0])


def build(acte: Acte, tag: tuple[str, str]) -> tuple[bytes, dict[str, str]]:
    """The template of an act, its tags between `tag`, and the values to give it."""
    template = Template(docx.Document(), tag, {})
    for blocks in _all(acte):
        template.blocks(blocks)
    stream = io.BytesIO()
    template.document.save(stream)
    return stream.getvalue(), template.values


def _all(acte: Acte) -> Iterator[tuple[Block, ...]]:
    yield from (zone.blocks for zone in acte.zones)
    yield from (annexe.blocks for annexe in acte.annexes)


def docxtpl(template: bytes, values: dict[str, str]) -> bytes:
    """Render with docxtpl, the way its documentation shows."""
    made = DocxTemplate(io.BytesIO(template))
    made.render(values, autoescape=True)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class NodePeers:
    """docxtemplater and easy-template-x, in a process of their own that waits for its turns."""

    process: subprocess.Popen[str]

    def burst(self, name: str, count: int) -> list[float]:
        """The durations of so many runs of a peer, in seconds.

        Raises:
            CalledProcessError: node stopped; it said why on the terminal.
        """
        assert self.process.stdin is not None and self.process.stdout is not None  # noqa: S101 - both are pipes
        print(name, count, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            raise subprocess.CalledProcessError(self.process.wait(), "node")
        times: list[float] = json.loads(answer)
        return times


@contextmanager
def node_peers(acte: Acte) -> Iterator[NodePeers | str]:
    """The peers of node on a template of the act, or why they are not measured."""
    reason = _missing()
    if reason:
        yield reason
        return
    template, values = build(acte, ("{", "}"))
    (NODE / "template.docx").write_bytes(template)
    (NODE / "values.json").write_text(json.dumps(values), encoding="utf-8")
    script = shutil.copy(HERE / "peers.mjs", NODE / "peers.mjs")
    command = ["node", str(script)]
    with subprocess.Popen(command, cwd=NODE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield NodePeers(process)


def _missing() -> str:
    """Install the packages on demand; why it cannot be done, else ""."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "node and npm are not installed"
    if (NODE / "node_modules" / "easy-template-x").is_dir():
        return ""
    NODE.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--prefix", str(NODE), "--no-audit", "--no-fund", "--silent", *PACKAGES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return f"npm install failed: {(done.stderr or done.stdout).strip()[:200]}" if done.returncode else ""
