"""What was seen and asked in a community, and what it says year on year."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tequio.access.policies import not_visible
from tequio.core import clock
from tequio.network import comparing, definitions
from tequio.network.actions import cycle as actions
from tequio.network.forms.cycle import CloseForm, RoundForm, SheetForm, SightingForm
from tequio.network.models import Community
from tequio.network.queries import communities
from tequio.network.queries import learning as queries
from tequio.network.views.filling import Page, crumbs, fill, may_write, reader, sent, writer
from tequio.ui.addresses import address

_A_PAGE = 40


@require_GET
def sightings(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Show what was seen after activities, year by year and one by one."""
    user = reader(request)
    community = communities.one(user, community_id)
    found = queries.sightings(user, community)
    context = {
        "community": community,
        "table": comparing.seen(*queries.seen_by_year(community, found)),
        "page": Paginator(found, _A_PAGE).get_page(request.GET.get("page")),
        "may_write": may_write(user),
        "crumbs": crumbs(community),
    }
    return render(request, "network/sightings.html", context)


@require_http_methods(["GET", "POST"])
def new_sighting(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Write down what was seen after an activity."""
    user = writer(request)
    community = communities.one(user, community_id)
    form = SightingForm(sent(request), initial={"on": clock.today(user.organisation.timezone)})
    back = address("network:sightings", community_id)
    page = Page(
        title=_("Lo que vimos"),
        subtitle=_(
            "Después de una actividad: una sola cosa, con la frase o el hecho que la muestra."
        ),
        crumbs=crumbs(community, (_("Lo que vimos"), back)),
        back=back,
    )
    return fill(
        request,
        form,
        page,
        lambda: actions.see(by=user, community_id=community_id, seen=form.seen()),
        _("Quedó anotado."),
    )


@require_GET
def surveys(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Show the rapid surveys, and what they say year on year."""
    user = reader(request)
    community = communities.one(user, community_id)
    by_year = queries.asked_by_year(user, community)
    context = {
        "community": community,
        "rounds": queries.rounds(user, community),
        "comparison": comparing.questions(_model(community), by_year),
        "may_write": may_write(user),
        "crumbs": crumbs(community),
    }
    return render(request, "network/surveys.html", context)


@require_GET
def reach(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Show who is not reached, group by group and year on year."""
    user = reader(request)
    community = communities.one(user, community_id)
    by_year = queries.asked_by_year(user, community)
    context = {
        "community": community,
        "tables": comparing.groups(by_year),
        "limits": comparing.limits(by_year),
        "crumbs": crumbs(community),
    }
    return render(request, "network/reach.html", context)


@require_http_methods(["GET", "POST"])
def new_round(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Begin a survey."""
    user = writer(request)
    community = communities.one(user, community_id)
    form = RoundForm(sent(request), initial={"started_on": clock.today(user.organisation.timezone)})
    back = address("network:surveys", community_id)
    page = Page(
        title=_("Empezar una encuesta rápida"),
        subtitle=_("Sin nombres, sin domicilio y sin decir quién preguntó a quién."),
        crumbs=crumbs(community, (_("Encuestas"), back)),
        back=back,
        submit=_("Empezar"),
    )
    return fill(
        request,
        form,
        page,
        lambda: actions.open_round(by=user, community_id=community_id, **form.cleaned_data),
        _("La encuesta está abierta. Captura las hojas y ciérrala al terminar."),
    )


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Type in one person's sheet, and go on with the next."""
    user = writer(request)
    found = queries.round_of(user, round_id)
    form = SheetForm(_model(found.community), sent(request))
    back = address("network:surveys", found.community_id)
    page = Page(
        title=_("Una hoja de la encuesta"),
        subtitle=_("Llevas %(n)s. Lo que no contestó se deja vacío.") % {"n": found.n},  # type: ignore[attr-defined]
        crumbs=crumbs(found.community, (_("Encuestas"), back)),
        back=address("network:sheet", round_id),
        submit=_("Guardar y seguir con otra"),
    )
    return fill(
        request,
        form,
        page,
        lambda: actions.answer(by=user, round_id=round_id, sheet=form.sheet()),
        _("Guardada. Destruye la hoja cuando termines de capturar."),
        leave=back,
    )


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Close a survey."""
    user = writer(request)
    found = queries.round_of(user, round_id)
    form = CloseForm(sent(request), initial={"on": clock.today(user.organisation.timezone)})
    back = address("network:surveys", found.community_id)
    page = Page(
        title=_("Cerrar la encuesta"),
        subtitle=_("Hasta que se cierra no se muestra ninguna cifra."),
        crumbs=crumbs(found.community, (_("Encuestas"), back)),
        back=back,
        submit=_("Cerrarla"),
    )
    return fill(
        request,
        form,
        page,
        lambda: actions.close_round(by=user, round_id=round_id, **form.cleaned_data),
        _("La encuesta está cerrada. Ya se puede leer."),
    )


def _model(community: Community) -> definitions.CommunityModel:
    model = definitions.find(community.model_slug, community.model_version)
    if model is None:
        raise not_visible()
    return model
