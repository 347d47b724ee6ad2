"""A tap counts exactly once, in its own group, not before its day, and never without its trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.circles import queries
from tequio.circles.actions import attendance, sessions
from tequio.circles.models import Attendance, Group, Mark, Membership, Session
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError, Forbidden, NotVisible

EVENING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)  # the 20th at eight in Mexico City
TODAY = date(2026, 11, 20)


@dataclass(frozen=True, slots=True)
class Tonight:
    group: Group
    session: Session
    coming: Session
    men: list[Membership]


@pytest.fixture
def tonight(facilitator: User) -> Tonight:
    """Lalo's group: two meetings held, one tonight, one next week; three men."""
    group = GroupFactory.create(organisation=facilitator.organisation, facilitators=[facilitator])
    planned = sessions_of(group, date(2026, 11, 27), 4, held=2)
    men = attend(group, planned, {"Abeto": "pp..", "Bosque": "pf..", "Cedro": "...."})
    return Tonight(group, planned[2], planned[3], men)


@pytest.fixture(autouse=True)
def _at_eight() -> object:
    with clock.at(EVENING):
        yield


def tap(
    by: User,
    session: Session,
    man: Membership,
    status: str = "present",
    mark_id: UUID | None = None,
) -> attendance.Marked:
    return attendance.mark(
        by=by,
        session_id=session.pk,
        membership_id=man.pk,
        status=status,
        mark_id=mark_id or uuid4(),
    )


def marks(session: Session) -> list[str]:
    return sorted(session.attendances.values_list("status", flat=True))


def test_a_tap_is_kept_holds_the_session_and_is_written_down(
    facilitator: User, tonight: Tonight
) -> None:
    tap(facilitator, tonight.session, tonight.men[0], "late")

    tonight.session.refresh_from_db()
    assert tonight.session.state == "held"
    assert marks(tonight.session) == ["late"]
    event = Event.objects.get(kind="attendance.mark")
    assert event.detail == {"folio": tonight.men[0].participant.folio, "status": "late"}
    assert event.actor_id == facilitator.pk


def test_the_same_number_twice_counts_once(facilitator: User, tonight: Tonight) -> None:
    number = uuid4()
    first = tap(facilitator, tonight.session, tonight.men[0], "present", number)
    again = tap(facilitator, tonight.session, tonight.men[0], "present", number)

    assert (first.status, again.status) == ("present", "present")
    assert Mark.objects.count() == 1
    assert Event.objects.filter(kind="attendance.mark").count() == 1


def test_a_late_repetition_does_not_undo_what_was_marked_since(
    facilitator: User, tonight: Tonight
) -> None:
    number = uuid4()
    tap(facilitator, tonight.session, tonight.men[0], "present", number)
    tap(facilitator, tonight.session, tonight.men[0], "absent")
    again = tap(facilitator, tonight.session, tonight.men[0], "present", number)

    assert again.status == "absent"
    assert marks(tonight.session) == ["absent"]


def test_the_same_number_with_another_content_is_a_conflict_and_both_are_kept(
    facilitator: User, tonight: Tonight
) -> None:
    number = uuid4()
    tap(facilitator, tonight.session, tonight.men[0], "present", number)
    with pytest.raises(Conflict, match="Guardamos las dos"):
        tap(facilitator, tonight.session, tonight.men[0], "absent", number)
    with pytest.raises(Conflict):
        tap(facilitator, tonight.session, tonight.men[1], "present", number)

    assert marks(tonight.session) == ["present"]
    kept = Event.objects.filter(kind="attendance.conflict")
    assert {(e.detail["folio"], e.detail["status"]) for e in kept} == {
        (tonight.men[0].participant.folio, "absent"),
        (tonight.men[1].participant.folio, "present"),
    }


def test_a_conflict_answers_409_and_draws_the_page_anew(
    facilitator: User, tonight: Tonight
) -> None:
    client = signed_in_client(facilitator)
    address = f"/sesiones/{tonight.session.pk}/lugares/{tonight.men[0].pk}/{uuid4()}/"
    assert client.post(address, {"status": "present"}).status_code == 302
    plain = client.post(address, {"status": "late"})
    inside = client.post(address, {"status": "late"}, headers={"HX-Request": "true"})

    assert plain.status_code == inside.status_code == 409
    assert "Esta marca ya había llegado" in plain.content.decode()
    # The number on that seat is used up: without a new page every further tap would be refused.
    assert inside["HX-Refresh"] == "true"
    shown = client.get(f"/sesiones/{tonight.session.pk}/").content.decode()
    assert "Esta marca ya había llegado" in shown
    assert address not in shown


