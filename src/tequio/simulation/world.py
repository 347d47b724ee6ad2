"""An invented organisation with a past, a tonight and men who have gone quiet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from tequio.access.models import User
from tequio.circles.actions import attendance, groups, sessions
from tequio.circles.models import Group, Session
from tequio.core import clock
from tequio.people import actions as people
from tequio.people import aliases
from tequio.people.models import Participant
from tequio.people.vault import Who
from tequio.programmes import actions as programmes
from tequio.programmes.models import Edition, Site
from tequio.simulation import words
from tequio.simulation.attendance import course

ZONE = "America/Mexico_City"
MEN_PER_GROUP = 11
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Staff:
    """Who does the work of an invented organisation."""

    coordinator: User
    facilitators: Sequence[User]


@dataclass(frozen=True, slots=True)
class _Place:
    """One group's beginning, in days before today."""

    name: str
    first: date
    at: time


def fill(staff: Staff, *, men: int, seed: int, tell: Tell = lambda done, total: None) -> None:
    """Write groups, men, calendars and attendance as staff would have, week by week."""
    rng = np.random.default_rng(seed)
    today = clock.today(ZONE)
    sites = [
        programmes.add_site(by=staff.coordinator, name=name, timezone=ZONE) for name in words.SITES
    ]
    edition = _adopt(staff, "guia-simetria")
    _adopt(staff, "registro-previo")
    places = list(_places(-(-men // MEN_PER_GROUP), today))
    names = aliases.fresh(())
    left = men
    for n, place in enumerate(places):
        size = min(MEN_PER_GROUP, left)
        left -= size
        site = sites[n % len(sites)]
        _group(staff, rng, place, site, edition, _men(rng, names, size), n)
        tell(men - left, men)


def _adopt(staff: Staff, model: str) -> Edition:
    edition = programmes.adopt_edition(by=staff.coordinator, model_slug=model)
    return programmes.sign_edition(
        by=staff.coordinator,
        edition_id=edition.pk,
        signed_by="Carmen Solís (persona inventada)",
        signed_as="Psicóloga, coordinadora de masculinidades",
    )


def _places(how_many: int, today: date) -> Iterator[_Place]:
    """Spread the groups: some over, most running, and always one that meets tonight."""
    for n in range(how_many):
        weeks = (4, 7, 2, 15, 10, 22, 5, 30, 13, 18, 1, 26)[n % 12] + 34 * (n // 12)
        shift = 0 if n == 0 else 1 + (n - 1) % 6
        first = today - timedelta(weeks=weeks, days=shift)
        hour = time(19, 0) if n % 3 else time(18, 0)
        year = f" {first.year}" if weeks > 13 else ""
        turn = f" {n // 12 + 1}" if n >= 12 else ""
        day = ("Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Sábado", "Domingo")
        site = words.SITES[n % len(words.SITES)]
        name = f"{day[first.weekday()]} {hour:%H:%M}, {site}{turn}{year}"
        yield _Place(name, first, hour)


def _men(rng: np.random.Generator, names: Iterator[str], size: int) -> list[tuple[str, Who]]:
    men = []
    for alias in islice(names, size):
        who = Who(
            given_names=str(rng.choice(words.GIVEN)),
            surnames=f"{rng.choice(words.SURNAMES)} {rng.choice(words.SURNAMES)}",
            # 55 5555 is kept free for invented numbers here.
            phone=f"55 5555 {rng.integers(0, 10_000):04d}",
            birth_year=int(rng.integers(1965, 2005)),
        )
        men.append((alias, who))
    return men


def _group(
    staff: Staff,
    rng: np.random.Generator,
    place: _Place,
    site: Site,
    edition: Edition,
    men: list[tuple[str, Who]],
    n: int,
) -> None:
    facilitator = staff.facilitators[n % len(staff.facilitators)]
    with clock.at(_moment(place.first - timedelta(days=7), time(12, 0))):
        group = groups.open_group(
            by=staff.coordinator,
            name=place.name,
            site=site,
            edition=edition,
            starts_on=place.first,
            starts_at=place.at,
            facilitators=[facilitator],
        )
        participants = people.register_many(by=staff.coordinator, rows=men)
        groups.join_many(
            by=staff.coordinator,
            group=group,
            participants=participants,
            joined_on=place.first,
        )
    _live(facilitator, rng, group, participants)


def _live(
    by: User, rng: np.random.Generator, group: Group, participants: list[Participant]
) -> None:
    planned = list(group.sessions.select_related("group__site").order_by("position"))
    today = clock.today(ZONE)
    past = [s for s in planned if s.planned_on is not None and s.planned_on < today]
    drawn = course(rng, men=len(participants), meetings=max(len(past), 1)).statuses
    keys = list(group.memberships.order_by("participant__alias_key").values_list("pk", flat=True))
    # The last one sometimes waits to be recorded, as on any Monday.
    waiting = past[-1:] if rng.random() < 0.25 and len(past) > 2 else []
    for k, session in enumerate(past):
        if session in waiting:
            continue
        with clock.at(_moment(session.planned_on or today, time(21, 0))):
            _evening(by, rng, session, dict(zip(keys, map(str, drawn[:, k]), strict=True)))


def _evening(
    by: User, rng: np.random.Generator, session: Session, statuses: dict[UUID, str]
) -> None:
    if rng.random() < 0.05:
        reason = str(rng.choice(["facilitation", "weather", "place"]))
        sessions.did_not_happen(by=by, session_id=session.pk, reason=reason)
        return
    recorded = {key: status for key, status in statuses.items() if status}
    attendance.mark_many(by=by, session=session, statuses=recorded)


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=ZoneInfo(ZONE))
