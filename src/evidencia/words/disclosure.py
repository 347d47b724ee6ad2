"""Sentences about disclosure control: what may leave, rounded or not at all."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {}
