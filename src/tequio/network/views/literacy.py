"""Literacy circles: their list, one of them, one meeting with its guide beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import forbidden, not_visible, require
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.network import guides
from tequio.network.actions import literacy as actions
from tequio.network.forms.literacy import (
    CircleForm,
    DoneForm,
    HeldForm,
    LearnedForm,
    MeetingForm,
    NotHeldForm,
    OutcomeForm,
)
from tequio.network.models import LiteracyCircle, LiteracyMeeting
from tequio.network.policies.literacy import may_read_guides, may_write
from tequio.network.queries import literacy as queries
from tequio.ui.forms import RefusalsOn
from tequio.ui.parts import Column, Row, Table

M = TypeVar("M", bound=Model)


@require_GET
def circles(request: HttpRequest) -> HttpResponse:
    """List the circles that the person may know of."""
    user = signed_in(request)
    require(user, Permission.LITERACY_READ)
    context = {"lines": queries.lines(user), "may_write": may_write(user)}
    return render(request, "network/literacy.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a circle."""
    user = signed_in(request)
    require(user, Permission.LITERACY_WRITE)
    form = CircleForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            made = actions.open_circle(by=user, opening=form.opening(), on=_today(user))
            messages.success(request, _("El círculo está abierto. Pon el primer encuentro."))
            return redirect("network:literacy-circle", literacy_id=made.pk)
    context = {"form": form, "circle": None}
    return render(request, "network/literacy_form.html", context, status=_status(form))


@require_GET
def circle(request: HttpRequest, literacy_id: UUID) -> HttpResponse:
    """Show one circle."""
    user = signed_in(request)
    return _circle_page(request, user, queries.circle(user, literacy_id))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, literacy_id: UUID) -> HttpResponse:
    """Change a circle."""
    user = signed_in(request)
    one = queries.circle(user, literacy_id)
    require(user, Permission.LITERACY_WRITE)
    place = queries.where(user, one) or queries.Where()
    initial = {
        "name": one.name,
        "audience": one.audience,
        "theme": one.theme,
        "chosen": one.chosen,
        "place": place.place,
        "when": place.when,
    }
    form = CircleForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            actions.change_circle(by=user, circle_id=one.pk, opening=form.opening())
            return redirect("network:literacy-circle", literacy_id=one.pk)
    context = {"form": form, "circle": one}
    return render(request, "network/literacy_form.html", context, status=_status(form))


def _writing(request: HttpRequest, find: Callable[[User, UUID], M], key: UUID) -> tuple[User, M]:
    """Return who writes and into what; 404 comes before 403."""
    user = signed_in(request)
    one = find(user, key)
    require(user, Permission.LITERACY_WRITE)
    return user, one


