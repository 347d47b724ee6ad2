"""A finding beside its cost: a quotient where there is an effect, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import releases as made
from tests.factories.circles import attend, sessions_of
from tests.factories.costs import EntryFactory, TermsFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.core import clock, ids
from tequio.studies import aside
from tequio.studies import effect_cost_words as words
from tequio.studies.actions import running
from tequio.studies.models import Lottery, Release
from tequio.studies.queries import releases
from tequio.studies.queries.effect_costs import EffectCosts, effect_costs
from tequio.studies.queries.releases import OpenRelease

pytestmark = pytest.mark.django_db
CONTROLLED = (
    made.text()
    .replace("single_arm", "waitlist")
    .replace("[data]", '[data]\narm = "arm"\narms = ["now", "later"]\ncontrol = "later"')
)


@contextmanager
def released(by: User, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenRelease]:
    """Draw sixty men, write a book of the year, and publish."""
    monkeypatch.setattr(aside, "evaluate", made.evaluated_here)
    monkeypatch.setattr(made, "text", lambda _source="men": CONTROLLED)
    lottery = made.drawn_men(by, 60)
    group = lottery.tickets.earliest("pk").participant.memberships.get().group
    attend(group, sessions_of(group, made.CAME, 1, held=1), {"Nogal": "p"})
    TermsFactory.create(organisation=by.organisation)
    EntryFactory.create(organisation=by.organisation, written_by=by, whole_cents=61_000_00)
    plan = made.planned(by, arm={"lottery": str(lottery.pk)})
    with clock.at(made.ON_THE_DAY):
        with TestCase.captureOnCommitCallbacks(execute=True):
            running.start(by=by, study_id=plan.study_id, due_on=made.DUE)
        yield releases.release(by, Release.objects.get(study=plan.study_id).pk)


def with_interval(found: OpenRelease, low: float, high: float) -> OpenRelease:
    """The same release, had its main estimates come out otherwise."""
    result: dict[str, Any] = dict(found.result or {})
    middle = (low + high) / 2
    result["estimates"] = [
        {**one, "estimate": middle, "ci_low": low, "ci_high": high}
        for one in result["estimates"]
        if one["role"] == "primary"
    ]
    return replace(found, result=result)


def lines(found: EffectCosts) -> str:
    return " ".join(
        " ".join((words.headline(one, "MXN"), *words.said(one, "MXN"))) for one in found.priced
    )


def test_only_an_effect_has_a_price(evaluator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    with released(evaluator, monkeypatch) as found:
        per_man = effect_costs(evaluator, found).cost.per_entrant.whole
        assert per_man == 1_000_00
        effect = lines(effect_costs(evaluator, with_interval(found, -3.0, -1.0)))
        assert "$500 por cada punto de diferencia a favor (de $333 a $1,000)" in effect
        for low, high in ((-3.0, 1.0), (1.0, 3.0)):
            said = lines(effect_costs(evaluator, with_interval(found, low, high), [400.0]))
            assert "por cada" not in said
            assert "costó $1,000; no hay costo por efecto" in said
            assert "Si cada punto valiera $400" in said
        client = signed_in_client(evaluator)
        address = reverse("studies:release-costs", args=[found.line.id])
        release = client.get(reverse("studies:release", args=[found.line.id]))
        assert address in release.content.decode()
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address, {"vale": "400"}).content.decode()
        assert "Si cada punto valiera $400" in page and "no prueba que alguien esté a salvo" in page
        assert len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]) <= 12
        assert client.get(address, {"vale": "-1"}).status_code == 422

        assert effect_costs(evaluator, of_one_arm(found)).priced == ()
        # Calls were drawn, and no seats: what a man cost is not what they cost.
        found.plan.recipe["arm"] = {"lottery": str(of_calls().pk)}
        said = lines(effect_costs(evaluator, with_interval(found, -3.0, -1.0)))
        assert "llamadas" in said and "$" not in said


def of_one_arm(found: OpenRelease) -> OpenRelease:
    result: dict[str, Any] = dict(found.result or {})
    return replace(found, result={**result, "study": {**result["study"], "design": "single_arm"}})


def of_calls() -> Lottery:
    one = Lottery.objects.get()
    one.pk, one.code, one.kind = ids.new_id(), "BBB-BBB-1", Lottery.Kind.CALLS
    one.save(force_insert=True)
    return one
