"""What a person decided about one import: how the file is read and where its marks go."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from tequio.circles.registers import (
    Form,
    Mapping,
    Role,
    SheetMapping,
    mapping_from_dict,
    mapping_to_dict,
)
from tequio.core.text import fold

VERSION = 1
_LONGEST_REMEMBERED_MARK = 12


class Layout(StrEnum):
    """How a table is laid out, in the words of the person. ASK: nobody has said it yet."""

    ASK = ""
    WIDE = "wide"
    LONG = "long"
    ONE = "one"
    PEOPLE = "people"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Target:
    """Where one group of the file goes: a group that exists, or a new one with a name."""

    source: str
    group_id: str = ""
    new_name: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that was decided.

    Attributes
    ----------
    undecided
        Marks of which somebody said that their meaning is not known.
    same_people
        Pairs of keys that are one person.
    known
        Keys of people who are men already known, with the participant's key.
    codes_shared
        Whether the numbers of this file are those of earlier registers.
    """

    mapping: Mapping
    layouts: tuple[Layout, ...] = ()
    same_people: tuple[tuple[str, str], ...] = ()
    undecided: tuple[str, ...] = ()
    known: tuple[tuple[str, str], ...] = ()
    codes_shared: bool = True
    targets: tuple[Target, ...] = ()
    site_id: str = ""
    edition_id: str = ""
    remembered: bool = False

    def reads_like(self, other: Choices) -> bool:
        """Whether both lead to the same plan and groups, so that what was shown is still true."""
        return self._reading() == other._reading()

    def _reading(self) -> tuple[object, ...]:
        into = tuple((t.source, t.group_id) for t in self.targets if t.group_id)
        return self.mapping, self.layouts, self.same_people, into

    def target(self, source: str) -> Target | None:
        """Return where a group of the file goes, if somebody said so."""
        return next((target for target in self.targets if target.source == source), None)


def layout_of(table: SheetMapping) -> Layout:
    """Return the layout that a mapping stands for."""
    if table.skip:
        return Layout.SKIP
    if table.columns_of(Role.MEETING):
        return Layout.WIDE
    if table.columns_of(Role.SESSION) or table.columns_of(Role.DATE):
        return Layout.LONG
    return Layout.ONE if table.session else Layout.ASK


def with_layout(table: SheetMapping, layout: Layout) -> SheetMapping:
    """Return the table as it is read under a layout."""
    if layout is Layout.ASK:
        return table
    form = Form.LONG if layout in {Layout.LONG, Layout.ONE} else Form.WIDE
    session = table.session if layout in {Layout.ONE, Layout.LONG} else ""
    return replace(table, form=form, session=session, skip=layout is Layout.SKIP)


def token(*parts: str) -> str:
    """Return a short name for keys that hold a person's name: it can stand in a form's field."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def to_dict(choices: Choices) -> dict[str, Any]:
    """Return the choices as plain JSON values."""
    values = asdict(choices)
    values["mapping"] = mapping_to_dict(choices.mapping)
    return values | {"version": VERSION}


def from_dict(data: dict[str, Any]) -> Choices:
    """Read choices back."""
    return Choices(
        mapping=mapping_from_dict(data["mapping"]),
        layouts=tuple(Layout(value) for value in data["layouts"]),
        same_people=tuple((str(a), str(b)) for a, b in data["same_people"]),
        undecided=tuple(str(mark) for mark in data["undecided"]),
        known=tuple((str(key), str(man)) for key, man in data["known"]),
        codes_shared=bool(data["codes_shared"]),
        targets=tuple(Target(**target) for target in data["targets"]),
        site_id=str(data["site_id"]),
        edition_id=str(data["edition_id"]),
        remembered=bool(data["remembered"]),
    )


def to_remember(mapping: Mapping) -> dict[str, Any]:
    """Return what is kept of a mapping for next month: positions and marks, and no title.

    The names of sheets, groups and sessions change every month and may name somebody; a long
    «mark» is a remark about one man.
    """
    tables = tuple(replace(table, sheet="", group="", session="") for table in mapping.sheets)
    marks = tuple((m, s) for m, s in mapping.marks if len(m) <= _LONGEST_REMEMBERED_MARK)
    return mapping_to_dict(replace(mapping, sheets=tables, marks=marks, session_order=()))


def source_key(name: str) -> str:
    """Return a group of the file for comparing."""
    return fold(name)
