"""Her questionnaires: when, with whom, what she said, and what changed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.policies import not_visible
from tequio.core.errors import Conflict, DomainError, NotVisible
from tequio.instruments.views.filling import ask as ask_it
from tequio.letters.kinds import CLOCKS, Kind
from tequio.survivors import door
from tequio.survivors.actions import asking, contacts
from tequio.survivors.actions.cases import OpenCase
from tequio.survivors.answering import HerSitting
from tequio.survivors.forms.asking import AttemptForm, BeginForm
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries import asking as pages
from tequio.survivors.queries import case as case_pages
from tequio.survivors.queries import change as drawn
from tequio.survivors.rules.sheets import Assessment, Held
from tequio.survivors.views.asked import here, members, opened, status, verified_by
from tequio.ui.forms import RefusalsOn


@door.behind
@require_GET
def asking_page(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Show her moments, what is half done and what she answered."""
    found, held = opened(wall, case_id)
    return shown(request, wall, found, held)


@door.behind
@require_POST
def begin(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Begin a questionnaire with her, or go on with the one that was begun."""
    form = BeginForm(request.POST)
    if not form.is_valid():
        raise not_visible()
    typed = form.cleaned_data
    try:
        made = asking.begin(
            by=wall,
            case_id=case_id,
            slug=typed["instrument"],
            wave=typed["wave"],
            whole_page=typed["whole"],
        )
    except NotVisible:
        raise
    except DomainError as error:
        found, held = opened(wall, case_id)
        return shown(request, wall, found, held, error)
    return redirect("survivors:ask", case_id=case_id, answered_id=made)


@door.behind
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, wall: OpenWall, case_id: UUID, answered_id: UUID) -> HttpResponse:
    """Ask her, question by question or all on one page; each answer is sealed as it is given."""
    try:
        held = asking.under_way(by=wall, case_id=case_id, sheet_id=answered_id)
        sitting = HerSitting(wall, case_id, held)
        return ask_it(request, sitting, base="survivors/base.html", beside={"wall": wall})
    except Conflict:
        # Another tab, or another member, was quicker: what stands now is shown.
        return redirect(request.path)


@door.behind
@require_GET
def answers(request: HttpRequest, wall: OpenWall, case_id: UUID, answered_id: UUID) -> HttpResponse:
    """Show what she answered, without adding it up."""
    found, held = opened(wall, case_id)
    one = next((h for h in held if h.id == answered_id and isinstance(h.body, Assessment)), None)
    if one is None or not isinstance(one.body, Assessment) or not one.body.done:
        raise not_visible()
    context = {
        "wall": wall,
        "case": found.case,
        "cover": found.cover,
        "opened": pages.opened(one),
        "asked_by": members(wall).get(one.body.by, one.body.by),
        "within": CLOCKS[Kind.ANSWERS_URGENT].within.days,
    }
    return render(request, "survivors/answers.html", context)


@door.behind
@require_POST
def erase(request: HttpRequest, wall: OpenWall, case_id: UUID, answered_id: UUID) -> HttpResponse:
    """Erase one, because she asks or because it was begun by mistake."""
    asking.erase(by=wall, case_id=case_id, sheet_id=answered_id)
    return redirect("survivors:asking", case_id=case_id)


@door.behind
@require_http_methods(["GET", "POST"])
def attempt(request: HttpRequest, wall: OpenWall, case_id: UUID, wave: str) -> HttpResponse:
    """Write down that somebody asked her whether she wants to, with her rules in sight."""
    found, held = opened(wall, case_id)
    line = next(
        (one for one in pages.page(held, here(wall).date()).moments if one.code == wave), None
    )
    if line is None:
        raise not_visible()
    form = AttemptForm(
        request.POST if request.method == "POST" else None, initial={"on": here(wall).date()}
    )
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            contacts.record(by=wall, case_id=case_id, wave=wave, **form.cleaned_data)
            return redirect("survivors:asking", case_id=case_id)
    context = {
        "wall": wall,
        "case": found.case,
        "cover": found.cover,
        "page": case_pages.page(found.cover, held, now=here(wall)),
        "form": form,
        "line": line,
        "verified_by": verified_by(held, members(wall)),
    }
    return render(request, "survivors/attempt.html", context, status=status(form))


@door.behind
@require_GET
def change(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Show what she said each time, in her own words, for her and whoever accompanies her."""
    found, held = opened(wall, case_id)
    bodies = [one.body for one in held]
    context = {
        "wall": wall,
        "case": found.case,
        "cover": found.cover,
        "changes": drawn.changes(bodies),
        "control_stays": drawn.control_stays(bodies),
        "width": drawn.WIDTH,
    }
    return render(request, "survivors/change.html", context)


def shown(
    request: HttpRequest,
    wall: OpenWall,
    found: OpenCase,
    held: list[Held],
    error: DomainError | None = None,
) -> HttpResponse:
    """Show the page of her questionnaires, with what could not be done."""
    today = here(wall).date()
    context = {
        "wall": wall,
        "case": found.case,
        "cover": found.cover,
        "asks": pages.page(held, today),
        "card": case_pages.page(found.cover, held, now=here(wall)).card,
        "instruments": [
            (one.instrument.slug, one.instrument.name.now(), one.instrument.purpose.now())
            for one in asking.for_women()
        ],
        "error": error,
    }
    return render(request, "survivors/asking.html", context, status=422 if error else 200)
