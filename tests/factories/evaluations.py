"""Evaluations made by hand: what a small organisation could find, good, bad and unknown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.factories.evaluation_parts import (
    ARM,
    CONTROL,
    CONTROLLING,
    HERS,
    HIS,
    OUTCOMES,
    PHYSICAL,
    PSYCHOLOGICAL,
    SEXUAL,
    SPACE,
    WAVES,
    Course,
    attrition,
    baseline,
    checks,
    curve,
    effect,
    estimate,
    flow,
    points,
    study,
    tipping,
)

from evidencia.designs import Outcome
from evidencia.estimate import Effect, Estimate
from evidencia.intervals import wilson
from evidencia.results import (
    Adjusted,
    Agreement,
    Attrition,
    AttritionRow,
    Baseline,
    Caution,
    Flow,
    FlowArm,
    FlowStep,
    GridPoint,
    Multiplicity,
    Result,
)
from evidencia.words import Note

TOLD = tuple((outcome, HERS) for outcome in OUTCOMES)
COURSES = (
    Course(PHYSICAL, HERS, (6.1, 5.4, 5.2, 5.1), (6.3, 4.2, 3.1, 2.6), 3.9),
    Course(CONTROLLING, HERS, (9.8, 9.5, 9.4, 9.5), (9.7, 8.4, 7.6, 7.0), 4.4),
    Course(PSYCHOLOGICAL, HERS, (11.2, 10.8, 10.5, 10.6), (11.4, 10.0, 9.2, 8.9), 5.1),
    Course(SPACE, HERS, (14.0, 14.2, 14.1, 14.3), (13.8, 15.2, 16.0, 16.6), 5.0),
)
_HASH = "9f2c4b7d1e" + "0a5b6c7d8e9f" * 4 + "a1b2c3"


def benefit() -> Result:
    """A lottery, few lost, everything agrees."""
    main = effect(-2.5, 0.55)
    n = (90, 86, 83, 80)
    told = (
        estimate(PHYSICAL, effect(-1.2, 0.5), role="secondary", wave="T1"),
        estimate(PHYSICAL, effect(-2.0, 0.52), role="secondary", wave="T2"),
        estimate(PHYSICAL, main),
        *checks(PHYSICAL, main),
        estimate(CONTROLLING, effect(-2.4, 0.6), role="secondary"),
        *checks(CONTROLLING, effect(-2.4, 0.6)),
        estimate(PSYCHOLOGICAL, effect(-1.6, 0.72), role="secondary"),
        estimate(SEXUAL, effect(-0.035, 0.04), role="secondary", method="gee"),
        estimate(SPACE, effect(2.4, 0.7), role="secondary"),
    )
    return Result(
        plan_sha256=_HASH,
        data_sha256=_HASH[::-1],
        study=study(),
        outcomes=OUTCOMES,
        waves=WAVES,
        arms=(CONTROL, ARM),
        control=CONTROL,
        informants=(HERS,),
        n_units=180,
        n_rows=712,
        level=0.95,
        seed=20_261_120,
        versions=(("evidencia", "0.1.0"), ("numpy", "2.4.6"), ("scipy", "1.17.0")),
        flow=flow(TOLD, n),
        baseline=baseline(90),
        attrition=attrition(TOLD, ((CONTROL, 90, 8), (ARM, 90, 10))),
        retention=(curve(ARM, 90, 0.955),),
        means=points(COURSES, n),
        estimates=told,
        tipping=(tipping(PHYSICAL, main, 4.2),),
        multiplicity=Multiplicity(
            "holm",
            (
                Adjusted("psicologica", HERS, f"{ARM} vs {CONTROL}", "T3", 0.028, 0.112),
                Adjusted("control", HERS, f"{ARM} vs {CONTROL}", "T3", 0.0001, 0.0004),
            ),
        ),
    )


def unknown() -> Result:
    """Too few, too many lost: the interval holds benefit and harm."""
    main = effect(-0.7, 0.9, n=61, df=52)
    n = (48, 40, 33, 29)
    base = benefit()
    return replace(
        base,
        n_units=96,
        n_rows=301,
        estimates=(
            estimate(PHYSICAL, main),
            *checks(PHYSICAL, main),
            estimate(CONTROLLING, effect(-0.2, 1.0, n=61, df=52), role="secondary"),
        ),
        flow=flow(TOLD, n),
        baseline=baseline(48),
        attrition=attrition(TOLD, ((CONTROL, 48, 17), (ARM, 48, 19))),
        retention=(curve(ARM, 48, 0.86),),
        means=points(COURSES[:2], n),
        tipping=(tipping(PHYSICAL, main, None),),
        multiplicity=Multiplicity(),
        warnings=tuple(
            Caution(Note.of("few_people", n=29), outcome.name)
            for outcome in (PSYCHOLOGICAL, SEXUAL, SPACE)
        ),
    )


def harm() -> Result:
    """Worse than waiting, and the checks agree."""
    base = benefit()
    main = effect(1.9, 0.6)
    means = points((Course(PHYSICAL, HERS, (6.1, 5.4, 5.2, 5.1), (6.3, 6.6, 6.9, 7.0), 4.0),),
                   (90, 86, 83, 80))  # fmt: skip
    return replace(
        base,
        estimates=(estimate(PHYSICAL, main), *checks(PHYSICAL, main),
                   estimate(CONTROLLING, effect(1.4, 0.65), role="secondary")),
        means=means,
        tipping=(tipping(PHYSICAL, main, None),),
        multiplicity=Multiplicity(),
    )  # fmt: skip


def physical_without_control() -> Result:
    """Fewer blows; the control does not fall at all."""
    base = benefit()
    control = effect(0.1, 0.4)
    kept = tuple(e for e in base.estimates if e.outcome != CONTROLLING.name)
    flat = Course(CONTROLLING, HERS, (9.8, 9.5, 9.4, 9.5), (9.7, 9.6, 9.7, 9.6), 4.4)
    courses = (COURSES[0], flat, *COURSES[2:])
    return replace(
        base,
        estimates=(*kept, estimate(CONTROLLING, control, role="secondary"),
                   *checks(CONTROLLING, control)),
        means=points(courses, (90, 86, 83, 80)),
    )  # fmt: skip


def single_arm() -> Result:
    """Before and after, nobody to compare with, most of them gone."""
    base = benefit()
    told = (PHYSICAL, CONTROLLING)
    n = (120, 84, 51, 38)

    def change(outcome: Outcome, value: Effect, wave: str = "T3") -> Estimate:
        return estimate(outcome, value, role="descriptive", method="change",
                        contrast=f"{wave} vs T0", wave=wave)  # fmt: skip

    return replace(
        base,
        study=study("single_arm", randomised=False),
        outcomes=told,
        arms=(),
        control=None,
        n_units=120,
        n_rows=293,
        estimates=(
            change(PHYSICAL, effect(-2.1, 0.5, n=60), "T2"),
            change(PHYSICAL, effect(-3.4, 0.6, n=38, df=37)),
            change(CONTROLLING, effect(-0.6, 0.8, n=38, df=37)),
        ),
        flow=Flow((FlowArm(None, 120),), tuple(
            FlowStep(None, HERS, o.name, w, 120, k) for o in told
            for w, k in zip(WAVES, n, strict=True))),
        baseline=Baseline(tuple(r for r in base.baseline.rows if r.arm is None)),
        attrition=Attrition(tuple(
            AttritionRow(o.name, HERS, None, "T3", 120, 82, 82 / 120, *wilson(82, 120))
            for o in told)),
        retention=(curve(None, 120, 0.88),),
        means=tuple(replace(p, arm=None) for p in points(COURSES[:2], n) if p.arm == ARM),
        tipping=(),
        multiplicity=Multiplicity(),
    )  # fmt: skip


def few_clusters() -> Result:
    """Eight communities, a lottery between them."""
    base = benefit()
    main = effect(-2.2, 0.8, n=412, df=5.6, clusters=8)
    return replace(
        base,
        study=study("cluster_parallel"),
        n_units=412,
        estimates=(
            estimate(PHYSICAL, main, method="mixed"),
            *checks(PHYSICAL, main, (("cr2", 0.0, 1.05), ("wild_bootstrap", 0.1, 1.2),
                                     ("randomisation", 0.0, 1.0),
                                     ("extreme_bounds_low", -0.5, 1.0),
                                     ("extreme_bounds_high", 1.6, 1.0))),
            estimate(CONTROLLING, effect(-2.0, 0.7, n=412, df=6, clusters=8), role="secondary"),
        ),
        flow=Flow(tuple(FlowArm(a, 206, 4, 0) for a in (CONTROL, ARM)), base.flow.steps),
        multiplicity=Multiplicity(),
        tipping=(),
    )  # fmt: skip


def informants_disagree() -> Result:
    """The women say that it fell; the men acknowledge more than before."""
    base = benefit()
    told = (*TOLD, (PHYSICAL, HIS))
    his = effect(1.3, 0.6)
    more = Course(PHYSICAL, HIS, (3.0, 3.1, 3.2, 3.1), (3.1, 3.9, 4.3, 4.4), 3.2)
    return replace(
        base,
        informants=(HERS, HIS),
        estimates=(*base.estimates, estimate(PHYSICAL, his, role="secondary", informant=HIS)),
        flow=flow(told, (90, 86, 83, 80)),
        attrition=attrition(told, ((CONTROL, 90, 8), (ARM, 90, 10))),
        means=points((*COURSES, more), (90, 86, 83, 80)),
        agreement=(
            Agreement(
                "fisica", "T3", HERS, HIS, 148, both=41, only_first=52, only_second=11,
                neither=44, observed=85 / 148, kappa=0.21, kappa_ci_low=0.07, kappa_ci_high=0.35,
                pabak=0.15,
                grid=tuple(
                    GridPoint(se, sp, None if se == 0.3 else (93 / 148 + sp - 1) / (se + sp - 1))
                    for se in (0.3, 0.75, 0.85, 0.95) for sp in (0.9, 1.0)
                ),
            ),
        ),
    )  # fmt: skip


def refusals() -> Result:
    """No number for the primary: everything is missing at the end."""
    base = benefit()
    return replace(
        base,
        estimates=tuple(e for e in base.estimates if e.outcome == CONTROLLING.name),
        tipping=(),
        warnings=(
            Caution(Note.of("few_people", n=3), PHYSICAL.name, HERS, "mmrm"),
            Caution(Note.of("refusal.nobody"), SEXUAL.name),
            Caution(Note.of("unknown_marks", n=12)),
        ),
        multiplicity=Multiplicity(),
    )


def empty() -> Result:
    """A plan and a file, and nothing that could be computed."""
    base = benefit()
    return Result(
        plan_sha256=base.plan_sha256, data_sha256=base.data_sha256, study=base.study,
        outcomes=(PHYSICAL,), waves=(), arms=(), control=None, informants=(), n_units=0,
        n_rows=0, level=0.95, seed=1,
    )  # fmt: skip


STUDIES: dict[str, Callable[[], Result]] = {
    made.__name__: made
    for made in (
        benefit, unknown, harm, physical_without_control, single_arm, few_clusters,
        informants_disagree, refusals, empty,
    )
}  # fmt: skip
