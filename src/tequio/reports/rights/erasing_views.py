"""Forgetting somebody, the certificate of it, and what is kept for how long."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.access.requests import signed_in
from tequio.people.policies import visible_to
from tequio.reports.rights import erasing, kept
from tequio.reports.rights.forms import ForgetForm
from tequio.reports.rights.policies import erasures_visible_to
from tequio.reports.rights.telling_the_truth import pdf, truth
from tequio.ui import files
from tequio.ui.forms import RefusalsOn


@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest, folio: str) -> HttpResponse:
    """Say what would go and what would stay, ask why, and erase."""
    user = signed_in(request)
    participant = pick(visible_to(user), folio=folio)
    require_everywhere(user, Permission.PERSON_FORGET)
    form = ForgetForm(request.POST if request.method == "POST" else None, his=participant.folio)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = erasing.forget(by=user, folio=folio, asked=form.asked())
            return redirect("reports:erasure", erasure_id=made.pk)
    context = {"participant": participant, "form": form, "holds": erasing.holds(participant)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "reports/forget.html", context, status=status)


@require_GET
def erasures(request: HttpRequest) -> HttpResponse:
    """List what was erased: by folio, because nothing else is known any more."""
    user = signed_in(request)
    require_everywhere(user, Permission.PERSON_FORGET)
    found = erasures_visible_to(user).order_by("-erased_at", "-pk")[:200]
    return render(request, "reports/erasures.html", {"erasures": found})


@require_GET
def erasure(request: HttpRequest, erasure_id: UUID) -> HttpResponse:
    """Show one certificate of erasure."""
    user = signed_in(request)
    require_everywhere(user, Permission.PERSON_FORGET)
    found = pick(erasures_visible_to(user).select_related("organisation"), pk=erasure_id)
    context = {"erasure": found, "truth": truth(found)}
    return render(request, "reports/erasure.html", context)


@require_GET
def erasure_pdf(request: HttpRequest, erasure_id: UUID) -> HttpResponse:
    """Print it."""
    user = signed_in(request)
    require_everywhere(user, Permission.PERSON_FORGET)
    found = pick(erasures_visible_to(user).select_related("organisation"), pk=erasure_id)
    return files.to_read(pdf(found), f"{found.folio}-borrado.pdf")


@require_GET
def what_is_kept(request: HttpRequest) -> HttpResponse:
    """Say to anybody of the team what is kept and until when."""
    signed_in(request)
    return render(request, "reports/kept.html", {"parts": kept.parts()})
