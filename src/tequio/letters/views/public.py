"""The public page: services, and a way to be called back. One address, and nothing is left on it.

What it shows first says nothing; the rest comes by POST to the same address, so that going back
shows either that or nothing. It needs no cookie and sets none: there is no session that a forged
request could ride on, and requests that another site sends are refused by what the browser says.
"""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tequio.access.door import door_of
from tequio.access.models import Organisation
from tequio.core import clock
from tequio.letters import knocking, once, slot
from tequio.letters.actions import calling
from tequio.letters.forms.calling import CallBackForm
from tequio.letters.lines import lines
from tequio.letters.queries import services
from tequio.letters.rules import knocks

# What no person fills in, because no person sees it; and no browser by itself, which fills in by
# the name of a field: then nobody would call her, and she would be told that somebody will.
TRAP: Final = "casilla"
_BEFORE: Final = ("127.0.0.1", "::1")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def info(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Show the page of one organisation, whichever part of it was asked for."""
    # That somebody read this leaves no line in the log.
    request.walled = True  # type: ignore[attr-defined]
    organisation = _organisation(slug)
    response = _part(request, organisation)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


info.login_required = False  # type: ignore[attr-defined]


def _part(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    if request.method != "POST":
        return _page(request, "landing", organisation)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise Http404
    step = request.POST.get("paso", "")
    if step in {"llamada", "sola", "acompanada", "enviar"} and not slot.has_wall(organisation.pk):
        step = "ver"
    match step:
        case "llamada":
            return _page(request, "alone", organisation)
        case "sola":
            return _page(request, "call", organisation, form=CallBackForm())
        case "acompanada":
            return _page(request, "not_alone", organisation)
        case "enviar":
            return _sent(request, organisation)
        case "ver":
            return _services(request, organisation)
    return _page(request, "landing", organisation)


def _services(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    today = clock.today(organisation.timezone)
    return _page(
        request,
        "services",
        organisation,
        services=services.shown(organisation, today),
        may_be_called=slot.has_wall(organisation.pk),
    )


def _sent(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    drawn = request.POST.get(once.FIELD, "")
    seen = once.standing(drawn)
    if seen != once.Standing.FRESH:
        # Sent again by Back: nothing of it is shown, and nobody is called twice. Whoever only took
        # long must not wait for a call that nobody will make.
        part = "done" if seen == once.Standing.TAKEN else "landing"
        return _page(request, part, organisation, late=seen == once.Standing.LATE)
    form = CallBackForm(request.POST)
    if request.POST.get(TRAP):
        # Whoever fills in what nobody sees is told the same as everybody.
        return _page(request, "done", organisation)
    if not form.is_valid():
        once.use(drawn, taken=False)
        return _page(request, "call", organisation, form=form, status=422)
    wait = knocking.knock(_address(request), free=knocks.FREE_CALLS)
    if wait:
        form.add_error(
            None,
            _("Llegaron varias solicitudes seguidas. Espera %(n)s segundos y envía otra vez.")
            % {"n": wait},
        )
        once.use(drawn, taken=False)
        return _page(request, "call", organisation, form=form, status=429)
    calling.ask(organisation=organisation, call_back=form.call_back())
    once.use(drawn, taken=True)
    return _page(request, "done", organisation)


def _page(
    request: HttpRequest,
    part: str,
    organisation: Organisation,
    *,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    if part == "call":
        more |= {"drawn_at": once.stamp(), "drawn_as": once.FIELD}
    context = {"part": part, "organisation": organisation, "lines": lines(), "trap": TRAP, **more}
    return render(request, f"letters/info_{part}.html", context, status=status)


def _organisation(slug: str) -> Organisation:
    found = (
        Organisation.objects.filter(slug=slug).first() if slug else services.the_only_organisation()
    )
    if found is None:
        raise Http404
    return found


def _address(request: HttpRequest) -> str:
    """Return where it came from; behind a proxy of this machine, what that proxy says last."""
    direct = door_of(request).address
    if direct in _BEFORE:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", direct)).split(",")[-1].strip()
    return direct
