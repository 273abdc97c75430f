"""Write the JSON Schemas to a folder: `python -m convgen.model.schema docs/schemas`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from convgen.model.schema import KINDS, json_schema


def text_of(kind: str) -> str:
    """The file of a kind, as it is checked in."""
    return json.dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n"


def main(folder: Path) -> None:
    """Write one file per kind."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        (folder / f"{kind}.json").write_text(text_of(kind), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
