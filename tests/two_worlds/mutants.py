"""Leaks, put in on purpose: each has to be seen by its witness, or Gate 2 is blind there.

A leak is a small change in the place where such a mistake would be made: a page that shows or does
a little more, or an action behind the wall that leaves something outside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pytest
import structlog
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from tests.meta.test_access_matrix import FOREIGN, HOUSE, NONE, OWN
from tests.two_worlds.crawl import Cell

from tequio.access.models import User
from tequio.audit.record import record
from tequio.config.middleware import DomainErrors
from tequio.core import clock, entropy, ids
from tequio.jobs.models import Job
from tequio.survivors import log
from tequio.survivors.models import Case, LogEntry

Patch = pytest.MonkeyPatch
Put = Callable[[Patch], None]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One leak: what it is, who sees it where, and in which part of what is compared."""

    name: str
    says: str
    witness: Cell
    seen_in: str
    put: Put


def _on(route: str, change: Callable[[HttpRequest, HttpResponse], HttpResponse]) -> Put:
    """A view that does a little more."""

    def put(patch: Patch) -> None:
        original = DomainErrors.__call__

        def leaking(self: DomainErrors, request: HttpRequest) -> HttpResponse:
            response = original(self, request)
            own = resolve(request.path).view_name == route
            return change(request, response) if own else response

        patch.setattr(DomainErrors, "__call__", leaking)

    return put


def _behind(more: Callable[..., object]) -> Put:
    """An action behind the wall that does a little more: each of them writes to the wall's log."""

    def put(patch: Patch) -> None:
        original = log.write

        def leaking(kind: str, **given: Any) -> None:
            original(kind, **given)
            more(kind, **given)

        patch.setattr(log, "write", leaking)

    return put


