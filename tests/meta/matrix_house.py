"""What the access matrix needs of a group and of a house: one of each that an address may hold."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import uuid4

from tests.factories.access import UserFactory
from tests.factories.assessments import answered, asked
from tests.factories.care import ReviewFactory, TalkFactory, decided
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.outreach import CallFactory, EmergencyFactory
from tests.factories.people import ConsentFactory, IntakeFactory
from tests.factories.programmes import EditionFactory, EnrolmentFactory, enrolled
from tests.factories.reports import CertificateFactory
from tests.meta import (
    matrix_accounts,
    matrix_costs,
    matrix_instruments,
    matrix_lotteries,
    matrix_network,
    matrix_pooling,
    matrix_releases,
    matrix_rights,
    matrix_sent,
    matrix_studies,
    matrix_territory,
)

from tequio.access.models import DutyException, Organisation, User
from tequio.circles.actions import imports, tellings
from tequio.circles.rules.evening import Tap
from tequio.core import clock
from tequio.core.tabular import Sheet, write_workbook
from tequio.jobs.models import Job
from tequio.people.rules.answers import Answers

# What stands in addresses and is nobody's: a year, a day, a municipality.
KNOWN: Final[dict[str, object]] = {
    **matrix_sent.KNOWN,
    **matrix_territory.KNOWN,
    **matrix_costs.KNOWN,
    **matrix_lotteries.KNOWN,
    **matrix_releases.KNOWN,
}


def group_things(organisation: Organisation, facilitators: list[User]) -> dict[str, object]:
    """A group of three meetings with one man, and what is kept of him."""
    group = GroupFactory.create(organisation=organisation, facilitators=facilitators)
    planned = sessions_of(group, date(2026, 11, 20), 3, held=2)
    place = attend(group, planned, {"Nogal": "pf."})[0]
    IntakeFactory.create(participant=place.participant, said=Answers(adult="no"))
    ConsentFactory.create(participant=place.participant)
    who = {"organisation": organisation, "participant": place.participant}
    asker = UserFactory.create(organisation=organisation, roles=["coordinator"])
    way = EnrolmentFactory.create(**who, edition=group.edition)
    enrolled(way, "enquiry", on=date(2026, 11, 2))
    return {
        "enrolment_id": way.pk,
        "telling_id": tellings.answer(
            by=facilitators[0],
            session_id=planned[1].pk,
            membership_id=place.pk,
            said="no",
            tap=Tap(uuid4(), clock.now()),
        ).pk,
        "group_id": group.pk,
        "session_id": planned[2].pk,
        "membership_id": place.pk,
        "folio": place.participant.folio,
        "call_id": CallFactory.create(
            membership=place, session=planned[0], made_by=facilitators[0]
        ).pk,
        "review_id": ReviewFactory.create(participant=place.participant).pk,
        "talk_id": TalkFactory.create(participant=place.participant).pk,
        "assessment_id": answered(asker, place.participant, {"phq_1": "1"}).pk,
        "sitting_id": asked(asker, place.participant, "gad-7").pk,
        "way_id": place.pk,
        "report_id": decided(facilitators[0], place.participant).pk,
    }


def house_things(by: User, how_many: int = 1) -> dict[str, object]:
    """What belongs to an organisation and to none of its groups; so many of what comes often."""
    job = Job.objects.create(
        organisation=by.organisation, started_by=by, kind="x", subject_id=uuid4()
    )
    brought = imports.receive(by=by, name="lista.xlsx", data=register())
    edition = EditionFactory.create(organisation=by.organisation, unsigned=True, model_version="2")
    own = {
        "edition_id": edition.pk,
        "emergency_id": EmergencyFactory.create(organisation=by.organisation).pk,
        "certificate_id": CertificateFactory.create(organisation=by.organisation).pk,
        "user_id": UserFactory.create(organisation=by.organisation, roles=["facilitator"]).pk,
        "exception_id": DutyException.objects.create(
            user=UserFactory.create(organisation=by.organisation),
            signed_by=by,
            signed_on=date(2026, 11, 1),
            ends_on=date(2027, 5, 1),
        ).pk,
        "job_id": job.pk,
        "import_id": brought.pk,
    }
    return _joined(
        own,
        matrix_rights.things(by),
        matrix_accounts.things(by, how_many),
        matrix_instruments.things(by, how_many),
        matrix_network.things(by, how_many),
        matrix_territory.things(by, how_many),
        matrix_releases.things(by, matrix_studies.things(by, how_many), how_many),
        matrix_lotteries.things(by, how_many),
        matrix_pooling.things(by, how_many),
        matrix_costs.things(by, how_many),
    )


def _joined(*parts: dict[str, Any]) -> dict[str, object]:
    """Put them together; two that call different things alike would hide one from its pages."""
    found: dict[str, object] = {}
    for part in parts:
        twice = sorted(found.keys() & part.keys())
        assert not twice, f"two parts hold {twice}"
        found |= part
    return found


def register() -> bytes:
    """A register of two men, as a workbook."""
    head = ("Nombre", "Sesión 1", "Sesión 2")
    return write_workbook(
        [Sheet("Lista", (head, ("Juan Pérez", "x", "F"), ("Luis Mora", "x", "x")))]
    )
