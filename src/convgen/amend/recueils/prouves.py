"""The packs of templates known to be read in one way only, by the digest of their templates.

Proving a pack means rendering each template with samples and reading every sentence with every pattern: longer than
making an avenant. The shipped packs are proved by a test; any other pack, edited or new, is proved when it is loaded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Final

#: The shipped packs. `tests/amend/test_recueils_prouves.py` proves them again and gives the digests of edited ones.
PROVED: Final = frozenset(
    (
        "f5d4c4be423aedb56a329990c8de162f0e5e3b17a85d4ab69be7379c2261146b",  # legistique
        "731c61c4a6d79932f8051c91b7ee27b291900acbbd5027fbef86f1a4b77b8d62",  # pratique
    )
)


def digest_of(templates: Mapping[str, str]) -> str:
    """The digest of templates, whatever their order and the comments of their file."""
    return hashlib.sha256(json.dumps(dict(templates), sort_keys=True).encode()).hexdigest()
