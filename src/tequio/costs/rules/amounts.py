"""How much: hours at a rate, a share of an expense, another currency, years of use. To the cent."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def of_hours(minutes: int, rate_cents: int) -> int:
    """Return what so many minutes cost at so much an hour, half a cent up."""
    return (2 * minutes * rate_cents + 60) // 120


def in_book(whole_cents: int, *, percent: int = 100, exchange: Decimal = Decimal(1)) -> int:
    """Return the part that is the programme's, in the money of the book, half a cent up."""
    exact = Decimal(whole_cents) * percent * exchange / 100
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def yearly(cents: int, years: int) -> tuple[int, ...]:
    """Share an outlay over its years in a straight line; cents that are left go to the first."""
    each, rest = divmod(cents, years)
    return tuple(each + (n < rest) for n in range(years))


def in_year(cents: int, *, first: int, years: int, year: int) -> int:
    """Return what an outlay of the year `first` weighs in `year`; nothing outside of its years."""
    return yearly(cents, years)[year - first] if first <= year < first + years else 0


def each(cents: int, count: int) -> int | None:
    """Return what one costs, to the cent, half up; None among nobody."""
    return (2 * cents + count) // (2 * count) if count else None


def hours_text(minutes: int) -> str:
    """Return «12:30» for 750 minutes, and «12» for 720."""
    whole, rest = divmod(minutes, 60)
    return f"{whole:,}:{rest:02}" if rest else f"{whole:,}"
