"""Sheets of which a case may have several: one page to add one, one page to read and change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from tequio.access.policies import not_visible
from tequio.network.rules.referrals import AFTER
from tequio.survivors import door, words
from tequio.survivors.actions import judging, passing, sheets
from tequio.survivors.actions.cases import OpenCase
from tequio.survivors.forms.fields import SheetForm, holds
from tequio.survivors.forms.sheets import (
    BESIDE,
    BreachForm,
    ChildForm,
    MeasureForm,
    OrderForm,
    PlanForm,
    ReferralForm,
    ReferralStepForm,
    ReviewForm,
    RiskForm,
    ServiceForm,
)
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries.lines import line
from tequio.survivors.rules.sheets import (
    Body,
    Breach,
    Held,
    Looked,
    Order,
    Plan,
    Referral,
    Risk,
    Step,
)
from tequio.survivors.views import passing as passing_views
from tequio.survivors.views.asked import here, members, opened, status
from tequio.survivors.words import Words
from tequio.ui.forms import RefusalsOn
from tequio.ui.parts import Fact


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of sheet as its pages call it."""

    form: type[SheetForm]
    title: Words
    lead: Words


KINDS: Final[Mapping[str, Kind]] = {
    "riesgo": Kind(
        RiskForm,
        _("Valorar el peligro"),
        _("Pregunta con ella, una por una. Nada se suma: tú juzgas, con razones, y otra te lee."),
    ),
    "orden": Kind(
        OrderForm, _("Orden de protección"), _("Lo que dice el papel, y lo que pasa en la calle.")
    ),
    "canalizacion": Kind(
        ReferralForm,
        _("Canalizar"),
        _("Ella decide a quién, para qué y con qué datos. Lo menos que alcance."),
    ),
    "necesidad": Kind(
        ServiceForm, _("Algo que pidió"), _("Con la fecha se sabe cuánto tardó en llegarle.")
    ),
    "hija-o-hijo": Kind(
        ChildForm, _("Una hija o un hijo"), _("Una inicial y lo que haga falta para cuidarle.")
    ),
    "medida": Kind(
        MeasureForm, _("Lo que lo mantiene lejos"), _("De ella y de quien él haya lastimado.")
    ),
}
# A judgement is added and never changed; the others may be written anew.
_CHANGED: Final = {kind.form.SHEET: kind for slug, kind in KINDS.items() if slug != "riesgo"}


@door.behind
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, wall: OpenWall, case_id: UUID, sheet_kind: str) -> HttpResponse:
    """Add a sheet of one kind."""
    kind = KINDS.get(sheet_kind)
    if kind is None:
        raise not_visible()
    found, _held = opened(wall, case_id)
    sent = request.POST if request.method == "POST" else None
    form = kind.form(sent, initial=_today(wall), today=here(wall).date())
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            body = form.body(None, _given(kind, wall))
            sheets.write(by=wall, case_id=case_id, body=body)
            return redirect("survivors:case", case_id=case_id)
    context = {"wall": wall, "case": found.case, "cover": found.cover, "kind": kind, "form": form}
    name = "survivors/risk.html" if sheet_kind == "riesgo" else "survivors/sheet.html"
    return render(request, name, context, status=status(form))


