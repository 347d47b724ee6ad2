"""Moments hang on sessions, on the end and on leaving; who left stays due by the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tequio.core.datafiles import BadDataFile
from tequio.instruments.definitions import waves
from tequio.instruments.rules.waves import Standing, Way, her_days, moments

PLAN = waves.by_model()["guia-simetria"]
START = date(2026, 1, 5)


def weeks(n: int) -> date:
    return START + timedelta(weeks=n)


def way(*, sessions: int = 12, left: date | None = None) -> Way:
    return Way([weeks(n) for n in range(sessions)], planned=12, every_days=7, left_on=left)


def days(of: Way) -> dict[str, date]:
    return {one.label: one.anchored_on for one in moments(PLAN, of)}


def test_twelve_weekly_sessions_give_the_five_moments_and_maintenance() -> None:
    assert days(way()) == {
        "T0": weeks(0),
        "T1": weeks(2),
        "T2": weeks(5),
        "T3": weeks(11),
        "T4": weeks(11) + timedelta(days=182),
        "M1": weeks(11) + timedelta(days=365),
        "M2": weeks(11) + timedelta(days=730),
        "M3": weeks(11) + timedelta(days=1095),
    }


def test_who_left_after_three_sessions_is_due_on_the_same_days_and_once_more() -> None:
    stayed, left = days(way()), days(way(left=weeks(3)))
    assert {label: left[label] for label in stayed} == stayed
    assert left["S"] == weeks(3)
    after = {one.label for one in moments(PLAN, way(left=weeks(3))) if one.after_leaving}
    assert {"T2", "T3", "T4"} <= after and not after & {"T0", "T1"}


def test_who_ends_with_his_group_has_not_left_early() -> None:
    assert "S" not in days(way(left=weeks(11)))


def test_sessions_that_nobody_planned_yet_are_counted_on() -> None:
    assert days(way(sessions=4))["T3"] == weeks(11)


def test_without_any_day_nothing_is_due_and_nothing_is_made_up() -> None:
    assert moments(PLAN, Way([None, None], planned=12, every_days=7)) == ()


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (weeks(0) - timedelta(days=22), Standing.COMING),
        (weeks(0) - timedelta(days=21), Standing.OPEN),
        (weeks(0) + timedelta(days=13), Standing.OPEN),
        (weeks(0) + timedelta(days=14), Standing.PAST),
    ],
)
def test_a_window_opens_and_closes_on_its_days(on: date, standing: Standing) -> None:
    assert moments(PLAN, way())[0].standing(on) == standing


def test_hers_hang_on_her_own_consent() -> None:
    found = {wave: (opens, closes) for wave, opens, closes in her_days(PLAN, date(2026, 3, 1))}
    assert found["T0"] == (date(2026, 3, 1), date(2026, 3, 14))
    assert found["T3"][0] == date(2026, 3, 1) + timedelta(days=91)
    assert "S" not in found


def test_a_plan_never_asks_a_man_what_is_hers(tmp_path: Path) -> None:
    path = tmp_path / "t0-t4" / "1.toml"
    path.parent.mkdir()
    text = (waves.FOLDER / "t0-t4" / "1.toml").read_text(encoding="utf-8")
    path.write_text(text.replace('his = ["conductas-el", "resp', 'his = ["evis", "resp'), "utf-8")
    with pytest.raises(BadDataFile, match="evis"):
        waves.read(path)
    path.write_text(text.replace('his = ["conductas-el",', 'his = ["conductas-ella",'), "utf-8")
    with pytest.raises(BadDataFile, match="conductas-ella"):
        waves.read(path)
