"""`./tequio bench forms`: durable answers through HTTP, beside parsing and one bare insert.

Everything runs on databases of its own, which go afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import psycopg

from tequio.config import cluster, environment, say, serving
from tequio.config.bench.forms import survey
from tequio.config.bench.tables import keep
from tequio.config.bench.web import PORT, server

CONNECTIONS: Final = (1, 4, 8, 16)
AIM: Final = 0.25
_LUA: Final = Path(__file__).with_name("load.lua")


@dataclass(frozen=True, slots=True)
class Row:
    """One line: durable answers per second, milliseconds, and what was answered otherwise."""

    database: str
    connections: int
    rate: float
    p50: float
    p95: float
    wrong: int
    bare: float


def run(argv: Sequence[str]) -> int:
    """Measure in processes with databases of their own; `--write` keeps the table in the docs."""
    parser = argparse.ArgumentParser(prog="./tequio bench forms")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="guarda la tabla en docs")
    chosen = parser.parse_args(argv)
    if shutil.which("wrk") is None:
        say.line("Falta wrk, el programa que hace las peticiones: apt-get install wrk")
        return 1
    load = os.getloadavg()[0]
    rows: list[Row] = []
    said: dict[str, Any] = {}
    for name in ("SQLite", "PostgreSQL"):
        with _database(name) as address:
            measured, inside = _measured(name, address, chosen.seconds)
        rows += measured
        said |= inside
    text = table(rows, said, load, chosen.seconds)
    say.line(text)
    if chosen.write:
        keep("forms", text)
    return 1 if any(row.wrong for row in rows) else 0


@contextmanager
def _database(name: str) -> Iterator[str]:
    if name == "SQLite":
        yield ""
        return
    with cluster.running(durable=True) as address:
        server_of_it = address.rpartition("/")[0]
        with psycopg.connect(f"{server_of_it}/postgres", autocommit=True) as line:
            line.execute("CREATE DATABASE tequio")
        yield address


def _measured(name: str, address: str, seconds: int) -> tuple[list[Row], dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="tequio-bench-") as folder:
        env = {
            **os.environ,
            "TEQUIO_MODE": "demo",
            "TEQUIO_DATA": folder,
            "TEQUIO_DATABASE": address,
            "PYTHONPATH": str(environment.ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "tequio.config.bench.forms.settings",
        }
        _tequio(env, "migrate")
        inside = json.loads(_tequio(env, "bench-forms").splitlines()[-1])
        rows, sent = [], 0
        with server(env):
            for connections in CONNECTIONS:
                row, requests = _load(name, inside, connections, seconds)
                rows.append(row)
                sent += requests
        kept = json.loads(_tequio(env, "bench-forms", "count").splitlines()[-1])["kept"]
        # What was under way when the clock ran out may be kept without having been counted.
        if kept < sent:
            raise RuntimeError(f"{sent} answers acknowledged and {kept} kept")
        # Measured before and after, and the better of the two stands: the machine is not ours.
        after = json.loads(_tequio(env, "bench-forms", "bare").splitlines()[-1])["bare"]
        bare = max(inside["bare"], after)
        return [replace(row, bare=bare) for row in rows], inside


def _load(name: str, inside: Mapping[str, Any], connections: int, seconds: int) -> tuple[Row, int]:
    env = {
        **os.environ,
        "BENCH_XML": survey.filled(survey.FIELDS, "NUMBER").decode(),
        "BENCH_PATH": f"/v1/key/{inside['token']}/projects/1/submission",
    }
    command = ["wrk", "-t1", f"-c{connections}", "-s", str(_LUA)]
    site = f"http://{serving.LOOPBACK}:{PORT}"
    found = [
        json.loads(
            subprocess.run(
                [*command, f"-d{length}s", site],
                env=env, check=True, capture_output=True, text=True,
            ).stdout.split("JSON ", 1)[1].splitlines()[0]
        )
        for length in (1, seconds)  # one second first, to warm up
    ]  # fmt: skip
    last = found[1]
    wrong = sum(one["wrong"] + one["failed"] for one in found)
    rate = last["requests"] / last["seconds"]
    say.line(f"{name} ({connections}): {rate:,.0f}/s, p95 {last['p95']:.1f} ms, {wrong} mal")
    row = Row(name, connections, rate, last["p50"], last["p95"], wrong, inside["bare"])
    return row, sum(one["requests"] for one in found)


def _tequio(env: Mapping[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "tequio", *words],
        env=dict(env),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def table(rows: Sequence[Row], said: Mapping[str, Any], load: float, seconds: int) -> str:
    """Return the tables as Markdown, with the ratio to the bare work of the same run."""
    lines = [
        f"`./tequio bench forms`, {seconds} s each, {survey.FIELDS} fields; {os.cpu_count()} cores "
        f"shared with the load generator, Python {platform.python_version()}, SQLite (WAL, "
        "synchronous=FULL), PostgreSQL (fsync, synchronous_commit), 2 workers. Load of the "
        f"machine when it began: {load:.1f}.",
        "",
        "| database | connections | kept per second | p50 ms | p95 ms "
        "| parse + bare insert, per second | ratio | aim | not 201 |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {row.database} | {row.connections} | {row.rate:,.0f} | {row.p50:.1f} | {row.p95:.1f} "
        f"| {row.bare:,.0f} | {row.rate / row.bare:.2f} | {AIM} | {row.wrong} |"
        for row in rows
    ]
    lines += [
        "",
        "| what | time | aim |",
        "|---|--:|--:|",
        f"| CSV of 10,000 sealed answers × 39 | {said['csv']:.2f} s | 1.6 s (another server) |",
        f"| Open a form of 400 questions | {said['open']:.2f} s | 1 s |",
        f"| One step in it, the slowest of 40 | {1000 * said['step']:.0f} ms | 50 ms |",
    ]
    return "\n".join(lines) + "\n"
