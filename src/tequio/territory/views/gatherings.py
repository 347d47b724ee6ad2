"""What a gathering said of its place: written down, and taken off again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick, require
from tequio.access.requests import signed_in
from tequio.territory import places
from tequio.territory.actions import gatherings
from tequio.territory.forms.gatherings import GatheringForm, WithdrawForm
from tequio.territory.policies import gatherings_visible_to
from tequio.ui.forms import RefusalsOn


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, municipality: str) -> HttpResponse:
    """Ask what a gathering said, and keep it."""
    user = signed_in(request)
    require(user, Permission.CONTEXT_WRITE)
    place = places.find(municipality)
    if place is None:
        raise not_visible()
    form = GatheringForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            gatherings.write(by=user, municipality=municipality, heard=form.heard())
            messages.success(request, _("Quedó guardado. Se muestra junto a los datos abiertos."))
            return redirect("territory:diagnosis", municipality)
    context = {"form": form, "place": place}
    return render(
        request, "territory/gathering.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, heard_id: UUID) -> HttpResponse:
    """Ask why, and take it off."""
    user = signed_in(request)
    require(user, Permission.CONTEXT_WRITE)
    row = pick(gatherings_visible_to(user), pk=heard_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        gatherings.withdraw(by=user, gathering_id=row.pk, why=form.cleaned_data["why"])
        messages.success(request, _("Se quitó del diagnóstico."))
        return redirect("territory:diagnosis", row.municipality)
    context = {"form": form, "row": row, "place": places.say(row.municipality)}
    return render(request, "territory/withdraw.html", context, status=422 if form.is_bound else 200)
