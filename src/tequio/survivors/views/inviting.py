"""Giving her a link to answer alone."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tequio.access.policies import not_visible
from tequio.instruments.showing_links import shown
from tequio.survivors import door, words
from tequio.survivors.actions import inviting
from tequio.survivors.forms.inviting import InvitationForm
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries import case as pages
from tequio.survivors.rules import standing
from tequio.survivors.rules.sheets import Invitation
from tequio.survivors.rules.sheets.inviting import IN_PERSON, ways
from tequio.survivors.views.asked import here, members, opened, status, verified_by
from tequio.ui.forms import RefusalsOn


@door.behind
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, wall: OpenWall, case_id: UUID, wave: str) -> HttpResponse:
    """Ask by which way, with her rules in sight; then show address and PIN, this once."""
    if wave not in words.codes(words.WAVES):
        raise not_visible()
    found, held = opened(wall, case_id)
    bodies = [one.body for one in held]
    sent = request.POST if request.method == "POST" else None
    form = InvitationForm(ways(standing.card_of(bodies)), sent)
    context = {
        "wall": wall,
        "case": found.case,
        "cover": found.cover,
        "wave": wave,
        "moment": words.word(words.WAVES, wave),
    }
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            typed = form.cleaned_data
            given = inviting.give(by=wall, case_id=case_id, wave=wave, **typed)
            in_person = typed["how"] == IN_PERSON
            told = {"link": shown(request, given), "in_person": in_person}
            told["way"] = words.word(words.CHANNELS, typed["how"])
            return render(request, "survivors/invited.html", {**context, **told})
    today = here(wall).date()
    context |= {
        "form": form,
        "page": pages.page(found.cover, held, now=here(wall)),
        "verified_by": verified_by(held, members(wall)),
        "before": [
            one
            for one in bodies
            if isinstance(one, Invitation) and one.wave == wave and one.opens_on(today)
        ],
    }
    return render(request, "survivors/invite.html", context, status=status(form))


@door.behind
@require_POST
def take_back(request: HttpRequest, wall: OpenWall, case_id: UUID, wave: str) -> HttpResponse:
    """Take her link back: from now on it opens nothing."""
    inviting.take_back(by=wall, case_id=case_id, wave=wave)
    return redirect("survivors:asking", case_id=case_id)
