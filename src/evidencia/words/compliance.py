"""Sentences about uptake, dose and effects among those who came."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {}
