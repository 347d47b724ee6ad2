"""Times every case, checks that the answers agree, and writes the table."""

from __future__ import annotations

from tequio.config import one_thread  # isort: skip  # noqa: F401 - before numpy is imported

import argparse
import math
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from tequio.config import environment, say
from tequio.config.bench.evaluation import data, ours, peers
from tequio.config.bench.evaluation.ours import Timed
from tequio.config.bench.tables import keep

SAME: Final = 1e-4
CHANCE: Final = 0.06
"""How far two answers may lie apart that both hang on draws (p values, pooled imputations)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `tolerance` is None where the other answer is not comparable."""

    case: str
    mine: Timed
    peer: str = ""
    theirs: Timed | None = None
    aim: str = ""
    tolerance: float | None = SAME

    @property
    def agrees(self) -> bool:
        """Tell whether both answers are the same number."""
        if self.theirs is None or self.tolerance is None:
            return True
        return math.isclose(
            self.mine.value, self.theirs.value, rel_tol=self.tolerance, abs_tol=self.tolerance
        )


def run(argv: Sequence[str]) -> int:
    """Measure everything in one run and print the table; `--write` keeps it in the docs."""
    parser = argparse.ArgumentParser(prog="./tequio bench evaluation")
    parser.add_argument("--write", action="store_true", help="guarda la tabla en docs")
    chosen = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="tequio-bench-") as folder:
        rows = [*_cases(Path(folder)), _whole(Path(folder))]
    text = _table(rows)
    say.line(text)
    if chosen.write:
        keep("evaluation", text)
    wrong = [row.case for row in rows if not row.agrees]
    if wrong:
        say.line(f"No coinciden: {', '.join(wrong)}")
    return 1 if wrong else 0


def _cases(folder: Path) -> list[Row]:
    small, large = data.trial(200, 5, 1), data.trial(1000, 10, 2)
    crowd = data.trial(100_000, 10, 3)
    study = data.programme(1257, 5, 96, 8, 4)
    men, gaps = data.leaving(20_000, 6), data.trial(1257, 5, 7)
    _write(folder, small, men, gaps, study)
    say.line("R y statsmodels…")
    r = peers.in_r(folder)
    lottery = r.get("lm_lottery_200")
    scaled = None if lottery is None else Timed(lottery.value, lottery.seconds / 200 * ours.DRAWS)
    twenty = ours.imputations(gaps, 20)
    say.line("evidencia…")
    return [
        Row(
            "MMRM unstructured, 200 × 5",
            ours.repeated_measures(small, "satterthwaite"),
            "R nlme::gls",
            r.get("gls_trial_small"),
            "≥ 10 times faster",
        ),
        Row(
            "MMRM unstructured, 1,000 × 10",
            ours.repeated_measures(large, "satterthwaite"),
            aim="0.3 s",
        ),
        Row(
            "the same with Kenward–Roger",
            ours.repeated_measures(large, "kenward_roger"),
            aim="1 s",
        ),
        Row(
            "the same, 100,000 × 10",
            ours.repeated_measures(crowd, "kenward_roger"),
        ),
        Row(
            "men in groups in sites, 1,257 × 5",
            ours.nested(study),
            "R lme4::lmer",
            r.get("lmer"),
            "≤ 2 times its time",
        ),
        Row(
            "Cox, Efron, 20,000 men",
            ours.hazard(men),
            "R survival::coxph",
            r.get("coxph"),
            "≤ 2 times its time",
        ),
        Row(
            "Cox, Efron, 20,000 men",
            ours.hazard(men),
            "statsmodels PHReg",
            peers.hazard(men),
        ),
        Row(
            "GEE, binary, 1,257 × 5", ours.estimating_equations(study), "R geepack", r.get("geeglm")
        ),
        Row(
            "GEE, binary, 1,257 × 5",
            ours.estimating_equations(study),
            "statsmodels GEE",
            peers.estimating_equations(study),
        ),
        Row("CR2, 96 groups", ours.few_clusters(study), "R clubSandwich", r.get("clubSandwich")),
        Row(
            "wild bootstrap, 9,999 draws",
            ours.bootstrap(study),
            "statsmodels, a fit per draw (200, scaled)",
            peers.bootstrap(study),
            "≥ 20 times faster",
            CHANCE,
        ),
        Row(
            "lottery of groups, 9,999 draws",
            ours.lottery(study),
            "R lm, a fit per draw (200, scaled)",
            scaled,
            "≥ 20 times faster",
            CHANCE,
        ),
        Row(
            "20 imputations, chained, 1,257 × 5",
            twenty,
            "R mice",
            r.get("mice_20"),
            "≥ 10 times faster",
            CHANCE,
        ),
    ]


