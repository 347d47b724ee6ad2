"""The assistant, step by step: each answer is kept before the next one is asked."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.programmes.policies import editions_visible_to
from tequio.studies.actions import studies as actions
from tequio.studies.forms.studies import MeasuresForm, PeopleForm, days_from
from tequio.studies.models import Study
from tequio.studies.policies.studies import study_for
from tequio.studies.queries import feasibility
from tequio.studies.queries import options as designing
from tequio.studies.queries import studies as queries
from tequio.studies.queries.studies import Draft, draft
from tequio.studies.rules.choices import DESIGN, MEASURES, PEOPLE, REVIEW, STEPS
from tequio.studies.rules.designs import DESIGNS
from tequio.studies.rules.ethics import problems, promises
from tequio.studies.rules.said import STRATEGIES, VIOLENCE
from tequio.studies.views.designs_shown import basis, cards, naive, table
from tequio.studies.views.steps import crumbs, shown_steps, step_url
from tequio.ui.forms import RefusalsOn


@require_http_methods(["GET", "POST"])
def measures(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Ask what is measured, and say what the question means exactly."""
    user, found, done = _opened(request, study_id)
    if done:
        return done
    asked = found.question
    data = request.POST if request.method == "POST" else None
    form = MeasuresForm(asked, found.choices, found.study.title, data)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            title = form.cleaned_data["title"]
            actions.choose(by=user, study_id=study_id, title=title, **form.chosen())
            return _next(request, study_id, MEASURES)
    events = [
        (event.event.now(), STRATEGIES[event.strategy], event.so.now())
        for event in asked.estimand.events
    ]
    context: dict[str, object] = {"violence": VIOLENCE[asked.estimand.violence], "events": events}
    return _step(request, found, MEASURES, form, "studies/measures.html", context)


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Ask who is in, how many are expected, and when it is told."""
    user, found, done = _opened(request, study_id)
    if done:
        return done
    today = clock.today(user.organisation.timezone)
    chosen = found.choices
    if chosen.first is None:
        first, last, released = days_from(today)
        chosen = replace(chosen, first=first, last=last, released=released)
    editions = list(editions_visible_to(user).order_by("name", "pk"))
    data = request.POST if request.method == "POST" else None
    form = PeopleForm(found.question, chosen, editions, data)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            actions.choose(by=user, study_id=study_id, **form.chosen())
            return _next(request, study_id, PEOPLE)
    context: dict[str, object] = {"coming": feasibility.coming(user, found.question, today)}
    return _step(request, found, PEOPLE, form, "studies/people.html", context)


@require_http_methods(["GET", "POST"])
def designs(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Lay the designs side by side, and take one."""
    user, found, done = _opened(request, study_id)
    if done:
        return done
    if found.step in (MEASURES, PEOPLE):
        return redirect(step_url(found.step, study_id))
    today, problem = clock.today(user.organisation.timezone), ""
    if request.method == "POST":
        try:
            wanted = request.POST.get("design", "")
            actions.choose_design(by=user, study_id=study_id, design=wanted, today=today)
        except (Forbidden, NotVisible):
            raise
        except DomainError as error:
            problem = str(error)
        else:
            return _next(request, study_id, DESIGN)
    laid = designing.options(
        user, found.study, found.question, found.choices, today, rehearsed=True
    )
    context: dict[str, object] = {
        "cards": cards(laid, about_violence=found.question.about_violence),
        "table": table(laid),
        "basis": basis(found.question, laid),
        "laid_design": found.choices.design,
        "naive": naive(),
        "compared": found.question.about_violence,
        "drawn": any(one.offered for one in laid.options),
        "problem": problem,
    }
    status = 422 if problem else 200
    return _step(request, found, DESIGN, None, "studies/designs.html", context, status)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Show the whole plan before it is frozen, and freeze it."""
    user, found, done = _opened(request, study_id)
    if done:
        return done
    if found.step != REVIEW:
        return redirect(step_url(found.step, study_id))
    problem = ""
    if request.method == "POST":
        try:
            actions.freeze(by=user, study_id=study_id)
        except (Forbidden, NotVisible):
            raise
        except DomainError as error:
            problem = str(error)
        else:
            messages.success(request, _("El plan quedó congelado, con su huella y su hora."))
            return redirect("studies:study", study_id)
    design = DESIGNS[found.choices.design]
    wrong = problems(found.question, found.choices)
    context: dict[str, object] = {
        "design": design,
        "lines": () if wrong else queries.preview(found),
        "promises": promises(found.question, design),
        "never": [one.now() for one in found.question.never],
        "problems": wrong,
        "problem": problem,
        "missing": _missing(found),
        "may_freeze": user.scope(Permission.STUDY_FREEZE) is not None,
    }
    status = 422 if problem else 200
    return _step(request, found, REVIEW, None, "studies/review.html", context, status)


def _opened(request: HttpRequest, study_id: UUID) -> tuple[User, Draft, HttpResponse | None]:
    """Return the draft; of a plan that is frozen already, the way to it."""
    user = signed_in(request)
    study = study_for(user, study_id, Permission.STUDY_DESIGN)
    if study.state != Study.State.DRAFT:
        if request.method == "POST":
            messages.warning(request, _("El plan ya está congelado: no se guardó este cambio."))
        return user, draft(study), redirect("studies:study", study_id)
    return user, draft(study), None


def _next(request: HttpRequest, study_id: UUID, step: str) -> HttpResponse:
    if "later" in request.POST:
        messages.success(request, _("Se guardó lo que llevas. Puedes seguir otro día."))
        return redirect("studies:study", study_id)
    return redirect(step_url(STEPS[STEPS.index(step) + 1], study_id))


def _step(
    request: HttpRequest,
    found: Draft,
    step: str,
    form: forms.Form | None,
    template: str,
    context: dict[str, object],
    status: int = 200,
) -> HttpResponse:
    at = STEPS.index(step)
    whole = {
        "study": found.study,
        "question": found.question,
        "estimand": found.question.estimand,
        "form": form,
        "steps": shown_steps(found, step),
        "crumbs": crumbs(found.study),
        "back": step_url(STEPS[at - 1], found.study.pk) if at else "",
        "number": at + 1,
        "of": len(STEPS),
        **context,
    }
    return render(request, template, whole, status=422 if form and form.is_bound else status)


def _missing(found: Draft) -> str:
    """Name what has to be there before this design can be frozen."""
    design = DESIGNS[found.choices.design]
    if design.needs not in ("lottery", "comparison"):
        return ""
    key = design.lot if design.needs == "lottery" else "comparison"
    return "" if feasibility.nameable(found.study).get(key) else design.needs
