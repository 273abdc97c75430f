"""A gabarit that has served writes the bytes of one that has not, whatever acts it served for."""

from __future__ import annotations

from docx_acts import AMOUNT, FINANCES, LONG, MERGED, acte, article, bullets, complete, p
from docx_tools import GABARITS

from convgen.acte.nodes import Acte, Annexe, Cell, FillIn, PageBreak, Row, Section, Table
from convgen.write.docx import Gabarit, load_gabarit, write_docx

LINES = (p(LONG * 4), p("Les dépenses sont les suivantes\xa0:"), bullets("agir", (p("rendre compte"), bullets("vite"))))
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
        acte(article("s", "Large", Section((FINANCES, TO_FILL, *LINES)), *LINES, PageBreak(), *LINES)),
        acte(
            *(article(f"a{rank}", "Long", *LINES, FINANCES) for rank in range(12)),
            annexes=(Annexe("x", (), LINES, orientation="paysage"), Annexe("y", (), (*LINES, FINANCES))),
        ),
        complete(),
    ]


def test_acts_that_share_blocks_are_written_as_if_each_were_alone() -> None:
    used = fresh()
    made = acts()
    alone = [write_docx(one, fresh()) for one in made]
    for order in (range(len(made)), reversed(range(len(made))), range(len(made))):
        for rank in order:
            assert write_docx(made[rank], used) == alone[rank], rank
