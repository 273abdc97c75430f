"""From the tree and a compiled gabarit to the bytes of a Word file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

from convgen import __version__
from convgen.acte.nodes import Acte
from convgen.french.typography import typeset
from convgen.write.docx.body import print_body
from convgen.write.docx.gabarit import Gabarit
from convgen.write.docx.letterhead import Shell, page_below, rows_above
from convgen.write.docx.numbering import Numbering
from convgen.write.docx.package import PackedPart, pack_part, write_package
from convgen.write.docx.pager import Pager
from convgen.write.docx.plan import Plan, make_plan
from convgen.write.docx.properties import core_part, custom_part
from convgen.write.docx.redline import Redline
from convgen.write.docx.revisions import Revision, title_in_shell
from convgen.write.docx.shell import BODY_MARK, SECTION_MARK
from convgen.write.docx.state import State
from convgen.write.docx.xml import HEADER, R, W, escape
from convgen.write.wide_tables import turn_pages

#: A tenth more bytes than level 4 on the few tens of kilobytes of an act, for half of the time.
LEVEL = 1
MAX_SHELLS = 64
_PAGES = re.compile(
    r'(NUMPAGES(?:(?!w:fldChar).)*<w:fldChar w:fldCharType="separate"/>(?:(?!w:fldChar).)*?<w:t\b[^>]*>)\d+',
    re.DOTALL,
)


def write_docx(acte: Acte, gabarit: Gabarit, revision: Revision | None = None) -> bytes:
    """The act as a Word file.

    The same act and gabarit give the same bytes on one platform and Python build.

    Args:
        acte: numbered, its references resolved.
        gabarit: from `load_gabarit`; it may serve for any number of acts.
        revision: who makes the changes that the act shows, tracked; without one they are struck and underlined.
    """
    acte = turn_pages(acte, gabarit.page, gabarit.layouts)
    lists = gabarit.numbering
    numbering = Numbering(lists.first_abstract, lists.first_num, acte.id or acte.title)
    shell = shell_of(acte, gabarit)
    state = start_state(gabarit, shell, numbering, make_plan(acte, numbering, gabarit.first_id, gabarit.capital_styles))
    print_all(state, acte, gabarit)
    changes = changes_of(acte, state, revision)
    body = "".join(state.out)
    if changes is not None:
        body = changes.body(body)
        state.notes = changes.footnotes(state.notes)
    abstracts, nums = numbering.xml()
    texts = {
        lists.part: f"{lists.opening}{lists.abstracts}{abstracts}{lists.nums}{nums}{lists.closing}",
        "docProps/core.xml": core_part(acte, gabarit.charte),
        "docProps/custom.xml": custom_part(acte, gabarit.digest, gabarit.name, __version__),
    }
    texts.update({part: counted(text, state.pager.page) for part, text in shell.others.items()})
    texts["word/document.xml"] = shell.before + body + shell.after.replace(SECTION_MARK, state.last_section(), 1)
    if changes is not None:
        texts = {name: changes.titled(text) for name, text in texts.items()}
    document = pack_part("word/document.xml", texts.pop("word/document.xml").encode(), LEVEL)
    texts["word/footnotes.xml"] = footnotes_part(gabarit.styles["ActeSaut"], state.notes)
    return write_package([*gabarit.static, *(_packed(name, text) for name, text in texts.items()), document])


def start_state(gabarit: Gabarit, shell: Shell, numbering: Numbering, plan: Plan) -> State:
    """A body about to be printed in a gabarit."""
    return State(
        styles=gabarit.styles,
        style_names=gabarit.names,
        charte=gabarit.charte,
        section=gabarit.section,
        page=gabarit.page,
        numbering=numbering,
        plan=plan,
        numbered_styles=gabarit.numbered_styles,
        looks=gabarit.looks,
        printed=gabarit.printed,
        tables=gabarit.tables,
        layouts=gabarit.layouts,
        passages=gabarit.passages,
        dealt=shell.rows,
        pager=Pager(gabarit.page.text_height, shell.height, shell.below, shell.page),
    )


def print_all(state: State, acte: Acte, gabarit: Gabarit) -> None:
    """Print the body; what the gabarit prints after it stands upright."""
    print_body(state, acte)
    if gabarit.tail:
        state.wanted = "portrait"
        state.turn()


def shell_of(acte: Acte, gabarit: Gabarit) -> Shell:
    """What the gabarit prints around the act; the same for acts that give it the same texts."""
    key = acte.title, acte.former_title, acte.number, acte.kind, acte.letterhead, acte.draft, acte.mention
    found = gabarit.shells.get(key)
    if found is not None:
        return found
    context = shell_context(acte, gabarit)
    texts = {part: template.render(context) for part, template in gabarit.templates.items()}
    before, _, after = texts.pop("word/document.xml").partition(BODY_MARK)
    pager = page_below(before, gabarit.page.text_height, gabarit.looks)
    if len(gabarit.shells) >= MAX_SHELLS:
        gabarit.shells.clear()
    made = Shell(before, after, texts, rows_above(before), pager.y, pager.after, pager.page)
    return gabarit.shells.setdefault(key, made)


def changes_of(acte: Acte, state: State, revision: Revision | None) -> Redline | None:
    """What goes through the printed text once more; nothing for an act that does not show changes."""
    if not state.changed and not acte.former_title:
        return None
    return Redline(revision, state.plan.first_id + len(state.plan.by_node))


@lru_cache(maxsize=64)
def counted(text: str, pages: int) -> str:
    """A header or a footer whose « Page 1 sur N » says N until Word counts the pages."""
    return _PAGES.sub(lambda found: f"{found[1]}{pages}", text)


@lru_cache(maxsize=64)
def _packed(name: str, text: str) -> PackedPart:
    """The parts around the document hardly change from one act to the next."""
    return pack_part(name, text.encode(), LEVEL)


def shell_context(acte: Acte, gabarit: Gabarit) -> dict[str, object]:
    """What the tags of a gabarit may print. Texts are escaped here, once."""
    charte = gabarit.charte
    return {
        "acte": {
            "titre": _safe(title_in_shell(acte.title, acte.former_title)),
            "numero": _safe(acte.number),
            "nature": _safe(acte.kind),
        },
        "services": [_safe(one) for one in acte.letterhead],
        "brouillon": acte.draft,
        "mention": _safe(acte.mention),
        "organisme": _safe(charte.organisme),
        "en_tete": _safe(typeset(charte.en_tete)),
        "pied": _safe(typeset(charte.pied)),
        "tribunal": _safe(charte.tribunal),
    }


def _safe(text: str) -> Markup:
    return Markup(escape(text))  # noqa: S704 - escaped on the line itself


def footnotes_part(style: str, notes: Iterable[str]) -> str:
    """The footnotes of a file; `style` is that of the separators."""
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{ident}"><w:p><w:pPr><w:pStyle w:val="{style}"/>'
        '<w:spacing w:line="240" w:lineRule="auto"/></w:pPr>'
        f"<w:r><w:{mark}/></w:r></w:p></w:footnote>"
        for kind, ident, mark in (
            ("separator", -1, "separator"),
            ("continuationSeparator", 0, "continuationSeparator"),
        )
    )
    root = f'<w:footnotes xmlns:w="{W}" xmlns:r="{R}">'
    return f"{HEADER}{root}{separators}{''.join(notes)}</w:footnotes>"
