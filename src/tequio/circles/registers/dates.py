"""Dates as people write them: day first, often without the year, sometimes as Excel's number."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from tequio.core.tabular import Cell
from tequio.core.text import fold

_MONTHS = (
    ("enero", "ene", "january", "jan"),
    ("febrero", "feb", "february"),
    ("marzo", "mar", "march"),
    ("abril", "abr", "april", "apr"),
    ("mayo", "may"),
    ("junio", "jun", "june"),
    ("julio", "jul", "july"),
    ("agosto", "ago", "august", "aug"),
    ("septiembre", "setiembre", "sept", "sep", "set", "september"),
    ("octubre", "oct", "october"),
    ("noviembre", "nov", "november"),
    ("diciembre", "dic", "december", "dec"),
)
MONTH_NUMBERS = {word: number for number, words in enumerate(_MONTHS, 1) for word in words}
_MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_WEEKDAYS = ("lun", "mar", "mie", "jue", "vie", "sab", "dom")
WEEKDAY = re.compile(
    r"\b(lunes|lun|martes|mar|mi[eé]rcoles|mi[eé]|jueves|jue|viernes|vie|s[aá]bado|s[aá]b|domingo"
    r"|dom)\b\.?,?",
    re.IGNORECASE,
)
_HOUR = re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?\s*(?:hrs?\.?|[ap]\.?m\.?)?", re.IGNORECASE)
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?<![\w])(\d{{1,2}})\s*(?:de\s+|del\s+|[-/.]|\s)?\s*({_MONTH})\b\.?"
    r"(?:\s*(?:de\s+|del\s+|[-/.,]|\s)\s*((?:19|20)\d\d|\d\d)(?!\d))?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"\b({_MONTH})\b\.?\s*[-/.]?\s*(\d{{1,2}})(?!\d)(?:,?\s*(?:de\s+|del\s+)?((?:19|20)\d\d))?",
    re.IGNORECASE,
)
_SLASH = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")
_WHOLE_DOT_OR_DASH = re.compile(r"^(\d{1,2})([-.])(\d{1,2})$")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_MONTH_WORD = re.compile(rf"(?<![a-zñ])({_MONTH})(?:\.|\b)[\s\-_'/]*(?:de(?:l)?\s+)?(\d\d(?!\d))?")
FIRST_SERIAL, LAST_SERIAL = 32_874, 73_050
_EPOCH = dt.date(1899, 12, 30)


class Order(StrEnum):
    """Which comes first in «3/7/2026»: what the other dates of the same table say."""

    DAY = "day"
    MONTH = "month"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Period:
    """What a sheet's name or title says about when: «Noviembre 2023», «Ciclo 2023-2024»."""

    year: int | None = None
    month: int | None = None
    last_year: int | None = None
    order: Order = Order.DAY

    def year_of(self, month: int) -> int | None:
        """Return the year of a month; a cycle of two years begins in its second half."""
        if self.year is not None and self.last_year is not None and month < 7:
            return self.last_year
        return self.year


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date inside a text. `on` is None when the year is missing or the day does not exist."""

    on: dt.date | None
    rest: str = ""
    month: int | None = None
    day: int | None = None
    note: str = ""


def read_period(texts: Iterable[str]) -> Period:
    """Return year and month named in the first texts that name them."""
    year = month = last_year = None
    for text in texts:
        folded = fold(text)
        years = sorted({int(y) for y in _YEAR.findall(folded)})
        if year is None and years:
            year = years[0]
            last_year = years[1] if len(years) > 1 and years[1] == years[0] + 1 else None
        match = _MONTH_WORD.search(folded)
        if match and month is None:
            month = MONTH_NUMBERS[match[1]]
            if year is None and match[2]:
                year = 2000 + int(match[2])
    return Period(year, month, last_year)


def with_order(period: Period, values: Iterable[Cell]) -> Period:
    """Say which comes first in the dates of one table: whoever typed one so typed the others so."""
    firsts, seconds = [], []
    for value in values:
        match = _NUMERIC.search(value) or _SLASH.search(value) if isinstance(value, str) else None
        if match:
            firsts.append(int(match[1]) > 12)
            seconds.append(int(match[3 if match.re is _NUMERIC else 2]) > 12)
    if not any(seconds):
        return period
    return replace(period, order=Order.MIXED if any(firsts) else Order.MONTH)


def from_serial(number: float) -> dt.date | None:
    """Return the date that Excel's day number stands for, within plausible years."""
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        return _EPOCH + dt.timedelta(days=int(number))
    return None


def read_date(value: Cell, period: Period) -> FoundDate | None:
    """Return the date a cell holds, or None when it holds none."""
    if isinstance(value, dt.datetime):
        return FoundDate(value.date(), month=value.month, day=value.day)
    if isinstance(value, dt.date):
        return FoundDate(value, month=value.month, day=value.day)
    if isinstance(value, bool) or value is None or isinstance(value, dt.time):
        return None
    if isinstance(value, int | float):
        on = from_serial(value)
        return None if on is None else FoundDate(on, month=on.month, day=on.day)
    return _read_text(value, period)


