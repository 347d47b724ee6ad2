"""All the findings of a study, in the order in which they are read."""

from __future__ import annotations

from evidencia.designs import Outcome
from evidencia.findings.informants import beside_each_other
from evidencia.findings.questions import questions
from evidencia.findings.single import finding
from evidencia.findings.violence import not_measured, with_control
from evidencia.findings.waiting import waited
from evidencia.results import Finding, Result, RetentionCurve
from evidencia.words import Note, Value
from evidencia.words.badges import MANDATORY

__all__ = ["MANDATORY", "find"]


def find(result: Result) -> tuple[Finding, ...]:
    """Put a result into words.

    One finding per outcome, informant and contrast, at the last wave: primary outcomes first, then
    in the order of the plan. Then the outcomes without a number, the types of violence that nobody
    asked about, and attendance, which is never safety.

    Parameters
    ----------
    result
        An evaluation; its own `findings` are not looked at.

    Returns
    -------
    tuple of Finding
        Never empty. Each may be quoted alone: its first sentence is the headline, a mandatory
        sentence stands second, and what must not be said comes with it.

    Notes
    -----
    The verdict reads the interval (:func:`evidencia.findings.read`); the strength comes from
    :data:`evidencia.findings.RULES`. If the sensitivity set says the opposite, the verdict is
    "unknown". Pure: the same result gives the same findings.

    References
    ----------
    ICH E9(R1) (2019), A.5.2. Guyatt et al. (2011), GRADE guidelines, *J. Clin. Epidemiol.* 64.
    Santesso et al. (2020), GRADE guidelines 26, *J. Clin. Epidemiol.* 119, 126–135.
    """
    pairs = tuple((asked, finding(result, asked)) for asked in questions(result))
    told = tuple(found for _, found in beside_each_other(with_control(pairs)))
    told += waited(result)
    answered = {found.outcome for found in told}
    refused = tuple(_refused(result, o) for o in result.outcomes if o.name not in answered)
    silent = not_measured(result)
    return (*told, *refused, *(() if silent is None else (silent,)), _attendance(result))


def _refused(result: Result, outcome: Outcome) -> Finding:
    """An outcome without a number: we do not know, and this is why."""
    why = tuple(c.note for c in result.warnings if c.outcome == outcome.name)
    why = why or (Note.of("findings.because.no_number"),)
    who = outcome.informant
    code = "findings.refused" if who else "findings.refused.untold"
    headline = Note.of(code, label=outcome.label, informant=who or "—")
    return Finding(
        code=headline.code,
        outcome=outcome.name,
        informant=outcome.informant,
        wave=None,
        verdict="refused",
        strength="none",
        reasons=why,
        may_say=(headline,),
        must_not_say=(Note.of("findings.not.anything"), Note.of("findings.not.works_or_not")),
        to_know_more=(Note.of("findings.needed.data"),),
    )


def _attendance(result: Result) -> Finding:
    """How many answered at the end and how many sessions they came to. Never safety."""
    said = [_answered(result), *_sessions(result)]
    # Only a study that knows neither violence nor attendance has nothing to confuse with safety.
    about = result.retention or any(outcome.violence for outcome in result.outcomes)
    safety = (Note.of("findings.not.attendance"),) if about else ()
    return Finding(
        code="findings.attendance",
        outcome=None,
        informant=None,
        wave=result.waves[-1] if result.waves else None,
        verdict="descriptive",
        strength="none",
        may_say=tuple(said),
        must_not_say=(*safety, Note.of("findings.not.leavers")),
        to_know_more=(Note.of("findings.needed.follow_up"),),
    )


def _answered(result: Result) -> Note:
    """The best answered outcome at the last wave: nobody has more answers than this."""
    observed: dict[tuple[str, str | None], int] = {}
    timed = {one.name for one in result.outcomes if one.kind == "time_to_event"}
    for step in result.flow.steps:
        if step.outcome in timed:
            continue  # a register knows it; nobody answered
        if step.wave in (None, *result.waves[-1:]):
            key = (step.outcome, step.informant)
            observed[key] = observed.get(key, 0) + step.n_observed
    return Note.of("findings.attendance", k=max(observed.values(), default=0), n=result.n_units)


def _sessions(result: Result) -> list[Note]:
    """Half of the sessions seen, for everybody or arm by arm."""
    return [_session(result, curve) for curve in result.retention if curve.time]


def _session(result: Result, curve: RetentionCurve) -> Note:
    i = len(curve.time) // 2
    values: dict[str, Value] = {
        "time": curve.time[i],
        "percent": round(100 * curve.share[i]),
        "n": curve.n,
        "level": round(100 * result.level, 1),
        "low": round(100 * curve.ci_low[i]),
        "high": round(100 * curve.ci_high[i]),
    }
    if curve.arm is None:
        return Note.of("findings.attendance.sessions", **values)
    return Note.of("findings.attendance.sessions_of", arm=curve.arm, **values)