def _write(
    folder: Path,
    small: data.Trial,
    men: data.Leaving,
    gaps: data.Trial,
    study: data.Programme,
) -> None:
    people, visits = small.y.shape
    data.write(
        folder,
        "trial_small",
        person=np.repeat(np.arange(people), visits),
        visit=np.tile(np.arange(visits), people),
        arm=np.repeat(small.arm, visits),
        baseline=np.repeat(small.baseline, visits),
        y=small.y.reshape(-1),
    )
    data.write(
        folder,
        "programme",
        y=study.y,
        treated=study.treated,
        wave=study.wave,
        man=study.man,
        group=study.group,
        site=study.site,
        violent=study.violent,
    )
    x = {f"x{j + 1}": men.x[:, j] for j in range(men.x.shape[1])}
    data.write(folder, "leaving", time=men.time, event=men.event, **x)
    waves = {f"y{t}": gaps.y[:, t] for t in range(gaps.y.shape[1])}
    data.write(folder, "wide", arm=gaps.arm, baseline=gaps.baseline, **waves)


def _whole(folder: Path) -> Row:
    """Time `./tequio evaluate` as a person starts it: imports, page and PDF included."""
    trial = data.trial(1257, 4, 8)
    waves = {f"score_T{t + 1}": trial.y[:, t] for t in range(4)}
    group = np.arange(1257) // 2 % 60 * 2 + trial.arm
    data.write(
        folder,
        "whole",
        man=np.arange(1257),
        arm=np.where(trial.arm == 1, "circle", "waiting"),
        group=group,
        score_T0=trial.baseline,
        **waves,
    )
    plan = folder / "PLAN.toml"
    plan.write_text(_PLAN, encoding="utf-8")
    began = time.perf_counter()
    words = [str(folder / "whole.csv"), "--plan", str(plan), "--out", str(folder / "out")]
    subprocess.run(
        [sys.executable, "-m", "tequio", "evaluate", *words],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=environment.ROOT,
        env={**os.environ, "PYTHONPATH": str(environment.ROOT / "src")},
    )
    spent = time.perf_counter() - began
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    case = f"whole evaluation, imports, page and PDF ({megabytes:,.0f} MB at most)"
    return Row(case, Timed(math.nan, spent), aim="10 s, 500 MB", tolerance=None)


def _table(rows: Sequence[Row]) -> str:
    lines = [
        f"`./tequio bench evaluation`, one run, one thread; {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, numpy {np.__version__}. Shortest of three runs (R: one "
        "where it takes long).",
        "",
        "| case | evidencia | beside it | its time | times faster | same answer | aim |",
        "|---|--:|---|--:|--:|---|---|",
    ]
    for row in rows:
        theirs = row.theirs
        faster = "" if theirs is None else f"{theirs.seconds / row.mine.seconds:,.1f}"
        same = "" if theirs is None else ("within chance" if row.tolerance == CHANCE else "1e-4")
        if not row.agrees:
            same = f"NO: {row.mine.value:.6g} / {theirs.value if theirs else math.nan:.6g}"
        peer = row.peer if theirs is not None or not row.peer else f"{row.peer} (not installed)"
        spent = "" if theirs is None else _seconds(theirs.seconds)
        lines.append(
            f"| {row.case} | {_seconds(row.mine.seconds)} | {peer} | {spent} | {faster} "
            f"| {same} | {row.aim} |"
        )
    return "\n".join(lines) + "\n"


def _seconds(value: float) -> str:
    return f"{value * 1000:,.0f} ms" if value < 1 else f"{value:,.1f} s"


_PLAN: Final = """
[study]
title = "Timing"
question = "Does it take less than ten seconds?"
design = "cluster_parallel"
language = "es"

[data]
unit = "man"
waves = ["T0", "T1", "T2", "T3", "T4"]
arm = "arm"
control = "waiting"
cluster = "group"

[[outcome]]
name = "score"
label = "Score"
kind = "continuous"
primary = true

[missing]
imputations = 100
deltas = [-0.5, -0.4, -0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5]
seed = 1

[inference]
permutations = 9999
"""
