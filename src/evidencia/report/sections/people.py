"""Who was there, how they arrived, who kept coming and who left."""

from __future__ import annotations

from collections.abc import Sequence

from evidencia.report import figures
from evidencia.report.blocks import Block, Column, Figure, Table, Text
from evidencia.report.figures import Box, Steps
from evidencia.report.speech import Speech, figure
from evidencia.results import BaselineRow, FlowArm, FlowStep, LeaverRow, Result, RetentionCurve


def flow(result: Result, speech: Speech) -> tuple[Block, ...]:
    """The flow diagram, its table, and how many are missing at the end."""
    if not result.flow.arms:
        return (Text(speech.say("empty")),)
    steps = _fullest(result)
    columns = [_column(arm, steps, result, speech) for arm in result.flow.arms]
    title = speech.say("flow.title")
    lead = speech.say("flow.lead", **_some(speech, "base", "threshold"))
    drawing = Figure("flow", title, lead, figures.flow(columns, title=title, description=lead))
    return (Text(lead), drawing, _flow_table(steps, speech), *_attrition(result, speech))


def _some(speech: Speech, *names: str) -> dict[str, int | float | str]:
    return {name: speech.control[name] for name in names}


def _fullest(result: Result) -> list[FlowStep]:
    """Of each informant, the outcome with most answers: nobody has more than this."""
    totals: dict[tuple[str | None, str], int] = {}
    for step in result.flow.steps:
        key = (step.informant, step.outcome)
        totals[key] = totals.get(key, 0) + step.n_observed
    best: dict[str | None, str] = {}
    for (informant, outcome), n in totals.items():
        if informant not in best or n > totals[(informant, best[informant])]:
            best[informant] = outcome
    return [s for s in result.flow.steps if best.get(s.informant) == s.outcome]


def _column(arm: FlowArm, steps: Sequence[FlowStep], result: Result, speech: Speech) -> list[Box]:
    name = arm.arm or speech.say("flow.everyone")
    lines = [name, speech.say("flow.start", n=speech.count(arm.n_units))]
    if arm.n_clusters is not None:
        lines.append(speech.say("flow.clusters", n=arm.n_clusters))
    boxes = [Box(tuple(lines))]
    for wave in result.waves[1:] or result.waves or (None,):
        mine = [s for s in steps if s.arm == arm.arm and s.wave == wave]
        if mine:
            boxes.append(_box(wave, mine, speech))
    return boxes


def _box(wave: str | None, steps: Sequence[FlowStep], speech: Speech) -> Box:
    """One informant in one line; with several, each under its name."""
    if len(steps) == 1:
        (step,) = steps
        lost = speech.count(step.n_expected - step.n_observed)
        k = speech.count(step.n_observed)
        once = speech.say("flow.answered_once", k=k)
        said = once if wave is None else speech.say("flow.answered", wave=wave, k=k)
        return Box((said,), speech.say("flow.missing", k=lost))
    named = (f"{step.informant}: {speech.count(step.n_observed)}" for step in steps)
    return Box((wave, *named) if wave else tuple(named))


def _flow_table(steps: Sequence[FlowStep], speech: Speech) -> Table:
    columns = ("arm", "informant", "wave", "expected", "answered", "lost", "returned")
    rows = tuple(
        (
            step.arm or speech.say("flow.everyone"),
            step.informant or "—",
            step.wave or "—",
            speech.count(step.n_expected),
            speech.counted(step.n_observed, step.n_expected),
            speech.count(step.n_expected - step.n_observed),
            speech.count(step.n_returned),
        )
        for step in steps
    )
    heads = tuple(Column(speech.say(f"column.{c}"), number=i > 2) for i, c in enumerate(columns))
    return Table(speech.say("caption.flow"), heads, rows)


def _attrition(result: Result, speech: Speech) -> tuple[Table, ...]:
    if not result.attrition.rows:
        return ()
    columns = ("outcome", "informant", "arm", "expected", "lost")
    rows = tuple(
        (
            result.outcome(row.outcome).label,
            row.informant or "—",
            row.arm or speech.say("flow.everyone"),
            speech.count(row.n_expected),
            speech.counted(row.n_lost, row.n_expected),
        )
        for row in result.attrition.rows
    )
    heads = tuple(Column(speech.say(f"column.{c}"), number=i > 2) for i, c in enumerate(columns))
    return (Table(speech.say("caption.attrition"), heads, rows),)


