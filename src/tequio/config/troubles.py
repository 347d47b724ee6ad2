"""What the machine cannot do any more, told plainly, and how much it does."""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.config.logs import WALL
from tequio.config.request_counts import Counts
from tequio.ui import views

Next = Callable[[HttpRequest], HttpResponse]
_INSUFFICIENT_STORAGE: Final = 507
_UNAVAILABLE: Final = 503
# How SQLite and PostgreSQL say it; on a full disk SQLite cannot make its side files either.
_FULL: Final = (
    "disk is full", "no space left", "disk i/o error", "could not extend", "disk quota",
)  # fmt: skip


class CountRequests:
    """Counts answers and their time, in production: for the page of metrics."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        production = settings.MODE == "production"
        self.counts = Counts(Path(settings.DATA)) if production else None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.counts is None:
            return self.get_response(request)
        began = time.perf_counter()
        response = self.get_response(request)
        # What is drawn with a page neither: no line of the log stands for it, and on a quiet day
        # so many more would say that somebody looked at a page that leaves no line.
        quiet = request.path.startswith((WALL, settings.STATIC_URL))
        if quiet or getattr(request, "walled", False):
            return response
        self.counts.note(response.status_code, time.perf_counter() - began)
        return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a failure: the page for a bug, or the sentence for a disk that is full.

    Django calls this while it handles the exception, wherever in the chain it was raised.
    """
    return _of_the_machine(request, sys.exc_info()[1]) or views.server_error(request)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what was asked wrongly, and what Django takes for it.

    A session that could not be saved counts as one that somebody ended meanwhile, whatever the
    reason was.
    """
    return _of_the_machine(request, exception) or views.bad_request(request, exception)


def _of_the_machine(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """Return the sentence for what the machine cannot do; None where it is something else."""
    if is_full(error):
        message = _("No queda espacio en el disco: esto no se guardó.")
        hint = _("Lo anterior está completo. Avisa a quien cuida la computadora y no la apagues.")
        return _told(request, message, hint, _INSUFFICIENT_STORAGE)
    if is_away(error):
        message = _("La base de datos no contesta: no se sabe si esto se guardó.")
        hint = _("Espera un momento, abre la página otra vez y revisa lo último que hiciste.")
        return _told(request, message, hint, _UNAVAILABLE)
    return None


def _told(request: HttpRequest, message: str, hint: str, status: int) -> HttpResponse:
    if request.headers.get("HX-Request"):
        words: dict[str, object] = {"text": f"{message} {hint}"}
        return render(None, "ui/errors/fragment.html", words, status=status)
    words = {"message": message, "hint": hint}
    return render(None, "ui/errors/refusal.html", words, status=status)


def is_full(error: BaseException | None) -> bool:
    """Tell whether a failure means that nothing more can be written."""
    return any(_says_full(one) for one in _chain(error))


def is_away(error: BaseException | None) -> bool:
    """Tell whether a failure means that the database server went away or cannot be reached."""
    return any(_lost_the_line(one) for one in _chain(error))


def _lost_the_line(error: BaseException) -> bool:
    if isinstance(error, InterfaceError):
        return True
    # Without a state there was no answer at all; 08 is the line, 57P a server that is ending.
    state = getattr(error.__cause__, "sqlstate", "none")
    return isinstance(error, OperationalError) and (
        state is None or (state != "none" and state.startswith(("08", "57P")))
    )


def _says_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    return isinstance(error, DatabaseError) and any(words in str(error).lower() for words in _FULL)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
