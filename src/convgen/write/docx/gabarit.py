"""Gabarits: a folder with `gabarit.docx` and `charte.yaml`, checked and compiled once, then reused for every act."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from jinja2 import Template
from lxml import etree

from convgen.acte.memo import Memo
from convgen.errors import Diagnostic, GabaritError, Place, Report
from convgen.source.nodes import place_of
from convgen.write.charte import Charte, parse_charte
from convgen.write.columns import Layout, Layouts
from convgen.write.docx import relations
from convgen.write.docx.letterhead import Shell
from convgen.write.docx.looks import Look
from convgen.write.docx.package import PackedPart, pack_parts, read_package
from convgen.write.docx.restyle import complete_styles
from convgen.write.docx.shell import BODY_MARK, SECTION_MARK, compile_part, environment, has_tags, take_body_mark, w
from convgen.write.docx.state import Line, Page, Passage, PrintedTable
from convgen.write.docx.theme import font_table_part, theme_part
from convgen.write.docx.xml import HEADER, W

MAX_FILE = 20 * 1024 * 1024  # bytes of gabarit.docx
MAX_TABLES = 256  # remembered
WORD = f"{relations.OFFICE}.wordprocessingml"
#: The parts every act writes anew, and their content types.
WRITTEN = {
    "word/document.xml": f"{WORD}.document.main+xml",
    "word/footnotes.xml": f"{WORD}.footnotes+xml",
    "docProps/core.xml": f"{relations.PACKAGE}.core-properties+xml",
    "docProps/custom.xml": f"{relations.OFFICE}.custom-properties+xml",
}

CharteReader = Callable[[Path], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class NumberingShell:
    """The gabarit's own lists, between which ours are put."""

    part: str
    opening: str
    abstracts: str
    nums: str
    closing: str
    first_abstract: int
    first_num: int


@dataclass(frozen=True, slots=True)
class Gabarit:
    """A compiled gabarit.

    Attributes:
        name: the folder's name.
        digest: SHA-256 of `gabarit.docx` and of the charte, for the manifest.
        static: the parts that no act changes, already packed.
        templates: the parts with tags, by name; the document is among them.
        section: the `w:sectPr` that governs the body.
        tail: something is printed after the body, in the same section.
        styles: our style key → style id; names: our style key → style name.
        capital_styles: our keys whose style prints in capitals.
        numbered_styles: our heading keys whose style numbers by itself.
        looks: our style key, or any style id → the room the style takes.
        first_id: the first free bookmark id.
        notes: what was made up for the gabarit, said to its maker.
        folder: where it was read, None for one made in memory.
        shells: what it printed around acts, by what it prints of them.
        printed, tables, passages: the lines, short tables and steady blocks that acts have printed with it.
        known_layouts: what `layouts` worked out so far.
    """

    name: str
    charte: Charte
    digest: str
    static: tuple[PackedPart, ...]
    templates: Mapping[str, Template]
    section: str
    tail: bool
    page: Page
    styles: Mapping[str, str]
    names: Mapping[str, str]
    capital_styles: frozenset[str]
    numbered_styles: frozenset[str]
    numbering: NumberingShell
    looks: Mapping[str, Look]
    first_id: int
    notes: tuple[Diagnostic, ...]
    folder: Path | None = None
    shells: dict[Hashable, Shell] = field(default_factory=dict, repr=False, compare=False)
    printed: Memo[Line] = field(default_factory=Memo, repr=False, compare=False)
    passages: Memo[Passage] = field(default_factory=Memo, repr=False, compare=False)
    tables: Memo[PrintedTable] = field(default_factory=lambda: Memo(MAX_TABLES), repr=False, compare=False)
    known_layouts: Memo[Layout] = field(default_factory=Memo, repr=False, compare=False)

    @property
    def layouts(self) -> Layouts:
        """The layouts of tables, in its letters."""
        return Layouts(self.charte.polices, self.known_layouts)