@door.behind
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, wall: OpenWall, case_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Read a sheet, and change it where its kind may be changed."""
    found, held = _held(wall, case_id, sheet_id)
    kind = _CHANGED.get(type(held.body))
    if kind is None and request.method == "POST":
        raise not_visible()
    form = _filled(kind, held, request, here(wall).date()) if kind else None
    if kind and form and form.is_bound and form.is_valid():
        with RefusalsOn(form):
            body = form.body(held.body, {})
            over = replace(held, version=form.cleaned_data["version"] or held.version)
            sheets.rewrite(by=wall, case_id=case_id, held=over, body=body)
            return redirect("survivors:case", case_id=case_id)
    return _page(request, wall, found, held, form=form)


@door.behind
@require_POST
def breach(request: HttpRequest, wall: OpenWall, case_id: UUID, order_id: UUID) -> HttpResponse:
    """Add a day on which he did not keep an order."""
    found, held = _held(wall, case_id, order_id)
    order = held.body
    if not isinstance(order, Order):
        raise not_visible()
    form = BreachForm(request.POST, auto_id=BESIDE)
    if holds(form, "on", here(wall).date()):
        with RefusalsOn(form):
            broken = replace(order, breaches=(*order.breaches, Breach(**form.cleaned_data)))
            sheets.rewrite(by=wall, case_id=case_id, held=held, body=broken)
            return redirect("survivors:sheet", case_id=case_id, sheet_id=order_id)
    return _page(request, wall, found, held, step=form)


@door.behind
@require_POST
def step(request: HttpRequest, wall: OpenWall, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Write down what became of a referral."""
    found, held = _held(wall, case_id, referral_id)
    referral = held.body
    if not isinstance(referral, Referral):
        raise not_visible()
    form = ReferralStepForm(AFTER[referral.state], request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            passing.go_on(by=wall, case_id=case_id, held=held, step=Step(**form.cleaned_data))
            return redirect("survivors:sheet", case_id=case_id, sheet_id=referral_id)
    return _page(request, wall, found, held, step=form)


@door.behind
@require_POST
def review(request: HttpRequest, wall: OpenWall, case_id: UUID, risk_id: UUID) -> HttpResponse:
    """Put the second name under a judgement."""
    found, held = _held(wall, case_id, risk_id)
    form = ReviewForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            judging.review(by=wall, case_id=case_id, held=held, words=form.cleaned_data["words"])
            return redirect("survivors:case", case_id=case_id)
    return _page(request, wall, found, held, step=form)


@door.behind
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Write her safety plan with her, and say when it is looked at again."""
    found, held = opened(wall, case_id)
    there = next((one for one in held if isinstance(one.body, Plan)), None)
    initial = {**PlanForm.shown(there.body), "version": there.version} if there else {}
    today = here(wall).date()
    sent = request.POST if request.method == "POST" else None
    form = PlanForm(sent, initial=initial, today=today)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            body = form.body(there.body if there else None, {"on": today})
            assert isinstance(body, Plan)  # noqa: S101 -- the form makes this kind
            looked = replace(body, reviewed=(*body.reviewed, Looked(today, wall.user.login)))
            over = there and replace(there, version=form.cleaned_data["version"] or there.version)
            sheets.put(by=wall, case_id=case_id, held=over, body=looked)
            return redirect("survivors:case", case_id=case_id)
    context = {"wall": wall, "case": found.case, "cover": found.cover, "form": form}
    return render(request, "survivors/plan.html", context, status=status(form))


def _held(wall: OpenWall, case_id: UUID, sheet_id: UUID) -> tuple[OpenCase, Held]:
    found, there = opened(wall, case_id)
    held = next((one for one in there if one.id == sheet_id), None)
    if held is None:
        raise not_visible()
    return found, held


def _filled(kind: Kind, held: Held, request: HttpRequest, today: date) -> SheetForm:
    initial = {**kind.form.shown(held.body), "version": held.version}
    sent = request.POST if request.method == "POST" else None
    return kind.form(sent, initial=initial, today=today)


def _page(
    request: HttpRequest,
    wall: OpenWall,
    found: OpenCase,
    held: Held,
    *,
    form: SheetForm | None = None,
    step: forms.Form | None = None,
) -> HttpResponse:
    body = held.body
    kind = _CHANGED.get(type(body))
    if form is None and kind:
        form = kind.form(initial={**kind.form.shown(body), "version": held.version})
    context = {
        "wall": wall,
        "case": found.case,
        "cover": found.cover,
        "held": held,
        "line": line(held, here(wall).date()),
        "kind": kind,
        "form": form,
        "step": step or _next(body),
    }
    if isinstance(body, Risk):
        context |= _judged(wall, body)
    if isinstance(body, Order):
        context["breaches"] = [
            (one.on, words.word(words.REPORTED, one.reported), one.words) for one in body.breaches
        ]
    if isinstance(body, Referral):
        context |= passing_views.shown(request, wall, body)
    name = "survivors/judged.html" if isinstance(body, Risk) else "survivors/sheet.html"
    failed = step if step is not None else form
    return render(request, name, context, status=status(failed) if failed else 200)


def _judged(wall: OpenWall, risk: Risk) -> dict[str, Any]:
    names = members(wall)
    return {
        "judged_by": names.get(risk.judged_by, risk.judged_by),
        "reviewed_by": names.get(risk.reviewed_by, risk.reviewed_by),
        "is_mine": risk.judged_by == wall.user.login,
        "factors": [
            Fact(words.word(words.FACTORS, one.factor), words.word(words.PRESENCE, one.is_there))
            for one in risk.factors
        ],
    }


def _next(body: Body) -> forms.Form | None:
    if isinstance(body, Order):
        return BreachForm(auto_id=BESIDE)
    if isinstance(body, Referral) and AFTER[body.state]:
        return ReferralStepForm(AFTER[body.state])
    if isinstance(body, Risk) and not body.reviewed_by:
        return ReviewForm()
    return None


def _today(wall: OpenWall) -> dict[str, Any]:
    day = here(wall).date()
    return dict.fromkeys(("on", "asked_on", "agreed_on", "sent_on"), day)


def _given(kind: Kind, wall: OpenWall) -> dict[str, Any]:
    """Return what the page knows by itself."""
    day = here(wall).date()
    if kind.form is RiskForm:
        return {"on": day, "judged_by": wall.user.login}
    if kind.form is ChildForm:
        return {"on": day}
    return {"today": day} if kind.form is ReferralForm else {}
