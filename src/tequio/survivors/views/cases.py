"""The list of cases, a search, and a case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.letters.queries.setups import setup_of
from tequio.survivors import door
from tequio.survivors.actions import contacts, letters, listing, ways
from tequio.survivors.actions.cases import OpenCase
from tequio.survivors.forms.ways import BeginForm, SearchForm
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries import case as pages
from tequio.survivors.queries.answers import answered
from tequio.survivors.queries.due import waiting
from tequio.survivors.rules.covers import CLOSED
from tequio.survivors.rules.sheets import Held, Who
from tequio.survivors.views.asked import here, members, opened, status, verified_by
from tequio.ui.forms import RefusalsOn

# A page with two thousand names is no list to read: whoever is not on it is searched for.
SHOWN = 200
MASKED = frozenset({"where", "word"})


@door.behind
@require_http_methods(["GET", "POST"])
def home(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """Show what is due and the cases; a search is sent by POST."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    typed = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    found = listing.found(wall, typed)
    names = members(wall)
    context = {
        "wall": wall,
        "form": form,
        "typed": typed,
        "names": names,
        "today": here(wall).date(),
        "waiting": waiting(found, here(wall).date()) if not typed else (),
        "open": [line for line in found if line.cover.state != CLOSED][:SHOWN],
        "closed": [line for line in found if line.cover.state == CLOSED][:SHOWN],
        "more": max(0, len(found) - SHOWN),
        "any": bool(found),
        "inbox": letters.received(wall, found) if not typed else None,
        # Who directs may have closed the slot since: whoever opens the wall sees it first.
        "own": setup_of(wall.user) if not typed else None,
    }
    return render(request, "survivors/home.html", context)


@door.behind
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """Begin a case with the least."""
    form = BeginForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            who = form.body(None, {})
            assert isinstance(who, Who)  # noqa: S101 -- the form makes this kind
            made = ways.begin(by=wall, alias=form.cleaned_data["alias"], who=who)
            return redirect("survivors:case", case_id=made)
    context = {"wall": wall, "form": form}
    return render(request, "survivors/begin.html", context, status=status(form))


@door.behind
@require_GET
def case(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Show a case, with numbers and code word masked."""
    found, held = opened(wall, case_id)
    return _page(request, wall, found, held, frozenset())


@door.behind
@require_POST
def reveal(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Show the case once with its code word or its numbers; that it was shown is written down."""
    found, held = opened(wall, case_id)
    shows = MASKED.intersection(request.POST.getlist("what"))
    for what in sorted(shows):
        contacts.reveal(by=wall, case_id=case_id, what=what)
    return _page(request, wall, found, held, shows)


@door.behind
@require_GET
def journey(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Show her whole journey, newest first."""
    found, held = opened(wall, case_id)
    lines = pages.journey(held, here(wall).date())
    context = {"wall": wall, "case": found.case, "cover": found.cover, "lines": lines}
    return render(request, "survivors/journey.html", context)


def _page(
    request: HttpRequest,
    wall: OpenWall,
    found: OpenCase,
    held: list[Held],
    shows: frozenset[str],
) -> HttpResponse:
    page = pages.page(found.cover, held, now=here(wall), shows=shows)
    names = members(wall)
    login = found.cover.accompanied_by
    context = {
        "wall": wall,
        "case": found.case,
        "page": page,
        "answered": answered(held),
        "cover": found.cover,
        "accompanied_by": names.get(login, login),
        "shows": shows,
        "verified_by": verified_by(held, names),
    }
    return render(request, "survivors/case.html", context)
