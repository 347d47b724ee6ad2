"""What women say and wait, written through the wall's own pages, leaves as its arrays say."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from tests.driving import _errors
from tests.factories.releases import evaluated_here
from tests.people import *  # noqa: F403
from tests.walls import Walled, client_behind, found_wall

from tequio.access.models import User
from tequio.core import clock
from tequio.instruments.definitions import newest
from tequio.studies import aside
from tequio.studies.actions import studies
from tequio.studies.models import Release, Study
from tequio.survivors.actions import sheets
from tequio.survivors.models import Case
from tequio.survivors.rules.sheets import Service

pytestmark = pytest.mark.django_db

SPACE: Final = "espacio-ella"
FIRST, LAST, RELEASED = date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 31)
WOMEN: Final = 48
# They come in three weeks of the year; a browser holds the wall open for each such day.
WEEKS: Final = 3
AGAIN: Final = timedelta(days=93)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One woman as arrays: whether she may be counted, what she says twice, how long she waits."""

    came: date
    counted: bool
    start: Mapping[str, int]
    end: Mapping[str, int] | None
    asked: bool
    # None: nobody served her, and she waits on.
    days: int | None


def drawn(rng: np.random.Generator) -> list[Drawn]:
    items = [item.id for item in newest(SPACE).instrument.questions]

    def said(low: int) -> dict[str, int]:
        # Nobody feels in danger where she lives: a duty for each would be another test.
        return {item: int(rng.integers(low, 5)) for item in items}

    return [
        Drawn(
            came=date(2025, 2, 3) + timedelta(days=60 * (n % WEEKS)),
            counted=n != 5,
            start=said(2),
            end=None if n % 9 == 4 else said(2),
            asked=n % 14 != 3,
            days=None
            if n % 3 == 2
            else int(rng.integers(0, 25) if n % 3 else rng.integers(35, 88)),
        )
        for n in range(WOMEN)
    ]


class Drive:
    """An advocate at the wall's own pages; whatever is refused ends the drive with the page."""

    def __init__(self, walled: Walled) -> None:
        self.walled, self.posts = walled, 0
        self.cases: dict[int, UUID] = {}

    def on(self, day: date) -> Any:
        return clock.at(datetime(day.year, day.month, day.day, 18, tzinfo=UTC))

    def send(self, client: Client, name: str, key: list[Any], sent: Mapping[str, Any]) -> Any:
        self.posts += 1
        answer = client.post(reverse(f"survivors:{name}", args=key), sent)
        assert answer.status_code == 302, (name, answer.status_code, _errors(answer))
        return answer

    def arrives(self, client: Client, n: int, one: Drawn) -> None:
        known = set(Case.objects.values_list("pk", flat=True))
        self.send(client, "begin", [], {"alias": f"Girasol {n}", "reads": "reads"})
        (case,) = set(Case.objects.values_list("pk", flat=True)) - known
        self.cases[n] = case
        for purpose in ("questionnaires", "statistics"):
            decision = "given" if one.counted or purpose != "statistics" else "refused"
            sent = {"decision": decision, "on": one.came.isoformat(), "heard": "read"}
            self.send(client, "decide", [case, purpose], sent)
        if one.asked:
            need = {"need": "legal", "asked_on": one.came.isoformat()}
            self.send(client, "new-sheet", [case, "necesidad"], need)
        self.answers(client, n, "T0", one.start)

    def comes_again(self, client: Client, n: int, one: Drawn) -> None:
        if one.asked and one.days is not None:
            sheet = self._service_of(n)
            met = (one.came + timedelta(days=one.days)).isoformat()
            sent = {"need": "legal", "asked_on": one.came.isoformat(), "met_on": met}
            self.send(client, "sheet", [self.cases[n], sheet], sent)
        if one.end is not None:
            self.answers(client, n, "T3", one.end)

    def _service_of(self, n: int) -> UUID:
        """Read which sheet it is: a person follows the link on her page."""
        there = sheets.all_of(self.walled.by, self.cases[n])
        return next(held.id for held in there if isinstance(held.body, Service))

    def answers(self, client: Client, n: int, wave: str, said: Mapping[str, int]) -> None:
        sent = {"instrument": SPACE, "wave": wave, "whole": "1"}
        address = self.send(client, "begin-asking", [self.cases[n]], sent)["Location"]
        fields = client.get(address).context["fields"]
        typed = {field.name: str(mark) for field, mark in zip(fields, said.values(), strict=True)}
        client.post(address, {"screen": "#all", "do": "next", **typed})
        assert client.post(address, {"screen": "#end", "do": "finish"}).status_code == 302
        self.posts += 2


