"""The data of a study: what was frozen, what was run on it, and what comes next."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.jobs import shown
from tequio.jobs.policies import visible_to as jobs_visible_to
from tequio.studies.actions import freezing, running
from tequio.studies.models import Study
from tequio.studies.policies.releases import runs_visible_to
from tequio.studies.policies.studies import study_for
from tequio.studies.queries import runs as queries
from tequio.studies.rules.releasing import LEAST
from tequio.studies.views.steps import crumbs


@require_GET
def data(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Show what was frozen and run. Of women there is nothing to show here but the calendar."""
    user = signed_in(request)
    study = study_for(user, study_id)
    today = clock.today(study.organisation.timezone)
    found = queries.data(study)
    context = {
        "study": study,
        "data": found,
        "closed": [one for one in found.days if one.due.period_to < today and not one.release],
        "of_women": study.informant == Study.Informant.WOMEN,
        "may_run": user.scope(Permission.RUN_START) is not None
        and study.state == Study.State.PLANNED,
        "least": LEAST,
        "crumbs": crumbs(study),
    }
    return render(request, "studies/data.html", context)


@require_POST
def freeze(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Freeze the rows of a closed period, once more where it was done already."""
    user = signed_in(request)
    study_for(user, study_id, Permission.RUN_START)
    try:
        found = freezing.freeze(by=user, study_id=study_id, due_on=_day(request))
    except DomainError as error:
        messages.error(request, f"{error} {error.hint}".strip())
    else:
        said = _("Quedó congelado el conjunto %(n)s. Ya no cambia.") % {"n": found.number}
        messages.success(request, said)
    return redirect("studies:data", study_id)


@require_POST
def start(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Run the plan for a day of the calendar."""
    user = signed_in(request)
    study_for(user, study_id, Permission.RUN_START)
    try:
        run = running.start(by=user, study_id=study_id, due_on=_day(request))
    except DomainError as error:
        messages.error(request, f"{error} {error.hint}".strip())
        return redirect("studies:data", study_id)
    return redirect("studies:run", study_id, run.pk)


@require_GET
def run(request: HttpRequest, study_id: UUID, run_id: UUID) -> HttpResponse:
    """Show how far a run is and what it said on the way."""
    user = signed_in(request)
    study = study_for(user, study_id)
    rows = runs_visible_to(user).select_related("data_set__plan", "started_by", "release")
    rows = rows.defer("result", "release__result")
    found = pick(rows, pk=run_id, study=study)
    job = jobs_visible_to(user).filter(pk=found.job_id).first() if found.job_id else None
    context = {
        "study": study,
        "run": found,
        "steps": queries.steps(found),
        "job": shown.as_shown(job) if job and not job.over else None,
        "release": getattr(found, "release", None),
        "crumbs": crumbs(study),
    }
    return render(request, "studies/run.html", context)


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("due_on", ""))
    except ValueError as error:
        raise not_visible() from error
