"""A hundred times PostgreSQL is killed or drops its lines while taps come in over HTTP."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from tests.deep import pg_evening

pytestmark = pytest.mark.deep

SHARE = float(os.environ.get("TEQUIO_PROOF_SHARE", "1"))
CYCLES, SEED = max(5, round(100 * SHARE)), 20261121


def test_nothing_acknowledged_is_lost_with_the_server(tmp_path: Path, proofs: Path) -> None:
    began = time.monotonic()
    seen = pg_evening.run(tmp_path, CYCLES, SEED)
    if SHARE == 1:
        (proofs / "postgres-killed.md").write_text(
            "# PostgreSQL killed, and its lines dropped\n\n"
            f"{CYCLES} times, while {pg_evening.TELEPHONES} telephones tapped over HTTP; seed "
            f"{SEED}; {time.monotonic() - began:.0f} s.\n\n"
            + "".join(f"- {name}: {n} times\n" for name, n in sorted(seen.cycles.items()))
            + f"- acknowledged taps: {seen.acknowledged:,}; lost: {seen.lost}; men marked twice "
            f"in one session: {seen.doubled}\n"
            f"- answers: {', '.join(f'{k}: {n:,}' for k, n in sorted(seen.answers.items()))} "
            "(503 says that the database does not answer)\n"
            f"- other answers: {seen.odd}\n"
            f"- longest from the fault to ten more taps kept: {seen.slowest:.1f} s\n\n"
            "The control, a server that answers before it has written (synchronous_commit off), "
            "has to lose, and does (the second test of the file).\n\n"
            "The server writes through (fsync on). Killing processes is not a power cut: what "
            "the system had not yet written stays in its memory.\n\n"
            "Repeat: `./tequio test --deep -k postgres_killed`.\n",
            encoding="utf-8",
        )
    assert (seen.lost, seen.doubled, seen.odd) == (0, 0, {})
    assert seen.cycles.total() == CYCLES


def test_a_server_that_answers_before_it_writes_is_found_out(tmp_path: Path) -> None:
    """The control: without it, nothing lost would prove nothing."""
    hasty = "-c synchronous_commit=off -c wal_writer_delay=10s"
    assert pg_evening.run(tmp_path, 6, SEED, options=hasty, kills=1).lost > 0
