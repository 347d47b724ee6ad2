"""What he agrees to: told, asked, written down, and taken back when he wants."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import forbidden, not_visible, pick
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.people import actions
from tequio.people.catalogues import agreements
from tequio.people.forms import AgreementsForm, HearingForm
from tequio.people.models import Consent, Participant
from tequio.people.policies import visible_to
from tequio.people.queries import ledger as queries
from tequio.ui.forms import RefusalsOn


@require_http_methods(["GET", "POST"])
def consents(request: HttpRequest, folio: str) -> HttpResponse:
    """Tell him each purpose and write down what he says."""
    user = signed_in(request)
    participant = _of(user, folio)
    form = _form(request, user, participant)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        hearing = actions.Hearing(data["decided_on"], data["heard"], data["witness"])
        with RefusalsOn(form):
            actions.decide(by=user, folio=folio, answers=form.answers(), hearing=hearing)
            messages.success(request, _("Se guardó lo que acepta y lo que no."))
            return _after(user, folio)
    context = {
        "participant": participant,
        "form": form,
        "lines": queries.lines(participant),
        "may_take": user.scope(Permission.INTAKE_TAKE) is not None,
    }
    return render(request, "people/consents.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, folio: str, purpose: str) -> HttpResponse:
    """Say what follows, then write down that he takes it back."""
    user = signed_in(request)
    participant = _of(user, folio)
    today = clock.today(user.organisation.timezone)
    asked = agreements.current(today).agreements.purpose(purpose)
    if asked is None or not asked.withdrawable:
        raise not_visible()
    if queries.now(participant).get(purpose) != Consent.Decision.GIVEN:
        raise not_visible()
    form = HearingForm(request.POST or None, initial={"decided_on": today, "heard": "read"})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        hearing = actions.Hearing(data["decided_on"], data["heard"], data["witness"])
        with RefusalsOn(form):
            actions.withdraw(by=user, folio=folio, purpose=purpose, hearing=hearing)
            messages.success(request, _taken_back(asked))
            return redirect("people:consents", folio=folio)
    context = {"participant": participant, "purpose": asked, "form": form}
    return render(request, "people/withdraw.html", context, status=422 if form.errors else 200)


def _taken_back(purpose: agreements.Purpose) -> str:
    if purpose.kind == "needed":
        return _("Quedó anotado que ya no participa: salió de sus grupos y nadie le llama.")
    return _("Quedó anotado que lo retiró.")


def _of(user: User, folio: str) -> Participant:
    participant = pick(visible_to(user), folio=folio)
    if not visible_to(user, Permission.CONSENT_RECORD).filter(pk=participant.pk).exists():
        raise forbidden()
    return participant


def _form(request: HttpRequest, user: User, participant: Participant) -> AgreementsForm:
    today = clock.today(user.organisation.timezone)
    known = queries.how_to_ask(participant)
    told = agreements.current(today)
    # What he agreed to is not asked again: taking it back has a page that says what follows.
    settled = queries.agreed_to(participant, told)
    return AgreementsForm(
        request.POST or None,
        purposes=[
            purpose
            for purpose in told.agreements.asked(mandated=known.mandated, waiting=known.waits)
            if purpose.code not in settled
        ],
        said=queries.now(participant),
        today=today,
        reads=known.reads,
    )


def _after(user: User, folio: str) -> HttpResponse:
    participant = pick(visible_to(user), folio=folio)
    if user.scope(Permission.INTAKE_TAKE) is None or not queries.in_an_intake(participant):
        return redirect("people:consents", folio=folio)
    return redirect("people:finish-intake", folio=folio)
