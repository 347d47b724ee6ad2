"""Closed periods of the calendar: nobody chooses days, so that two accounts cannot be subtracted.

A period of somebody's own («from the 3rd of May») minus another one tells of whoever came between.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BACK: Final = 3
_KEY: Final = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<half>[12])|Q(?P<quarter>[1-4])))?")
_PARTS: Final = ("", "-2", "-1", "-Q4", "-Q3", "-Q2", "-Q1")


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a half or a quarter of one; both days belong to it."""

    first_on: date
    last_on: date

    @property
    def months(self) -> int:
        """How many months it holds."""
        return self.last_on.month - self.first_on.month + 1

    @property
    def key(self) -> str:
        """How a form names it: «2026», «2026-1» or «2026-Q3»."""
        year, months = self.first_on.year, self.months
        if months == 12:
            return str(year)
        return f"{year}-{self.last_on.month // 6}" if months == 6 else f"{year}-Q{self._quarter}"

    @property
    def _quarter(self) -> int:
        return self.last_on.month // 3

    @property
    def name(self) -> str:
        """How people name it."""
        year = self.first_on.year
        if self.months == 12:
            return _("el año %(year)s") % {"year": year}
        words = _HALVES if self.months == 6 else _QUARTERS
        return str(words[self.first_on.month]) % {"year": year}


_HALVES: Final = {
    1: gettext_lazy("enero a junio de %(year)s"),
    7: gettext_lazy("julio a diciembre de %(year)s"),
}
_QUARTERS: Final = {
    1: gettext_lazy("enero a marzo de %(year)s"),
    4: gettext_lazy("abril a junio de %(year)s"),
    7: gettext_lazy("julio a septiembre de %(year)s"),
    10: gettext_lazy("octubre a diciembre de %(year)s"),
}


def of(key: str) -> Period | None:
    """Return the period of a key; None where it is none."""
    found = _KEY.fullmatch(key)
    if found is None or not 1990 <= int(found["year"]) <= 2200:
        return None
    year, months = int(found["year"]), 12
    last = 12
    if found["half"]:
        months, last = 6, 6 * int(found["half"])
    if found["quarter"]:
        months, last = 3, 3 * int(found["quarter"])
    days = calendar.monthrange(year, last)[1]
    return Period(date(year, last - months + 1, 1), date(year, last, days))


def closed(today: date) -> tuple[Period, ...]:
    """Return the periods that are over: the newest first, and of a day's end the longest."""
    keys = (f"{year}{part}" for year in range(today.year - BACK, today.year + 1) for part in _PARTS)
    found = (period for key in keys if (period := of(key)) and period.last_on < today)
    return tuple(sorted(found, key=lambda one: (one.last_on, one.months), reverse=True))
