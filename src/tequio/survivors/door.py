"""The door: to strangers nothing is here; members find it shut until they open it.

To whoever has no business here, every address under the wall answers as one that does not exist,
byte for byte, whatever the method: the check stands before CSRF and before everything else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from tequio.access.door import is_private
from tequio.access.models import User
from tequio.access.rules.kept import kept_fields
from tequio.core.errors import DomainError
from tequio.survivors.actions import drafts, troubles, unlocking
from tequio.survivors.actions.unlocking import Unlocked
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import may_come_to_the_door

PATH: Final = "/muro/"
# A search is typed again sooner than it is found; words that open are never kept.
_NOT_KEPT: Final = frozenset(
    {"draft_of", "q", "passphrase", "words", "paper", "secret_code", "word_5", "word_18", "purpose"}
    | {"shown_passphrase", "shown_code", "shown_paper", "about_to_leave"}
)
Inner = Callable[..., HttpResponse]


def cookie_name() -> str:
    """Return the cookie's name; a browser holds it to TLS where there is any."""
    return "tequio-muro" if settings.PLAIN_HTTP else "__Secure-tequio-muro"


def at_the_door(view: Inner) -> Inner:
    """Mark a view for people whose role leads here, with the wall shut or open."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _member(request)
        if not is_private(request):
            return _overheard(request)
        return _unkept(csrf_protect(view)(request, *args, **kwargs))

    return _outermost(view, guarded)


def behind(view: Inner) -> Inner:
    """Mark a view that is given an open wall as its second argument."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = _member(request)
        if not is_private(request):
            return _overheard(request)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            wall = wall_of(request)
            if wall is None:
                _keep_what_was_sent(request, user)
                return _unkept(_shut(request))
            return _unkept(view(request, wall, *args, **kwargs))

        return csrf_protect(inner)(request, *args, **kwargs)

    return _outermost(view, guarded)


def wall_of(request: HttpRequest, *, touch: bool = True) -> OpenWall | None:
    """Return the wall that this browser holds open; asking puts the closing off, polling not."""
    secret = request.COOKIES.get(cookie_name())
    user = request.user
    if not secret or not isinstance(user, User) or not request.session.session_key:
        return None
    key = request.session.session_key
    return unlocking.recall(by=user, secret=secret, sign_in=key, touch=touch)


def open_in(response: HttpResponse, opened: Unlocked) -> HttpResponse:
    """Give the browser the secret, for the wall's addresses only and until it is closed."""
    response.set_cookie(
        cookie_name(),
        opened.secret,
        path=PATH,
        secure=not settings.PLAIN_HTTP,
        httponly=True,
        samesite="Strict",
    )
    return response


def shut_in(response: HttpResponse) -> HttpResponse:
    """Take the secret back from the browser."""
    response.delete_cookie(cookie_name(), path=PATH, samesite="Strict")
    return response


def _member(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not may_come_to_the_door(user):
        raise Http404
    # What is done from here on leaves no line in the logs outside.
    request.walled = True  # type: ignore[attr-defined]
    return user


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    # Django writes a line for every refusal; of the wall there is none outside it.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _overheard(request: HttpRequest) -> HttpResponse:
    """Where others on the way could read along there is no wall; the page says why."""
    return _unkept(render(request, "survivors/overheard.html", status=403))


def _keep_what_was_sent(request: HttpRequest, user: User) -> None:
    """Nothing typed is lost: what arrives at a shut wall is sealed to it."""
    if request.method == "POST":
        keep_fields(user, request.path, request.POST)


def keep_fields(user: User, path: str, sent: QueryDict) -> None:
    """Seal the fields of a form, without what only opens or searches."""
    fields = [
        (name, value)
        for name, value in kept_fields(sent.lists())
        if name not in _NOT_KEPT and value
    ]
    if fields:
        drafts.keep(by=user, path=path, fields=fields)


def _shut(request: HttpRequest) -> HttpResponse:
    door = reverse("survivors:unlock")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": door})
    if request.method in {"GET", "HEAD"}:
        return redirect(f"{door}?{urlencode({'siguiente': request.path})}")
    return redirect(door)


def _outermost(view: Inner, guarded: Inner) -> Inner:
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return guarded(request, *args, **kwargs)
        except (DomainError, Http404, PermissionDenied, SuspiciousOperation):
            raise  # answers, and no failures
        except Exception as error:
            if isinstance(request.user, User):
                # The name of the route: an address would say which case.
                match = request.resolver_match
                page = match.view_name if match else view.__name__
                troubles.note(by=request.user, page=page, error=error)
            raise

    outer = csrf_exempt(wraps(view)(told))
    # The house asks for a sign-in by itself; here even that question would be an answer.
    outer.login_required = False  # type: ignore[attr-defined]
    return outer