def load_gabarit(folder: Path, read_charte: CharteReader | None = None, root: Path | None = None) -> Gabarit:
    """Read, check and compile a gabarit.

    Args:
        folder: holds `gabarit.docx` and, possibly, `charte.yaml`.
        read_charte: reads a YAML file as plain data; strict YAML by default.
        root: the workspace, from which messages name the files.

    Raises:
        GabaritError: with every problem found (codes GAB-01 to GAB-07).
    """
    path = folder / "gabarit.docx"
    label = folder.relative_to(root).as_posix() if root is not None else folder.name
    data = _read_file(path, f"{label}/gabarit.docx")
    charte_path = folder / "charte.yaml"
    charte, charte_bytes = Charte(), b""
    if charte_path.is_file():
        given = read_charte(charte_path) if read_charte else _read_yaml(charte_path, f"{label}/charte.yaml")
        charte_bytes = charte_path.read_bytes()
        try:
            charte = parse_charte(given)
            _check_logo(folder, charte)
        except GabaritError as error:
            raise GabaritError(*(_placed(one, given) for one in error.diagnostics)) from None
    digest = hashlib.sha256(data + b"\0" + charte_bytes).hexdigest()
    return replace(compile_gabarit(folder.name, data, charte, digest, f"{label}/gabarit.docx"), folder=folder)


def _placed(problem: Diagnostic, given: Mapping[str, object]) -> Diagnostic:
    """A problem of the charte, with its place in the file when the file was read with places."""
    node = getattr(given, "node", None)
    return problem if node is None else replace(problem, place=place_of(node, problem.path.split(".")))


def _read_file(path: Path, label: str) -> bytes:
    if not path.is_file():
        raise GabaritError(
            Diagnostic(
                "GAB-01",
                f"Gabarit introuvable : {label}",
                remedy="Vérifiez le nom du gabarit, ou copiez-y un gabarit livré avec convgen.",
            )
        )
    if path.stat().st_size > MAX_FILE:
        raise GabaritError(
            Diagnostic(
                "GAB-04",
                f"{label} dépasse {MAX_FILE // 1024**2} Mo",
                remedy="Réduisez les images du gabarit.",
            )
        )
    return path.read_bytes()


def _read_yaml(path: Path, label: str) -> Mapping[str, object]:
    from convgen.source.files import read_text  # only when a charte has to be read
    from convgen.source.nodes import plain
    from convgen.source.yaml import load_yaml

    report = Report()
    text = read_text(path, label, report)
    node = load_yaml(text, label, report) if text is not None else None
    report.raise_if_errors(GabaritError)
    value = plain(node)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        remedy = "Écrivez une clé par ligne, sous la forme « clé: valeur »."
        raise GabaritError(
            Diagnostic("GAB-07", "La charte est faite de clés et de valeurs", Place(label), remedy=remedy)
        )
    return value


def _check_logo(folder: Path, charte: Charte) -> None:
    if not charte.logo:
        return
    logo = folder / charte.logo
    if not logo.resolve().is_relative_to(folder.resolve()) or not logo.is_file():
        raise GabaritError(
            Diagnostic(
                "GAB-07",
                f"Logo introuvable à côté de charte.yaml : « {charte.logo} »",
                path="logo",
                remedy="Donnez le nom d'une image placée dans le dossier du gabarit.",
            )
        )


def compile_gabarit(name: str, data: bytes, charte: Charte, digest: str, label: str) -> Gabarit:
    """A gabarit from the bytes of its Word file. `label` is how messages call the file."""
    parts = read_package(data, label)
    for part in ("[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels"):
        if part not in parts:
            raise _unreadable(label, f"La partie {part} manque.")
    _check_xml(parts, label)
    root = relations.parse(parts["word/document.xml"])
    section = take_body_mark(root, label)
    document = _text(relations.serialize(root))
    relations.prepare_relations(parts)
    made = _add_theme(parts, charte)
    style_part = relations.part_named(parts, "styles", "word/styles.xml")
    page = _page(section)
    styles = complete_styles(parts, style_part, charte, page.text_width, label)
    relations.prepare_settings(parts, relations.part_named(parts, "settings", "word/settings.xml"))
    numbering = _numbering_shell(parts)
    templates = _compile(parts, document, label)
    parts = {part: content for part, content in parts.items() if part not in templates and part != numbering.part}
    parts = {part: content for part, content in parts.items() if not part.startswith(("docProps/", "word/footnotes"))}
    written = {**WRITTEN, numbering.part: f"{WORD}.numbering+xml"}
    written.update(made)
    written.update({style_part: f"{WORD}.styles+xml"})
    written[relations.part_named(parts, "settings", "word/settings.xml")] = f"{WORD}.settings+xml"
    for part in templates:
        written.setdefault(part, f"{WORD}.{'header' if 'header' in part else 'footer'}+xml")
    relations.prepare_content_types(parts, written)
    return Gabarit(
        name=name,
        charte=charte,
        digest=digest,
        static=pack_parts(parts),
        templates=templates,
        section=_section_text(section),
        tail=_has_tail(document),
        page=page,
        styles=styles.ids,
        names=styles.names,
        capital_styles=styles.capitals,
        numbered_styles=styles.numbered,
        numbering=numbering,
        looks=styles.looks,
        first_id=_first_id(document),
        notes=styles.notes,
    )


