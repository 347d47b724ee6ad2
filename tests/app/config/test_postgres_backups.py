"""A back-up of PostgreSQL carries what lasts, and leaves behind what goes within the hour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from tequio.config.backups import snapshot

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def line_to(settings: dict[str, Any], name: str) -> psycopg.Connection[Any]:
    return psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname=name,
        autocommit=True,
    )


@pytest.fixture
def house() -> Iterator[dict[str, Any]]:
    """A database of its own: a copy sees only what has been committed."""
    settings = connection.settings_dict | {"NAME": f"{connection.settings_dict['NAME']}_copied"}
    name = f'"{settings["NAME"]}"'
    with line_to(settings, "postgres") as server:
        server.execute(f"CREATE DATABASE {name}")
        yield settings
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_who_opened_which_case_when_is_in_no_back_up(house: dict[str, Any], tmp_path: Path) -> None:
    with line_to(house, house["NAME"]) as line:
        for table in (*snapshot.PASSING, "survivors_case"):
            line.execute(f"CREATE TABLE {table} (said text)")
            line.execute(f"INSERT INTO {table} VALUES ('at noon')")
    snapshot.take(house, tmp_path / "copy")
    snapshot.put_back(house, tmp_path / "copy")
    with line_to(house, house["NAME"]) as line:
        rows = {
            table: line.execute(f"SELECT said FROM {table}").fetchall()
            for table in (*snapshot.PASSING, "survivors_case")
        }
    assert rows == {table: [] for table in snapshot.PASSING} | {"survivors_case": [("at noon",)]}
