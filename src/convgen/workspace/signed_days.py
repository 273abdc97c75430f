"""The day at which `convgen signer` froze an act: for every reader, it is the day of its `etat: signe`.

The record stands beside the definition: ``x.yaml``, ``x.signe/signature.json``. What is wrong in it is told by what
reads the frozen files (ACT-02, AVE-23); here, a record that says no day says nothing.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from convgen.model.schema.acte import Etat
from convgen.model.schema.avenant import Avenant
from convgen.model.schema.convention import Convention

if TYPE_CHECKING:
    from convgen.model.files import Loaded

#: What is written last when an act is frozen.
RECORD: Final = "signature.json"


def record_of(definition: Path) -> Path:
    """Where the signature of an act is recorded, once there is one."""
    return definition.with_suffix(".signe") / RECORD


def frozen_day(definition: Path) -> date | None:
    """The day of the signature of a frozen act; None for one that is not frozen."""
    try:
        kept = json.loads(record_of(definition).read_text("utf-8"))
        return date.fromisoformat(kept["signe"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def as_signed(loaded: Loaded[Any], definition: Path) -> Loaded[Any]:
    """A convention or an avenant that was frozen, with the day of its signature; any other file as it is.

    The record wins over what the definition says since: a frozen act no longer changes.
    """
    model = loaded.model
    if not isinstance(model, Convention | Avenant):
        return loaded
    day = frozen_day(definition)
    if day is None or (model.etat is not None and model.etat.signe == day):
        return loaded
    etat = (model.etat or Etat()).model_copy(update={"signe": day})
    return replace(loaded, model=model.model_copy(update={"etat": etat}))
