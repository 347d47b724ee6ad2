"""`./tequio bench studies`: a whole run for the 1,257 men of 2010, step by step."""

from __future__ import annotations

from tequio.config import one_thread  # isort: skip  # noqa: F401 - before numpy is imported

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from evidencia import report
from evidencia.analysis import evaluate
from evidencia.findings import find
from evidencia.frames import read_frame
from evidencia.plans import read_plan
from evidencia.results import as_json
from evidencia.simulate import Design, Outcome, couple, simulate
from evidencia.simulate.designs import Attrition
from evidencia.simulate.programme import TYPES, draw_programme, model
from evidencia.simulate.programme.files import as_csv
from evidencia.simulate.programme.planned import plan_for
from evidencia.simulate.programme.tables import tables
from tequio.config import say
from tequio.config.bench.tables import keep

MEN: Final = 1257
AIM: Final = 15.0
SEED: Final = 2010
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a run and its seconds."""

    study: str
    step: str
    seconds: float


def run(argv: Sequence[str]) -> int:
    """Measure both studies once and print the table; `--write` keeps it in the docs."""
    parser = argparse.ArgumentParser(prog="./tequio bench studies")
    parser.add_argument("--write", action="store_true", help="guarda la tabla en docs")
    chosen = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="tequio-bench-") as folder:
        steps = [*_single(Path(folder)), *_lottery(Path(folder))]
    text = _table(steps)
    say.line(text)
    if chosen.write:
        keep("studies", text)
    return 0


def _single(folder: Path) -> Iterator[Step]:
    """The men of 2010 without a comparison: five types of violence, told by both."""
    programme = draw_programme(model("insp-2010"), scenario="null", men=MEN, seed=SEED)
    data = folder / "answers.csv"
    data.write_bytes(as_csv(tables(programme)["answers"]))
    study = f"no comparison: {len(TYPES)} types of violence, yes or no"
    yield from _whole(study, data, plan_for(programme, "es").encode(), folder / "single")


def _lottery(folder: Path) -> Iterator[Step]:
    """As many men in a waiting list by lottery: one score, every check with its whole draws."""
    man, partner = (replace(one, noise=0.4) for one in couple())
    study = simulate(
        Design("waitlist", MEN, delay=4, group_size=12, sites=8),
        [Outcome("score", effect=-0.2, trend=-0.1, icc=0.05)],
        informants=(man, partner),
        attrition=Attrition("mar", 0.33),
        seed=SEED,
    )
    data = folder / "waiting.csv"
    study.write_csv(data)
    name = "waiting list by lottery: one score, 100 imputations, 9,999 draws"
    yield from _whole(name, data, _PLAN.encode(), folder / "lottery")


def _whole(study: str, data: Path, text: bytes, out: Path) -> Iterator[Step]:
    out.mkdir()
    plan = read_plan(text)
    frame, spent = _timed(lambda: read_frame(data, plan))
    yield Step(study, f"reading {frame.n_rows:,} answers", spent)
    result, spent = _timed(lambda: evaluate(plan, frame))
    yield Step(study, f"evaluation ({len(result.estimates)} numbers)", spent)
    told, spent = _timed(lambda: replace(result, findings=find(result)))
    yield Step(study, "findings in words", spent)
    _text, spent = _timed(lambda: as_json(told))
    yield Step(study, "result.json", spent)
    _done, spent = _timed(lambda: report.write(told, out, "es", lambda _note: None))
    yield Step(study, "page and PDF", spent)


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    done = work()
    return done, time.perf_counter() - began


def _table(steps: Sequence[Step]) -> str:
    lines = [
        f"`./tequio bench studies`, one run, one thread; {MEN:,} men, T0 to T4, he and she; "
        f"{os.cpu_count()} cores, Python {platform.python_version()}, numpy {np.__version__}.",
        "",
        "| study | step | time | aim |",
        "|---|---|--:|--:|",
    ]
    for study in dict.fromkeys(step.study for step in steps):
        own = [step for step in steps if step.study == study]
        lines += [f"| {study} | {step.step} | {step.seconds:.2f} s |  |" for step in own]
        whole = sum(step.seconds for step in own)
        lines.append(f"| {study} | **whole run** | **{whole:.2f} s** | {AIM:g} s |")
    return "\n".join(lines) + "\n"


_PLAN: Final = """
[study]
title = "Waiting list"
question = "How long does it take?"
design = "waitlist"

[data]
unit = "unit"
wave = "wave"
waves = ["T0", "T1", "T2", "T3", "T4"]
arm = "arm"
control = "0"
site = "site"
informant = "informant"

[[outcome]]
name = "score"
label = "Score"
kind = "continuous"
informant = "partner"
primary = true
smallest = 0.2
"""
