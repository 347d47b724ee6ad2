"""The report of an evaluation: one page and one paper from the same blocks."""

from __future__ import annotations

from evidencia.report.blocks import Document
from evidencia.report.document import document
from evidencia.report.html import html
from evidencia.report.paper import pdf
from evidencia.report.writing import Written, write

__all__ = ["Document", "Written", "document", "html", "pdf", "write"]
