"""The list of studies, one study with its plan, its amendments, and its end."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, require
from tequio.access.requests import signed_in
from tequio.programmes.policies import editions_visible_to
from tequio.studies import questions
from tequio.studies.actions import studies as actions
from tequio.studies.forms.studies import AmendForm, StopForm
from tequio.studies.models import Plan, Study
from tequio.studies.policies.studies import study_for
from tequio.studies.queries import studies as queries
from tequio.studies.rules.designs import DESIGNS
from tequio.studies.rules.ethics import promises
from tequio.studies.views.doors import doors
from tequio.studies.views.steps import crumbs, shown_steps
from tequio.ui import files
from tequio.ui.forms import RefusalsOn


@require_GET
def studies(request: HttpRequest) -> HttpResponse:
    """List the studies."""
    user = signed_in(request)
    require(user, Permission.STUDY_READ)
    context = {"rows": queries.studies(user), "may_design": _may(user, Permission.STUDY_DESIGN)}
    return render(request, "studies/studies.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Offer the questions, and begin with one."""
    user = signed_in(request)
    require(user, Permission.STUDY_DESIGN)
    problem = ""
    if request.method == "POST":
        asked = questions.find(request.POST.get("question", ""))
        if asked is not None:
            study = actions.begin(by=user, question=asked.slug)
            return redirect("studies:measures", study.pk)
        problem = _("Elige una pregunta de la lista.")
    context = {"questions": questions.offered(), "problem": problem, "crumbs": crumbs()}
    return render(request, "studies/questions.html", context, status=422 if problem else 200)


@require_GET
def study(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Show a study: where its preparation stands, or the plan that holds."""
    user = signed_in(request)
    one = study_for(user, study_id)
    known = queries.draft(one)
    written = queries.written(one)
    context = {
        "study": one,
        "question": known.question,
        "crumbs": crumbs(),
        "may_design": _may(user, Permission.STUDY_DESIGN),
        "may_freeze": _may(user, Permission.STUDY_FREEZE),
        "steps": shown_steps(known, linked=_may(user, Permission.STUDY_DESIGN)),
        "step": known.step,
        "doors": doors(user, one),
        "stopped_by": one.stopped_by.name if one.stopped_by else "",
    }
    if written:
        context |= _plan_context(one, written[0].plan) | {
            "by": written[0].by,
            "amendments": queries.amendments(one)[::-1],
            "before": written[1:],
        }
    return render(request, "studies/study.html", context)


@require_GET
def plan(request: HttpRequest, study_id: UUID, number: int) -> HttpResponse:
    """Show one plan as it was frozen, with what it changed."""
    user = signed_in(request)
    one = study_for(user, study_id)
    found = queries.one_plan(user, study_id, number)
    changed = next((a for a in queries.amendments(one) if a.number == number - 1), None)
    context = {
        "study": one,
        "question": queries.question_of(one),
        "amendment": changed,
        "by": found.frozen_by.name,
        "crumbs": crumbs(one),
        **_plan_context(one, found),
    }
    return render(request, "studies/plan.html", context)


@require_GET
def file(request: HttpRequest, study_id: UUID, number: int) -> HttpResponse:
    """Send the file byte by byte, so that anybody gets the same hash."""
    user = signed_in(request)
    require(user, Permission.STUDY_READ)
    found = queries.one_plan(user, study_id, number)
    return files.to_keep(found.text.encode(), _file_name(found))


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Change a frozen plan by a dated amendment."""
    user = signed_in(request)
    one = study_for(user, study_id, Permission.STUDY_FREEZE)
    if one.state != Study.State.PLANNED:
        return redirect("studies:study", study_id)
    known = queries.draft(one)
    editions = list(editions_visible_to(user).order_by("name", "pk"))
    data = request.POST if request.method == "POST" else None
    form = AmendForm(known.question, known.choices, editions, data)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            reason = form.cleaned_data["reason"]
            actions.amend(by=user, study_id=study_id, reason=reason, **form.chosen())
            messages.success(request, _("La enmienda quedó escrita, con su fecha y su huella."))
            return redirect("studies:study", study_id)
    context = {"study": one, "form": form, "crumbs": crumbs(one), "question": known.question}
    return render(request, "studies/amend.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Stop a study and say why."""
    user = signed_in(request)
    one = study_for(user, study_id, Permission.STUDY_FREEZE)
    form = StopForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            actions.stop(by=user, study_id=study_id, why=form.cleaned_data["why"])
            messages.success(request, _("El estudio quedó detenido. Sus planes se conservan."))
            return redirect("studies:study", study_id)
    context = {"study": one, "form": form, "crumbs": crumbs(one)}
    return render(request, "studies/stop.html", context, status=422 if form.is_bound else 200)


def _plan_context(study: Study, found: Plan) -> dict[str, object]:
    chosen = queries.choices_of(study)
    design = DESIGNS.get(chosen.design)
    if design is None:
        raise not_visible()
    question = queries.question_of(study)
    return {
        "plan": found,
        "lines": queries.in_words(found),
        "design": design,
        "promises": promises(question, design),
        "never": [one.now() for one in question.never],
        "file_name": _file_name(found),
    }


def _file_name(found: Plan) -> str:
    return f"plan-{found.sha256[:8]}.toml"


def _may(user: User, permission: Permission) -> bool:
    return user.scope(permission) is not None
