"""How figures of a place are said: of each hundred, and few never as a number."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Below this a count is said as «few»: in a small place everybody knows who that was.
FEW: Final = 5
# A rate or a place among others that rests on fewer cases moves too much to be said.
LEAST_FOR_RATE: Final = 20
PER: Final = 100_000


def in_hundred(percent: float) -> str:
    """Say how many of a hundred, as a person would read it aloud."""
    if percent >= 0.5:
        return str(round(percent))
    return _("menos de 1") if percent > 0 else _("ninguna")


def percent(value: float | None) -> str:
    """Say «16.3 %»; a value that is not there is a dash and never a zero."""
    return "—" if value is None else f"{value:.1f}\u00a0%"


def count(value: int | None) -> str:
    """Say a count; one to four are «menos de 5», and none reported is a dash."""
    if value is None:
        return "—"
    if 0 < value < FEW:
        return _("menos de 5")
    return f"{value:,}"


def rate(cases: int | None, people: int, years: int = 1) -> float | None:
    """Return cases a year for 100,000 people; None where they are too few for it."""
    if cases is None or people <= 0 or cases < LEAST_FOR_RATE:
        return None
    return PER * cases / people / years


def rate_words(value: float | None) -> str:
    """Say a rate with one decimal where it is small."""
    if value is None:
        return "—"
    return f"{value:,.1f}" if value < 10 else f"{value:,.0f}"


def files_words(cases: int) -> str:
    """Say so many files."""
    if cases < FEW:
        return _("menos de 5 carpetas")
    return ngettext("%(n)s carpeta", "%(n)s carpetas", cases) % {"n": f"{cases:,}"}


# Places are set beside others of their size, by how many people live there.
_SIZES: Final = (100_000, 50_000, 15_000, 5_000, 0)


def size_of(people: int) -> int:
    """Return the lower edge of the size class of a place."""
    return next(edge for edge in _SIZES if people >= edge)


def size_words(edge: int) -> str:
    """Say a size class."""
    following = [one for one in _SIZES if one > edge]
    if not following:
        return _("de %(low)s habitantes o más") % {"low": f"{edge:,}"}
    if edge == 0:
        return _("de menos de %(high)s habitantes") % {"high": f"{following[-1]:,}"}
    words = {"low": f"{edge:,}", "high": f"{following[-1]:,}"}
    return _("de %(low)s a menos de %(high)s habitantes") % words