def _did(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do what a form asks, or say on it why not."""
    if form.is_valid():
        with RefusalsOn(form):
            act()
            return True
    return False


@require_POST
def close(request: HttpRequest, literacy_id: UUID) -> HttpResponse:
    """Close a circle."""
    user, one = _writing(request, queries.circle, literacy_id)
    form = DoneForm(request.POST, prefix="close")
    if _did(form, lambda: actions.close_circle(by=user, circle_id=one.pk, **form.cleaned_data)):
        return redirect("network:literacy-circle", literacy_id=one.pk)
    return _circle_page(request, user, one, close_form=form)


@require_POST
def plan(request: HttpRequest, literacy_id: UUID) -> HttpResponse:
    """Put a meeting on its day."""
    user, one = _writing(request, queries.circle, literacy_id)
    form = MeetingForm(one, request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            made = actions.plan_meeting(by=user, circle_id=one.pk, **form.cleaned_data)
            return redirect("network:literacy-meeting", encounter_id=made.pk)
    return _circle_page(request, user, one, plan_form=form)


@require_POST
def outcome(request: HttpRequest, literacy_id: UUID) -> HttpResponse:
    """Write a show of cards."""
    user, one = _writing(request, queries.circle, literacy_id)
    form = OutcomeForm(request.POST, prefix="cards")
    if _did(form, lambda: actions.count_outcome(by=user, circle_id=one.pk, **form.counted())):
        messages.success(request, _("Quedó contado."))
        return redirect("network:literacy-circle", literacy_id=one.pk)
    return _circle_page(request, user, one, cards_form=form)


@require_http_methods(["GET", "POST"])
def meeting(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Show a meeting with its guide, and write what happened in it."""
    user = signed_in(request)
    if request.method != "POST":
        return _meeting_page(request, user, queries.meeting(user, encounter_id))
    user, one = _writing(request, queries.meeting, encounter_id)
    form = HeldForm(request.POST)
    if _did(form, lambda: actions.hold(by=user, meeting_id=one.pk, told=form.told())):
        messages.success(request, _("Quedó anotado. ¿Qué se llevaron? Anota una frase."))
        return redirect("network:literacy-meeting", encounter_id=one.pk)
    return _meeting_page(request, user, one, form=form)


@require_POST
def not_held(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Write that it was not held."""
    user, one = _writing(request, queries.meeting, encounter_id)
    form = NotHeldForm(request.POST, prefix="not")
    if _did(form, lambda: actions.not_held(by=user, meeting_id=one.pk, **form.cleaned_data)):
        return redirect("network:literacy-circle", literacy_id=one.circle_id)
    return _meeting_page(request, user, one, not_form=form)


@require_POST
def learned(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Write what somebody learned."""
    user, one = _writing(request, queries.meeting, encounter_id)
    form = LearnedForm(request.POST, prefix="learned")
    if _did(form, lambda: actions.learn(by=user, meeting_id=one.pk, **form.cleaned_data)):
        return redirect("network:literacy-meeting", encounter_id=one.pk)
    return _meeting_page(request, user, one, learned_form=form)


@require_POST
def done(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Write that the group did what it had set out to do."""
    user, one = _writing(request, queries.meeting, encounter_id)
    form = DoneForm(request.POST, prefix="done")
    if _did(form, lambda: actions.action_done(by=user, meeting_id=one.pk, **form.cleaned_data)):
        return redirect("network:literacy-meeting", encounter_id=one.pk)
    return _meeting_page(request, user, one, done_form=form)


@require_GET
def counts(request: HttpRequest) -> HttpResponse:
    """Show what circles did by theme and year, to whoever answers for the work."""
    user = signed_in(request)
    require(user, Permission.LITERACY_COUNT)
    columns = [
        Column(_("Año")),
        Column(_("Tema")),
        Column(_("Círculos que se reunieron"), number=True),
        Column(_("Encuentros"), number=True),
        Column(_("No se hicieron"), number=True),
        Column(_("Asistencias"), number=True),
    ]
    rows = [
        Row((str(one.year), one.theme, one.circles, one.held, one.not_held, one.came))
        for one in queries.counts(user, _today(user))
    ]
    table = Table(_("Lo que hicieron los círculos"), columns, rows) if rows else None
    return render(request, "network/literacy_counts.html", {"table": table})


def _guide_reader(request: HttpRequest) -> User:
    user = signed_in(request)
    if not may_read_guides(user):
        raise forbidden()
    return user


@require_GET
def guide_list(request: HttpRequest) -> HttpResponse:
    """List the guides that ship."""
    user = _guide_reader(request)
    themes = [
        (label, [one.guide for one in guides.every() if one.guide.theme == theme])
        for theme, label in LiteracyCircle.Theme.choices
    ]
    lists = user.scope(Permission.LITERACY_READ) is not None
    return render(request, "network/literacy_guides.html", {"themes": themes, "lists": lists})


@require_GET
def guide(request: HttpRequest, guide: str) -> HttpResponse:
    """Show one guide, to be read or printed."""
    _guide_reader(request)
    found = guides.find(guide)
    if found is None:
        raise not_visible()
    return render(request, "network/literacy_guide.html", {"guide": found.guide})


def _circle_page(
    request: HttpRequest,
    user: User,
    one: LiteracyCircle,
    *,
    plan_form: MeetingForm | None = None,
    cards_form: OutcomeForm | None = None,
    close_form: DoneForm | None = None,
) -> HttpResponse:
    failed = plan_form or cards_form or close_form
    today = {"on": _today(user)}
    context = {
        "circle": one,
        "where": queries.where(user, one),
        "meetings": queries.meetings(user, one),
        "shown": queries.shown(one),
        "today": _today(user),
        "may_write": may_write(user),
        "plan_form": plan_form or MeetingForm(one),
        "cards_form": cards_form or OutcomeForm(prefix="cards", initial=today),
        "close_form": close_form or DoneForm(prefix="close", initial=today),
        "failed": failed,
    }
    return render(request, "network/literacy_circle.html", context, status=_status(failed))


def _meeting_page(
    request: HttpRequest,
    user: User,
    one: LiteracyMeeting,
    *,
    form: HeldForm | None = None,
    not_form: NotHeldForm | None = None,
    learned_form: LearnedForm | None = None,
    done_form: DoneForm | None = None,
) -> HttpResponse:
    failed = form or not_form or learned_form or done_form
    met = queries.met(user.organisation_id, one)
    initial = {
        "came": one.came,
        "children": one.children or None,
        "aliases": "\n".join(met.aliases),
        "words": met.words,
        "dialogue": met.dialogue,
        "objective": met.objective,
        "action": met.action,
        "action_due_on": one.action_due_on,
    }
    context = {
        "meeting": one,
        "met": met,
        "guide": met.guide.guide if met.guide else None,
        "may_write": may_write(user),
        "form": form or HeldForm(initial=initial),
        "not_form": not_form or NotHeldForm(prefix="not"),
        "learned_form": learned_form or LearnedForm(prefix="learned"),
        "done_form": done_form or DoneForm(prefix="done", initial={"on": _today(user)}),
        "failed": failed,
        "is_over": one.on <= _today(user),
    }
    return render(request, "network/literacy_meeting.html", context, status=_status(failed))


def _status(form: forms.Form | None) -> int:
    return 422 if form is not None and form.is_bound else 200


def _today(user: User) -> date:
    return clock.today(user.organisation.timezone)
