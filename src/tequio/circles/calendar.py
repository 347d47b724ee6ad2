"""Dates of a group's meetings, and the days on which Mexico does not meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Days off by custom and not by law (art. 74, Ley Federal del Trabajo): offered, never imposed.
_CUSTOM_FIXED: Final = {
    (5, 10): _("Día de las Madres"),
    (11, 2): _("Día de Muertos"),
    (12, 12): _("Día de la Virgen de Guadalupe"),
    (12, 24): _("Nochebuena"),
    (12, 31): _("Fin de año"),
}


@dataclass(frozen=True, slots=True)
class Day:
    """A date on which the group would meet, and why it does not, if it does not."""

    on: date
    closed_for: str | Promise = ""


def days_off(
    years: Iterable[int], *, by_custom: bool, country: str = "MX"
) -> dict[date, str | Promise]:
    """Return the public holidays of a country, and Mexico's customary days off if wanted."""
    import holidays  # five megabytes, for who plans meetings

    found: dict[date, str | Promise] = {}
    for year in years:
        found.update(holidays.country_holidays(country, years=year, language="es"))
        if by_custom and country == "MX":
            found.update(_customary(year))
    return found


def meetings(
    *, first: date, how_many: int, every_days: int, off: Mapping[date, str | Promise]
) -> list[Day]:
    """Return the days of `how_many` meetings, with the skipped days between them.

    A meeting that would fall on a day off moves to the next regular day: the programme keeps
    its number of sessions.
    """
    days: list[Day] = []
    held = 0
    for step in islice(count(), how_many * 4 + 60):
        on = first + timedelta(days=step * every_days)
        closed_for = off.get(on, "")
        days.append(Day(on, closed_for))
        held += not closed_for
        if held == how_many:
            break
    return days


def _customary(year: int) -> dict[date, str | Promise]:
    easter = _easter(year)
    found: dict[date, str | Promise] = {
        easter - timedelta(days=3): _("Jueves Santo"),
        easter - timedelta(days=2): _("Viernes Santo"),
    }
    found.update({date(year, month, day): name for (month, day), name in _CUSTOM_FIXED.items()})
    return found


def _easter(year: int) -> date:
    """Return Easter Sunday (the anonymous Gregorian algorithm; Meeus, 1991, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
