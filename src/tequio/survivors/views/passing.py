"""Going on with a referral: its link, what they answered, who went along."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tequio.access.policies import not_visible
from tequio.survivors import door, words
from tequio.survivors.actions import passing
from tequio.survivors.actions.cases import OpenCase
from tequio.survivors.forms.passing import EscortForm, LinkForm
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules.sheets import Held, Referral
from tequio.survivors.views.asked import here, opened, status
from tequio.ui.forms import RefusalsOn


@door.behind
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, wall: OpenWall, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Word with her what they will see, show it, and make the link."""
    found, held, referral = picked(wall, case_id, referral_id)
    form = LinkForm(referral, request.POST if request.method == "POST" else None)
    context = {"wall": wall, "case": found.case, "cover": found.cover, "held": held, "form": form}
    if form.is_bound and form.is_valid():
        call = form.cleaned_data["call"]
        with RefusalsOn(form):
            slip = passing.preview(
                by=wall, case_id=case_id, referral=referral, shared=form.shared, call=call
            )
            if request.POST.get("paso") == "hacer":
                passing.issue(by=wall, case_id=case_id, held=held, shared=form.shared, call=call)
                return redirect("survivors:sheet", case_id=case_id, sheet_id=referral_id)
            context["slip"] = slip
    return render(request, "survivors/referral_link.html", context, status=status(form))


@door.behind
@require_POST
def answers(request: HttpRequest, wall: OpenWall, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Write what they answered on the link."""
    _found, held, _referral = picked(wall, case_id, referral_id)
    passing.take_in(by=wall, case_id=case_id, held=held)
    return redirect("survivors:sheet", case_id=case_id, sheet_id=referral_id)


@door.behind
@require_POST
def escort(request: HttpRequest, wall: OpenWall, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Write who went along with her."""
    _found, held, _referral = picked(wall, case_id, referral_id)
    form = EscortForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            passing.escort(by=wall, case_id=case_id, held=held, **form.cleaned_data)
    if not form.errors:
        return redirect("survivors:sheet", case_id=case_id, sheet_id=referral_id)
    context = {"wall": wall, "case": _found.case, "cover": _found.cover, "held": held, "form": form}
    return render(request, "survivors/referral_escort.html", context, status=422)


def picked(wall: OpenWall, case_id: UUID, referral_id: UUID) -> tuple[OpenCase, Held, Referral]:
    """Return a referral of a case, or the same 404 as for nothing."""
    found, there = opened(wall, case_id)
    for held in there:
        if held.id == referral_id and isinstance(held.body, Referral):
            return found, held, held.body
    raise not_visible()


def shown(request: HttpRequest, wall: OpenWall, referral: Referral) -> dict[str, Any]:
    """Return what the page of a referral shows beside its sheet."""
    today = here(wall).date()
    is_there = bool(referral.secret) and referral.agreed_until >= today
    address = reverse("network:slip", kwargs={"secret": referral.secret}) if is_there else ""
    escort_form: forms.Form = EscortForm(initial={"on": today})
    return {
        "steps_said": [
            (words.word(words.REFERRAL_STATES, one.state), one.on, one.words)
            for one in referral.steps
        ],
        "new_answers": [
            (words.word(words.REFERRAL_STATES, one.state), one.on, one.words)
            for one in passing.unread(referral)
        ],
        "link": request.build_absolute_uri(address) if address else "",
        "shared": [(words.word(words.DATA, one.code), one.value) for one in referral.shared],
        "calls": referral.call_on is not None and referral.call_on <= today,
        "escort_form": escort_form,
    }
