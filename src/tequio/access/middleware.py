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

from tequio.access import sessions
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
        self, request: HttpRequest, view: View, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Let through, or answer in the person's place."""
        if request.user.is_authenticated:
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
