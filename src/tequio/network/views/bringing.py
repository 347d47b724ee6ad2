"""Bringing in a directory: the file, how far it is, and the report of every line."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.access.requests import signed_in
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.jobs.shown import as_shown
from tequio.network import mended_words
from tequio.network.actions import importing as actions
from tequio.network.forms.services import BringForm
from tequio.network.models import DirectoryImport, ImportLine
from tequio.network.queries import services as queries
from tequio.ui.parts import Link

PAGE: Final = 40
LINES: Final = 50
_LOOKS: Final = {"torn": "look", "unreadable": "problem", "incomplete": "look", "merged": "still"}


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """List what was brought in; take in a file."""
    user = signed_in(request)
    require_everywhere(user, Permission.DIRECTORY_WRITE)
    posted = request.method == "POST"
    form = BringForm(request.POST, request.FILES) if posted else BringForm()
    if posted and form.is_valid():
        made = _received(user, form)
        if made is not None:
            return redirect("network:directory-import", brought_id=made.pk)
    page = Paginator(queries.imports(user), PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "network/directory_imports.html", context, status=status)


def _received(user: User, form: BringForm) -> DirectoryImport | None:
    upload = form.cleaned_data["file"]
    try:
        return actions.receive(
            by=user, name=upload.name or "", data=upload.read(), source=form.cleaned_data["source"]
        )
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        form.add_error("file", str(error))
        return None


@require_GET
def brought(request: HttpRequest, brought_id: UUID) -> HttpResponse:
    """Show an import: how far it is, or what became of every line."""
    user = signed_in(request)
    require_everywhere(user, Permission.DIRECTORY_WRITE)
    one = pick(queries.imports(user), pk=brought_id)
    if one.state == DirectoryImport.State.RUNNING:
        mine = one.job is not None and one.job.started_by_id == user.pk
        shown = as_shown(one.job) if one.job is not None and mine else None
        return render(request, "network/directory_importing.html", {"one": one, "shown": shown})
    outcome = request.GET.get("cuales", "")
    page = Paginator(queries.lines(one, outcome), LINES).get_page(request.GET.get("page"))
    context = {
        "one": one,
        "tabs": _tabs(one, outcome),
        "page": page,
        "lines": [
            (line, mended_words.said(line.mended), _LOOKS.get(line.outcome, "")) for line in page
        ],
        "services": one.counts.get("services", 0),
        "mended": one.counts.get("mended", 0),
        "read": sum(one.counts.get(each, 0) for each in ImportLine.Outcome.values),
        "query": urlencode({"cuales": outcome}) if outcome else "",
    }
    return render(request, "network/directory_import.html", context)


@require_POST
def undo(request: HttpRequest, brought_id: UUID) -> HttpResponse:
    """Take back what an import brought."""
    actions.undo(by=signed_in(request), import_id=brought_id)
    messages.success(
        request, _("Se quitó lo que trajo esta importación. Lo que alguien ya comprobó se queda.")
    )
    return redirect("network:directory-import", brought_id=brought_id)


def _tabs(one: DirectoryImport, outcome: str) -> list[Link]:
    total = sum(one.counts.get(each, 0) for each in ImportLine.Outcome.values)
    labels = {"": _("Todo"), **{each.value: str(each.label) for each in ImportLine.Outcome}}
    labels["mended"] = _("Se reparó algo")
    counted = {**one.counts, "": total}
    return [
        Link(
            label,
            f"?cuales={key}" if key else "?",
            current=key == outcome,
            count=counted.get(key, 0),
        )
        for key, label in labels.items()
        if counted.get(key, 0) or key == outcome
    ]
