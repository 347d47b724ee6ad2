"""One review: what called for it, what people judged, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require
from tequio.access.requests import signed_in
from tequio.care.actions import reviews as actions
from tequio.care.forms import JudgeForm, WordsForm
from tequio.care.models import Review
from tequio.care.queries.pages import answers_of, done_of, parts, review_page
from tequio.ui.forms import RefusalsOn


@require_GET
def review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Show a review with his answers beside it. Reading is written down."""
    user = signed_in(request)
    return _page(request, user, actions.read(by=user, review_id=review_id))


@require_POST
def judge(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Write down a judgement."""
    return _do(
        request,
        review_id,
        JudgeForm(request.POST),
        actions.judge,
        _("Quedó tu valoración, con tu nombre."),
    )


@require_POST
def close(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Close a review, or ask for it where two people have to."""
    done = _("La revisión está cerrada.")
    return _do(request, review_id, WordsForm(request.POST), actions.close, done)


@require_POST
def confirm(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Close as the second person."""
    done = _("La revisión está cerrada por dos personas.")
    return _do(request, review_id, WordsForm(request.POST), actions.confirm, done)


@require_POST
def send_back(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Leave open what somebody asked to close."""
    done = _("La revisión sigue abierta.")
    return _do(request, review_id, WordsForm(request.POST), actions.send_back, done)


def _do(
    request: HttpRequest, review_id: UUID, form: Form, act: Callable[..., Review], done: str
) -> HttpResponse:
    user = signed_in(request)
    actions.read(by=user, review_id=review_id)  # 404 before 403
    require(user, Permission.REVIEW_JUDGE)
    if form.is_valid():
        with RefusalsOn(form):
            after = act(by=user, review_id=review_id, **form.cleaned_data)
            waits = after.state == Review.State.TO_CONFIRM
            asked = _("Pediste cerrarla. Falta la segunda persona.")
            messages.success(request, asked if waits else done)
            return redirect("care:review", review_id=review_id)
    return _page(request, user, actions.read(by=user, review_id=review_id), form)


def _page(
    request: HttpRequest, user: User, found: Review, failed: Form | None = None
) -> HttpResponse:
    done = done_of(found.participant)
    context = {
        "page": review_page(user, found),
        "review": found,
        "man": found.participant,
        "parts": parts(answers_of(done)) if done else (),
        "judge_form": failed if isinstance(failed, JudgeForm) else JudgeForm(),
        "words_form": failed if isinstance(failed, WordsForm) else WordsForm(),
        "failed": failed,
        "may_see_person": user.scope(Permission.PERSON_READ) is not None,
    }
    return render(request, "care/review.html", context, status=422 if failed else 200)
