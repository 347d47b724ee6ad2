"""Nobody reaches a view without both factors, unless the view says so itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from tequio.access import room, sessions
from tequio.access.keeping import kept_form

Next = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]
# An attribute of views that a page asks for by itself again and again.
POLLING = "does_not_keep_session_alive"


class SignedIn:
    """Sets ``request.user`` and refuses by default.

    It stands before the CSRF check: an expired form must come back with everything that was
    typed, and its token may have gone with the session.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = sessions.person_of(request)
        request.user = person or AnonymousUser()
        if person is None:
            return self.get_response(request)
        with translation.override(person.language):
            request.LANGUAGE_CODE = translation.get_language() or person.language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response

    def process_view(
        self, request: HttpRequest, view: View, _args: Any, holds: dict[str, Any]
    ) -> HttpResponse | None:
        """Let through, or answer in the person's place."""
        if request.user.is_authenticated:
            standing = sessions.standing_of(request)
            if standing.locked and not room.is_key(view):
                return _behind_the_pin(request, view, holds)
            if standing.room_only and not room.belongs(view, holds, room.evening_of(request)):
                return _as_a_stranger(request, view)
            if not (request.headers.get("HX-Request") and getattr(view, POLLING, False)):
                sessions.note_seen(request)
            return None
        if not getattr(view, "login_required", True):
            return None
        return _refusal(request)


def polling(view: View) -> View:
    """Mark a view whose fragment is asked for by the page: it keeps no session alive."""
    setattr(view, POLLING, True)
    return view


def _behind_the_pin(request: HttpRequest, view: View, holds: dict[str, Any]) -> HttpResponse | None:
    """Show aliases and ask for the PIN. Whoever wants to sign in anew instead may."""
    if not getattr(view, "login_required", True):
        return _as_a_stranger(request, view)
    evening = room.evening_of(request)
    path = evening.path if evening else "/"
    if request.headers.get("HX-Request"):
        words = {"sign_in": path}
        answer = render(request, "access/locked_fragment.html", words, status=401)
        answer["X-Room"] = "locked"
        return answer
    if request.method == "POST":
        context = {"sign_in": path, "locked": True, **kept_form(request)}
        return render(request, "access/ended.html", context, status=401)
    locked = room.locked_view(view, holds, evening)
    return locked(request, **holds) if locked else redirect(path)


def _as_a_stranger(request: HttpRequest, view: View) -> HttpResponse | None:
    request.user = AnonymousUser()
    return _refusal(request) if getattr(view, "login_required", True) else None


def _refusal(request: HttpRequest) -> HttpResponse:
    sign_in = reverse("access:sign-in")
    if request.headers.get("HX-Request"):
        return render(request, "access/ended_fragment.html", {"sign_in": sign_in}, status=401)
    if request.method in {"GET", "HEAD"}:
        # The path alone: a query string may carry what somebody searched for.
        query = {} if request.path == "/" else {"siguiente": request.path}
        return redirect(f"{sign_in}?{urlencode(query)}" if query else sign_in)
    context = {"sign_in": sign_in, **kept_form(request)}
    return render(request, "access/ended.html", context, status=401)
