"""Studies thin in every way at once: each gives a document or a sentence, and never a crash."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from tests.unit.evidencia.analysis.studies import PLAN, Study, rows

from evidencia.findings import find
from evidencia.plans import DataError
from evidencia.results import as_json

KINDS = ("fear continuous", "hit binary", "hits count", "grade ordinal")
DESIGNS = ("parallel", "waitlist", "single_arm", "repeated_cross_section")
METHODS = ("mixed", "cr2", "wild_bootstrap", "randomisation", "cluster_means")


def thin(seed: int) -> Study:
    luck = np.random.default_rng(seed)
    n, clusters = int(luck.choice([3, 5, 7, 10, 16, 30])), int(luck.choice([0, 0, 2, 3, 4, 6]))
    clusters = clusters if clusters <= n else 0
    design = str(luck.choice(DESIGNS))
    name, kind = str(luck.choice(KINDS)).split()
    plan = PLAN.replace('"parallel"', f'"{design}"')
    plan = plan.replace('name = "fear"\nkind = "continuous"', f'name = "{name}"\nkind = "{kind}"')
    if design == "single_arm":
        plan = plan.replace('arm = "arm"\ncontrol = "waitlist"\n', "")
    if clusters:
        plan = plan.replace("[data]\n", '[data]\ncluster = "group"\n')
        plan += f'cluster_method = "{luck.choice(METHODS)}"\n'
    if luck.random() < 0.4:
        plan = plan.replace("[data]\n", '[data]\ndose = "sessions"\n')
    return Study(spoilt(rows(n=n, clusters=clusters, seed=seed), name, luck), plan)


def spoilt(made: pl.DataFrame, name: str, luck: np.random.Generator) -> pl.DataFrame:
    """Take answers away, leave covariates empty, make everybody the same."""
    gone = pl.Series(luck.random(made.height) < luck.choice([0, 0.3, 0.7]))
    changes = {
        "holes": pl.when(gone).then(None).otherwise(pl.col(name)).alias(name),
        "no age": pl.when(pl.col("age") > 38).then(None).otherwise(pl.col("age")).alias("age"),
        "one age": pl.lit(30).alias("age"),
        "no spread": pl.lit(1).alias(name),
    }
    for change, chance in zip(changes.values(), (0.7, 0.3, 0.2, 0.1), strict=True):
        if luck.random() < chance:
            made = made.with_columns(change)
    return made


@pytest.mark.parametrize("seed", range(60))
def test_a_thin_study_is_answered_or_refused(seed: int) -> None:
    try:
        result = thin(seed).result()
    except DataError as error:
        assert error.text("es")
        assert error.text("en")
        return

    assert result.estimates or result.warnings
    assert "NaN" not in as_json(result)
    assert find(result)