def _check_xml(parts: Mapping[str, bytes], label: str) -> None:
    for part, content in parts.items():
        if not part.endswith((".xml", ".rels")):
            continue
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise _unreadable(label, f"La partie {part} déclare des entités XML, refusées par sécurité.")
        try:
            relations.parse(content)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise _unreadable(label, f"La partie {part} n'est pas du XML correct.") from error


def _unreadable(label: str, cause: str) -> GabaritError:
    return GabaritError(
        Diagnostic(
            "GAB-04",
            f"{label} n'est pas un fichier Word lisible",
            cause=cause,
            remedy="Ouvrez-le dans Word et enregistrez-le de nouveau au format .docx.",
        )
    )


def _text(data: bytes) -> str:
    return data.decode("utf-8")


def _add_theme(parts: dict[str, bytes], charte: Charte) -> dict[str, str]:
    """Put in the theme and the font table when they are missing; return the content types of both."""
    theme = relations.part_named(parts, "theme", relations.THEME)
    fonts = relations.part_named(parts, "fontTable", relations.FONTS)
    parts.setdefault(theme, theme_part(charte).encode())
    parts.setdefault(fonts, font_table_part(charte).encode())
    return {theme: f"{relations.OFFICE}.theme+xml", fonts: f"{WORD}.fontTable+xml"}


def _compile(parts: Mapping[str, bytes], document: str, label: str) -> dict[str, Template]:
    problems: list[Diagnostic] = []
    env = environment()
    sources = {"word/document.xml": document}
    for part, content in parts.items():
        if not re.fullmatch(r"word/(header|footer)\w*\.xml", part):
            continue
        text = _text(content)
        if has_tags(text) or "NUMPAGES" in text:
            sources[part] = text
    templates = {}
    for part in sorted(sources):
        template = compile_part(env, sources[part], f"{label} ({part})", problems)
        if template is not None:
            templates[part] = template
    if problems:
        raise GabaritError(*problems)
    return templates


def _numbering_shell(parts: Mapping[str, bytes]) -> NumberingShell:
    part = relations.part_named(dict(parts), "numbering", "word/numbering.xml")
    if part not in parts:
        return NumberingShell(part, f'{HEADER}<w:numbering xmlns:w="{W}">', "", "", "</w:numbering>", 0, 1)
    root = relations.parse(parts[part])
    abstracts = [one for one in root if one.tag in (w("numPicBullet"), w("abstractNum"))]
    nums = [one for one in root if one.tag == w("num")]
    first_abstract = max((int(one.get(w("abstractNumId"), "0")) for one in root.iter(w("abstractNum"))), default=-1) + 1
    first_num = max((int(one.get(w("numId"), "0")) for one in nums), default=0) + 1
    texts = _strip_namespaces(abstracts), _strip_namespaces(nums)
    for one in list(root):
        root.remove(one)
    root.text = "@"
    opening, closing = _text(relations.serialize(root)).split("@")
    return NumberingShell(part, opening, *texts, closing, first_abstract, first_num)


def _strip_namespaces(elements: list[etree._Element]) -> str:
    """The elements as text, without the namespaces that their root declares anyway."""
    text = "".join(etree.tostring(one, encoding="unicode", with_tail=False) for one in elements)
    return re.sub(r' xmlns:\w+="[^"]*"', "", text)


def _section_text(section: etree._Element) -> str:
    return _strip_namespaces([section])


def _page(section: etree._Element) -> Page:
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))

    def number(element: etree._Element | None, name: str, default: int) -> int:
        value = element.get(w(name), "") if element is not None else ""
        return abs(int(value)) if value.lstrip("-").isdigit() else default

    default = Page()
    return Page(
        number(size, "w", default.width),
        number(size, "h", default.height),
        number(margins, "left", default.left),
        number(margins, "right", default.right),
        number(margins, "top", default.top),
        number(margins, "bottom", default.bottom),
    )


def _has_tail(document: str) -> bool:
    between = document.partition(BODY_MARK)[2].partition(SECTION_MARK)[0]
    return re.search(r"<w:(p|tbl|sdt)\b", between) is not None


def _first_id(document: str) -> int:
    return max((int(one) for one in re.findall(r'<w:bookmarkStart\b[^>]*w:id="(\d+)"', document)), default=0) + 1
