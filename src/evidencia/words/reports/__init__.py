"""Sentences about the pages of a report."""

from __future__ import annotations

from evidencia.words.reports import names, pages
from evidencia.words.table import Texts

TEXTS: Texts = {**names.TEXTS, **pages.TEXTS}
