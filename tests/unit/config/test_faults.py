"""The doctor names every fault that can be seeded, and nothing on a sound machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tequio.config.doctor.faults import find
from tequio.config.doctor.machine import Machine

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
SOUND = Machine(now=NOW, newest_record=NOW - timedelta(hours=1), administrators={"casa": 2})


def test_a_sound_machine_has_no_fault() -> None:
    assert find(SOUND) == []


REFUSING: list[tuple[str, dict[str, Any]]] = [
    ("debug", {"debug": True}),
    ("debug", {"mode": "development"}),
    ("admin", {"admin_mounted": True}),
    ("not_set_up", {"way": None}),
    ("any_host", {"hosts": ("*",)}),
    ("plain_http", {"hosts": ("localhost", "10.0.0.5")}),
    ("certificate_over", {"certificate_days": -1}),
    ("damaged", {"integrity": "row 3 missing from index"}),
    ("behind", {"pending_migrations": 2}),
    ("half_upgraded", {"interrupted_upgrade": True}),
    ("wal_reset", {"sqlite_version": (3, 51, 2)}),
    ("wal_reset", {"sqlite_version": (3, 40, 1)}),
    ("not_durable", {"synchronous": 1}),
    ("permissions", {"open_to_others": ("keys",)}),
    ("missing_key", {"missing_keys": ("casa",)}),
    ("disk_full", {"free_bytes": 10**8}),
    ("clock", {"now": datetime(2020, 1, 1, tzinfo=UTC)}),
    ("clock", {"newest_record": NOW + timedelta(hours=1)}),
]
WARNING: list[tuple[str, dict[str, Any]]] = [
    ("root", {"runs_as_root": True}),
    ("certificate_soon", {"certificate_days": 29}),
    ("kit_old", {"keys_outside_kit": ("x.key",)}),
    ("disk_low", {"free_bytes": 10 * 10**9}),
    ("disk_low", {"free_bytes": 10**9, "total_bytes": 2 * 10**9}),
    ("disk_open", {"disk_sealed": "no"}),
    ("disk_unknown", {"disk_sealed": "unknown"}),
    ("swap", {"swap": ("/dev/sda2",)}),
    ("clock_ahead", {"newest_record": NOW - timedelta(days=400)}),
    ("no_backup_folder", {"backup_folder": ""}),
    ("backup_old", {"backup_days": 8}),
    ("backup_old", {"backup_days": None}),
    ("same_disk", {"backup_on_same_disk": True}),
    ("keys_beside", {"keys_beside_backup": True}),
    ("one_administrator", {"administrators": {"casa": 1}}),
]


@pytest.mark.parametrize(("name", "seeded"), REFUSING)
def test_a_fault_that_loses_or_shows_data_keeps_the_site_closed(
    name: str, seeded: dict[str, Any]
) -> None:
    found = find(replace(SOUND, **seeded))
    assert [(fault.name, fault.refuses) for fault in found] == [(name, True)]


@pytest.mark.parametrize(("name", "seeded"), WARNING)
def test_a_fault_that_can_wait_is_told(name: str, seeded: dict[str, Any]) -> None:
    found = find(replace(SOUND, **seeded))
    assert [(fault.name, fault.refuses) for fault in found] == [(name, False)]


@pytest.mark.parametrize(
    "harmless",
    [
        {"sqlite_version": (3, 40, 1), "journal": "truncate"},  # slower, and sound
        {"engine": "postgresql", "sqlite_version": (3, 40, 1)},
        {"hosts": ("tequio.local",), "plain_http": False, "way": "house", "certificate_days": 300},
        {"backup_days": 7},
        {"mode": "demo", "way": None, "backup_folder": ""},
    ],
)
def test_what_is_no_fault_is_not_told(harmless: dict[str, Any]) -> None:
    assert find(replace(SOUND, **harmless)) == []


def test_what_refuses_comes_first_and_says_what_to_do() -> None:
    found = find(replace(SOUND, swap=("/dev/sda2",), debug=True))
    assert [fault.name for fault in found] == ["debug", "swap"]
    assert all(fault.what.endswith(".") and fault.do for fault in found)
