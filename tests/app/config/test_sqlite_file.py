"""Two or more writers on one SQLite file: nobody is refused, nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

from tequio.core.sqlite.base import Turn

pytestmark = [pytest.mark.sqlite_file, pytest.mark.django_db(transaction=True)]

WRITERS, TIMES = 4, 40


@pytest.fixture
def counter() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE seeded_counter (value INTEGER NOT NULL)")
        cursor.execute("INSERT INTO seeded_counter VALUES (0)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE seeded_counter")


def read_then_write() -> None:
    try:
        for _ in range(TIMES):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT value FROM seeded_counter")
                value = cursor.fetchone()[0]
                cursor.execute("UPDATE seeded_counter SET value = %s", [value + 1])
    finally:
        connection.close()


def pragma(name: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


def test_the_database_is_a_file_with_a_log_and_full_durability() -> None:
    assert "memory" not in str(connection.settings_dict["NAME"])
    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_writers_that_read_first_wait_for_each_other(counter: None) -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(read_then_write) for _ in range(WRITERS)]:
            done.result()
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM seeded_counter")
        assert cursor.fetchone()[0] == WRITERS * TIMES


def turn_is_free() -> bool:
    probe = Turn(f"{connection.settings_dict['NAME']}-turn")
    began = time.monotonic()
    probe.take(0.05)
    waited = time.monotonic() - began
    probe.close()
    return waited < 0.05


def test_a_transaction_holds_the_turn_and_gives_it_back_when_it_ends_well(counter: None) -> None:
    with transaction.atomic():
        assert not turn_is_free()
    assert turn_is_free()


def test_a_transaction_that_fails_gives_the_turn_back(counter: None) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _ = 1 / 0
    assert turn_is_free()


def test_a_connection_that_is_closed_halfway_gives_the_turn_back(counter: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.close()
        connection.cursor().execute("SELECT 1")
    assert turn_is_free()
