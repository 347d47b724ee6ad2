"""Sentences about plans and data files."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {}
