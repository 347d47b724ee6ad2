"""One in the network: what they promised, what was agreed, how they are tied."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick, require, require_everywhere
from tequio.access.requests import signed_in
from tequio.network import needs, tie_words
from tequio.network.actions import stakeholders as actions
from tequio.network.forms.stakeholders import (
    AgreementForm,
    CommitmentForm,
    EndForm,
    StakeholderForm,
    TieForm,
)
from tequio.network.models import Stakeholder, Tie
from tequio.network.policies.stakeholders import visible_to
from tequio.network.queries import stakeholders as queries
from tequio.network.views.network import standing_of, today_of
from tequio.territory import places
from tequio.ui.forms import RefusalsOn


@require_GET
def stakeholder(request: HttpRequest, stakeholder_id: UUID) -> HttpResponse:
    """Show one of the network."""
    return _page(request, signed_in(request), stakeholder_id)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add one."""
    user = signed_in(request)
    require_everywhere(user, Permission.NETWORK_WRITE)
    form = StakeholderForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            made = actions.add(by=user, who=form.who())
            messages.success(request, _("Ya está en la red. Di ahora con quién trabaja."))
            return redirect("network:stakeholder", stakeholder_id=made.pk)
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, stakeholder_id: UUID) -> HttpResponse:
    """Correct what is said of one."""
    user = signed_in(request)
    require_everywhere(user, Permission.NETWORK_WRITE)
    one = pick(visible_to(user), pk=stakeholder_id)
    form = StakeholderForm(
        request.POST if request.method == "POST" else None, initial=StakeholderForm.of(one)
    )
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            actions.change(by=user, stakeholder_id=one.pk, who=form.who())
            messages.success(request, _("Quedó corregido."))
            return redirect("network:stakeholder", stakeholder_id=one.pk)
    return _form(request, form, one)


@require_POST
def commit(request: HttpRequest, stakeholder_id: UUID) -> HttpResponse:
    """Say how far one goes along."""
    user, form = signed_in(request), CommitmentForm(request.POST, prefix="commit")
    return _kept(
        request,
        user,
        stakeholder_id,
        form,
        lambda: actions.commit(by=user, stakeholder_id=stakeholder_id, **form.cleaned_data),
    )


@require_POST
def agree(request: HttpRequest, stakeholder_id: UUID) -> HttpResponse:
    """Write down an agreement."""
    user, form = signed_in(request), AgreementForm(request.POST, prefix="agree")
    return _kept(
        request,
        user,
        stakeholder_id,
        form,
        lambda: actions.agree(by=user, stakeholder_id=stakeholder_id, said=form.agreed()),
    )


@require_POST
def tie(request: HttpRequest, stakeholder_id: UUID) -> HttpResponse:
    """Write down a tie, from either end."""
    user = signed_in(request)
    require_everywhere(user, Permission.NETWORK_WRITE)
    form = TieForm(request.POST, others=_others(user, stakeholder_id), prefix="tie")

    def write() -> Tie:
        said = form.cleaned_data
        side, kind = said["way"].split(":")
        ends = (stakeholder_id, UUID(said["other"]))
        source, target = ends if side == "out" else ends[::-1]
        return actions.tie(
            by=user,
            source_id=source,
            target_id=target,
            kind=kind,
            observed_on=said["observed_on"],
            told_by=said["told_by"],
        )

    return _kept(request, user, stakeholder_id, form, write)


@require_POST
def end_tie(request: HttpRequest, tie_id: UUID) -> HttpResponse:
    """Say that a tie is over."""
    user, form = signed_in(request), EndForm(request.POST)
    on = form.cleaned_data["on"] if form.is_valid() else today_of(user)
    over = actions.end_tie(by=user, tie_id=tie_id, on=on)
    messages.success(request, _("Anotado: ese lazo terminó. Sigue en los dibujos de antes."))
    return redirect("network:stakeholder", stakeholder_id=over.source_id)


@require_POST
def end_agreement(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """End an agreement before its day."""
    user, form = signed_in(request), EndForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {"on": today_of(user), "because": ""}
    over = actions.end_agreement(by=user, agreement_id=agreement_id, **said)
    messages.success(request, _("Anotado: el acuerdo terminó."))
    return redirect("network:stakeholder", stakeholder_id=over.stakeholder_id)


def _kept(
    request: HttpRequest,
    user: User,
    stakeholder_id: UUID,
    form: forms.Form,
    write: Callable[[], object],
) -> HttpResponse:
    """Write and go back to the page; or show it again with what is missing."""
    require_everywhere(user, Permission.NETWORK_WRITE)
    pick(visible_to(user), pk=stakeholder_id)
    if form.is_valid():
        with RefusalsOn(form):
            write()
            messages.success(request, _("Quedó anotado."))
            return redirect("network:stakeholder", stakeholder_id=stakeholder_id)
    return _page(request, user, stakeholder_id, form)


def _others(user: User, stakeholder_id: UUID) -> list[Stakeholder]:
    found = visible_to(user).exclude(pk=stakeholder_id).order_by("name_key", "pk")
    return list(found.only("name"))


def _page(
    request: HttpRequest, user: User, stakeholder_id: UUID, bound: forms.Form | None = None
) -> HttpResponse:
    require(user, Permission.NETWORK_READ)
    one = queries.everything_of(user, stakeholder_id)
    if one is None:
        raise not_visible()
    today = today_of(user)
    context = {
        "one": one,
        "needs": needs.said(one.needs),
        "place": places.say(one.municipality),
        "commitments": list(reversed(one.commitments.all())),
        "agreements": [(each, *standing_of(each, today)) for each in one.agreements.all()],
        "ties": [(tie, *_seen_from(tie, one)) for tie in queries.ties_of(user, stakeholder_id)],
        "today": today,
        "bound": bound,
        "may_write": user.scope(Permission.NETWORK_WRITE) is not None,
    }
    if context["may_write"]:
        context |= _forms(user, one, today, bound)
    return render(request, "network/stakeholder.html", context, status=422 if bound else 200)


def _seen_from(tie: Tie, one: Stakeholder) -> tuple[str, Stakeholder]:
    """The words of a tie from the side of one of the two, and the other."""
    inward = tie.target_id == one.pk
    words = tie_words.FROM_THE_END[Tie.Kind(tie.kind)] if inward else tie.get_kind_display()
    return str(words), tie.source if inward else tie.target


def _forms(
    user: User, one: Stakeholder, today: object, bound: forms.Form | None
) -> dict[str, forms.Form]:
    made: dict[str, forms.Form] = {
        "commit_form": CommitmentForm(prefix="commit", initial={"since": today}),
        "agree_form": AgreementForm(prefix="agree", initial={"starts_on": today}),
        "tie_form": TieForm(
            others=_others(user, one.pk), prefix="tie", initial={"observed_on": today}
        ),
    }
    return made if bound is None else {**made, f"{bound.prefix}_form": bound}


def _form(request: HttpRequest, form: StakeholderForm, one: Stakeholder | None) -> HttpResponse:
    context = {"form": form, "one": one, "municipalities": form["municipality"]}
    status = 422 if form.errors else 200
    return render(request, "network/stakeholder_form.html", context, status=status)
