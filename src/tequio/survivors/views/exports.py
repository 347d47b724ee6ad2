"""Taking a case out: asked by one person, allowed by another, encrypted."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.survivors import door, paper
from tequio.survivors.actions import two_people
from tequio.survivors.forms.keys import ReasonForm
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import pick_case
from tequio.ui import files


@door.behind
@require_GET
def exports(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """Show what was asked and is still to be allowed or fetched."""
    return _page(request, wall)


@door.behind
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Ask to take a case out."""
    pick_case(wall, case_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        two_people.ask(by=wall, case_id=case_id, reason=form.cleaned_data["reason"])
        return redirect("survivors:exports")
    context = {"wall": wall, "form": form, "case_id": case_id}
    return render(request, "survivors/export_ask.html", context, status=422 if form.errors else 200)


@door.behind
@require_POST
def allow(request: HttpRequest, wall: OpenWall, request_id: UUID) -> HttpResponse:
    """Say yes."""
    try:
        two_people.allow(by=wall, request_id=request_id)
    except DomainError as error:
        if error.status == 404:
            raise
        return _page(request, wall, error)
    return redirect("survivors:exports")


@door.behind
@require_POST
def refuse(request: HttpRequest, wall: OpenWall, request_id: UUID) -> HttpResponse:
    """Say no."""
    two_people.refuse(by=wall, request_id=request_id)
    return redirect("survivors:exports")


@door.behind
@require_POST
def words(request: HttpRequest, wall: OpenWall, request_id: UUID) -> HttpResponse:
    """Show the seven words that will open the file, before it is made."""
    try:
        drawn = two_people.words_for(by=wall, request_id=request_id)
    except DomainError as error:
        if error.status == 404:
            raise
        return _page(request, wall, error)
    context = {"wall": wall, "words": drawn, "request_id": request_id}
    return render(request, "survivors/export_words.html", context)


@door.behind
@require_POST
def take(request: HttpRequest, wall: OpenWall, request_id: UUID) -> HttpResponse:
    """Make the file, once."""
    drawn = request.POST.get("words", "")
    opened, asked = two_people.take(by=wall, request_id=request_id, words=drawn)
    inside = paper.bundle(
        {
            "expediente.json": two_people.as_json(opened, asked),
            "expediente.pdf": paper.case_sheet(wall.user.organisation, opened, asked),
        }
    )
    made = two_people.locked(inside, drawn)
    name = f"copia-{clock.today(wall.user.organisation.timezone).isoformat()}.zip.age"
    return files.to_keep(made, name)


def _page(request: HttpRequest, wall: OpenWall, error: DomainError | None = None) -> HttpResponse:
    context = {"wall": wall, "asked": two_people.pending(by=wall), "error": error}
    return render(request, "survivors/exports.html", context, status=422 if error else 200)
