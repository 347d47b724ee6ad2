"""Every design and kind of outcome: the primary, its sensitivity set, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pytest

from evidencia.analysis import StoppedError, evaluate
from evidencia.analysis.collect import Collector
from evidencia.analysis.question import question
from evidencia.analysis.tipping import tip
from evidencia.clusters import least_squares
from evidencia.findings import find
from evidencia.frames import read_frame
from evidencia.missing import impute_normal, pool
from evidencia.mixed import mmrm
from evidencia.plans import read_plan
from evidencia.results import Result, as_json

Make = Callable[..., Any]


def methods(result: Result, role: str) -> list[str]:
    return [e.method for e in result.estimates if e.role == role]


def test_a_parallel_trial_rests_on_mmrm_with_its_sensitivity_set(trial: Make) -> None:
    result = trial().result()

    assert methods(result, "primary") == ["mmrm"]
    (primary,) = (e for e in result.estimates if e.role == "primary")
    assert (primary.contrast, primary.wave) == ("programme vs waitlist", "T2")
    assert [e.method for e in result.beside(primary)] == [
        "complete_case",
        "ipw",
        "mi",
        "jump_to_reference",
        "returns_to_baseline",
        "lee_bounds_low",
        "lee_bounds_high",
        "randomisation",
    ]
    (tipping,) = result.tipping
    assert len(tipping.steps) == 11
    assert tipping.steps[0].delta == 0.0


def test_the_primary_is_the_estimator_s_own_number(trial: Make) -> None:
    study = trial()
    wide = study.rows.pivot("wave", index=["man", "arm", "age"], values="fear")
    fit = mmrm(
        wide.select("T1", "T2").to_numpy().astype(float),
        wide["arm"].to_numpy(),
        control="waitlist",
        baseline=wide["T0"].to_numpy(),
        covariates=wide.select("age").to_numpy().astype(float),
    )
    (primary,) = (e for e in study.result().estimates if e.role == "primary")

    assert primary.effect.estimate == pytest.approx(fit.contrast("programme", 1).estimate, abs=1e-8)
    assert primary.effect.df == pytest.approx(fit.contrast("programme", 1).df, rel=1e-5)


def test_assigned_groups_are_never_ignored(trial: Make) -> None:
    study = trial(clusters=12).with_plan('arm = "arm"', 'arm = "arm"\ncluster = "group"')
    study = study.with_plan('"parallel"', '"cluster_parallel"')
    result = study.result()

    assert methods(result, "primary") == ["mixed"]
    beside = methods(result, "sensitivity")
    assert {"cr2", "wild_bootstrap", "cluster_means", "randomisation"} <= set(beside)
    assert "complete_case" not in beside
    for e in result.estimates:
        if e.method not in ("lee_bounds_low", "lee_bounds_high"):
            assert e.effect.n_clusters == 12, e.method
    assert result.flow.arms[0].n_clusters == 6


def test_tipping_with_groups_is_the_slow_way_done_fast(trial: Make) -> None:
    """Each step of the grid against a fit of every imputation at that shift."""
    study = trial(clusters=12).with_plan('arm = "arm"', 'arm = "arm"\ncluster = "group"')
    plan = read_plan(study.plan.encode())
    frame = read_frame(study.rows, plan)
    asked = question(frame, plan, plan.outcomes[0], frame.series[0])
    made = impute_normal(asked.y, asked.labels, imputations=5, seed=1)
    found = Collector()
    tip(asked, found, made)
    moved = asked.treated("programme") & np.isnan(asked.y[:, -1])
    assert asked.cluster is not None
    design = np.column_stack([asked.treated("programme"), asked.adjusted])
    for step in found.tipping[0].steps:
        fits = [
            least_squares(y + step.delta * moved, design, asked.cluster.astype(str), variance="CR1")
            for y in made.completed[:, :, -1]
        ]
        pooled = pool(
            [fit.coefficients[0] for fit in fits],
            [fit.covariance[0, 0] for fit in fits],
            df_complete=10.0,
            n_units=asked.n,
            n_obs=asked.n,
        )
        assert step.effect.estimate == pytest.approx(pooled[0].effect.estimate, abs=1e-9)
        assert step.effect.ci_low == pytest.approx(pooled[0].effect.ci_low, abs=1e-7)


@pytest.mark.parametrize("method", ["cr2", "wild_bootstrap", "randomisation", "cluster_means"])
def test_the_plan_chooses_what_the_primary_rests_on(trial: Make, method: str) -> None:
    study = trial(clusters=12).with_plan('arm = "arm"', 'arm = "arm"\ncluster = "group"')
    study = study.with_plan("[inference]", f'[inference]\ncluster_method = "{method}"')
    result = study.result()

    assert methods(result, "primary") == [method]
    assert method not in methods(result, "sensitivity")
    assert "mixed" in methods(result, "sensitivity")


@pytest.mark.parametrize(
    ("column", "kind", "method"),
    [("hit", "binary", "gee"), ("hits", "count", "gee"), ("grade", "ordinal", "ordinal_gee")],
)
def test_other_kinds_of_outcome_are_answered_by_gee(
    trial: Make, column: str, kind: str, method: str
) -> None:
    study = trial(n=120).with_plan(
        'name = "fear"\nkind = "continuous"', f'name = "{column}"\nkind = "{kind}"'
    )
    result = study.result()

    assert methods(result, "primary") == [method]
    assert {"complete_case", "mi", "lee_bounds_low"} <= set(methods(result, "sensitivity"))


def test_one_wave_is_an_analysis_of_covariance(trial: Make) -> None:
    study = trial().with_plan('["T0", "T1", "T2"]', '["T0", "T2"]')
    study = type(study)(study.rows.filter(pl.col("wave") != "T1"), study.plan)

    assert methods(study.result(), "primary") == ["ancova"]


def test_without_a_comparison_a_change_is_called_a_change(trial: Make) -> None:
    study = trial().with_plan('arm = "arm"\ncontrol = "waitlist"\n', "")
    study = study.with_plan('"parallel"', '"single_arm"')
    result = study.result()

    assert not methods(result, "primary")
    changes = [e for e in result.estimates if e.method == "change"]
    assert [e.contrast for e in changes] == ["T1 vs T0", "T2 vs T0"]
    for e in changes:
        assert e.role == "descriptive"
        assert "analysis.no_comparison" in [note.code for note in e.effect.notes]
    assert find(result)


def test_a_change_of_those_who_stayed_is_beside_it(trial: Make) -> None:
    study = trial().with_plan('arm = "arm"\ncontrol = "waitlist"\n', "")
    study = study.with_plan('"parallel"', '"single_arm"')
    wide = study.rows.pivot("wave", index="man", values="fear").drop_nulls()
    change = (wide["T2"] - wide["T0"]).to_numpy()
    result = study.result()
    (paired,) = (e for e in result.estimates if e.method == "complete_case")

    assert paired.effect.estimate == pytest.approx(change.mean(), abs=1e-12)
    assert paired.effect.se == pytest.approx(change.std(ddof=1) / np.sqrt(change.size), abs=1e-12)


def wedge() -> tuple[pl.DataFrame, str]:
    rng = np.random.default_rng(5)
    place = rng.normal(0, 1, 8)
    rows = [
        {
            "person": f"{c}-{t}-{i}",
            "site": f"s{c}",
            "month": f"M{t}",
            "open": int(t > c // 2),
            "fear": float(10 + place[c] + 0.3 * t - 2.0 * (t > c // 2) + rng.normal()),
        }
        for c in range(8)
        for t in range(5)
        for i in range(6)
    ]
    plan = """
