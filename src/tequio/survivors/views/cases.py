"""The list of cases, a search, and a case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from tequio.core import clock, ids
from tequio.survivors import door
from tequio.survivors.actions import cases, listing
from tequio.survivors.forms import BeginForm, SearchForm
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules.covers import Cover


@door.behind
@require_http_methods(["GET", "POST"])
def home(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """Show the cases; a search is sent by POST."""
    form = SearchForm(request.POST or None)
    typed = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    context = {"wall": wall, "form": form, "typed": typed, "lines": listing.found(wall, typed)}
    return render(request, "survivors/home.html", context)


@door.behind
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """Begin a case."""
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        today = clock.today(wall.user.organisation.timezone)
        cover = Cover(
            folio=ids.new_folio(stream="walled"),
            alias=form.cleaned_data["alias"],
            since=today.isoformat(),
            accompanied_by=wall.user.login,
        )
        case = cases.begin(by=wall, cover=cover)
        return redirect("survivors:case", case_id=case.pk)
    status = 422 if form.errors else 200
    return render(request, "survivors/begin.html", {"wall": wall, "form": form}, status=status)


@door.behind
@require_GET
def case(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Show a case."""
    opened = cases.read(by=wall, case_id=case_id)
    return render(request, "survivors/case.html", {"wall": wall, "opened": opened})
