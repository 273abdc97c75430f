"""``python -m convgen`` is ``convgen``."""

from __future__ import annotations

from convgen.cli import main

if __name__ == "__main__":
    main()
