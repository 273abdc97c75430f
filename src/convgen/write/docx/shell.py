"""The shell of a gabarit: its tags checked, then compiled once to templates. docxtpl serves for this only."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from convgen.errors import Diagnostic, GabaritError, suggest
from convgen.write.docx.xml import W

#: The tags a gabarit may use, in French for the message.
TAGS = ("acte", "brouillon", "corps", "en_tete", "mention", "organisme", "pied", "services", "tribunal")
ACTE_FIELDS = ("nature", "numero", "titre")
BODY_MARK = "<!--convgen:corps-->"
SECTION_MARK = "<!--convgen:section-->"

_MARK = re.compile(r"\{\{\s*p?\s*corps\s*\}\}")
_TAG = re.compile(r"\{[{%#]")
_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.If, nodes.For,
    nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.CondExpr,
)  # fmt: skip


def w(tag: str) -> str:
    """A WordprocessingML tag as lxml writes it."""
    return f"{{{W}}}{tag}"


def take_body_mark(root: etree._Element, name: str) -> etree._Element:
    """Replace the body mark by a comment, and the section that governs it by another.

    Returns:
        the `w:sectPr` taken out.

    Raises:
        GabaritError: GAB-02 without a mark, GAB-03 when repeated, not alone or in a wrong place.
    """
    body = root.find(w("body"))
    found = [one for one in root.iter(w("p")) if _MARK.search(_words(one))] if body is not None else []
    if body is None or not found:
        raise GabaritError(
            Diagnostic(
                "GAB-02",
                f"{name} ne contient pas la marque du corps « {{{{p corps }}}} »",
                cause="Sans elle, le texte de l'acte n'a pas de place où s'imprimer.",
                remedy="Dans Word, tapez {{p corps }} seul dans un paragraphe, là où commence le texte de l'acte.",
            )
        )
    mark = found[0]
    fault = _fault(body, mark, found)
    if fault:
        raise GabaritError(
            Diagnostic(
                "GAB-03",
                f"La marque du corps de {name} est mal placée : {fault}",
                cause="La marque est remplacée par l'acte entier ; son paragraphe disparaît.",
                remedy="Laissez une seule marque {{p corps }}, seule dans un paragraphe ordinaire du document.",
            )
        )
    section = _governing_section(body, mark)
    body.replace(mark, etree.Comment("convgen:corps"))
    return section


def _fault(body: etree._Element, mark: etree._Element, found: list[etree._Element]) -> str:
    words = _words(mark).strip()
    if len(found) > 1 or len(_MARK.findall(words)) > 1:
        return "elle y est plusieurs fois"
    if mark.getparent() is not body:
        return "elle est dans un tableau, un cadre ou une zone de texte"
    if not _MARK.fullmatch(words):
        return "elle n'est pas seule dans son paragraphe"
    if not re.fullmatch(r"\{\{p\s+corps\s*\}\}", words):
        return "il faut écrire {{p corps }}, avec le p collé aux accolades"
    if mark.find(f".//{w('sectPr')}") is not None:
        return "son paragraphe porte un saut de section"
    if any(mark.find(f".//{w(tag)}") is not None for tag in ("drawing", "pict", "object")):
        return "son paragraphe porte une image"
    return ""


def _words(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(w("t")))


def _governing_section(body: etree._Element, mark: etree._Element) -> etree._Element:
    for element in mark.itersiblings():
        section = element if element.tag == w("sectPr") else element.find(f"{w('pPr')}/{w('sectPr')}")
        if section is not None:
            parent = section.getparent()
            kept = copy.deepcopy(section)
            if parent is not None:
                parent.replace(section, etree.Comment("convgen:section"))
            return kept
    body.append(etree.Comment("convgen:section"))
    return etree.fromstring(
        f'<w:sectPr xmlns:w="{W}"><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="709" w:footer="709" '
        'w:gutter="0"/></w:sectPr>'
    )


def has_tags(xml: str) -> bool:
    """Whether a part holds template tags, whole or cut by formatting."""
    return _TAG.search(re.sub(r"<[^>]*>", "", xml)) is not None


def environment() -> SandboxedEnvironment:
    """The only way a gabarit's tags are run."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def compile_part(env: SandboxedEnvironment, xml: str, part: str, problems: list[Diagnostic]) -> Template | None:
    """The template of a part; its faults are added to `problems` and None is returned."""
    from docxtpl import DocxTemplate  # slow to import, only needed here

    source = DocxTemplate(None).patch_xml(xml)
    try:
        tree = env.parse(source)
    except TemplateSyntaxError as error:
        problems.append(
            Diagnostic(
                "GAB-05",
                f"Une balise de {part} est mal écrite",
                cause=f"Jinja répond : {error.message}",
                remedy="Retapez la balise d'un seul trait, par exemple {{ acte.titre }}.",
            )
        )
        return None
    # jinja2 finds the names by compiling, which computes « 'x' * 10**9 »: only what is allowed gets that far
    faults = [*_forbidden(tree, part)] or [*_unknown_names(tree, part)]
    problems += faults
    return None if faults else env.from_string(tree)


def _unknown_names(tree: nodes.Template, part: str) -> Iterator[Diagnostic]:
    for name in sorted(meta.find_undeclared_variables(tree) - (set(TAGS) - {"corps"})):
        yield _unknown(name, part, TAGS)
    for one in tree.find_all(nodes.Getattr):
        owner = one.node.name if isinstance(one.node, nodes.Name) else ""
        if owner == "loop" or (owner == "acte" and one.attr in ACTE_FIELDS):
            continue
        yield _unknown(f"{owner}.{one.attr}", part, tuple(f"acte.{name}" for name in ACTE_FIELDS))


def _unknown(name: str, part: str, known: Iterable[str]) -> Diagnostic:
    names = [one for one in TAGS if one != "acte"] + [f"acte.{one}" for one in ACTE_FIELDS]
    return Diagnostic(
        "GAB-05",
        f"Balise inconnue dans {part} : « {name} »",
        cause=f"Balises possibles : {', '.join(sorted(names))}.",
        remedy=suggest(name, known, "Balises possibles"),
    )


def _forbidden(tree: nodes.Template, part: str) -> Iterator[Diagnostic]:
    for one in tree.find_all(nodes.Node):
        if not isinstance(one, _ALLOWED):
            yield Diagnostic(
                "GAB-05",
                f"Construction interdite dans {part} : {type(one).__name__}",
                cause="Un gabarit n'affiche que ses balises, avec des « si » et des « pour chaque ».",
                remedy="Gardez {{ … }}, {% if … %} et {% for … in services %}, sans filtre ni calcul.",
            )
            return
