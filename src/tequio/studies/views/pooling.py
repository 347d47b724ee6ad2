"""Several organisations together: agreements, packets, and what they say."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.access.requests import signed_in
from tequio.circles.retention.figures import language
from tequio.core.errors import DomainError
from tequio.studies import pool_paper
from tequio.studies import pool_terms as terms
from tequio.studies import pool_words as words
from tequio.studies.actions import pooling as actions
from tequio.studies.forms.pooling import BringForm, JoinForm, ProposeForm
from tequio.studies.queries import pooling as queries
from tequio.ui import files
from tequio.ui.addresses import address
from tequio.ui.forms import RefusalsOn
from tequio.ui.parts import Link


@require_GET
def pools(request: HttpRequest) -> HttpResponse:
    """List the agreements."""
    user = _reader(request)
    context = {"rows": queries.agreements(user), "may_share": _may_share(user)}
    return render(request, "studies/pools.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Propose an agreement."""
    user = _sharer(request)
    form = ProposeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            named = form.cleaned_data["named"] == "yes"
            made = actions.propose(by=user, chosen=form.chosen(), named=named)
            messages.success(request, _("El acuerdo está hecho. Entrega la llave en persona."))
            return redirect("studies:pool", made.pk)
    return _form(request, "studies/pool_new.html", form)


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Join what another organisation proposed."""
    user = _sharer(request)
    posted = request.method == "POST"
    form = JoinForm(request.POST, request.FILES) if posted else JoinForm()
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        with RefusalsOn(form):
            file = said["file"].read(actions.LARGEST).decode(errors="replace")
            made = actions.join(by=user, file=file, key=said["key"], named=said["named"] == "yes")
            messages.success(request, _("Tu organización entró al acuerdo."))
            return redirect("studies:pool", made.pk)
    return _form(request, "studies/pool_join.html", form)


@require_GET
def pool(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    """Show an agreement: who has sent, and what all of them say together."""
    user = _reader(request)
    found = queries.pool(user, pool_id)
    names = words.shown(found.packets, found.own)
    unit = terms.unit_of(found.agreement)
    answer = words.answer(found.answer, unit, names, found.own) if found.answer else None
    context = {
        "agreement": found.agreement,
        "terms": terms.terms(found.agreement, found.design),
        "packets": [(packet, names[packet.label]) for packet in found.packets],
        "own": found.own,
        "answer": answer,
        "refused": found.refused.text(language()) if found.refused else "",
        "stays": terms.stays(),
        "may_share": _may_share(user),
        "crumbs": _crumbs(),
    }
    return render(request, "studies/pool.html", context)


@require_GET
def file(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    """Send the agreement for the others. It holds no key and nothing of any man."""
    user = _sharer(request)
    agreement, text = queries.agreement_file(user, pool_id)
    return files.to_keep(text.encode(), f"acuerdo-{agreement.code}.json")


@require_POST
def sheet(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    """Print the key, to be handed over in person."""
    user = _sharer(request)
    agreement, key = actions.show_key(by=user, agreement_id=pool_id)
    made = pool_paper.pdf(agreement, key)
    return files.to_keep(made, f"llave-{agreement.code}.pdf")


@require_http_methods(["GET", "POST"])
def packet(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    """Show exactly what would leave, and make the packet once it was read."""
    user = _sharer(request)
    agreement = queries.one(user, pool_id)
    if request.method == "GET" and agreement.packets.filter(own=True).exists():
        return redirect("studies:pool", pool_id)
    rows = queries.data_sets(user, agreement)
    chosen = _chosen(request, [row.pk for row in rows])
    problem, found = "", None
    if request.method == "POST" and chosen is not None:
        try:
            actions.sum_up(by=user, agreement_id=pool_id, data_set_id=chosen)
            messages.success(request, _("Tu paquete está hecho. Descárgalo y envíalo a las demás."))
            return redirect("studies:pool", pool_id)
        except DomainError as error:
            problem = f"{error} {error.hint}".strip()
    if chosen is not None and not problem:
        try:
            found = queries.preview(user, agreement, chosen)
        except DomainError as error:
            problem = f"{error} {error.hint}".strip()
    context: dict[str, Any] = {
        "agreement": agreement,
        "data_sets": rows,
        "preview": found,
        "problem": problem,
        "stays": terms.stays(),
        "crumbs": _crumbs(agreement.title, agreement.pk),
    }
    if found is not None:
        context |= {
            "cells": terms.cells(found.packet),
            "loss": terms.loss(found.packet),
            "alike": terms.all_alike(found.packet, terms.unit_of(agreement)),
        }
    status = 422 if problem or (request.method == "POST" and chosen is None) else 200
    return render(request, "studies/pool_packet.html", context, status=status)


@require_POST
def packet_file(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    """Send our packet, and write down that it left."""
    user = _sharer(request)
    agreement, text = actions.send(by=user, agreement_id=pool_id)
    return files.to_keep(text.encode(), f"paquete-{agreement.code}.json")


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    """Take in the packet of another organisation."""
    user = _sharer(request)
    agreement = queries.one(user, pool_id)
    posted = request.method == "POST"
    form = BringForm(request.POST, request.FILES) if posted else BringForm()
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            data = form.cleaned_data["file"].read(actions.LARGEST + 1)
            actions.bring(by=user, agreement_id=pool_id, data=data)
            messages.success(request, _("El paquete quedó contado: firma y reglas coinciden."))
            return redirect("studies:pool", pool_id)
    crumbs = _crumbs(agreement.title, agreement.pk)
    return _form(request, "studies/pool_bring.html", form, agreement=agreement, crumbs=crumbs)


@require_POST
def drop(request: HttpRequest, packet_id: UUID) -> HttpResponse:
    """Take out a packet of another organisation."""
    pool_id = actions.drop(by=_sharer(request), packet_id=packet_id)
    messages.success(request, _("Ese paquete ya no cuenta."))
    return redirect("studies:pool", pool_id)


def _reader(request: HttpRequest) -> User:
    user = signed_in(request)
    require_everywhere(user, Permission.MONITOR_READ)
    return user


def _sharer(request: HttpRequest) -> User:
    user = signed_in(request)
    require_everywhere(user, Permission.POOL_SHARE)
    return user


def _may_share(user: User) -> bool:
    return user.scope(Permission.POOL_SHARE) is not None


def _chosen(request: HttpRequest, known: list[UUID]) -> UUID | None:
    """Return which rows were chosen; where there is one set alone, that one."""
    asked = (request.POST if request.method == "POST" else request.GET).get("datos", "")
    return next((key for key in known if str(key) == asked), known[0] if len(known) == 1 else None)


def _form(request: HttpRequest, template: str, form: Any, **context: object) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, template, {"crumbs": _crumbs(), **context, "form": form}, status=status)


def _crumbs(title: str = "", key: UUID | None = None) -> list[Link]:
    found = [Link(_("Varias juntas"), address("studies:pools"))]
    if key is not None:
        found.append(Link(title, address("studies:pool", key)))
    return found
