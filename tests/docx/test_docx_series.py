"""Annexes of a series named by a word: one real numbering per series, so that an edit in Word renumbers them."""

from __future__ import annotations

from dataclasses import replace

from docx_acts import acte, p, t
from docx_tools import document, num_of, paragraph_with

from convgen.acte.nodes import Annexe
from convgen.acte.numbering import number_divisions


def test_annexes_of_one_series_count_in_one_list() -> None:
    annexes = tuple(
        Annexe(f"a{rank}", t(f"Objet {rank}"), (p("Texte."),), series=series)
        for rank, series in enumerate(("solidarités", "solidarités", "emploi", "solidarités"))
    )
    numbered = number_divisions(replace(acte(), annexes=annexes))
    root = document(numbered)
    lists = [num_of(paragraph_with(root, f"Objet {rank}"))[0] for rank in range(4)]
    assert lists[0] == lists[1] == lists[3] != 0
    assert lists[2] not in (0, lists[0])
