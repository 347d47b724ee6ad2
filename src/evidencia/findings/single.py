"""The finding of one question: its headline, its numbers, its limits."""

from __future__ import annotations

from math import ceil
from typing import Final

from evidencia.findings.amounts import Amounts, amounts
from evidencia.findings.questions import Question, evidence
from evidencia.findings.strength import Grade, Strength, grade
from evidencia.findings.tellers import teller
from evidencia.findings.verdicts import BETTER, Verdict
from evidencia.results import Finding, Result
from evidencia.words import Note, Value

# 80 % power at the level of 95 %: 1.96 + 0.84.
_POWER: Final = 2.8
_NEEDS: Final = {
    "single_arm": "comparison",
    "no_lottery": "lottery",
    "lost": "follow_up",
    "gap": "follow_up",
    "untested": "follow_up",
    "fragile": "follow_up",
    "reversed": "follow_up",
    "tips_early": "follow_up",
    "few_clusters": "clusters",
    "own_account": "her_report",
}


def finding(result: Result, asked: Question) -> Finding:
    """Say what `asked` found."""
    graded = grade(evidence(result, asked))
    verdict = verdict_of(result, asked, graded)
    e = asked.estimate
    headline = _headline(asked, verdict, graded)
    return Finding(
        code=headline.code,
        outcome=e.outcome,
        informant=e.informant,
        contrast=e.contrast,
        wave=e.wave,
        verdict=verdict.value,
        strength=graded.strength.slug,
        reasons=graded.reasons,
        may_say=(headline, *_numbers(asked, verdict)),
        must_not_say=_must_not(asked, verdict, graded),
        to_know_more=_needed(asked, verdict, graded),
    )


def verdict_of(result: Result, asked: Question, graded: Grade) -> Verdict:
    """What the interval says, once the design and the sensitivity set have spoken."""
    if not result.study.shape.compares:
        return Verdict.CHANGE
    if graded.strength is Strength.NONE:
        return Verdict.UNKNOWN
    return asked.reading.verdict


def _headline(asked: Question, verdict: Verdict, graded: Grade) -> Note:
    code = _code(asked, verdict, graded)
    return Note.of(code if asked.estimate.informant else f"{code}.untold", **_who(asked))


def _code(asked: Question, verdict: Verdict, graded: Grade) -> str:
    code, reading = f"findings.{verdict}", asked.reading.verdict
    if verdict is Verdict.CHANGE:
        if reading not in (*BETTER, Verdict.HARM):
            return f"{code}.unclear"
        return f"{code}.{'better' if reading in BETTER else 'worse'}.{_way(asked)}"
    if verdict is Verdict.UNKNOWN:
        return f"{code}.reversed" if "reversed" in graded.rules else code
    if verdict in (Verdict.BENEFIT, Verdict.HARM):
        return f"{code}.{graded.strength.slug}.{_way(asked)}"
    return f"{code}.{_way(asked)}" if verdict is Verdict.SMALL_BENEFIT else code


def _way(asked: Question) -> str:
    return "less" if asked.estimate.effect.estimate < 0 else "more"


def _who(asked: Question) -> dict[str, Value]:
    """Names for a headline; a sentence takes those that it needs."""
    return {
        "label": asked.outcome.label,
        "informant": asked.estimate.informant or "—",
        "arm": asked.arm,
        "control": asked.control,
        "wave": asked.estimate.wave or asked.arm,
        "baseline": asked.control,
    }


def _numbers(asked: Question, verdict: Verdict) -> tuple[Note, ...]:
    e, how = asked.estimate, amounts(asked.estimate.effect, asked.outcome.kind)
    number = Note.of(
        how.code,
        at=f" ({e.wave})" if e.wave else "",
        size=how.write(e.effect.estimate),
        low=how.write(e.effect.ci_low),
        high=how.write(e.effect.ci_high),
        level=round(100 * e.effect.level, 1),
        n=e.effect.n_units,
    )
    change = "change_" if verdict is Verdict.CHANGE else ""
    way = "lower" if asked.outcome.direction == "lower_is_better" else "higher"
    names: dict[str, Value] = {"zero": how.zero}
    if not change:
        names["arm"] = asked.arm
    sign = Note.of(f"findings.number.{change}{way}", **names)
    checked = () if verdict is Verdict.CHANGE else _checked(asked, how)
    return (number, sign, *_open(asked, verdict, how), *checked)


