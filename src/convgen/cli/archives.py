"""Signed avenants: what is kept beside their definition, and the state in force that they make.

Beside ``conventions/avenants/x.yaml``, the folder ``x.signe/`` keeps the files as they were on the day of signing,
the changes (changements.json), the state in force after them (etat.json), and ``signature.json``: the date, the
effect, and digests that tell whether anything changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from convgen.errors import DefinitionError, Diagnostic, Place

if TYPE_CHECKING:
    from convgen.amend.changements.changements import Delta
    from convgen.amend.texte.etat import State

SIGNATURE: Final = "signature.json"
CHANGES: Final = "changements.json"
STATE: Final = "etat.json"
_CODE: Final = "AVE-23"


@dataclass(frozen=True, slots=True)
class Archive:
    """A signed avenant, as kept.

    Attributes:
        day: The day of its signature.
        effect: "signature", "notification", or a day (ISO).
        delta: Its changes.
        state: What is in force once it is.
        files: The digests of the annexes of that state that are foreign files, by identifier.
        outputs: The files of the day, by name.
    """

    day: date
    effect: str
    delta: Delta
    state: State
    files: Mapping[str, str]
    outputs: Mapping[str, bytes]


def folder_of(definition: Path) -> Path:
    """Where a signed avenant is kept."""
    return definition.with_suffix(".signe")


def is_signed(definition: Path) -> bool:
    """Whether an avenant is signed."""
    return folder_of(definition).exists()


def pack(
    outputs: Mapping[str, bytes],
    changes: Mapping[str, object],
    state: State,
    files: Mapping[str, str],
    signature: Mapping[str, object],
) -> dict[str, bytes]:
    """The files of an archive, by name.

    Args:
        outputs: The files of the day.
        changes: The changes, as data.
        state: What is in force once the avenant is.
        files: The digests of the foreign annexes of that state.
        signature: The date, the effect, the digest of the definition.
    """
    from convgen.amend.vigueur.archive import state_to_data

    made = dict(outputs)
    made[CHANGES] = _json(changes)
    made[STATE] = _json(state_to_data(state, files))
    digests = {name: digest(content) for name, content in sorted(made.items())}
    return {**made, SIGNATURE: _json({**signature, "fichiers": digests})}


def read_archive(definition: Path, root: Path) -> Archive | None:
    """What was kept of a signed avenant, None when it is not signed.

    Raises:
        DefinitionError: AVE-23, what was kept is incomplete or was modified.
    """
    folder = folder_of(definition)
    if not folder.exists():
        return None
    from convgen.amend.changements.echange import delta_from_data
    from convgen.amend.vigueur.archive import state_from_data
    from convgen.errors import ConvgenError

    try:
        kept = json.loads((folder / SIGNATURE).read_text("utf-8"))
        contents = {str(name): (folder / str(name)).read_bytes() for name in kept["fichiers"]}
        whole = kept["fichiers"] == {name: digest(content) for name, content in contents.items()}
        if not whole:
            raise ValueError(folder.name)
        state, files = state_from_data(json.loads(contents[STATE]))
        delta = delta_from_data(json.loads(contents[CHANGES]))
        return Archive(date.fromisoformat(kept["signe"]), str(kept["effet"]), delta, state, files, contents)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ConvgenError) as error:
        raise _damaged(folder, Place(definition.relative_to(root).as_posix())) from error


def digest(content: bytes) -> str:
    """The digest of a file."""
    return hashlib.sha256(content).hexdigest()


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _damaged(folder: Path, place: Place) -> DefinitionError:
    return DefinitionError(
        Diagnostic(
            _CODE,
            f"l'avenant signé gardé dans « {folder.name} » est incomplet ou modifié",
            place,
            cause="L'état en vigueur se lit dans ce qui a été gardé à la signature, jamais dans un nouveau calcul.",
            remedy="Rétablissez ce dossier tel qu'il était à la signature (sauvegarde, git).",
        )
    )


def broken(place: Place, name: str, why: str) -> Diagnostic:
    """A signed avenant that does not follow from what was in force before it."""
    return Diagnostic(
        _CODE,
        f"l'avenant signé « {name} » ne suit pas du texte en vigueur avant lui",
        place,
        cause=why,
        remedy="Rétablissez les dossiers « .signe » de la convention et de ses avenants (sauvegarde, git).",
    )
