"""Answers out of the house, for who evaluates: never a name, an alias or a folio."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, require_everywhere
from tequio.access.requests import signed_in
from tequio.instruments.exports import LAYOUTS, as_csv, as_workbook, codebook, layout, reliability
from tequio.people.actions import exports as actions
from tequio.people.actions.exports import Export
from tequio.people.queries.exportable import available
from tequio.ui import files


@require_GET
def exports(request: HttpRequest) -> HttpResponse:
    """Show what may leave, of how many men, and in which shapes."""
    user = signed_in(request)
    require_everywhere(user, Permission.ASSESSMENT_EXPORT)
    context = {"available": available(user), "layouts": LAYOUTS}
    return render(request, "people/exports.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Send one file. A POST: what leaves is written down, and no address can be passed on."""
    user = signed_in(request)
    require_everywhere(user, Permission.ASSESSMENT_EXPORT)
    slug, kind = request.POST.get("instrument", ""), request.POST.get("kind", "csv")
    if slug == "evaluacion":
        return _csv(actions.for_evaluation(by=user), "answers.csv")
    shape = layout(request.POST.get("layout", ""))
    if shape is None or kind not in {"csv", "xlsx"}:
        raise not_visible()
    found = actions.export(by=user, slug=slug, layout=shape)
    name = f"{slug}-{shape.slug}"
    if kind == "csv":
        return _csv(found, f"{name}.csv")
    whole = found.instrument
    rows = list(found.rows)
    body = as_workbook(
        found.header,
        rows,
        codebook(whole, [str(column) for column in found.header]),
        reliability(whole, found.said),
        announced=found.announced,
    )
    return files.to_keep(body, f"{name}.xlsx")


def _csv(found: Export, name: str) -> StreamingHttpResponse:
    lines = as_csv(found.header, found.rows, announced=found.announced)
    response = files.as_it_comes(lines, name)
    response["X-Row-Count"] = str(found.announced)
    return response
