"""The step about whoever is or was with him: handed on sealed, or not asked at all."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tequio.access.requests import signed_in
from tequio.letters.slot import has_wall
from tequio.people.actions import hand_on
from tequio.people.forms.partner import PartnerForm
from tequio.people.rules import steps
from tequio.people.views.intake import way_of
from tequio.ui.forms import RefusalsOn


@require_http_methods(["GET", "POST"])
def partner(request: HttpRequest, folio: str) -> HttpResponse:
    """Ask only where it has somewhere safe to go; else say that nothing is asked, and why."""
    user = signed_in(request)
    way = way_of(user, folio)
    walled = has_wall(user.organisation_id)
    form = PartnerForm(request.POST if request.method == "POST" and walled else None)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            hand_on(by=user, folio=folio, says=form.says())
            messages.success(request, _("Entregada. De este lado ya no se puede ver."))
            return redirect("people:partner", folio=folio)
    context = {
        **way.page(steps.PARTNER.slug),
        "form": form,
        "has_wall": walled,
        "onward": reverse("people:consents", kwargs={"folio": folio}),
    }
    return render(request, "people/partner.html", context, status=422 if form.is_bound else 200)
