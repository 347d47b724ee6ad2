"""Groups: the list, a new one, and one group with its calendar and its men."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.permissions import Permission
from tequio.access.policies import require as require_some
from tequio.access.policies import require_everywhere
from tequio.access.requests import signed_in
from tequio.circles import forms, queries
from tequio.circles.actions import groups as actions
from tequio.circles.actions import sessions as session_actions
from tequio.circles.policies import may, require
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.core.ids import parse_folio
from tequio.ui.forms import RefusalsOn

PAGE = 40


@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """Show the groups that this person may see."""
    user = signed_in(request)
    require_some(user, Permission.GROUP_READ)
    page = Paginator(queries.groups(user), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_open": user.scope(Permission.GROUP_CREATE) is not None,
        "may_type_sheets": user.scope(Permission.ROUND_KEEP) is not None,
    }
    return render(request, "circles/groups.html", context)


@require_http_methods(["GET", "POST"])
def new_group(request: HttpRequest) -> HttpResponse:
    """Open a group."""
    user = signed_in(request)
    require_everywhere(user, Permission.GROUP_CREATE)
    form = forms.GroupForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            group = actions.open_group(by=user, **form.cleaned_data)
            messages.success(
                request,
                _("Se abrió «%(name)s» con su calendario.") % {"name": group.name},
            )
            return redirect("circles:group", group_id=group.pk)
    return render(request, "circles/group_form.html", {"form": form}, status=_status(form))


@require_GET
def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Show one group: its sessions, its men, who facilitates."""
    user = signed_in(request)
    found = queries.group(user, group_id)
    today = clock.today(found.site.timezone)
    members = Paginator(queries.members_of(found), PAGE).get_page(request.GET.get("page"))
    context = {
        "group": found,
        "sessions": list(queries.sessions_of(found)),
        "members": members,
        "today": today,
        "may_plan": may(user, Permission.SESSION_PLAN, found),
        "may_join": may(user, Permission.GROUP_JOIN, found),
        "may_see_people": may(user, Permission.PERSON_READ, found),
        "may_see_retention": may(user, Permission.RETENTION_READ, found),
        "join_form": forms.JoinForm(initial={"joined_on": today}),
        "day_form": forms.DayForm(),
        "facilitators_form": forms.FacilitatorsForm(
            user=user, initial={"facilitators": [f.pk for f in found.facilitators.all()]}
        )
        if user.scope(Permission.GROUP_CREATE)
        else None,
    }
    return render(request, "circles/group.html", context)


@require_POST
def join(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Give a man a place in the group."""
    user = signed_in(request)
    found = queries.group(user, group_id)
    require(user, Permission.GROUP_JOIN, found)
    form = forms.JoinForm(request.POST)
    if form.is_valid():
        try:
            folio = parse_folio(form.cleaned_data["folio"])
            actions.join(
                by=user, group_id=group_id, folio=folio, joined_on=form.cleaned_data["joined_on"]
            )
        except Forbidden:
            raise
        except NotVisible:
            form.add_error("folio", _("No hay nadie con ese folio en tu organización."))
        except DomainError as error:
            form.add_error("folio", str(error))
        else:
            messages.success(request, _("Ya tiene su lugar en el grupo."))
            return redirect("circles:group", group_id=group_id)
    context = {"form": form, "group": found}
    return render(request, "circles/join.html", context, status=422)


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, group_id: UUID, folio: str) -> HttpResponse:
    """End a man's place in the group."""
    user = signed_in(request)
    found = queries.group(user, group_id)
    initial = {"ended_on": clock.today(found.site.timezone)}
    form = forms.LeaveForm(request.POST or None, initial=initial)
    place = queries.place(user, found, folio)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            actions.leave(by=user, group_id=group_id, folio=folio, **form.cleaned_data)
            messages.success(request, _("Su lugar terminó. Su registro se conserva."))
            return redirect("circles:group", group_id=group_id)
    context = {"form": form, "group": found, "place": place}
    return render(request, "circles/leave.html", context, status=_status(form))


@require_POST
def facilitators(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Change who facilitates."""
    user = signed_in(request)
    require(user, Permission.GROUP_CREATE, queries.group(user, group_id))
    form = forms.FacilitatorsForm(request.POST, user=user)
    if form.is_valid():
        actions.set_facilitators(by=user, group_id=group_id, **form.cleaned_data)
        messages.success(request, _("Se guardó quién facilita."))
    else:
        messages.error(request, _("Esa persona no facilita en tu organización. Elige de la lista."))
    return redirect("circles:group", group_id=group_id)


@require_POST
def add_session(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Add one session at the end of the calendar."""
    user = signed_in(request)
    require(user, Permission.SESSION_PLAN, queries.group(user, group_id))
    form = forms.DayForm(request.POST)
    if form.is_valid():
        session_actions.add(by=user, group_id=group_id, **form.cleaned_data)
        messages.success(request, _("Se agregó una sesión al calendario."))
    else:
        messages.error(request, " ".join(map(str, form.errors["planned_on"])))
    return redirect("circles:group", group_id=group_id)


def _status(form: BaseForm) -> int:
    return 422 if form.is_bound and form.errors else 200
