"""MMRM against SAS and nlme::gls; mixed models against lme4, lmerTest and pbkrtest; ANCOVA.

Tolerances, relative.
SAS: PROC MIXED stops where the decrement is 1e-8 of the likelihood (here 4e-5), so its last digits
lie on the way to the optimum; its unstructured fit stopped 3e-4 short in the degrees of freedom.
GLS, LMER: those optimisers search without exact derivatives; the likelihood is flat there, so it
agrees to more digits than its arguments do. SATTERTHWAITE_R: lmerTest differentiates numerically.
PUBLISHED: half a unit of the last decimal printed.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from tests import shared_data

from evidencia.mixed import MMRM, ancova, lmm, mmrm, stepped_wedge
from evidencia.mixed.covariance import shape
from evidencia.mixed.inference import Inference, inverse, kenward_roger, slopes_of
from evidencia.mixed.products import cross_products
from evidencia.mixed.reml import Model, search

SAS = 4e-4
SAS_PRINTED = 5e-5
GLS = 1e-5
LMER = 1e-5
SATTERTHWAITE_R = 2e-4
LIKELIHOOD = 1e-7
CLOSED_FORM = 1e-9

HERE = Path(__file__).parent
DATA = HERE.parent / "data"
SHAPES = ("unstructured", "ar1h", "ar1", "compound_symmetry")


def rows(path: Path, **where: str) -> list[dict[str, str]]:
    with path.open(newline="") as handle:
        return [row for row in csv.DictReader(handle) if where.items() <= row.items()]


def number(text: str) -> float:
    return np.nan if text in ("", "NA") else float(text)


def column(table: list[dict[str, str]], name: str) -> np.ndarray:
    return np.array([number(row[name]) for row in table])


class Trial:
    """One row per person: outcome (n, 4), arm 0/1, baseline, one covariate 0/1."""

    def __init__(self, table: list[dict[str, str]], **names: str) -> None:
        people = list(dict.fromkeys(row[names["id"]] for row in table))
        place = {person: i for i, person in enumerate(people)}
        first = int(min(number(row[names["visit"]]) for row in table))
        self.y = np.full((len(people), 4), np.nan)
        self.arm = np.empty(len(people), dtype="U8")
        self.base, self.extra = np.empty(len(people)), np.empty(len(people))
        for row in table:
            i = place[row[names["id"]]]
            self.y[i, int(row[names["visit"]]) - first] = number(row[names["y"]])
            self.arm[i], self.base[i] = row[names["arm"]], number(row[names["base"]])
            self.extra[i] = row[names["extra"]] in ("Female", "F")


FEV = Trial(
    rows(DATA / "fev" / "fev_data.csv"),
    id="USUBJID", visit="VISITN", y="FEV1", arm="ARMCD", base="FEV1_BL", extra="SEX",
)  # fmt: skip
DEPRESSION = Trial(
    rows(DATA / "antidepressant" / "antidepressant_data.csv"),
    id="PATIENT", visit="VISIT", y="CHANGE", arm="THERAPY", base="BASVAL", extra="GENDER",
)  # fmt: skip
TRIALS = {"fev": (FEV, "TRT", "PBO"), "antidepressant": (DEPRESSION, "DRUG", "PLACEBO")}


def fitted(name: str, covariance: str, df: str = "satterthwaite") -> MMRM:
    trial, _, control = TRIALS[name]
    return mmrm(
        trial.y,
        trial.arm,
        control=control,
        baseline=trial.base,
        covariates=trial.extra,
        covariance=covariance,  # type: ignore[arg-type]
        df=df,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("covariance", SHAPES)
@pytest.mark.parametrize("name", TRIALS)
def test_every_contrast_by_visit_is_that_of_gls(name: str, covariance: str) -> None:
    theirs = rows(HERE / "r" / "mixed_gls.csv", data=name, covariance=covariance)
    fit = fitted(name, covariance)

    assert len(theirs) == 4
    assert fit.minus2_reml == pytest.approx(-2 * number(theirs[0]["loglik"]), rel=LIKELIHOOD)
    for wave, row in enumerate(theirs):
        effect = fit.contrast(TRIALS[name][1], wave)
        assert effect.estimate == pytest.approx(number(row["estimate"]), rel=GLS)
        assert effect.se == pytest.approx(number(row["se"]), rel=GLS)


@pytest.mark.parametrize(
    ("case", "to_the_end", "tolerance"),
    # Fifty people, fourteen parameters: what one step misses falls with a person's share, squared.
    [("circles", 12, GLS), ("people", 50, GLS), ("people", 0, 2e-2)],
)
def test_the_error_by_leaving_out_is_that_of_gls_fitted_again(
    case: str, to_the_end: int, tolerance: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidencia.mixed.jackknife.FEW", to_the_end)
    (theirs,) = rows(HERE / "r" / "mixed_jackknife.csv", case=case)
    people = dict.fromkeys(row["USUBJID"] for row in rows(DATA / "fev" / "fev_data.csv"))
    number_of = np.array([int(person.removeprefix("PT")) for person in people])
    some = number_of <= (50 if case == "people" else np.inf)
    group = np.array([str(one % 12) for one in number_of[some]]) if case == "circles" else None
    fit = mmrm(FEV.y[some], error="jackknife", group=group)
    change = fit.change(fit.arms[0], 3, 0)

    assert change.estimate == pytest.approx(number(theirs["estimate"]), rel=GLS)
    assert change.se == pytest.approx(number(theirs["se"]), rel=tolerance)
    # The check can fail: the model's own error is another.
    assert change.se != pytest.approx(number(theirs["se_model"]), rel=1e-2)
    assert change.df is not None
    assert change.df <= number(theirs["groups"]) - 1


class OneEffectForAllVisits:
    """The models of the SAS table have no visit in the mean: FEV1 ~ 1 (+ arm (+ sex))."""

    def __init__(self, covariance: str, df: str, *columns: np.ndarray) -> None:
        z = np.column_stack((np.ones(len(FEV.y)), *columns))
        k = z.shape[1]
        form = shape(covariance, np.arange(4))  # type: ignore[arg-type]
        model = Model(cross_products(FEV.y, z), np.tile(np.eye(k), (4, 1, 1)), form)
        fit = search(model, form.start(np.diag(np.nanvar(FEV.y, axis=0))), 100)
        assert fit is not None
        assert fit.converged
        w, phi = inverse(fit.curvature.observed), fit.state.phi
        adjusted = df.startswith("kenward")
        cov = kenward_roger(fit, w, linear=df.endswith("linear")) if adjusted else phi
        data = fit.model.products
        self.state, self.n_obs = fit.state, data.n_obs
        inference = Inference(
            fit.state.beta, cov, phi, slopes_of(phi, fit.curvature.steps), w, np.empty((k, 0)),
            df, data.n_obs - k, data.n_units, data.n_obs, None, 0.95, (),  # type: ignore[arg-type]
        )  # fmt: skip
        self.effect = inference.linear(np.eye(k)[min(1, k - 1)])


TREATED = (FEV.arm == "TRT").astype(float)


def test_the_unstructured_model_with_sex_is_that_of_sas() -> None:
    fit = OneEffectForAllVisits("unstructured", "satterthwaite", TREATED, FEV.extra)

    assert fit.n_obs == 537
    assert fit.state.minus2 == pytest.approx(3666.967, abs=0.0005)
    assert fit.effect.estimate == pytest.approx(3.8265, abs=SAS_PRINTED)
    assert fit.effect.se == pytest.approx(0.6421, abs=SAS_PRINTED + 1e-5)
    assert fit.effect.df == pytest.approx(161, abs=0.5)
    sigma = fit.state.sigma
    # Printed with two to four decimals, of an optimum that SAS approaches to about 1e-3.
    assert sigma[0, 0] == pytest.approx(108.64, abs=0.01)
    assert sigma[1, 0] == pytest.approx(45.5282, rel=SAS)
    assert sigma[3, 3] == pytest.approx(152.49, abs=0.05)


def test_the_intercept_alone_is_that_of_sas() -> None:
    fit = OneEffectForAllVisits("unstructured", "satterthwaite")

    assert fit.effect.estimate == pytest.approx(42.8338, rel=SAS)
    assert fit.effect.se == pytest.approx(0.3509, abs=SAS_PRINTED)
    assert fit.effect.df == pytest.approx(171, abs=0.5)


@pytest.mark.parametrize(
    ("covariance", "df", "se", "degrees"),
    [
        ("unstructured", "kenward_roger", 0.66124382270307, 160.733266403768),
        ("unstructured", "kenward_roger_linear", 0.66124382270307, 160.733266403768),
        ("compound_symmetry", "kenward_roger", 0.7964696053595, 177.038485931223),
        ("ar1", "kenward_roger", 0.95865439662225, 188.46934887972),
        ("ar1", "kenward_roger_linear", 0.96058142305176, 188.46934887972),
    ],
)
def test_kenward_roger_is_that_of_sas(covariance: str, df: str, se: float, degrees: float) -> None:
    effect = OneEffectForAllVisits(covariance, df, TREATED).effect
    tolerance = SAS if covariance == "unstructured" else 2e-6

    assert effect.se == pytest.approx(se, rel=tolerance)
    assert effect.df == pytest.approx(degrees, rel=tolerance)


def test_leaving_out_second_derivatives_would_be_noticed() -> None:
    """The check above can fail: for AR(1) the linear variant is not Kenward & Roger's."""
    linear = OneEffectForAllVisits("ar1", "kenward_roger_linear", TREATED).effect

    assert linear.se != pytest.approx(0.95865439662225, rel=1e-3)


