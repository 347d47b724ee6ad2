"""The minimum diagnosis, one short screen after another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tequio.access.permissions import Permission
from tequio.access.policies import not_visible
from tequio.access.requests import signed_in
from tequio.care import questions, rules
from tequio.care.actions import diagnosis as actions
from tequio.care.forms import StepForm
from tequio.care.models import Diagnosis
from tequio.care.policies import man_for
from tequio.care.queries.pages import Answers, answers_of, draft_of, parts
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.people.catalogues import violence
from tequio.people.models import Participant


@dataclass(frozen=True, slots=True)
class _Here:
    """Where somebody is in a man's diagnosis."""

    man: Participant
    draft: Diagnosis
    answers: Answers
    step: questions.Step

    @property
    def place(self) -> dict[str, object]:
        """What every step shows: which one it is, and what comes before."""
        there = rules.steps(self.answers)
        return {
            "man": self.man,
            "step": self.step,
            "number": [step.slug for step in there].index(self.step.slug) + 1,
            "of": len(there),
            "before": rules.neighbour(self.answers, self.step.slug, -1),
            "not_alone": rules.not_alone(self.answers),
        }


@require_POST
def begin(request: HttpRequest, folio: str) -> HttpResponse:
    """Begin, or go on where somebody stopped."""
    actions.begin(by=signed_in(request), folio=folio)
    return redirect("care:diagnosis", folio=folio, part=questions.WHAT.slug)


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, folio: str, part: str) -> HttpResponse:
    """Show one step, and keep what was answered in it."""
    user = signed_in(request)
    here = _here(man_for(user, folio, Permission.DIAGNOSIS_TAKE), part)
    if here is None:
        return redirect("care:overview", folio=folio)
    if here.step is questions.CHECK:
        return _check(request, here)
    form = StepForm(here.step, here.answers, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.answer(by=user, folio=folio, step=part, given=form.given())
        after = rules.neighbour({**here.answers, **form.given()}, part, 1)
        return redirect("care:diagnosis", folio=folio, part=(after or questions.CHECK).slug)
    context = {"form": form, **here.place}
    if here.step is questions.WHAT:
        day = date.fromisoformat(here.answers["told_on"])
        context["kinds"] = violence.in_force(day).types
    return render(request, "care/step.html", context, status=422 if form.is_bound else 200)


def _check(request: HttpRequest, here: _Here) -> HttpResponse:
    """Show everything again before it is finished, and finish it."""
    user = signed_in(request)
    problem = ""
    if request.method == "POST":
        try:
            review = actions.finish(by=user, folio=here.man.folio)
        except (Forbidden, NotVisible):
            raise
        except DomainError as error:
            problem = str(error)
        else:
            messages.success(request, _("Diagnóstico terminado. Ahora falta tu valoración."))
            return redirect("care:review", review_id=review.pk)
    context = {"parts": parts(here.answers), "problem": problem, **here.place}
    return render(request, "care/check.html", context, status=422 if problem else 200)


def _here(man: Participant, slug: str) -> _Here | None:
    """Return where somebody is; None where nobody began, or the step is not asked of him."""
    if slug not in questions.BY_SLUG:
        raise not_visible()
    draft = draft_of(man)
    answers = answers_of(draft) if draft else {}
    asked = {step.slug: step for step in rules.steps(answers)}
    if draft is None or slug not in asked:
        return None
    return _Here(man, draft, answers, asked[slug])
