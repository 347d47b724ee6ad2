"""One's own account."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access import actions, sessions
from tequio.access.forms.account import (
    ChangePasswordForm,
    LanguageForm,
    PinForm,
    ShowBothForm,
    ShowPasswordForm,
)
from tequio.access.queries import has_pin, recovery_codes_left, roles_of
from tequio.access.requests import signed_in
from tequio.access.rules.passwords import offer
from tequio.access.views.answers import page, posted, refused
from tequio.core.errors import DomainError

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Show who one is here and what one may do."""
    user = signed_in(request)
    context = {
        "account": user,
        "roles": roles_of(user),
        "codes_left": recovery_codes_left(user),
        "has_pin": has_pin(user),
        "language_form": LanguageForm(initial={"language": user.language}),
    }
    return render(request, "access/account.html", context)


@_FORM
def change_password(request: HttpRequest) -> HttpResponse:
    """Choose another password; every other session ends."""
    form = ChangePasswordForm(posted(request))
    context = {"offered": offer()}
    if not form.is_valid():
        return page(request, "access/change_password.html", form, context)
    given = form.cleaned_data
    try:
        user = actions.change_password(
            by=signed_in(request), current=given["current"], new=given["password"]
        )
    except DomainError as error:
        return refused(request, "access/change_password.html", form, error, context)
    sessions.keep_after_password_change(request, user)
    messages.success(request, _("Tu contraseña nueva ya funciona. Tus otras sesiones se cerraron."))
    return redirect("access:account")


@_FORM
def new_authenticator(request: HttpRequest) -> HttpResponse:
    """Show both factors again and link another telephone."""
    form = ShowBothForm(posted(request))
    if not form.is_valid():
        return page(request, "access/new_authenticator.html", form)
    given = form.cleaned_data
    user = signed_in(request)
    try:
        secret = actions.replace_authenticator(
            by=user, password=given["current"], code=given["code"]
        )
    except DomainError as error:
        return refused(request, "access/new_authenticator.html", form, error)
    sessions.begin_half(request, user, "enrol", next_path=reverse("access:account"), held=secret)
    return redirect("access:enrol")


@_FORM
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show the password again and get new codes for paper."""
    form = ShowPasswordForm(posted(request))
    if not form.is_valid():
        return page(request, "access/new_recovery_codes.html", form)
    user = signed_in(request)
    try:
        codes = actions.renew_recovery_codes(by=user, password=form.cleaned_data["current"])
    except DomainError as error:
        return refused(request, "access/new_recovery_codes.html", form, error)
    return render(request, "access/new_recovery_codes_made.html", {"codes": codes})


@_FORM
def pin(request: HttpRequest) -> HttpResponse:
    """Choose the PIN for screens that lock themselves during a session."""
    form = PinForm(posted(request))
    if not form.is_valid():
        return page(request, "access/pin.html", form)
    given = form.cleaned_data
    try:
        actions.set_pin(by=signed_in(request), password=given["current"], pin=given["pin"])
    except DomainError as error:
        return refused(request, "access/pin.html", form, error)
    messages.success(request, _("Tu PIN ya funciona."))
    return redirect("access:account")


@require_POST
def change_language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages."""
    language = request.POST.get("language", "")
    actions.change_language(by=signed_in(request), language=language)
    with translation.override(language):
        messages.success(request, _("Así se ven ahora las páginas."))
    return redirect("access:account")
