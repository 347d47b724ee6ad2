"""The designs side by side: offered or not, and what each would see with the people expected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from evidencia.planning import SimulatedPower
from tequio.access.models import User
from tequio.studies.models import Study
from tequio.studies.queries import feasibility
from tequio.studies.queries.feasibility import Feasible
from tequio.studies.questions import Question
from tequio.studies.rules import ethics
from tequio.studies.rules import reach as rules
from tequio.studies.rules.choices import Choices
from tequio.studies.rules.designs import DESIGNS, Design, why_not
from tequio.studies.rules.reach import Numbers, Reach


@dataclass(frozen=True, slots=True)
class Option:
    """One design as this organisation could run it.

    Attributes
    ----------
    refused
        Why it is not offered; empty where it is.
    months
        Until the last answer is in.
    rehearsal
        What would be said if the programme changed nothing; None where a formula says enough.
    waits_for
        The lottery or the agreement that has to be there before the plan is frozen.
    """

    design: Design
    refused: str
    reach: Reach
    months: int
    rehearsal: SimulatedPower | None = None
    waits_for: str = ""

    @property
    def offered(self) -> bool:
        """Whether it may be chosen."""
        return not self.refused


@dataclass(frozen=True, slots=True)
class Options:
    """All designs of a question, and from what they were worked out."""

    feasible: Feasible
    monthly: float
    typed: bool
    people: int
    options: tuple[Option, ...]

    def one(self, slug: str) -> Option | None:
        """Return one design of the list."""
        return next((one for one in self.options if one.design.slug == slug), None)


def options(
    user: User,
    study: Study,
    question: Question,
    choices: Choices,
    today: date,
    *,
    rehearsed: bool = False,
) -> Options:
    """Lay the designs side by side; for a page, rehearsed where a formula would flatter."""
    found = feasibility.feasible(user, study, question, choices, today)
    monthly = found.coming.monthly if choices.monthly is None else choices.monthly
    # Of a neighbourhood others are asked each year: what counts is how many answer in one.
    people = round(monthly * (12 if question.informant == "community" else choices.months))
    numbers = _numbers(question, choices, found, people)
    return Options(
        feasible=found,
        monthly=monthly,
        typed=choices.monthly is not None,
        people=people,
        options=tuple(
            _option(DESIGNS[slug], question, choices, found, numbers, rehearsed=rehearsed)
            for slug in question.designs
        ),
    )


def _numbers(question: Question, choices: Choices, found: Feasible, people: int) -> Numbers:
    first = question.candidate(choices.primary[0]) if choices.primary else None
    return Numbers(
        people=people,
        lost=found.staying.lost,
        exempt=found.exempt / found.in_line if found.in_line else 0.0,
        sites=found.standing.sites,
        share=first.share if first else None,
    )


def _option(
    design: Design,
    question: Question,
    choices: Choices,
    found: Feasible,
    numbers: Numbers,
    *,
    rehearsed: bool,
) -> Option:
    chosen = replace(choices, design=design.slug, of="")
    refused = why_not(design, found.standing) or " ".join(ethics.problems(question, chosen))
    # Without its sites a wedge has no arithmetic; the reason is said instead.
    seen = Reach(0, 0) if design.needs == "sites" and refused else rules.reach(design, numbers)
    wave = "T3" if design.slug == "lottery" else choices.wave
    there = found.there.get(design.lot if design.needs == "lottery" else "comparison", ())
    waits = design.needs if design.needs in ("lottery", "comparison") and not there else ""
    return Option(
        design=design,
        refused=refused,
        reach=seen,
        months=rules.months(design, choices.months, wave),
        rehearsal=rules.rehearsal(design, numbers)
        if rehearsed and not refused and question.about_violence
        else None,
        waits_for=waits,
    )
