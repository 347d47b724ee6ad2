"""From findings to decisions to the next plan; what nobody acted on stands first."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tequio.access.policies import pick
from tequio.core import clock
from tequio.network import definitions
from tequio.network.actions import learning as actions
from tequio.network.forms.cycle import DecisionForm, FindingForm, PlanForm
from tequio.network.models import PlanLine
from tequio.network.policies.learning import findings_visible_to
from tequio.network.queries import communities
from tequio.network.queries import findings as queries
from tequio.network.rules.cycle import year_of
from tequio.network.views.filling import Page, crumbs, fill, may_write, reader, sent, writer
from tequio.ui.addresses import address


@require_GET
def learning(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Show every finding: what was decided, what changed, and what nobody acted on."""
    user = reader(request)
    community = communities.one(user, community_id)
    lines = queries.lines(user, community)
    model = definitions.find(community.model_slug, community.model_version)
    context = {
        "community": community,
        "ignored": [line for line in lines if line.ignored],
        "others": [line for line in lines if not line.ignored],
        "plans": queries.plans(user, community),
        "objectives": model.objectives if model else (),
        "may_write": may_write(user),
        "crumbs": crumbs(community),
    }
    return render(request, "network/learning.html", context)


@require_http_methods(["GET", "POST"])
def new_finding(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Write down what was learned."""
    user = writer(request)
    community = communities.one(user, community_id)
    form = FindingForm(sent(request), initial={"on": clock.today(user.organisation.timezone)})
    back = address("network:learning", community_id)
    page = Page(
        title=_("Un hallazgo"),
        subtitle=_("Lo que se aprendió, guste o no. Después no se puede cambiar ni quitar."),
        crumbs=crumbs(community, (_("Lo aprendido"), back)),
        back=back,
    )
    return fill(
        request,
        form,
        page,
        lambda: actions.find(by=user, community_id=community_id, found=form.found()),
        _("Quedó anotado. Falta decidir qué se hace con eso."),
    )


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """Decide what is done about a finding."""
    user = writer(request)
    finding = pick(findings_visible_to(user).select_related("community"), pk=finding_id)
    form = DecisionForm(sent(request), initial={"on": clock.today(user.organisation.timezone)})
    back = address("network:learning", finding.community_id)
    page = Page(
        title=_("Qué se decide"),
        subtitle=finding.what,
        crumbs=crumbs(finding.community, (_("Lo aprendido"), back)),
        back=back,
    )
    return fill(
        request,
        form,
        page,
        lambda: actions.decide(by=user, finding_id=finding_id, decided=form.decided()),
        _("Quedó la decisión. Falta escribir en el plan qué cambia."),
    )


@require_http_methods(["GET", "POST"])
def new_line(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Write a line into a year's plan."""
    user = writer(request)
    community = communities.one(user, community_id)
    now = year_of(community.started_on, clock.today(user.organisation.timezone))
    lines = list(queries.followable(user, community))
    decisions = list(queries.decided(user, community))
    start = {"year": _next_year(lines, now), "because": request.GET.get("decision", "")}
    form = PlanForm(range(1, now + 2), lines, decisions, sent(request), initial=start)
    back = address("network:learning", community_id)
    page = Page(
        title=_("Un renglón del plan"),
        subtitle=_("Lo que cambia dice de qué renglón viene y por qué decisión."),
        crumbs=crumbs(community, (_("Lo aprendido"), back)),
        back=back,
    )
    return fill(
        request,
        form,
        page,
        lambda: actions.plan(by=user, community_id=community_id, planned=form.planned()),
        _("Quedó en el plan."),
    )


def _next_year(lines: list[PlanLine], now: int) -> int:
    """Whoever has a plan writes the next one; whoever has none writes this year's."""
    return min(max((line.year for line in lines), default=now - 1) + 1, now + 1)
