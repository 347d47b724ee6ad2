"""The search that anybody may use: by need and place, and nothing of it stays (ADR 0073).

One address. What it shows first says nothing; the rest comes by POST to the same address, without
a cookie, without a line in the log.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tequio.access.models import Organisation
from tequio.core import clock
from tequio.letters.lines import lines
from tequio.letters.queries.services import the_only_organisation
from tequio.network.entries import entries, open_first
from tequio.network.forms.services import NearForm
from tequio.network.needs import Need
from tequio.network.queries import services as queries

_OURS: Final = frozenset({"same-origin", "none"})
_WEEKEND: Final = frozenset({5, 6})
_OPENS, _CLOSES = 8, 19


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def near(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Show the search of one organisation."""
    # That somebody read this leaves no line in the log.
    request.walled = True  # type: ignore[attr-defined]
    found = Organisation.objects.filter(slug=slug).first() if slug else the_only_organisation()
    if found is None:
        raise Http404
    response = _part(request, found)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


near.login_required = False  # type: ignore[attr-defined]


def _is_quiet(moment: datetime) -> bool:
    """Tell whether most offices are closed: at night, on Saturdays and Sundays."""
    return moment.weekday() in _WEEKEND or not _OPENS <= moment.hour < _CLOSES


def _part(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    context: dict[str, object] = {"organisation": organisation, "lines": lines(), "part": "landing"}
    if request.method != "POST":
        return render(request, "network/near_landing.html", context)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in _OURS:
        raise Http404
    context["part"] = "search"
    if request.POST.get("paso") != "buscar":
        return render(request, "network/near.html", {**context, "form": NearForm()})
    form = NearForm(request.POST)
    valid = form.is_valid()
    asked = queries.Asked(
        **{
            name: form.cleaned_data.get(name, "")
            for name in ("need", "state", "municipality", "words")
        }
    )
    moment = clock.here(organisation.timezone)
    today = moment.date()
    found = queries.for_anybody(organisation, asked, today)
    context |= {
        "form": form,
        "entries": open_first(entries(found.services, today, moment), at_night=_is_quiet(moment)),
        "searched": True,
        # Then what always answers stands before what may be closed.
        "urgent": asked.need == Need.DANGER or _is_quiet(moment),
        "loosely": found.loosely,
        "many": len(found.services) == queries.MOST,
    }
    # What was typed wrongly is said, and what can be found is shown all the same.
    return render(request, "network/near.html", context, status=200 if valid else 422)
