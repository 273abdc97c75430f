"""A gabarit that has served writes the bytes of one that has not, whatever acts it served for."""

from __future__ import annotations

import pytest
from docx_acts import AMOUNT, FINANCES, LONG, MERGED, acte, article, bullets, complete, p
from docx_tools import GABARITS

from convgen.acte.nodes import Acte, Annexe, Cell, FillIn, PageBreak, Row, Section, Table, TableOfContents
from convgen.write.docx import Gabarit, body, load_gabarit, write_docx

LINES = (p(LONG * 4), p("Les dépenses sont les suivantes\xa0:"), bullets("agir", (p("rendre compte"), bullets("vite"))))
LONG_LINES = tuple(p(LONG * 2) for _ in range(40))
TO_FILL = Table((), (Row((Cell((p("Date"),)), Cell((p(FillIn("date", 60)),)))),))
LISTED = Table((), (Row((Cell((bullets("un", style="1."),)), Cell((bullets("deux"),)))),))


def fresh() -> Gabarit:
    return load_gabarit(GABARITS / "neutre")


def acts() -> list[Acte]:
    """Acts that share blocks, in which nothing stands where it stood in the others."""
    return [
        acte(article("a", "Un", *LINES), article("b", "Deux", FINANCES, p(AMOUNT))),
        acte(article("z", "Zéro", bullets("premier", style="1.")), article("a", "Un", *LINES), id="autre"),
        acte(article("b", "Deux", FINANCES, *LINES), article("c", "", *LINES), number="2025"),
        acte(article("t", "", TO_FILL, LISTED, MERGED), article("u", "", LISTED, TO_FILL)),
        acte(TableOfContents(), article("s", "Large", Section(LONG_LINES), FINANCES, TO_FILL), article("t", "Fin")),
        acte(TableOfContents(), article("s", "Étroit", *LONG_LINES, PageBreak(), *LINES), article("t", "Fin")),
        acte(
            TableOfContents(),
            *(article(f"a{rank}", "Long", *LINES) for rank in range(30)),
            *(article(f"b{rank}", "Table", *LINES, FINANCES) for rank in range(5)),
            annexes=(
                Annexe("x", (), LONG_LINES, orientation="paysage"),
                Annexe("y", (), LONG_LINES),
                Annexe("z", (), (article("fin", "Fin"),)),
            ),
        ),
        acte(*(article(f"d{rank}", "Court", *(p("Alinéa."),) * (rank % 5 + 1)) for rank in range(60))),
        complete(),
    ]


def test_acts_that_share_blocks_are_written_as_if_each_were_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    made = acts()
    with monkeypatch.context() as patched:
        patched.setattr(body, "print_blocks", body._print_each)
        alone = [write_docx(one, fresh()) for one in made]
    used = fresh()
    for order in (range(len(made)), reversed(range(len(made))), range(len(made))):
        for rank in order:
            assert write_docx(made[rank], used) == alone[rank], rank
