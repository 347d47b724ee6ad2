"""An upgrade that fails or is cut short leaves the data as they were."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from pathlib import Path
from typing import Never

import pytest

from tequio.config import databases, holding, installation
from tequio.config.upgrading import MARKER, Upgrade
from tequio.core.errors import DomainError


@pytest.fixture
def data(tmp_path: Path) -> Path:
    installation.write(tmp_path, installation.Installation())
    execute(tmp_path, "PRAGMA journal_mode=WAL", "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")
    return tmp_path


def execute(folder: Path, *statements: str) -> None:
    database = sqlite3.connect(folder / "tequio.sqlite3", isolation_level=None)
    for statement in statements:
        database.execute(statement)
    database.close()


def rows(folder: Path) -> list[tuple[int, ...]]:
    database = sqlite3.connect(folder / "tequio.sqlite3")
    try:
        return database.execute("SELECT * FROM t").fetchall()
    finally:
        database.close()


def fail() -> Never:
    raise RuntimeError("a migration that fails")


def upgrade(data: Path, *, migrate: object = None, check: object = None) -> Upgrade:
    def widen() -> None:
        execute(data, "ALTER TABLE t ADD COLUMN b", "UPDATE t SET b = 2")

    return Upgrade(
        data,
        databases.sqlite(data / "tequio.sqlite3"),
        migrate or widen,  # type: ignore[arg-type]
        check or (lambda: None),  # type: ignore[arg-type]
    )


def left_over(data: Path) -> set[str]:
    return {path.name for path in data.iterdir()} - {"tequio.sqlite3", "installation.json"}


def test_what_goes_well_leaves_no_copy(data: Path) -> None:
    upgrade(data).run()
    assert rows(data) == [(1, 2)]
    assert left_over(data) == set()


def test_a_check_that_fails_takes_everything_back(data: Path) -> None:
    with pytest.raises(RuntimeError):
        upgrade(data, check=fail).run()
    assert rows(data) == [(1,)]
    assert left_over(data) == set()


def test_a_migration_that_fails_takes_everything_back(data: Path) -> None:
    def half() -> Never:
        execute(data, "ALTER TABLE t ADD COLUMN b", "DELETE FROM t")
        raise RuntimeError("half done")

    with pytest.raises(RuntimeError):
        upgrade(data, migrate=half).run()
    assert rows(data) == [(1,)]


def test_after_a_power_cut_the_next_start_goes_back_first(data: Path) -> None:
    def killed() -> None:
        def half() -> None:
            execute(data, "ALTER TABLE t ADD COLUMN b", "DELETE FROM t")
            os.kill(os.getpid(), signal.SIGKILL)

        upgrade(data, migrate=half).run()

    child = multiprocessing.get_context("fork").Process(target=killed)
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    assert (data / MARKER).exists()
    assert rows(data) == []

    assert upgrade(data).recover() is True
    assert rows(data) == [(1,)]
    assert left_over(data) == set()
    assert upgrade(data).recover() is False
    upgrade(data).run()
    assert rows(data) == [(1, 2)]


def test_a_lost_copy_is_told_and_nothing_is_touched(data: Path) -> None:
    (data / MARKER).write_text("{}")
    with pytest.raises(DomainError, match="su copia no está"):
        upgrade(data).recover()
    assert rows(data) == [(1,)]


def test_two_do_not_hold_the_same_data(data: Path) -> None:
    with holding.alone(data), pytest.raises(DomainError, match="está abierto"), holding.alone(data):
        pass
    with holding.alone(data):
        pass
