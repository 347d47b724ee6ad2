"""What a demonstration announces, and what it publishes beside an ally's men."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.factories.access import UserFactory
from tests.factories.releases import evaluated_here
from tests.factories.worlds import MORNING, fill
from tests.people import signed_in_client

from tequio.access.models import Organisation, User
from tequio.core import clock
from tequio.network.actions import stakeholders
from tequio.network.models import Stakeholder
from tequio.simulation import announcing, comparing, costing, releasing
from tequio.simulation.arrivals import Staff
from tequio.studies import aside
from tequio.studies.models import Comparison, Release, Ticket
from tequio.studies.queries.reminders import due

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
TODAY, YEAR = date(2026, 11, 20), 2025


@dataclass(frozen=True, slots=True)
class House:
    """Who works in the invented organisation."""

    carmen: User
    lalo: User
    tere: User
    dora: User
    elena: User


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(MORNING):
            fill(3, men=22)
            house = Organisation.objects.get()
            for handle, role in (("dora", "director"), ("elena", "evaluator")):
                UserFactory.create(organisation=house, handle=handle, roles=[role])
            people = User.objects.select_related("organisation").order_by("pk")
            by_name = {one.login.split("@")[0]: one for one in people}
        yield House(*(by_name[name] for name in House.__slots__))
        transaction.set_rollback(True)


@pytest.fixture
def house(written: House, db: None) -> Iterator[House]:
    with clock.at(MORNING):
        yield written


def page(by: User, name: str, *key: object, **asked: str) -> str:
    client: Client = signed_in_client(by)
    answer = client.get(reverse(name, args=key), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_carmen_and_dora_are_reminded_of_a_list_that_closes_and_nobody_waits_for_it(
    house: House,
) -> None:
    lottery = announcing.tell(house.carmen, house.dora)
    assert lottery is not None
    assert lottery.kind == "calls"
    assert TODAY < lottery.closes_on < lottery.beacon_on
    assert not Ticket.objects.filter(lottery=lottery).exists()
    # The plan names it, and was frozen while its list was open.
    assert str(lottery.pk) in lottery.study.plans.get().text
    for by in (house.carmen, house.dora):
        (line,) = [one for one in due(by, TODAY) if lottery.code in one.of]
        assert line.on == lottery.closes_on
        assert "Se cierra la lista de un sorteo" in page(by, "desk:today", ver="estudios")
    # Lalo, who facilitates, has nothing to do with it.
    assert due(house.lalo, TODAY) == ()


def test_men_here_stand_beside_an_allys_men_and_no_effect_is_priced_that_was_not_found(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "evaluate", evaluated_here)
    kind = Stakeholder.Kind.HEALTH
    stakeholders.add(by=promoter(house), who=stakeholders.Who("Centro de Salud", kind))
    staff = Staff(house.carmen, [house.lalo], house.tere)
    releasing._register_of(YEAR, staff, taken=22, seed=3)
    study = comparing.plan(house.carmen, house.elena, year=YEAR, released=date(2026, 11, 5), seed=3)
    costing.tell(house.dora)
    (on,) = releasing._due(study, TODAY)
    releasing._run(house.elena, study.pk, on)

    # It was agreed and frozen before the year began, and says of nobody who he is.
    agreed = Comparison.objects.get(study=study)
    assert agreed.agreed_on < date(YEAR, 1, 1)
    assert study.plans.get().frozen_at.year < YEAR
    release = Release.objects.get(study=study)
    told = page(house.dora, "studies:release", release.pk)
    assert "«el programa»" in told
    assert "«programme»" not in told
    assert reverse("studies:release-costs", args=[release.pk]) in told
    costs = page(house.dora, "studies:release-costs", release.pk)
    assert "entre 66 hombres" in costs
    assert "Lo que ellas costaron no está en este libro" in costs
    # An interval that holds zero has no price; one that does not would have had one.
    found, priced = _primary(release), costs.count("de diferencia a favor (de")
    assert found
    assert priced + costs.count("no hay costo por efecto") == len(found)
    assert priced == sum(_favours(one) for one in found)


def promoter(house: House) -> User:
    made = UserFactory.create(
        organisation=house.carmen.organisation, handle="paty", roles=["promoter"]
    )
    return User.objects.select_related("organisation").get(pk=made.pk)


def _primary(release: Release) -> list[dict[str, Any]]:
    return [one for one in json.loads(release.result)["estimates"] if one["role"] == "primary"]


def _favours(one: dict[str, Any]) -> bool:
    """Less is better."""
    return bool(one["ci_high"] is not None and one["ci_high"] < 0)
