"""`./tequio bench web`: taps and pages beside a bare Django view and a raw durable insert."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pysqlite3

from tequio.config import environment, say, serving
from tequio.config.bench.tables import keep

# Sixteen telephones at once; and, for pages, also four people who press without ever reading.
CONNECTIONS: Final = 16
AN_OFFICE: Final = 4
PORT: Final = 8731
_LUA: Final = Path(__file__).with_name("load.lua")


@dataclass(frozen=True, slots=True)
class Measured:
    """One row of the table. Rates per second, times in milliseconds."""

    name: str
    rate: float
    p50: float | None = None
    p95: float | None = None
    wrong: int = 0
    connections: int = 1


def run(argv: Sequence[str]) -> int:
    """Measure everything in one run and print the table; `--write` keeps it in the docs."""
    parser = argparse.ArgumentParser(prog="./tequio bench web")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="guarda la tabla en docs")
    chosen = parser.parse_args(argv)
    if shutil.which("wrk") is None:
        say.line("Falta wrk, el programa que hace las peticiones: apt-get install wrk")
        return 1
    with tempfile.TemporaryDirectory(prefix="tequio-bench-") as folder:
        rows = _measure(Path(folder), chosen.seconds)
    text = table(rows, chosen.seconds)
    say.line(text)
    if chosen.write:
        keep("web", text)
    return 1 if any(row.wrong for row in rows) else 0


def _measure(folder: Path, seconds: int) -> list[Measured]:
    env = {
        **os.environ,
        "TEQUIO_MODE": "demo",
        "TEQUIO_DATA": str(folder),
        "TEQUIO_DATABASE": "",
    }
    _tequio(env, "demo-fill", "--men", "600")
    evening = json.loads(_tequio(env, "bench-session").splitlines()[-1])
    rows = [raw_insert(folder / "raw.sqlite3", seconds)]
    with server({**env, "DJANGO_SETTINGS_MODULE": "tequio.config.bench.settings"}):
        rows.append(_load("Vista de Django vacía", ["/"], evening, seconds))
    with server(env):
        taps = evening["taps"]
        rows.append(_load("Toque de asistencia", taps, evening, seconds, post=True))
        for at_once in (AN_OFFICE, CONNECTIONS):
            for name, path in evening["pages"].items():
                rows.append(_load(f"Página: {name}", [path], evening, seconds, at_once=at_once))
    return rows


def raw_insert(path: Path, seconds: int) -> Measured:
    """Insert one row per transaction with synchronous=FULL, on one connection."""
    database = pysqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE mark (id TEXT PRIMARY KEY, status TEXT)")
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO mark VALUES (?, ?)", (f"{done:036d}", "present"))
        database.execute("COMMIT")
        done += 1
    database.close()
    return Measured("Inserción durable sola (SQLite, FULL)", done / (time.perf_counter() - began))


def _load(
    name: str,
    paths: Sequence[str],
    evening: Mapping[str, Any],
    seconds: int,
    *,
    post: bool = False,
    at_once: int = CONNECTIONS,
) -> Measured:
    env = {
        **os.environ,
        "BENCH_PATHS": " ".join(paths),
        "BENCH_POST": "1" if post else "0",
        "BENCH_COOKIE": str(evening["cookie"]),
        "BENCH_TOKEN": str(evening["token"]),
    }
    command = ["wrk", "-t1", f"-c{at_once}", "-s", str(_LUA)]
    address = f"http://{serving.LOOPBACK}:{PORT}"
    # One second first: the first drawing of a chart and the template cache are not what we time.
    subprocess.run([*command, "-d1s", address], env=env, check=True, capture_output=True)
    output = subprocess.run(
        [*command, f"-d{seconds}s", address], env=env, check=True, capture_output=True, text=True
    ).stdout
    found = json.loads(output[output.index("JSON ") + 5 :].splitlines()[0])
    rate = found["requests"] / found["seconds"]
    wrong = found["not_200"] + found["failed"]
    say.line(f"{name} ({at_once}): {rate:,.0f}/s, p95 {found['p95']:.1f} ms, {wrong} mal")
    return Measured(name, rate, found["p50"], found["p95"], wrong, at_once)


@contextlib.contextmanager
def server(env: Mapping[str, str]) -> Iterator[None]:
    """Serve from this environment until the block ends."""
    process = subprocess.Popen(
        serving.web_command(serving.Site(PORT)), cwd=environment.ROOT / "src", env=dict(env)
    )
    try:
        deadline = time.monotonic() + 20
        while serving.free(PORT) and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(1.5)
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


def _tequio(env: Mapping[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tequio", *words],
        env=dict(env),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def table(rows: Sequence[Measured], seconds: int) -> str:
    """Return the table as Markdown, with ratios to the two limits measured in the same run."""
    raw, bare = rows[0].rate, rows[1].rate
    lines = [
        f"`./tequio bench web`, {seconds} s each, 600 men; "
        f"{os.cpu_count()} cores shared with the load generator, Python "
        f"{platform.python_version()}, SQLite {pysqlite3.sqlite_version} "
        "(WAL, synchronous=FULL), 2 workers.",
        "",
        "| what | connections | per second | p50 ms | p95 ms "
        "| to bare view | to raw insert | not 200 |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        p50 = "" if row.p50 is None else f"{row.p50:.1f}"
        p95 = "" if row.p95 is None else f"{row.p95:.1f}"
        lines.append(
            f"| {row.name} | {row.connections} | {row.rate:,.0f} | {p50} | {p95} "
            f"| {row.rate / bare:.2f} | {row.rate / raw:.2f} | {row.wrong} |"
        )
    return "\n".join(lines) + "\n"
