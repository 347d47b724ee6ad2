"""What this room's own pages show, opened for who may read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.care import questions, rules, vault
from tequio.care.models import Diagnosis, Plan, Review
from tequio.care.policies import may_be_second, reviews_visible_to
from tequio.people.catalogues import violence
from tequio.people.models import Participant

Answers = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and what he said, in words and in the order in which they were asked."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    """One step of the diagnosis as it is read."""

    slug: str
    title: str
    answers: tuple[Answer, ...]
    words: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was written in a review, by whom and when."""

    at: datetime
    by: str
    title: str
    words: str
    chips: tuple[str, ...] = ()
    agreed: str = ""
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A review with everything that was written in it, and what this person may do."""

    review: Review
    story: tuple[Said, ...]
    may_judge: bool
    may_close: bool
    may_confirm: bool
    asked_by_me: bool


@dataclass(frozen=True, slots=True)
class PlanTrack:
    """One track as it is read."""

    name: str
    why: str
    where: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan as it is read."""

    plan: Plan
    why: str
    where: str
    tracks: tuple[PlanTrack, ...]


def draft_of(man: Participant) -> Diagnosis | None:
    """Return the diagnosis that somebody began."""
    return man.diagnoses.filter(state=Diagnosis.State.DRAFT).first()


def done_of(man: Participant) -> Diagnosis | None:
    """Return his last finished diagnosis."""
    return man.diagnoses.filter(state=Diagnosis.State.DONE).order_by("-finished_at", "-pk").first()


def answers_of(diagnosis: Diagnosis) -> Answers:
    """Return what he answered. The caller has checked that the reader may know."""
    sealed = bytes(diagnosis.sealed)
    return vault.unseal(diagnosis.organisation_id, "diagnosis", diagnosis.pk, sealed)


def parts(answers: Answers) -> tuple[Part, ...]:
    """Return the diagnosis in words, step by step; nothing is counted or put in another order."""
    lacking = {step.slug for step in rules.lacking(answers)}
    return tuple(
        Part(
            slug=step.slug,
            title=str(step.title),
            answers=tuple(_answers(step, answers)),
            words=answers.get("words", {}).get(step.slug, ""),
            whole=step.slug not in lacking,
        )
        for step in rules.steps(answers)
        if step is not questions.CHECK
    )


def _answers(step: questions.Step, answers: Answers) -> Iterator[Answer]:
    for question in step.questions:
        given = answers.get(question.code) or []
        codes = given if isinstance(given, list) else [given]
        value = ", ".join(questions.words(question.choices, codes))
        yield Answer(str(question.label), value)
    day = date.fromisoformat(answers["told_on"])
    if step is questions.WHAT and rules.types(answers):
        named = [violence.label(code, on=day) for code in rules.types(answers)]
        yield Answer(_("De qué tipo"), ", ".join(named))
    if step is questions.WHOM:
        for kind in rules.types(answers):
            named = [violence.whom(code) for code in answers.get("against", {}).get(kind, ())]
            yield Answer(violence.label(kind, on=day), ", ".join(named))
    if step is questions.WHEN:
        for pair in rules.pairs(answers):
            when = answers.get("last", {}).get(pair.key, "")
            yield Answer(pair_label(pair, day), questions.word(questions.LAST, when))


def pair_label(pair: rules.Pair, day: date) -> str:
    """Return a type against a relation, in words."""
    return _("%(kind)s, contra: %(whom)s") % {
        "kind": violence.label(pair.type, on=day),
        "whom": violence.whom(pair.against),
    }


def review_page(user: User, review: Review) -> ReviewPage:
    """Return a review that the person may read with its whole story, the newest first."""
    judges = (
        review.state != Review.State.CLOSED
        and reviews_visible_to(user, Permission.REVIEW_JUDGE).filter(pk=review.pk).exists()
    )
    asked = review.state == Review.State.TO_CONFIRM
    return ReviewPage(
        review=review,
        story=tuple(sorted(_story(review), key=lambda said: said.at, reverse=True)),
        may_judge=judges,
        may_close=judges and review.state == Review.State.JUDGED,
        may_confirm=judges and asked and may_be_second(user, review),
        asked_by_me=asked and review.closed_by_id == user.pk,
    )


def _story(review: Review) -> Iterator[Said]:
    for signal in review.signals.select_related("by"):
        words = _open(review, "signal", signal.pk, signal.sealed)["said"]
        yield Said(signal.at, signal.by.name, review.get_trigger_display(), words)
    for judgement in review.judgements.select_related("by"):
        body = _open(review, "judgement", judgement.pk, judgement.sealed)
        yield Said(
            judgement.at,
            judgement.by.name,
            _("Valoración: %(level)s") % {"level": judgement.get_level_display()},
            body["why"],
            tuple(questions.words(questions.REASONS, body["reasons"])),
            body["agreed"],
            tuple(questions.words(questions.MEASURES, body["measures"])),
        )
    for step in review.steps.select_related("by"):
        words = _open(review, "step", step.pk, step.sealed)["words"]
        if words and (title := _TITLES.get((step.came_from, step.went_to))):
            yield Said(step.at, step.by.name, title(), words)


_TITLES = {
    ("judged", "to_confirm"): lambda: _("Pidió cerrarla"),
    ("judged", "closed"): lambda: _("La cerró"),
    ("to_confirm", "closed"): lambda: _("La cerró como segunda persona"),
    ("to_confirm", "judged"): lambda: _("No confirmó el cierre"),
}


def _open(review: Review, table: str, row: UUID, sealed: bytes | memoryview) -> Answers:
    return vault.unseal(review.organisation_id, table, row, bytes(sealed))


def reviews_of(man: Participant) -> Sequence[Review]:
    """Return all reviews of a man, the newest first."""
    return list(man.reviews.select_related("participant", "reviewer").order_by("-opened_at", "-pk"))


def plan_of(man: Participant) -> PlanPage | None:
    """Return the plan in force in words."""
    plan = man.plans.filter(replaced_at__isnull=True).select_related("made_by").first()
    if plan is None:
        return None
    body = vault.unseal(plan.organisation_id, "plan", plan.pk, bytes(plan.sealed))
    tracks = tuple(
        PlanTrack(questions.word(questions.TRACKS, t["code"]), t["why"], t["where"])
        for t in body["tracks"]
    )
    return PlanPage(plan, body["why"], body["where"], tracks)
