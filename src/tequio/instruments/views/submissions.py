"""What own forms gathered: a list, its table, and what to look at while it comes in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.access.requests import signed_in
from tequio.instruments.actions.exporting import export_files, export_submissions
from tequio.instruments.quality_words import asked
from tequio.instruments.queries import submissions as reading
from tequio.instruments.xlsform.outline import outline
from tequio.ui import files


@require_GET
def gathered(request: HttpRequest) -> HttpResponse:
    """List forms and how much came in of each."""
    user = signed_in(request)
    require_everywhere(user, Permission.SUBMISSION_READ)
    return render(request, "instruments/gathered.html", {"forms": reading.gathered(user)})


@require_GET
def table(request: HttpRequest, form_id: str) -> HttpResponseBase:
    """Give the answers as CSV, streamed; that they left is written down first."""
    user = signed_in(request)
    require_everywhere(user, Permission.SUBMISSION_READ)
    return files.as_it_comes(export_submissions(by=user, form_id=form_id), "respuestas.csv")


@require_GET
def files_sent(request: HttpRequest, form_id: str) -> HttpResponseBase:
    """Give the photos and other files that came with them; that they left is written down first."""
    user = signed_in(request)
    require_everywhere(user, Permission.SUBMISSION_READ)
    return files.as_it_comes(export_files(by=user, form_id=form_id), "archivos.zip")


@require_GET
def quality(request: HttpRequest, form_id: str) -> HttpResponse:
    """Put what was seen to the coordinator, as questions."""
    user = signed_in(request)
    require_everywhere(user, Permission.SUBMISSION_READ)
    count, found = reading.questions_about(user, form_id)
    newest = reading.form_of(user, form_id)
    words = {point.name: point.label for point in outline(newest.form)}
    context = {
        "title": newest.title,
        "count": count,
        "questions": [asked(one, words) for one in found],
    }
    return render(request, "instruments/quality.html", context)