def _adds(text: Callable[[], str]) -> Callable[[HttpRequest, HttpResponse], HttpResponse]:
    def change(_request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.content += text().encode()
        return response

    return change


def _header(name: str, value: Callable[[], str]) -> Any:
    def change(_request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response[name] = value()
        return response

    return change


def _answers(status: int) -> Any:
    """It refuses, or says something else, if there is something behind the wall."""

    def change(_request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return (
            HttpResponse("Ya está ocupado.", status=status) if Case.objects.exists() else response
        )

    return change


def _sorted_by_her(_request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if Case.objects.exists():
        response.content = b"\n".join(reversed(response.content.split(b"\n")))
    return response


def _cookie(_request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response.set_cookie("novedades", _count())
    return response


def _count() -> str:
    return str(Case.objects.count())


def _one_stream(patch: Patch) -> None:
    original = entropy.token_bytes
    patch.setattr(entropy, "token_bytes", lambda size, **_stream: original(size))


def _public_folio(patch: Patch) -> None:
    original = ids.new_id
    patch.setattr(ids, "new_id", lambda **_stream: original())


def _gap(_kind: str, **given: Any) -> None:
    record("session.sign_in", by=given["by"].user)


def _notifies(_kind: str, **given: Any) -> None:
    user = given["by"].user
    Job.objects.create(
        organisation=user.organisation, started_by=user, kind="aviso", subject_id=user.pk
    )


def _was_here(_kind: str, **given: Any) -> None:
    User.objects.filter(pk=given["by"].user.pk).update(last_login=clock.now())


def _says_so(kind: str, **_given: Any) -> None:
    structlog.get_logger("tequio.muro").warning(kind, kind=kind)


def _opens(_request: HttpRequest, response: HttpResponse) -> HttpResponse:
    for case in Case.objects.all():
        hashlib.sha256(bytes(case.cover)).hexdigest()
    return response


def _slower(_request: HttpRequest, response: HttpResponse) -> HttpResponse:
    list(LogEntry.objects.values_list("pk", flat=True))
    return response


def _cached(patch: Patch) -> None:
    _behind(lambda _kind, **_given: cache.set("avisos-del-dia", _count()))(patch)
    _on("desk:today", _adds(lambda: cache.get("avisos-del-dia", "")))(patch)


_F, _C, _D = "facilitación", "coordinación", "dirección"
MUTANTS: Final = (
    Mutant("sequence id", "a case takes its key from the stream of the men's side, and the next "
           "folio outside is another", Cell("people:new", "POST", NONE, _C), "headers",
           _public_folio),
    Mutant("one source of chance", "sealing draws its nonces where the men's side draws its own",
           Cell("people:new", "POST", NONE, _C), "headers", _one_stream),
    Mutant("badge", "the first page of the day counts what waits behind the wall",
           Cell("desk:today", "GET", NONE, _F), "body",
           _on("desk:today", _adds(lambda: f'<span class="badge">{_count()}</span>'))),
    Mutant("room conflict", "a meeting is refused because a women's group has the room",
           Cell("circles:add-session", "POST", OWN, _C), "status",
           _on("circles:add-session", _answers(409))),
    Mutant("unique constraint", "a name is refused because a woman has it",
           Cell("people:new", "POST", NONE, _C), "status", _on("people:new", _answers(409))),
    Mutant("search", "the search for men also finds cases",
           Cell("desk:people", "POST", NONE, _C), "body",
           _on("desk:people", _adds(lambda: "<li>1 más</li>" * Case.objects.count()))),
    Mutant("ETag", "a shared page is stamped with the newest change of all",
           Cell("circles:groups", "GET", NONE, _F), "headers",
           _on("circles:groups", _header("ETag", lambda: f'"{_count()}"'))),
    Mutant("filename", "a sheet is named with a running number",
           Cell("circles:sheet-pdf", "GET", OWN, _F), "headers",
           _on("circles:sheet-pdf",
               _header("Content-Disposition", lambda: f"attachment; filename=h-{_count()}.pdf"))),
    Mutant("error page", "whoever may not see a case is told that it is there",
           Cell("survivors:case", "GET", NONE, _F), "status",
           _on("survivors:case", _answers(403))),
    Mutant("audit gap", "what is done behind the wall is also a line outside",
           Cell("desk:audit", "GET", NONE, _C), "body", _behind(_gap)),
    Mutant("sort order", "the list of groups begins with what moved last, behind the wall too",
           Cell("circles:groups", "GET", NONE, _C), "body",
           _on("circles:groups", _sorted_by_her)),
    Mutant("cached fragment", "a number from behind the wall is put by for the next reader",
           Cell("desk:today", "GET", NONE, _C), "body", _cached),
    Mutant("export column", "the file of a man has one more column where his partner has a case",
           Cell("circles:retention-pdf", "GET", NONE, _C), "body",
           _on("circles:retention-pdf", _adds(lambda: ",1" * Case.objects.count()))),
    Mutant("notification", "work behind the wall goes to the shared list of jobs",
           Cell("desk:today", "GET", NONE, _C), "table jobs_job", _behind(_notifies)),
    Mutant("log line", "the server's log says when a case was begun",
           Cell("desk:today", "GET", NONE, _F), "log", _behind(_says_so)),
    Mutant("presence", "a member's own row says when she last worked",
           Cell("access:users", "GET", NONE, _D), "table access_user", _behind(_was_here)),
    Mutant("decrypt on a shared page", "a man's page opens the cases to look for his",
           Cell("desk:person", "GET", OWN, _F), "looks", _on("desk:person", _opens)),
    Mutant("a slower tap", "each mark of attendance also asks the wall",
           Cell("circles:mark", "POST", OWN, _F), "looks", _on("circles:mark", _slower)),
    Mutant("an extra cookie", "a browser is told how much is new",
           Cell("circles:groups", "GET", NONE, _D), "cookies", _on("circles:groups", _cookie)),
    Mutant("another house", "an organisation on the same server sees the number",
           Cell("circles:group", "GET", FOREIGN, "otra organización"), "body",
           _on("circles:group", _adds(_count))),
    Mutant("a title", "what is kept is counted together with what women said",
           Cell("access:user", "GET", HOUSE, _D), "body",
           _on("access:user", _adds(lambda: f"<title>{_count()}</title>"))),
    Mutant("release", "the calendar of publications says of how many women the next will speak",
           Cell("studies:releases", "GET", NONE, "evaluación"), "body",
           _on("studies:releases", _adds(lambda: f'<p class="muted">{_count()}</p>'))),
)  # fmt: skip
