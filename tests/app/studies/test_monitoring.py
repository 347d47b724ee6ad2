"""Between two publications: what is counted, what alarms, and what is never shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.access import OrganisationFactory, UserFactory
from tests.factories.circles import GroupFactory, MembershipFactory, attend, sessions_of
from tests.factories.pooling import plan_of_control
from tests.people import signed_in_client

from tequio.access.models import Organisation, User
from tequio.audit.models import Event
from tequio.circles.actions import tellings
from tequio.circles.models import Group, Session
from tequio.circles.queries import watching
from tequio.circles.rules.evening import Tap
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden
from tequio.studies.actions import monitoring as actions
from tequio.studies.models import Expectation, Study
from tequio.studies.queries import monitoring as queries

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _that_evening() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def house() -> Organisation:
    return OrganisationFactory.create()


def somebody(house: Organisation, role: str) -> User:
    made = UserFactory.create(organisation=house, roles=[role])
    return User.objects.select_related("organisation").get(pk=made.pk)


def circle(house: Organisation, rows: dict[str, str], *, held: int = 4, **of: object) -> Group:
    group = GroupFactory.create(organisation=house, **of)
    attend(group, sessions_of(group, TODAY - timedelta(days=1), 4, held=held), rows)
    return group


def fourth(user: User) -> list[tuple[int, int, int]]:
    found = watching.retention(watching.work(user))
    return [(one.yes, one.asked, one.missing) for one in found if one.number == 4]


def test_who_left_is_counted_as_not_there_and_who_is_unknown_as_unknown(
    house: Organisation,
) -> None:
    group = circle(house, {"Nogal": "pppp", "Cedro": "pppf", "Roble": "pp..", "Pino": "p..."})
    gone = group.memberships.get(participant__alias="Pino")
    gone.ended_on, gone.ended_at_session = TODAY, 1
    gone.save()

    assert fourth(somebody(house, "evaluator")) == [(1, 4, 1)]


def test_his_fourth_session_is_his_own_and_not_the_groups(house: Organisation) -> None:
    group = circle(house, {"Nogal": "pppp"})
    late = MembershipFactory.create(group=group, joined_at_session=2)

    found = watching.retention(watching.work(somebody(house, "evaluator")))
    assert sorted((one.number, one.asked) for one in found) == [
        (1, 1),
        (1, 1),
        (2, 1),
        (2, 1),
        (3, 1),
        (3, 1),
        (4, 1),
    ]
    assert late.joined_at_session == 2


def test_a_mark_without_a_name_may_be_anybodys(house: Organisation) -> None:
    group = circle(house, {"Nogal": "pppp", "Cedro": "pppf", "Roble": "pppf"})
    group.sessions.filter(position=4).update(unattributed=1)

    assert fourth(somebody(house, "evaluator")) == [(1, 3, 1)]


def test_a_session_nobody_spoke_of_is_missing_and_one_not_held_is_a_no(
    house: Organisation,
) -> None:
    group = circle(house, {"Nogal": "pp.."}, held=2)
    group.sessions.filter(position=3).update(state=Session.State.NOT_HELD, reason="weather")

    found = watching.sessions(watching.work(somebody(house, "evaluator")), TODAY)
    assert (sum(o.yes for o in found), sum(o.asked for o in found)) == (2, 4)
    assert sum(o.missing for o in found) == 1


def told(group: Group, answer: str) -> None:
    lalo = somebody(group.organisation, "coordinator")
    session = group.sessions.get(position=4)
    for place in group.memberships.all():
        tellings.answer(
            by=lalo,
            session_id=session.pk,
            membership_id=place.pk,
            said=answer,
            tap=Tap(uuid4(), clock.now()),
        )


def test_rounds_are_counted_where_anything_was_written(house: Organisation) -> None:
    group = circle(house, {"Nogal": "pppp"})
    told(group, "silent")
    found = watching.rounds(watching.work(somebody(house, "evaluator")))

    assert sorted(one.yes for one in found) == [0, 0, 0, 1]


def test_naming_is_told_only_of_enough_and_is_written_down(house: Organisation) -> None:
    elena = somebody(house, "evaluator")
    client = signed_in_client(elena)
    few = circle(house, {f"Nogal {n}": "pppp" for n in range(6)})
    told(few, "yes")
    page = client.get(reverse("studies:naming")).content.decode()
    assert "Es muy poco para decirlo" in page
    assert "6 de 6" not in page
    told(circle(house, {f"Cedro {n}": "pppp" for n in range(6)}), "no")
    page = client.get(reverse("studies:naming")).content.decode()

    assert "respuestas, de 12 hombres: 50" in page
    assert "No es un resultado" in page
    assert Event.objects.filter(kind="monitoring.read_naming").count() == 1


def test_what_falls_short_is_told_with_what_to_do(house: Organisation) -> None:
    elena = somebody(house, "evaluator")
    for n in range(3):
        rows = {f"Nogal {n} {m}": "pppp" if m < 2 else "ppff" for m in range(12)}
        circle(house, rows, gaps="absent")
    start = TODAY - timedelta(days=60)
    actions.expect(by=elena, measure="retention", percent=70, session=4, since=start)
    page = signed_in_client(elena).get(reverse("studies:monitor")).content.decode()
    found = queries.board(elena, TODAY)

    watched = found.watches[0].panels[0].watched
    assert watched is not None
    assert (watched.verdict, int(watched.yes[-1]), int(watched.asked[-1])) == ("below", 6, 36)
    assert "por debajo de lo que el azar explica" in page
    assert "Qué hacer" in page
    assert "Nogal" not in page


def test_an_evaluator_is_shown_no_four_men_and_a_coordinator_is(house: Organisation) -> None:
    circle(house, {f"Nogal {n}": "pppp" for n in range(4)})
    circle(house, {f"Cedro {n}": "pppp" for n in range(9)})
    for role, hidden in (("evaluator", True), ("director", True), ("coordinator", False)):
        page = signed_in_client(somebody(house, role)).get(reverse("studies:monitor"))
        assert ("Son menos de 5 y no se muestra" in page.content.decode()) == hidden, role


def test_nothing_of_hers_is_asked_for(house: Organisation) -> None:
    circle(house, {"Nogal": "pppp"})
    client = signed_in_client(somebody(house, "director"))
    for route in ("monitor", "naming", "drifts", "expect", "pools"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"studies:{route}")).status_code == 200
        words = " ".join(query["sql"] for query in asked.captured_queries).lower()
        assert "survivors_" not in words
        assert "letters_" not in words


def test_another_organisations_groups_are_not_counted(house: Organisation) -> None:
    circle(OrganisationFactory.create(), {"Nogal": "pppp"})

    assert queries.board(somebody(house, "director"), TODAY).groups == 0


def test_what_was_assumed_is_never_rewritten(house: Organisation) -> None:
    elena = somebody(house, "evaluator")
    for hour, percent in enumerate((60, 50)):
        with clock.at(NOW + timedelta(hours=hour)):
            actions.expect(by=elena, measure="waves", percent=percent, since=TODAY)

    assert [one.percent for one in queries.expected_before(elena)] == [50, 60]
    with pytest.raises(DatabaseError), transaction.atomic():
        Expectation.objects.update(percent=40)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"measure": "women"}, "Falta de qué"),
        ({"percent": 100}, "de 1 a 99"),
        ({"since": TODAY + timedelta(days=2)}, "Ese día no sirve"),
        ({"measure": "retention"}, "Falta en cuál"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    house: Organisation, wrong: dict[str, object], sentence: str
) -> None:
    said = {"measure": "waves", "percent": 60, "since": TODAY, **wrong}
    with pytest.raises(DomainError, match=sentence):
        actions.expect(by=somebody(house, "evaluator"), **said)  # type: ignore[arg-type]


def test_a_form_that_is_wrong_comes_back_as_it_was_typed(house: Organisation) -> None:
    client = signed_in_client(somebody(house, "evaluator"))
    sent = {"measure": "retention", "percent": "abc", "since": "2026-11-02", "session": ""}
    answer = client.post(reverse("studies:expect"), sent)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert 'value="abc"' in page
    assert "Falta en cuál de sus sesiones" in page


def test_a_coordinator_reads_and_does_not_assume(house: Organisation) -> None:
    with pytest.raises(Forbidden):
        actions.expect(by=somebody(house, "coordinator"), measure="waves", percent=6, since=TODAY)


def test_a_plan_is_held_against_what_it_took_for_granted(house: Organisation) -> None:
    elena = somebody(house, "evaluator")
    Study.objects.create(
        organisation=house,
        title="Todavía en preparación",
        question="violencia-hombres",
        informant="men",
        begun_by=elena,
    )
    plan_of_control(elena)
    page = signed_in_client(elena).get(reverse("studies:drifts")).content.decode()

    assert "Control, de T0 a T3" in page
    assert "21\u00a0% de quienes contestaron" in page
    assert "Todavía no hay a quién contar" in page
    assert "Todavía en preparación" not in page
