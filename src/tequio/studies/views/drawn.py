"""The public page of a lottery: what anybody may see and repeat. No name, no folio, no account."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tequio.core.text import squeeze
from tequio.studies import lottery_checking
from tequio.studies.models import Lottery
from tequio.studies.queries import lotteries as queries
from tequio.ui import files


@require_safe
def drawn(request: HttpRequest, code: str) -> HttpResponse:
    """Show a lottery, and what one code of its list got."""
    # That somebody looked whether a code is here leaves no line in the log.
    request.walled = True  # type: ignore[attr-defined]
    found = _found(code)
    typed = squeeze(request.GET.get("papeleta", "")).upper()[:9]
    context = {
        "lottery": found,
        "seed": lottery_checking.seed_of(found),
        "rows": lottery_checking.rows_of(found),
        "commands": lottery_checking.commands(found),
        "typed": typed,
        "own": lottery_checking.own(found, typed) if typed else None,
        "until": queries.last_day(found),
    }
    return _quiet(render(request, "studies/drawn.html", context))


@require_safe
def listed(request: HttpRequest, code: str) -> HttpResponse:
    """The closed list, byte for byte: its SHA-256 is the published one."""
    request.walled = True  # type: ignore[attr-defined]
    found = _found(code)
    if not found.listed:
        raise Http404
    return _quiet(HttpResponse(found.listed.encode(), content_type="text/plain; charset=utf-8"))


@require_safe
def record(request: HttpRequest, code: str) -> HttpResponse:
    """The whole record, for whoever verifies it by one command."""
    request.walled = True  # type: ignore[attr-defined]
    found = _found(code)
    if not found.record:
        raise Http404
    return _quiet(files.to_keep(found.record.encode(), f"sorteo-{found.code}.json"))


for _view in (drawn, listed, record):
    _view.login_required = False  # type: ignore[attr-defined]


def _found(code: str) -> Lottery:
    found = queries.published(code)
    if found is None:
        raise Http404
    return found


def _quiet(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
