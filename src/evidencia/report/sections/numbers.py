"""Every estimate with its interval, its people and its role."""

from __future__ import annotations

from collections.abc import Sequence

from evidencia.estimate import Estimate
from evidencia.findings.amounts import amounts
from evidencia.levels import LEVELS, WITHIN
from evidencia.report.blocks import Block, Column, Table, Text
from evidencia.report.speech import Speech, p_value
from evidencia.results import Result

_Asked = tuple[str, str | None, str, str | None]


def estimates(result: Result, speech: Speech) -> tuple[Block, ...]:
    """Return a table per outcome and informant: informants never share one."""
    primary = {(e.outcome, e.informant) for e in result.estimates if e.role == "primary"}
    blocks: list[Block] = []
    for outcome in result.outcomes:
        mine = [e for e in result.estimates if e.outcome == outcome.name]
        for informant in dict.fromkeys(e.informant for e in mine):
            told = [e for e in mine if e.informant == informant]
            if (outcome.name, informant) in primary:
                told = [e for e in told if e.role not in ("primary", "sensitivity")]
            if told:
                blocks.append(table(told, result, speech))
    return tuple(blocks) or (Text(speech.say("empty")),)


def table(rows: Sequence[Estimate], result: Result, speech: Speech) -> Table:
    """Return the estimates of one outcome and informant as a table."""
    first = rows[0]
    label = result.outcome(first.outcome).label
    caption = speech.told(label, first.informant)
    level = round(100 * result.level, 1)
    corrected = _corrected(result)
    clustered = any(e.effect.n_clusters is not None for e in rows)
    adjusted = any(_key(e) in corrected for e in rows)
    several = len({(e.contrast, e.wave) for e in rows}) > 1
    columns = (
        Column(speech.say("column.method")),
        *((Column(speech.say("column.wave")),) if several else ()),
        Column(speech.say("column.estimate"), number=True),
        Column(speech.say("column.interval", level=level), number=True),
        Column(speech.say("column.p"), number=True),
        *((Column(speech.say("column.adjusted"), number=True),) if adjusted else ()),
        Column(speech.say("column.n"), number=True),
        *((Column(speech.say("column.clusters"), number=True),) if clustered else ()),
        Column(speech.say("column.role")),
    )
    made = tuple(
        (
            speech.named("method", e.method),
            *((_when(e, result),) if several else ()),
            *_figures(e, result),
            *((_adjusted(e, corrected),) if adjusted else ()),
            speech.count(e.effect.n_units),
            *((_clusters(e),) if clustered else ()),
            speech.say(f"role.{e.role}"),
        )
        for e in rows
    )
    return Table(caption, columns, made)


def _figures(e: Estimate, result: Result) -> tuple[str, str, str]:
    effect = e.effect
    how = amounts(effect, "binary" if e.method == WITHIN else result.outcome(e.outcome).kind)
    signed = e.method not in LEVELS
    low, high = (how.write(end, signed=signed) for end in (effect.ci_low, effect.ci_high))
    return (
        how.write(effect.estimate, signed=signed),
        f"{low}; {high}",
        p_value(effect.p),
    )


def _when(e: Estimate, result: Result) -> str:
    """The wave; with several arms also against which."""
    wave = e.wave or (e.contrast if e.method in LEVELS else "—")
    if len(result.arms) > 2:
        return f"{e.contrast} · {wave}"
    return wave


def _clusters(e: Estimate) -> str:
    return "—" if e.effect.n_clusters is None else f"{e.effect.n_clusters:,}"


def _adjusted(e: Estimate, corrected: dict[_Asked, float]) -> str:
    """Only the figure that was tested was corrected, not the checks beside it."""
    return "—" if e.role == "sensitivity" else p_value(corrected.get(_key(e)))


def _key(e: Estimate) -> _Asked:
    return (e.outcome, e.informant, e.contrast, e.wave)


def _corrected(result: Result) -> dict[_Asked, float]:
    rows = result.multiplicity.adjusted
    return {(a.outcome, a.informant, a.contrast, a.wave): a.p_adjusted for a in rows}
