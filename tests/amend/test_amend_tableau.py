"""The comparison table: its right column is the new text of each division, made by applying the changes (law L8)."""

from __future__ import annotations

from collections.abc import Iterator

from amend_acts import act, article, items, line, par, table, two_versions
from hypothesis import HealthCheck, given, settings

from convgen.acte.nodes import Acte, Annexe, Deleted, Inlines, Inserted, LineBreak, Paragraph, Row, Table
from convgen.amend.changements.appliquer import apply
from convgen.amend.changements.differer import diff
from convgen.amend.suivi.comparatif import comparison_table
from convgen.amend.texte.arbre import Alinea, Part, parts_of, same
from convgen.amend.texte.forme import ITEM_ENDS, Tokens, tokens_of
from convgen.amend.texte.inlines import text_of
from convgen.amend.texte.normaliser import normal

quick = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


def compared(old: Acte, new: Acte) -> tuple[Row, ...]:
    made = comparison_table(old, new, diff(normal(old), normal(new)))
    (block,) = made.zones[-1].blocks
    assert isinstance(block, Table | Paragraph)
    return block.rows if isinstance(block, Table) else ()


def texts(row: Row) -> list[list[str]]:
    """The lines of each cell."""
    return [[words(one.inlines) for one in cell.blocks if isinstance(one, Paragraph)] for cell in row.cells]


def words(inlines: Inlines) -> str:
    out = ""
    for node in inlines:
        out += words(node.children) if isinstance(node, Inserted | Deleted) else text_of((node,))
        out += " / " if isinstance(node, LineBreak) else ""
    return out


def droit(lines: Iterator[str] | list[str]) -> tuple[Tokens, ...]:
    """Lines as they are compared, without blanks nor the bars of cells."""
    found = (tuple(one for one in tokens_of(text) if one not in ("|", "/")) for text in lines)
    return tuple(one[:-1] if one[-1] in ITEM_ENDS else one for one in found if one)


def own_lines(part: Part) -> Iterator[str]:
    label = part.label + (part.separator if part.label else "")
    lines = list(part.lines)
    if part.title.text:
        yield label + part.title.text
    elif lines and isinstance(lines[0], Alinea) and not lines[0].shape:
        yield label + lines.pop(0).text
    elif part.label:
        yield part.label
    for one in lines:
        if isinstance(one, Alinea):
            yield f"{one.marker} {one.text}"
        else:
            yield from (row.text.replace(" · ", " ") for row in one.rows)


def all_lines(part: Part) -> Iterator[str]:
    yield from own_lines(part)
    for child in part.children:
        yield from all_lines(child)


@given(two_versions())
@quick
def test_l8_both_columns_are_the_two_versions(versions: tuple[Acte, Acte]) -> None:
    a, b = map(normal, versions)
    assert same(apply(diff(a, b), a), b)
    olds, news = (
        {droit(lines(part)) for _, part in parts_of(one) for lines in (own_lines, all_lines)} for one in (a, b)
    )
    for row in compared(*versions):
        _, left, right = texts(row)
        assert left in (["(inséré)"], []) or droit(left) in olds
        assert right in (["(abrogé)"], []) or droit(right) in news


OLD = act(
    article("objet", "Objet", par("La ville finance l’atelier.")),
    article("moyens", "Moyens", par("Un salarié."), items("un local ;", "un camion.")),
    article("bilan", "Bilan", par("Le bilan est remis en juin.")),
    article("fin", "Fin", par("La convention finit en mai.")),
    annexes=(Annexe("budget", line("Budget"), (table(("Objet", "Montant"), ("Loyer", "500 €")),)),),
)
NEW = act(
    article("objet", "Objet", par("La ville finance l’atelier.")),
    article("moyens", "Moyens", par("Deux salariés."), items("un local ;", "un camion.")),
    article("neuf", "Éthique", par("Chacun agit avec probité.")),
    article("fin", "Fin", par("La convention finit en mai.")),
    annexes=(Annexe("budget", line("Budget"), (table(("Objet", "Montant"), ("Loyer", "700 €")),)),),
)


def test_one_row_a_division_that_changes_in_the_order_of_the_base() -> None:
    rows = [texts(row) for row in compared(OLD, NEW)]
    assert [row[0] for row in rows] == [["Article 2"], ["Article 3"], ["Article 3"], ["Annexe « Budget »"]]
    assert rows[0][1:] == [
        ["ARTICLE 2 : Moyens", "Un salarié.", "-\u00a0un local ;", "-\u00a0un camion."],
        ["ARTICLE 2 : Moyens", "Deux salariés.", "-\u00a0un local ;", "-\u00a0un camion."],
    ]
    assert rows[2][1:] == [["ARTICLE 3 : Bilan", "Le bilan est remis en juin."], ["(abrogé)"]]
    assert rows[1][1:] == [["(inséré)"], ["ARTICLE 3 : Éthique", "Chacun agit avec probité."]]
    assert rows[3][1][-1] == "Loyer | 500 €" and rows[3][2][-1] == "Loyer | 700 €"


def test_words_that_change_are_struck_on_the_left_and_underlined_on_the_right() -> None:
    row = compared(OLD, NEW)[3]
    left, right = ([one for one in cell.blocks if isinstance(one, Paragraph)][-1] for cell in row.cells[1:])
    assert [words(one.children) for one in left.inlines if isinstance(one, Deleted)] == ["500 €"]
    assert [words(one.children) for one in right.inlines if isinstance(one, Inserted)] == ["700 €"]
    assert not any(isinstance(one, Inserted) for one in left.inlines)


def test_a_division_that_goes_elsewhere_stands_beside_what_it_becomes() -> None:
    first, second, third = (article(one, one.title(), par(f"Texte {one}.")) for one in ("un", "deux", "trois"))
    rows = [texts(row) for row in compared(act(first, second, third), act(second, third, first))]
    assert sum(row[1] == ["ARTICLE 1 : Un", "Texte un."] and row[2][-1] == "Texte un." for row in rows) == 1


def test_nothing_changes() -> None:
    assert compared(OLD, OLD) == ()


def test_the_rows_of_a_table_replaced_whole_that_come_back_are_not_shown_as_changed() -> None:
    def budget(*header: str) -> Acte:
        return act(article("a", "Budget", table(header, ("Loyer", "500 €"), ("Salaires", "900 €"))))

    (row,) = compared(budget("Objet", "Montant"), budget("Poste", "Montant"))
    shown = [[one.inlines for one in cell.blocks if isinstance(one, Paragraph)] for cell in row.cells[1:]]
    for lines, mark in zip(shown, (Deleted, Inserted), strict=True):
        changed = [words(one) for one in lines if any(isinstance(node, mark) for node in one)]
        assert changed in (["Objet | Montant"], ["Poste | Montant"])
        assert [words(one) for one in lines][-2:] == ["Loyer | 500 €", "Salaires | 900 €"]
