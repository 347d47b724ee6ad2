"""Llamadas: whom to call, what to say, and what came of it in one tap."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, require
from tequio.access.requests import signed_in
from tequio.core import clock, ids
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.outreach import besides, queries
from tequio.outreach.actions import calls as writing
from tequio.outreach.forms import NoteForm
from tequio.outreach.models import Outcome
from tequio.outreach.queries import Place
from tequio.outreach.scripts import script_for
from tequio.ui.templatetags.ui import day as in_words

_UNREACHED = (Outcome.NO_ANSWER, Outcome.WRONG_NUMBER)


@require_GET
def calls(request: HttpRequest) -> HttpResponse:
    """List whom this person has to call, what is longest overdue first."""
    user = signed_in(request)
    require(user, Permission.CALL_MAKE)
    day = clock.today(user.organisation.timezone)
    context = {
        "day": day,
        "due": queries.due_calls(user, day),
        "besides": besides.men(user, day),
        "made": queries.recent_calls(user),
        "banners": queries.banners(user, day),
    }
    return render(request, "outreach/calls.html", context)


@require_GET
def call(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Show what to say to one man, and the answers to tap."""
    user = signed_in(request)
    return _page(request, user, writing.read_place(by=user, membership_id=membership_id))


@require_POST
def number(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Show his telephone on the same page. The answer to a POST: no address leads to it."""
    user = signed_in(request)
    phone, refused = "", ""
    try:
        phone = writing.reveal_number(by=user, membership_id=membership_id)
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        refused = str(error)
    place = queries.place_of(user, membership_id)
    return _page(request, user, place, phone=phone, refused=refused, revealed=not refused)


@require_POST
def record(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Write down what came of the call: one tap."""
    user = signed_in(request)
    made = writing.record_call(
        by=user,
        membership_id=membership_id,
        call_id=_uuid(request.POST.get("call_id", "")),
        outcome=request.POST.get("outcome", ""),
    )
    said = _("Anotado: %(outcome)s.") % {"outcome": made.get_outcome_display()}
    if made.next_on:
        said += " " + _("Próximo intento: %(day)s.") % {"day": in_words(made.next_on)}
    messages.success(request, said)
    return redirect("outreach:note", call_id=made.pk)


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Add to a call what to remember, and when to try again. Nobody has to."""
    user = signed_in(request)
    found = writing.read_call(by=user, call_id=call_id)
    sent = request.POST if request.method == "POST" else None
    form = NoteForm(sent, initial={"note": found.note, "next_on": found.made.next_on})
    if request.method == "POST" and form.is_valid():
        try:
            writing.add_to(
                by=user,
                call_id=call_id,
                note=form.cleaned_data["note"],
                next_on=form.cleaned_data["next_on"],
            )
        except (Forbidden, NotVisible):
            raise
        except DomainError as error:
            form.add_error("next_on", str(error))
        else:
            messages.success(request, _("Se guardó la nota."))
            return redirect("outreach:calls")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "outreach/note.html", {"call": found.made, "form": form}, status=status)


@require_POST
def void(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Take a call back."""
    writing.void(by=signed_in(request), call_id=call_id)
    messages.success(request, _("Se quitó esa llamada de la cuenta."))
    return redirect("outreach:calls")


def _page(
    request: HttpRequest,
    user: User,
    place: Place,
    *,
    phone: str = "",
    refused: str = "",
    revealed: bool = False,
) -> HttpResponse:
    context = {
        "place": place,
        "man": place.membership.participant,
        "group": place.membership.group,
        "script": script_for(place.step),
        "numbers": _numbers(user, place),
        "call_id": ids.new_id(),
        "reasons": [one for one in Outcome.choices if one[0] not in _UNREACHED],
        "unreached": [(one.value, one.label) for one in _UNREACHED],
        "phone": phone,
        "refused": refused,
        "revealed": revealed,
    }
    return render(request, "outreach/call.html", context)


def _numbers(user: User, place: Place) -> list[str]:
    if place.step != "care":
        return []
    return [line for one in queries.banners(user, place.today) for line in one.numbers]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise not_visible() from error
