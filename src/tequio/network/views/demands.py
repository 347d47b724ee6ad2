"""Demands, the assembly that puts them in order, and what is done about them."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tequio.access.policies import not_visible, pick
from tequio.core import clock
from tequio.network import poster
from tequio.network.actions import demands as actions
from tequio.network.actions import doing
from tequio.network.forms.demands import (
    ActionForm,
    AssemblyForm,
    DemandForm,
    StepForm,
    VotesForm,
)
from tequio.network.models import Committee, Community, Meeting
from tequio.network.policies.learning import committees_visible_to
from tequio.network.queries import communities
from tequio.network.queries import demands as queries
from tequio.network.views.filling import Page, crumbs, fill, may_write, reader, sent, writer
from tequio.ui import files
from tequio.ui.addresses import address
from tequio.ui.parts import Link

_A_PAGE = 40


@require_GET
def demands(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """List what a community needs, the chosen first."""
    user = reader(request)
    community = communities.one(user, community_id)
    lines = Paginator(queries.demands(user, community), _A_PAGE)
    context = {
        "community": community,
        "page": lines.get_page(request.GET.get("page")),
        "assemblies": queries.assemblies(user, community)[:_A_PAGE],
        "may_write": may_write(user),
        "crumbs": crumbs(community),
    }
    return render(request, "network/demands.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Write down a need that was voiced."""
    user = writer(request)
    community = communities.one(user, community_id)
    form = DemandForm(sent(request), initial={"voiced_on": clock.today(user.organisation.timezone)})
    page = Page(
        title=_("Anotar una demanda"),
        subtitle=_("Lo que hace falta en el barrio, sin decir quién lo vive."),
        crumbs=_demand_crumbs(community),
        back=address("network:demands", community_id),
    )
    return fill(
        request,
        form,
        page,
        lambda: actions.voice(by=user, community_id=community_id, voiced=form.voiced()),
        _("Quedó anotada. Espera su turno en la próxima asamblea."),
    )


@require_http_methods(["GET", "POST"])
def new_assembly(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Open an assembly."""
    user = writer(request)
    community = communities.one(user, community_id)
    start = {
        "held_on": clock.today(user.organisation.timezone),
        "votes_each": 3,
        "how_many_go_first": 3,
    }
    form = AssemblyForm(sent(request), initial=start)
    page = Page(
        title=_("Una asamblea"),
        subtitle=_("Primero se acuerda cómo se vota; después se cuentan las manos."),
        crumbs=_demand_crumbs(community),
        back=address("network:demands", community_id),
        submit=_("Abrir el acta"),
    )
    return fill(
        request,
        form,
        page,
        lambda: actions.gather(by=user, community_id=community_id, gathering=form.gathering()),
        _("El acta está abierta. Ábrela para anotar los votos."),
    )


@require_http_methods(["GET", "POST"])
def assembly(request: HttpRequest, assembly_id: UUID) -> HttpResponse:
    """Show an assembly; while its minutes are open, take the votes."""
    user = reader(request)
    if request.method == "POST":
        writer(request)
    found = queries.assembly(user, assembly_id)
    closed = found.closed_at is not None
    form = VotesForm([] if closed else queries.votable(user, found.community), sent(request))
    page = Page(
        title=_("Asamblea"),
        crumbs=_demand_crumbs(found.community),
        back=address("network:assembly", assembly_id),
        submit=_("Cerrar el acta"),
    )
    return fill(
        request,
        form,
        page,
        lambda: actions.close_assembly(
            by=user,
            assembly_id=assembly_id,
            votes=form.votes(),
            second=form.second(),
            minutes=form.cleaned_data["minutes"],
        ),
        _("El acta quedó cerrada y las demandas, en su orden."),
        "network/assembly.html",
        found=found,
        may_write=may_write(user),
    )


@require_GET
def doings(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """List what was taken on: what is open first, by day."""
    user = reader(request)
    community = communities.one(user, community_id)
    rows = queries.actions(user, community).order_by("finished_on", "due_on", "pk")
    context = {
        "community": community,
        "page": Paginator(rows, _A_PAGE).get_page(request.GET.get("page")),
        "today": clock.today(user.organisation.timezone),
        "may_write": may_write(user),
        "crumbs": crumbs(community),
    }
    return render(request, "network/doings.html", context)


@require_http_methods(["GET", "POST"])
def new_doing(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Take something on; it may come from a demand or from a committee's meeting."""
    user = writer(request)
    community = communities.one(user, community_id)
    meeting = _meeting(request, list(committees_visible_to(user).filter(community=community)))
    start = {
        "demand": request.GET.get("demanda", ""),
        "committee": meeting.committee_id if meeting else "",
        "kind": "own",
        "on_the_wall": True,
    }
    committees = list(committees_visible_to(user).filter(community=community, ended_on=None))
    form = ActionForm(queries.votable(user, community), committees, sent(request), initial=start)
    page = Page(
        title=_("Una acción"),
        subtitle=_("Con quién se encarga y para cuándo. Un acuerdo sin eso es un deseo."),
        crumbs=crumbs(community, (_("Acciones"), address("network:doings", community_id))),
        back=address("network:committee", meeting.committee_id)
        if meeting
        else address("network:doings", community_id),
    )
    return fill(
        request,
        form,
        page,
        lambda: doing.take_on(
            by=user, community_id=community_id, taken=form.taken(meeting.pk if meeting else None)
        ),
        _("Quedó anotada. Ese día aparece en Hoy."),
    )


def _meeting(request: HttpRequest, committees: list[Committee]) -> Meeting | None:
    asked = request.GET.get("reunion")
    if not asked:
        return None
    try:
        key = UUID(asked)
    except ValueError as error:
        raise not_visible() from error
    return pick(Meeting.objects.filter(committee__in=committees), pk=key)


@require_http_methods(["GET", "POST"])
def one_doing(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Show an action with what happened, and tell what happened next."""
    user = reader(request)
    if request.method == "POST":
        writer(request)
    found = queries.action(user, action_id)
    today = clock.today(user.organisation.timezone)
    form = StepForm(found, sent(request), initial={"on": today})
    page = Page(
        title=found.what,
        crumbs=crumbs(
            found.community, (_("Acciones"), address("network:doings", found.community_id))
        ),
        back=address("network:doing", action_id),
        submit=_("Guardar"),
    )
    return fill(
        request,
        form,
        page,
        lambda: doing.tell(by=user, action_id=action_id, told=form.told()),
        _("Quedó anotado."),
        "network/doing.html",
        found=found,
        today=today,
        late=queries.late(found, today),
        may_write=may_write(user) and bool(form.fields["kind"].choices),  # type: ignore[attr-defined]
    )


@require_GET
def wall_page(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Give the page for the wall of the community centre."""
    user = reader(request)
    community = communities.one(user, community_id)
    return files.to_read(poster.pdf(poster.data(user, community)), "comunidad.pdf")


def _demand_crumbs(community: Community) -> list[Link]:
    return crumbs(community, (_("Demandas"), address("network:demands", community.pk)))
