"""Answers to an own form as a table: one row each, as they stand, streamed.

What corrections replaced stays out; what contradicts another comes with its mark, so that nobody
counts it twice unawares. A cell that a spreadsheet would take for a formula begins with an
apostrophe. What is asked several times (a repeat) stands in one cell, joined by « | », the first
of each field for the first time and so on, also where one was not asked; what repeats inside of it
is joined by « ; ». Columns are those of the newest version and then what only older ones asked.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element, fromstring  # nosec B405 - see _read

from tequio.instruments import own_answers
from tequio.instruments.models import Submission
from tequio.instruments.xform.model import Form, Node, Question, Repeat, local

# Beside the answers: the number that the telephone gave it, when it came, and how it stands.
BESIDE: Final = ("_numero", "_recibido", "_estado", "_version")
_STANDS: Final[dict[str, str]] = {
    Submission.How.KEPT: "vale",
    Submission.How.CONFLICT: "contradice",
    Submission.How.REPLACED: "corregido",
}
_JOINS: Final = (" | ", " ; ")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_AT_ONCE: Final = 200


def columns(forms: Sequence[Form]) -> tuple[str, ...]:
    """Return the fields of all versions by path; the number stands beside the answers."""
    found: list[str] = []
    for form in forms:
        _leaves(form.template, "", found)
    return tuple(dict.fromkeys(path for path in found if not path.startswith("meta/")))


def table(forms: Sequence[Form], rows: Iterable[Submission]) -> Iterator[tuple[str, ...]]:
    """Yield a heading and then one row for each submission; the newest version comes first."""
    names = columns(forms)
    repeated = frozenset(path for form in forms for path in _repeated(form.body, form.root))
    yield (*BESIDE, *names)
    for row in rows:
        opened = own_answers.opened(row)
        said = _answers(_read(opened.xml), "", names, repeated)
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


def _repeated(nodes: Iterable[Node], root: str) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Repeat):
            yield f"{node.path.removeprefix(root + '/')}/"
        if not isinstance(node, Question):
            yield from _repeated(node.children, root)


def _answers(
    element: Element,
    above: str,
    names: Sequence[str],
    repeated: frozenset[str],
    deep: int = 0,
) -> dict[str, str]:
    """Return what an element holds, by path; each time of a repeat has its place in the cell."""
    said: dict[str, str] = {}
    times: dict[str, list[dict[str, str]]] = {}
    for child in element:
        path = f"{above}{local(child.tag)}"
        if f"{path}/" in repeated:
            inside = _answers(child, f"{path}/", names, repeated, deep + 1)
            times.setdefault(f"{path}/", []).append(inside)
        elif len(child):
            said |= _answers(child, f"{path}/", names, repeated, deep)
        else:
            said[path] = (child.text or "").strip()
    for path, each in times.items():
        for name in names:
            cells = [one.get(name, "") for one in each] if name.startswith(path) else []
            if any(cells):
                said[name] = _JOINS[min(deep, 1)].join(cells)
    return said


def _safe(value: str) -> str:
    """Keep a spreadsheet from reckoning with what somebody typed; plain numbers stay numbers."""
    if not value.startswith(_FORMULA):
        return value
    return value if value[1:].replace(".", "", 1).isdigit() and value[0] in "+-" else f"'{value}"
