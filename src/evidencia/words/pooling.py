"""Sentences about pooling organisations without moving a row."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {}