def _open(asked: Question, verdict: Verdict, how: Amounts) -> tuple[Note, ...]:
    """What the interval leaves open: "not found" is never "not there"."""
    effect, smallest = asked.estimate.effect, asked.outcome.smallest
    low, high = how.write(effect.ci_low), how.write(effect.ci_high)
    ends: dict[str, Value] = {"low": low, "high": high}
    if smallest is None:
        return (Note.of("findings.open.no_margin", **ends),) if asked.reading.spans else ()
    least = how.distance(smallest)
    if verdict in (Verdict.NO_DIFFERENCE, Verdict.SMALL_BENEFIT):
        return (Note.of("findings.open.within", **ends, smallest=least),)
    if not asked.reading.spans:
        return ()
    notes = [Note.of("findings.open.margin", **ends, smallest=least)]
    if asked.reading.rules_out_benefit:
        notes.append(Note.of("findings.open.no_benefit", smallest=least))
    if asked.reading.rules_out_harm:
        notes.append(Note.of("findings.open.no_harm", smallest=least))
    return tuple(notes)


def _checked(asked: Question, how: Amounts) -> tuple[Note, ...]:
    """The sensitivity set in words: the primary is never alone."""
    n = len(asked.checks)
    values: dict[str, dict[str, Value]] = {
        "agrees": {"n": n},
        "weakens": {"k": asked.changing, "n": n},
        "reverses": {"k": asked.reversing, "n": n},
        "absent": {},
    }
    kind = asked.sensitivity
    said = Note.of(f"findings.sensitivity.{kind}", **values[kind])
    return (said, *_tipped(asked, how))


def _tipped(asked: Question, how: Amounts) -> tuple[Note, ...]:
    tipping = asked.tipping
    if tipping is None or not tipping.steps or asked.reading.spans:
        return ()
    if tipping.point is not None:
        return (Note.of("findings.tipping.at", point=how.distance(tipping.point)),)
    most = max(abs(step.delta) for step in tipping.steps)
    return (Note.of("findings.tipping.never", most=how.distance(most)),)


def _must_not(asked: Question, verdict: Verdict, graded: Grade) -> tuple[Note, ...]:
    worse = asked.reading.verdict is Verdict.HARM
    violence = asked.outcome.violence is not None
    his = teller(asked.estimate.informant) == "his"
    firm = graded.strength is Strength.STRONG
    table = (
        ("hide_harm", verdict is Verdict.HARM or (verdict is Verdict.CHANGE and worse)),
        ("thanks_to", verdict is Verdict.CHANGE),
        ("works_or_not", verdict is Verdict.UNKNOWN),
        ("no_effect", verdict is Verdict.UNKNOWN),
        ("big", verdict in (Verdict.SMALL_BENEFIT, Verdict.NO_DIFFERENCE)),
        ("proved", verdict in BETTER and not firm),
        ("everyone", verdict in BETTER),
        ("ended", violence and verdict in BETTER),
        ("his_word", violence and his),
        ("safer", violence),
        ("leavers", "lost" in graded.rules or "untested" in graded.rules),
    )
    return tuple(Note.of(f"findings.not.{code}") for code, holds in table if holds)


def _needed(asked: Question, verdict: Verdict, graded: Grade) -> tuple[Note, ...]:
    notes: dict[str, Note] = {}
    worse = asked.reading.verdict is Verdict.HARM and verdict is not Verdict.UNKNOWN
    if worse:
        notes["act_on_harm"] = Note.of("findings.needed.act_on_harm")
    for rule in graded.rules:
        if rule in _NEEDS:
            notes[_NEEDS[rule]] = Note.of(f"findings.needed.{_NEEDS[rule]}")
    if asked.reading.spans or {"few_people", "may_be_trivial"} & set(graded.rules):
        notes["people"] = _people(asked)
    if asked.outcome.smallest is None and verdict is Verdict.UNKNOWN:
        notes["margin"] = Note.of("findings.needed.margin")
    if not notes:
        notes["repeat"] = Note.of("findings.needed.repeat")
    return tuple(notes.values())


def _people(asked: Question) -> Note:
    """About how many people would see the smallest difference that matters.

    The variance falls as 1/n, and 80 % power needs a standard error of `smallest` / 2.8
    (Lehr 1992, *Stat. Med.* 11, 1099–1102). Rounded up to ten; said only when it is more than now.
    """
    effect, smallest = asked.estimate.effect, asked.outcome.smallest
    if smallest is None or effect.se is None:
        return Note.of("findings.needed.narrower")
    n = ceil(effect.n_units * (_POWER * effect.se / smallest) ** 2 / 10) * 10
    if n <= effect.n_units:
        return Note.of("findings.needed.narrower")
    least = amounts(effect, asked.outcome.kind).distance(smallest)
    return Note.of("findings.needed.people", n=n, smallest=least, now=effect.n_units)
