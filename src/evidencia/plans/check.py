"""Plans that are spelt well and still cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evidencia.designs import Outcome
from evidencia.plans.lines import Path
from evidencia.plans.model import Plan
from evidencia.words import Note


def impossible(plan: Plan, lines: Mapping[Path, int]) -> list[Note]:
    """Return why the plan cannot be carried out, in sentences; empty when it can."""
    return [
        *_columns_of_the_design(plan, lines),
        *_roles(plan),
        *(
            note
            for at, outcome in enumerate(plan.outcomes)
            for note in _outcome(plan, outcome, at, lines)
        ),
    ]


def _columns_of_the_design(plan: Plan, lines: Mapping[Path, int]) -> Iterator[Note]:
    shape, data, inference = plan.study.shape, plan.data, plan.inference
    needed = {
        "arm": shape.compares and shape.name != "stepped_wedge",
        "cluster": shape.clustered,
        "wave": shape.name in ("stepped_wedge", "repeated_cross_section"),
        "unit": shape.repeated and data.wave is not None and len(data.waves) != 1,
        "dose": shape.name == "stepped_wedge" and data.arm is None,
    }
    for key, needs in needed.items():
        if needs and getattr(data, key) is None:
            yield Note.of("plan.needs_column", design=shape.name, key=key)
    if not shape.compares and data.arm is not None:
        line = lines.get(("data", "arm"), 1)
        yield Note.of("plan.arm_without_comparison", line=line, design=shape.name, key="arm")
    if data.control is not None and data.arm is None:
        yield Note.of("plan.control_without_arm", line=lines.get(("data", "control"), 1))
    if inference.cluster_method is not None and data.cluster is None:
        line = lines.get(("inference", "cluster_method"), 1)
        yield Note.of("plan.method_without_cluster", line=line)


def _roles(plan: Plan) -> Iterator[Note]:
    """A column has one role, but for a block that is also a site or a covariate."""
    data = plan.data
    taken: dict[str, str] = {}
    pairs = [
        ("unit", data.unit),
        ("wave", data.wave),
        ("arm", data.arm),
        ("cluster", data.cluster),
        ("informant", data.informant),
        ("weights", data.weights),
        ("dose", data.dose),
        *(("outcome", outcome.name) for outcome in plan.outcomes),
    ]
    for role, column in pairs:
        if column is None:
            continue
        if column in taken and not role == taken[column] == "outcome":
            yield Note.of("plan.one_column_twice", column=column, first=taken[column], second=role)
        taken.setdefault(column, role)
    for column in data.covariates:
        if column in taken:
            yield Note.of(
                "plan.one_column_twice", column=column, first=taken[column], second="covariates"
            )


def _outcome(plan: Plan, outcome: Outcome, at: int, lines: Mapping[Path, int]) -> Iterator[Note]:
    def line(key: str) -> int:
        return lines.get(("outcome", at, key), lines.get(("outcome", at), 1))

    if outcome.name in [other.name for other in plan.outcomes[:at]]:
        yield Note.of("plan.repeated_outcome", line=line("name"), name=outcome.name)
    if outcome.primary and outcome.informant is None and plan.data.informant is not None:
        yield Note.of("plan.which_informant", line=line("name"), outcome=outcome.name)
    waves = plan.data.waves
    if outcome.baseline in waves[1:]:
        yield Note.of(
            "plan.baseline_not_first",
            line=line("baseline"),
            outcome=outcome.name,
            wave=str(outcome.baseline),
            first=waves[0],
        )
    if outcome.kind == "time_to_event" and outcome.event is None:
        yield Note.of("plan.time_without_event", line=line("kind"), outcome=outcome.name)
    if outcome.kind != "time_to_event" and outcome.event is not None:
        yield Note.of(
            "plan.event_without_time", line=line("event"), outcome=outcome.name, kind=outcome.kind
        )
    alone = len(waves) == 1 and outcome.baseline is None
    if plan.study.design == "single_arm" and alone and outcome.kind != "time_to_event":
        yield Note.of("plan.too_few_waves", design=plan.study.design)
