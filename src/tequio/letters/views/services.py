"""Keeping what the public page says of services."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.letters import slot
from tequio.letters.actions import services as writing
from tequio.letters.forms.services import ServiceForm
from tequio.letters.models import PublicService
from tequio.letters.policies import services_visible_to
from tequio.letters.rules.services import is_shown, shown_until


@require_GET
def services(request: HttpRequest) -> HttpResponse:
    """List every service, and say which ones nobody is shown."""
    user = signed_in(request)
    require_everywhere(user, Permission.SERVICE_EDIT)
    today = clock.today(user.organisation.timezone)
    found = services_visible_to(user).order_by("name", "pk")
    context = {
        "lines": [
            {
                "service": one,
                "shown": is_shown(one.verified_on, today),
                "until": shown_until(one.verified_on) if one.verified_on else None,
            }
            for one in found
        ],
        "address": request.build_absolute_uri(
            reverse("letters:info", args=[user.organisation.slug])
        ),
        "may_be_called": slot.has_wall(user.organisation_id),
    }
    return render(request, "letters/services.html", context)


@require_http_methods(["GET", "POST"])
def new_service(request: HttpRequest) -> HttpResponse:
    """Add one."""
    user = signed_in(request)
    require_everywhere(user, Permission.SERVICE_EDIT)
    form = ServiceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        writing.add(by=user, said=form.said())
        messages.success(
            request, _("Quedó anotado. Se muestra cuando alguien llame y lo compruebe.")
        )
        return redirect("letters:services")
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
def change_service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Change one; it is shown again after a call."""
    user = signed_in(request)
    require_everywhere(user, Permission.SERVICE_EDIT)
    service = pick(services_visible_to(user), pk=service_id)
    initial = {name: getattr(service, name) for name in ServiceForm.base_fields}
    form = ServiceForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        writing.change(by=user, service_id=service.pk, said=form.said())
        messages.success(request, _("Quedó cambiado. Llama y compruébalo para que se muestre."))
        return redirect("letters:services")
    return _form(request, form, service)


@require_POST
def verify_service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Say that one has called there."""
    writing.verify(by=signed_in(request), service_id=service_id)
    messages.success(request, _("Anotado: llamaste hoy. Ya se muestra en la página."))
    return redirect("letters:services")


@require_POST
def remove_service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Take one away."""
    writing.remove(by=signed_in(request), service_id=service_id)
    messages.success(request, _("Ya no está en la página."))
    return redirect("letters:services")


def _form(request: HttpRequest, form: ServiceForm, service: PublicService | None) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "service": service}
    return render(request, "letters/service.html", context, status=status)
