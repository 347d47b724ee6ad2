"""The waiting list says who waits for a lottery, until when, and whom nothing delays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import lotteries as world
from tests.lots import House, judged, later
from tests.people import signed_in_client

from tequio.core import clock
from tequio.people.models import Participant
from tequio.programmes.queries import Line, Standing, lines
from tequio.studies.models import Ticket
from tequio.ui.templatetags.ui import day as in_words


def line_of(house: House, days: int) -> Line:
    on = world.CLOSED + timedelta(days=days)
    with clock.at(world.noon(on)):
        return next(one for one in lines(house.by, on) if one.edition == house.there.edition)


def men(of: Sequence[Standing]) -> set[Participant]:
    return {one.way.participant for one in of}


def test_who_was_drawn_to_wait_stands_apart_until_his_day_and_no_longer(drawn: House) -> None:
    tickets = Ticket.objects.filter(lottery=drawn.lottery, start="later")
    wait = {one.participant for one in tickets.select_related("participant")}
    found = line_of(drawn, 10)
    assert men(found.held) == wait
    until = world.CLOSED + timedelta(days=drawn.lottery.max_delay_days)
    assert {(one.wait.since, one.wait.until) for one in found.held if one.wait} == {
        (world.CLOSED, until)
    }
    # High risk, and ordered by an authority that is no court: nothing delays them.
    assert men(found.urgent) == {drawn.high, drawn.ordered}
    assert not men(found.men) & (wait | men(found.urgent))
    over = line_of(drawn, drawn.lottery.max_delay_days)
    assert over.held == []
    assert men(over.men) >= wait


def test_whose_risk_rises_waits_no_more_and_who_is_let_go_stands_in_line(drawn: House) -> None:
    first, second = Ticket.objects.filter(lottery=drawn.lottery, start="later")[:2]
    judged(first.participant, "high")
    Ticket.objects.filter(pk=second.pk).update(released_on=world.NUMBER, released_because="far")
    found = line_of(drawn, 10)
    assert first.participant in men(found.urgent)
    assert second.participant in men(found.men)
    assert not {first.participant, second.participant} & men(found.held)


def test_the_page_says_since_when_until_when_and_what_may_be_done(drawn: House) -> None:
    man = later(drawn)
    until = world.CLOSED + timedelta(days=drawn.lottery.max_delay_days)
    with clock.at(world.after(10)):
        client = signed_in_client(drawn.by)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("programmes:waiting")).content.decode()
        his = client.get(reverse("programmes:way", args=[man.folio])).content.decode()
    assert len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]) <= 12
    for words in (in_words(world.CLOSED), in_words(until), "Nadie espera más de una edición"):
        assert words in page
    assert page.index("No esperan") < page.index("La fila") < page.index("Esperan su turno")
    assert reverse("studies:lottery", args=[drawn.lottery.pk]) in page
    # What no reader of this page needs to know of a man stays where it was written.
    assert "custodia" not in page
    assert "Le tocó esperar" in his
