"""What happened over time: observed means by arm, a drawing per outcome and informant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidencia.designs import Outcome
from evidencia.report import figures
from evidencia.report.blocks import Block, Column, Figure, Table, Text
from evidencia.report.figures import Line
from evidencia.report.speech import Speech, figure
from evidencia.results import MeanPoint, Result


def course(result: Result, speech: Speech) -> tuple[Block, ...]:
    """Return a drawing and a table per outcome and informant."""
    points = [p for p in result.means if speech.allowed(p.n)]
    if not points:
        return (Text(speech.say("empty")),)
    blocks: list[Block] = [
        Text(speech.say("course.lead", level=round(100 * result.level, 1))),
    ]
    if len(points) < len(result.means):
        hidden = speech.say("course.hidden", threshold=speech.policy.threshold)
        blocks.append(Text(hidden))
    for outcome in result.outcomes:
        mine = [p for p in points if p.outcome == outcome.name]
        for informant in dict.fromkeys(p.informant for p in mine):
            told = [p for p in mine if p.informant == informant]
            blocks += _one(result, outcome, informant, told, _span(mine), speech)
    return tuple(blocks)


def _one(
    result: Result,
    outcome: Outcome,
    informant: str | None,
    points: Sequence[MeanPoint],
    span: tuple[float, float],
    speech: Speech,
) -> list[Block]:
    title = speech.told(outcome.label, informant)
    asked = dict.fromkeys((*result.waves, *(p.wave for p in points)))
    waves = [wave for wave in asked if any(p.wave == wave for p in points)]
    arms = [a for a in (*result.arms, None) if any(p.arm == a for p in points)]
    lines = []
    for arm in arms:
        mine = {p.wave: p for p in points if p.arm == arm}
        found = [(i, mine[w]) for i, w in enumerate(waves) if w in mine]
        made = tuple((i, p.mean, p.ci_low, p.ci_high) for i, p in found)
        lines.append(Line(arm or speech.say("flow.everyone"), made))
    description = speech.say("course.lead", level=round(100 * result.level, 1))
    percent = outcome.kind == "binary"
    once = speech.say("course.once")
    spec = figures.course(
        lines,
        [w or once for w in waves],
        title=title,
        description=description,
        percent=percent,
        span=span,
    )
    name = slug("course", outcome.name, informant)
    return [Figure(name, title, description, spec), _table(outcome, points, waves, arms, speech)]


def _table(
    outcome: Outcome,
    points: Sequence[MeanPoint],
    waves: Sequence[str],
    arms: Sequence[str | None],
    speech: Speech,
) -> Table:
    cells = {(p.arm, p.wave): p for p in points}
    rows = tuple(
        (
            arm or speech.say("flow.everyone"),
            *(_cell(outcome, cells.get((arm, wave)), speech) for wave in waves),
        )
        for arm in arms
    )
    once = speech.say("course.once")
    columns = (
        Column(speech.say("column.arm")),
        *(Column(wave or once, number=True) for wave in waves),
    )
    return Table(speech.say("caption.course"), columns, rows)


def _cell(outcome: Outcome, point: MeanPoint | None, speech: Speech) -> str:
    if point is None:
        return "—"
    if outcome.kind == "binary":
        mean = speech.share(round(point.mean * point.n), point.n)
    else:
        mean = figure(point.mean)
    return f"{mean} ({speech.count(point.n)})"


def _span(points: Sequence[MeanPoint]) -> tuple[float, float]:
    """The same vertical axis for every informant of an outcome."""
    ends = [e for p in points for e in (p.mean, p.ci_low, p.ci_high) if e is not None]
    low, high = min(ends), max(ends)
    air = 0.06 * (high - low or 1.0)
    return (0.0 if low >= 0 else low - air), high + air


def slug(*parts: str | None) -> str:
    """Return a name for a drawing: small letters, digits and dashes."""
    text = "-".join(part for part in parts if part)
    plain = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
    # Names that differ only in letters that fall away still differ.
    return plain if plain == text else f"{plain}-{sum(map(ord, text)):x}"
