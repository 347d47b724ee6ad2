"""How far a piece of work is, as a fragment that the page asks for again."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from tequio.access.middleware import polling
from tequio.access.policies import pick
from tequio.access.requests import signed_in
from tequio.jobs import actions
from tequio.jobs.policies import visible_to
from tequio.jobs.shown import as_shown


@polling
@require_GET
def progress(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Show the work's progress; when it is over, tell the page to load itself anew."""
    job = pick(visible_to(signed_in(request)), pk=job_id)
    fragment = bool(request.headers.get("HX-Request"))
    template = "jobs/progress_fragment.html" if fragment else "jobs/progress.html"
    response = render(request, template, {"job": job, "shown": as_shown(job)})
    if job.over and fragment:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def cancel(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Ask the work to stop and go back to where the person was."""
    job = actions.cancel(by=signed_in(request), job_id=job_id)
    return redirect("jobs:progress", job_id=job.pk)
