"""What every test may ask for: where the reference data lie."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from convgen.compose.text import TextCache

# Machines are noisy: no test asserts a time, hypothesis included.
settings.register_profile("convgen", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("convgen")


@pytest.fixture(scope="session")
def reference_root() -> Path:
    """Folder of the reference data: ``CONVGEN_REFERENCES``, else the folder ``shared`` beside the repository.

    It holds real acts that are not ours to distribute, so tests that need it are skipped where it is absent.
    """
    given = os.environ.get("CONVGEN_REFERENCES")
    root = Path(given) if given else Path(__file__).resolve().parents[2] / "shared"
    if not root.is_dir():
        pytest.skip(f"données de référence absentes : {root}")
    return root


@pytest.fixture(scope="session", autouse=True)
def texts_compiled_once() -> Iterator[None]:
    """The commands that a test process runs have their compiled texts in common, as the acts of one command do."""
    shared, first = TextCache(), TextCache.__init__
    common = ("sandbox", "templates", "settled", "markdown")

    def init(self: TextCache, **given: object) -> None:
        first(self, **({name: getattr(shared, name) for name in common} | given))  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TextCache, "__init__", init)
        yield
