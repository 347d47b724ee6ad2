"""What the larger components take: small frozen records, so that a wrong name fails in mypy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """A label that may lead somewhere: breadcrumbs, actions, tabs, navigation, table cells."""

    label: str
    url: str = ""
    current: bool = False
    quiet: bool = False
    grave: bool = False
    icon: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that opens what it means. Without ``value`` the page says it is not known."""

    name: str
    value: str = ""
    of: str = ""
    missing: str = ""
    means: str = ""
    counts: str = ""
    caution: str = ""
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    number: bool = False


Cell = str | int | float | Link


@dataclass(frozen=True, slots=True)
class Row:
    cells: Sequence[Cell]
    look: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows already paired, because a template cannot walk two lists at once."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]

    @property
    def paired(self) -> list[tuple[Row, list[tuple[Column, Link]]]]:
        """Every cell as a link, most of them to nowhere: a template asks dearly for what is not."""
        return [
            (row, list(zip(self.columns, map(_as_link, row.cells), strict=True)))
            for row in self.rows
        ]


def _as_link(cell: Cell) -> Link:
    if isinstance(cell, Link):
        return cell
    return Link(cell if isinstance(cell, str) else f"{cell:,}")


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    state: str = "next"


@dataclass(frozen=True, slots=True)
class Event:
    title: str
    on: date | None = None
    when: str = ""
    text: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Background work as a page shows it."""

    id: str
    label: str
    done: int = 0
    total: int = 0
    finished: bool = False
    status_url: str = ""
    cancel_url: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ChartFigure:
    """A chart with its words and with the table that says the same to who cannot see it."""

    title: str
    spec: dict[str, Any]
    table: Table
    note: str = ""
