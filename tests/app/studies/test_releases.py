"""Frozen rows, a run on them, and a release on its day: men's, outside the wall."""

from __future__ import annotations

import json
import re
import time
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import TestCase
from django.urls import reverse
from tests.factories import releases as made
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.people.models import Assessment, Participant
from tequio.studies import aside, data_vault, datasets
from tequio.studies.actions import freezing, releasing, running
from tequio.studies.models import DataSet, DataSetRows, Plan, Release, Run
from tequio.studies.queries import releases as queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_house(monkeypatch: pytest.MonkeyPatch) -> None:
    """Evaluate in this process: starting another is tested once, by itself."""
    monkeypatch.setattr(aside, "evaluate", made.evaluated_here)


def _run(by: User, plan: Plan, day: date = made.DUE) -> Run:
    with TestCase.captureOnCommitCallbacks(execute=True):
        found = running.start(by=by, study_id=plan.study_id, due_on=day)
    found.refresh_from_db()
    return found


def test_a_set_is_frozen_whole_and_says_who_is_not_in_it(evaluator: User) -> None:
    plan = made.planned(evaluator)
    made.men(evaluator, 9, agree=7)
    with clock.at(made.ON_THE_DAY):
        found = freezing.freeze(by=evaluator, study_id=plan.study_id, due_on=made.DUE)
    assert (found.units, found.rows, found.refused) == (7, 14, 2)
    rows = data_vault.rows_of(found)
    assert rows is not None
    head, *lines = rows.decode().splitlines()
    assert head == "unit,wave,informant,site,group,dose,control,physical"
    assert len(lines) == 14
    # No folio, no key of anybody: what stands there leads to nobody.
    for man in Participant.objects.all():
        assert man.folio not in rows.decode()
        assert str(man.pk) not in rows.decode()
    kept = DataSetRows.objects.get(data_set=found)
    assert rows not in bytes(kept.sealed)
    with pytest.raises(DatabaseError), transaction.atomic():
        DataSet.objects.filter(pk=found.pk).update(rows=1)


def test_freezing_again_makes_another_set_and_says_what_changed(evaluator: User) -> None:
    plan = made.planned(evaluator)
    made.men(evaluator, 6)
    with clock.at(made.ON_THE_DAY):
        first = freezing.freeze(by=evaluator, study_id=plan.study_id, due_on=made.DUE)
        Assessment.objects.filter(wave="T3").first().delete()  # type: ignore[union-attr]
        made.men(evaluator, 2)
        second = freezing.freeze(by=evaluator, study_id=plan.study_id, due_on=made.DUE)
    assert (second.number, second.added, second.changed, second.removed) == (2, 4, 1, 0)
    assert first.sha256 != second.sha256
    assert datasets.difference(b"unit,wave\na,T0\n", b"unit,wave\na,T0\n").changed == 0


def test_a_man_is_another_code_in_another_study(evaluator: User) -> None:
    made.men(evaluator, 3)
    units = []
    for _n in range(2):
        plan = made.planned(evaluator)
        with clock.at(made.ON_THE_DAY):
            found = freezing.freeze(by=evaluator, study_id=plan.study_id, due_on=made.DUE)
        rows = (data_vault.rows_of(found) or b"").decode().splitlines()[1:]
        units.append({row.split(",")[0] for row in rows})
    assert len(units[0]) == len(units[1]) == 3
    assert not units[0] & units[1]


@pytest.mark.parametrize("day", [made.DUE + timedelta(days=1), date(2026, 1, 31)])
def test_only_days_of_the_calendar_are_frozen(evaluator: User, day: date) -> None:
    plan = made.planned(evaluator)
    made.men(evaluator, 3)
    with clock.at(made.ON_THE_DAY), pytest.raises(DomainError, match="calendario"):
        freezing.freeze(by=evaluator, study_id=plan.study_id, due_on=day)


def test_an_open_period_is_not_frozen(evaluator: User) -> None:
    plan = made.planned(evaluator)
    open_still = clock.at(made.ON_THE_DAY - timedelta(days=60))
    with open_still, pytest.raises(DomainError, match="todavía no termina"):
        freezing.freeze(by=evaluator, study_id=plan.study_id, due_on=made.DUE)


def test_what_a_run_found_is_sealed_until_its_day_and_then_published_by_itself(
    evaluator: User, in_house: None
) -> None:
    plan = made.planned(evaluator)
    made.men(evaluator, 60)
    with clock.at(made.ON_THE_DAY - timedelta(days=10)):
        client = signed_in_client(evaluator)
        run = _run(evaluator, plan)
        assert run.state == Run.State.DONE
        assert releasing.publish_due() == 0
        page = client.get(reverse("studies:run", args=[plan.study_id, run.pk])).content.decode()
        assert "sellado hasta" in page
        assert "formas de control" in page  # the log names the step, and no number of it
        found = data_vault.open_result(run)
        assert found is not None
        change = json.loads(found)["estimates"][0]["estimate"]
        assert str(change) not in page
        assert not queries.published(evaluator)
    with clock.at(made.ON_THE_DAY):
        assert releasing.publish_due() == 1
        assert releasing.publish_due() == 0
        line = queries.published(evaluator)[0]
        assert line.is_published
        assert (line.period, line.number) == ("2026", 1)
        opened = queries.release(evaluator, line.id)
    assert opened.result is not None
    assert opened.sha256 == run.data_set.sha256
    assert {one.outcome for one in opened.findings} >= {"formas de control"}
    assert any("puede" not in one and one for one in opened.findings[0].must_not)


