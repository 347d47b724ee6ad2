"""Cuidado: what waits, how one man's diagnosis, reviews and plan stand, and danger now."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tequio.access.permissions import Permission
from tequio.access.policies import require
from tequio.access.requests import signed_in
from tequio.care.actions import diagnosis as diagnosis_actions
from tequio.care.actions import reviews as review_actions
from tequio.care.forms import OpenForm
from tequio.care.policies import man_for
from tequio.care.queries import open_diagnoses
from tequio.care.queries.offered import as_due, open_reviews
from tequio.care.queries.pages import answers_of, draft_of, parts, plan_of, reviews_of
from tequio.care.queries.referrals import of_man
from tequio.care.queries.talks import talks_of
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.core.ids import parse_folio

PAGE = 40


@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """List what waits: reviews that are open, and diagnoses that nobody finished."""
    user = signed_in(request)
    require(user, Permission.CARE_READ)
    asked, missed = request.GET.get("folio", ""), ""
    if asked:
        try:
            return redirect("care:overview", folio=man_for(user, parse_folio(asked)).folio)
        except DomainError as error:
            missed = str(error)
    day = clock.today(user.organisation.timezone)
    page = Paginator(open_reviews(user), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "reviews": [as_due(user, review, day) for review in page],
        "diagnoses": open_diagnoses(user),
        # Who has no list of men asks by the folio that coordination gave.
        "asks_by_folio": user.scope(Permission.PERSON_READ) is None,
        "asked": asked,
        "missed": missed,
        "may_refer": user.scope(Permission.REFERRAL_MAKE) is not None,
    }
    return render(request, "care/reviews.html", context)


@require_GET
def overview(request: HttpRequest, folio: str) -> HttpResponse:
    """Show one man's diagnosis, reviews and plan. Reading the diagnosis is written down."""
    user = signed_in(request)
    man = man_for(user, folio)
    done = diagnosis_actions.read(by=user, folio=folio)
    day = clock.today(user.organisation.timezone)
    found = [as_due(user, review, day) for review in reviews_of(man)]
    context = {
        "man": man,
        "diagnosis": done,
        "parts": parts(answers_of(done)) if done else (),
        "draft": draft_of(man),
        "open_reviews": [one for one in found if one.state != "closed"],
        "closed_reviews": [one for one in found if one.state == "closed"],
        "plan": plan_of(man),
        "talks": talks_of(man),
        "referrals": of_man(user, man),
        "may_refer": user.scope(Permission.REFERRAL_MAKE) is not None,
        "may_report": user.scope(Permission.REPORT_DECIDE) is not None,
        "may_take": user.scope(Permission.DIAGNOSIS_TAKE) is not None,
        "may_open": user.scope(Permission.REVIEW_OPEN) is not None,
        "may_plan": user.scope(Permission.PLAN_MAKE) is not None,
        "may_see_person": user.scope(Permission.PERSON_READ) is not None,
    }
    return render(request, "care/overview.html", context)


@require_http_methods(["GET", "POST"])
def open_review(request: HttpRequest, folio: str) -> HttpResponse:
    """Ask for a look at one man's situation."""
    user = signed_in(request)
    man = man_for(user, folio, Permission.REVIEW_OPEN)
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        review = review_actions.ask_for(by=user, participant=man, **form.cleaned_data)
        messages.success(request, _("La revisión está abierta. Falta que alguien la valore."))
        return redirect("care:review", review_id=review.pk)
    status = 422 if form.is_bound else 200
    return render(request, "care/open_review.html", {"form": form, "man": man}, status=status)


@require_GET
def danger(request: HttpRequest) -> HttpResponse:
    """Say what to do when somebody is in danger now. It asks nothing of the database."""
    signed_in(request)
    return render(request, "care/danger.html")