def _read_text(text: str, period: Period) -> FoundDate | None:
    stripped = text.strip()
    if not any(char.isdigit() for char in stripped):
        return None
    if re.fullmatch(r"\d{5}(\.\d+)?", stripped):
        on = from_serial(float(stripped))
        return None if on is None else FoundDate(on, month=on.month, day=on.day)
    for reader in (_iso, _numeric, _day_month, _month_day, _slash, _whole):
        found = reader(stripped, period)
        if found is not None:
            return _check_weekday(stripped, found)
    return None


def _iso(text: str, _period: Period) -> FoundDate | None:
    match = _ISO.search(text)
    if match is None:
        return None
    return _made(int(match[1]), int(match[2]), int(match[3]), _without(text, match))


def _numeric(text: str, period: Period) -> FoundDate | None:
    match = _NUMERIC.search(text)
    if match is None:
        return None
    year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    return _in_order(year, (int(match[1]), int(match[3])), _without(text, match), period.order)


def _day_month(text: str, period: Period) -> FoundDate | None:
    match = _DAY_MONTH.search(text)
    if match is None:
        return None
    month = MONTH_NUMBERS[match[2].casefold()]
    year = int(match[3]) if match[3] else period.year_of(month)
    if year is not None and year < 100:
        year += 2000
    return _made(year, month, int(match[1]), _without(text, match))


def _month_day(text: str, period: Period) -> FoundDate | None:
    match = _MONTH_DAY.search(text)
    if match is None:
        return None
    month, day = MONTH_NUMBERS[match[1].casefold()], int(match[2])
    note = ""
    if match[1].casefold() == "mar":
        # «mar 14» is a Tuesday or a day in March; the sheet's month may tell.
        if period.month and _weekday(period.year_of(period.month), period.month, day) == 1:
            month, note = period.month, _("«mar» se leyó como martes, por el mes de la hoja.")
        else:
            note = _("«mar» se leyó como marzo; también puede ser martes.")
    year = int(match[3]) if match[3] else period.year_of(month)
    return _made(year, month, day, _without(text, match), note)


def _slash(text: str, period: Period) -> FoundDate | None:
    match = _SLASH.search(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    before = text[: match.start()].strip()
    if before and second == first + 1 and not before.endswith((")", ":", "-", ",")):
        return None  # «Ses. 3/4» are two sessions, not the third of April.
    month = second if second <= 12 else first
    year = period.year_of(month)
    return _in_order(year, (first, second), _without(text, match), period.order)


def _whole(text: str, period: Period) -> FoundDate | None:
    match = _WHOLE_DOT_OR_DASH.match(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if match[2] == "-" and first <= second:
        return None  # «4-5» are sessions four and five.
    return _in_order(period.year_of(second), (first, second), "", period.order)


def _in_order(year: int | None, two: tuple[int, int], rest: str, order: Order) -> FoundDate | None:
    """Read «3/7»: the day first, unless it cannot be or the table's other dates say otherwise."""
    first, second = two
    if second > 12 >= first:
        note = _("El mes no puede ser %(month)s: se leyó primero el mes y luego el día.")
        return _made(year, first, second, rest, note % {"month": second})
    if first > 12 or first == second or order is Order.DAY:
        return _made(year, second, first, rest)
    if order is Order.MONTH:
        note = _("Se leyó primero el mes y luego el día, como en las otras fechas de la lista.")
        return _made(year, first, second, rest, note)
    note = _("En la lista hay fechas con el día primero y con el mes primero: ésta puede ser otra.")
    return _made(year, second, first, rest, note)


def _made(year: int | None, month: int, day: int, rest: str, note: str = "") -> FoundDate | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if year is None:
        return FoundDate(None, rest, month, day, note or _("Falta el año de la fecha."))
    if not 1990 <= year <= 2099 or day > calendar.monthrange(year, month)[1]:
        return FoundDate(None, rest, month, day, _("Esa fecha no existe en el calendario."))
    return FoundDate(dt.date(year, month, day), rest, month, day, note)


def _weekday(year: int | None, month: int, day: int) -> int | None:
    if year is None or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return calendar.weekday(year, month, day)


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _check_weekday(text: str, found: FoundDate) -> FoundDate:
    said = WEEKDAY.search(found.rest)
    rest = WEEKDAY.sub(" ", _HOUR.sub(" ", found.rest)).strip(" -–—:,;.()[]")
    note = found.note
    if said and found.on and not note:
        index = _WEEKDAYS.index(fold(said[1])[:3])
        if index != found.on.weekday():
            note = _("El día de la semana de «%(text)s» no coincide con la fecha.") % {"text": text}
    return FoundDate(found.on, rest, found.month, found.day, note)
