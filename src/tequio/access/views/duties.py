"""Exceptions to the separation of duty."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tequio.access.actions import duties
from tequio.access.forms.duties import ExceptionForm
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.access.requests import signed_in
from tequio.access.views.answers import page, posted, refused
from tequio.core.errors import DomainError

_TEMPLATE = "access/duty_exception.html"


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest) -> HttpResponse:
    """Sign an exception."""
    by = signed_in(request)
    require_everywhere(by, Permission.DUTY_EXCEPT)
    form = ExceptionForm(posted(request), by=by)
    if not form.is_valid():
        return page(request, _TEMPLATE, form)
    given = form.cleaned_data
    try:
        duties.sign_exception(
            by=by,
            user_id=given["person"].pk,
            reason=given["reason"],
            outside=duties.Outside(
                given["outside_name"], given["outside_office"], given["outside_organisation"]
            ),
            ends_on=given["ends_on"],
        )
    except DomainError as error:
        return refused(request, _TEMPLATE, form, error)
    messages.success(request, _("La excepción está firmada. Todo el equipo la ve aquí."))
    return redirect("access:roles")


@require_POST
def end(request: HttpRequest, exception_id: UUID) -> HttpResponse:
    """Take an exception back."""
    duties.end_exception(by=signed_in(request), exception_id=exception_id)
    messages.success(request, _("La excepción terminó."))
    return redirect("access:roles")
