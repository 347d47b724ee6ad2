"""The parts of an evaluation made by hand: outcomes, effects, flows, courses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from evidencia.designs import DesignName, Estimand, IntercurrentEvent, Outcome, Study
from evidencia.estimate import Effect, Estimate, Role, Scale
from evidencia.intervals import wilson
from evidencia.results import (
    Attrition,
    AttritionRow,
    Baseline,
    BaselineDifference,
    BaselineRow,
    Flow,
    FlowArm,
    FlowStep,
    LeaverRow,
    MeanPoint,
    RetentionCurve,
    Tipping,
    TippingStep,
)

WAVES = ("T0", "T1", "T2", "T3")
CONTROL, ARM = "lista de espera", "programa"
HERS, HIS = "pareja", "hombre"

PHYSICAL = Outcome(
    "fisica", "Violencia física", baseline="fisica_t0", primary=True, informant=HERS,
    violence="physical", smallest=1.0,
)  # fmt: skip
CONTROLLING = Outcome("control", "Control", informant=HERS, violence="control", smallest=1.0)
PSYCHOLOGICAL = Outcome(
    "psicologica", "Violencia psicológica", informant=HERS, violence="psychological", smallest=1.0
)
SEXUAL = Outcome(
    "sexual", "Violencia sexual", kind="binary", informant=HERS, violence="sexual", smallest=0.05
)
SPACE = Outcome(
    "espacio", "Espacio para decidir", direction="higher_is_better", informant=HERS, smallest=1.5
)
OUTCOMES = (PHYSICAL, CONTROLLING, PSYCHOLOGICAL, SEXUAL, SPACE)


def effect(
    estimate: float,
    se: float,
    *,
    n: int = 160,
    df: float | None = 150.0,
    clusters: int | None = None,
    scale: Scale = "identity",
) -> Effect:
    """An effect with its symmetric interval."""
    return Effect.of(estimate, se, n_units=n, n_obs=3 * n, df=df, n_clusters=clusters, scale=scale)


def estimate(
    outcome: Outcome,
    value: Effect,
    *,
    role: Role = "primary",
    method: str = "mmrm",
    informant: str | None = HERS,
    contrast: str = f"{ARM} vs {CONTROL}",
    wave: str | None = "T3",
) -> Estimate:
    return Estimate(outcome.name, informant, method, contrast, wave, role, value)


CHECKS = (
    ("complete_case", -0.4, 1.1),
    ("ipw", -0.1, 1.1),
    ("mi", 0.05, 1.05),
    ("jump_to_reference", 0.5, 1.0),
    ("returns_to_baseline", 0.6, 1.05),
)


def checks(
    outcome: Outcome,
    base: Effect,
    methods: Iterable[tuple[str, float, float]] = CHECKS,
    informant: str | None = HERS,
) -> tuple[Estimate, ...]:
    """A sensitivity set around `base`: name, shift in standard errors, width in standard errors."""
    se = base.se or 1.0
    return tuple(
        estimate(
            outcome,
            effect(
                base.estimate + shift * se, wide * se, n=base.n_units, df=base.df,
                clusters=base.n_clusters, scale=base.scale,
            ),
            role="sensitivity", method=method, informant=informant,
        )
        for method, shift, wide in methods
    )  # fmt: skip


def tipping(outcome: Outcome, base: Effect, point: float | None, most: float = 6.0) -> Tipping:
    """Moves the estimate towards 0 as delta grows, so that the interval meets 0 at `point`."""
    se, deltas = base.se or 1.0, [most * i / 10 for i in range(11)]
    meet = 3 * most if point is None else point
    reach = abs(base.estimate) - 1.96 * se
    way = 1 if base.estimate < 0 else -1
    steps = tuple(
        TippingStep(d, effect(base.estimate + way * reach * d / meet, se, n=base.n_units, df=None))
        for d in deltas
    )
    return Tipping(outcome.name, HERS, f"{ARM} vs {CONTROL}", "T3", ARM, steps=steps, point=point)


@dataclass(frozen=True, slots=True)
class Course:
    """Means over the waves by arm, for the figure of outcomes over time."""

    outcome: Outcome
    informant: str | None
    control: tuple[float, ...]
    arm: tuple[float, ...]
    sd: float


def points(courses: Sequence[Course], n: Sequence[int]) -> tuple[MeanPoint, ...]:
    made = []
    for course in courses:
        for arm, means in ((CONTROL, course.control), (ARM, course.arm)):
            for wave, mean, k in zip(WAVES, means, n, strict=False):
                half = 1.96 * course.sd / sqrt(k)
                made.append(
                    MeanPoint(
                        course.outcome.name, course.informant, arm, wave, k, mean,
                        mean - half, mean + half,
                    )
                )  # fmt: skip
    return tuple(made)


def flow(outcomes: Sequence[tuple[Outcome, str | None]], n: Sequence[int]) -> Flow:
    """Both arms start with n[0] and lose alike, the control a little less."""
    steps = [
        FlowStep(arm, who, outcome.name, wave, n[0], max(0, k + more * (i > 0)), 2 * (i > 1))
        for arm, more in ((CONTROL, 2), (ARM, 0))
        for outcome, who in outcomes
        for i, (wave, k) in enumerate(zip(WAVES, n, strict=False))
    ]
    return Flow((FlowArm(CONTROL, n[0]), FlowArm(ARM, n[0])), tuple(steps))


def attrition(
    outcomes: Sequence[tuple[Outcome, str | None]], arms: Sequence[tuple[str, int, int]]
) -> Attrition:
    """`arms`: name, expected, lost."""
    rows = tuple(
        AttritionRow(outcome.name, who, arm, "T3", n, lost, lost / n, *wilson(lost, n))
        for outcome, who in outcomes
        for arm, n, lost in arms
    )
    leavers = tuple(
        LeaverRow(
            PHYSICAL.name, HERS, None, name, level, sum(n - lost for _, n, lost in arms),
            sum(lost for _, _, lost in arms), stayed, left, difference,
        )
        for name, level, stayed, left, difference in (
            ("edad", None, 36.1, 32.4, -0.38),
            ("fisica_t0", None, 5.9, 7.6, 0.41),
            ("trabajo", "sin trabajo", 0.18, 0.31, 0.30),
        )
    )  # fmt: skip
    return Attrition(rows, leavers)


def baseline(n: int) -> Baseline:
    numbers = (("edad", 35.8, 35.3, 9.2), ("fisica_t0", 6.1, 6.3, 4.1))
    shares = (("trabajo", "con trabajo", 0.80, 0.79), ("trabajo", "sin trabajo", 0.20, 0.21))
    rows: list[BaselineRow] = []
    for name, control, arm, sd in numbers:
        for who, mean in ((CONTROL, control), (ARM, arm), (None, (control + arm) / 2)):
            size = n if who else 2 * n
            rows.append(BaselineRow(name, None, who, size - 2, 2, mean=mean, sd=sd))
    for name, level, control, arm in shares:
        for who, share in ((CONTROL, control), (ARM, arm), (None, (control + arm) / 2)):
            size = n if who else 2 * n
            k = round(share * size)
            rows.append(BaselineRow(name, level, who, size, 0, count=k, share=k / size))
    differences = tuple(
        BaselineDifference(name, level, f"{ARM} vs {CONTROL}", d)
        for name, level, d in (
            ("edad", None, -0.05),
            ("fisica_t0", None, 0.05),
            ("trabajo", "con trabajo", -0.02),
            ("trabajo", "sin trabajo", 0.02),
        )
    )
    return Baseline(tuple(rows), differences)


def curve(arm: str | None, n: int, keep: float) -> RetentionCurve:
    times = tuple(float(t) for t in range(13))
    share = tuple(max(0.02, 0.92 * keep**t) for t in range(13))
    ends = [wilson(round(s * n), n) for s in share]
    return RetentionCurve(
        arm, n, times, share, tuple(low for low, _ in ends), tuple(high for _, high in ends)
    )


def study(design: DesignName = "waitlist", *, randomised: bool = True) -> Study:
    return Study(
        title="Doce semanas, ¿y después?",
        question="¿Viven menos violencia las parejas de los hombres que entran primero al "
        "programa que las de quienes esperan tres meses?",
        design=design,
        language="es",
        randomised=randomised,
        estimand=Estimand(
            population="Hombres aceptados en el programa que tenían pareja al ingresar",
            treatment="Doce sesiones semanales, contra esperar tres meses",
            variable="Actos de violencia en los últimos tres meses, según la pareja",
            summary="Diferencia de medias en T3",
            intercurrent_events=(IntercurrentEvent("deja de venir", "treatment_policy"),),
        ),
    )
