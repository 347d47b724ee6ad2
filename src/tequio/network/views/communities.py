"""The communities: each with its phase, what is due in it, and what nobody acted on."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tequio.core import clock
from tequio.network import definitions
from tequio.network.actions import communities as actions
from tequio.network.forms.communities import BackForm, CommunityForm, PhaseForm
from tequio.network.models import PhaseReview
from tequio.network.queries import communities as queries
from tequio.network.views.filling import Page, crumbs, fill, may_write, reader, sent, writer
from tequio.territory import places
from tequio.ui.addresses import address
from tequio.ui.parts import Step


@require_GET
def communities(request: HttpRequest) -> HttpResponse:
    """List the communities."""
    user = reader(request)
    context = {"standings": queries.standings(user), "may_write": may_write(user)}
    return render(request, "network/communities.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin with a community."""
    user = writer(request)
    today = clock.today(user.organisation.timezone)
    form = CommunityForm(sent(request), initial={"started_on": today, "signed_by": user.name})
    page = Page(
        title=_("Empezar en una comunidad"),
        subtitle=_(
            "El modelo dice las fases y qué debe verse en cada una. El plan lo escriben ustedes."
        ),
        crumbs=crumbs(),
        back=address("network:communities"),
        submit=_("Empezar"),
    )
    return fill(
        request,
        form,
        page,
        lambda: actions.begin(by=user, beginning=form.beginning()),
        _("Ya está. Abre la comunidad y mira qué debe verse en la primera fase."),
        places=True,
    )


@require_GET
def community(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Show one community."""
    user = reader(request)
    place = queries.place(user, community_id)
    context = {
        "place": place,
        "where": places.say(place.community.municipality),
        "steps": _steps(place.model, place.community.phase),
        "may_write": may_write(user),
        "crumbs": crumbs(),
    }
    return render(request, "network/community.html", context)


@require_http_methods(["GET", "POST"])
def phase(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Show what must be seen before this phase ends, and write down what was."""
    user = reader(request)
    if request.method == "POST":
        writer(request)
    found = queries.phase_page(user, community_id)
    today = clock.today(user.organisation.timezone)
    form = PhaseForm(found, sent(request), initial={"on": today})
    page = Page(
        title=found.phase.name.value if found.phase else found.community.name,
        subtitle=found.phase.purpose.value if found.phase else "",
        crumbs=crumbs(found.community),
        back=address("network:phase", community_id),
        submit=_("Guardar la revisión"),
    )
    return fill(
        request,
        form,
        page,
        lambda: actions.review_phase(by=user, community_id=community_id, review=form.review()),
        _("Quedó guardada la revisión."),
        "network/phase.html",
        found=found,
        steps=_steps(found.model, found.community.phase),
        may_write=may_write(user),
        reviews=[_told(review, found) for review in found.reviews],
    )


@require_http_methods(["GET", "POST"])
def back(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Go back one phase."""
    user = writer(request)
    found = queries.one(user, community_id)
    form = BackForm(sent(request), initial={"on": clock.today(user.organisation.timezone)})
    page = Page(
        title=_("Volver a la fase anterior"),
        subtitle=_(
            "Pasa, y no es un fracaso: se dice qué dejó de verse y se trabaja otra vez en eso."
        ),
        crumbs=crumbs(found, (_("Fase"), address("network:phase", community_id))),
        back=address("network:phase", community_id),
        submit=_("Volver a esa fase"),
    )
    return fill(
        request,
        form,
        page,
        lambda: actions.go_back(by=user, community_id=community_id, **form.cleaned_data),
        _("La comunidad volvió a la fase anterior. La razón queda en su historia."),
    )


def _steps(model: definitions.CommunityModel | None, now: str) -> list[Step]:
    if model is None:
        return []
    keys = [one.key for one in model.phases]
    at = keys.index(now) if now in keys else 0
    return [
        Step(one.name.value, "done" if n < at else "now" if n == at else "next")
        for n, one in enumerate(model.phases)
    ]


def _told(review: PhaseReview, found: queries.PhasePage) -> dict[str, object]:
    """Put the words of the model beside what was answered."""
    model = found.model
    old = model.phase(review.from_phase) if model else None
    words = {one.key: one.seen.value for one in (old.before_leaving if old else ())}
    return {
        "review": review,
        "phase": old.name.value if old else review.from_phase,
        "answers": [(words.get(key, key), said) for key, said in review.answers.items()],
    }
