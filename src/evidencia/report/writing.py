"""Writing a report into a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evidencia.disclosure import PUBLIC, Policy
from evidencia.report.document import document
from evidencia.report.figures import svg
from evidencia.report.html import html
from evidencia.report.paper import pdf
from evidencia.results import Result
from evidencia.words import Language, Note


@dataclass(frozen=True, slots=True)
class Written:
    """Where the report is."""

    html: Path
    pdf: Path


def write(
    result: Result,
    directory: Path,
    language: Language = "es",
    progress: Callable[[Note], None] | None = None,
    policy: Policy = PUBLIC,
) -> Written:
    """Write ``report.html`` and ``report.pdf`` into `directory`, which is made if needed.

    Parameters
    ----------
    result
        An evaluation; without findings, they are found here. ``result.json`` is not written.
    language
        ``"es"`` or ``"en"``; names that the plan gives stay as they are.
    progress
        Called with a note before each step, as in :func:`evidencia.analysis.evaluate`.
    policy
        Disclosure control that every count passes through.
    """
    tell = progress or (lambda note: None)
    directory.mkdir(parents=True, exist_ok=True)
    tell(Note.of("reports.progress.findings"))
    made = document(result, language, policy)
    tell(Note.of("reports.progress.figures"))
    for figure in made.figures:
        svg(figure.spec)
    written = Written(directory / "report.html", directory / "report.pdf")
    tell(Note.of("reports.progress.page"))
    written.html.write_text(html(made), encoding="utf-8")
    tell(Note.of("reports.progress.paper"))
    written.pdf.write_bytes(pdf(made))
    return written
