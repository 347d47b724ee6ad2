"""Offers, closing and opening again."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tequio.access.policies import not_visible
from tequio.survivors import door, words
from tequio.survivors.actions import ways
from tequio.survivors.actions.cases import OpenCase
from tequio.survivors.forms.ways import CloseForm, EndOfferForm, ReopenForm, TryForm
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules.covers import CLOSED, OPEN
from tequio.survivors.rules.sheets import Held, Offer
from tequio.survivors.views.asked import members, opened, status
from tequio.ui.forms import RefusalsOn
from tequio.ui.parts import Fact
from tequio.ui.templatetags.ui import day


@door.behind
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Close a case: why, what stays open, for how long it is kept."""
    found, _held = opened(wall, case_id)
    if found.cover.state != OPEN:
        raise not_visible()
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            typed = {**form.cleaned_data, "keep_months": int(form.cleaned_data["keep_months"])}
            ways.close(by=wall, case_id=case_id, **typed)
            return redirect("survivors:case", case_id=case_id)
    return _form(request, wall, found, form, "survivors/close.html")


@door.behind
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Open a closed case again."""
    found, _held = opened(wall, case_id)
    if found.cover.state != CLOSED:
        raise not_visible()
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            ways.reopen(by=wall, case_id=case_id, words=form.cleaned_data["words"])
            return redirect("survivors:case", case_id=case_id)
    return _form(request, wall, found, form, "survivors/reopen.html")


@door.behind
@require_http_methods(["GET"])
def offer(request: HttpRequest, wall: OpenWall, case_id: UUID, offer_id: UUID) -> HttpResponse:
    """Show an offer: who tries, by which way, until when."""
    found, held = _offer(wall, case_id, offer_id)
    return _offered(request, wall, found, held, TryForm(), EndOfferForm())


@door.behind
@require_POST
def tried(request: HttpRequest, wall: OpenWall, case_id: UUID, offer_id: UUID) -> HttpResponse:
    """Write down an attempt to reach her."""
    found, held = _offer(wall, case_id, offer_id)
    form = TryForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            ways.tried(by=wall, case_id=case_id, held=held, words=form.cleaned_data["words"])
            return redirect("survivors:offer", case_id=case_id, offer_id=offer_id)
    return _offered(request, wall, found, held, form, EndOfferForm())


@door.behind
@require_POST
def ended(request: HttpRequest, wall: OpenWall, case_id: UUID, offer_id: UUID) -> HttpResponse:
    """Write down how the offer ended."""
    found, held = _offer(wall, case_id, offer_id)
    form = EndOfferForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            ways.end_offer(by=wall, case_id=case_id, held=held, **form.cleaned_data)
            return redirect("survivors:case", case_id=case_id)
    return _offered(request, wall, found, held, TryForm(), form)


def _offer(wall: OpenWall, case_id: UUID, sheet_id: UUID) -> tuple[OpenCase, Held]:
    found, there = opened(wall, case_id)
    held = next((one for one in there if one.id == sheet_id and isinstance(one.body, Offer)), None)
    if held is None:
        raise not_visible()
    return found, held


def _offered(
    request: HttpRequest,
    wall: OpenWall,
    found: OpenCase,
    held: Held,
    attempt: TryForm,
    end: EndOfferForm,
) -> HttpResponse:
    context = {
        "wall": wall,
        "case": found.case,
        "cover": found.cover,
        "held": held,
        "offer": held.body,
        "attempt": attempt,
        "end": end,
        "offer_facts": _facts(wall, held),
    }
    code = max(status(attempt), status(end))
    return render(request, "survivors/offer.html", context, status=code)


def _facts(wall: OpenWall, held: Held) -> list[Fact]:
    offer = held.body
    assert isinstance(offer, Offer)  # noqa: S101 -- _offer picked this kind
    return [
        Fact(_("¿Quién lo intenta?"), members(wall).get(offer.who, offer.who)),
        Fact(_("¿Por qué camino?"), words.word(words.OFFER_WAYS, offer.way)),
        Fact(_("¿Dónde?"), offer.where),
        Fact(_("Hasta"), day(offer.until)),
        Fact(_("En qué quedó"), words.word(words.OFFER_OUTCOMES, offer.outcome)),
    ]


def _form(
    request: HttpRequest, wall: OpenWall, found: OpenCase, form: forms.Form, name: str
) -> HttpResponse:
    context = {"wall": wall, "case": found.case, "cover": found.cover, "form": form}
    return render(request, name, context, status=status(form))
