"""What was found beside what it cost, for whoever reads both."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tequio.access.permissions import Permission
from tequio.access.policies import require, require_everywhere
from tequio.access.requests import signed_in
from tequio.core.money import written
from tequio.studies import effect_cost_words as words
from tequio.studies.forms.effect_costs import WorthForm
from tequio.studies.queries import effect_costs as queries
from tequio.studies.queries import releases
from tequio.ui.addresses import address
from tequio.ui.parts import Link


@require_GET
def costs(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """Show what each man cost and, of a controlled study alone, each finding beside it."""
    user = signed_in(request)
    require(user, Permission.RELEASE_READ)
    release = releases.release(user, release_id)
    require_everywhere(user, Permission.COST_READ)
    form = WorthForm(request.GET if "vale" in request.GET else None)
    worths = [float(form.cleaned_data["vale"])] if form.is_bound and form.is_valid() else []
    found = queries.effect_costs(user, release, worths)
    each = found.cost.per_entrant.whole if found.cost.written else None
    currency = found.cost.currency
    context = {
        "release": release,
        "found": found,
        "each": None if each is None else written(each, currency),
        "priced": [
            (one, words.headline(one, currency), list(words.said(one, currency)))
            for one in found.priced
        ],
        "controlled": queries.controlled(release),
        "form": form,
        "crumbs": [
            Link(_("Publicaciones"), address("studies:releases")),
            Link(release.line.period, address("studies:release", release.line.id)),
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "studies/release_costs.html", context, status=status)
