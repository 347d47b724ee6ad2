"""Sentences about the pages of a report."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {}