def test_a_release_never_changes(evaluator: User, in_house: None) -> None:
    plan = made.planned(evaluator)
    made.men(evaluator, 60)
    with clock.at(made.ON_THE_DAY):
        _run(evaluator, plan)
        release = Release.objects.get()
        with pytest.raises(DatabaseError), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(result="{}")
        with pytest.raises(DatabaseError), transaction.atomic():
            release.delete()
        with pytest.raises(DomainError, match="ya se publicó"):
            running.start(by=evaluator, study_id=plan.study_id, due_on=made.DUE)


def test_too_few_are_said_to_be_too_few_and_nothing_more(evaluator: User, in_house: None) -> None:
    plan = made.planned(evaluator)
    made.men(evaluator, 11)
    with clock.at(made.ON_THE_DAY):
        _run(evaluator, plan)
    release = Release.objects.get()
    assert (release.outcome, release.result) == ("not_enough", "")
    answer = signed_in_client(evaluator).get(reverse("studies:release", args=[release.pk]))
    page = answer.content.decode()
    assert "No alcanza" in page
    said = re.sub(r"<[^>]+>", " ", page[page.index("<h1>") : page.index("Con qué plan")])
    assert not re.search(r"\b11\b", said)
    paper = signed_in_client(evaluator).get(reverse("studies:release-paper", args=[release.pk]))
    assert paper.status_code == 404


def test_the_pages_show_each_number_with_its_denominator_and_what_is_missing(
    evaluator: User, in_house: None
) -> None:
    plan = made.planned(evaluator)
    made.men(evaluator, 60)
    with clock.at(made.ON_THE_DAY):
        client = signed_in_client(evaluator)
        before = client.get(reverse("studies:releases")).content.decode()
        assert "Ya tocaba" in before
        client.post(
            reverse("studies:freeze-data", args=[plan.study_id]), {"due_on": made.DUE.isoformat()}
        )
        with TestCase.captureOnCommitCallbacks(execute=True):
            went = client.post(
                reverse("studies:start-run", args=[plan.study_id]),
                {"due_on": made.DUE.isoformat()},
            )
        assert "corridas" in went.headers["Location"]
        assert client.get(went.headers["Location"]).status_code == 200
        data = client.get(reverse("studies:data", args=[plan.study_id])).content.decode()
        assert "Publicado" in data
        release = Release.objects.get()
        page = client.get(reverse("studies:release", args=[release.pk])).content.decode()
        file = client.get(reverse("studies:release-file", args=[release.pk])).json()
    for said in ("Entre quiénes", "Qué falta", "Lo que no se debe decir", "Sin enmiendas", "<svg"):
        assert said in page, said
    assert file["result"] == json.loads(release.result)


def test_a_run_that_was_stopped_publishes_nothing(
    evaluator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(**_given: object) -> None:
        raise aside.Stopped

    monkeypatch.setattr(aside, "evaluate", stopped)
    plan = made.planned(evaluator)
    made.men(evaluator, 20)
    with clock.at(made.ON_THE_DAY):
        run = _run(evaluator, plan)
        assert run.state == Run.State.STOPPED
        assert releasing.publish_due() == 0
        assert _run(evaluator, plan).pk != run.pk


def test_the_release_before_stands_beside_the_one_after(evaluator: User, in_house: None) -> None:
    plan = made.planned(evaluator)
    made.men(evaluator, 60)
    with clock.at(made.ON_THE_DAY):
        _run(evaluator, plan)
    made.late_answers(evaluator, 20)
    with clock.at(made.ON_THE_DAY.replace(year=2028)):
        _run(evaluator, plan, made.DUE.replace(year=2028))
        newest, first = queries.published(evaluator)
        assert newest.is_published
        page = signed_in_client(evaluator).get(
            reverse("studies:compare-releases", args=[newest.id, first.id])
        )
    assert "Lo que se dijo" in page.content.decode()
    assert "2026–2027" in page.content.decode()


def test_a_few_new_answers_are_not_enough_for_another_release(
    evaluator: User, in_house: None
) -> None:
    plan = made.planned(evaluator)
    made.men(evaluator, 60)
    with clock.at(made.ON_THE_DAY):
        _run(evaluator, plan)
    made.late_answers(evaluator, 5)
    with clock.at(made.ON_THE_DAY.replace(year=2028)):
        _run(evaluator, plan, made.DUE.replace(year=2028))
    assert [one.outcome for one in Release.objects.order_by("number")] == [
        "published",
        "not_enough",
    ]


def test_rows_go_when_their_time_is_over_and_the_line_stays(evaluator: User) -> None:
    plan = made.planned(evaluator)
    made.men(evaluator, 3)
    with clock.at(made.ON_THE_DAY):
        found = freezing.freeze(by=evaluator, study_id=plan.study_id, due_on=made.DUE)
    with clock.at(made.ON_THE_DAY + freezing.KEPT_FOR + timedelta(days=1)):
        assert freezing.forget_rows() == 1
    assert data_vault.rows_of(found) is None
    assert DataSet.objects.filter(pk=found.pk).exists()


@pytest.mark.deep
def test_a_whole_run_for_1257_men_takes_less_than_fifteen_seconds(evaluator: User) -> None:
    """Freezing their answers, the child, and the release: all that a person waits for."""
    plan = made.planned(evaluator)
    made.men(evaluator, 1257)
    with clock.at(made.ON_THE_DAY):
        began = time.monotonic()
        run = _run(evaluator, plan)
        took = time.monotonic() - began
    assert run.state == Run.State.DONE
    assert Release.objects.get().outcome == "published"
    assert took < 15, f"{took:.1f} s"
