"""Every event of the programme puts one letter into the slot, for every man, as it happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.care import ANSWERS, diagnosed, judged
from tests.factories.circles import GroupFactory, MembershipFactory, attend, sessions_of
from tests.factories.people import ParticipantFactory
from tests.factories.programmes import EnrolmentFactory, enrolled
from tests.letters import Mailbox, open_slot

from tequio.access.models import User
from tequio.care.actions import reviews
from tequio.circles.actions import attendance, tellings
from tequio.circles.models import Attendance, Group, Membership, Session
from tequio.circles.rules.evening import Tap
from tequio.core import clock
from tequio.letters import slot
from tequio.letters.kinds import BY_HAND, CLOCKS, OF_ANSWERS, Kind
from tequio.letters.models import Letter
from tequio.outreach.actions.third_absences import raise_third_absences
from tequio.people import concerns
from tequio.people import vault as people_vault
from tequio.people.models import Participant
from tequio.people.vault import Who
from tequio.programmes.actions import enrolment
from tequio.programmes.models import Enrolment
from tequio.programmes.states import State
from tequio.reports import actions as reports

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)  # the 20th at eight in Mexico City
TODAY = date(2026, 11, 20)
Happening = Callable[[User, User], Participant]


@pytest.fixture(autouse=True)
def _at_eight() -> Iterator[None]:
    with clock.at(EVENING), concerns.without_gates():
        yield


@pytest.fixture
def mailbox(coordinator: User) -> Mailbox:
    return open_slot(coordinator.organisation)


def a_place(facilitator: User, letters: str = "") -> tuple[Group, list[Session], Membership]:
    group = GroupFactory.create(organisation=facilitator.organisation, facilitators=[facilitator])
    sessions = sessions_of(group, TODAY, 4, held=3)
    return group, sessions, attend(group, sessions, {"Abeto": letters})[0]


def tap(by: User, session: Session, place: Membership, status: str) -> None:
    place.refresh_from_db()
    attendance.mark(
        by=by,
        session_id=session.pk,
        membership_id=place.pk,
        status=status,
        mark_id=uuid4(),
    )


def a_way(by: User, *states: str) -> Enrolment:
    way = EnrolmentFactory.create(organisation=by.organisation)
    return enrolled(way, *states, on=TODAY - timedelta(days=30))


def start(coordinator: User, facilitator: User) -> Participant:
    _group, sessions, place = a_place(facilitator)
    tap(facilitator, sessions[3], place, "present")
    return place.participant


def no_show(coordinator: User, facilitator: User) -> Participant:
    _group, sessions, place = a_place(facilitator)
    tap(facilitator, sessions[3], place, "absent")
    return place.participant


def disclosure(coordinator: User, facilitator: User) -> Participant:
    _group, sessions, place = a_place(facilitator)
    tellings.name_act(
        by=facilitator,
        session_id=sessions[3].pk,
        membership_id=place.pk,
        kind="physical",
        against="partner",
        tap=Tap(uuid4(), clock.now()),
    )
    return place.participant


def third_absence(coordinator: User, facilitator: User) -> Participant:
    _group, _sessions, place = a_place(facilitator, "pfff")
    Session.objects.update(state="held")
    Attendance.objects.update(marked_by=facilitator.login)
    with clock.at(EVENING + timedelta(days=1)):
        raise_third_absences()
    return place.participant


def withdrawal(coordinator: User, facilitator: User) -> Participant:
    way = a_way(coordinator, "enquiry", "accepted")
    enrolment.move(by=coordinator, enrolment_id=way.pk, to=State.WITHDRAWN, on=TODAY, reason="work")
    return way.participant


def exclusion(coordinator: User, facilitator: User) -> Participant:
    way = a_way(coordinator, "enquiry", "accepted", "in_group")
    enrolment.left(
        by=coordinator,
        participant=way.participant,
        edition=way.edition,
        on=TODAY,
        reason="excluded_threats",
        note="Amenazó a un compañero.",
    )
    return way.participant


def re_entry(coordinator: User, facilitator: User) -> Participant:
    way = a_way(coordinator, "enquiry", "accepted", "withdrawn")
    enrolment.come_back(by=coordinator, enrolment_id=way.pk, on=TODAY)
    return way.participant


def risk_raised(coordinator: User, facilitator: User) -> Participant:
    man = ParticipantFactory.create(organisation=coordinator.organisation)
    judged(
        coordinator, reviews.open_review(by=coordinator, participant=man, trigger="flag"), "high"
    )
    return man


def letter_issued(coordinator: User, facilitator: User) -> Participant:
    group, _sessions, place = a_place(facilitator, "ppp.")
    man = place.participant
    people_vault.seal(man, Who("Juan", "Pérez Mora")).save()
    way = EnrolmentFactory.create(
        organisation=coordinator.organisation, participant=man, edition=group.edition
    )
    enrolled(way, "enquiry", "accepted", "in_group", on=TODAY - timedelta(days=30))
    reports.issue(by=coordinator, enrolment_id=way.pk, signed_name="Maru", signed_as="Coordinadora")
    return man


def end(coordinator: User, facilitator: User) -> Participant:
    way = a_way(coordinator, "enquiry", "accepted", "in_group")
    enrolment.finish(
        by=coordinator,
        participant=way.participant,
        edition=way.edition,
        on=TODAY,
        attended=9,
        held=12,
    )
    return way.participant


HAPPENINGS: dict[Kind, Happening] = {
    Kind.START: start,
    Kind.NO_SHOW_AT_START: no_show,
    Kind.DISCLOSURE: disclosure,
    Kind.THIRD_ABSENCE: third_absence,
    Kind.WITHDRAWAL: withdrawal,
    Kind.EXCLUSION: exclusion,
    Kind.RE_ENTRY: re_entry,
    Kind.RISK_RAISED: risk_raised,
    Kind.LETTER_ISSUED: letter_issued,
    Kind.END: end,
}
EVENTS = sorted(set(Kind) - BY_HAND - OF_ANSWERS)


def test_every_kind_has_its_happening_here_and_a_time_in_which_it_is_attended_to() -> None:
    assert set(HAPPENINGS) == set(EVENTS)
    assert set(CLOCKS) == set(Kind)
    assert all(one.within < one.escalates for one in CLOCKS.values())


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_puts_one_letter_in_although_nobody_knows_of_a_partner(
    kind: Kind, coordinator: User, facilitator: User, mailbox: Mailbox
) -> None:
    man = HAPPENINGS[kind](coordinator, facilitator)
    told = [body for body in mailbox.read() if body["kind"] == kind]
    assert len(told) == 1
    assert told[0]["folio"] == man.folio
    assert told[0]["organisation"] == str(coordinator.organisation_id)
    assert all(len(str(value)) <= 40 for value in told[0]["says"].values()), "codes, no words"


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_that_is_taken_back_takes_its_letter_with_it(
    kind: Kind, coordinator: User, facilitator: User, mailbox: Mailbox
) -> None:
    with transaction.atomic():
        HAPPENINGS[kind](coordinator, facilitator)
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("kind", EVENTS)
def test_a_depositor_that_forgets_would_be_noticed(
    kind: Kind,
    coordinator: User,
    facilitator: User,
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(slot, "deposit", lambda **_letter: True)
    monkeypatch.setattr(slot, "deposit_many", lambda **_letters: True)
    HAPPENINGS[kind](coordinator, facilitator)
    assert kind not in mailbox.kinds()


@pytest.mark.parametrize("kind", EVENTS)
def test_without_a_wall_nothing_is_kept_and_everything_goes_on(
    kind: Kind, coordinator: User, facilitator: User
) -> None:
    HAPPENINGS[kind](coordinator, facilitator)
    assert not Letter.objects.exists()


def test_all_letters_weigh_the_same(coordinator: User, facilitator: User, mailbox: Mailbox) -> None:
    for happening in HAPPENINGS.values():
        happening(coordinator, facilitator)
    assert len({len(bytes(letter.sealed)) for letter in Letter.objects.all()}) == 1


def test_a_start_is_told_once_whatever_is_tapped_afterwards(
    facilitator: User, mailbox: Mailbox
) -> None:
    _group, sessions, place = a_place(facilitator)
    for status in ("absent", "", "absent", "present", "absent", "late", "present"):
        tap(facilitator, sessions[3], place, status)
    assert mailbox.kinds() == ["no_show_at_start", "start"]


def test_a_tap_that_tells_nothing_asks_nothing_more(facilitator: User, mailbox: Mailbox) -> None:
    _group, sessions, place = a_place(facilitator)
    tap(facilitator, sessions[2], place, "present")
    with CaptureQueriesContext(connection) as asked:
        tap(facilitator, sessions[3], place, "present")
    asked_for = [query["sql"] for query in asked]
    assert not [sql for sql in asked_for if "letters_" in sql or 'SET "start_told"' in sql]


def test_a_whole_sheet_asks_for_the_slot_once(facilitator: User, mailbox: Mailbox) -> None:
    group = GroupFactory.create(organisation=facilitator.organisation, facilitators=[facilitator])
    sessions = sessions_of(group, TODAY, 1, held=0)
    places = attend(group, sessions, {f"Abeto {n}": "" for n in range(8)})
    with CaptureQueriesContext(connection) as asked:
        attendance.mark_many(
            by=facilitator, session=sessions[0], statuses={one.pk: "present" for one in places}
        )
    assert sum("letters_slot" in q["sql"] for q in asked) == 1
    assert mailbox.kinds() == ["start"] * 8


def test_a_register_of_the_past_tells_nothing(
    coordinator: User, facilitator: User, mailbox: Mailbox
) -> None:
    _group, sessions, place = a_place(facilitator)
    Membership.objects.update(import_id=uuid4())
    tap(facilitator, sessions[3], place, "present")
    enrolment.placed_many(
        by=coordinator,
        participants=[place.participant],
        edition=place.group.edition,
        on=TODAY,
        import_id=uuid4(),
    )
    assert mailbox.kinds() == []


def test_a_visit_to_another_group_is_no_start(facilitator: User, mailbox: Mailbox) -> None:
    _group, sessions, place = a_place(facilitator)
    Membership.objects.update(visit=True, joined_at_session=4, ended_at_session=4, ended_on=TODAY)
    tap(facilitator, sessions[3], place, "present")
    assert mailbox.kinds() == []


def test_a_diagnosis_tells_types_and_dangers_and_no_words(
    coordinator: User, mailbox: Mailbox
) -> None:
    man = ParticipantFactory.create(organisation=coordinator.organisation)
    diagnosed(coordinator, man)
    (told,) = [body for body in mailbox.read() if body["kind"] == "disclosure"]
    assert told["says"]["types"] == ["physical"]
    assert told["says"]["against"] == ["children", "partner"]
    assert ANSWERS["cuando"]["words"]["cuando"] not in str(told)


def test_a_disclosure_that_somebody_writes_at_the_desk_is_told_once(
    coordinator: User, facilitator: User, mailbox: Mailbox
) -> None:
    man = ParticipantFactory.create(organisation=coordinator.organisation)
    reviews.ask_for(by=coordinator, participant=man, trigger="disclosure", said="Lo contó hoy.")
    reviews.ask_for(by=coordinator, participant=man, trigger="flag", said="Me preocupa.")
    assert mailbox.kinds() == ["disclosure"]


def test_a_judgement_that_stays_low_tells_nothing_and_one_that_rises_does(
    coordinator: User, mailbox: Mailbox
) -> None:
    man = ParticipantFactory.create(organisation=coordinator.organisation)
    first = reviews.open_review(by=coordinator, participant=man, trigger="flag")
    judged(coordinator, first, "low")
    assert mailbox.kinds() == []
    second = reviews.open_review(by=coordinator, participant=man, trigger="separation")
    judged(coordinator, second, "medium")
    (told,) = mailbox.read()
    assert (told["kind"], told["says"]) == ("risk_raised", {"level": "medium", "before": "low"})


def test_a_place_without_an_own_start_yet_is_all_that_a_membership_is(facilitator: User) -> None:
    place = MembershipFactory.create(
        group=GroupFactory.create(organisation=facilitator.organisation)
    )
    assert place.start_told == ""
