"""The telephones of the organisation: which may collect, and the picture that sets one up."""

from __future__ import annotations

from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.access.requests import signed_in
from tequio.instruments import offered
from tequio.instruments.actions import devices as writing
from tequio.instruments.actions.devices import Given
from tequio.instruments.forms.devices import DeviceForm
from tequio.instruments.openrosa import collect
from tequio.instruments.queries import devices as reading
from tequio.instruments.views.openrosa import PROJECT

_SUFFIX = "/formList"


@require_GET
def devices(request: HttpRequest) -> HttpResponse:
    """List telephones, and what they find when they ask."""
    return _listed(request, DeviceForm())


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add a telephone and show its picture, this once."""
    user = signed_in(request)
    require_everywhere(user, Permission.DEVICE_MANAGE)
    form = DeviceForm(request.POST)
    if not form.is_valid():
        return _listed(request, form)
    return _picture(request, writing.add(by=user, label=form.cleaned_data["label"]))


@require_POST
def renew(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Give a telephone a new picture; the old one opens nothing any more."""
    return _picture(request, writing.renew(by=signed_in(request), device_id=device_id))


@require_POST
def revoke(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Take the right away."""
    writing.revoke(by=signed_in(request), device_id=device_id)
    messages.success(request, _("Ese teléfono ya no recibe ni manda cuestionarios."))
    return redirect("instruments:devices")


def _listed(request: HttpRequest, form: DeviceForm) -> HttpResponse:
    user = signed_in(request)
    require_everywhere(user, Permission.DEVICE_MANAGE)
    context = {
        "form": form,
        "devices": reading.devices(user),
        "offered": offered.listed(user.organisation_id),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "instruments/devices.html", context, status=status)


def _picture(request: HttpRequest, given: Given) -> HttpResponse:
    """The page is drawn at once and kept nowhere: the token stands in no session and no log."""
    server = _server(request, given.token)
    name = given.device.organisation.name
    held = collect.packed(collect.settings(server, name))
    context = {
        "device": given.device,
        "server": server,
        "secure": request.is_secure(),
        "qr": segno.make(held, error="l", micro=False).svg_data_uri(
            scale=5, border=4, dark="#1F2A2E", light="#FFFFFF"
        ),
    }
    return render(request, "instruments/device.html", context)


def _server(request: HttpRequest, token: str) -> str:
    holds: dict[str, object] = {"token": token, "project": PROJECT}
    path = reverse("instruments:central-list", kwargs=holds)
    return request.build_absolute_uri(path).removesuffix(_SUFFIX)
