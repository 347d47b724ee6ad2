"""Telling an authority about children or danger: deciding, reading it, looking at it as another."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import forbidden
from tequio.access.requests import signed_in
from tequio.care.actions import reports as actions
from tequio.care.models import Report
from tequio.care.policies import man_for, may_review
from tequio.care.queries.reports import report_page
from tequio.care.report_forms import DecideForm, ReviewReportForm, ToldForm, WhereForm
from tequio.territory import law
from tequio.ui.forms import RefusalsOn


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, folio: str) -> HttpResponse:
    """Choose what it is about and where, read the lawyer's text, and decide."""
    user = signed_in(request)
    man = man_for(user, folio, Permission.REPORT_DECIDE)
    where = WhereForm(request.GET if "state" in request.GET else None)
    again = _uuid(request.POST.get("again") or request.GET.get("again"))
    if request.method == "POST":
        form = DecideForm(request.POST)
        if form.is_valid():
            with RefusalsOn(form):
                said = form.said(user.organisation.timezone)
                done = actions.decide(by=user, folio=folio, said=said, again_of=again)
                messages.success(request, _("Quedó escrito. Otra persona lo revisa en 24 horas."))
                return redirect("care:report", report_id=done.pk)
        chosen = {"about": form.data.get("about", ""), "state": form.data.get("state", "")}
        return _decide(request, user, man, form, chosen, again, status=422)
    if where.is_bound and where.is_valid():
        chosen = where.cleaned_data
        return _decide(request, user, man, DecideForm(initial=chosen), chosen, again)
    context = {"man": man, "form": where, "again": again or ""}
    status = 422 if where.is_bound else 200
    return render(request, "care/report_where.html", context, status=status)


@require_GET
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Show one decision. Reading is written down."""
    user = signed_in(request)
    return _page(request, user, actions.read(by=user, report_id=report_id), ReviewReportForm())


@require_POST
def review(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Look at it as a second person."""
    user = signed_in(request)
    found = actions.read(by=user, report_id=report_id)
    if not may_review(user, found):
        raise forbidden()
    form = ReviewReportForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            actions.review(by=user, report_id=report_id, **form.cleaned_data)
            messages.success(request, _("Quedó tu respuesta, con tu nombre."))
            return redirect("care:report", report_id=report_id)
    return _page(request, user, found, form)


@require_POST
def told(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Write when the authority was told."""
    user = signed_in(request)
    found = actions.read(by=user, report_id=report_id)
    form = ToldForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            at = form.moment(user.organisation.timezone)
            folio = form.cleaned_data["authority_folio"]
            actions.told(by=user, report_id=report_id, at=at, authority_folio=folio)
            messages.success(request, _("Quedó anotado."))
            return redirect("care:report", report_id=report_id)
    return _page(request, user, found, ReviewReportForm(), form)


def _decide(
    request: HttpRequest,
    user: User,
    man: object,
    form: DecideForm,
    chosen: dict[str, str],
    again: UUID | None,
    status: int = 200,
) -> HttpResponse:
    text = law.newest(user.organisation_id, chosen["state"], chosen["about"])
    context = {"man": man, "form": form, "law": text, "again": again or ""}
    return render(request, "care/report_decide.html", context, status=status)


def _page(
    request: HttpRequest,
    user: User,
    found: Report,
    form: ReviewReportForm,
    told_form: ToldForm | None = None,
) -> HttpResponse:
    context = {
        "page": report_page(user, found),
        "report": found,
        "man": found.participant,
        "form": form,
        "told_form": told_form or ToldForm(),
        "failed": told_form or form,
    }
    status = 422 if form.is_bound or told_form else 200
    return render(request, "care/report.html", context, status=status)


def _uuid(typed: str | None) -> UUID | None:
    try:
        return UUID(typed or "")
    except ValueError:
        return None
