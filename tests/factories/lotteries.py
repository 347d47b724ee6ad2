"""A line of accepted men, a group with a few seats, and a study that may draw among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.factories.access import UserFactory
from tests.factories.circles import GroupFactory
from tests.factories.people import ParticipantFactory
from tests.factories.programmes import EditionFactory, EnrolmentFactory, enrolled

from tequio.access.models import User
from tequio.circles.models import Group, Membership
from tequio.core import clock
from tequio.people.models import Participant
from tequio.programmes.models import Edition
from tequio.studies.actions import ceremony, lotteries
from tequio.studies.actions.lotteries import Announced
from tequio.studies.models import Lottery, Study

ANNOUNCED = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
CLOSED, NUMBER = date(2026, 11, 27), date(2026, 12, 4)
FIRST_PRIZE = "08543"
SEATS = 6


@dataclass(frozen=True, slots=True)
class Line:
    """What a lottery is drawn of."""

    study: Study
    edition: Edition
    group: Group
    men: list[Participant]


def noon(day: date) -> datetime:
    """Return the middle of a day where everybody works."""
    return datetime(day.year, day.month, day.day, 18, 0, tzinfo=UTC)


def study_of(by: User) -> Study:
    """Return the first study of an organisation, or make one."""
    mine = Study.objects.filter(organisation=by.organisation_id, informant="men")
    found = mine.order_by("begun_at", "pk").first()
    return found or Study.objects.create(
        organisation=by.organisation,
        title="¿Sirve empezar antes?",
        question="men-violence",
        informant="men",
        begun_by=by,
    )


def line(by: User, men: int = 8) -> Line:
    """Put men into the line of an edition since the summer, beside a group with six seats."""
    house = by.organisation
    edition = EditionFactory.create(organisation=house)
    group = GroupFactory.create(organisation=house, edition=edition)
    Membership.objects.bulk_create(
        Membership(group=group, participant=man, joined_on=date(2026, 11, 2))
        for man in ParticipantFactory.create_batch(12 - SEATS, organisation=house)
    )
    waiting = []
    for _one in range(men):
        way = EnrolmentFactory.create(organisation=house, edition=edition)
        enrolled(way, "enquiry", "accepted", "waiting", on=date(2026, 8, 3))
        waiting.append(way.participant)
    return Line(study_of(by), edition, group, waiting)


def announced(by: User, there: Line, days: int = 84) -> Lottery:
    """Announce a lottery of the seats."""
    said = Announced("wait", CLOSED, NUMBER, edition_id=there.edition.pk, max_delay_days=days)
    return lotteries.announce(by=by, study_id=there.study.pk, said=said)


def drawn(by: User, there: Line) -> Lottery:
    """Carry a whole ceremony out, on its days, with a director who confirms the number."""
    second = UserFactory.create(organisation=by.organisation, roles=["director"])
    second = User.objects.select_related("organisation").get(pk=second.pk)
    with clock.at(ANNOUNCED):
        made = announced(by, there)
    with clock.at(noon(CLOSED)):
        ceremony.close(by=by, lottery_id=made.pk)
    with clock.at(noon(NUMBER)):
        ceremony.say_number(by=by, lottery_id=made.pk, number=FIRST_PRIZE)
        ceremony.say_number(by=second, lottery_id=made.pk, number=FIRST_PRIZE)
        return ceremony.draw(by=by, lottery_id=made.pk)


def after(days: int) -> datetime:
    """Return a moment so many days after the list was closed."""
    return noon(CLOSED + timedelta(days=days))
