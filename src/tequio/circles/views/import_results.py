"""What became of an import, what it could not say, and the way back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tequio.access.models import User
from tequio.access.requests import signed_in
from tequio.circles import import_queries as queries
from tequio.circles.actions import imports as actions
from tequio.circles.importing import files, words
from tequio.circles.models import RegisterImport
from tequio.circles.registers import Problem
from tequio.core.tabular import write_workbook
from tequio.jobs.shown import as_shown
from tequio.ui.files import to_keep

PAGE = 15
_UNDOABLE = frozenset({"running", "done"})


def result(request: HttpRequest, user: User, register: RegisterImport) -> HttpResponse:
    """Show an import that began: its progress, or what it brought."""
    job = register.job
    page = Paginator(queries.problems_of(register), PAGE).get_page(request.GET.get("page"))
    problems = queries.in_words(register, list(page))
    context = {
        "register": register,
        "name": files.name_of(register),
        "summary": register.summary,
        "groups": queries.groups_of(user, register),
        "problems": [(p, words.SEVERITIES[p.severity]) for p in problems],
        "page": page,
        "may_undo": register.state in _UNDOABLE,
        "has_file": register.sealed_name is not None,
        # Only who started the work may ask how far it is and stop it.
        "shown": as_shown(job) if job and job.started_by_id == user.pk else None,
        "job": job,
    }
    template = "running" if register.state == RegisterImport.State.RUNNING else "result"
    return render(request, f"circles/import_{template}.html", context)


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Ask, and undo the whole import."""
    user = signed_in(request)
    register = queries.one(user, import_id)
    if request.method == "POST":
        done = actions.undo(by=user, import_id=import_id)
        kept = len(done.summary["kept_folios"])
        if kept:
            text = _("Se deshizo la importación. Abajo está lo que se quedó porque ya se usaba.")
            messages.warning(request, text)
        else:
            messages.success(request, _("Se deshizo la importación completa."))
        return redirect("circles:register-import", import_id=import_id)
    if register.state not in _UNDOABLE:
        return redirect("circles:register-import", import_id=import_id)
    context = {"register": register, "name": files.name_of(register), "summary": register.summary}
    return render(request, "circles/import_undo.html", context)


@require_http_methods(["GET", "POST"])
def erase_file(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Ask, and erase the sealed file."""
    user = signed_in(request)
    register = queries.one(user, import_id)
    if request.method == "POST":
        actions.erase_file(by=user, import_id=import_id)
        messages.success(request, _("Se borró el archivo. Lo que se importó sigue en su lugar."))
        return redirect("circles:register-import", import_id=import_id)
    context = {"register": register, "name": files.name_of(register), "summary": register.summary}
    return render(request, "circles/import_erase.html", context)


@require_GET
def problems(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Send all problems as a sheet to work through, and write down that they left."""
    user = signed_in(request)
    register = queries.one(user, import_id)
    found = _all_problems(user, register, import_id)
    document = write_workbook([words.problems_sheet(found)])
    actions.write_down_problems(by=user, import_id=import_id, rows=len(found))
    return to_keep(document, "problemas.xlsx")


def _all_problems(user: User, register: RegisterImport, import_id: UUID) -> list[Problem]:
    if register.state == RegisterImport.State.DRAFT:
        draft = actions.open_import(by=user, import_id=import_id)
        return words.in_severity_order(queries.preview(user, draft).reading.plan.problems)
    return queries.in_words(register, list(queries.problems_of(register)))
