"""Lalo's group on a Friday at eight: two meetings held, one tonight, one next week; three men."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4

from tests.factories.circles import GroupFactory, attend, sessions_of

from tequio.access.models import User
from tequio.circles import sealed
from tequio.circles.actions import tellings
from tequio.circles.models import Group, Membership, Session, Telling
from tequio.circles.rules.evening import Round, Tap
from tequio.core import clock
from tequio.people import concerns

EVENING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)  # the 20th at eight in Mexico City


@dataclass(frozen=True, slots=True)
class Tonight:
    group: Group
    session: Session
    coming: Session
    men: list[Membership]


@dataclass(slots=True)
class Heard:
    """What the room of care would hear."""

    said: list[tuple[str, str, str]] = field(default_factory=list)

    def opens(self, *, by: User, participant: object, trigger: str, said: str) -> None:
        self.said.append((by.login, str(trigger), said))


def make(facilitator: User, **group: object) -> Tonight:
    made = GroupFactory.create(
        organisation=facilitator.organisation,
        facilitators=[facilitator],
        starts_at=time(19, 0),
        **group,
    )
    planned = sessions_of(made, date(2026, 11, 27), 4, held=2)
    men = attend(made, planned, {"Abeto": "ppp.", "Bosque": "pfp.", "Cedro": "..f."})
    return Tonight(made, planned[2], planned[3], men)


@contextmanager
def heard() -> Iterator[Heard]:
    """Listen in the place of the room of care."""
    ears, here = Heard(), concerns._here
    before = (here.gates, here.opens, here.urgent)
    concerns.register(gate=lambda _by, _men: None, opens=ears.opens)
    try:
        yield ears
    finally:
        here.gates, here.opens, here.urgent = before


def answer(
    by: User, tonight: Tonight, man: Membership, said: str = "no", number: UUID | None = None
) -> Telling:
    return tellings.answer(
        by=by,
        session_id=tonight.session.pk,
        membership_id=man.pk,
        said=said,
        tap=Tap(number or uuid4(), clock.now()),
    )


def said_by(man: Membership) -> Round | None:
    """What stands of him, opened."""
    telling = Telling.objects.filter(membership=man, part="round", stands=True).first()
    return sealed.open_round(man.group.organisation_id, telling) if telling else None
