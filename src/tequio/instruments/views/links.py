"""Answering alone: one address for everybody, everything by POST, nothing left behind.

It needs no cookie: what opens the draft stands in the page and goes when the page goes. Whatever
is wrong with a link (never given, over, used, another PIN) has the same answer, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tequio.access.door import door_of, is_private
from tequio.access.models import Organisation
from tequio.core import clock
from tequio.instruments.actions import links
from tequio.instruments.actions.links import Holder, Opened
from tequio.instruments.one_time import codes, screens, sealed
from tequio.instruments.rules.pins import LENGTH
from tequio.letters import knocking
from tequio.letters.kinds import CLOCKS, Kind
from tequio.letters.lines import lines
from tequio.letters.models import PublicService
from tequio.letters.queries import services

_PLACE: Final = "en"
_BEFORE: Final = ("127.0.0.1", "::1")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def one_time(request: HttpRequest) -> HttpResponse:
    """Show where to type code and PIN, or whatever part of the questions was asked for."""
    # That somebody answered leaves no line in the log.
    request.walled = True  # type: ignore[attr-defined]
    response = _part(request)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    # Django writes a line for every refusal; of this there is none.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


one_time.login_required = False  # type: ignore[attr-defined]


def _part(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _door(request)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise Http404
    if not is_private(request):
        # Others on the way could read along.
        return _door(request, overheard=True)
    code = codes.parse_code(request.POST.get("codigo", ""))
    if "llave" not in request.POST:
        return _enter(request, code)
    held = links.hold(by=Holder(code, request.POST["llave"]))
    if held is None:
        return _refused(request)
    with translation.override(held.link.language):
        return _step(request, held)


# --- The door -------------------------------------------------------------------------------------


def _enter(request: HttpRequest, code: str) -> HttpResponse:
    address = f"one-time {_address(request)}"
    pin = "".join(c for c in request.POST.get("pin", "") if c.isdecimal())
    if len(pin) != LENGTH or knocking.waits(address):
        return _refused(request)
    held = links.enter(by=code, pin=pin)
    if held is None:
        knocking.knock(address)
        return _refused(request)
    with translation.override(held.link.language):
        if held.owner.hers and held.inside.mode == sealed.ASKING:
            return _page(request, "alone", held)
        return _asked(request, held, held.inside.at)


def _door(request: HttpRequest, *, refused: bool = False, overheard: bool = False) -> HttpResponse:
    context = {
        "refused": refused,
        "overheard": overheard,
        "digits": LENGTH,
        # What was typed, so that a slip in the PIN does not cost twenty letters more.
        "typed": request.POST.get("codigo", "")[:200],
    }
    status = 422 if refused or overheard else 200
    return render(request, "instruments/link_door.html", context, status=status)


def _refused(request: HttpRequest) -> HttpResponse:
    return _door(request, refused=True)


# --- Steps ----------------------------------------------------------------------------------------


def _step(request: HttpRequest, held: Opened) -> HttpResponse:
    if held.inside.mode == sealed.DONE:
        return _thanks(request, held)
    todo = request.POST.get("paso", "")
    if todo in {"acompanada", "otras"}:
        why = "not_alone" if todo == "acompanada" else "changed"
        return _changed(request, held, why)
    if todo == "sola":
        return _asked(request, held, held.inside.at)
    answers = screens.read(held.asks, request.POST)
    there = screens.screens(held.asks, held.link.language, answers)
    at = screens.place(there, request.POST.get(_PLACE, ""))
    match todo:
        case "guardar":
            _keep(held, answers, at)
            return HttpResponse(status=204)
        case "luego":
            _keep(held, answers, at)
            return _page(request, "later", held)
        case "terminar":
            return _finished(request, held, answers)
        case "atras":
            return _went(request, held, answers, screens.beside(there, at, -1))
        case "seguir":
            return _forward(request, held, answers, at)
    return _asked(request, held, held.inside.at)


def _forward(
    request: HttpRequest, held: Opened, answers: Mapping[str, str], at: str
) -> HttpResponse:
    errors = screens.wrong(held.asks, {k: v for k, v in answers.items() if k == at})
    there = screens.screens(held.asks, held.link.language, answers)
    return _went(request, held, answers, at if errors else screens.beside(there, at, 1), errors)


def _went(
    request: HttpRequest,
    held: Opened,
    answers: Mapping[str, str],
    at: str,
    errors: Mapping[str, str] | None = None,
) -> HttpResponse:
    kept = _keep(held, answers, at)
    return _refused(request) if kept is None else _asked(request, kept, at, errors)


def _keep(held: Opened, answers: Mapping[str, str], at: str) -> Opened | None:
    return links.keep(by=held.by, answers=answers, at=at)


def _changed(request: HttpRequest, held: Opened, why: str) -> HttpResponse:
    now = links.change(by=held.by, why=why)
    return _refused(request) if now is None else _asked(request, now, "")


def _finished(request: HttpRequest, held: Opened, answers: Mapping[str, str]) -> HttpResponse:
    errors = screens.wrong(held.asks, answers)
    if errors:
        return _went(request, held, answers, next(iter(errors)), errors)
    if not answers and held.inside.mode == sealed.ASKING:
        return _asked(request, held, screens.END, empty=True)
    done = links.finish(by=held.by, answers=answers)
    return _refused(request) if done is None else _thanks(request, done)


# --- Pages ----------------------------------------------------------------------------------------


def _asked(
    request: HttpRequest,
    held: Opened,
    at: str,
    errors: Mapping[str, str] | None = None,
    *,
    empty: bool = False,
) -> HttpResponse:
    there = screens.screens(held.asks, held.link.language, held.inside.answers, errors)
    here = screens.place(there, at)
    asked = [screen.name for screen in there if screen.asked]
    return _page(
        request,
        "asking",
        held,
        screens=there,
        here=here,
        end=screens.END,
        number=asked.index(here) + 1 if here in asked else len(asked),
        total=len(asked),
        is_first=here == next(iter(asked), ""),
        may_change=held.owner.hers and held.inside.mode == sealed.ASKING,
        # Hers leaves nothing on the telephone; his may wait there, sealed, for a signal.
        keeps=not held.owner.hers,
        notices=_notices(held),
        flags=json.dumps(screens.flags(held.asks)),
        cannot_wait=screens.cannot_wait(held.asks, held.inside.answers),
        empty=empty,
        status=422 if errors or empty else 200,
    )


def _thanks(request: HttpRequest, held: Opened) -> HttpResponse:
    raised = held.inside.raised
    return _page(
        request,
        "thanks",
        held,
        raised=raised,
        hers=held.owner.hers,
        self_harm="self_harm" in raised,
        read_within=CLOCKS[Kind.ANSWERS_URGENT].within.days,
    )


def _page(
    request: HttpRequest, part: str, held: Opened, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {"code": held.by.code, "secret": held.by.secret, **_numbers(held), **more}
    return render(request, f"instruments/link_{part}.html", context, status=status)


def _numbers(held: Opened) -> dict[str, object]:
    """Return whom to call: what the organisation has verified, and what holds everywhere."""
    found: list[PublicService] = []
    if held.owner.hers:
        house = Organisation.objects.get(pk=held.link.organisation)
        found = services.shown(house, clock.today(house.timezone))
    return {"lines": lines(), "services": found}


def _notices(held: Opened) -> list[str]:
    """Return what has to be printed with each instrument, once."""
    language = held.link.language
    return list(dict.fromkeys(part.whole.rights.notice.in_(language) for part in held.asks))


def _address(request: HttpRequest) -> str:
    """Return where it came from; behind a proxy of this machine, what that proxy says last."""
    direct = door_of(request).address
    if direct in _BEFORE:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", direct)).split(",")[-1].strip()
    return direct
