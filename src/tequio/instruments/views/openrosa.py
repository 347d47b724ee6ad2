"""What ODK Collect and KoboCollect ask for: forms, their files, and whether answers arrived.

The token in the address says which telephone asks; there is no password besides it, so Basic and
Digest are not offered. Whoever has no token gets what everybody gets for an address that is not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from tequio.access.policies import not_visible
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.instruments import coming, offered
from tequio.instruments.actions import devices, receiving
from tequio.instruments.models import Device
from tequio.instruments.offered import Offered
from tequio.instruments.openrosa import answers, bodies, envelope
from tequio.instruments.queries.devices import device_of

PROJECT: Final = 1  # an organisation is one project to a telephone
_READS: Final = ("GET", "HEAD")
View = Callable[..., HttpResponse]


def _of_a_telephone(*methods: str) -> Callable[[View], View]:
    """Find the telephone by its token, or answer as to a stranger; then mind the method."""

    def wrap(view: View) -> View:
        @wraps(view)
        def asked(
            request: HttpRequest, token: str, project: int = PROJECT, **holds: str
        ) -> HttpResponse:
            device = device_of(token) if project == PROJECT else None
            if device is None:
                raise not_visible()
            if request.method not in methods:
                return _headed(HttpResponse(status=405, headers={"Allow": ", ".join(methods)}))
            return _headed(view(request, device, token, **holds))

        asked.login_required = False  # type: ignore[attr-defined]
        return csrf_exempt(asked)

    return wrap


@_of_a_telephone(*_READS)
def form_list(request: HttpRequest, device: Device, token: str) -> HttpResponse:
    """List what may be filled in."""
    devices.seen(by=device, today=clock.today(device.organisation.timezone))
    forms = [_listed(request, token, one) for one in offered.listed(device.organisation_id)]
    return HttpResponse(answers.form_list(forms), content_type=answers.TYPE)


@_of_a_telephone(*_READS)
def form(request: HttpRequest, device: Device, token: str, form_id: str) -> HttpResponse:
    """Give a form."""
    return HttpResponse(_one(device, form_id).xml, content_type=answers.TYPE)


@_of_a_telephone(*_READS)
def manifest(request: HttpRequest, device: Device, token: str, form_id: str) -> HttpResponse:
    """List the files that a form needs beside it."""
    files = [
        answers.MediaFile(
            file.name,
            answers.md5(file.data),
            _address(request, "file", token, form_id=form_id, name=file.name),
        )
        for file in _one(device, form_id).files
    ]
    return HttpResponse(answers.manifest(files), content_type=answers.TYPE)


@_of_a_telephone(*_READS)
def file(request: HttpRequest, device: Device, token: str, form_id: str, name: str) -> HttpResponse:
    """Give one of them."""
    for one in _one(device, form_id).files:
        if one.name == name:
            return HttpResponse(one.data, content_type=one.type)
    raise not_visible()


@_of_a_telephone("HEAD", "POST")
def submission(request: HttpRequest, device: Device, token: str) -> HttpResponse:
    """Take answers. Only 201 means that they are on the disk."""
    if request.method == "HEAD":
        # It comes before every sending: alone in the log, it would say that one went to the wall.
        request.walled = True  # type: ignore[attr-defined]
        return HttpResponse(status=204)
    body = bodies.held(request)
    if body is None:
        return _said(_("El envío pesa demasiado. Manda las fotos de una en una."), 413)
    try:
        kind = request.META.get("CONTENT_TYPE", "")
        came = coming.look_through(kind, body, device.organisation_id)
        if came.offered.walled:
            # A line here beside none in the audit log would say that a woman answered.
            request.walled = True  # type: ignore[attr-defined]
        receiving.receive(by=device, came=came)
    except DomainError as error:
        return _said(str(error), error.status)
    return _said(_("Guardado. Gracias."), 201)


def _one(device: Device, form_id: str) -> Offered:
    for found in offered.versions(device.organisation_id, form_id):
        if found.listed:
            return found
    raise not_visible()


def _listed(request: HttpRequest, token: str, one: Offered) -> answers.Listed:
    return answers.Listed(
        id=one.form_id,
        name=one.title,
        version=one.version,
        digest=one.digest,
        address=_address(request, "form", token, form_id=one.form_id),
        files=_address(request, "manifest", token, form_id=one.form_id) if one.files else "",
    )


def _address(request: HttpRequest, what: str, token: str, **holds: str) -> str:
    match = request.resolver_match
    family = "kobo" if match and (match.url_name or "").startswith("kobo") else "central"
    said: dict[str, object] = {"token": token, **holds}
    if family == "central":
        said["project"] = PROJECT
    return request.build_absolute_uri(reverse(f"instruments:{family}-{what}", kwargs=said))


def _said(message: str, status: int) -> HttpResponse:
    return HttpResponse(answers.said(message), content_type=answers.TYPE, status=status)


def _headed(response: HttpResponse) -> HttpResponse:
    response["X-OpenRosa-Version"] = "1.0"
    response["X-OpenRosa-Accept-Content-Length"] = str(envelope.LARGEST)
    response["Date"] = http_date()
    return response
