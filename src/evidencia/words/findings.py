"""Sentences about what may be said, and what may not."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {}
