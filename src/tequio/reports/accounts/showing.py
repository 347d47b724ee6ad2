"""Blocks as the page's components take them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tequio.reports.accounts.paper import gone, proof, stands
from tequio.reports.accounts.queries import Shown
from tequio.reports.accounts.sealed import Told
from tequio.ui.parts import Column, Figure, Row, Table


@dataclass(frozen=True, slots=True)
class Part:
    """One block: what it is, its plain data, and the component that shows it."""

    kind: str
    data: dict[str, Any]
    table: Table | None = None
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what stands under it, and what somebody wrote there."""

    key: str
    title: str
    intro: str
    said: str
    parts: tuple[Part, ...]
    quotes: tuple[Told, ...] = ()
    gone: str = ""

    @property
    def empty(self) -> bool:
        """Whether it holds nothing yet."""
        return not self.parts and not self.said


@dataclass(frozen=True, slots=True)
class Page:
    """An account for the screen."""

    title: str
    subtitle: str
    purpose: str
    stands: str
    rule: str
    proof: str
    sections: tuple[Section, ...]


def page(shown: Shown) -> Page:
    """Return the page of an account."""
    return Page(
        title=shown.title,
        subtitle=shown.subtitle,
        purpose=shown.content["purpose"],
        stands=stands(shown.account),
        rule=shown.content["rule"],
        proof=proof(shown.account),
        sections=tuple(_section(shown, one) for one in shown.sections),
    )


def _section(shown: Shown, one: dict[str, Any]) -> Section:
    quotes = any(block["kind"] == "quotations" for block in one["blocks"])
    return Section(
        key=one["key"],
        title=one["title"],
        intro=one["intro"],
        said=one["said"],
        parts=tuple(_part(block) for block in one["blocks"]),
        quotes=shown.quotes if quotes else (),
        gone=gone(shown) if quotes else "",
    )


def _part(block: dict[str, Any]) -> Part:
    kind = block["kind"]
    if kind == "table":
        return Part(kind, block, table=_table(block))
    if kind == "number":
        names = ("name", "value", "of", "missing", "caution", "unknown")
        return Part(kind, block, figure=Figure(**{name: block[name] for name in names}))
    return Part(kind, block)


def _table(block: dict[str, Any]) -> Table | None:
    """A table of which nothing may be published is a sentence and no table."""
    if len(block["columns"]) == 1:
        return None
    wordy = any(len(row[1]) > 24 for row in block["rows"])
    columns = [
        Column(label, number=at > 0 and not wordy) for at, label in enumerate(block["columns"])
    ]
    return Table(block["caption"], columns, [Row(row) for row in block["rows"]])
