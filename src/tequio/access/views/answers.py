"""A page with a refusal in it: nothing typed is lost, and the status tells a machine the same."""

from __future__ import annotations

from collections.abc import Mapping

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from tequio.access.errors import MustWait, WeakPassword
from tequio.core.errors import DomainError


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, or None before anything was: all boxes unticked is an answer too."""
    return request.POST if request.method == "POST" else None


def page(
    request: HttpRequest,
    template: str,
    form: Form,
    context: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Render a form's page: 200 before it is sent, 422 when something in it is wrong."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **(context or {})}, status=status)


def refused(
    request: HttpRequest,
    template: str,
    form: Form,
    error: DomainError,
    context: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Render a form's page with the action's refusal, beside the field that it concerns."""
    field = "password" if isinstance(error, WeakPassword) else None
    form.add_error(field, str(error))
    response = page(request, template, form, context)
    response.status_code = error.status
    if isinstance(error, MustWait):
        response["Retry-After"] = str(error.seconds)
    return response
