"""Looking men up, and reading what is known of one."""

from __future__ import annotations

from tequio.people.queries.alike import Alike, alike
from tequio.people.queries.lookup import by_codes, by_names, search, who_is

__all__ = ["Alike", "alike", "by_codes", "by_names", "search", "who_is"]
