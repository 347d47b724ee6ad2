"""Sentences about questionnaires, two informants, individual change and meta-analysis."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {}
