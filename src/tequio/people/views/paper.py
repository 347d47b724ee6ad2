"""His questionnaires on paper: printed with a code, found by it, and typed in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.core.codes import code_of
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.instruments.paper import printing
from tequio.instruments.paper.printing import Sheet
from tequio.instruments.views.paper import type_in
from tequio.people.actions import paper as actions
from tequio.people.actions.assessments import At
from tequio.people.answering import HisAnswers
from tequio.people.asked import asked_in
from tequio.people.forms.assessments import BeginForm
from tequio.people.models import Assessment
from tequio.people.policies import visible_to
from tequio.people.queries.papers import by_code
from tequio.ui import files
from tequio.ui.templatetags.ui import day


@require_POST
def print_out(request: HttpRequest, folio: str) -> HttpResponse:
    """Give what is open at a moment, or one questionnaire, as a PDF with his folio and no name."""
    user = signed_in(request)
    man = pick(visible_to(user, Permission.ASSESSMENT_ASK), folio=folio)
    form = BeginForm(request.POST)
    form.fields["instrument"].required = False
    if not form.is_valid():
        messages.error(request, _("Elige qué cuestionario."))
        return redirect("people:assessments", folio=folio)
    data = form.cleaned_data
    at = At(data["wave"], data["way"]) if data["wave"] and data["way"] else None
    try:
        rows = actions.print_out(by=user, folio=folio, instrument=data["instrument"], at=at)
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("people:assessments", folio=folio)
    made = printing.pdf(
        [_sheet(row, man.folio) for row in rows],
        organisation=user.organisation.name,
        dated=day(clock.today(user.organisation.timezone)),
    )
    return files.to_read(made, f"cuestionarios-{man.folio}.pdf")


@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the code on a sheet and go to where it is typed in."""
    user = signed_in(request)
    require(user, Permission.ASSESSMENT_ASK)
    code, trouble = request.POST.get("code", ""), ""
    if request.method == "POST":
        found = by_code(user, code)
        if found is not None and found.state == Assessment.State.DRAFT:
            return redirect("people:type-in", sitting_id=found.pk)
        trouble = _trouble(user, found)
    context = {"code": code, "trouble": trouble}
    return render(request, "people/find_paper.html", context, status=422 if trouble else 200)


@require_http_methods(["GET", "POST"])
def type_it(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Type a sheet in with digits."""
    user = signed_in(request)
    sitting = HisAnswers().sitting(user, sitting_id)
    row = sitting.row
    about = " · ".join(filter(None, (row.participant.folio, row.wave, code_of(row.pk))))
    return type_in(
        request,
        sitting,
        asked_in(row),
        zone=user.organisation.timezone,
        beside={"about": about, "participant": row.participant},
    )


def _sheet(row: Assessment, folio: str) -> Sheet:
    said = [_("Folio %(folio)s") % {"folio": folio}, row.wave]
    return Sheet(
        asked_in(row), row.language, about=" · ".join(filter(None, said)), code=code_of(row.pk)
    )


def _trouble(user: User, found: Assessment | None) -> str:
    if found is None:
        return _(
            "Ningún cuestionario tiene ese código. Revisa las letras: no hay I, L, O ni U. Un "
            "papel impreso hace más de seis meses ya no se puede capturar."
        )
    return _("Esa hoja ya está capturada, o él ya lo contestó de otra manera. Nada cambió.")