NESTED = rows(HERE / "r" / "mixed_nested_data.csv")
LEVELS = {
    "one_level": ("man",),
    "two_levels": ("man", "group"),
    "three_levels": ("man", "group", "site"),
}


@pytest.mark.parametrize("case", LEVELS)
@pytest.mark.parametrize("df", ["satterthwaite", "kenward_roger"])
def test_nested_intercepts_are_those_of_lme4(case: str, df: str) -> None:
    names = ("(Intercept)", "treated", "time", "age")
    x = np.column_stack((np.ones(len(NESTED)), *(column(NESTED, name) for name in names[1:])))
    groups = [[row[level] for row in NESTED] for level in LEVELS[case]]
    fit = lmm(
        column(NESTED, "y"),
        x,
        groups,
        names=names,
        group_names=LEVELS[case],
        df=df,  # type: ignore[arg-type]
    )
    spread = {row["level"]: row for row in rows(HERE / "r" / "mixed_variances.csv", case=case)}

    loglik = number(spread["Residual"]["loglik"])
    assert fit.minus2_loglik == pytest.approx(-2 * loglik, rel=LIKELIHOOD)
    for name, variance in zip((*LEVELS[case], "Residual"), fit.variances, strict=True):
        assert variance == pytest.approx(number(spread[name]["variance"]), rel=1e-4)
    for row in rows(HERE / "r" / "mixed_lmer.csv", case=case):
        compare(fit.coefficient(row["name"]), row, df)


