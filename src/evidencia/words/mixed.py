"""Sentences about mixed models, MMRM and analysis of covariance."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {}
