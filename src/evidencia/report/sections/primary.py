"""The primary with its sensitivity set, and the point at which it would tip."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from evidencia.estimate import Estimate
from evidencia.findings.amounts import Amounts, amounts
from evidencia.report import figures
from evidencia.report.blocks import Block, Figure, Text
from evidencia.report.figures import Row
from evidencia.report.sections.course import slug
from evidencia.report.sections.numbers import table
from evidencia.report.speech import Speech, figure
from evidencia.results import Result, Tipping, TippingStep


def forest(result: Result, speech: Speech) -> tuple[Block, ...]:
    """Return a forest and its table for each primary estimate."""
    if not result.study.shape.compares:
        return (Text(speech.say("empty.single_arm")), *_forests(result, _changes(result), speech))
    primary = [e for e in result.estimates if e.role == "primary"]
    if not primary:
        return (Text(speech.say("empty.forest")),)
    return (Text(speech.say("forest.lead")), *_forests(result, primary, speech))


def _changes(result: Result) -> list[Estimate]:
    primary = {outcome.name for outcome in result.outcomes if outcome.primary}
    return [e for e in result.estimates if e.method == "change" and e.outcome in primary]


def _forests(result: Result, primary: Sequence[Estimate], speech: Speech) -> list[Block]:
    return [
        block
        for e in primary
        for block in (
            _forest(result, e, result.beside(e), speech),
            table((e, *result.beside(e)), result, speech),
        )
    ]


def _forest(result: Result, main: Estimate, beside: Sequence[Estimate], speech: Speech) -> Figure:
    outcome = result.outcome(main.outcome)
    how = amounts(main.effect, outcome.kind)
    # One axis holds one scale: checks on another stand in the table alone.
    same = [e for e in beside if e.effect.scale == main.effect.scale]
    rows = [_row(main, how, speech, main=True), *(_row(e, how, speech) for e in same)]
    title = _title(result, main, speech)
    smallest = outcome.smallest
    note = ""
    if smallest is not None:
        sign = "" if how.zero else "±"
        note = speech.say("forest.margin", smallest=f"{sign}{how.distance(smallest)}")
    factor = how.factor
    spec = figures.forest(
        rows,
        title=title,
        description=speech.say("forest.lead"),
        sides=_sides(result, main, speech),
        ratio=main.effect.scale == "log",
        smallest=None if smallest is None else smallest * factor,
    )
    name = slug("forest", main.outcome, main.informant, main.contrast)
    return Figure(name, title, speech.say("forest.lead"), spec, note)


def _title(result: Result, e: Estimate, speech: Speech) -> str:
    label = result.outcome(e.outcome).label
    named = speech.told(label, e.informant)
    return f"{named} · {e.contrast}" + (f" · {e.wave}" if e.wave else "")


def _row(e: Estimate, how: Amounts, speech: Speech, *, main: bool = False) -> Row:
    effect = e.effect
    numbers = f"{how.write(effect.estimate)} ({ends(how, effect.ci_low, effect.ci_high)})"
    name = speech.named("method", e.method)
    return Row(
        name=name,
        numbers=numbers,
        estimate=effect.estimate * how.factor,
        low=effect.ci_low * how.factor,
        high=effect.ci_high * how.factor,
        main=main,
    )


def ends(how: Amounts, low: float, high: float) -> str:
    """Return both ends of an interval."""
    return f"{how.write(low)}; {how.write(high)}"


def _sides(result: Result, e: Estimate, speech: Speech) -> tuple[str, str]:
    if result.study.shape.compares:
        arm = e.contrast.partition(" vs ")[0]
        better = speech.say("forest.better", arm=arm)
        worse = speech.say("forest.worse", arm=arm)
    else:
        better, worse = speech.say("forest.improved"), speech.say("forest.worsened")
    if result.outcome(e.outcome).direction == "lower_is_better":
        return better, worse
    return worse, better


def tipping(result: Result, speech: Speech) -> tuple[Block, ...]:
    """Return a drawing per tipping point."""
    found = [t for t in result.tipping if len(_finite(t)) > 1]
    if not found:
        return (Text(speech.say("empty.tipping")),)
    return tuple(block for t in found for block in _tipping(result, t, speech))


def _tipping(result: Result, t: Tipping, speech: Speech) -> list[Block]:
    outcome = result.outcome(t.outcome)
    how = amounts(t.steps[0].effect, outcome.kind)
    title = speech.told(outcome.label, t.informant)
    lead = speech.say("tipping.lead", arm=t.arm or t.contrast)
    steps = [
        (
            step.delta,
            step.effect.estimate * how.factor,
            step.effect.ci_low * how.factor,
            step.effect.ci_high * how.factor,
        )
        for step in _finite(t)
    ]
    point = None
    if t.point is not None:
        at = _towards(t) * abs(t.point)
        point = (at, speech.say("tipping.point", point=figure(at)))
    spec = figures.tipping(
        steps,
        title=title,
        description=lead,
        axis=speech.say("tipping.axis"),
        none=speech.say("none"),
        point=point,
        ratio=how.zero == 1,
    )
    name = slug("tipping", t.outcome, t.informant, t.contrast)
    return [Text(lead), Figure(name, f"{title} · {t.contrast}", lead, spec)]


def _finite(t: Tipping) -> list[TippingStep]:
    return [s for s in t.steps if isfinite(s.effect.ci_low) and isfinite(s.effect.ci_high)]


def _towards(t: Tipping) -> int:
    """On which side of 0 the conclusion goes away first."""
    gone = [s.delta for s in t.steps if s.delta and s.effect.ci_low <= 0 <= s.effect.ci_high]
    sides = gone or [s.delta for s in t.steps if s.delta]
    return -1 if sides and min(sides, key=abs) < 0 else 1
