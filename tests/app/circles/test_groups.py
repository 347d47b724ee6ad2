"""Opening groups, giving places and ending them: each refusal has its sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from tests.factories.access import UserFactory
from tests.factories.circles import GroupFactory, SessionFactory, attend, sessions_of
from tests.factories.people import ParticipantFactory
from tests.factories.programmes import EditionFactory, SiteFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.audit.models import Event
from tequio.circles import policies
from tequio.circles.actions import groups, sessions
from tequio.circles.models import Group, Membership, Session
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden, NotVisible

EVENING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _at_eight() -> Iterator[None]:
    with clock.at(EVENING):
        yield


def _open(by: User, **changed: Any) -> Group:
    wanted: dict[str, Any] = {
        "name": "Viernes 19:00, Portales",
        "starts_on": date(2026, 11, 27),
        "starts_at": time(19, 0),
        "facilitators": [],
        **changed,
    }
    wanted.setdefault("site", SiteFactory.create(organisation=by.organisation))
    wanted.setdefault("edition", EditionFactory.create(organisation=by.organisation))
    return groups.open_group(by=by, **wanted)


# --- Opening --------------------------------------------------------------------------------------


def test_a_new_group_has_its_whole_calendar(coordinator: User, facilitator: User) -> None:
    group = _open(coordinator, facilitators=[facilitator])

    planned = list(group.sessions.order_by("position"))
    assert [s.position for s in planned] == list(range(1, 13))
    assert {s.planned_on.weekday() for s in planned if s.planned_on} == {4}
    assert date(2026, 12, 25) not in [s.planned_on for s in planned]
    assert group.weekday == 4
    assert policies.groups_visible_to(facilitator).get() == group
    assert Event.objects.filter(kind="group.open", subject_id=group.pk).exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": "   "}, "Falta el nombre del grupo"),
        ({"edition": "unsigned"}, "no está firmada"),
        ({"site": "foreign"}, "no es de tu organización"),
        ({"edition": "foreign"}, "no es de tu organización"),
        ({"facilitators": "foreign"}, "no facilita en tu organización"),
        ({"facilitators": "no role"}, "no facilita en tu organización"),
    ],
)
def test_a_group_that_cannot_be_is_refused_and_leaves_nothing(
    changed: dict[str, str], sentence: str, coordinator: User, outsider: User
) -> None:
    foreign = outsider.organisation
    made: dict[tuple[str, str], Callable[[], object]] = {
        ("name", "   "): lambda: "   ",
        ("edition", "unsigned"): lambda: EditionFactory.create(
            organisation=coordinator.organisation, unsigned=True
        ),
        ("site", "foreign"): lambda: SiteFactory.create(organisation=foreign),
        ("edition", "foreign"): lambda: EditionFactory.create(organisation=foreign),
        ("facilitators", "foreign"): lambda: [
            UserFactory.create(organisation=foreign, roles=["facilitator"])
        ],
        ("facilitators", "no role"): lambda: [coordinator],
    }
    with pytest.raises(DomainError, match=sentence):
        _open(coordinator, **{key: made[key, value]() for key, value in changed.items()})
    assert not Group.objects.exists()
    assert not Session.objects.exists()
    assert not Event.objects.filter(kind="group.open").exists()


def test_a_name_is_taken_once_and_never_tells_of_another_organisation(
    coordinator: User, outsider: User
) -> None:
    _open(outsider)
    _open(coordinator)
    with pytest.raises(DomainError, match="Ya hay un grupo que se llama"):
        _open(coordinator, name=" Viernes  19:00, Portales ")


@pytest.mark.parametrize("year", ["9999", "0226", "1999", "2033"])
def test_a_slip_of_the_year_is_a_sentence_and_loses_nothing(year: str, coordinator: User) -> None:
    site = SiteFactory.create(organisation=coordinator.organisation)
    edition = EditionFactory.create(organisation=coordinator.organisation)
    answer = signed_in_client(coordinator).post(
        "/grupos/nuevo/",
        {
            "name": "Portales",
            "site": site.pk,
            "edition": edition.pk,
            "starts_on": f"{year}-11-27",
            "starts_at": "19:00",
        },
    )
    assert answer.status_code == 422
    assert "no parece correcto" in answer.content.decode()
    assert "Portales" in answer.content.decode()


@pytest.mark.parametrize("who", ["facilitator", "director", "administrator", "evaluator"])
def test_only_who_organises_opens_groups(who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Forbidden):
        _open(request.getfixturevalue(who))


def _broken_record(*_words: object, **_more: object) -> None:
    raise RuntimeError("The log cannot be written.")


def test_without_its_trace_no_group_is_opened(
    coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "record", _broken_record)
    with pytest.raises(RuntimeError):
        _open(coordinator)
    assert not Group.objects.exists()


def test_who_no_longer_facilitates_sees_the_group_no_more(
    coordinator: User, facilitator: User, other_facilitator: User
) -> None:
    group = _open(coordinator, facilitators=[facilitator])
    groups.set_facilitators(by=coordinator, group_id=group.pk, facilitators=[other_facilitator])
    assert not policies.groups_visible_to(facilitator).exists()
    assert policies.may(other_facilitator, Permission.ATTENDANCE_MARK, group)
    event = Event.objects.get(kind="group.facilitators")
    assert event.detail == {"facilitators": [other_facilitator.login]}


# --- Places ---------------------------------------------------------------------------------------


@pytest.fixture
def group(facilitator: User) -> Group:
    """Five Fridays, the last one tonight; four of them held."""
    made = GroupFactory.create(organisation=facilitator.organisation, facilitators=[facilitator])
    sessions_of(made, TODAY, 5, held=4)
    return made


@pytest.mark.parametrize(
    ("days", "position"), [(-40, 1), (-28, 1), (-27, 2), (-7, 4), (0, 5), (1, 6), (90, 6)]
)
def test_a_man_is_expected_from_the_next_meeting_on(
    days: int, position: int, coordinator: User, group: Group
) -> None:
    man = ParticipantFactory.create(organisation=group.organisation)
    place = groups.join(
        by=coordinator, group_id=group.pk, folio=man.folio, joined_on=TODAY + timedelta(days=days)
    )
    assert place.joined_at_session == position


def test_a_place_is_given_once(coordinator: User, group: Group) -> None:
    man = ParticipantFactory.create(organisation=group.organisation)
    for again in (False, True):
        if again:
            with pytest.raises(DomainError, match="ya está en este grupo"):
                groups.join(by=coordinator, group_id=group.pk, folio=man.folio, joined_on=TODAY)
        else:
            groups.join(by=coordinator, group_id=group.pk, folio=man.folio, joined_on=TODAY)
    assert Event.objects.filter(kind="membership.join").count() == 1


def test_a_man_of_another_organisation_gets_no_place(
    coordinator: User, outsider: User, group: Group
) -> None:
    man = ParticipantFactory.create(organisation=outsider.organisation)
    with pytest.raises(NotVisible):
        groups.join(by=coordinator, group_id=group.pk, folio=man.folio, joined_on=TODAY)
    with pytest.raises(NotVisible):
        groups.join(by=outsider, group_id=group.pk, folio=man.folio, joined_on=TODAY)


def test_who_facilitates_gives_no_places(facilitator: User, group: Group) -> None:
    man = ParticipantFactory.create(organisation=group.organisation)
    with pytest.raises(Forbidden):
        groups.join(by=facilitator, group_id=group.pk, folio=man.folio, joined_on=TODAY)


def _leave(by: User, group: Group, place: Membership, day: date) -> Membership:
    return groups.leave(by=by, group_id=group.pk, folio=place.participant.folio, ended_on=day)


def test_a_man_who_left_is_expected_up_to_his_last_day(coordinator: User, group: Group) -> None:
    planned = list(group.sessions.order_by("position"))
    (place,) = attend(group, planned, {"Nogal": "ppff."})
    assert _leave(coordinator, group, place, date(2026, 11, 6)).ended_at_session == 3
    assert place.attendances.count() == 4  # what was written stays written


def test_a_last_day_before_his_entry_or_before_he_came_is_refused_in_the_form(
    coordinator: User, group: Group
) -> None:
    planned = list(group.sessions.order_by("position"))
    (place,) = attend(group, planned, {"Nogal": ".pp.."})
    Membership.objects.filter(pk=place.pk).update(joined_on=date(2026, 10, 30))
    client = signed_in_client(coordinator)
    address = f"/grupos/{group.pk}/integrantes/{place.participant.folio}/salida/"
    for day, sentence in (
        ("2026-10-20", "anterior a su entrada"),
        ("2026-10-30", "Vino a una sesión después de ese día"),
    ):
        answer = client.post(address, {"ended_on": day})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert day in answer.content.decode()
    place.refresh_from_db()
    assert place.ended_on is None
    assert client.post(address, {"ended_on": "2026-11-06"}).status_code == 302


def test_leaving_a_register_without_dates_keeps_all_that_he_came_to(coordinator: User) -> None:
    group = GroupFactory.create(organisation=coordinator.organisation)
    planned = [
        SessionFactory.create(group=group, position=n, planned_on=None, state="held")
        for n in (1, 2, 3)
    ]
    (place,) = attend(group, planned, {"Nogal": "ppp"})
    assert _leave(coordinator, group, place, TODAY).ended_at_session == 3


# --- Sessions -------------------------------------------------------------------------------------


def test_no_session_needs_a_reason_of_the_list(facilitator: User, group: Group) -> None:
    tonight = group.sessions.get(position=5)
    for reason in ("", "porque sí"):
        with pytest.raises(DomainError, match="Falta el motivo"):
            sessions.did_not_happen(by=facilitator, session_id=tonight.pk, reason=reason)


def test_a_session_with_marks_did_happen(facilitator: User, group: Group) -> None:
    planned = list(group.sessions.order_by("position"))
    attend(group, planned, {"Nogal": "pppp."})
    with pytest.raises(DomainError, match="ya tiene asistencia registrada"):
        sessions.did_not_happen(by=facilitator, session_id=planned[3].pk, reason="weather")
    planned[3].refresh_from_db()
    assert planned[3].state == "held"


def test_a_session_of_next_week_is_not_held_even_if_it_was_called_off(
    facilitator: User, group: Group
) -> None:
    coming = sessions.add(by=facilitator, group_id=group.pk, planned_on=date(2026, 11, 27))
    with pytest.raises(DomainError, match="todavía no llega"):
        sessions.hold(by=facilitator, session_id=coming.pk)
    sessions.did_not_happen(by=facilitator, session_id=coming.pk, reason="holiday")
    with pytest.raises(DomainError, match="todavía no llega"):
        sessions.hold(by=facilitator, session_id=coming.pk)
    with clock.at(EVENING + timedelta(days=7)):
        assert sessions.hold(by=facilitator, session_id=coming.pk).reason == ""


def test_a_held_session_does_not_move_and_one_called_off_is_planned_again(
    facilitator: User, group: Group
) -> None:
    held, tonight = group.sessions.get(position=4), group.sessions.get(position=5)
    with pytest.raises(DomainError, match="su fecha no se mueve"):
        sessions.move(by=facilitator, session_id=held.pk, planned_on=TODAY)
    sessions.did_not_happen(by=facilitator, session_id=tonight.pk, reason="place")
    moved = sessions.move(by=facilitator, session_id=tonight.pk, planned_on=date(2026, 11, 27))
    assert (moved.state, moved.reason, moved.planned_on) == ("planned", "", date(2026, 11, 27))


def test_a_session_more_stands_at_the_end(facilitator: User, group: Group) -> None:
    Session.objects.filter(group=group, position=5).update(number_from=5, number_to=6)
    more = sessions.add(by=facilitator, group_id=group.pk, planned_on=date(2026, 11, 27))
    assert (more.position, more.number_from, more.number_to) == (6, 7, 7)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("director", Forbidden), ("other_facilitator", NotVisible), ("outsider", NotVisible)],
)
def test_sessions_are_told_only_by_who_may(
    who: str, refusal: type[DomainError], group: Group, request: pytest.FixtureRequest
) -> None:
    by, tonight = request.getfixturevalue(who), group.sessions.get(position=5)
    day = date(2026, 11, 27)
    doings: list[Callable[[], object]] = [
        lambda: sessions.hold(by=by, session_id=tonight.pk),
        lambda: sessions.did_not_happen(by=by, session_id=tonight.pk, reason="place"),
        lambda: sessions.move(by=by, session_id=tonight.pk, planned_on=day),
        lambda: sessions.add(by=by, group_id=group.pk, planned_on=day),
    ]
    for do in doings:
        with pytest.raises(refusal):
            do()
    assert not Event.objects.exists()
