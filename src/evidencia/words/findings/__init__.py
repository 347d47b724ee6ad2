"""Sentences about what may be said, and what may not."""

from __future__ import annotations

from evidencia.words.findings import because, headlines, limits, said
from evidencia.words.table import Texts

TEXTS: Texts = {**headlines.TEXTS, **said.TEXTS, **because.TEXTS, **limits.TEXTS}
