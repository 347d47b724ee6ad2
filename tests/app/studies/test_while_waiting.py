"""Men who were drawn to wait are asked as those who begin, until they have seats of their own."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import lotteries as world
from tests.factories import releases as made
from tests.factories.access import OrganisationFactory
from tests.factories.assessments import answered
from tests.factories.circles import GroupFactory, MembershipFactory, sessions_of
from tests.factories.people import ConsentFactory
from tests.factories.programmes import enrolled
from tests.lots import House, later, person
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.people import moments
from tequio.people.actions import consents
from tequio.people.models import Approach, Participant
from tequio.programmes.models import Enrolment
from tequio.studies import recipe as recipes
from tequio.studies.datasets import men
from tequio.studies.models import Lottery, Ticket
from tequio.studies.rules.calendar import Due

DRAWN = world.NUMBER
MOST = 12


@pytest.fixture
def waits(drawn: House) -> Participant:
    """Everybody agreed to be looked for; this one has to wait."""
    for ticket in Ticket.objects.filter(lottery=drawn.lottery).select_related("participant"):
        ConsentFactory.create(participant=ticket.participant, purpose="while_waiting")
    return later(drawn)


def ticket_of(man: Participant) -> Ticket:
    return Ticket.objects.get(participant=man)


def due(by: User, day: date, man: Participant) -> list[str]:
    found = moments.due(by, day)
    return [one.wave for one in found if one.way_id == ticket_of(man).pk]


def weeks(n: int) -> timedelta:
    return timedelta(weeks=n)


def test_he_is_due_from_the_draw_until_he_has_his_seat(drawn: House, waits: Participant) -> None:
    assert due(drawn.by, DRAWN - timedelta(1), waits) == []
    assert due(drawn.by, DRAWN, waits) == ["T0"]
    # Nobody who begins has a day yet: counted on from the draw.
    assert due(drawn.by, DRAWN + weeks(2), waits) == ["T1"]
    assert due(drawn.by, DRAWN + weeks(6), waits) == ["T2"]
    assert due(drawn.by, DRAWN + weeks(11), waits) == ["T3"]
    seat = DRAWN + weeks(11) + timedelta(2)
    MembershipFactory.create(group=drawn.there.group, participant=waits, joined_on=seat)
    assert due(drawn.by, seat - timedelta(1), waits) == ["T3"]
    assert due(drawn.by, seat, waits) == []
    assert due(drawn.by, seat + weeks(30), waits) == []


def test_he_is_asked_on_the_days_of_those_who_begin(drawn: House, waits: Participant) -> None:
    group = GroupFactory.create(organisation=drawn.by.organisation, edition=drawn.there.edition)
    first = DRAWN + weeks(3)
    sessions_of(group, first + weeks(11), 12, held=0)
    begins = Ticket.objects.filter(lottery=drawn.lottery, start="now").first()
    assert begins is not None
    MembershipFactory.create(group=group, participant=begins.participant, joined_on=first)
    assert due(drawn.by, first + weeks(2) - timedelta(1), waits) == ["T0"]
    assert due(drawn.by, first + weeks(2), waits) == ["T1"]
    assert due(drawn.by, first + weeks(11), waits) == ["T3"]


def test_nobody_else_is_asked_because_of_a_lottery(drawn: House, waits: Participant) -> None:
    tickets = Ticket.objects.filter(lottery=drawn.lottery)
    waiting = set(tickets.filter(start="later").values_list("pk", flat=True))
    open_now = {one.way_id for one in moments.due(drawn.by, DRAWN)}
    assert open_now == waiting
    assert not open_now & set(tickets.filter(start="exempt").values_list("pk", flat=True))
    stranger = person(OrganisationFactory.create(), "coordinator")
    assert moments.due(stranger, DRAWN) == []
    ConsentFactory.create(
        participant=waits, purpose="while_waiting", decision="withdrawn", turn=31_000
    )
    assert due(drawn.by, DRAWN, waits) == []
    Lottery.objects.filter(pk=drawn.lottery.pk).update(
        cancelled_on=DRAWN, cancelled_because="mistake"
    )
    assert moments.due(drawn.by, DRAWN) == []


def test_the_pages_ask_him_as_anybody(drawn: House, waits: Participant) -> None:
    ticket, lalo = ticket_of(waits), person(drawn.by.organisation, "facilitator")
    gone: Any = {"ended_on": date(2025, 4, 1), "ended_at_session": 12}
    before = GroupFactory.create(organisation=lalo.organisation, facilitators=[lalo])
    MembershipFactory.create(group=before, participant=waits, joined_on=date(2025, 1, 7), **gone)
    # Whoever begins is due as well, so that both calendars are asked.
    sessions_of(before, DRAWN + weeks(13), 14, held=2)
    MembershipFactory.create(group=before)
    at = {"wave": "T1", "way": str(ticket.pk)}
    place = [waits.folio, ticket.pk, "T1"]
    with clock.at(world.noon(DRAWN + weeks(2))):
        client, his = signed_in_client(drawn.by), signed_in_client(lalo)
        page = reverse("people:assessments", args=[waits.folio])
        for address in (page, reverse("desk:to-ask"), reverse("desk:today")):
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            lines = [one["sql"] for one in asked.captured_queries]
            assert len([sql for sql in lines if "SAVEPOINT" not in sql]) <= MOST
            assert "survivors_" not in " ".join(lines)
        assert "En lista de espera" in client.get(page).content.decode()
        for made_by in (client, his):
            assert "T1" in made_by.get(reverse("desk:to-ask")).content.decode()
        looked = {"channel": "call", "outcome": "no_answer"}
        assert his.post(reverse("people:approach", args=place), looked).status_code == 302
        assert Approach.objects.get().way_id == ticket.pk
        assert client.post(reverse("people:give-link", args=place)).status_code == 200
        printed = client.post(reverse("people:print-paper", args=[waits.folio]), at)
        assert printed.status_code == 200
        begun = client.post(
            reverse("people:begin-assessment", args=[waits.folio]),
            {**at, "instrument": "responsabilidad"},
        )
        assert client.post(begun["Location"], {"mia": "3"}).status_code == 302
        said = {"golpe": "never"}
        row = answered(drawn.by, waits, said, "conductas-el", wave="T1", way=ticket.pk)
        assert "2 de 2" in his.get(page).content.decode()
        assert his.get(reverse("people:assessment", args=[row.pk])).status_code == 404


PLAN = (
    made.text()
    .replace("single_arm", "waitlist")
    .replace("[data]", '[data]\narm = "arm"\narms = ["now", "later"]\ncontrol = "later"')
)


def test_a_true_difference_is_found_and_is_no_refusal(evaluator: User) -> None:
    lottery = made.drawn_men(evaluator, 60)
    recipe = recipes.read(made.recipe(arm={"lottery": str(lottery.pk)}))
    built = men.build(lottery.study, recipe, Due(made.DUE, date(2026, 1, 1), date(2026, 12, 31)))
    rows = list(csv.DictReader(io.StringIO(built.rows.decode())))
    last = [row for row in rows if row["wave"] == "T3"]
    for arm in ("now", "later"):
        assert sum(row["arm"] == arm and row["control"] != "" for row in last) == 30
    # What he said on his own way, all no, is not what he said while he waited.
    assert sum(float(row["control"]) for row in last if row["arm"] == "later") > 30
    found = made.evaluated_here(plan=PLAN, rows=built.rows)
    assert found.result is not None
    first = json.loads(found.result)["estimates"][0]
    assert first["wave"] == "T3" and first["n_units"] == 60 and first["ci_high"] < 0


def test_an_older_yes_is_not_widened_and_he_is_asked_in_words_of_their_own(drawn: House) -> None:
    man = later(drawn)
    ConsentFactory.create(participant=man, purpose="follow_up")
    assert due(drawn.by, DRAWN, man) == []
    page = reverse("people:consents", args=[man.folio])
    begins = Ticket.objects.filter(lottery=drawn.lottery, start="now").first()
    assert begins is not None
    with clock.at(world.noon(DRAWN)):
        client = signed_in_client(drawn.by)
        assert "mientras espero mi lugar" in client.get(page).content.decode()
        other = reverse("people:consents", args=[begins.participant.folio])
        assert "mientras espero mi lugar" not in client.get(other).content.decode()
        waits = client.get(reverse("programmes:waiting")).content.decode()
        assert page in waits
        hearing = consents.Hearing(DRAWN)
        said = {"while_waiting": "refused"}
        consents.decide(by=drawn.by, folio=man.folio, answers=said, hearing=hearing)
        assert due(drawn.by, DRAWN, man) == []
        # His no is heard: nobody is reminded to ask him again, and his turn is as it was.
        waits = client.get(reverse("programmes:waiting")).content.decode()
        assert page not in waits
        assert man.alias in waits
        said = {"while_waiting": "given"}
        (row,) = consents.decide(by=drawn.by, folio=man.folio, answers=said, hearing=hearing)
    assert (row.text_version, row.purpose) == ("2", "while_waiting")
    assert due(drawn.by, DRAWN, man) == ["T0"]
    # Before the day of the text nobody was asked in it.
    with pytest.raises(DomainError, match="21"):
        consents.decide(
            by=drawn.by, folio=man.folio, answers=said, hearing=consents.Hearing(date(2026, 11, 20))
        )


def test_who_left_the_line_is_looked_for_only_where_he_agreed_to_both(
    drawn: House, waits: Participant
) -> None:
    way = Enrolment.objects.get(participant=waits, edition=drawn.there.edition)
    enrolled(way, "withdrawn", on=DRAWN)
    assert due(drawn.by, DRAWN + timedelta(1), waits) == []
    ConsentFactory.create(participant=waits, purpose="follow_up")
    assert due(drawn.by, DRAWN + timedelta(1), waits) == ["T0"]
