"""An invented organisation with a past, a tonight and men who have gone quiet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice
from typing import Final

import numpy as np
from django.db import transaction

from evidencia.simulate.programme import model
from tequio.access.models import User
from tequio.circles.actions import groups
from tequio.circles.models import Group
from tequio.core import clock
from tequio.people import aliases
from tequio.programmes import actions as programmes
from tequio.programmes.actions import enrolment, training
from tequio.programmes.models import Edition, Site
from tequio.programmes.queries import intervention
from tequio.programmes.states import State
from tequio.simulation import arrivals, asking, calling, endings, evenings, talking, words
from tequio.simulation.arrivals import ZONE, Arrival, Staff
from tequio.simulation.evenings import moment
from tequio.simulation.men import MODEL, Man, draw

__all__ = ["ZONE", "Staff", "Tell", "fill"]

MEN_PER_GROUP = 11
_NEWCOMERS: Final = 20
"""One man in so many came in the last days and has no group yet."""
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Place:
    """One group's beginning, in days before today."""

    name: str
    first: date
    at: time


def fill(
    staff: Staff,
    *,
    men: int,
    seed: int,
    slug: str = MODEL,
    tell: Tell = lambda done, total: None,
) -> None:
    """Write groups, men, calendars and what was told as staff would have, week by week.

    `slug` names the model of intervention, which ships as data and can be drawn.
    """
    rng = np.random.default_rng(seed)
    today = clock.today(ZONE)
    sites = [
        programmes.add_site(by=staff.coordinator, name=name, timezone=ZONE) for name in words.SITES
    ]
    edition = _adopt(staff, slug)
    _adopt(staff, "registro-previo")
    _train(staff, slug)
    drawn = draw(men, seed=seed, chosen=model(slug))
    names = list(islice(aliases.fresh(()), men))
    seated = men - men // _NEWCOMERS
    for n, place in enumerate(_places(-(-seated // MEN_PER_GROUP), today)):
        these = slice(n * MEN_PER_GROUP, min((n + 1) * MEN_PER_GROUP, seated))
        site = sites[n % len(sites)]
        # One transaction for a group and its year: each disk waits once.
        with transaction.atomic():
            _group(staff, rng, place, (site, edition), (drawn[these], names[these]), n)
        tell(these.stop, men)
    with transaction.atomic():
        _newcomers(staff, rng, edition, drawn[seated:], names[seated:])
        calling.catch_up(staff, rng)
        talking.talk(staff, rng)
        asking.ask(staff, rng)
    tell(men, men)


def _adopt(staff: Staff, slug: str) -> Edition:
    edition = programmes.adopt_edition(by=staff.coordinator, model_slug=slug)
    return programmes.sign_edition(
        by=staff.coordinator,
        edition_id=edition.pk,
        signed_by="Carmen Solís (persona inventada)",
        signed_as="Psicóloga, coordinadora de masculinidades",
        diagnosis=programmes.Diagnosis(
            "Diagnóstico participativo de la colonia (inventado)",
            kept="Carpeta de coordinación",
            place="09007",
        ),
    )


def _train(staff: Staff, slug: str) -> None:
    """Write where those who facilitate were trained: no group opens without it."""
    on = clock.today(ZONE) - timedelta(days=800)
    for person in staff.facilitators:
        training.record_training(
            by=staff.coordinator,
            user_id=person.pk,
            model_slug=slug,
            on=on,
            where="Taller interno de 40 horas (inventado)",
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


def _group(
    staff: Staff,
    rng: np.random.Generator,
    place: _Place,
    where: tuple[Site, Edition],
    who: tuple[Sequence[Man], Sequence[str]],
    n: int,
) -> None:
    site, edition = where
    team = _team(staff, edition, n)

    def before(days: int) -> datetime:
        return moment(place.first - timedelta(days=days), time(12, 0))

    with clock.at(before(15)):
        there = arrivals.register(staff, rng, *who)
    arrivals.admit(staff, rng, edition, there, before)
    with clock.at(before(7)):
        group = groups.open_group(
            by=staff.coordinator,
            name=place.name,
            site=site,
            edition=edition,
            starts_on=place.first,
            starts_at=place.at,
            facilitators=team,
        )
        _seat(staff, group, there, place.first - timedelta(days=7))
    evenings.live(staff, team[0], rng, group, {a.file.pk: a.man for a in there})
    endings.close(staff, rng, group, {a.file.pk: a.man for a in there})


def _team(staff: Staff, edition: Edition, n: int) -> list[User]:
    """Return as many as the model needs, each group beginning with another."""
    found = intervention(edition)
    needed = found.facilitators.needed.value if found else 1
    turned = islice(cycle(staff.facilitators), n, n + needed)
    return list(dict.fromkeys(turned))


def _seat(staff: Staff, group: Group, there: Sequence[Arrival], on: date) -> None:
    """Give each his place, and write his way there."""
    by = staff.coordinator
    groups.join_many(
        by=by, group=group, participants=[a.file for a in there], joined_on=on + timedelta(days=7)
    )
    for arrival in there:
        enrolment.placed(by=by, participant=arrival.file, edition=group.edition, on=on)


def _newcomers(
    staff: Staff,
    rng: np.random.Generator,
    edition: Edition,
    men: Sequence[Man],
    names: Sequence[str],
) -> None:
    """Write those who came in the last days: each a step further on his way to a group."""
    today = clock.today(ZONE)
    for n, (man, name) in enumerate(zip(men, names, strict=True)):
        with clock.at(moment(today - timedelta(days=1 + n % 4), time(11, 0))):
            (arrival,) = arrivals.register(staff, rng, [man], [name])
            arrivals.ask(staff, edition, arrival)
            if n % 4 > 0:
                arrivals.take_in(staff, rng, [arrival])
            review = arrivals.diagnose(staff, rng, arrival) if n % 4 > 1 else None
            if review is not None and n % 4 == 3:
                arrivals.look_at(staff, rng, review)
                _wait(staff, rng, edition, arrival)


def _wait(staff: Staff, rng: np.random.Generator, edition: Edition, arrival: Arrival) -> None:
    """Accept a man for whom there is no group yet at an hour at which he can come."""
    arrivals.plan(staff, rng, arrival)
    accepted = arrivals.accept(staff, edition, arrival)
    enrolment.move(
        by=staff.coordinator,
        enrolment_id=accepted.pk,
        to=State.WAITING,
        on=clock.today(ZONE),
        reason="hour",
    )
