"""The diagnosis of a municipality: the page, its drawings, and the PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, require
from tequio.access.requests import signed_in
from tequio.territory import paper, presenters
from tequio.territory.actions import exports
from tequio.territory.indicators import HOW_MEANS
from tequio.territory.queries import diagnosis as diagnoses
from tequio.territory.queries import gatherings
from tequio.territory.queries.diagnosis import Diagnosis
from tequio.ui import files


@require_GET
def diagnosis(request: HttpRequest, municipality: str) -> HttpResponse:
    """Show what is known of a place; the drawings come after, by themselves."""
    user = signed_in(request)
    require(user, Permission.CONTEXT_READ)
    found = _found(municipality)
    context = {
        "found": found,
        "compared": presenters.compared(found, found.compared, _("Cómo se vive")),
        "marginal": presenters.compared(
            found, found.marginal, _("Las nueve partes de la marginación")
        ),
        "how_means": HOW_MEANS,
        "years": presenters.years(found),
        "said": gatherings.of_place(user, municipality),
        "may_write": user.scope(Permission.CONTEXT_WRITE) is not None,
    }
    return render(request, "territory/diagnosis.html", context)


@require_GET
def drawings(request: HttpRequest, municipality: str) -> HttpResponse:
    """Draw: a part of the page, or a page of its own where there are no scripts."""
    require(signed_in(request), Permission.CONTEXT_READ)
    found = _found(municipality)
    part = request.headers.get("HX-Request") == "true"
    name = "territory/_drawings.html" if part else "territory/drawings.html"
    charts = [chart for _name, chart in presenters.drawings(found)]
    return render(request, name, {"found": found, "charts": charts})


@require_GET
def diagnosis_pdf(request: HttpRequest, municipality: str) -> HttpResponse:
    """Send the diagnosis as a PDF, and write down that it left."""
    user = signed_in(request)
    require(user, Permission.CONTEXT_READ)
    found = _found(municipality)
    said = gatherings.of_place(user, municipality)
    document = paper.pdf(found, said, organisation=user.organisation)
    exports.write_down(by=user, place=found.title)
    return files.to_keep(document, f"diagnostico-{municipality}.pdf")


def _found(municipality: str) -> Diagnosis:
    found = diagnoses.of_municipality(municipality)
    if found is None:
        raise not_visible()
    return found
