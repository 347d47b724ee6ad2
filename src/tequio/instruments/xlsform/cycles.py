"""Questions that wait for one another: what is worked out from itself has no value.

Telephones refuse such a form whole; here it would give whatever came out when it was stopped. Only
calculations and conditions make one question wait for another. What looks at another time of a
repeat, or at the last form that was sent, waits for nobody of this one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Final

from django.utils.translation import gettext as _

from tequio.instruments.xlsform.book import Book, Line, Weight

_FIELD: Final = re.compile(r"\$\{\s*([^}#]*?)\s*\}")
_ELSEWHERE: Final = re.compile(r"indexed-repeat\s*\(|\[|once\s*\(")
_WAITS: Final = ("calculation", "relevant")


def check_cycles(book: Book) -> None:
    """Say each circle once, at the first of its questions in the form."""
    lines = {line.get("name"): line for line in book.survey.lines if line.get("name")}
    waits = {name: _waits_for(line) for name, line in lines.items()}
    while circle := _circle(waits):
        first = min(circle, key=lambda name: lines[name].number)
        after = circle.index(first)
        way = [*circle[after:], *circle[:after], first]
        column = waits[first].pop(way[1])
        text = _(
            "Esto da vueltas sin terminar: %(way)s. Los teléfonos no abren un formulario así."
        ) % {"way": " → ".join(way)}
        book.say(Weight.ERROR, text, book.survey, book.survey.cell(lines[first], column))


def _waits_for(line: Line) -> dict[str, str]:
    """Return the fields that a question waits for, each with the column that says so."""
    found: dict[str, str] = {}
    for column in _WAITS:
        # What a trigger sets off is put in once, when the other answer changes.
        said = "" if column == "calculation" and line.get("trigger") else line.get(column)
        if not _ELSEWHERE.search(said):
            found |= {name: column for name in _FIELD.findall(said) if name not in found}
    return found


def _circle(waits: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return one circle, each question followed by the one that it waits for; or nothing."""
    known = {name: [one for one in others if one in waits] for name, others in waits.items()}
    try:
        TopologicalSorter(known).prepare()
    except CycleError as error:
        # It names them from who is waited for to who waits, and the first once more.
        return list(reversed(error.args[1][1:]))
    return []
