"""How the men stand whom she named, and asking that one of them be asked about something."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from tequio.access.policies import not_visible
from tequio.letters import talks
from tequio.survivors import door
from tequio.survivors.actions import instructions
from tequio.survivors.actions.instructions import ThinCover, Wanted
from tequio.survivors.forms.letters import InstructionForm
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries.men import next_talk, standing_of
from tequio.survivors.rules import standing
from tequio.survivors.rules.sheets import Link
from tequio.survivors.views.asked import here, opened, status
from tequio.ui.forms import RefusalsOn


@door.behind
@require_GET
def men(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Show how each man linked to her stands today. Outside, nothing tells that it was asked."""
    found, held = opened(wall, case_id)
    instructions.looked_at_men(by=wall, case_id=case_id)
    stands = standing_of(wall, found.cover.men)
    links = {
        one.body.folio: (one.id, one.body)
        for one in held
        if isinstance(one.body, Link) and one.body.ended_on is None
    }
    context = {
        "wall": wall,
        "case": found.case,
        "cover": found.cover,
        "men": [
            (folio, *links[folio], stands.get(folio)) for folio in found.cover.men if folio in links
        ],
    }
    return render(request, "survivors/men.html", context)


@door.behind
@require_http_methods(["GET", "POST"])
def instruct(request: HttpRequest, wall: OpenWall, case_id: UUID, link_id: UUID) -> HttpResponse:
    """Ask that one linked man be asked about something in the talk that is due."""
    found, held = opened(wall, case_id)
    links = standing.of([one.body for one in held if one.id == link_id], Link)
    if not links or links[0].ended_on is not None:
        raise not_visible()
    folio = links[0].folio
    coming = next_talk(wall, folio)
    today = here(wall).date()
    form = InstructionForm(today, request.POST if request.method == "POST" else None)
    thin = ""
    if coming is not None and form.is_bound and form.is_valid():
        typed = {name: v for name, v in form.cleaned_data.items() if name != "agreed"}
        wanted = Wanted(folio=folio, talk=coming[1].agenda_id, **typed)
        with RefusalsOn(form):
            try:
                instructions.issue(by=wall, case_id=case_id, wanted=wanted)
                return redirect("survivors:case", case_id=case_id)
            except ThinCover as error:
                thin = str(error)
                raise
    context = {
        "wall": wall,
        "case": found.case,
        "cover": found.cover,
        "folio": folio,
        "coming": coming[1] if coming else None,
        "subjects": [talks.BY_CODE[code].label for code in coming[1].subjects] if coming else [],
        "plan": talks.plan(),
        "form": form,
        "thin": thin,
    }
    return render(request, "survivors/instruct.html", context, status=status(form))
