"""Studies as pages and reports read them: how far each is, its plans in words, its amendments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from uuid import UUID

from django.utils.translation import get_language

from evidencia.plans import read_plan
from tequio.access.models import User
from tequio.access.policies import not_visible, pick
from tequio.core import clock
from tequio.studies import questions
from tequio.studies import recipe as recipes
from tequio.studies.models import Plan, Study
from tequio.studies.policies.studies import plans_visible_to, studies_visible_to
from tequio.studies.questions import Question
from tequio.studies.rules import said, writing
from tequio.studies.rules.choices import Choices, next_step
from tequio.studies.rules.said import Change, Line
from tequio.studies.rules.writing import Heading


@dataclass(frozen=True, slots=True)
class Row:
    """One study in the list."""

    study: Study
    words: str
    plans: int

    @property
    def amendments(self) -> int:
        """How many times the plan was changed."""
        return max(self.plans - 1, 0)


@dataclass(frozen=True, slots=True)
class Draft:
    """A study that is prepared: its question and what was chosen."""

    study: Study
    question: Question
    choices: Choices

    @property
    def step(self) -> str:
        """The first step that lacks something."""
        return next_step(self.choices)


@dataclass(frozen=True, slots=True)
class Written:
    """A plan as it is read aloud."""

    plan: Plan
    lines: tuple[Line, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """A plan that took the place of another: when, whose, why, and what is different."""

    number: int
    frozen_at: datetime
    by: str
    reason: str
    sha256: str
    changes: tuple[Change, ...]


def studies(user: User) -> list[Row]:
    """Return the studies, the newest first."""
    found = studies_visible_to(user).prefetch_related("plans").order_by("-begun_at", "pk")
    return [Row(one, question_of(one).words.now(), len(one.plans.all())) for one in found]


def question_of(study: Study) -> Question:
    """Return the question as it was when the study began; the newest where that one is gone."""
    found = questions.find(study.question, study.version) or questions.find(study.question)
    if found is None:
        raise not_visible()
    return found


def choices_of(study: Study) -> Choices:
    """Return what was chosen."""
    return Choices.read(study.choices)


def draft(study: Study) -> Draft:
    """Return a study with its question and its choices."""
    return Draft(study, question_of(study), choices_of(study))


def current(study: Study) -> Plan | None:
    """Return the plan that holds: the newest; None before the first is frozen."""
    return study.plans.select_related("frozen_by").order_by("-number").first()


def one_plan(user: User, study_id: UUID, number: int) -> Plan:
    """Return one plan of a study."""
    return pick(plans_visible_to(user), study=study_id, number=number)


def written(study: Study) -> list[Written]:
    """Return all plans of a study in words, the newest first."""
    found = study.plans.select_related("frozen_by").order_by("-number")
    return [Written(one, in_words(one), one.frozen_by.name) for one in found]


def in_words(plan: Plan) -> tuple[Line, ...]:
    """Say a plan in words. A plan never changes, so neither do they."""
    return _in_words(plan.text, get_language() or "es")


@lru_cache(maxsize=256)
def _in_words(text: str, language: str) -> tuple[Line, ...]:
    from_file = recipes.read(writing.recipe_in(text))
    return said.lines(read_plan(text.encode()), from_file)


def preview(found: Draft) -> tuple[Line, ...]:
    """Say in words what would be frozen now."""
    # A lottery or a comparison that is not there yet has no number; nothing is shown of it.
    chosen = replace(found.choices, of=found.choices.of or str(UUID(int=0)))
    whole = writing.text(found.question, chosen, Heading(found.study.title, 1, clock.now()))
    return said.lines(read_plan(whole.encode()), recipes.read(writing.recipe_in(whole)))


def amendments(study: Study) -> Sequence[Amendment]:
    """Return the amendments of a study, the first one first: each report shows them."""
    whole = written(study)[::-1]
    return [
        Amendment(
            number=after.plan.number - 1,
            frozen_at=after.plan.frozen_at,
            by=after.by,
            reason=after.plan.reason,
            sha256=after.plan.sha256,
            changes=said.changes(before.lines, after.lines),
        )
        for before, after in pairwise(whole)
    ]
