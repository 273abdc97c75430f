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
        "9bfb4f938c705bf3818a11cc3ae358105131a4ab0b97aa1e35b565ce369c5ce6",  # legistique
        "3b53936bf82a9443cc99bd2e28639028c85845a313e37b6880cb2871a272086a",  # pratique
    )
)


def digest_of(templates: Mapping[str, str]) -> str:
    """The digest of templates, whatever their order and the comments of their file."""
    return hashlib.sha256(json.dumps(dict(templates), sort_keys=True).encode()).hexdigest()
