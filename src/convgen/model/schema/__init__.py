"""The shape of every file a jurist types, one module per kind. Only pydantic lives here, no law."""

from __future__ import annotations
