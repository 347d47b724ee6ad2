"""The three set-ups, for whoever directs or administers."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.access.requests import signed_in
from tequio.core.errors import DomainError
from tequio.letters.actions import setups
from tequio.letters.forms.setups import AllyForm, NothingForm
from tequio.letters.queries.setups import setup_of


@require_GET
def setup(request: HttpRequest) -> HttpResponse:
    """Show who keeps what women say, and let it be changed."""
    return _page(request, _director(request), AllyForm())


@require_POST
def keep_ourselves(request: HttpRequest) -> HttpResponse:
    """Choose the own team."""
    by = _director(request)
    return _chosen(request, by, AllyForm(), lambda: setups.keep_ourselves(by=by))


@require_POST
def keep_nothing(request: HttpRequest) -> HttpResponse:
    """Choose to keep nothing."""
    by = _director(request)
    form = NothingForm(request.POST)
    if not form.is_valid():
        return _page(request, by, AllyForm(), nothing=form, status=422)
    return _chosen(request, by, AllyForm(), lambda: setups.keep_nothing(by=by))


@require_POST
def lend(request: HttpRequest) -> HttpResponse:
    """Choose an ally."""
    by = _director(request)
    form = AllyForm(request.POST)
    if not form.is_valid():
        return _page(request, by, form, status=422)
    given = form.cleaned_data
    agreement = setups.Agreement(
        given["signed_on"], given["signed_by"], given["signed_by_ally"], given["ends_on"]
    )
    return _chosen(
        request,
        by,
        form,
        lambda: setups.lend_to_ally(by=by, address=given["address"], agreement=agreement),
    )


def _director(request: HttpRequest) -> User:
    by = signed_in(request)
    require_everywhere(by, Permission.SLOT_CHOOSE)
    return by


def _chosen(
    request: HttpRequest, by: User, form: Form, choose: Callable[[], object]
) -> HttpResponse:
    try:
        choose()
    except DomainError as error:
        return _page(request, by, form, error, status=error.status)
    messages.success(request, _("Quedó decidido, y escrito en la bitácora."))
    return redirect("letters:setup")


def _page(
    request: HttpRequest,
    by: User,
    form: Form,
    error: DomainError | None = None,
    status: int = 200,
    nothing: Form | None = None,
) -> HttpResponse:
    context = {
        "setup": setup_of(by),
        "form": form,
        "nothing": nothing or NothingForm(),
        "error": error,
    }
    return render(request, "letters/setup.html", context, status=status)
