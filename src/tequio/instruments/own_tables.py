"""Answers to an own form as a table: one row each, as they stand, streamed.

What corrections replaced stays out; what contradicts another comes with its mark, so that nobody
counts it twice unawares. A cell that a spreadsheet would take for a formula begins with an
apostrophe. What is asked several times (a repeat) stands in one cell, joined by « | ».
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree.ElementTree import Element, fromstring  # nosec B405 - see _read

from tequio.instruments import own_answers
from tequio.instruments.models import Submission
from tequio.instruments.xform.model import Form, local

# Beside the answers: the number that the telephone gave it, when it came, and how it stands.
BESIDE: Final = ("_numero", "_recibido", "_estado", "_version")
_STANDS: Final[dict[str, str]] = {
    Submission.How.KEPT: "vale",
    Submission.How.CONFLICT: "contradice",
    Submission.How.REPLACED: "corregido",
}
_JOIN: Final = " | "
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_AT_ONCE: Final = 200


def columns(form: Form) -> tuple[str, ...]:
    """Return the fields of a form in its order, by path; the number stands beside the answers."""
    found: list[str] = []
    _leaves(form.template, "", found)
    return tuple(dict.fromkeys(path for path in found if not path.startswith("meta/")))


def table(form: Form, rows: Iterable[Submission]) -> Iterator[tuple[str, ...]]:
    """Yield a heading and then one row for each submission."""
    names = columns(form)
    yield (*BESIDE, *names)
    for row in rows:
        opened = own_answers.opened(row)
        said: dict[str, str] = {}
        _answers(_read(opened.xml), "", said)
        yield (
            opened.instance_id,
            row.received_at.isoformat(timespec="seconds"),
            _STANDS[row.how],
            row.form_version,
            *(_safe(said.get(name, "")) for name in names),
        )


def as_csv(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Write rows as CSV, a few hundred at a time."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\r\n")
    page.write("\ufeff")  # so that a spreadsheet reads accents as what they are
    for at, row in enumerate(rows, start=1):
        writer.writerow(row)
        if at % _AT_ONCE == 0:
            yield page.getvalue()
            page.seek(0)
            page.truncate()
    yield page.getvalue()


def _read(xml: bytes) -> Element:
    # It was read with every care when it came, and has lain sealed since: nobody changed it.
    return fromstring(xml)  # noqa: S314 # nosec B314


def _leaves(element: Element, above: str, found: list[str]) -> None:
    for child in element:
        path = f"{above}{local(child.tag)}"
        if len(child):
            _leaves(child, f"{path}/", found)
        else:
            found.append(path)


def _answers(element: Element, above: str, said: dict[str, str]) -> None:
    for child in element:
        path = f"{above}{local(child.tag)}"
        if len(child):
            _answers(child, f"{path}/", said)
        elif path in said:
            said[path] += f"{_JOIN}{(child.text or '').strip()}"
        else:
            said[path] = (child.text or "").strip()


def _safe(value: str) -> str:
    """Keep a spreadsheet from reckoning with what somebody typed; plain numbers stay numbers."""
    if not value.startswith(_FORMULA):
        return value
    return value if value[1:].replace(".", "", 1).isdigit() and value[0] in "+-" else f"'{value}"
