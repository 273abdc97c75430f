"""The avenant in words: from the changes to the sentences, by the templates of a pack."""

from __future__ import annotations

from convgen.amend.rediger.modele import AvenantArticle, Options, PartyNote, PaymentNote, RedactionError, Wording
from convgen.amend.rediger.rediger import word

__all__ = ["AvenantArticle", "Options", "PartyNote", "PaymentNote", "RedactionError", "Wording", "word"]
