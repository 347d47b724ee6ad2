"""What emergencies are in force, and what they change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import DateField, QuerySet
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.scoped import Scoped
from tequio.core.questions import the
from tequio.outreach.models import Emergency
from tequio.outreach.policies import emergencies_of
from tequio.outreach.rules import FOLLOWED, Window
from tequio.territory import places


@dataclass(frozen=True, slots=True)
class Banner:
    """An emergency as those whom it concerns read it."""

    title: str
    where: str
    changes: tuple[str, ...]
    numbers: tuple[str, ...]
    starts_on: date
    ends_on: date
    decided_by: str


def reaching(emergencies: QuerySet[Emergency], day: date) -> list[Emergency]:
    """Return those that reach into the weeks before that day in which absences are followed."""
    return list(_reaching(emergencies, day - FOLLOWED, day))


def reaching_for(user: User, day: date) -> list[Emergency]:
    """Return those of them that concern this person."""
    return _MINE.ask(user, since=day - FOLLOWED, day=day)


def _reaching(emergencies: QuerySet[Emergency], since: object, day: object) -> QuerySet[Emergency]:
    found = emergencies.filter(ends_on__gte=since, starts_on__lte=day)
    return found.select_related("site").order_by("ends_on", "pk")


_MINE = Scoped(
    lambda user: _reaching(emergencies_of(user), the("since", DateField()), the("day", DateField()))
)


def windows(emergencies: Iterable[Emergency]) -> tuple[Window, ...]:
    """Return the days on which absences do not count."""
    return tuple(window_of(one) for one in emergencies if not one.absences_count)


def window_of(one: Emergency) -> Window:
    """Return from when until when an emergency held, or will hold."""
    last = min(one.ends_on, one.lifted_on) if one.lifted_on else one.ends_on
    return Window(one.site_id, one.starts_on, last)


def banners(user: User, day: date) -> tuple[Banner, ...]:
    """Return what this person has to know today."""
    return in_force(reaching_for(user, day), day)


def in_force(emergencies: Iterable[Emergency], day: date) -> tuple[Banner, ...]:
    """Return those that hold on that day. Nobody has to end one: its last day does."""
    held = (one for one in emergencies if _state(one, day) == "now")
    return tuple(banner(one) for one in held)


def banner(one: Emergency) -> Banner:
    """Return an emergency in words."""
    return Banner(
        title=one.get_kind_display(),
        where=where(one),
        changes=tuple(_changes(one)),
        numbers=tuple(line.strip() for line in one.numbers.splitlines() if line.strip()),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        decided_by=one.decided_by,
    )


def where(one: Emergency) -> str:
    """Return which sites it concerns, and the municipality where it was said."""
    site = one.site.name if one.site else _("Todas las sedes")
    place = places.say(one.municipality)
    return f"{site} · {place}" if place else site


def _changes(one: Emergency) -> Iterable[str]:
    if one.sessions == Emergency.Sessions.ONLINE:
        yield _("Las sesiones se hacen en línea.")
    elif one.sessions == Emergency.Sessions.PAUSED:
        yield _("Las sesiones se suspenden.")
    else:
        yield _("Las sesiones siguen como estaban.")
    if not one.absences_count:
        yield _("Las faltas de estos días no cuentan.")
    if one.care_calls:
        yield _("Las llamadas son de cuidado: se pregunta cómo está, no por qué faltó.")


@dataclass(frozen=True, slots=True)
class Line:
    """An emergency as the list of all of them shows it."""

    emergency_id: UUID
    banner: Banner
    state: str  # now, coming, over
    recorded_by: str
    lifted_on: date | None


def lines(user: User, day: date) -> list[Line]:
    """Return every emergency that concerns this person, with how it stands today."""
    return [
        Line(one.pk, banner(one), _state(one, day), one.recorded_by.name, one.lifted_on)
        for one in declared(user)[:60]
    ]


def _state(one: Emergency, day: date) -> str:
    window = window_of(one)
    if day > window.last:
        return "over"
    return "now" if window.first <= day else "coming"


def declared(user: User) -> QuerySet[Emergency]:
    """Return every emergency that concerns this person, the newest first."""
    return (
        emergencies_of(user)
        .select_related("site", "recorded_by", "lifted_by")
        .order_by("-starts_on", "-recorded_at", "-pk")
    )
