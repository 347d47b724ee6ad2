"""Calls after an absence: due, made, taken back; the number looked at and written down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from tests.factories.circles import (
    GroupFactory,
    MembershipFactory,
    SessionFactory,
    attend,
    sessions_of,
)
from tests.factories.people import ParticipantFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.circles.models import Attendance, Group, Membership
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError, NotVisible
from tequio.outreach import queries, vault
from tequio.outreach.actions import calls, notes
from tequio.outreach.models import Call
from tequio.people.models import Consent, Participant
from tequio.people.vault import Who, seal

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 20)
SATURDAY = FRIDAY + timedelta(days=1)


@contextmanager
def at(day: date, hour: int = 12) -> Iterator[None]:
    """Noon in Mexico City, which is six hours behind."""
    with clock.at(datetime(day.year, day.month, day.day, hour, tzinfo=UTC) + timedelta(hours=6)):
        yield


@pytest.fixture(autouse=True)
def _saturday() -> Iterator[None]:
    with at(SATURDAY):
        yield


@pytest.fixture
def group(facilitator: User) -> Group:
    """Four Fridays held; Abeto came to all of them, Bosque missed the last, Cedro three."""
    made = GroupFactory.create(
        organisation=facilitator.organisation, facilitators=[facilitator], name="Viernes"
    )
    held = sessions_of(made, FRIDAY, 4, held=4)
    attend(made, held, {"Abeto": "pppp", "Bosque": "pppf", "Cedro": "pfff", "Drago": "f..a"})
    return made


def place(group: Group, alias: str) -> Membership:
    return group.memberships.get(participant__alias=alias)


def named(user: User, day: date = SATURDAY) -> list[tuple[str, str]]:
    return [(call.alias, call.step) for call in queries.due_calls(user, day)]


def made(user: User, group: Group, alias: str, outcome: str = "work") -> Call:
    return calls.record_call(
        by=user, membership_id=place(group, alias).pk, call_id=uuid4(), outcome=outcome
    )


def test_a_call_is_due_the_day_after_and_the_later_step_comes_first(
    facilitator: User, group: Group
) -> None:
    assert named(facilitator, FRIDAY) == []
    assert named(facilitator) == [("Cedro", "review"), ("Bosque", "call")]
    assert [c.late for c in queries.due_calls(facilitator, SATURDAY)] == [False, False]
    late = queries.due_calls(facilitator, FRIDAY + timedelta(days=3))
    assert [c.late for c in late] == [True, True]
    # After three weeks it is no answer to that absence any more.
    assert named(facilitator, FRIDAY + timedelta(days=22)) == []


@pytest.mark.parametrize("who", ["other_facilitator", "outsider", "therapist", "administrator"])
def test_others_call_nobody(who: str, group: Group, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(who)
    assert queries.due_calls(user, SATURDAY) == []
    with pytest.raises(NotVisible):
        made(user, group, "Bosque")


def test_the_coordinator_calls_for_every_group(coordinator: User, group: Group) -> None:
    assert [alias for alias, _step in named(coordinator)] == ["Cedro", "Bosque"]


def test_a_second_absence_asks_for_a_talk(facilitator: User, group: Group) -> None:
    last = group.sessions.get(position=4)
    third = group.sessions.get(position=3)
    Attendance.objects.filter(session=third, membership=place(group, "Bosque")).update(
        status="absent"
    )
    assert named(facilitator)[1] == ("Bosque", "talk")
    Attendance.objects.filter(session=last, membership=place(group, "Bosque")).update(status="late")
    assert named(facilitator) == [("Cedro", "review")]


def test_a_session_made_up_in_another_group_is_no_absence(facilitator: User, group: Group) -> None:
    other = GroupFactory.create(organisation=group.organisation, edition=group.edition)
    meeting = SessionFactory.create(
        group=other, position=4, planned_on=FRIDAY - timedelta(days=1), state="held"
    )
    visit = MembershipFactory.create(
        group=other,
        participant=place(group, "Bosque").participant,
        visit=True,
        joined_at_session=4,
        ended_at_session=4,
        ended_on=meeting.planned_on,
    )
    Attendance.objects.create(
        session=meeting, membership=visit, status="present", marked_by="prueba"
    )
    assert named(facilitator) == [("Cedro", "review")]


def test_where_a_gap_is_an_absence_whoever_has_no_mark_is_called(
    facilitator: User, group: Group
) -> None:
    Attendance.objects.filter(membership=place(group, "Bosque"), session__position=4).delete()
    assert named(facilitator) == [("Cedro", "review")]
    Group.objects.filter(pk=group.pk).update(gaps="absent")
    assert ("Bosque", "call") in named(facilitator)


def test_who_left_and_a_group_that_closed_call_nobody(facilitator: User, group: Group) -> None:
    Membership.objects.filter(pk=place(group, "Cedro").pk).update(
        ended_on=FRIDAY, ended_at_session=4
    )
    assert named(facilitator) == [("Bosque", "call")]
    Group.objects.filter(pk=group.pk).update(closed_on=FRIDAY)
    assert named(facilitator) == []


def test_one_tap_records_the_call_and_takes_it_off_the_list(
    facilitator: User, group: Group
) -> None:
    page = signed_in_client(facilitator)
    address = f"/llamadas/{place(group, 'Bosque').pk}/anotar/"
    sent = {"call_id": str(uuid4()), "outcome": "work"}
    for _n in range(2):
        assert page.post(address, sent).status_code == 302
    call = Call.objects.get()
    assert (call.step, call.outcome, call.next_on) == ("call", "work", None)
    assert call.session.position == 4
    assert named(facilitator) == [("Cedro", "review")]
    assert Event.objects.filter(kind="call.record").count() == 1
    # The log is read by who keeps the system: it names no reason.
    assert "work" not in str(Event.objects.get(kind="call.record").detail)


def test_the_same_number_with_another_answer_is_a_conflict(facilitator: User, group: Group) -> None:
    key = uuid4()
    where = place(group, "Bosque").pk
    calls.record_call(by=facilitator, membership_id=where, call_id=key, outcome="work")
    with pytest.raises(Conflict):
        calls.record_call(by=facilitator, membership_id=where, call_id=key, outcome="moved")


def test_nobody_answers_and_he_is_tried_again_three_times(facilitator: User, group: Group) -> None:
    assert made(facilitator, group, "Bosque", "no_answer").next_on == SATURDAY + timedelta(days=1)
    assert named(facilitator) == [("Cedro", "review")]
    for n in (1, 2):
        day = SATURDAY + timedelta(days=n)
        with at(day):
            assert ("Bosque", "call") in named(facilitator, day)
            made(facilitator, group, "Bosque", "no_answer")
    assert ("Bosque", "call") not in named(facilitator, SATURDAY + timedelta(days=5))


def test_a_call_taken_back_is_due_again_and_stays_written(facilitator: User, group: Group) -> None:
    call = made(facilitator, group, "Bosque")
    calls.void(by=facilitator, call_id=call.pk)
    assert ("Bosque", "call") in named(facilitator)
    assert Call.objects.count() == 1
    with pytest.raises(NotVisible):
        calls.void(by=facilitator, call_id=call.pk)


def test_a_colleague_does_not_take_back_my_call(
    facilitator: User, coordinator: User, group: Group
) -> None:
    call = made(facilitator, group, "Bosque")
    with pytest.raises(NotVisible):
        calls.void(by=coordinator, call_id=call.pk)


def test_an_outcome_that_nobody_knows_and_a_man_who_came_are_refused(
    facilitator: User, group: Group
) -> None:
    with pytest.raises(DomainError, match="no existe"):
        made(facilitator, group, "Bosque", "lazy")
    with pytest.raises(DomainError, match="No hay una falta"):
        made(facilitator, group, "Abeto")


def test_a_note_lies_sealed_and_in_no_other_row(facilitator: User, group: Group) -> None:
    call = made(facilitator, group, "Bosque")
    calls.add_to(by=facilitator, call_id=call.pk, note="Lo cambiaron de turno.", next_on=None)
    call.refresh_from_db()
    assert b"turno" not in bytes(call.sealed_note or b"")
    assert vault.note_of(call) == "Lo cambiaron de turno."
    other = made(facilitator, group, "Cedro")
    other.sealed_note = call.sealed_note
    with pytest.raises(Exception, match="does not belong"):
        vault.note_of(other)


def test_a_note_is_forgotten_after_its_time_unless_a_review_is_open(
    facilitator: User, group: Group
) -> None:
    for alias in ("Bosque", "Cedro"):
        call = made(facilitator, group, alias)
        calls.add_to(by=facilitator, call_id=call.pk, note="Algo.", next_on=None)
    waits = place(group, "Cedro").participant_id
    later = clock.now() + timedelta(seconds=1)
    assert notes.forget_old_notes(later, lambda men: {waits} & set(men)) == 1
    kept = Call.objects.get(sealed_note__isnull=False)
    assert kept.participant_id == waits
    assert Call.objects.filter(outcome="work").count() == 2


def test_a_date_that_has_passed_is_refused_and_nothing_typed_is_lost(
    facilitator: User, group: Group
) -> None:
    call = made(facilitator, group, "Bosque")
    answer = signed_in_client(facilitator).post(
        f"/llamadas/hechas/{call.pk}/nota/", {"note": "Lo que escribí", "next_on": "2026-11-01"}
    )
    assert answer.status_code == 422
    assert "Lo que escribí" in answer.content.decode()


# --- The number -----------------------------------------------------------------------------------


def with_phone(group: Group, alias: str) -> Participant:
    man = place(group, alias).participant
    man.identity.delete()
    seal(man, Who("Juan", "Pérez", "55 1234 5678")).save()
    return man


def test_the_number_is_shown_when_asked_for_and_written_down(
    facilitator: User, group: Group
) -> None:
    man = with_phone(group, "Bosque")
    client = signed_in_client(facilitator)
    where = place(group, "Bosque").pk
    before = client.get(f"/llamadas/{where}/").content.decode()
    assert "55 1234 5678" not in before
    assert "Juan" not in before
    after = client.post(f"/llamadas/{where}/numero/").content.decode()
    assert "tel:55 1234 5678" in after
    event = Event.objects.get(kind="number.reveal")
    assert (event.subject_id, event.actor_id) == (man.pk, facilitator.pk)


def test_at_night_no_number_is_shown_and_nothing_is_written(
    facilitator: User, group: Group
) -> None:
    with_phone(group, "Bosque")
    with at(SATURDAY, 22):
        client = signed_in_client(facilitator)
        page = client.post(f"/llamadas/{place(group, 'Bosque').pk}/numero/").content.decode()
    assert "no es hora de llamar" in page
    assert "1234 5678" not in page
    assert not Event.objects.filter(kind="number.reveal").exists()


def test_who_refused_calls_has_no_number_to_show(
    facilitator: User, coordinator: User, group: Group
) -> None:
    man = with_phone(group, "Bosque")
    for turn, decision in enumerate(("given", "withdrawn"), start=1):
        Consent.objects.create(
            organisation=man.organisation,
            participant=man,
            purpose="contact",
            text_version="1",
            text_sha256="0" * 64,
            decision=decision,
            decided_on=SATURDAY,
            recorded_by=coordinator,
            turn=turn,
        )
    page = signed_in_client(facilitator).get(f"/llamadas/{place(group, 'Bosque').pk}/")
    assert "No quiere que le llamen" in page.content.decode()
    with pytest.raises(DomainError, match="No aceptó"):
        calls.reveal_number(by=facilitator, membership_id=place(group, "Bosque").pk)
    assert {c.alias: c.refuses_calls for c in queries.due_calls(facilitator, SATURDAY)} == {
        "Cedro": False,
        "Bosque": True,
    }


def test_reading_a_note_of_a_call_is_written_down(
    facilitator: User, coordinator: User, group: Group
) -> None:
    call = made(facilitator, group, "Bosque", "no_answer")
    page = f"/llamadas/{place(group, 'Bosque').pk}/"
    signed_in_client(coordinator).get(page)
    assert not Event.objects.filter(kind="call.read").exists()
    calls.add_to(by=facilitator, call_id=call.pk, note="Turno de noche.", next_on=None)
    assert "Turno de noche." in signed_in_client(coordinator).get(page).content.decode()
    assert Event.objects.get(kind="call.read").actor_id == coordinator.pk


def test_a_man_without_a_group_of_mine_has_no_page(facilitator: User, group: Group) -> None:
    stranger = MembershipFactory.create(
        group=GroupFactory.create(organisation=group.organisation),
        participant=ParticipantFactory.create(organisation=group.organisation),
    )
    client = signed_in_client(facilitator)
    assert client.get(f"/llamadas/{stranger.pk}/").status_code == 404
    assert client.post(f"/llamadas/{stranger.pk}/numero/").status_code == 404
