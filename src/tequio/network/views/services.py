"""The directory for ours: looking up, correcting, checking, saying that something failed."""

from __future__ import annotations

import json
from datetime import date
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require, require_everywhere
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.network import hsds_out, needs
from tequio.network.actions import services as actions
from tequio.network.entries import Entry, entries
from tequio.network.forms.services import FailureForm, ServiceForm
from tequio.network.models import Service
from tequio.network.policies.services import visible_to
from tequio.network.queries import services as queries
from tequio.territory import places
from tequio.ui import files
from tequio.ui.forms import RefusalsOn
from tequio.ui.parts import Link

PAGE: Final = 30


def _today(user: User) -> date:
    return clock.today(user.organisation.timezone)


@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    """List the directory: what may be believed first, what is stale or failed last."""
    user = signed_in(request)
    require(user, Permission.DIRECTORY_READ)
    today, which = _today(user), request.GET.get("cuales", "")
    asked = queries.Asked(
        need=_known(request.GET.get("need", ""), needs.NEEDS),
        state=_known(request.GET.get("state", ""), [one.key for one in places.states()]),
        words=request.GET.get("q", "").strip()[:80],
    )
    found = queries.for_us(user, asked, which, today)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    kept = {"need": asked.need, "state": asked.state, "q": asked.words}
    context = {
        "asked": asked,
        "which": which,
        "tabs": _tabs(user, today, which, kept),
        "page": page,
        "entries": entries(list(page), today),
        "query": urlencode(
            {name: value for name, value in (kept | {"cuales": which}).items() if value}
        ),
        "needs": needs.Need.choices,
        "states": places.states(),
        "near": request.build_absolute_uri(reverse("network:near", args=[user.organisation.slug])),
        "may_write": user.scope(Permission.DIRECTORY_WRITE) is not None,
    }
    return render(request, "network/directory.html", context)


@require_GET
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Show everything that is known of a service."""
    return _page(request, signed_in(request), entry_id)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add one."""
    user = signed_in(request)
    require_everywhere(user, Permission.DIRECTORY_WRITE)
    form = ServiceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            made = actions.add(by=user, said=form.said())
            messages.success(
                request, _("Quedó anotado. Nadie lo ve afuera hasta que alguien lo compruebe.")
            )
            return redirect("network:entry", entry_id=made.pk)
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Correct one; somebody checks it again."""
    user = signed_in(request)
    require_everywhere(user, Permission.DIRECTORY_WRITE)
    one = pick(visible_to(user).select_related("provider"), pk=entry_id)
    form = ServiceForm(
        request.POST if request.method == "POST" else None, initial=ServiceForm.of(one)
    )
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            actions.change(by=user, service_id=one.pk, said=form.said())
            messages.success(
                request, _("Quedó corregido. Llama y compruébalo para que se muestre.")
            )
            return redirect("network:entry", entry_id=one.pk)
    return _form(request, form, one)


@require_POST
def verify(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Say that one has called there."""
    user = signed_in(request)
    try:
        actions.verify(by=user, service_id=entry_id)
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("network:correct-entry", entry_id=entry_id)
    messages.success(request, _("Anotado: hoy llamaste y todo está bien. Ya se puede mostrar."))
    return redirect("network:entry", entry_id=entry_id)


@require_POST
def fail(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Say that it failed."""
    user, form = signed_in(request), FailureForm(request.POST)
    require(user, Permission.DIRECTORY_READ)
    pick(visible_to(user), pk=entry_id)
    if form.is_valid():
        try:
            actions.report(by=user, service_id=entry_id, **form.cleaned_data)
        except (Forbidden, NotVisible):
            raise
        except DomainError as error:
            form.add_error("on", str(error))
        else:
            messages.success(request, _("Gracias. Quien cuida el directorio lo va a revisar."))
            return redirect("network:entry", entry_id=entry_id)
    return _page(request, user, entry_id, form)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Hand the directory out as HSDS 3.0."""
    user = signed_in(request)
    require_everywhere(user, Permission.DIRECTORY_WRITE)
    found = hsds_out.services(queries.for_export(user))
    made = json.dumps(found, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
    return files.to_keep(made.encode(), "directorio-hsds.json")


def _known(value: str, among: object) -> str:
    return value if value in among else ""  # type: ignore[operator]


def _tabs(user: User, today: date, which: str, kept: dict[str, str]) -> list[Link]:
    counted = queries.counts(user, today)
    labels = {
        "": _("Todos"),
        "shown": _("Se muestran"),
        "to_check": _("Por comprobar"),
        "failed": _("Con fallas"),
        "gone": _("Ya no funcionan"),
    }
    said = {name: value for name, value in kept.items() if value}
    return [
        Link(
            label, f"?{urlencode(said | {'cuales': key})}", current=key == which, count=counted[key]
        )
        for key, label in labels.items()
    ]


def _page(
    request: HttpRequest, user: User, entry_id: UUID, bound: forms.Form | None = None
) -> HttpResponse:
    require(user, Permission.DIRECTORY_READ)
    found = visible_to(user).select_related("provider", "brought_by")
    one = pick(found.prefetch_related("phones", "openings").defer("brought_by__file"), pk=entry_id)
    today = _today(user)
    context = {
        "entry": Entry(one, today),
        "one": one,
        "failures": one.failures.select_related("reported_by")[:PAGE],
        "form": bound or FailureForm(initial={"on": today}),
        "bound": bound,
        "may_write": user.scope(Permission.DIRECTORY_WRITE) is not None,
    }
    return render(request, "network/entry.html", context, status=422 if bound else 200)


def _form(request: HttpRequest, form: ServiceForm, one: Service | None) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "network/entry_form.html", {"form": form, "one": one}, status=status)
