"""How a file is read: suggested by us, corrected by a person, remembered for the next time.

A mapping holds positions and meanings, and no personal data.
"""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from tequio.circles.registers.dates import Period
from tequio.circles.registers.mark_words import Status
from tequio.circles.registers.vocabulary import Role
from tequio.core.errors import DomainError

VERSION = 1


class Form(StrEnum):
    """How a table is laid out: a row per person, or a row per mark."""

    WIDE = "wide"
    LONG = "long"


class Gap(StrEnum):
    """What it means that nothing is written for somebody at a session that took place."""

    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What one column holds. Columns count from 0."""

    index: int
    role: Role


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How one table is read. A sheet may hold several tables, one under the other."""

    sheet: str
    header_row: int
    header_rows: int
    form: Form
    columns: tuple[ColumnMapping, ...]
    end_row: int | None = None
    session: str = ""
    group: str = ""
    year: int | None = None
    last_year: int | None = None
    month: int | None = None
    signature: str = ""
    skip: bool = False

    @property
    def period(self) -> Period:
        """When the table says it took place."""
        return Period(self.year, self.month, self.last_year)

    @property
    def first_data_row(self) -> int:
        """First row under the header."""
        return self.header_row + self.header_rows

    def columns_of(self, role: Role) -> tuple[int, ...]:
        """Return the columns that hold a role."""
        return tuple(column.index for column in self.columns if column.role == role)


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a whole file is read."""

    sheets: tuple[SheetMapping, ...]
    marks: tuple[tuple[str, Status], ...] = ()
    gap: Gap = Gap.UNKNOWN
    session_order: tuple[str, ...] = ()
    version: int = VERSION

    def meanings(self) -> dict[str, Status]:
        """Return the status of each mark."""
        return dict(self.marks)


def mapping_to_dict(mapping: Mapping) -> dict[str, Any]:
    """Return the mapping as plain JSON values."""
    return asdict(mapping)


def mapping_from_dict(data: AnyMapping[str, Any]) -> Mapping:
    """Read a remembered mapping back.

    Raises
    ------
    DomainError
        When it was written by another version or is not a mapping.
    """
    try:
        if data["version"] != VERSION:
            raise ValueError(data["version"])
        return Mapping(
            sheets=tuple(_sheet(sheet) for sheet in data["sheets"]),
            marks=tuple((str(mark), Status(status)) for mark, status in data["marks"]),
            gap=Gap(data["gap"]),
            session_order=tuple(str(text) for text in data["session_order"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DomainError(
            _("La forma de leer este archivo que se guardó antes ya no sirve."),
            hint=_("Revisa las columnas otra vez; tu archivo está completo."),
        ) from error


def _sheet(data: AnyMapping[str, Any]) -> SheetMapping:
    columns = tuple(ColumnMapping(int(c["index"]), Role(c["role"])) for c in data["columns"])
    if any(column.index < 0 for column in columns) or int(data["header_row"]) < 0:
        raise ValueError("positions count from 0")
    return SheetMapping(
        sheet=str(data["sheet"]),
        header_row=int(data["header_row"]),
        header_rows=max(1, int(data["header_rows"])),
        form=Form(data["form"]),
        columns=columns,
        end_row=_whole(data["end_row"]),
        session=str(data["session"]),
        group=str(data["group"]),
        year=_whole(data["year"]),
        last_year=_whole(data["last_year"]),
        month=_whole(data["month"]),
        signature=str(data["signature"]),
        skip=bool(data["skip"]),
    )


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)
