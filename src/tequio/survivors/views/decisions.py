"""What she decided, purpose by purpose, and the men that she names."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from tequio.access.policies import not_visible
from tequio.survivors import door
from tequio.survivors.actions import decisions
from tequio.survivors.actions.decisions import Heard
from tequio.survivors.catalogues import agreements
from tequio.survivors.catalogues.agreements import Purpose
from tequio.survivors.forms.decisions import DecideForm, HeardForm, LinkForm
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries import case as pages
from tequio.survivors.queries.ledger import ledger
from tequio.survivors.rules.sheets import Held, Link
from tequio.survivors.views.asked import here, members, opened, status
from tequio.ui.forms import RefusalsOn


@door.behind
@require_GET
def all_of_them(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Show her last word on each purpose, and every line of the ledger."""
    found, held = opened(wall, case_id)
    today = here(wall).date()
    context = {
        "wall": wall,
        "case": found.case,
        "cover": found.cover,
        "decisions": pages.decisions([one.body for one in held], today),
        "lines": ledger(held, members(wall)),
        "reviewed": agreements.current(today).agreements.reviewed_by_lawyer,
    }
    return render(request, "survivors/decisions.html", context)


@door.behind
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, wall: OpenWall, case_id: UUID, asked: str) -> HttpResponse:
    """Read one purpose with her and write down what she says."""
    found, _held = opened(wall, case_id)
    purpose = _purpose(wall, asked)
    sent = request.POST if request.method == "POST" else None
    form = DecideForm(purpose, sent, initial={"on": here(wall).date()})
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            typed = form.cleaned_data
            decisions.decide(
                by=wall,
                case_id=case_id,
                purpose=purpose.code,
                decision=typed["decision"],
                heard=_heard(form),
                only=typed.get("only", ""),
                until=typed.get("until") if typed["decision"] == "given" else None,
            )
            return redirect("survivors:decisions", case_id=case_id)
    context = {"wall": wall, "case": found.case, "cover": found.cover, "purpose": purpose}
    return render(request, "survivors/decide.html", {**context, "form": form}, status=status(form))


@door.behind
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, wall: OpenWall, case_id: UUID, asked: str) -> HttpResponse:
    """Say what follows when she takes something back, and write it down."""
    found, _held = opened(wall, case_id)
    purpose = _purpose(wall, asked)
    sent = request.POST if request.method == "POST" else None
    form = HeardForm(sent, initial={"on": here(wall).date()})
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            decisions.decide(
                by=wall,
                case_id=case_id,
                purpose=purpose.code,
                decision="withdrawn",
                heard=_heard(form),
            )
            return redirect("survivors:decisions", case_id=case_id)
    context = {"wall": wall, "case": found.case, "cover": found.cover, "purpose": purpose}
    return render(
        request, "survivors/take_back.html", {**context, "form": form}, status=status(form)
    )


@door.behind
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Write down a man whom she names, and ask what she wants to be told of him."""
    return _link(request, wall, case_id, None)


@door.behind
@require_http_methods(["GET", "POST"])
def relink(request: HttpRequest, wall: OpenWall, case_id: UUID, link_id: UUID) -> HttpResponse:
    """Change what she wants to be told, or end the bond."""
    return _link(request, wall, case_id, link_id)


def _link(
    request: HttpRequest, wall: OpenWall, case_id: UUID, sheet_id: UUID | None
) -> HttpResponse:
    found, held = opened(wall, case_id)
    there = next((one for one in held if one.id == sheet_id and isinstance(one.body, Link)), None)
    if sheet_id is not None and there is None:
        raise not_visible()
    initial: dict[str, object] = {"on": here(wall).date()}
    if there:
        initial = {**LinkForm.shown(there.body), "version": there.version}
    form = LinkForm(request.POST if request.method == "POST" else None, initial=initial)
    if there is None:
        del form.fields["ended_on"]
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            _keep(wall, case_id, there, form)
            return redirect("survivors:case", case_id=case_id)
    context = {"wall": wall, "case": found.case, "cover": found.cover, "form": form}
    context["there"] = there
    return render(request, "survivors/link.html", context, status=status(form))


def _keep(wall: OpenWall, case_id: UUID, there: Held | None, form: LinkForm) -> None:
    body = form.body(there.body if there else None, {})
    assert isinstance(body, Link)  # noqa: S101 -- the form makes this kind
    if there is None:
        decisions.link(by=wall, case_id=case_id, link=body, heard=_heard(form))
        return
    over = replace(there, version=form.cleaned_data["version"] or there.version)
    decisions.relink(by=wall, case_id=case_id, held=over, link=body, heard=_heard(form))


def _heard(form: HeardForm | LinkForm) -> Heard:
    typed = form.cleaned_data
    return Heard(typed["on"], typed["heard"], typed["witness"])


def _purpose(wall: OpenWall, code: str) -> Purpose:
    found = agreements.current(here(wall).date()).agreements.purpose(code)
    if found is None:
        raise not_visible()
    return found
