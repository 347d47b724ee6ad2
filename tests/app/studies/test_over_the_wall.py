"""Women's reports: prepared outside, read behind the wall, and out on their day or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.factories import releases as made
from tests.people import signed_in_client
from tests.two_worlds import seen
from tests.walls import Walled, client_behind, found_wall

from tequio.access.models import User
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.studies import aside
from tequio.studies.actions import crossing
from tequio.studies.models import Plan, Release
from tequio.survivors import extracts, log
from tequio.survivors.actions import cases as case_actions
from tequio.survivors.actions import decisions, unlocking
from tequio.survivors.actions.cases import OverBudget
from tequio.survivors.actions.decisions import Heard
from tequio.survivors.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_house(monkeypatch: pytest.MonkeyPatch) -> None:
    """Evaluate in this process: starting another is tested once, by itself."""
    monkeypatch.setattr(aside, "evaluate", made.evaluated_here)


@pytest.fixture
def walled(advocate: User) -> Walled:
    with clock.at(made.ON_THE_DAY - timedelta(days=300)):
        return found_wall(advocate)


@pytest.fixture
def plan(evaluator: User) -> Plan:
    return made.planned(evaluator, "women")


def _addresses(plan: Plan) -> dict[str, str]:
    keys = [plan.study_id, made.DUE.isoformat()]
    return {name: reverse(f"walled:{name}", args=keys) for name in ("one", "prepare", "publish")}


def _browser(walled: Walled) -> Client:
    return client_behind(walled)


# --- What she sees and lets leave -----------------------------------------------------------------


def test_a_member_sees_exactly_what_would_leave_and_only_then_lets_it(
    walled: Walled, plan: Plan, evaluator: User
) -> None:
    made.women(walled, 40)
    go = _addresses(plan)
    with clock.at(made.ON_THE_DAY):
        client = _browser(walled)
        listed = client.get(reverse("walled:due")).content.decode()
        assert "Estudio de women" in listed
        asked = client.get(go["one"]).content.decode()
        assert "Lo que viví" in asked or "Qué se leería" in asked
        shown = client.post(go["prepare"])
        assert shown.status_code == 200, shown.content.decode()[:400]
        assert not Release.objects.exists()
        went = client.post(go["publish"], {"about_to_leave": shown.context["token"]})
        assert went.status_code == 302
        release = Release.objects.get()
        # What she saw, letter by letter, is what lies outside.
        assert release.result == shown.context["whole"]
        outside = signed_in_client(evaluator)
        page = outside.get(reverse("studies:release", args=[release.pk])).content.decode()
    assert release.seal == Release.Seal.HMAC
    assert release.run_id is None
    assert "Estudio de women" in page
    kinds = [line.kind for line in log.lines(by=walled.by)]
    assert "extract.left" in kinds
    assert kinds.count("extract.case") == 1  # folded; each of them is a line
    assert walled.by.wall.log.count() > 40


def test_working_it_out_leaves_no_trace_outside_before_it_is_let_go(
    walled: Walled, plan: Plan
) -> None:
    """Whatever women said, and whether anybody looked: the rows outside are the same."""
    made.women(walled, 40)
    with clock.at(made.ON_THE_DAY):
        client = _browser(walled)
        before = seen.outside()
        assert client.post(_addresses(plan)["prepare"]).context["whole"]
        assert seen.outside() == before


def test_before_its_day_there_is_nothing_to_do(walled: Walled, plan: Plan) -> None:
    made.women(walled, 3)
    go = _addresses(plan)
    with clock.at(made.ON_THE_DAY - timedelta(days=2)):
        client = _browser(walled)
        assert "no toca" in client.get(reverse("walled:due")).content.decode()
        assert client.get(go["one"]).status_code == 404
        assert client.post(go["prepare"]).status_code == 404


def test_only_women_who_said_yes_to_being_counted_are_in(walled: Walled, plan: Plan) -> None:
    cases = made.women(walled, 6, counted=4)
    with clock.at(made.ON_THE_DAY):
        took_back = Heard(clock.today("America/Mexico_City"))
        decisions.decide(
            by=walled.by,
            case_id=cases[0],
            purpose="statistics",
            decision="withdrawn",
            heard=took_back,
        )
        found = extracts.read(by=walled.by, wanted=_wanted(plan))
    assert len(found.women) == 3
    assert len(found.said) == 6
    folios = {str(case) for case in cases}
    assert not folios & set(found.women)


def _wanted(plan: Plan) -> extracts.Wanted:
    return extracts.Wanted(
        study=plan.study_id,
        instruments=frozenset({made.HERS}),
        waves=frozenset({"T0", "T3"}),
        first=made.CAME.replace(day=1),
        last=made.CAME.replace(month=12, day=31),
        until=made.CAME.replace(month=12, day=31),
    )


def test_too_few_leave_that_it_is_not_enough_and_the_same_for_any_few(
    walled: Walled, plan: Plan
) -> None:
    with clock.at(made.ON_THE_DAY):
        none = crossing.prepare(by=walled.by, study_id=plan.study_id, due_on=made.DUE)
        made.women(walled, 12)
        few = crossing.prepare(by=walled.by, study_id=plan.study_id, due_on=made.DUE)
        crossing.publish(by=walled.by, study_id=plan.study_id, due_on=made.DUE, token=few.token)
    assert (none.result, none.mark) == (few.result, few.mark) == (None, few.mark)
    release = Release.objects.get()
    assert (release.outcome, release.result, release.sha256) == ("not_enough", "", few.mark)


def test_two_releases_that_differ_by_a_few_women_are_not_both_published(
    walled: Walled, evaluator: User, plan: Plan
) -> None:
    cases = made.women(walled, 40)
    # One woman came a year before: another study could take her in, and subtract.
    other = made.planned(
        evaluator,
        "women",
        population={"editions": "all", "from": "2025-01-01", "to": "2026-12-31"},
    )
    _came_earlier(walled, cases[0])
    with clock.at(made.ON_THE_DAY):
        first = crossing.prepare(by=walled.by, study_id=plan.study_id, due_on=made.DUE)
        assert first.result is not None
        crossing.publish(by=walled.by, study_id=plan.study_id, due_on=made.DUE, token=first.token)
        second = crossing.prepare(by=walled.by, study_id=other.study_id, due_on=made.DUE)
    assert second.result is None


def _came_earlier(walled: Walled, case_id: UUID) -> None:
    found = case_actions.read(by=walled.by, case_id=case_id)
    case_actions.change_cover(
        by=walled.by,
        case_id=case_id,
        cover=replace(found.cover, since="2025-06-01"),
        version=found.case.version,
    )


def test_what_is_shown_is_held_by_the_page_alone_and_for_its_member(
    walled: Walled, plan: Plan
) -> None:
    made.women(walled, 40)
    with clock.at(made.ON_THE_DAY):
        found = crossing.prepare(by=walled.by, study_id=plan.study_id, due_on=made.DUE)
        for token in ("", "x", found.token[:-8] + "AAAAAAA="):
            with pytest.raises(DomainError, match="ya no vale"):
                crossing.publish(by=walled.by, study_id=plan.study_id, due_on=made.DUE, token=token)
    with (
        clock.at(made.ON_THE_DAY + timedelta(hours=2)),
        pytest.raises(DomainError, match="ya no vale"),
    ):
        crossing.publish(by=walled.by, study_id=plan.study_id, due_on=made.DUE, token=found.token)
    assert not Release.objects.exists()


def test_closing_the_wall_ends_the_calculation(
    walled: Walled, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.women(walled, 15)

    def slow(*, plan: str, rows: bytes, stop: object, tell: object = None) -> aside.Outcome:
        assert callable(stop)
        assert not stop()
        unlocking.lock(by=walled.by)
        assert stop()
        raise aside.Stopped

    monkeypatch.setattr(aside, "evaluate", slow)
    with clock.at(made.ON_THE_DAY):
        answer = _browser(walled).post(_addresses(plan)["prepare"])
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("survivors:unlock")
    assert not Release.objects.exists()


def test_asking_again_and_again_is_refused_and_written_down(walled: Walled, plan: Plan) -> None:
    with clock.at(made.ON_THE_DAY):
        for _n in range(extracts.TIMES):
            extracts.read(by=walled.by, wanted=_wanted(plan))
        with pytest.raises(OverBudget):
            extracts.read(by=walled.by, wanted=_wanted(plan))
    assert log.lines(by=walled.by)[0].kind == "budget.refused"
    assert log.first_break(walled.by) is None


def test_the_fingerprint_vouches_for_the_answers_and_needs_the_key(
    walled: Walled, plan: Plan
) -> None:
    cases = made.women(walled, 40)
    with clock.at(made.ON_THE_DAY):
        found = crossing.prepare(by=walled.by, study_id=plan.study_id, due_on=made.DUE)
        release = crossing.publish(
            by=walled.by, study_id=plan.study_id, due_on=made.DUE, token=found.token
        )
        assert json.loads(release.result)["data_sha256"] == release.sha256 == found.mark
        assert crossing.vouched_for(by=walled.by, release=release)
        Case.objects.filter(pk=cases[0]).delete()
        assert not crossing.vouched_for(by=walled.by, release=release)


# --- The child ------------------------------------------------------------------------------------

_LOOKS = """
import json, os, sys
json.load(sys.stdin)
seen = {"environment": dict(os.environ), "folder": os.listdir("."), "argv": sys.argv}
seen["files"] = []
for fd in os.listdir("/proc/self/fd"):
    try:
        seen["files"].append(os.readlink("/proc/self/fd/" + fd))
    except OSError:
        pass
