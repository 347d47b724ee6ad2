"""The way in: password, then authenticator or paper; and the way out."""

from __future__ import annotations

from collections.abc import Callable

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tequio.access import actions, sessions
from tequio.access.door import door_of
from tequio.access.forms.signing_in import (
    CodeForm,
    ConfirmForm,
    KeptForm,
    ResetForm,
    SignInForm,
)
from tequio.access.models import User
from tequio.access.queries import recovery_codes_left
from tequio.access.rules.codes import in_groups, provisioning_uri
from tequio.access.rules.passwords import offer
from tequio.access.rules.paths import safe_path
from tequio.access.sessions import Half, Step
from tequio.access.views.answers import page, posted, refused
from tequio.core.errors import DomainError

_PAGES: dict[Step, str] = {
    "code": "access:code",
    "enrol": "access:enrol",
    "recovery": "access:recovery-codes",
}
_FEW_CODES = 3
HalfView = Callable[[HttpRequest, Half], HttpResponse]
View = Callable[[HttpRequest], HttpResponse]


def half_way(step: Step) -> Callable[[HalfView], View]:
    """Let in only those whose password was right, and to the step that they stand at."""

    def decorate(view: HalfView) -> View:
        @login_not_required
        @require_http_methods(["GET", "HEAD", "POST"])
        def inner(request: HttpRequest) -> HttpResponse:
            half = sessions.half_of(request)
            if half is None:
                if not request.user.is_authenticated:
                    messages.info(request, _("Pasó mucho tiempo. Empieza de nuevo, por favor."))
                return redirect("access:sign-in")
            if half.step != step:
                return redirect(_PAGES[half.step])
            return view(request, half)

        return inner

    return decorate


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for user and password."""
    if request.user.is_authenticated:
        return redirect(safe_path(request.GET.get("siguiente", "")) or "/")
    form = SignInForm(
        posted(request), initial={"siguiente": safe_path(request.GET.get("siguiente", ""))}
    )
    if not form.is_valid():
        return page(request, "access/sign_in.html", form)
    given = form.cleaned_data
    try:
        entered = actions.sign_in_password(
            login=given["login"], password=given["password"], door=door_of(request)
        )
    except DomainError as error:
        return refused(request, "access/sign_in.html", form, error)
    return _half_way_in(request, entered.user, entered.need, safe_path(given["siguiente"]))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def use_reset_code(request: HttpRequest) -> HttpResponse:
    """Choose a password with a code that the administrator handed over."""
    form = ResetForm(posted(request))
    context = {"offered": offer()}
    if not form.is_valid():
        return page(request, "access/use_reset_code.html", form, context)
    given = form.cleaned_data
    try:
        user = actions.use_reset_code(
            login=given["login"],
            code=given["code"],
            password=given["password"],
            door=door_of(request),
        )
    except DomainError as error:
        return refused(request, "access/use_reset_code.html", form, error, context)
    return _half_way_in(request, user, actions.need_of(user), "")


@half_way("code")
def code(request: HttpRequest, half: Half) -> HttpResponse:
    """Ask for the second factor."""
    form = CodeForm(posted(request))
    if not form.is_valid():
        return page(request, "access/code.html", form)
    try:
        actions.use_second_factor(by=half.user, typed=form.cleaned_data["code"])
    except DomainError as error:
        return refused(request, "access/code.html", form, error)
    return _in(request, half)


@half_way("enrol")
def enrol(request: HttpRequest, half: Half) -> HttpResponse:
    """Link an authenticator and prove it with a first code."""
    secret = str(half.held)
    context = {
        "qr": qr_code(secret, half.user),
        "secret": in_groups(secret, 4),
        "link": provisioning_uri(secret, half.user.login),
    }
    form = ConfirmForm(posted(request))
    if not form.is_valid():
        return page(request, "access/enrol.html", form, context)
    try:
        codes = actions.confirm_authenticator(
            by=half.user, secret=secret, code=form.cleaned_data["code"]
        )
    except DomainError as error:
        return refused(request, "access/enrol.html", form, error, context)
    sessions.begin_half(request, half.user, "recovery", next_path=half.next_path, held=codes)
    return redirect("access:recovery-codes")


@half_way("recovery")
def recovery_codes(request: HttpRequest, half: Half) -> HttpResponse:
    """Show the codes for paper once, until the person says that they are kept."""
    form = KeptForm(posted(request))
    if not form.is_valid():
        return page(request, "access/recovery_codes.html", form, {"codes": half.held})
    return _in(request, half)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on the server and empty what the browser kept."""
    if isinstance(request.user, User):
        actions.sign_out(by=request.user)
    request.session.flush()
    response = redirect("access:sign-in")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def qr_code(secret: str, user: User) -> str:
    """Draw the secret as an address that an image can hold: no file, no network."""
    code = segno.make(provisioning_uri(secret, user.login), error="m")
    return code.svg_data_uri(scale=6, border=4, dark="#1F2A2E", light="#FFFFFF")


def _half_way_in(
    request: HttpRequest, user: User, need: actions.Need, next_path: str
) -> HttpResponse:
    held = actions.begin_authenticator() if need == "enrol" else None
    sessions.begin_half(request, user, need, next_path=next_path, held=held)
    return redirect(_PAGES[need])


def _in(request: HttpRequest, half: Half) -> HttpResponse:
    actions.enter(by=half.user)
    sessions.complete(request, half.user)
    left = recovery_codes_left(half.user)
    if left < _FEW_CODES:
        messages.warning(request, _few_codes(left))
    return redirect(half.next_path or "/")


def _few_codes(left: int) -> str:
    if not left:
        return _("Ya no te quedan códigos de respaldo. Haz nuevos en tu cuenta.")
    return ngettext(
        "Te queda %(left)d código de respaldo. Haz nuevos en tu cuenta.",
        "Te quedan %(left)d códigos de respaldo. Haz nuevos en tu cuenta.",
        left,
    ) % {"left": left}
