"""Her questionnaires on paper: printed in memory, and typed in, both only here.

What is printed says neither whose it is nor who asks. Its code is forty bits of a number that lies
sealed in her case: outside the wall, and beside a copy of the database, it says nothing.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from tequio.access.policies import not_visible
from tequio.core.errors import Conflict, DomainError, NotVisible
from tequio.instruments.paper import printing
from tequio.instruments.paper.printing import Sheet
from tequio.instruments.views.paper import type_in
from tequio.survivors import door
from tequio.survivors.actions import asking
from tequio.survivors.answering import HerSitting
from tequio.survivors.forms.asking import PrintForm
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules.sheets import Assessment, Held
from tequio.survivors.views.asked import opened
from tequio.survivors.views.asking import shown
from tequio.ui import files


@door.behind
@require_POST
def print_out(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Give what is open at a moment of hers, or one questionnaire, as a PDF."""
    form = PrintForm(request.POST)
    if not form.is_valid():
        raise not_visible()
    typed = form.cleaned_data
    try:
        rows = asking.print_out(
            by=wall, case_id=case_id, slug=typed["instrument"], wave=typed["wave"]
        )
    except NotVisible:
        raise
    except DomainError as error:
        found, held = opened(wall, case_id)
        return shown(request, wall, found, held, error)
    made = printing.pdf(
        [_sheet(HerSitting(wall, case_id, row)) for row in rows], organisation="", in_memory=True
    )
    # The name says nothing of what it is: it stays in the list of downloads.
    return files.to_keep(made, "hoja.pdf")


@door.behind
@require_http_methods(["GET", "POST"])
def type_it(request: HttpRequest, wall: OpenWall, case_id: UUID, answered_id: UUID) -> HttpResponse:
    """Type a sheet in with digits."""
    try:
        held = asking.under_way(by=wall, case_id=case_id, sheet_id=answered_id)
        sitting = HerSitting(wall, case_id, held)
        return type_in(
            request,
            sitting,
            asking.asked_in(_body(held)),
            zone=wall.user.organisation.timezone,
            base="survivors/base.html",
            beside={"wall": wall, "about": sitting.code},
        )
    except Conflict:
        # Another tab, or another member, was quicker: what stands now is shown.
        return redirect(request.path)


def _sheet(sitting: HerSitting) -> Sheet:
    asks = asking.asked_in(_body(sitting.held))
    return Sheet(asks, sitting.language, code=sitting.code, plain=True)


def _body(held: Held) -> Assessment:
    assert isinstance(held.body, Assessment)  # noqa: S101 -- opened as one
    return held.body
