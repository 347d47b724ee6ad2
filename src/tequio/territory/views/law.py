"""What the organisation's lawyer wrote, by state."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tequio.access.permissions import Permission
from tequio.access.policies import require
from tequio.access.requests import signed_in
from tequio.territory import law
from tequio.territory.actions import laws
from tequio.territory.forms import LawForm


@require_http_methods(["GET", "POST"])
def texts(request: HttpRequest) -> HttpResponse:
    """List the texts by state, and keep a new one."""
    user = signed_in(request)
    require(user, Permission.LAW_WRITE)
    form = LawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        laws.write(by=user, said=form.said())
        messages.success(request, _("Quedó guardado. Desde ahora se muestra al decidir un aviso."))
        return redirect("territory:law")
    context = {"form": form, "states": law.all_newest(user.organisation_id)}
    return render(request, "territory/law.html", context, status=422 if form.is_bound else 200)
