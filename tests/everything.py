"""One organisation with one of everything that an address may hold, and as many rows as wanted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

from django.db import connection
from tests.factories.access import OrganisationFactory, UserFactory
from tests.factories.assessments import answered, asked
from tests.factories.care import ReviewFactory, TalkFactory, decided, diagnosed
from tests.factories.circles import GroupFactory
from tests.factories.outreach import CallFactory, EmergencyFactory
from tests.factories.people import ConsentFactory, IntakeFactory
from tests.factories.programmes import EditionFactory
from tests.factories.reports import CertificateFactory
from tests.meta import (
    matrix_house,
)

from tequio.access.models import Organisation, RoleGrant, User
from tequio.audit.models import Event
from tequio.care.actions import diagnosis
from tequio.care.models import Report, Review, Talk
from tequio.circles.actions import imports
from tequio.circles.models import Attendance, Group, Membership, Session
from tequio.core import clock, ids
from tequio.core.tabular import Sheet, write_workbook
from tequio.outreach.models import Call
from tequio.people.models import Assessment, Identity, Participant
from tequio.people.rules.answers import Answers
from tequio.people.vault import Who, seal
from tequio.programmes.models import Edition, Enrolment, EnrolmentStep
from tequio.reports.models import Certificate

EVENING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TONIGHT = date(2026, 11, 20)
ROLES = {
    "coordinación": "coordinator",
    "administración": "administrator",
    "facilitación": "facilitator",
    "evaluación": "evaluator",
    "dirección": "director",
    "psicoterapia": "therapist",
    "promoción": "promoter",
}


def _men(by: User, how_many: int) -> list[Participant]:
    men = [
        Participant(
            organisation=by.organisation,
            folio=ids.new_folio(),
            alias=f"Nogal {n:04}",
            alias_key=f"nogal {n:04}",
        )
        for n in range(how_many)
    ]
    Participant.objects.bulk_create(men)
    who = Who("Juan", "Pérez", "55 5555 0000")
    Identity.objects.bulk_create([seal(man, who) for man in men])
    return men


def _group(by: User, men: list[Participant], meetings: int) -> tuple[Group, list[Membership]]:
    group = GroupFactory.create(organisation=by.organisation, facilitators=[by])
    sessions = [
        Session(
            group=group,
            position=n + 1,
            number_from=n + 1,
            number_to=n + 1,
            planned_on=TONIGHT - timedelta(days=meetings - n - 1),
            state="held" if n % 5 < 3 else "planned",
        )
        for n in range(meetings)
    ]
    Session.objects.bulk_create(sessions)
    places = [Membership(group=group, participant=man) for man in men]
    Membership.objects.bulk_create(places)
    Attendance.objects.bulk_create(
        [
            Attendance(session=session, membership=place, status="absent", marked_by=by.login)
            for session in sessions[: 10_000 // max(len(men), 1)]
            for n, place in enumerate(places)
            if (n + session.position) % 3
        ],
        batch_size=500,
    )
    return group, places


def _waiting(house: Organisation, men: list[Participant], edition: object) -> list[Enrolment]:
    """Everybody waits for a seat in an edition with session guides."""
    Edition.objects.filter(pk=edition).update(signed_at=clock.now(), signed_by="x", signed_as="x")
    ways = [Enrolment(organisation=house, participant=man, edition_id=edition) for man in men]
    Enrolment.objects.bulk_create(ways)
    for n, (start, end) in enumerate(pairwise(("", "enquiry", "accepted", "waiting")), start=1):
        EnrolmentStep.objects.bulk_create(
            [
                EnrolmentStep(
                    enrolment=way,
                    position=n,
                    from_state=start,
                    to_state=end,
                    happened_on=TONIGHT,
                    reason="x",
                    written_by="x",
                )
                for way in ways
            ]
        )
    return ways


def _certificates(house: Organisation, men: list[Participant], how_many: int) -> list[Certificate]:
    edition = EditionFactory.create(organisation=house)
    return [
        CertificateFactory.create(organisation=house, participant=man, edition=edition)
        for man in men[: max(how_many // 10, 1)]
    ]


def _asked_often(by: User, man: Participant, how_many: int) -> UUID:
    """Ask one man the same many times, and tonight once more."""
    row = asked(by, man, "gad-7")
    again = {name: getattr(row, name) for name in ("organisation", "version", "sha256")}
    Assessment.objects.bulk_create(
        Assessment(participant=man, instrument="gad-7", asked_by=by, **again)
        for _n in range(how_many // 10)
    )
    return row.pk


def world(how_many: int) -> tuple[dict[str, User], dict[str, object]]:
    """One organisation with so many men, meetings, groups, users, events and rows of a register."""
    house = OrganisationFactory.create()
    users = {who: UserFactory.create(organisation=house, roles=[r]) for who, r in ROLES.items()}
    coordinator, facilitator = users["coordinación"], users["facilitación"]
    men = _men(facilitator, how_many)
    group, places = _group(facilitator, men, min(how_many, 60))
    for n in range(how_many // 10):
        _group(facilitator, men[10 * n : 10 * n + 10], 10)
    colleagues = [
        User(organisation=house, login=f"p{n}@{house.slug}", name=f"P {n}", password="!")
        for n in range(how_many // 5)
    ]
    User.objects.bulk_create(colleagues)
    RoleGrant.objects.bulk_create(
        [RoleGrant(user=user, role="facilitator", granted_by="x") for user in colleagues]
    )
    Event.objects.bulk_create(
        [
            Event(
                organisation_id=house.pk,
                actor_id=coordinator.pk,
                actor_label=coordinator.login,
                kind="participant.open",
                subject_type="participant",
                subject_id=men[0].pk,
                subject_label=men[0].folio,
            )
            for _n in range(how_many)
        ]
    )
    IntakeFactory.create(participant=men[0], started_by=coordinator, said=Answers(adult="no"))
    for _n in range(how_many // 10):
        ConsentFactory.create(participant=men[0], recorded_by=coordinator)
    rows = [("Nombre", "Sesión 1", "Sesión 2")]
    rows += [(f"Juan {n} Pérez", "x", "F") for n in range(how_many)]
    register = imports.receive(
        by=coordinator, name="lista.xlsx", data=write_workbook([Sheet("Lista", tuple(rows))])
    )
    count()
    review = diagnosed(coordinator, men[0])
    diagnosis.begin(by=coordinator, folio=men[0].folio)
    Review.objects.bulk_create(
        [ReviewFactory.build(participant=m, opened_by=coordinator) for m in men]
    )
    talks = [TalkFactory.build(participant=m) for m in men]
    Talk.objects.bulk_create(talks)
    report = decided(coordinator, men[0])
    Report.objects.bulk_create(
        [
            Report(
                organisation=house,
                participant=m,
                about="minors",
                decision="not_tell",
                state="09",
                sealed=report.sealed,
                decided_by=coordinator,
            )
            for m in men
        ]
    )
    things = matrix_house.house_things(coordinator, how_many)
    ways = _waiting(house, men, things["edition_id"])
    tonight = group.sessions.get(planned_on=TONIGHT)
    calls = [
        CallFactory.build(
            membership=place, session=tonight, made_by=facilitator, made_at=clock.now()
        )
        for place in places
    ]
    Call.objects.bulk_create(calls)
    call = calls[0]
    EmergencyFactory.create_batch(min(how_many, 60), organisation=house, recorded_by=coordinator)
    count()
    return users, {
        **matrix_house.KNOWN,
        **things,
        "group_id": group.pk,
        "session_id": tonight.pk,
        "membership_id": places[0].pk,
        "call_id": call.pk,
        "mark_id": uuid4(),
        "folio": men[0].folio,
        "review_id": review.pk,
        "talk_id": talks[0].pk,
        "report_id": report.pk,
        "enrolment_id": ways[0].pk,
        "assessment_id": answered(coordinator, men[0], {"phq_1": "1"}).pk,
        "sitting_id": _asked_often(coordinator, men[0], how_many),
        "way_id": places[0].pk,
        "certificate_id": _certificates(house, men, how_many)[0].pk,
        "number": 2,
        "user_id": facilitator.pk,
        "import_id": register.pk,
    }


def count() -> None:
    """Let PostgreSQL count rows, as its own housekeeping does at night, before it makes plans."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
