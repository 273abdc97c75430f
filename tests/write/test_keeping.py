"""What stays on the page of what, in Word and in the PDF alike."""

from __future__ import annotations

import pytest

from convgen.acte.nodes import Block, ListBlock, ListItem, Paragraph, Role, Strong, Text
from convgen.write.keeping import announces

LIST = ListBlock((ListItem((Paragraph((Text("un"),)),)),))
PLAIN = Paragraph((Text("Les charges sont réparties."),))


def _line(text: str, role: Role = Role.BODY, *, bold: bool = False) -> Paragraph:
    return Paragraph((Strong((Text(text),)),) if bold else (Text(text),), role)


@pytest.mark.parametrize("after", [LIST, PLAIN])
@pytest.mark.parametrize("role", [Role.BODY, Role.QUOTE])
def test_a_line_all_in_bold_is_the_heading_of_what_follows(role: Role, after: Block) -> None:
    assert announces(_line("Tableau de synthèse", role, bold=True), after)
    assert not announces(_line("Tableau de synthèse", role), after)


def test_a_bold_sentence_is_no_heading() -> None:
    assert not announces(_line("Le Département ne verse rien.", bold=True), PLAIN)
    assert not announces(_line("Le Département", Role.VISA, bold=True), PLAIN)


def test_a_sentence_leads_to_its_list_only() -> None:
    assert announces(_line("Le Département s'engage à :"), LIST)
    assert not announces(_line("Le Département s'engage."), LIST)
    assert not announces(_line("Le Département s'engage à :"), PLAIN)
