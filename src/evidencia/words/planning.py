"""Sentences about sample size, power, lotteries and simulated studies."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {}
