"""Pure decisions: what a diagnosis still lacks, which step is next, when a review is due.

What is not here on purpose: anything that turns answers into a level. A person judges, with
reasons and a name (ADR 0043); a test reads this room for sums and would notice one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from tequio.care import questions
from tequio.care.questions import STEPS, Step

Answers = Mapping[str, Any]

# Days until somebody has looked, by what called for it. Ours: no source gives them.
DAYS: Final[Mapping[str, int]] = {
    "disclosure": 1,
    "flag": 2,
    "separation": 2,
    "third_absence": 3,
    "intake": 7,
    "exit": 7,
}
# One that was judged and stays open is looked at again after so many days, where nobody said when.
# Ours too; high danger does not wait for a fortnight.
AGAIN: Final[Mapping[str, int]] = {"low": 14, "medium": 14, "high": 3}
# Answers after which nobody is left alone: the page shows the human protocol at once.
_NOT_ALONE: Final = {"suicide": {"now", "plan"}, "psychosis": {"now"}}


@dataclass(frozen=True, slots=True)
class Pair:
    """One type of violence against one relation."""

    type: str
    against: str

    @property
    def key(self) -> str:
        """The name of its field."""
        return f"{self.type}-{self.against}"


def due_on(trigger: str, opened_on: date) -> date:
    """Return until when somebody has to have looked."""
    return opened_on + timedelta(days=DAYS[trigger])


def again_on(level: str, today: date) -> date:
    """Return until when one that was judged is looked at once more."""
    return today + timedelta(days=AGAIN[level])


def types(answers: Answers) -> tuple[str, ...]:
    """Return the types that he named."""
    return tuple(answers.get("types", ())) if answers.get("said") == "yes" else ()


def pairs(answers: Answers) -> tuple[Pair, ...]:
    """Return every type with every relation that he named."""
    against = answers.get("against", {})
    return tuple(Pair(kind, whom) for kind in types(answers) for whom in against.get(kind, ()))


def steps(answers: Answers) -> tuple[Step, ...]:
    """Return the steps that there are for him: without violence told, nobody asks against whom."""
    skipped = set() if types(answers) else {questions.WHOM.slug, questions.WHEN.slug}
    return tuple(step for step in STEPS if step.slug not in skipped)


def neighbour(answers: Answers, slug: str, by: int) -> Step | None:
    """Return the step after (1) or before (-1) this one."""
    there = steps(answers)
    at = [step.slug for step in there].index(slug) + by
    return there[at] if 0 <= at < len(there) else None


def lacking(answers: Answers) -> tuple[Step, ...]:
    """Return the steps in which something has not been asked yet."""
    return tuple(step for step in steps(answers) if not _whole(step, answers))


def disclosed(answers: Answers, types_that_count: frozenset[str]) -> dict[str, Any]:
    """Return what a finished diagnosis discloses for the wall's letter, in codes; or nothing."""
    told = [kind for kind in types(answers) if kind in types_that_count]
    against = answers.get("against", {})
    whom = sorted({one for kind in told for one in against.get(kind, ())})
    danger = {
        code: answers[code]
        for code in _DANGERS
        if answers.get(code) not in (None, "", "never", "none", "no", "not_said")
    }
    if not told and not danger.get("threats"):
        return {}
    return {"types": told, "against": whom, **danger}


# What stands beside a disclosure, so that whoever opens the letter knows how far it went.
_DANGERS: Final = ("threats", "weapons", "strangulation", "separation")


def rises(level: str, before: str) -> bool:
    """Tell whether somebody worries more than before; high is told each time."""
    return level == "high" or (bool(before) and _WEIGHT[level] > _WEIGHT[before])


_WEIGHT: Final[Mapping[str, int]] = {"low": 1, "medium": 2, "high": 3}


# A talk may be begun a week before its day, and Hoy shows it from then on.
AHEAD: Final = timedelta(days=7)
# Within this somebody else looks at a decision about an authority (issue: twenty-four hours).
LOOKED_AT_WITHIN: Final = timedelta(hours=24)
# A first meeting that is corrected by some weeks is still the same start.
_SAME_START: Final = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Start:
    """A start from which talks were counted before, and the weeks that were planned."""

    began_on: date | None
    weeks: frozenset[int]


def may_begin(due_on: date, today: date) -> bool:
    """Tell whether a talk may be begun yet."""
    return due_on - AHEAD <= today


def same_start(counted: Iterable[tuple[date, int]], first_on: date) -> Start:
    """Return the start that this is, so that a corrected list plans nothing twice."""
    near = [(on, week) for on, week in counted if abs(on - first_on) <= _SAME_START]
    return Start(near[0][0] if near else None, frozenset(week for _on, week in near))


def _whole(step: Step, answers: Answers) -> bool:
    asked = all(answers.get(question.code) for question in step.questions)
    if step is questions.WHAT:
        return asked and (answers["said"] != "yes" or bool(answers.get("types")))
    if step is questions.WHOM:
        against = answers.get("against", {})
        return all(against.get(kind) for kind in types(answers))
    if step is questions.WHEN:
        last = answers.get("last", {})
        return all(last.get(pair.key) for pair in pairs(answers))
    return asked


def not_alone(answers: Answers) -> bool:
    """Tell whether he said something after which somebody stays with him now."""
    return any(answers.get(code) in said for code, said in _NOT_ALONE.items())
