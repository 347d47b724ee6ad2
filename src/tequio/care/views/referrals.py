"""Passing a man on: choosing with him, seeing what they will see, and going on from there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require
from tequio.access.requests import signed_in
from tequio.care import referring
from tequio.care.actions import referrals as actions
from tequio.care.models import Referral
from tequio.care.policies import man_for, referrals_visible_to
from tequio.care.queries import referrals as queries
from tequio.care.queries.pages import plan_of
from tequio.care.queries.referrals import as_due, ended_referrals, line
from tequio.care.referral_forms import EscortForm, SendForm, StepForm, ToldForm
from tequio.core import clock
from tequio.network.needs import LABELS
from tequio.network.rules.referrals import AFTER, Reason, State
from tequio.ui.forms import RefusalsOn

_PAGE = 40


@require_GET
def referrals(request: HttpRequest) -> HttpResponse:
    """List those that wait for an answer, whom to call first, and those that ended."""
    user = signed_in(request)
    require(user, Permission.REFERRAL_MAKE)
    day, waiting = _today(user), queries.waiting(user)
    if request.GET.get("ver") == "contestadas" and "HX-Request" in request.headers:
        answered = [one for one in waiting if one.answered]
        return render(request, "care/_answered.html", {"answered": answered})
    page = Paginator(ended_referrals(user), _PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": [(as_due(one.referral, day), one) for one in waiting],
        "page": page,
        "ended": [line(row) for row in page],
    }
    return render(request, "care/referrals.html", context)


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, folio: str) -> HttpResponse:
    """Choose with him; show him what they will see; then send. Nothing typed is lost."""
    user = signed_in(request)
    man = man_for(user, folio, Permission.REFERRAL_MAKE)
    plan = plan_of(man)
    form = SendForm(
        request.POST if request.method == "POST" else None,
        today=_today(user),
        alias=man.alias,
        to=plan.where if plan else "",
    )
    context = {"form": form, "man": man}
    if form.is_bound and form.is_valid() and request.POST.get("paso") != "cambiar":
        with RefusalsOn(form):
            slip = actions.shown_as(by=user, sending=form.sending())
            if request.POST.get("paso") == "enviar":
                made = actions.send(by=user, folio=folio, sending=form.sending())
                messages.success(request, _("Quedó enviada. Aquí se anota qué contestan."))
                return redirect("care:referral", passing_id=made.pk)
            return render(request, "care/referral_preview.html", {**context, "slip": slip})
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "care/referral_send.html", context, status=status)


@require_GET
def referral(request: HttpRequest, passing_id: UUID) -> HttpResponse:
    """Show one referral. Reading is written down."""
    user = signed_in(request)
    return _page(request, user, actions.read(by=user, referral_id=passing_id))


@require_POST
def step(request: HttpRequest, passing_id: UUID) -> HttpResponse:
    """Write what happened."""
    user = signed_in(request)
    found = _one(user, passing_id)
    form = StepForm(found.state, request.POST)
    return _done(
        request,
        user,
        found,
        form,
        lambda: actions.step(by=user, referral_id=found.pk, **form.cleaned_data),
    )


@require_POST
def take_in(request: HttpRequest, passing_id: UUID) -> HttpResponse:
    """Write what they answered on the link."""
    user = signed_in(request)
    actions.take_in(by=user, referral_id=_one(user, passing_id).pk)
    messages.success(request, _("Quedó anotado lo que contestaron."))
    return redirect("care:referral", passing_id=passing_id)


@require_POST
def escort(request: HttpRequest, passing_id: UUID) -> HttpResponse:
    """Write who went along."""
    user, form = signed_in(request), EscortForm(request.POST, prefix="escort")
    found = _one(user, passing_id)
    return _done(
        request,
        user,
        found,
        form,
        lambda: actions.escort(by=user, referral_id=found.pk, **form.cleaned_data),
    )


@require_POST
def told(request: HttpRequest, passing_id: UUID) -> HttpResponse:
    """Write how it went, as he tells it."""
    user, form = signed_in(request), ToldForm(request.POST, prefix="told")
    found = _one(user, passing_id)
    return _done(
        request,
        user,
        found,
        form,
        lambda: actions.told(by=user, referral_id=found.pk, **form.cleaned_data),
    )


def _done(
    request: HttpRequest,
    user: User,
    found: Referral,
    form: forms.Form,
    write: Callable[[], Referral],
) -> HttpResponse:
    if form.is_valid():
        with RefusalsOn(form):
            write()
            messages.success(request, _("Quedó anotado."))
            return redirect("care:referral", passing_id=found.pk)
    return _page(request, user, found, failed=form)


def _page(
    request: HttpRequest, user: User, found: Referral, *, failed: forms.Form | None = None
) -> HttpResponse:
    passed, today = referring.opened(found), _today(user)
    new = actions.unread(found)
    begin = {"on": today}
    context = {
        "referral": found,
        "man": found.participant,
        "passed": passed,
        "what_for": LABELS[passed.what_for],
        "escorted_on": referring.day_of(passed.escorted_on),
        "agreed_on": referring.day_of(passed.agreed_on),
        "steps": list(found.steps.select_related("by")),
        "new": [(State(one).label, on, Reason(why).label if why else "") for one, on, why in new],
        "link": _link(request, passed.secret, found.agreed_until, today),
        "calls": found.call_on is not None and found.call_on <= today,
        "failed": failed,
        "step_form": _as(StepForm, failed) or _step_form(found, today),
        "escort_form": _as(EscortForm, failed) or EscortForm(prefix="escort", initial=begin),
        "told_form": _as(ToldForm, failed)
        or ToldForm(prefix="told", initial={"words": passed.told}),
    }
    return render(request, "care/referral.html", context, status=422 if failed else 200)


def _step_form(found: Referral, today: date) -> StepForm | None:
    return StepForm(found.state, today=today) if AFTER[found.state] else None


def _as(kind: type[forms.Form], failed: forms.Form | None) -> forms.Form | None:
    return failed if isinstance(failed, kind) else None


def _link(request: HttpRequest, secret: str, until: date, today: date) -> str:
    if not secret or until < today:
        return ""
    return request.build_absolute_uri(reverse("network:slip", kwargs={"secret": secret}))


def _one(user: User, passing_id: UUID) -> Referral:
    rows = referrals_visible_to(user).select_related("participant", "made_by")
    return pick(rows, pk=passing_id)


def _today(user: User) -> date:
    return clock.today(user.organisation.timezone)