def compare(effect: object, row: dict[str, str], df: str) -> None:
    robust = df == "kenward_roger"
    tolerance = 1e-4 if robust else SATTERTHWAITE_R
    assert effect.estimate == pytest.approx(number(row["estimate"]), rel=LMER)  # type: ignore[attr-defined]
    assert effect.se == pytest.approx(number(row["se_kr" if robust else "se"]), rel=1e-4)  # type: ignore[attr-defined]
    degrees = number(row["df_kr" if robust else "df_satterthwaite"])
    assert effect.df == pytest.approx(degrees, rel=tolerance)  # type: ignore[attr-defined]


@pytest.mark.parametrize("correlation", ["exchangeable", "nested_exchangeable"])
@pytest.mark.parametrize("df", ["satterthwaite", "kenward_roger"])
def test_the_stepped_wedge_is_that_of_lme4(correlation: str, df: str) -> None:
    table = rows(HERE / "r" / "mixed_wedge_data.csv")
    case = "wedge_nested" if correlation == "nested_exchangeable" else "wedge_exchangeable"
    result = stepped_wedge(
        column(table, "y"),
        [row["cluster"] for row in table],
        [row["period"] for row in table],
        column(table, "treated"),
        correlation=correlation,  # type: ignore[arg-type]
        df=df,  # type: ignore[arg-type]
    )

    (theirs,) = rows(HERE / "r" / "mixed_lmer.csv", case=case, name="treated")
    compare(result.effect, theirs, df)
    periods = rows(HERE / "r" / "mixed_lmer.csv", case=case)[:5]
    assert np.allclose(result.period_effects, column(periods, "estimate"), rtol=LMER)
    assert result.effect.n_clusters == 8


