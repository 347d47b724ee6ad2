"""What invented men do in their evenings: who came, what was said, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from tequio.access.models import User
from tequio.care.models import Review
from tequio.circles.actions import attendance, sessions, sheets, tellings
from tequio.circles.models import Group, Membership, Session
from tequio.circles.rules.evening import After, Letters, Tap
from tequio.core import clock, ids
from tequio.simulation.arrivals import ZONE, Staff, look_at
from tequio.simulation.men import Man, Told

_NOT_HELD: Final = 0.05
_WAITS: Final = 0.25
_ON_PAPER: Final = 0.15
_DAYS_TO_LOOK: Final = 3
_A_WEEK: Final = timedelta(days=7)
Circle = Mapping[UUID, tuple[Membership, Man]]


def live(
    staff: Staff, by: User, rng: np.random.Generator, group: Group, men: Mapping[UUID, Man]
) -> None:
    """Hold every meeting of a group that lies in the past. `men`: by the key of their file."""
    planned = list(group.sessions.select_related("group__site").order_by("position"))
    today = clock.today(ZONE)
    past = [s for s in planned if s.planned_on is not None and s.planned_on < today]
    places = group.memberships.select_related("participant").order_by(
        "participant__alias_key", "pk"
    )
    circle = {place.pk: (place, men[place.participant_id]) for place in places}
    # The one of last week sometimes waits to be recorded, as on any Monday.
    recent = [s for s in past[-1:] if s.planned_on and s.planned_on + _A_WEEK >= today]
    waiting = recent if rng.random() < _WAITS and len(past) > 2 else []
    for k, session in enumerate(past):
        if session in waiting:
            continue
        on = session.planned_on or today
        with clock.at(moment(on, time(21, 0))):
            _evening(by, rng, session, circle, k)
        if on + timedelta(days=_DAYS_TO_LOOK) < today:
            with clock.at(moment(on + timedelta(days=1), time(12, 0))):
                _look_after(staff, rng, circle)


def _evening(by: User, rng: np.random.Generator, session: Session, circle: Circle, k: int) -> None:
    if rng.random() < _NOT_HELD:
        reason = str(rng.choice(["facilitation", "weather", "place"]))
        sessions.did_not_happen(by=by, session_id=session.pk, reason=reason)
        return
    recorded = {key: man.statuses[k] for key, (_, man) in circle.items() if man.statuses[k]}
    # Who was not written down that night has no line for what he told either.
    said = {key: told for key in recorded if (told := circle[key][1].rounds[k]) is not None}
    on_paper = rng.random() < _ON_PAPER
    if on_paper:
        lines = {
            key: Letters(status, said[key].answer if key in said else "")
            for key, status in recorded.items()
        }
        sheets.enter(by=by, session_id=session.pk, lines=lines, tap=_tap())
    else:
        attendance.mark_many(by=by, session=session, statuses=recorded)
    for key, told in said.items():
        _say(by, session, circle[key], told, answered=on_paper)


def _say(
    by: User, session: Session, who: tuple[Membership, Man], told: Told, *, answered: bool
) -> None:
    """Write his answer, or the kinds that he named, which say yes; and his time-out."""
    place, man = who
    where = {"session_id": session.pk, "membership_id": place.pk}
    if not told.kinds and not answered:
        tellings.answer(by=by, said=told.answer, tap=_tap(), **where)
    against = "partner" if man.lives_with_partner else "ex_partner"
    for kind in told.kinds:
        tellings.name_act(by=by, kind=kind, against=against, tap=_tap(), **where)
    if told.retiro or told.support:
        after = After(
            retiro="yes" if told.retiro else "no", support="yes" if told.support else "no"
        )
        tellings.keep(by=by, said=after, tap=_tap(), **where)


def _look_after(staff: Staff, rng: np.random.Generator, circle: Circle) -> None:
    """Look at what was told last night: judged and closed the day after."""
    men = [place.participant_id for place, _ in circle.values()]
    opened = Review.objects.filter(participant__in=men).exclude(state=Review.State.CLOSED)
    for review in opened.order_by("opened_at", "participant__alias_key", "pk"):
        look_at(staff, rng, review)


def _tap() -> Tap:
    return Tap(ids.new_id(), clock.now())


def moment(day: date, at: time) -> datetime:
    """Return a moment of the place where everything happens."""
    return datetime.combine(day, at, tzinfo=ZoneInfo(ZONE))
