"""Sentences about few clusters, permutation and stepped wedges."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {}
