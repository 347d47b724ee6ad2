"""Her requests about her data, and erasing a case with its certificate."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.policies import not_visible
from tequio.survivors import door, erasing_words
from tequio.survivors.actions import erasing, rights
from tequio.survivors.forms.rights import AnswerForm, AskedForm, EraseForm
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries.lines import line
from tequio.survivors.rules.sheets import DataRequest
from tequio.survivors.views.asked import here, opened, status
from tequio.ui import files
from tequio.ui.forms import RefusalsOn


@door.behind
@require_http_methods(["GET", "POST"])
def requests(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Show what she asked about her data, and write down what she asks now."""
    found, held = opened(wall, case_id)
    form = AskedForm(
        request.POST if request.method == "POST" else None, initial={"on": here(wall).date()}
    )
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            rights.receive(by=wall, case_id=case_id, **form.cleaned_data)
            return redirect("survivors:rights", case_id=case_id)
    today = here(wall).date()
    lines = [
        (line(one, today), one.body.waits) for one in held if isinstance(one.body, DataRequest)
    ]
    context = {"wall": wall, "case": found.case, "cover": found.cover, "form": form, "lines": lines}
    return render(request, "survivors/rights.html", context, status=status(form))


@door.behind
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, wall: OpenWall, case_id: UUID, asked_id: UUID) -> HttpResponse:
    """Write down what she was answered."""
    found, held = opened(wall, case_id)
    asked = next(
        (one for one in held if one.id == asked_id and isinstance(one.body, DataRequest)), None
    )
    if asked is None:
        raise not_visible()
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            rights.answer(by=wall, case_id=case_id, sheet_id=asked.id, **form.cleaned_data)
            return redirect("survivors:rights", case_id=case_id)
    context = {
        "wall": wall,
        "case": found.case,
        "cover": found.cover,
        "form": form,
        "line": line(asked, here(wall).date()),
        "right": asked.body.right if isinstance(asked.body, DataRequest) else "",
    }
    return render(request, "survivors/rights_answer.html", context, status=status(form))


@door.behind
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Erase a case for ever."""
    found, _held = opened(wall, case_id)
    form: forms.Form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        with RefusalsOn(form):
            position = erasing.erase(
                by=wall,
                case_id=case_id,
                folio=said["folio"],
                reason=said["reason"],
                order_to_keep=said["order_to_keep"] == "yes",
            )
            return redirect("survivors:erased", position=position)
    context = {"wall": wall, "case": found.case, "cover": found.cover, "form": form}
    return render(request, "survivors/erase.html", context, status=status(form))


@door.behind
@require_GET
def erased(request: HttpRequest, wall: OpenWall, position: int) -> HttpResponse:
    """Show the certificate of an erasure."""
    found = erasing.erased(by=wall, position=position)
    context = {
        "wall": wall,
        "erasure": found,
        "truth": erasing_words.truth(wall.user.organisation, found),
    }
    return render(request, "survivors/erased.html", context)


@door.behind
@require_POST
def erased_paper(request: HttpRequest, wall: OpenWall, position: int) -> HttpResponse:
    """Return the certificate on paper; it is made in memory and kept nowhere."""
    found = erasing.erased(by=wall, position=position)
    made = erasing_words.pdf(wall.user.organisation, found)
    return files.to_keep(made, "certificado.pdf")
