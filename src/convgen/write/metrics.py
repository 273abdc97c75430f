"""How much room words take: widths of the characters, lines of a paragraph. For estimates, not for drawing.

Widths are those of Arial and Times New Roman, which Liberation Sans and Liberation Serif share by design.
"""

from __future__ import annotations

from functools import lru_cache

#: By face, the characters of each width, in thousandths of the size of the letters.
_SANS = {
    191: "'", 222: "ijl’‘", 278: " !,./:;I[\\]ft\xa0·îïÎÏ", 333: "()-`r“”‑²³{}", 355: '"•|', 400: "*°",
    500: "Jcksvxyzçÿ", 584: "+<=>~×", 611: "FTZ", 667: "&ABEKPSVXYÀÂÉÈÊË", 722: "CDHNRUwÇÙÛÜ", 778: "GOQÔÖ",
    833: "Mm½", 889: "%æ", 944: "Wœ", 1000: "ŒÆ—…@",
}  # fmt: skip
_SANS_BOLD = {
    238: "'", 278: " ,./I\\ijl|\xa0·îïÎÏ’‘", 333: "!()-:;[]`ft‑²³", 389: "*r{}°•", 500: "z“”",
    584: "+<=>^~×", 611: "?FLTZbdghnopquôöùûü", 667: "EPSVXYÉÈÊË", 722: "&ABCDHKNRUÀÂÇÙÛÜ", 778: "GOQwÔÖ",
    833: "M½", 889: "%mæ", 944: "Wœ", 1000: "ŒÆ—…@",
}  # fmt: skip
_SERIF = {
    180: "'", 250: " ,.\xa0·|", 278: "/:;\\ijltîï²³", 333: "!()-I[]`frÎÏ’‘‑•", 389: 'Js°"',
    444: "?acezàâäçéèêë“”", 556: "FPS", 564: "+<=>×~", 611: "ELTZÉÈÊË", 667: "BCRæÇ",
    722: "ADGHKNOQUVXYwœÀÂÔÖÙÛÜ", 778: "&m½", 833: "%", 889: "MŒÆ", 944: "W@", 1000: "—…",
}  # fmt: skip
_SERIF_BOLD = {
    278: "'/\\ilîï", 250: " ,.\xa0·|", 333: "!()-:;[]`fjt’‘‑²³•", 389: "IsÎÏ°", 444: "cerzçéèêë",
    556: "Sbdhknpquùûü", 570: "+<=>×", 611: "FP", 667: "BELTZÉÈÊË", 722: "ACDNRUVXYwæœÀÂÇÙÛÜ", 778: "GHKOQÔÖ½",
    833: "&m", 944: "M@", 1000: "%WŒÆ—…",
}  # fmt: skip
_SHARED = {180: "\u202f", 0: "\u200b\u00ad"}
#: Any other character, digits among them.
_USUAL = {False: 556, True: 500}
_SERIF_NAMES = (
    "times",
    "tinos",
    "serif",
    "garamond",
    "georgia",
    "cambria",
    "marianne serif",
    "palatino",
    "bookman",
    "century",
)


def is_serif(family: str) -> bool:
    """Whether a font is drawn like Times rather than like Arial."""
    name = family.casefold()
    return "sans" not in name and any(one in name for one in _SERIF_NAMES)


def _face(groups: dict[int, str]) -> dict[str, int]:
    return {sign: width for width, signs in (groups | _SHARED).items() for sign in signs}


_FACES = {
    (False, False): _face(_SANS),
    (False, True): _face(_SANS_BOLD),
    (True, False): _face(_SERIF),
    (True, True): _face(_SERIF_BOLD),
}


@lru_cache(maxsize=32768)
def word_width(word: str, serif: bool, bold: bool) -> int:
    """The width of a word, in thousandths of the size of its letters."""
    widths, usual = _FACES[serif, bold], _USUAL[serif]
    return sum([widths.get(sign, usual) for sign in word])


@lru_cache(maxsize=16384)
def count_lines(text: str, width: int, serif: bool, bold: bool = False) -> int:
    """How many lines a text takes, cut at its spaces, in lines `width` thousandths of the size of its letters wide."""
    lines = 0
    space = 250 if serif else 278
    for forced in text.split("\n"):
        lines += 1
        used = -space
        for word in forced.split(" "):
            size = word_width(word, serif, bold)
            used += space + size
            if used <= width:
                continue
            used, more = _cut(word, used - size, size, width, serif, bold)
            lines += more
    return lines


def _cut(word: str, before: int, size: int, width: int, serif: bool, bold: bool) -> tuple[int, int]:
    """Where a word that does not fit ends on its line, and how many lines it adds."""
    head, dash, tail = word.rpartition("-")
    if dash and head and tail and before > 0:
        first = word_width(head + dash, serif, bold)
        if before + first <= width:  # a line may end after a hyphen
            return (size - first) % width, 1 + (size - first) // width
    if size <= width:
        return size, 1
    return size % width, (1 if before > 0 else 0) + size // width
