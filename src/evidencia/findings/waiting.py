"""What a group waited, in words: a share by a day, and half of them. A level, and no effect."""

from __future__ import annotations

from math import isfinite

from evidencia.designs import Outcome
from evidencia.estimate import Estimate
from evidencia.levels import HALF, WITHIN
from evidencia.results import Finding, Result
from evidencia.words import Note


def waited(result: Result) -> tuple[Finding, ...]:
    """Return a finding for each time of one group that has a number."""
    found = []
    for outcome in result.outcomes:
        mine = [e for e in result.estimates if e.outcome == outcome.name]
        said = [_said(e, result, outcome) for e in mine if e.method in (WITHIN, HALF)]
        if said:
            found.append(
                Finding(
                    code="findings.waiting",
                    outcome=outcome.name,
                    informant=mine[0].informant,
                    verdict="descriptive",
                    may_say=(*said, Note.of("findings.waiting.seen")),
                    must_not_say=(
                        Note.of("findings.not.waiting_is_safety"),
                        Note.of("findings.not.works_or_not"),
                    ),
                )
            )
    return tuple(found)


def _said(e: Estimate, result: Result, outcome: Outcome) -> Note:
    level = round(100 * result.level, 1)
    effect = e.effect
    if e.method == HALF:
        values = {"time": round(effect.estimate), "n": effect.n_units, "low": round(effect.ci_low)}
        if not isfinite(effect.ci_high):
            return Note.of("findings.waiting.half_open", label=outcome.label, level=level, **values)
        high = round(effect.ci_high)
        return Note.of(
            "findings.waiting.half", label=outcome.label, level=level, high=high, **values
        )
    return Note.of(
        "findings.waiting.within",
        label=outcome.label,
        time=e.contrast.removeprefix("≤ "),
        percent=round(100 * effect.estimate),
        n=effect.n_units,
        level=level,
        low=round(100 * effect.ci_low),
        high=round(100 * effect.ci_high),
    )
