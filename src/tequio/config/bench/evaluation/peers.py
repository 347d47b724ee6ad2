"""The same data in statsmodels, and in R where it is installed."""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tequio.config.bench.evaluation.data import Leaving, Programme
from tequio.config.bench.evaluation.ours import DRAWS, SEED, Timed, timed

SCRIPT = Path(__file__).with_name("peers.R")


def in_r(folder: Path) -> dict[str, Timed]:
    """Run the script of R over the files in `folder`; nothing where R is not installed."""
    program = shutil.which("Rscript")
    if program is None:
        return {}
    shown = subprocess.run(
        [program, "--vanilla", str(SCRIPT), str(folder)],
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ).stdout
    lines = [json.loads(line) for line in shown.splitlines() if line.startswith("{")]
    return {line["name"]: Timed(line["value"], line["seconds"]) for line in lines}


def _statsmodels() -> Any:
    # By name: it is installed for development only, and this file is imported with the commands.
    return importlib.import_module("statsmodels.api")


def _quietly(work: Callable[[], float], runs: int = 3) -> Timed:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return timed(work, runs)


def hazard(men: Leaving) -> Timed:
    """PHReg with Efron's ties."""
    sm = _statsmodels()

    def fit() -> float:
        model = sm.PHReg(men.time, men.x, status=men.event, ties="efron")
        return float(model.fit().params[0])

    return _quietly(fit)


def estimating_equations(study: Programme) -> Timed:
    """GEE with an exchangeable correlation."""
    sm = _statsmodels()
    design = np.column_stack((np.ones(study.y.size), study.treated, study.wave))

    def fit() -> float:
        model = sm.GEE(
            study.violent,
            design,
            groups=study.man,
            family=sm.families.Binomial(),
            cov_struct=sm.cov_struct.Exchangeable(),
        )
        return float(model.fit().params[1])

    return _quietly(fit)


def bootstrap(study: Programme, draws: int = 200) -> Timed:
    """One least-squares fit with a clustered error per draw; scaled to all draws."""
    sm = _statsmodels()
    design = np.column_stack((np.ones(study.y.size), study.treated))
    rng = np.random.default_rng(SEED)
    groups, member = np.unique(study.group, return_inverse=True)
    how = {"cov_type": "cluster", "cov_kwds": {"groups": member}}
    seen = float(sm.OLS(study.y, design).fit(**how).tvalues[1])
    middle = study.y.mean()
    rest = study.y - middle

    def fit() -> float:
        far = 0
        for _ in range(draws):
            signs = rng.choice((-1.0, 1.0), groups.size)[member]
            found = sm.OLS(middle + rest * signs, design).fit(**how)
            far += abs(float(found.tvalues[1])) >= abs(seen)
        return (far + 1) / (draws + 1)

    one = _quietly(fit, runs=1)
    return Timed(one.value, one.seconds / draws * DRAWS)
