"""Two invented neighbourhoods, three years each, written through the community's own actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from tests.factories.access import OrganisationFactory, UserFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.core import clock
from tequio.network.models import Community, PhaseReview, PlanLine, Service
from tequio.network.queries import findings, learning
from tequio.simulation import community

MORNING = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: Any) -> Iterator[User]:
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(MORNING):
            by = UserFactory.create(organisation=OrganisationFactory.create(), roles=["promoter"])
            community.fill(by, seed=2010)
        yield by
        transaction.set_rollback(True)


@pytest.fixture
def by(written: User, db: None) -> Iterator[User]:
    with clock.at(MORNING):
        yield written


def test_each_went_through_its_phases_in_order_and_one_was_told_not_yet(by: User) -> None:
    ways = {
        place.model_slug: list(place.reviews.values_list("from_phase", "outcome"))
        for place in Community.objects.filter(organisation=by.organisation)
    }
    passed = PhaseReview.Outcome.PASSED
    assert ways["rbc-cdmx"] == [("network", passed), ("literacy", passed), ("committee", passed)]
    assert ways["sasa"] == [
        ("start", PhaseReview.Outcome.NOT_YET),
        ("start", passed),
        ("awareness", passed),
        ("support", passed),
    ]


def test_three_years_end_in_a_plan_that_changed_and_in_what_nobody_acted_on(by: User) -> None:
    place = Community.objects.get(organisation=by.organisation, model_slug="rbc-cdmx")
    changed = PlanLine.objects.filter(community=place, change="changed")
    assert {line.year for line in changed} == {2, 3, 4}
    assert all(line.because is not None for line in changed)
    lines = findings.lines(by, place)
    assert [line.ignored for line in lines] == [True, True, False, False, False, False]
    assert sorted(learning.asked_by_year(by, place)) == [1, 2, 3, 4]


def test_the_network_of_the_last_year_shows_what_changed(by: User) -> None:
    client = signed_in_client(by)
    changed = client.get(reverse("network:change")).content.decode()
    for words in ("Llegaron", "Lazos nuevos", "Lazos que terminaron"):
        assert words in changed, words
    agreements = client.get(reverse("network:agreements")).content.decode()
    assert "Dos citas a la semana" in agreements
    found = Service.objects.filter(organisation=by.organisation)
    assert found.get(refuge=True).address == ""
    assert found.filter(verified_on=None).count() == 1


def test_every_page_of_them_opens(by: User) -> None:
    client = signed_in_client(by)
    for place in Community.objects.filter(organisation=by.organisation):
        for name in (
            "community", "phase", "demands", "doings", "committees", "sightings", "surveys",
            "reach", "learning",
        ):  # fmt: skip
            answer = client.get(reverse(f"network:{name}", args=[place.pk]))
            assert answer.status_code == 200, name
