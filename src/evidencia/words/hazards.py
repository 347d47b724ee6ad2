"""Sentences about times to an event."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {}
