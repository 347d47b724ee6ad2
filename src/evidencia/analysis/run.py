"""The whole evaluation: from a plan and its data to a result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from platform import python_version

from evidencia.analysis import describe
from evidencia.analysis.collect import Cancelled, Collector
from evidencia.analysis.gaps import sensitivity
from evidencia.analysis.informants import agreements
from evidencia.analysis.multiplicity import corrected
from evidencia.analysis.primary import compare
from evidencia.analysis.question import Question, question
from evidencia.analysis.resampled import beside
from evidencia.analysis.single import change
from evidencia.analysis.times import times
from evidencia.analysis.uptake import uptake
from evidencia.analysis.waiting import waiting
from evidencia.analysis.wedge import cross_section, stepped
from evidencia.frames import Frame
from evidencia.plans import Plan
from evidencia.results import Attrition, Result
from evidencia.words import Note

Progress = Callable[[Note], None]

_PACKAGES = ("tequio", "numpy", "scipy", "polars")


def evaluate(
    plan: Plan,
    frame: Frame,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Result:
    """Carry out a plan.

    Parameters
    ----------
    plan, frame
        See :func:`evidencia.plans.read_plan` and :func:`evidencia.frames.read_frame`.
    progress
        Called with a note before each long step.
    cancelled
        Asked before each estimator; True stops.

    Returns
    -------
    Result
        Without findings, which :func:`evidencia.findings.find` puts into words. Wherever an
        estimator refused, its sentence is among the warnings.

    Raises
    ------
    StoppedError
        If `cancelled` said so.
    """
    tell = progress or (lambda note: None)
    level = plan.inference.level
    found = Collector(cancelled)
    for note in frame.notes:
        found.caution(note)
    if plan.study.estimand.violence == "true":
        found.caution(Note.of("analysis.reports_not_facts"))
    tell(Note.of("progress.describing"))
    result = _described(plan, frame)
    for outcome in plan.outcomes:
        for series in frame.of(outcome.name):
            tell(_working_on(outcome.label, series.informant))
            asked = question(frame, plan, outcome, series)
            for note in asked.notes:
                found.caution(note, asked)
            _answer(asked, found, frame)
    if len(frame.informants) > 1:
        tell(Note.of("progress.agreement"))
    agreed = agreements(frame, plan.outcomes, level, found)
    return replace(
        result,
        agreement=agreed,
        retention=describe.retention(frame, level),
        means=describe.means(frame, plan.outcomes, level),
        estimates=tuple(found.estimates),
        tipping=tuple(found.tipping),
        multiplicity=corrected(found.estimates, plan.inference.multiplicity),
        warnings=tuple(found.cautions),
    )


def _described(plan: Plan, frame: Frame) -> Result:
    followed = describe.follows(frame, plan.study.shape)
    lost = describe.attrition(frame, plan.inference.level) if followed else Attrition()
    return Result(
        plan_sha256=plan.sha256,
        data_sha256=frame.sha256,
        study=plan.study,
        outcomes=plan.outcomes,
        waves=frame.waves,
        arms=frame.arms,
        control=frame.control,
        informants=frame.informants,
        n_units=frame.n,
        n_rows=frame.n_rows,
        level=plan.inference.level,
        seed=plan.missing.seed,
        versions=versions(),
        flow=describe.flow(frame, followed),
        baseline=describe.baseline(frame),
        attrition=lost,
    )


@cache
def versions() -> tuple[tuple[str, str], ...]:
    """Return what computes here, with versions: the result must be reproducible."""
    found = [("python", python_version())]
    for name in _PACKAGES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:  # run from its folder, never installed
            continue
    return tuple(found)


def _working_on(label: str, informant: str | None) -> Note:
    if informant is None:
        return Note.of("progress.outcome", label=label)
    return Note.of("progress.outcome_by", label=label, informant=informant)


def _answer(asked: Question, found: Collector, frame: Frame) -> None:
    """Choose by design first, by kind of outcome second."""
    shape = asked.plan.study.shape
    if frame.arms and (frame.arms[0] not in asked.arms or len(asked.arms) < 2):
        return  # said already: this informant speaks of one arm alone
    counts = asked.outcome.primary and asked.informant in (None, asked.outcome.informant)
    if asked.outcome.kind == "time_to_event":
        if asked.arms:
            times(asked, found, counts)
        else:
            waiting(asked, found)
    elif shape.name == "stepped_wedge":
        exposed = "1 vs 0" if frame.control is None else f"exposed vs {frame.control}"
        stepped(asked, found, counts, exposed)
    elif shape.name == "repeated_cross_section":
        cross_section(asked, found, counts)
    elif not shape.compares:
        change(asked, found, asked.plan.data.waves[0] if asked.plan.data.waves else "start")
        uptake(asked, found)
    else:
        compare(asked, found, counts)
        if asked.outcome.primary:
            sensitivity(asked, found)
            beside(asked, found)
            uptake(asked, found)
