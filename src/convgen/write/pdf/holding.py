"""Items of lists that stay with what follows their list, as data that the drawing reads."""

from __future__ import annotations

from collections.abc import Iterator

from convgen.write.pdf.lines import Data


def hold_items(blocks: list[Data]) -> None:
    """Tell each item that is held what it has to leave room for: what follows its list, up to where a page may end.

    Args:
        blocks: Those of an act, in order, as printed; an item that is held has an empty `suivi`, filled here.
    """
    for rank in reversed(range(len(blocks))):
        leaf = _last_leaf(blocks[rank])
        if "suivi" in leaf:
            leaf["suivi"] = list(_following(blocks[rank + 1 :]))


def _last_leaf(block: Data) -> Data:
    while block["k"] == "liste" and block["items"] and block["items"][-1]["b"]:
        block = block["items"][-1]["b"][-1]
    return block


def _following(blocks: list[Data]) -> Iterator[Data]:
    for one in blocks:
        if one.get("colle"):
            yield one
            continue
        # A page may end after the first item of a list.
        yield one | {"items": one["items"][:1]} if one["k"] == "liste" else one
        return