def frozen(by: User) -> Study:
    day = date(2024, 12, 1)
    with clock.at(datetime(2024, 12, 1, 18, tzinfo=UTC)):
        begun = studies.begin(by=by, question="mujeres-acompanadas", title="Ellas")
        studies.choose(
            by=by,
            study_id=begun.pk,
            primary=(f"{SPACE}/mean",),
            secondary=("servicio/days",),
            wave="T3",
            first=FIRST,
            last=LAST,
            released=RELEASED,
            monthly=3.0,
        )
        studies.choose_design(by=by, study_id=begun.pk, design="hers", today=day)
        studies.freeze(by=by, study_id=begun.pk)
    return begun


def of_arrays(women: list[Drawn], plan: str) -> str:
    """What leaves of the arrays by the same plan: no page, no wall, no sheet."""
    text = io.StringIO()
    out = csv.writer(text)
    served = "servicio_days"
    out.writerow(("unit", "wave", "informant", "espacio_ella_mean", served, f"{served}_happened"))
    for n, one in enumerate(women):
        if not one.counted:
            continue
        days = "" if one.days is None else str(one.days)
        waited = days or str((LAST - one.came).days)
        his = (waited, str(int(bool(days)))) if one.asked else ("", "")
        for wave, said in (("T0", one.start), ("T1", None), ("T2", None), ("T3", one.end)):
            mean = "" if said is None else repr(sum(said.values()) / len(said))
            out.writerow((f"u{n}", wave, "ellas", mean, *(his if wave == "T0" else ("", ""))))
    return evaluated_here(plan=plan, rows=text.getvalue().encode()).result or ""


@pytest.mark.thorough
def test_what_women_said_on_the_walls_pages_leaves_as_the_arrays_say(
    advocate: User, evaluator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "evaluate", evaluated_here)
    women = drawn(np.random.default_rng(11))
    with clock.at(datetime(2024, 11, 1, 18, tzinfo=UTC)):
        drive = Drive(found_wall(advocate))
    study = frozen(evaluator)
    days = sorted({one.came for one in women})
    for day in sorted([*days, *(day + AGAIN for day in days)]):
        with drive.on(day):
            client = client_behind(drive.walled)
            for n, one in enumerate(women):
                if one.came == day:
                    drive.arrives(client, n, one)
                elif one.came + AGAIN == day:
                    drive.comes_again(client, n, one)

    with drive.on(RELEASED):
        client = client_behind(drive.walled)
        key = [study.pk, RELEASED.isoformat()]
        assert "Solo cuántos días" in client.get(reverse("walled:one", args=key)).content.decode()
        page = client.post(reverse("walled:prepare", args=key))
        token = page.context["token"]
        client.post(reverse("walled:publish", args=key), {"about_to_leave": token})
        after = client.get(reverse("walled:one", args=key)).content.decode()
    release = Release.objects.get()
    plan = study.plans.get()
    assert "en 30 días o menos" in after
    assert "Ya salió" in after

    out, told = json.loads(release.result), json.loads(of_arrays(women, plan.text))
    assert {one["contrast"] for one in out["estimates"]} >= {"T3 vs T0", "≤ 30", "≤ 90"}
    assert _bare(out) == _bare(told)

    # The seeded defect: one woman's wait, and it is seen before it is rounded away.
    women[1:] = [one for one in women[1:] if one.days is None or one.days > 30]
    assert _bare(out) != _bare(json.loads(of_arrays(women, plan.text)))


def _bare(result: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in result.items() if key != "data_sha256"}