@pytest.mark.parametrize("df", ["satterthwaite", "kenward_roger"])
def test_a_wedge_that_asks_the_same_people_again_is_that_of_lme4(df: str) -> None:
    table = rows(HERE / "r" / "mixed_cohort_data.csv")
    result = stepped_wedge(
        column(table, "y"),
        [row["cluster"] for row in table],
        [row["period"] for row in table],
        column(table, "treated"),
        unit=[row["unit"] for row in table],
        correlation="nested_exchangeable",
        df=df,  # type: ignore[arg-type]
    )
    spread = {
        row["level"]: row for row in rows(HERE / "r" / "mixed_variances.csv", case="wedge_cohort")
    }
    names = {"unit": "unit", "cluster:period": "cluster_period", "cluster": "cluster"}
    for level, ours in {**names, "Residual": "residual"}.items():
        assert result.variances[ours] == pytest.approx(number(spread[level]["variance"]), rel=1e-4)
    loglik = number(spread["Residual"]["loglik"])
    assert result.fit.minus2_loglik == pytest.approx(-2 * loglik, rel=LIKELIHOOD)
    (theirs,) = rows(HERE / "r" / "mixed_lmer.csv", case="wedge_cohort", name="treated")
    compare(result.effect, theirs, df)


@pytest.mark.parametrize(("hc3", "error"), [(False, "se"), (True, "se_hc3")])
def test_analysis_of_covariance_is_that_of_lm(hc3: bool, error: str) -> None:
    (theirs,) = rows(HERE / "r" / "mixed_ancova.csv")
    fit = ancova(
        DEPRESSION.y[:, 3],
        DEPRESSION.arm,
        control="PLACEBO",
        baseline=DEPRESSION.base,
        covariates=DEPRESSION.extra,
        hc3=hc3,
    )
    effect = fit.contrast("DRUG")

    assert effect.estimate == pytest.approx(number(theirs["estimate"]), rel=CLOSED_FORM)
    assert effect.se == pytest.approx(number(theirs[error]), rel=CLOSED_FORM)
    assert effect.df == number(theirs["df"])


def test_the_complete_case_figure_of_the_antidepressant_trial() -> None:
    """Printed as -2.657 (1.174), given the baseline only."""
    effect = ancova(
        DEPRESSION.y[:, 3], DEPRESSION.arm, control="PLACEBO", baseline=DEPRESSION.base
    ).contrast("DRUG")

    assert effect.estimate == pytest.approx(-2.657, abs=0.0005)
    assert effect.se == pytest.approx(1.174, abs=0.0005)


def test_beat_the_blues_is_that_of_the_handbook() -> None:
    """Everitt & Hothorn's HSAUR3: lmer by maximum likelihood, 280 answers of 97 people."""
    y, x, who = [], [], []
    for i, row in enumerate(rows(shared_data.find("dropout_benchmarks", "BtheB.csv"))):
        for name, months in (("bdi.2m", 2), ("bdi.4m", 3), ("bdi.6m", 5), ("bdi.8m", 8)):
            if row[name] not in ("", "NA"):
                treated, drug, long = (
                    row["treatment"] == "BtheB", row["drug"] == "Yes", row["length"] == ">6m"
                )  # fmt: skip
                y.append(float(row[name]))
                x.append([1.0, float(row["bdi.pre"]), months, treated, drug, long])
                who.append(i)
    fit = lmm(y, np.array(x), [who], reml=False)

    assert (fit.n_obs, fit.n_units) == (280, 97)
    for at, estimate in enumerate((5.59239, 0.63968, -0.70476, -2.32908, -2.82495, 0.19708)):
        assert fit.coefficient(at).estimate == pytest.approx(estimate, abs=6e-6)
    for at, se in ((1, 0.07789), (2, 0.14639), (3, 1.67036)):
        assert fit.coefficient(at).se == pytest.approx(se, abs=6e-6)
    assert fit.variances == pytest.approx([48.78, 25.14], abs=0.005)
    assert fit.minus2_loglik == pytest.approx(2 * 935.75, abs=0.01)
