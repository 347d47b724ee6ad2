"""Sentences about binary, count and ordinal outcomes."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {}
