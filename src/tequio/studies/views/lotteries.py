"""The doors of a comparison: what may be drawn here and what not, and announcing a lottery."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick, require, require_everywhere
from tequio.access.requests import signed_in
from tequio.circles.policies import groups_visible_to
from tequio.core import clock
from tequio.programmes.models import Edition, Site
from tequio.programmes.policies import editions_visible_to, sites_visible_to
from tequio.studies import lottery_words
from tequio.studies.actions import lotteries as actions
from tequio.studies.forms.lotteries import CallsForm, OrderForm, WaitForm
from tequio.studies.models import Lottery, Study
from tequio.studies.policies.studies import studies_visible_to
from tequio.studies.queries import comparisons, waiting
from tequio.studies.queries import lotteries as queries
from tequio.studies.queries.waiting import Queue
from tequio.studies.rules.lotteries import Offer
from tequio.ui.forms import RefusalsOn

# The words of an address, and what they announce.
KINDS = {"llamadas": Lottery.Kind.CALLS, "sedes": Lottery.Kind.SITES, "grupos": Lottery.Kind.GROUPS}


@require_GET
def ways(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Show where a lottery of seats may be offered, and what else could be compared."""
    user = signed_in(request)
    require(user, Permission.STUDY_READ)
    study = pick(studies_visible_to(user), pk=study_id)
    today = _today(user)
    found = waiting.queues(user, today)
    drawn = queries.lotteries(user)
    going = queries.in_course(drawn, today)
    context = {
        "study": study,
        "lines": [_line(one) | {"going": going.get(one.edition.pk)} for one in found],
        "lotteries": [one for one in drawn if one.study_id == study.pk],
        "comparisons": comparisons.comparisons(user, study),
        "may_run": user.scope(Permission.LOTTERY_RUN) is not None,
        "of_women": study.informant == Study.Informant.WOMEN,
    }
    return render(request, "studies/lottery_ways.html", context)


@require_http_methods(["GET", "POST"])
def announce_seats(request: HttpRequest, study_id: UUID, edition_id: UUID) -> HttpResponse:
    """Announce a lottery of the seats of an edition, where accepted men exceed them."""
    user = signed_in(request)
    study, edition = _mine(user, study_id), pick(editions_visible_to(user), pk=edition_id)
    site = _site(user, request.GET.get("sede", ""))
    line = waiting.queue(edition, site, _today(user))
    form = WaitForm(
        request.POST if request.method == "POST" else None,
        initial={"max_delay_days": line.longest_wait},
    )
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            made = actions.announce(
                by=user,
                study_id=study.pk,
                said=form.announced(edition.pk, site.pk if site else None),
            )
            return _announced(request, made)
    context = {"line": _line(line), "sites": list(sites_visible_to(user).order_by("name", "pk"))}
    return _form(request, study, form, Lottery.Kind.WAIT, **context)


@require_http_methods(["GET", "POST"])
def announce(request: HttpRequest, study_id: UUID, drawing: str) -> HttpResponse:
    """Announce a lottery of calls, or of the order in which sites or groups start."""
    user = signed_in(request)
    study = _mine(user, study_id)
    wanted = KINDS.get(drawing)
    if wanted is None:
        raise not_visible()
    sent = request.POST if request.method == "POST" else None
    form: CallsForm | OrderForm
    if wanted == Lottery.Kind.CALLS:
        form = CallsForm(sent, editions=[(str(one.pk), one.name) for one in _editions(user)])
    else:
        form = OrderForm(sent, places=_places(user, wanted))
    if form.is_bound and form.is_valid():
        said = form.announced() if isinstance(form, CallsForm) else form.announced(wanted)
        with RefusalsOn(form):
            return _announced(request, actions.announce(by=user, study_id=study.pk, said=said))
    return _form(request, study, form, wanted)


def _announced(request: HttpRequest, made: Lottery) -> HttpResponse:
    messages.success(
        request, _("El compromiso ya es público. Imprime la hoja y pégala donde la vean todos.")
    )
    return redirect("studies:lottery", lottery_id=made.pk)


def _form(
    request: HttpRequest, study: Study, form: forms.Form, kind: str, **more: object
) -> HttpResponse:
    context = {"study": study, "form": form, "kind": Lottery.Kind(kind), **more}
    status = 422 if form.errors else 200
    return render(request, "studies/lottery_announce.html", context, status=status)


def _mine(user: User, study_id: UUID) -> Study:
    require(user, Permission.STUDY_READ)
    study = pick(studies_visible_to(user), pk=study_id)
    require_everywhere(user, Permission.LOTTERY_RUN)
    return study


def _editions(user: User) -> QuerySet[Edition]:
    return editions_visible_to(user).filter(signed_at__isnull=False).order_by("name", "pk")


def _places(user: User, kind: str) -> list[tuple[str, str]]:
    if kind == Lottery.Kind.SITES:
        return [(str(one.pk), one.name) for one in sites_visible_to(user).order_by("name", "pk")]
    groups = groups_visible_to(user).filter(closed_on__isnull=True, import_id__isnull=True)
    return [(str(one.pk), one.name) for one in groups.order_by("name", "pk")]


def _site(user: User, key: str) -> Site | None:
    return pick(sites_visible_to(user), pk=key) if key else None


def _today(user: User) -> date:
    return clock.today(user.organisation.timezone)


def _line(one: Queue) -> dict[str, object]:
    return {
        "queue": one,
        "offered": one.offer is Offer.YES,
        "counted": lottery_words.counted(one.now),
        "why": lottery_words.OFFER[one.offer],
    }
