"""Small studies with a known answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from evidencia.analysis import evaluate
from evidencia.frames import read_frame
from evidencia.plans import read_plan
from evidencia.results import Result


@dataclass(frozen=True)
class Study:
    """Rows and the text of a plan."""

    rows: pl.DataFrame
    plan: str

    def result(self) -> Result:
        plan = read_plan(self.plan.encode())
        return evaluate(plan, read_frame(self.rows, plan))

    def with_plan(self, old: str, new: str) -> Study:
        assert old in self.plan
        return Study(self.rows, self.plan.replace(old, new))


PLAN = """
[study]
title = "Small"
design = "parallel"
[data]
unit = "man"
wave = "wave"
waves = ["T0", "T1", "T2"]
arm = "arm"
control = "waitlist"
covariates = ["age"]
[[outcome]]
name = "fear"
kind = "continuous"
primary = true
[missing]
imputations = 5
seed = 3
[inference]
permutations = 199
"""


def rows(n: int = 80, clusters: int = 0, effect: float = -2.0, seed: int = 1) -> pl.DataFrame:
    """A trial of n men at three waves; those who do worse at T1 are often missing at T2."""
    rng = np.random.default_rng(seed)
    group = np.arange(n) % (clusters or n)
    arm = group % 2
    level = rng.normal(20, 3, n)
    if clusters:
        level = level + rng.normal(0, 1.5, clusters)[group]
    made: list[dict[str, object]] = []
    for man in range(n):
        last = 2
        for wave in range(3):
            fear = level[man] + rng.normal(0, 2) + effect * arm[man] * wave / 2
            if wave == 1 and rng.random() < 1 / (1 + np.exp(-(fear - 21))) * 0.6:
                last = 1
            if wave > last:
                continue
            made.append(
                {
                    "man": f"m{man:03}",
                    "wave": f"T{wave}",
                    "arm": "programme" if arm[man] else "waitlist",
                    "group": f"g{group[man]:02}",
                    "age": round(float(30 + man % 17), 1),
                    "fear": round(float(fear), 2),
                    "hits": int(max(0, round((fear - 15) / 3))),
                    "hit": int(fear > 20),
                    "grade": int(min(4, max(1, fear // 6))),
                    "sessions": int(arm[man] * (man % 12)),
                }
            )
    return pl.DataFrame(made)