def test_an_empty_status_takes_the_mark_back(facilitator: User, tonight: Tonight) -> None:
    tap(facilitator, tonight.session, tonight.men[0])
    tap(facilitator, tonight.session, tonight.men[0], "")
    assert marks(tonight.session) == []
    assert Mark.objects.count() == 2


def test_a_word_that_is_no_mark_reaches_neither_the_register_nor_the_log(
    facilitator: User, tonight: Tonight
) -> None:
    number = uuid4()
    tap(facilitator, tonight.session, tonight.men[0], "present", number)
    for given in (number, uuid4()):
        with pytest.raises(DomainError, match="Esa marca no existe"):
            tap(facilitator, tonight.session, tonight.men[0], "Juan le pegó", given)
    assert Mark.objects.count() == 1
    assert not Event.objects.filter(kind="attendance.conflict").exists()


def test_nobody_is_marked_before_the_day(facilitator: User, tonight: Tonight) -> None:
    with pytest.raises(DomainError, match="la sesión no ha llegado"):
        tap(facilitator, tonight.coming, tonight.men[0])
    assert marks(tonight.coming) == []


def test_the_day_is_the_sites_day_and_not_greenwichs(facilitator: User, tonight: Tonight) -> None:
    """At eight in the evening of the 20th it is the 21st in UTC: next day's list stays shut."""
    tomorrow = Session.objects.create(
        group=tonight.group, position=9, number_from=9, number_to=9, planned_on=date(2026, 11, 21)
    )
    with pytest.raises(DomainError, match="la sesión no ha llegado"):
        tap(facilitator, tomorrow, tonight.men[0])
    Group.objects.get(pk=tonight.group.pk).site.__class__.objects.update(timezone="Europe/Madrid")
    tap(facilitator, tomorrow, tonight.men[0])


def test_a_session_that_did_not_happen_takes_no_marks(facilitator: User, tonight: Tonight) -> None:
    sessions.did_not_happen(by=facilitator, session_id=tonight.session.pk, reason="weather")
    with pytest.raises(DomainError, match="no se realizó"):
        tap(facilitator, tonight.session, tonight.men[0])


