"""What a man is asked: what is due, asking with whoever accompanies him, and reading it after."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.instruments import definitions
from tequio.instruments.rules.flags import raised
from tequio.letters.lines import lines
from tequio.people import moments, sealed_answers
from tequio.people.actions import assessments as actions
from tequio.people.actions.assessments import At
from tequio.people.answering import HisAnswers
from tequio.people.asked import asked_in, flag_in_words
from tequio.people.forms.assessments import ApproachForm, BeginForm, InstrumentForm
from tequio.people.models import Assessment
from tequio.people.moments import DueMoment
from tequio.people.policies import visible_to
from tequio.people.queries import assessments as queries
from tequio.ui.forms import RefusalsOn


@dataclass(frozen=True, slots=True)
class Shown:
    """A moment with what is open in it, by name."""

    moment: DueMoment
    open: tuple[tuple[str, str], ...]


@require_GET
def listed(request: HttpRequest, folio: str) -> HttpResponse:
    """Show which moments of his are due, what he was asked, and what else may be asked."""
    user = signed_in(request)
    man = pick(visible_to(user, Permission.ASSESSMENT_DUE), folio=folio)
    today = clock.today(user.organisation.timezone)
    context = {
        "participant": man,
        "moments": [_shown(one) for one in moments.of_man(user, today, man.pk)],
        "history": queries.history(user, man),
        "asks": user.scope(Permission.ASSESSMENT_ASK) is not None,
        "instruments": [
            (one.instrument.slug, one.instrument.name.now()) for one in definitions.for_men()
        ],
    }
    return render(request, "people/assessments.html", context)


@require_POST
def begin(request: HttpRequest, folio: str) -> HttpResponse:
    """Begin to ask him something, or go on."""
    user = signed_in(request)
    form = BeginForm(request.POST)
    if not form.is_valid():
        pick(visible_to(user, Permission.ASSESSMENT_ASK), folio=folio)
        messages.error(request, _("Elige qué cuestionario."))
        return redirect("people:assessments", folio=folio)
    data = form.cleaned_data
    row = actions.begin(
        by=user,
        folio=folio,
        instrument=data["instrument"],
        at=At(data["wave"], data["way"]) if data["wave"] and data["way"] else None,
    )
    return redirect("people:ask", sitting_id=row.pk)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Ask with him, on one page."""
    user = signed_in(request)
    sitting = HisAnswers().sitting(user, sitting_id)
    row = sitting.row
    whole = asked_in(row)
    kept = sitting.kept() or {}
    form = InstrumentForm(
        request.POST or None,
        instrument=whole,
        language=row.language,
        said={str(k): str(v) for k, v in kept.get("answers", {}).items()},
    )
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            if "later" in request.POST:
                sitting.keep({"answers": form.answers()})
                messages.success(request, _("Quedó guardado lo que va contestado."))
                return redirect("people:assessments", folio=row.participant.folio)
            actions.finish(by=user, assessment_id=row.pk, answers=form.answers())
            return redirect("people:assessment-done", assessment_id=row.pk)
    context = {"participant": row.participant, "instrument": whole, "form": form, "row": row}
    return render(request, "people/ask.html", context, status=422 if form.errors else 200)


@require_GET
def done(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Say that it is kept; where an answer cannot wait, what to do now and whom to call."""
    user = signed_in(request)
    rows = Assessment.objects.filter(
        organisation=user.organisation_id,
        state=Assessment.State.DONE,
        participant__in=visible_to(user, Permission.ASSESSMENT_ASK),
    )
    row = pick(rows.select_related("participant"), pk=assessment_id)
    flags = raised(asked_in(row), sealed_answers.answers_of(row))
    context = {
        "participant": row.participant,
        "row": row,
        "kinds": [flag_in_words(flag.kind) for flag in flags],
        "slugs": {flag.kind for flag in flags},
        "lines": lines() if flags else (),
        "reads": user.scope(Permission.ASSESSMENT_READ) is not None,
    }
    return render(request, "people/assessment_done.html", context)


@require_GET
def opened(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Show what he answered and what it adds up to."""
    user = signed_in(request)
    row = actions.read(by=user, assessment_id=assessment_id)
    context = {"participant": row.participant, "opened": queries.opened(user, row)}
    return render(request, "people/assessment.html", context)


@require_http_methods(["GET", "POST"])
def approach(request: HttpRequest, folio: str, way_id: UUID, wave: str) -> HttpResponse:
    """Write down that somebody looked for him, and what came of it."""
    user = signed_in(request)
    man = pick(visible_to(user, Permission.ASSESSMENT_DUE), folio=folio)
    due = _moment(user, man.pk, way_id, wave)
    form = ApproachForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.approach(
            by=user,
            folio=folio,
            at=At(wave, way_id),
            channel=data["channel"],
            outcome=data["outcome"],
        )
        messages.success(request, _("Quedó anotado que lo buscaste."))
        return redirect("people:assessments", folio=folio)
    context = {"participant": man, "moment": due, "form": form}
    return render(request, "people/approach.html", context, status=422 if form.errors else 200)


def _moment(user: User, participant_id: UUID, way_id: UUID, wave: str) -> DueMoment:
    today = clock.today(user.organisation.timezone)
    found = moments.of_man(user, today, participant_id)
    for one in found:
        if (one.way_id, one.wave) == (way_id, wave):
            return one
    raise not_visible()


def _shown(moment: DueMoment) -> Shown:
    named = ((slug, definitions.newest(slug).instrument.name.now()) for slug in moment.open_slugs)
    return Shown(moment, tuple(named))
