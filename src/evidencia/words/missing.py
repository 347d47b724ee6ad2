"""Sentences about who left and what cannot be known because of it."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {}
