"""Literacy circles and referrals of men, as the actions would have left them."""

from __future__ import annotations

from datetime import date, timedelta

from tests.factories.access import UserFactory
from tests.factories.people import ParticipantFactory

from tequio.access.models import Organisation, User
from tequio.care.actions import referrals
from tequio.care.actions.referrals import Sending
from tequio.care.models import Referral
from tequio.core import clock
from tequio.network.actions import literacy
from tequio.network.actions.literacy import Opening, Told
from tequio.network.models import LiteracyCircle, LiteracyMeeting

PLACE = "Salón de la capilla de Tlalpan"


def today(by: User) -> date:
    return clock.today(by.organisation.timezone)


def promoter_of(organisation: Organisation) -> User:
    return UserFactory.create(organisation=organisation, roles=["promoter"])


def circle_of(by: User, name: str = "Bugambilia", audience: str = "women") -> LiteracyCircle:
    """A circle that began a month ago."""
    opening = Opening(name, "money", audience, place=PLACE, when="Jueves a las cinco")
    return literacy.open_circle(by=by, opening=opening, on=today(by) - timedelta(days=30))


def meeting_of(by: User, circle: LiteracyCircle, ago: int = 1) -> LiteracyMeeting:
    """A meeting that was held, with what was said in it."""
    on = today(by) - timedelta(days=ago)
    meeting = literacy.plan_meeting(
        by=by, circle_id=circle.pk, on=on, guide="de-quien-es-el-dinero"
    )
    told = Told(came=9, children=2, aliases=("Luna", "Jacaranda"), action="Preguntar en la caja")
    return literacy.hold(by=by, meeting_id=meeting.pk, told=told)


def sending(by: User, **said: object) -> Sending:
    """What he agreed to."""
    day = today(by)
    given = {
        "to": "Centro de Salud Portales",
        "what_for": "health",
        "shown": (("alias", "Nogal"), ("need", "Dejar de beber")),
        "agreed_on": day,
        "agreed_until": day + timedelta(days=30),
        "with_link": True,
    }
    return Sending(**{**given, **said})  # type: ignore[arg-type]


def referral_of(by: User) -> Referral:
    """A referral that was sent today, with a link."""
    man = ParticipantFactory.create(organisation=by.organisation)
    return referrals.send(by=by, folio=man.folio, sending=sending(by))