def test_a_tap_that_loses_the_race_against_no_session_leaves_nothing(
    facilitator: User, tonight: Tonight, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the write somebody said that there was no session."""
    write = attendance._write

    def meanwhile(session: Session, *rest: object) -> None:
        Session.objects.filter(pk=session.pk).update(state="not_held", reason="place")
        write(session, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(attendance, "_write", meanwhile)
    with pytest.raises(DomainError, match="No se puede pasar lista"):
        tap(facilitator, tonight.session, tonight.men[0])
    assert not Mark.objects.exists()
    assert marks(tonight.session) == []
    assert not Event.objects.filter(kind="attendance.mark").exists()


def test_a_man_of_another_group_does_not_exist_in_this_session(
    facilitator: User, tonight: Tonight
) -> None:
    other = GroupFactory.create(organisation=facilitator.organisation, facilitators=[facilitator])
    (stranger,) = attend(other, [], {"Duna": ""})
    with pytest.raises(NotVisible):
        tap(facilitator, tonight.session, stranger)
    with pytest.raises(NotVisible):
        attendance.mark_many(
            by=facilitator,
            session=tonight.session,
            statuses={stranger.pk: "present", tonight.men[0].pk: "present"},
        )
    assert marks(tonight.session) == []


def test_a_man_is_not_marked_before_he_joined_nor_after_he_left(
    facilitator: User, tonight: Tonight
) -> None:
    late, gone = tonight.men[0], tonight.men[1]
    Membership.objects.filter(pk=late.pk).update(joined_at_session=4)
    Membership.objects.filter(pk=gone.pk).update(ended_on=TODAY, ended_at_session=2)
    for man in (late, gone):
        with pytest.raises(NotVisible):
            tap(facilitator, tonight.session, man)


@pytest.mark.parametrize("who", ["other_facilitator", "evaluator", "administrator", "outsider"])
def test_a_session_that_is_not_ones_own_does_not_exist(
    who: str, tonight: Tonight, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotVisible):
        tap(request.getfixturevalue(who), tonight.session, tonight.men[0])


def test_who_reads_groups_and_marks_nobody_is_refused(director: User, tonight: Tonight) -> None:
    with pytest.raises(Forbidden):
        tap(director, tonight.session, tonight.men[0])


def _broken_record(*_words: object, **_more: object) -> None:
    raise RuntimeError("The log cannot be written.")


@pytest.mark.parametrize(
    "do",
    [
        lambda by, t: tap(by, t.session, t.men[0]),
        lambda by, t: attendance.mark_many(
            by=by, session=t.session, statuses={t.men[0].pk: "late"}
        ),
    ],
    ids=["mark", "mark_many"],
)
def test_without_its_trace_nothing_is_written(
    do: Callable[[User, Tonight], object],
    facilitator: User,
    tonight: Tonight,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(attendance, "record", _broken_record)
    with pytest.raises(RuntimeError):
        do(facilitator, tonight)
    tonight.session.refresh_from_db()
    assert tonight.session.state == "planned"
    assert not Mark.objects.exists()
    assert not Attendance.objects.filter(session=tonight.session).exists()


# --- A whole session at once ----------------------------------------------------------------------


def test_a_paper_sheet_is_taken_whole(facilitator: User, tonight: Tonight) -> None:
    statuses = {man.pk: s for man, s in zip(tonight.men, ["present", "late", ""], strict=True)}
    attendance.mark_many(by=facilitator, session=tonight.session, statuses=statuses)
    assert marks(tonight.session) == ["late", "present"]
    assert Event.objects.get(kind="attendance.mark_many").detail == {"count": 3}


def test_a_paper_sheet_with_one_impossible_row_is_not_taken_at_all(
    facilitator: User, tonight: Tonight
) -> None:
    statuses = {tonight.men[0].pk: "present", tonight.men[1].pk: "quizá"}
    with pytest.raises(DomainError, match="Esa marca no existe"):
        attendance.mark_many(by=facilitator, session=tonight.session, statuses=statuses)
    assert marks(tonight.session) == []


# --- What the page shows --------------------------------------------------------------------------


def test_the_answer_to_a_tap_counts_as_the_page_does(facilitator: User, tonight: Tonight) -> None:
    tap(facilitator, tonight.session, tonight.men[0])
    tap(facilitator, tonight.session, tonight.men[1], "absent")
    # He had left before: the mark stays written and is none of this session's any more.
    Membership.objects.filter(pk=tonight.men[1].pk).update(ended_on=TODAY, ended_at_session=2)

    session = queries.session(facilitator, tonight.session.pk)
    page = queries.circle(facilitator, session, today=TODAY).counts
    assert queries.counts(session) == page
    assert (page.expected, page.came, page.absent, page.unrecorded) == (2, 1, 0, 1)


def test_the_answer_to_a_tap_is_the_seat_the_row_and_the_counts(
    facilitator: User, tonight: Tonight
) -> None:
    man = tonight.men[0]
    answer = signed_in_client(facilitator).post(
        f"/sesiones/{tonight.session.pk}/lugares/{man.pk}/{uuid4()}/",
        {"status": "present", "at": "1", "short": "Ab"},
        headers={"HX-Request": "true"},
    )
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in body
    for part in (f'id="place-{man.pk}"', f'id="row-{man.pk}"', f"circle-{tonight.session.pk}"):
        assert part in body
    assert "at-1" in body
    assert "de 3" in body


@pytest.mark.parametrize(
    ("at", "short"), [("<b>", "<b>"), ("9999", "Zorro"), ("-1", ""), ("٣", "X")]
)
def test_what_a_browser_says_of_the_drawing_is_not_believed(
    at: str, short: str, facilitator: User, tonight: Tonight
) -> None:
    answer = signed_in_client(facilitator).post(
        f"/sesiones/{tonight.session.pk}/lugares/{tonight.men[0].pk}/{uuid4()}/",
        {"status": "present", "at": at, "short": short},
        headers={"HX-Request": "true"},
    )
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "<b>" not in body
    assert "Zorro" not in body
