"""A man's way through the programmes, and who waits for a seat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require, require_everywhere
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.people.models import Participant
from tequio.people.policies import visible_to as people_visible_to
from tequio.programmes import gates, offers, queries, vault
from tequio.programmes.actions import enrolment as actions
from tequio.programmes.forms import EnquiryForm, StepForm
from tequio.programmes.gates import Hold
from tequio.programmes.models import Enrolment, EnrolmentStep
from tequio.programmes.offers import Seats
from tequio.programmes.policies import enrolments_visible_to
from tequio.programmes.rules import Dose
from tequio.programmes.states import State, reason_label
from tequio.ui.forms import RefusalsOn


@dataclass(frozen=True, slots=True)
class Walked:
    """A step as it is read: the note only where the reader decides about the way."""

    on: object
    title: str
    text: str
    dose: Dose | None


@dataclass(frozen=True, slots=True)
class Way:
    """One edition in a man's life, with the form of its next step."""

    enrolment: Enrolment
    steps: list[Walked]
    form: StepForm | None
    dose: Dose | None
    # Groups that could take him in now, for whom he waits or is accepted.
    seats: tuple[Seats, ...]
    # What keeps him from a seat today.
    holds: tuple[Hold, ...] = ()


@require_GET
def way(request: HttpRequest, folio: str) -> HttpResponse:
    """Show where he stands in each programme, how he came there and what may follow."""
    user = signed_in(request)
    require(user, Permission.ENROLMENT_READ)
    participant = pick(people_visible_to(user), folio=folio)
    return _page(request, user, participant)


@require_POST
def enquire(request: HttpRequest, folio: str) -> HttpResponse:
    """Begin his way with a question."""
    user = signed_in(request)
    require(user, Permission.ENROLMENT_READ)
    participant = pick(people_visible_to(user), folio=folio)
    require_everywhere(user, Permission.ENROLMENT_DECIDE)
    form = EnquiryForm(request.POST, user=user)
    if form.is_valid():
        with RefusalsOn(form):
            actions.open_enquiry(by=user, participant=participant, **form.cleaned_data)
            messages.success(request, _("Quedó anotado que preguntó."))
            return redirect("programmes:way", folio=participant.folio)
    return _page(request, user, participant, enquiry=form, status=422)


@require_POST
def step(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """Write the next step of his way."""
    user = signed_in(request)
    enrolment = pick(
        enrolments_visible_to(user).select_related("participant", "edition"), pk=enrolment_id
    )
    require_everywhere(user, Permission.ENROLMENT_DECIDE)
    form = StepForm(request.POST, state=enrolment.state)
    if form.is_valid():
        to, reason = form.cleaned_data["step"]
        with RefusalsOn(form):
            actions.move(
                by=user,
                enrolment_id=enrolment.pk,
                to=to,
                on=form.cleaned_data["on"],
                reason=reason,
                note=form.cleaned_data["note"],
                dose=_dose(user, enrolment, to),
            )
            messages.success(request, _("Ahora está en: %(state)s.") % {"state": to.label})
            return redirect("programmes:way", folio=enrolment.participant.folio)
    return _page(request, user, enrolment.participant, stepping=(enrolment.pk, form), status=422)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Show who waits, for how long, and where a seat is free."""
    user = signed_in(request)
    require_everywhere(user, Permission.ENROLMENT_READ)
    today = clock.today(user.organisation.timezone)
    context = {"lines": queries.lines(user, today)}
    return render(request, "programmes/waiting.html", context)


def _dose(user: User, enrolment: Enrolment, to: State) -> Dose | None:
    if (enrolment.state, to) != (State.IN_GROUP, State.COMPLETED):
        return None
    return offers.dose(user, enrolment.participant, enrolment.edition)


def _page(
    request: HttpRequest,
    user: User,
    participant: Participant,
    *,
    enquiry: EnquiryForm | None = None,
    stepping: tuple[UUID, StepForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    decides = user.scope(Permission.ENROLMENT_DECIDE) is not None
    today = clock.today(user.organisation.timezone)
    forms = dict([stepping]) if stepping else {}
    found = list(queries.ways_of(user, participant))
    waits = decides and any(one.state in queries.WITHOUT_SEAT for one in found)
    seats = tuple(offers.groups(user)) if waits else ()
    ways = [
        _way(user, one, forms.get(one.pk), decides=decides, today=today, seats=seats)
        for one in found
    ]
    begin = EnquiryForm(user=user, initial={"on": today}) if decides else None
    context = {
        "participant": participant,
        "ways": ways,
        "enquiry": enquiry or begin,
        "asked": enquiry is not None,
        "bound": [form for form in (enquiry, *forms.values()) if form is not None],
    }
    return render(request, "programmes/way.html", context, status=status)


def _way(
    user: User,
    enrolment: Enrolment,
    form: StepForm | None,
    *,
    decides: bool,
    today: date,
    seats: tuple[Seats, ...],
) -> Way:
    steps = sorted(enrolment.steps.all(), key=lambda one: -one.position)
    in_group = enrolment.state == State.IN_GROUP
    waits = decides and enrolment.state in queries.WITHOUT_SEAT
    holds = gates.holds_seat(enrolment.participant, enrolment.edition, today) if waits else ()
    if form is None and decides:
        prefix = f"paso-{str(enrolment.pk)[:8]}"
        form = StepForm(state=enrolment.state, initial={"on": today}, auto_id=f"{prefix}-%s")
    return Way(
        enrolment,
        [_walked(enrolment, one, reads_notes=decides) for one in steps],
        form,
        offers.dose(user, enrolment.participant, enrolment.edition) if in_group else None,
        tuple(
            group
            for group in seats
            if group.admits and group.edition_id == enrolment.edition_id and waits and not holds
        ),
        tuple(holds),
    )


def _walked(enrolment: Enrolment, one: EnrolmentStep, *, reads_notes: bool) -> Walked:
    note = vault.open_note(enrolment, one) if reads_notes else ""
    words = [reason_label(one.reason), note]
    dose = Dose(one.attended or 0, one.held) if one.held is not None else None
    return Walked(
        one.happened_on,
        str(State(one.to_state).label),
        ". ".join(w.rstrip(".") for w in words if w) + ".",
        dose,
    )
