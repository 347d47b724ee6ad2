"""What an account is made of, as plain data: the page, the paper and the spreadsheet show it.

A number cannot be made without whom it counts, what is missing and what may not be concluded.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Final

HIDDEN: Final = "*"


class Bare(ValueError):
    """A number without its denominator, what is missing, or its limits."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number with all that has to be read with it; `unknown` says why there is no value."""

    name: str
    value: str
    of: str
    missing: str
    caution: str
    unknown: str = ""
    kind: str = field(default="number", init=False)

    def __post_init__(self) -> None:
        if not (self.value or self.unknown):
            raise Bare(f"«{self.name}»: neither a number nor why there is none.")
        _whole(self.name, self.of, self.missing, self.caution)


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose counts passed disclosure control. The first column is text.

    `name` is its sheet in the spreadsheet; `of` whom it counts.
    """

    name: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    of: str
    missing: str
    caution: str
    kind: str = field(default="table", init=False)

    def __post_init__(self) -> None:
        _whole(self.caption, self.of, self.missing, self.caution)
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"«{self.caption}»: a row has other columns than its head.")


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of a table that stands right after it, and that says the same."""

    name: str
    title: str
    description: str
    spec: dict[str, Any]
    kind: str = field(default="chart", init=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    kind: str = field(default="text", init=False)


@dataclass(frozen=True, slots=True)
class Items:
    """A list, with what it is a list of."""

    title: str
    items: tuple[str, ...]
    kind: str = field(default="items", init=False)


@dataclass(frozen=True, slots=True)
class Box:
    """What must be read, in a frame."""

    title: str
    text: str
    kind: str = field(default="box", init=False)


@dataclass(frozen=True, slots=True)
class Said:
    """A finding: the sentence that may be read aloud, and beside it what must not be said."""

    headline: str
    mandatory: tuple[str, ...]
    said: tuple[str, ...]
    must_not: tuple[str, ...]
    strength: str
    informant: str
    kind: str = field(default="said", init=False)

    def __post_init__(self) -> None:
        if not self.must_not:
            raise Bare(f"«{self.headline}»: a finding without what must not be said.")


@dataclass(frozen=True, slots=True)
class Quotations:
    """Where testimonies stand: their words lie sealed in rows of their own."""

    note: str
    kind: str = field(default="quotations", init=False)


Block = Number | Table | Chart | Text | Items | Box | Said | Quotations
# What carries numbers: a template that shows a testimony without one of these is refused.
COUNTS: Final = frozenset({"number", "table", "said"})


def body(block: Block) -> dict[str, Any]:
    """Return a block as it is kept."""
    return asdict(block)


def _whole(name: str, *parts: str) -> None:
    if not name or not all(part.strip() for part in parts):
        raise Bare(f"«{name}»: a number needs whom it counts, what is missing and its limits.")
