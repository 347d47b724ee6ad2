"""Hoy reminds of the days of a lottery and of a publication: only who may act, and in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import lotteries as world
from tests.factories import releases as made
from tests.factories.access import OrganisationFactory
from tests.factories.programmes import enrolled
from tests.factories.studies import begun
from tests.lots import House, close, person
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.core import clock
from tequio.programmes.models import Enrolment
from tequio.studies.actions import ceremony
from tequio.studies.models import DataSet, Lottery, Run, Ticket
from tequio.studies.queries.reminders import due
from tequio.studies.rules.reminders import AHEAD, SOON

A_DAY = timedelta(days=1)


def titles(user: User, day: date) -> list[str]:
    return [one.title for one in due(user, day)]


def test_every_day_of_a_ceremony_is_said_when_it_comes(house: House) -> None:
    by = house.by
    assert titles(by, world.CLOSED - SOON - A_DAY) == []
    assert titles(by, world.CLOSED - SOON) == ["Se cierra la lista de un sorteo"]
    assert titles(by, world.CLOSED) == ["Cierra la lista del sorteo"]
    assert due(by, world.CLOSED)[0].on == world.NUMBER - A_DAY
    assert titles(by, world.NUMBER) == ["Se pasó el día de cerrar la lista"]
    close(house)
    assert titles(by, world.CLOSED) == ["Sale el número de la Lotería Nacional"]
    assert titles(by, world.NUMBER) == ["Escribe el premio mayor de la Lotería Nacional"]
    with clock.at(world.noon(world.NUMBER)):
        ceremony.say_number(by=by, lottery_id=house.lottery.pk, number="08543")
    assert titles(by, world.NUMBER) == ["Falta que otra persona confirme el número"]
    assert titles(house.director, world.NUMBER) == [
        "Confirma el premio mayor de la Lotería Nacional"
    ]
    with clock.at(world.noon(world.NUMBER)):
        ceremony.say_number(by=house.director, lottery_id=house.lottery.pk, number="08543")
    assert titles(by, world.NUMBER + A_DAY) == ["Ya se puede sortear"]


def test_seats_are_asked_for_until_they_are_given_and_nobody_waits_longer(drawn: House) -> None:
    tickets = Ticket.objects.filter(lottery=drawn.lottery)
    begin = tickets.filter(start__in=("now", "exempt"))
    assert titles(drawn.by, world.NUMBER) == [
        f"{begin.count()} hombres pueden empezar y no tienen lugar"
    ]
    # Who decides about no seat is told of none; who designs is told of no lottery.
    assert titles(drawn.director, world.NUMBER) == []
    assert titles(drawn.evaluator, world.NUMBER) == []
    for way in Enrolment.objects.filter(participant__lottery_tickets__in=begin):
        enrolled(way, "in_group", on=world.NUMBER)
    assert titles(drawn.by, world.NUMBER) == []
    last = world.CLOSED + timedelta(days=drawn.lottery.max_delay_days)
    n = tickets.filter(start="later").count()
    said = f"{n} hombres terminan de esperar por el sorteo"
    assert [(one.title, one.presses) for one in due(drawn.by, last - A_DAY)] == [(said, False)]
    assert [(one.title, one.presses) for one in due(drawn.by, last)] == [(said, True)]
    Lottery.objects.filter(pk=drawn.lottery.pk).update(
        cancelled_on=world.NUMBER, cancelled_because="harm"
    )
    assert due(drawn.by, last) == ()


@pytest.mark.django_db
def test_a_release_is_said_while_somebody_has_to_run_it() -> None:
    house = OrganisationFactory.create()
    by = person(house, "evaluator")
    plan = made.planned(by)
    made.planned(by, "women")
    begun(by)
    assert titles(by, made.DUE - AHEAD - A_DAY) == []
    assert titles(by, made.DUE - AHEAD) == ["Se acerca una publicación"]
    assert titles(by, made.DUE) == ["Ya tocaba publicar"]
    assert due(by, made.DUE)[0].url == reverse("studies:data", args=[plan.study_id])
    # Who may not run it, and another house.
    assert titles(person(house, "coordinator"), made.DUE) == []
    assert titles(person(OrganisationFactory.create(), "director"), made.DUE) == []
    kept = DataSet.objects.create(
        organisation=house, study=plan.study, plan=plan, number=1, until=date(2026, 12, 31),
        rows=1, units=1, refused=0, fresh=1, sha256="a" * 64, built_by=by,
    )  # fmt: skip
    run = Run.objects.create(
        organisation=house, study=plan.study, data_set=kept, due_on=made.DUE,
        started_by=by, state=Run.State.DONE, result=b"x", finished_at=clock.now(),
    )  # fmt: skip
    assert due(by, made.DUE) == ()
    Run.objects.filter(pk=run.pk).update(state=Run.State.FAILED, result=None)
    assert titles(by, made.DUE) == ["Ya tocaba publicar"]


def test_hoy_shows_the_line_within_its_budget_and_names_nobody(house: House) -> None:
    with clock.at(world.noon(world.CLOSED)):
        for user, sees in ((house.by, True), (house.director, True), (house.evaluator, False)):
            client = signed_in_client(user)
            with CaptureQueriesContext(connection) as asked:
                page = client.get(reverse("desk:today")).content.decode()
            # The longest day asks for it once it is there.
            if "?ver=estudios" in page:
                page += client.get(reverse("desk:today"), {"ver": "estudios"}).content.decode()
            assert ("Cierra la lista del sorteo" in page) is sees
            lines = [one["sql"] for one in asked.captured_queries]
            assert len([sql for sql in lines if "SAVEPOINT" not in sql]) <= 12
