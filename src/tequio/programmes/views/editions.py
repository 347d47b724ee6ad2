"""Programas: the models that ship, the editions that the organisation signed, and its sites."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require, require_everywhere
from tequio.access.requests import signed_in
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.programmes import actions, queries
from tequio.programmes.definitions import shipped
from tequio.programmes.forms import SignForm, SiteForm, zone_name
from tequio.programmes.models import Edition
from tequio.programmes.policies import editions_visible_to, sites_visible_to
from tequio.programmes.presenters import facts
from tequio.ui.forms import RefusalsOn


@require_GET
def editions(request: HttpRequest) -> HttpResponse:
    """Show the models and which of them this organisation has taken up and signed."""
    user = signed_in(request)
    require(user, Permission.EDITION_READ)
    adopted = list(editions_visible_to(user).order_by("name", "pk"))
    taken = {(edition.model_slug, edition.model_version) for edition in adopted}
    context = {
        "editions": adopted,
        "offered": [
            found.model
            for found in shipped().values()
            if (found.model.slug, found.model.version) not in taken
        ],
        "sites": [
            (site.name, zone_name(site.timezone))
            for site in sites_visible_to(user).order_by("name", "pk")
        ],
        "site_form": SiteForm(),
        "may_sign": user.scope(Permission.EDITION_SIGN) is not None,
        "may_decide": user.scope(Permission.ENROLMENT_DECIDE) is not None,
        "may_manage_sites": user.scope(Permission.SITE_MANAGE) is not None,
    }
    return render(request, "programmes/editions.html", context)


@require_POST
def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Take up a model; then it waits for its signature."""
    edition = actions.adopt_edition(by=signed_in(request), model_slug=slug)
    return redirect("programmes:sign", edition_id=edition.pk)


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """Read the model and sign it."""
    user = signed_in(request)
    edition = pick(editions_visible_to(user), pk=edition_id)
    may_sign = user.scope(Permission.EDITION_SIGN) is not None
    if request.method == "POST":
        require_everywhere(user, Permission.EDITION_SIGN)
    form = SignForm(
        request.POST if request.method == "POST" else None,
        asks_diagnosis=not queries.claims_nothing(edition),
    )
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            _sign(user, edition, form)
            messages.success(request, _("La edición quedó firmada. Ya se pueden abrir grupos."))
            return redirect("programmes:sign", edition_id=edition.pk)
    model = queries.intervention(edition)
    context = {
        "form": form,
        "edition": edition,
        "model": model,
        "facts": facts(model) if model else [],
        "as_signed": queries.is_as_signed(edition),
        "curriculum": queries.curriculum(edition),
        "may_sign": may_sign,
        "may_read_context": bool(edition.diagnosis_place)
        and user.scope(Permission.CONTEXT_READ) is not None,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "programmes/sign.html", context, status=status)


def _sign(user: User, edition: Edition, form: SignForm) -> None:
    said = form.cleaned_data
    actions.sign_edition(
        by=user,
        edition_id=edition.pk,
        signed_by=said["signed_by"],
        signed_as=said["signed_as"],
        diagnosis=actions.Diagnosis(
            said.get("diagnosis_title", ""),
            said.get("diagnosis_on"),
            said.get("diagnosis_kept", ""),
            said.get("diagnosis_place", ""),
        ),
    )


@require_POST
def add_site(request: HttpRequest) -> HttpResponse:
    """Add a site."""
    form = SiteForm(request.POST)
    user = signed_in(request)
    require_everywhere(user, Permission.SITE_MANAGE)
    if not form.is_valid():
        messages.error(request, _("Falta el nombre de la sede o su hora local. Escríbelos."))
        return redirect("programmes:editions")
    try:
        actions.add_site(by=user, **form.cleaned_data)
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Se agregó la sede."))
    return redirect("programmes:editions")
