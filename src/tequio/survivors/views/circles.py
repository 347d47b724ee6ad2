"""Women's groups: another place and another hour."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.policies import not_visible
from tequio.letters import calendar
from tequio.survivors import door
from tequio.survivors.actions import circles, listing
from tequio.survivors.actions.cases import OpenCase
from tequio.survivors.forms.ways import GroupForm, MetForm, SeatForm
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules.sheets import GroupPlace, Held, WomensGroup
from tequio.survivors.views.asked import here, opened, status
from tequio.survivors.words import DAYS, word
from tequio.ui.forms import RefusalsOn


@door.behind
@require_GET
def all_of_them(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """List the women's groups."""
    context = {"wall": wall, "groups": circles.groups(by=wall)}
    return render(request, "survivors/groups.html", context)


@door.behind
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """Begin a women's group, away from men's."""
    form = GroupForm(request.POST if request.method == "POST" else None)
    del form.fields["ended_on"]
    if form.is_bound and form.is_valid() and _apart(wall, form):
        with RefusalsOn(form):
            group = form.body(None, {})
            assert isinstance(group, WomensGroup)  # noqa: S101 -- the form makes this kind
            circles.open_group(by=wall, group=group)
            return redirect("survivors:groups")
    context = {"wall": wall, "form": form}
    return render(request, "survivors/group_form.html", context, status=status(form))


@door.behind
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, wall: OpenWall, circle_id: UUID) -> HttpResponse:
    """Change where or when it meets, or end it."""
    held, group = circles.group_of(by=wall, group_id=circle_id)
    initial = {**GroupForm.shown(group), "version": held.version, "clash_known": False}
    form = GroupForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid() and _apart(wall, form):
        with RefusalsOn(form):
            body = form.body(group, {})
            assert isinstance(body, WomensGroup)  # noqa: S101 -- the form makes this kind
            over = replace(held, version=form.cleaned_data["version"] or held.version)
            circles.change_group(by=wall, held=over, group=body)
            return redirect("survivors:group", circle_id=circle_id)
    context = {"wall": wall, "form": form, "group": group, "group_id": circle_id}
    return render(request, "survivors/group_form.html", context, status=status(form))


@door.behind
@require_http_methods(["GET", "POST"])
def group(request: HttpRequest, wall: OpenWall, circle_id: UUID) -> HttpResponse:
    """Show a group and its women, and write down a meeting."""
    _held, body = circles.group_of(by=wall, group_id=circle_id)
    women = [
        (str(line.id), line.cover.alias)
        for line in listing.found(wall)
        if str(circle_id) in line.cover.groups
    ]
    sent = request.POST if request.method == "POST" else None
    form = MetForm(women, sent, initial={"on": here(wall).date()})
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            there = {UUID(key) for key in form.cleaned_data["there"]}
            circles.met(by=wall, group_id=circle_id, on=form.cleaned_data["on"], there=there)
            return redirect("survivors:group", circle_id=circle_id)
    context = {"wall": wall, "group": body, "group_id": circle_id, "women": women, "form": form}
    context |= {"clashes": _clashes(wall, body), "weekday": word(DAYS, body.weekday)}
    return render(request, "survivors/group.html", context, status=status(form))


@door.behind
@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Give her a place in a group."""
    found, _held = opened(wall, case_id)
    choices = [
        (str(held.id), f"{body.name} · {body.place}")
        for held, body in circles.groups(by=wall)
        if body.ended_on is None
    ]
    form = SeatForm(choices, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            circles.seat(by=wall, case_id=case_id, group_id=UUID(form.cleaned_data["group"]))
            return redirect("survivors:case", case_id=case_id)
    context = {"wall": wall, "case": found.case, "cover": found.cover, "form": form}
    context["any"] = bool(choices)
    return render(request, "survivors/seat.html", context, status=status(form))


@door.behind
@require_POST
def leave(request: HttpRequest, wall: OpenWall, case_id: UUID, place_id: UUID) -> HttpResponse:
    """Write down that she left a group."""
    _found, held = _place(wall, case_id, place_id)
    circles.leave(by=wall, case_id=case_id, held=held)
    return redirect("survivors:case", case_id=case_id)


def _place(wall: OpenWall, case_id: UUID, sheet_id: UUID) -> tuple[OpenCase, Held]:
    found, there = opened(wall, case_id)
    held = next(
        (one for one in there if one.id == sheet_id and isinstance(one.body, GroupPlace)), None
    )
    if held is None:
        raise not_visible()
    return found, held


def _apart(wall: OpenWall, form: GroupForm) -> bool:
    """Warn once where men meet at that place and hour; whoever says so goes on."""
    group = form.body(None, {})
    assert isinstance(group, WomensGroup)  # noqa: S101 -- the form makes this kind
    there = _clashes(wall, group)
    if there and not form.cleaned_data["clash_known"]:
        names = "; ".join(f"{one.name}, {one.starts_at:%H:%M}" for one in there)
        form.add_error(
            "clash_known",
            _("Ahí se reúnen hombres ese día a menos de dos horas: %(names)s.") % {"names": names}
            + " "
            + _("Busca otro lugar u hora; si no hay otro, márcalo."),
        )
        return False
    return True


def _clashes(wall: OpenWall, group: WomensGroup) -> list[calendar.Meeting]:
    return calendar.clashes(
        wall.user.organisation_id,
        place=group.place,
        weekday=int(group.weekday),
        starts_at=group.starts_at,
    )
