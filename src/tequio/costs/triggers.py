"""What the database itself refuses: changing a line of the book. It may only be taken out."""

from __future__ import annotations

from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tequio.core import fixed_rows

_COMMON: Final = (
    "organisation_id",
    "year",
    "kind",
    "what",
    "whole_cents",
    "currency",
    "exchange",
    "exchange_source",
    "cents",
    "written_by_id",
    "written_at",
)
_ENTRY: Final = (
    "task",
    "minutes",
    "rate_cents",
    "site_id",
    "edition_id",
    "group_id",
    "paid",
    "percent",
    "years",
    "proposed",
)
_STEPS: Final = (
    fixed_rows.hold("costs", "costs_entry", of=(*_COMMON, *_ENTRY)),
    fixed_rows.hold("costs", "costs_income", of=(*_COMMON, "count")),
)
let_go = fixed_rows.let_go("costs", "costs_entry", "costs_income")


def hold(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Fix what was written; that a line was taken out, by whom and when, is added."""
    for step in _STEPS:
        step(apps, editor)
