"""A service as pages show it: telephones to touch, hours in words, how far it may be believed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.letters.rules.services import shown_until
from tequio.network import needs
from tequio.network.models import Service
from tequio.network.rules.directory import freshness, telephones
from tequio.network.rules.directory import hours as opening_hours
from tequio.territory import places

DAYS: Final = (
    gettext_lazy("lunes"), gettext_lazy("martes"), gettext_lazy("miércoles"),
    gettext_lazy("jueves"), gettext_lazy("viernes"), gettext_lazy("sábado"),
    gettext_lazy("domingo"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One service and the day on which it is read."""

    service: Service
    today: date
    # The moment by the clock on the wall, where the page says whether it is open.
    moment: datetime | None = None

    @property
    def phones(self) -> list[tuple[str, str, str]]:
        """What is dialled, what is read, and the extension."""
        return [
            (phone.number, telephones.shown(phone.number), phone.extension)
            for phone in self.service.phones.all()
        ]

    @property
    def needs(self) -> list[str]:
        """What it is for, in words."""
        return needs.said(self.service.needs)

    @property
    def title(self) -> str:
        """Who gives it; a service that is called like its provider is said once."""
        one = self.service
        return one.provider.name

    @property
    def subtitle(self) -> str:
        """The name of the service, where it says more than the provider's."""
        one = self.service
        return "" if one.name == one.provider.name else one.name

    @property
    def place(self) -> str:
        """Where it is: as near as is known, and nothing of a refuge."""
        one = self.service
        if one.refuge:
            return ""
        known = places.find(one.municipality)
        states = {state.key: state.name for state in places.states()}
        town = known.name if known else one.locality
        parts = [one.address, "" if town and town in one.address else town, states.get(one.state)]
        return ", ".join(part for part in parts if part)

    @property
    def hides_place(self) -> bool:
        """Whether no woman is told where it is: somebody sleeps there, refuge by name or not."""
        return self.service.refuge or needs.Need.REFUGE in self.service.needs

    @property
    def ages(self) -> str:
        """For which ages it is, in words; nothing where none are said."""
        low, high = self.service.minimum_age, self.service.maximum_age
        if low is not None and high is not None:
            return _("De %(low)s a %(high)s años") % {"low": low, "high": high}
        if low is not None:
            return _("De %(low)s años o más") % {"low": low}
        return _("Hasta %(high)s años") % {"high": high} if high is not None else ""

    @property
    def whole_country(self) -> bool:
        """Whether it has no place of its own, as a line that anybody may call."""
        one = self.service
        return not (one.state or one.address or one.locality or one.refuge)

    @property
    def hours(self) -> list[str]:
        """When it is open, days of the same hours together, then what was said of it."""
        openings = sorted(self.service.openings.all(), key=lambda one: (one.weekday, one.opens))
        by_day = {
            day: tuple((one.opens, one.closes) for one in found)
            for day, found in groupby(openings, key=lambda one: one.weekday)
        }
        lines = [_said(list(days), hours) for hours, days in _stretches(by_day)]
        return [*lines, self.service.hours] if self.service.hours else lines

    @property
    def is_closed(self) -> bool:
        """Whether its hours say that nobody is there at this moment."""
        return self._now is not None and not self._now.is_open

    @property
    def now(self) -> str:
        """Whether it is open at this moment, or when it opens, in words."""
        found = self._now
        if found is None:
            return ""
        if found.all_day:
            return _("Abierto a esta hora, según su horario.")
        if found.is_open:
            text = _("Abierto a esta hora, según su horario: hasta las %(at)s.")
            return text % {"at": f"{found.at:%H:%M}"}
        words = {"at": f"{found.at:%H:%M}", "day": DAYS[found.weekday]}
        if found.days_ahead == 0:
            return _("A esta hora está cerrado. Abre hoy a las %(at)s.") % words
        if found.days_ahead == 1:
            return _("A esta hora está cerrado. Abre mañana, %(day)s, a las %(at)s.") % words
        return _("A esta hora está cerrado. Abre el %(day)s a las %(at)s.") % words

    @property
    def _now(self) -> opening_hours.Now | None:
        if self.moment is None:
            return None
        return opening_hours.now(self.service.openings.all(), self.moment)

    @property
    def freshness(self) -> freshness.Freshness:
        """How far it may be believed."""
        return freshness.freshness(self.service.verified_on, self.today)

    @property
    def until(self) -> date | None:
        """Until when it is shown without another call."""
        on = self.service.verified_on
        return shown_until(on) if on else None

    @property
    def is_shown(self) -> bool:
        """Whether anybody may read of it today."""
        one = self.service
        believed = self.freshness in {
            freshness.Freshness.FRESH,
            freshness.Freshness.CALL_AGAIN,
        }
        return believed and not one.withheld and one.status == Service.Status.ACTIVE


Hours = tuple[tuple[time, time], ...]


def _stretches(by_day: dict[int, Hours]) -> list[tuple[Hours, tuple[int, int]]]:
    """Put neighbouring days of the same hours together."""
    found: list[tuple[Hours, tuple[int, int]]] = []
    for day, hours in by_day.items():
        if found and found[-1][0] == hours and found[-1][1][1] == day - 1:
            found[-1] = (hours, (found[-1][1][0], day))
        else:
            found.append((hours, (day, day)))
    return found


def _said(days: list[int], hours: Hours) -> str:
    first, last = days
    when = ", ".join(
        _("las 24 horas")
        if opening_hours.whole_day(opens, closes)
        else f"{opens:%H:%M}–{closes:%H:%M}"
        for opens, closes in hours
    )
    if first == last:
        return f"{DAYS[first]}: {when}"
    return _("%(first)s a %(last)s: %(when)s") % {
        "first": DAYS[first],
        "last": DAYS[last],
        "when": when,
    }


def entries(found: Iterable[Service], today: date, moment: datetime | None = None) -> list[Entry]:
    """Return services as pages show them."""
    return [Entry(one, today, moment) for one in found]


def open_first(found: Iterable[Entry], *, at_night: bool = False) -> list[Entry]:
    """Return them with those that are closed at this moment after the others as near as they.

    At night what is known to answer comes before what nobody knows the hours of.
    """

    def rank(one: Entry) -> tuple[int, int]:
        known_open = at_night and bool(one.now) and not one.is_closed
        return getattr(one.service, "near", 0), 0 if known_open else 2 if one.is_closed else 1

    return sorted(found, key=rank)