[study]
design = "stepped_wedge"
[data]
unit = "person"
wave = "month"
cluster = "site"
dose = "open"
waves = ["M0", "M1", "M2", "M3", "M4"]
[[outcome]]
name = "fear"
"""
    return pl.DataFrame(rows), plan


def test_a_stepped_wedge_takes_the_calendar_out() -> None:
    rows, text = wedge()
    plan = read_plan(text.encode())
    result = evaluate(plan, read_frame(rows, plan))
    (primary,) = (e for e in result.estimates if e.role == "primary")

    assert primary.method == "stepped_wedge"
    assert primary.wave is None
    assert primary.effect.ci_low < -2.0 < primary.effect.ci_high
    assert not result.attrition.rows  # other people each month: nobody is lost
    assert {"stepped_wedge_steady", "cr2"} == {e.method for e in result.beside(primary)}


def test_repeated_cross_sections_compare_changes(trial: Make) -> None:
    study = trial(clusters=12).with_plan('arm = "arm"', 'arm = "arm"\ncluster = "group"')
    study = study.with_plan('"parallel"', '"repeated_cross_section"')
    result = study.result()
    (primary,) = (e for e in result.estimates if e.role == "primary")

    assert primary.method == "mixed"
    assert {"cross_section", "wild_bootstrap"} == {e.method for e in result.beside(primary)}
    assert result.n_units == result.n_rows
    assert not result.attrition.rows
    assert {s.n_expected == s.n_observed for s in result.flow.steps} == {True}


def test_a_site_that_is_the_arm_is_said_and_does_not_stop_the_comparison(trial: Make) -> None:
    study = trial().with_plan('arm = "arm"', 'arm = "arm"\nsite = "town"')
    rows = study.rows.with_columns(town=pl.col("arm").replace("waitlist", "Tala"))
    result = type(study)(rows, study.plan).result()

    assert methods(result, "primary") == ["mmrm"]
    assert "analysis.told_by_the_arm" in [c.note.code for c in result.warnings]


def test_times_to_an_event_rest_on_cox(trial: Make) -> None:
    rng = np.random.default_rng(2)
    arm = np.arange(90) % 2
    weeks = np.ceil(rng.exponential(np.where(arm, 12, 6)))
    rows = pl.DataFrame(
        {
            "man": range(90),
            "arm": np.where(arm, "calls", "usual"),
            "weeks": np.minimum(weeks, 15),
            "left": (weeks < 15).astype(int),
        }
    )
    plan = read_plan(
        b'[data]\nunit="man"\narm="arm"\ncontrol="usual"\n'
        b'[[outcome]]\nname="weeks"\nkind="time_to_event"\nevent="left"\n'
    )
    result = evaluate(plan, read_frame(rows, plan))
    (primary,) = (e for e in result.estimates if e.role == "primary")

    assert (primary.method, primary.effect.scale, primary.wave) == ("cox", "log", None)
    assert primary.effect.estimate < 0
    assert [e.method for e in result.beside(primary)] == ["log_rank", "discrete_hazard"]


def test_informants_stand_side_by_side_and_only_one_is_primary(trial: Make) -> None:
    study = trial(n=120)
    his = study.rows.with_columns(who=pl.lit("man"))
    hers = study.rows.filter(pl.col("man") < "m080").with_columns(
        who=pl.lit("partner"), hit=1 - pl.col("hit"), fear=pl.col("fear") + 1
    )
    plan = study.plan.replace('unit = "man"', 'unit = "man"\ninformant = "who"')
    plan = plan.replace(
        'name = "fear"\nkind = "continuous"', 'name = "hit"\nkind = "binary"\ninformant = "partner"'
    )
    result = type(study)(pl.concat([his, hers]), plan).result()

    assert {e.informant for e in result.estimates if e.role == "primary"} == {"partner"}
    assert {e.informant for e in result.estimates if e.role == "secondary"} == {"man", "partner"}
    first = result.agreement[0]
    assert (first.first, first.second, first.n) == ("partner", "man", 80)
    assert first.observed == 0.0
    expected = {s.informant: s.n_expected for s in result.flow.steps if s.arm == "waitlist"}
    assert expected == {"man": 60, "partner": 40}


def test_an_informant_who_speaks_of_one_arm_alone_has_no_number(trial: Make) -> None:
    study = trial()
    his = study.rows.with_columns(who=pl.lit("man"))
    hers = his.filter(pl.col("arm") == "programme").with_columns(who=pl.lit("partner"))
    plan = study.plan.replace('unit = "man"', 'unit = "man"\ninformant = "who"')
    plan = plan.replace('name = "fear"', 'name = "fear"\ninformant = "partner"')
    result = type(study)(pl.concat([his, hers]), plan).result()

    assert {e.informant for e in result.estimates} == {"man"}
    told = [(c.informant, c.note.code) for c in result.warnings]
    assert ("partner", "analysis.empty_arm") in told
    assert any(f.verdict in ("refused", "unknown") for f in find(result)) or not methods(
        result, "primary"
    )


def test_dose_is_descriptive_and_those_who_came_are_compared_by_chance_alone(trial: Make) -> None:
    study = trial(n=120).with_plan(
        'covariates = ["age"]', 'covariates = ["age"]\ndose = "sessions"'
    )
    result = study.result()

    assert "dose_response" in methods(result, "descriptive")
    assert "cace" in methods(result, "sensitivity")
    assert [curve.arm for curve in result.retention] == ["programme"]
    unassigned = study.with_plan('design = "parallel"', 'design = "parallel"\nrandomised = false')
    beside = methods(unassigned.result(), "sensitivity")
    assert not {"cace", "lee_bounds_low", "randomisation"} & set(beside)


def test_secondary_outcomes_are_corrected_together_and_the_primary_is_left_alone(
    trial: Make,
) -> None:
    more = (
        '[[outcome]]\nname = "hit"\nkind = "binary"\n[[outcome]]\nname = "hits"\nkind = "count"\n'
    )
    result = trial(n=120).with_plan("[missing]", f"{more}[missing]").result()

    assert result.multiplicity.method == "holm"
    assert {a.outcome for a in result.multiplicity.adjusted} == {"hit", "hits"}
    for a in result.multiplicity.adjusted:
        assert a.p <= a.p_adjusted <= 2 * a.p + 1e-12


def test_whoever_stops_it_stops_it(trial: Make) -> None:
    study = trial()
    plan = read_plan(study.plan.encode())
    asked = iter([False, False, True])

    with pytest.raises(StoppedError):
        evaluate(plan, read_frame(study.rows, plan), cancelled=lambda: next(asked))


def test_each_step_is_told_in_both_languages(trial: Make) -> None:
    study = trial()
    plan = read_plan(study.plan.encode())
    told: list[Any] = []
    evaluate(plan, read_frame(study.rows, plan), progress=told.append)

    assert [note.code for note in told] == ["progress.describing", "progress.outcome"]


def test_the_same_data_give_the_same_result_to_the_last_byte(trial: Make) -> None:
    assert as_json(trial().result()) == as_json(trial().result())