def baseline(result: Result, speech: Speech) -> tuple[Block, ...]:
    """The baseline table: a row per variable or category, a column per arm."""
    cells = {(r.variable, r.level, r.arm): r for r in result.baseline.rows}
    if not cells:
        return (Text(speech.say("empty")),)
    arms = [arm for arm in (*result.arms, None) if any(key[2] == arm for key in cells)]
    differences = result.baseline.differences
    contrasts = list(dict.fromkeys(d.contrast for d in differences))
    gaps = {(d.variable, d.level, d.contrast): d.difference for d in differences}
    rows = []
    for variable, level in dict.fromkeys((r.variable, r.level) for r in result.baseline.rows):
        found = [cells.get((variable, level, arm)) for arm in arms]
        missing = max((r.n_missing for r in found if r is not None), default=0)
        rows.append(
            (
                variable if level is None else f"{variable}: {level}",
                *(_cell(r, speech) for r in found),
                speech.count(missing),
                *(figure(gaps.get((variable, level, c))) for c in contrasts),
            )
        )
    names = [arm or speech.say("column.everyone") for arm in arms]
    gap = speech.say("column.difference")
    heads = [gap if len(contrasts) == 1 else f"{gap}: {c}" for c in contrasts]
    columns = (
        Column(speech.say("column.variable")),
        *(Column(name, number=True) for name in names),
        Column(speech.say("column.missing"), number=True),
        *(Column(head, number=True) for head in heads),
    )
    table = Table(speech.say("caption.baseline"), columns, tuple(rows))
    return (Text(speech.say("baseline.lead")), table)


def _cell(row: BaselineRow | None, speech: Speech) -> str:
    if row is None:
        return "—"
    if row.count is not None:
        return speech.counted(row.count, row.n)
    if row.mean is None or row.n < speech.policy.percent_from:
        return "—"
    mean = figure(row.mean, 1)
    return mean if row.sd is None else speech.say("mean_sd", mean=mean, sd=figure(row.sd, 1))


def retention(result: Result, speech: Speech) -> tuple[Block, ...]:
    """The retention curve and its table."""
    curves = [c for c in result.retention if c.time and speech.allowed(c.n)]
    if not curves:
        return (Text(speech.say("empty")),)
    lead = speech.say("retention.lead", level=round(100 * result.level, 1))
    title = speech.say("retention.title")
    drawn = [_steps(c, speech) for c in curves]
    first = result.arms.index(curves[0].arm) if curves[0].arm in result.arms else 1
    spec = figures.retention(
        drawn, title=title, description=lead, axis=speech.say("retention.axis"), first=first
    )
    columns = (
        Column(speech.say("column.arm")),
        Column(speech.say("column.sessions"), number=True),
        Column(speech.say("column.share"), number=True),
        Column(speech.say("column.interval", level=round(100 * result.level, 1)), number=True),
    )
    rows = tuple(row for c in curves for row in _retention_rows(c, speech))
    table = Table(speech.say("caption.retention"), columns, rows)
    return (Text(lead), Figure("retention", title, lead, spec), table)


def _steps(curve: RetentionCurve, speech: Speech) -> Steps:
    points = _points(curve, speech)
    last = speech.share(round(points[-1][1] * curve.n), curve.n) if points else ""
    return Steps(curve.arm or speech.say("flow.everyone"), last, points)


def _points(curve: RetentionCurve, speech: Speech) -> tuple[tuple[float, float, float, float], ...]:
    """The curve ends before too few are left to be told apart."""
    every = zip(curve.time, curve.share, curve.ci_low, curve.ci_high, strict=True)
    return tuple(p for p in every if speech.allowed(round(p[1] * curve.n)))


def _retention_rows(curve: RetentionCurve, speech: Speech) -> list[tuple[str, ...]]:
    name = curve.arm or speech.say("flow.everyone")
    rows: list[tuple[str, ...]] = []
    for time, share, low, high in _points(curve, speech)[::2]:
        shown = speech.counted(round(share * curve.n), curve.n)
        limits = f"{100 * low:.0f}–{100 * high:.0f} %" if "%" in shown else "—"
        rows.append((name, f"{time:g}", shown, limits))
    return rows


def leavers(result: Result, speech: Speech) -> tuple[Block, ...]:
    """Those who left against those who stayed, for the primary outcomes."""
    primary = {outcome.name for outcome in result.outcomes if outcome.primary}
    found = [r for r in result.attrition.leavers if r.outcome in primary and r.arm is None]
    found = found or [r for r in result.attrition.leavers if r.outcome in primary]
    if not found:
        return (Text(speech.say("empty")),)
    found = [r for r in found if min(r.n_stayed, r.n_left) >= speech.policy.percent_from]
    if not found:
        return (Text(speech.say("leavers.few")),)
    columns = ("variable", "arm", "informant", "stayed", "left", "difference")
    heads = tuple(Column(speech.say(f"column.{c}"), number=i > 2) for i, c in enumerate(columns))
    table = Table(
        speech.say("caption.leavers"), heads, tuple(_leaver(row, speech) for row in found)
    )
    return (Text(speech.say("leavers.lead")), table)


def _leaver(row: LeaverRow, speech: Speech) -> tuple[str, ...]:
    if row.level is None:
        means = [figure(m, 1) for m in (row.mean_stayed, row.mean_left)]
    else:
        pairs = ((row.mean_stayed, row.n_stayed), (row.mean_left, row.n_left))
        means = [speech.share(round(share * n), n) for share, n in pairs]
    return (
        row.variable if row.level is None else f"{row.variable}: {row.level}",
        row.arm or speech.say("column.everyone"),
        row.informant or "—",
        *means,
        figure(row.difference),
    )