import evidencia.aside
seen["modules"] = sorted(name for name in sys.modules if name.split(".")[0] in ("tequio", "django"))
print(json.dumps({"result": json.dumps(seen)}))
"""


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="Needs /proc.")
def test_the_child_holds_no_key_and_no_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    """What stands in the child's place tells all that it was given."""
    monkeypatch.undo()
    monkeypatch.setenv("TEQUIO_SECRET_KEY", "canary-secret")
    monkeypatch.setenv("TEQUIO_DATABASE", "postgres://canary")
    started = subprocess.Popen

    def spy(words: list[str], **given: object) -> subprocess.Popen[bytes]:
        assert words[1:] == ["-P", "-m", aside.EVALUATE]
        return started([sys.executable, "-P", "-c", _LOOKS], **given)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(aside.subprocess, "Popen", spy)
    found = aside.evaluate(plan="", rows=b"")
    seen = json.loads(found.result or "{}")
    told = json.dumps(seen)
    assert set(seen["environment"]) <= {*aside.environment(), "TMPDIR", "LC_CTYPE", "SYSTEMROOT"}
    for secret in ("canary", "TEQUIO", str(settings.KEY_FOLDER), str(settings.DATA)):
        assert secret not in told
    assert seen["modules"] == []
    assert seen["folder"] == []
    files = [one for one in seen["files"] if not one.startswith(("pipe:", "/dev/null", "/proc"))]
    assert files == []


def test_the_child_evaluates_and_gives_back_only_what_may_leave(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    lines = [
        f"u{n},T{at * 3},ellas,{(n + at * n) % 4},{(n + at) % 2}"
        for n in range(60)
        for at in (0, 1)
    ]
    rows = "\n".join(["unit,wave,informant,control,physical", *lines]).encode()
    told: list[str] = []
    found = aside.evaluate(
        plan=made.text("women"), rows=rows, tell=lambda code, _values: told.append(code)
    )
    assert found.result is not None
    assert json.loads(found.result)["n_units"] == 60
    assert "progress.findings" in told
    with pytest.raises(aside.Stopped):
        aside.evaluate(plan=made.text("women"), rows=rows, stop=lambda: True)
