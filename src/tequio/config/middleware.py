"""What every request passes through: headers, the log line, and refusals in plain words."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from tequio.config.logs import WALL
from tequio.core.errors import DomainError
from tequio.instruments.openrosa import bodies
from tequio.ui.views import error_page

log = structlog.get_logger("tequio.request")
Next = Callable[[HttpRequest], HttpResponse]

# These pages say nothing of what was asked for: a stranger learns nothing from them.
_SAME_BYTES = frozenset({403, 404})
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class OneAtATime:
    """Many threads listen to slow telephones, one works.

    Two threads of one Python process only take the interpreter away from each other, at each
    question to the database; a tap then costs half as much again. So what was sent is read
    outside, however long the telephone takes, and the work is done in turns.
    """

    _turn = threading.Lock()

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if bodies.is_submission(request):
            bodies.take_in(request)
        elif request.method == "POST":
            _ = request.POST
        with self._turn:
            return self.get_response(request)


class SecurityHeaders:
    """The same policy on every answer; pages of a signed-in person stay in no cache."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store")
        return response


class LogRequests:
    """One line per request: route, status, time. No address, query, body or name."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        if getattr(request, "walled", False) or request.path.startswith(WALL):
            return response  # what is done behind the wall leaves no line outside it
        match = request.resolver_match
        log.info(
            "request",
            route=match.view_name if match else "",
            method=request.method,
            status=response.status_code,
            ms=round((time.perf_counter() - began) * 1000, 1),
        )
        return response


class DomainErrors:
    """Turns a refusal of a room into its page, or into a sentence for htmx."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            # Django's is a blank page: so ends whoever opens again where a button had sent them.
            page = error_page(response.status_code)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other exception to the page for bugs."""
        if not isinstance(exception, DomainError):
            return None
        answer = _refusal(request, exception)
        if getattr(request, "walled", False):
            answer._has_been_logged = True  # type: ignore[attr-defined] # not even by Django
        return answer


def _refusal(request: HttpRequest, exception: DomainError) -> HttpResponse:
    if request.headers.get("HX-Request"):
        text: dict[str, object] = {"text": str(exception)}
        return render(request, "ui/errors/fragment.html", text, status=exception.status)
    if exception.status in _SAME_BYTES:
        return error_page(exception.status)
    words = {"message": exception.message, "hint": exception.hint}
    return render(request, "ui/errors/refusal.html", words, status=exception.status)
