"""One lottery: the promise, the list, the number of two, the draw, and its papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require, require_everywhere
from tequio.access.requests import signed_in
from tequio.audit.record import record_export
from tequio.core import clock
from tequio.studies import lottery_paper
from tequio.studies.actions import ceremony
from tequio.studies.actions import lotteries as actions
from tequio.studies.forms.lotteries import EXEMPT, CancelForm, ExemptForm, NumberForm
from tequio.studies.lottery_steps import steps
from tequio.studies.models import Lottery
from tequio.studies.policies.lotteries import lotteries_visible_to, sees_men
from tequio.studies.queries import lotteries as queries
from tequio.studies.queries.extra_calls import given
from tequio.ui import files
from tequio.ui.forms import RefusalsOn

_HERE_ONLY: Final = ("localhost", "127.0.0.1", "[::1]")


@require_GET
def lottery(request: HttpRequest, lottery_id: UUID) -> HttpResponse:
    """Show how far a lottery is and what is next."""
    user = signed_in(request)
    return _page(request, user, _one(user, lottery_id))


def _done(
    request: HttpRequest,
    lottery_id: UUID,
    form: forms.Form,
    act: Callable[[User, Lottery], str],
    permission: Permission = Permission.LOTTERY_RUN,
) -> HttpResponse:
    """Do one thing with a lottery and say that it is done, or show it again with what is wrong."""
    user = signed_in(request)
    found = _one(user, lottery_id)
    require_everywhere(user, permission)
    if form.is_valid():
        with RefusalsOn(form):
            messages.success(request, act(user, found))
            return redirect("studies:lottery", lottery_id=found.pk)
    return _page(request, user, found, form)


@require_POST
def close(request: HttpRequest, lottery_id: UUID) -> HttpResponse:
    """Close the list."""

    def act(user: User, found: Lottery) -> str:
        ceremony.close(by=user, lottery_id=found.pk)
        return _("La lista quedó cerrada. Reparte las papeletas.")

    return _done(request, lottery_id, forms.Form(request.POST), act)


@require_POST
def say_number(request: HttpRequest, lottery_id: UUID) -> HttpResponse:
    """Write the number, or confirm it."""
    form = NumberForm(request.POST)

    def act(user: User, found: Lottery) -> str:
        number = form.cleaned_data["number"]
        said = ceremony.say_number(by=user, lottery_id=found.pk, number=number)
        if said.beacon:
            return _("Las dos personas escribieron lo mismo. Ya se puede sortear.")
        return _("Anotado. Falta que otra persona lo escriba, desde su propia sesión.")

    return _done(request, lottery_id, form, act)


@require_POST
def draw(request: HttpRequest, lottery_id: UUID) -> HttpResponse:
    """Draw."""

    def act(user: User, found: Lottery) -> str:
        ceremony.draw(by=user, lottery_id=found.pk)
        return _("Se sorteó. Cualquiera puede comprobarlo en su página.")

    return _done(request, lottery_id, forms.Form(request.POST), act)


@require_POST
def exempt(request: HttpRequest, lottery_id: UUID) -> HttpResponse:
    """Take a man out before the list is closed, or let one go after it."""
    form = ExemptForm(request.POST)

    def act(user: User, found: Lottery) -> str:
        reason, code = form.cleaned_data["reason"], request.POST.get("code", "")
        if code:
            actions.release(by=user, lottery_id=found.pk, code=code, reason=reason)
        else:
            folio = request.POST.get("folio", "")
            actions.exempt(by=user, lottery_id=found.pk, folio=folio, reason=reason)
        return _("Anotado: no espera. Dale su lugar cuando haya.")

    return _done(request, lottery_id, form, act, Permission.ENROLMENT_DECIDE)


@require_POST
def cancel(request: HttpRequest, lottery_id: UUID) -> HttpResponse:
    """Call a lottery off."""
    form = CancelForm(request.POST)

    def act(user: User, found: Lottery) -> str:
        actions.cancel(by=user, lottery_id=found.pk, reason=form.cleaned_data["reason"])
        return _("El sorteo se canceló: ya no detiene a nadie.")

    return _done(request, lottery_id, form, act)


@require_GET
def sheet(request: HttpRequest, lottery_id: UUID) -> HttpResponse:
    """The sheet for the wall of the office, as it stands today."""
    user = signed_in(request)
    found = _one(user, lottery_id)
    body = lottery_paper.sheet(found, url=_public_url(request, found))
    return files.to_read(body, f"{found.code}.pdf")


@require_GET
def slips(request: HttpRequest, lottery_id: UUID) -> HttpResponse:
    """The slips with codes, one for each man. The stub says whose it is, so this is written."""
    user = signed_in(request)
    found = _one(user, lottery_id)
    require_everywhere(user, Permission.ENROLMENT_DECIDE)
    entries = queries.entries(user, found, _today(user)) if found.closed_on else []
    body = lottery_paper.slips(found, entries, url=_public_url(request, found))
    record_export("lottery_slips", by=user, rows=len(entries), subject=found)
    return files.to_read(body, f"{found.code}-papeletas.pdf")


def _one(user: User, lottery_id: UUID) -> Lottery:
    require(user, Permission.STUDY_READ)
    seen = lotteries_visible_to(user).select_related(
        "study", "edition", "site", "organisation", "said_by", "beacon_by", "announced_by"
    )
    return pick(seen, pk=lottery_id)


def _today(user: User) -> date:
    return clock.today(user.organisation.timezone)


def _page(
    request: HttpRequest, user: User, found: Lottery, bound: forms.Form | None = None
) -> HttpResponse:
    today = _today(user)
    may_run = user.scope(Permission.LOTTERY_RUN) is not None
    context: dict[str, object] = {
        "lottery": found,
        "steps": steps(found),
        "today": today,
        "bound": bound,
        "may_run": may_run,
        "sees_men": sees_men(user),
        "public_url": _public_url(request, found) or reverse("studies:drawn", args=[found.code]),
        "until": queries.last_day(found),
        "late": queries.late_for(found, today),
        "exempt_choices": EXEMPT,
        "number_form": bound if isinstance(bound, NumberForm) else NumberForm(),
        "cancel_form": bound if isinstance(bound, CancelForm) else CancelForm(),
        "may_say": may_run and found.closed_on and not found.beacon and today >= found.beacon_on,
        "said_by_me": found.said_by_id == user.pk,
    }
    if not found.of_men:
        context["turns"] = queries.turns(found)
    elif found.closed_on:
        context |= {
            "entries": queries.entries(user, found, today),
            "tally": queries.tally(found),
        }
        if found.kind == Lottery.Kind.CALLS and found.record:
            context["given"] = given(found)
    elif sees_men(user) and not found.cancelled_on:
        context["men"] = _standing(found)
    status = 422 if bound is not None and bound.errors else 200
    return render(request, "studies/lottery.html", context, status=status)


def _standing(found: Lottery) -> list[tuple[object, str]]:
    """Return who would be on the list today, each with why no lottery decides about him."""
    men = actions.who_stands(found)
    taken = {one.participant_id: one.get_exempt_display() for one in found.tickets.all()}
    free = queries.outside(found, [one.pk for one in men])
    said = {man: str(why.label) for man, why in free.items()}
    return [(one, taken.get(one.pk) or said.get(one.pk, "")) for one in men]


def _public_url(request: HttpRequest, found: Lottery) -> str:
    """Return where anybody can look; nothing where only this machine would find it."""
    if request.get_host().rsplit(":", 1)[0] in _HERE_ONLY:
        return ""
    return request.build_absolute_uri(reverse("studies:drawn", args=[found.code]))
