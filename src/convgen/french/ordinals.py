"""Ordinals, in words and abbreviated. num2words is not used here: its ordinals are wrong past « cinquième »."""

from __future__ import annotations

from functools import lru_cache

from convgen.french.numbers import NumberError, Spelling, cardinal


@lru_cache(maxsize=1024)
def ordinal(n: int, feminine: bool = False, spelling: Spelling = Spelling.TRADITIONNELLE) -> str:
    """« premier », « première », « deuxième », « vingt et unième », « quatre-vingtième ».

    Raises:
        NumberError: Below 1.
    """
    if n < 1:
        raise NumberError(f"{n} n'a pas d'ordinal", remedy="le premier rang est 1")
    if n == 1:
        return "première" if feminine else "premier"
    words = cardinal(n, spelling=spelling)
    # « quatre-vingts », « deux cents », « deux millions » lose the -s of their plural; « trois », « six » keep theirs.
    if words.endswith(("vingts", "cents", "ions", "iards")):
        words = words[:-1]
    if words.endswith("cinq"):
        words += "u"
    elif words.endswith("neuf"):
        words = words[:-1] + "v"
    return words.removesuffix("e") + "ième"


def ordinal_short(n: int, feminine: bool = False) -> str:
    """« 1er », « 1re », « 2e » (Imprimerie nationale: never « 2ème »).

    Raises:
        NumberError: Below 1.
    """
    if n < 1:
        raise NumberError(f"{n} n'a pas d'ordinal", remedy="le premier rang est 1")
    return f"{n}e" if n > 1 else "1re" if feminine else "1er"
