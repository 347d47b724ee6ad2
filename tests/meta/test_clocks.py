"""What is written has its time: every field that may hold words names its clock, or why it stays.

`kept.csv` is the list. A field of this kind that nobody listed is a failure, and so is a clock that
nobody registered: text that no clock reaches stays for ever without anybody having said so.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tequio.config import by_the_clock
from tequio.jobs import schedule
from tequio.people import keeping

LIST = Path(__file__).with_name("kept.csv")
# Words hide in these; a short line with choices or a date does not.
ROOMY = (models.BinaryField, models.TextField, models.JSONField)
# Behind the wall and in its slot each row carries the month in which it goes; no field of theirs
# is listed, and their own tests watch over it.
BY_THE_MONTH = {"survivors": "survivors.forget", "letters": "letters.forget"}
# What the house does by the clock, and how often. A clock that is taken away fails here.
CLOCKS = {
    "access.forget": timedelta(hours=1),
    "audit.seal": timedelta(minutes=1),
    "audit.verify": timedelta(days=1),
    "circles.forget_files": timedelta(days=1),
    "circles.forget_words": timedelta(days=1),
    "jobs.empty_log": timedelta(hours=1),
    "instruments.forget_answers": timedelta(days=1),
    "instruments.forget_drafts": timedelta(days=1),
    "instruments.stir_links": timedelta(days=1),
    "jobs.forget_queue": timedelta(hours=1),
    "network.forget_imports": timedelta(days=1),
    "network.forget_literacy": timedelta(days=1),
    "network.keep_slips": timedelta(hours=1),
    "outreach.third_absences": timedelta(hours=1),
    "people.forget_drafts": timedelta(days=1),
    "people.forget_texts": timedelta(days=1),
    "people.index_sounds": timedelta(hours=1),
    "reports.forget_again": timedelta(hours=1),
    "reports.forget_rights": timedelta(days=1),
    "studies.forget_rows": timedelta(days=1),
    "studies.publish": timedelta(hours=1),
    "reports.forget_testimonies": timedelta(days=1),
    "survivors.traces": timedelta(minutes=10),
}
MACHINE = {"backup": timedelta(hours=1), "https.renew": timedelta(hours=12)}
FORGETTERS = {"care", "outreach.notes"}


def roomy_fields(found: Iterable[type[models.Model]]) -> set[str]:
    """Name every field that may hold words."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in found
        for field in model._meta.local_concrete_fields
        if isinstance(field, ROOMY)
    }


def listed() -> dict[str, dict[str, str]]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return {row["what"]: row for row in csv.DictReader(file)}


def problems(
    rows: Mapping[str, Mapping[str, str]], fields: Collection[str], clocks: Collection[str]
) -> list[str]:
    """Say what the list lacks, or promises without a clock."""
    lines = [f"{name}: say in kept.csv which clock erases it" for name in set(fields) - set(rows)]
    for name, row in rows.items():
        if bool(row["clock"]) == bool(row["why"]):
            lines.append(f"{name}: either a clock, or why it stays")
        elif row["clock"] and (row["clock"] not in clocks or float(row["after"]) <= 0):
            lines.append(f"{name}: nobody registered the clock {row['clock']}")
    return sorted(lines)


def running() -> set[str]:
    """Every clock by name; what a room forgets with the clock of `people` is named after it."""
    forgets = {f"people.forget_texts > {name}" for name in keeping._erasers}
    return {item.name for item in schedule._recurring} | forgets


def test_every_field_that_may_hold_words_has_its_clock_or_a_reason() -> None:
    outside = [model for model in apps.get_models() if model._meta.app_label not in BY_THE_MONTH]
    assert problems(listed(), roomy_fields(outside), running()) == []


def test_what_carries_its_month_is_erased_by_a_clock() -> None:
    there = {room for room in BY_THE_MONTH if apps.is_installed(f"tequio.{room}")}
    assert {BY_THE_MONTH[room] for room in there} <= running()


def test_the_clocks_run_as_often_as_was_said() -> None:
    runs = {item.name: item.every for item in schedule._recurring}
    assert {name: runs.get(name) for name in CLOCKS} == CLOCKS
    assert set(keeping._erasers) >= FORGETTERS


def test_an_installation_also_backs_up_and_renews(
    monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    monkeypatch.setattr(schedule, "_recurring", [])
    by_the_clock.register()
    assert schedule._recurring == []
    settings.MODE = "production"  # type: ignore[attr-defined]
    by_the_clock.register()
    assert {item.name: item.every for item in schedule._recurring} == MACHINE


@isolate_apps("tequio.people")
def test_a_field_without_a_clock_and_a_clock_that_nobody_registered_are_found() -> None:
    class Diary(models.Model):
        words = models.TextField()
        day = models.DateField()

        class Meta:
            app_label = "people"

    fields = roomy_fields([Diary])
    assert fields == {"people.Diary.words"}
    assert problems({}, fields, ()) == ["people.Diary.words: say in kept.csv which clock erases it"]
    row = {"clock": "people.forget_diaries", "after": "90", "why": ""}
    assert problems({"people.Diary.words": row}, fields, running()) == [
        "people.Diary.words: nobody registered the clock people.forget_diaries"
    ]
