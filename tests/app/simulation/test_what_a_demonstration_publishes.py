"""What a demonstration lets be walked: a release of women, one that is due, men who wait."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from tests.factories.releases import evaluated_here
from tests.people import *  # noqa: F403
from tests.walls import client_behind, found_wall

from tequio.access.models import User
from tequio.core import clock
from tequio.people.models import Assessment
from tequio.simulation import demonstration, her_years, releasing
from tequio.simulation.releasing import Span
from tequio.studies import aside
from tequio.studies.models import Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
NOW = datetime(2026, 12, 15, 18, tzinfo=UTC)
TODAY = date(2026, 12, 15)


def test_a_member_walks_from_a_release_with_figures_to_one_that_is_due(
    advocate: User, evaluator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "evaluate", evaluated_here)
    with clock.at(NOW):
        walled = found_wall(advocate)
        her_years.fill(walled.by, last=2025, seed=2010)
        span = Span(date(2024, 1, 1), date(2025, 12, 31), date(2025, 11, 30))
        study = releasing._planned(
            evaluator, "mujeres-acompanadas", "Ellas", span, **releasing._ASK_HER
        )
        published, due = releasing._due(study, TODAY)
        releasing._let_go(walled.by, study, published)
        client = client_behind(walled)
        listed = client.get(reverse("walled:due")).content.decode()
        pages = [
            client.get(reverse("walled:one", args=[study.pk, one.on])) for one in (published, due)
        ]
        leaving = client.post(reverse("walled:prepare", args=[study.pk, due.on]))
    assert listed.count(reverse("walled:one", args=[study.pk, published.on])) == 1
    assert listed.count(reverse("walled:one", args=[study.pk, due.on])) == 1
    out, asked = (page.content.decode() for page in pages)
    assert "Ya salió" in out
    # Every figure opens its definition, denominator and what is missing.
    assert out.count("Qué mide") == out.count("Entre quiénes") == out.count("Qué falta") >= 4
    # What is not there of the days is said beside what is.
    assert "no se publica cuántas lo tenían a los 30 y 90 días" in out
    assert "Qué se leería" in asked
    # The second year has enough that is new, and says what the first could not.
    found = json.loads(leaving.context["whole"])
    assert {one["contrast"] for one in found["estimates"]} >= {"T3 vs T0", "≤ 30", "≤ 90", "50 %"}


def test_who_waits_by_lottery_answers_on_the_days_of_who_begins() -> None:
    with clock.at(NOW):
        demonstration.make(men=11, tell=lambda _done, _total: None)
    drawn = dict(Ticket.objects.values_list("participant", "start"))
    waits = set(Ticket.objects.filter(start="later").values_list("pk", flat=True))
    said = Assessment.objects.filter(participant__in=drawn, wave="T0")
    under = {one.way_id in waits: one for one in said}
    assert set(under) == {True, False}
    for one in said:
        assert (one.way_id in waits) == (drawn[one.participant_id] == "later")
        assert one.finished_at is not None
        assert NOW - timedelta(days=4) < one.finished_at < NOW
