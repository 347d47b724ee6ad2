"""Deciding the plan: first what, then why."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tequio.access.permissions import Permission
from tequio.access.requests import signed_in
from tequio.care.actions import plans
from tequio.care.forms import PlanForm, ReasonsForm
from tequio.care.models import Plan
from tequio.care.policies import man_for
from tequio.ui.forms import RefusalsOn


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, folio: str) -> HttpResponse:
    """Ask what he will do, then for the reason of each thing; nothing is lost between the two."""
    user = signed_in(request)
    man = man_for(user, folio, Permission.PLAN_MAKE)
    form = PlanForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "man": man}
    if not form.is_bound or not form.is_valid() or _lacks_tracks(form):
        status = 422 if form.is_bound else 200
        return render(request, "care/plan.html", context, status=status)
    asked = "reasons" in request.POST
    decision, tracks = form.cleaned_data["decision"], form.cleaned_data["tracks"]
    reasons = ReasonsForm(decision, tracks, request.POST if asked else None)
    if asked and reasons.is_valid():
        with RefusalsOn(reasons):
            plans.decide(by=user, folio=folio, **reasons.said())
            messages.success(request, _("El plan quedó escrito."))
            return redirect("care:overview", folio=folio)
    context |= {"reasons": reasons, "decision": decision, "tracks": tracks}
    return render(request, "care/plan_reasons.html", context, status=422 if asked else 200)


def _lacks_tracks(form: PlanForm) -> bool:
    here = form.cleaned_data["decision"] == Plan.Decision.HERE
    if here and not form.cleaned_data["tracks"]:
        form.add_error("tracks", _("Falta al menos un camino. Elige lo que va a hacer."))
        return True
    return False
