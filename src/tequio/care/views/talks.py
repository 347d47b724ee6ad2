"""Scheduled talks: what waits, one of them, and how it ended."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require
from tequio.access.requests import signed_in
from tequio.care.actions import talks as actions
from tequio.care.models import Talk
from tequio.care.policies import talks_visible_to
from tequio.care.queries.talks import as_due, talk_page, talks_due
from tequio.care.report_forms import TalkForm
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.ui.forms import RefusalsOn

PAGE = 40


@require_GET
def talks(request: HttpRequest) -> HttpResponse:
    """List the talks of these days."""
    user = signed_in(request)
    require(user, Permission.REVIEW_JUDGE)
    day = clock.today(user.organisation.timezone)
    page = Paginator(talks_due(user, day), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "talks": [as_due(talk, day) for talk in page]}
    return render(request, "care/talks.html", context)


@require_GET
def talk(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Show one talk. Its subjects stand there once it has begun."""
    user = signed_in(request)
    return _page(request, user, _of(user, talk_id), TalkForm())


@require_POST
def begin(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Begin it."""
    user = signed_in(request)
    found = _of(user, talk_id)
    try:
        actions.begin(by=user, talk_id=talk_id)
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        return _page(request, user, found, TalkForm(), problem=str(error))
    return redirect("care:talk", talk_id=talk_id)


@require_POST
def end(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Write how it ended."""
    user = signed_in(request)
    found = _of(user, talk_id)
    require(user, Permission.REVIEW_JUDGE)
    form = TalkForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            actions.end(by=user, talk_id=talk_id, **form.cleaned_data)
            messages.success(request, _("Quedó anotado."))
            return redirect("care:talks")
    return _page(request, user, found, form)


def _of(user: User, talk_id: UUID) -> Talk:
    rows = talks_visible_to(user).select_related("participant", "opened_by")
    return pick(rows, pk=talk_id)


def _page(
    request: HttpRequest, user: User, found: Talk, form: TalkForm, problem: str = ""
) -> HttpResponse:
    page = talk_page(user, found, clock.today(user.organisation.timezone))
    context = {
        "page": page,
        "talk": found,
        "man": found.participant,
        "form": form,
        "problem": problem,
        "may_open": user.scope(Permission.REVIEW_OPEN) is not None,
    }
    status = 422 if form.is_bound or problem else 200
    return render(request, "care/talk.html", context, status=status)
