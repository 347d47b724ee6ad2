"""What was published: the list with its calendar, one release, its paper, and two side by side."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, require
from tequio.access.requests import signed_in
from tequio.studies import aside
from tequio.studies.models import Study
from tequio.studies.queries import releases as queries
from tequio.studies.queries.effect_costs import controlled
from tequio.studies.queries.releases import OpenRelease
from tequio.studies.rules import arms, comparing, findings, said
from tequio.studies.rules.findings import language
from tequio.studies.views import release_charts
from tequio.ui import files
from tequio.ui.addresses import address
from tequio.ui.parts import Link

# Whose words they are shows in the picture too.
_HUES: Final[dict[str, str]] = {
    "men": "jade",
    "women": "jacaranda",
    "community": "terracotta",
}


@require_GET
def releases(request: HttpRequest) -> HttpResponse:
    """List what was published and what comes."""
    user = signed_in(request)
    require(user, Permission.RELEASE_READ)
    days = queries.coming(user)
    context = {
        "rows": queries.published(user),
        "late": [one for one in days if one.state == "late"],
        "future": [one for one in days if one.state == "future"],
        "women": Study.Informant.WOMEN,
    }
    return render(request, "studies/releases.html", context)


@require_GET
def release(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """Show one release: what may be said first, what must not be said beside it, then numbers."""
    user = signed_in(request)
    found = _one(user, release_id)
    context = {
        **shown(found),
        "before": queries.before(found, user),
        "priced": controlled(found) and user.scope(Permission.COST_READ) is not None,
        "crumbs": [Link(_("Publicaciones"), address("studies:releases"))],
    }
    return render(request, "studies/release.html", context)


@require_GET
def paper(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """Print a release. It is drawn again each time and says the same each time."""
    found = _one(signed_in(request), release_id)
    if found.result is None:
        raise not_visible()
    made = aside.paper(result=arms.in_result(found.text), language=language())
    return files.to_keep(made, f"publicacion-{found.line.due_on}.pdf")


@require_GET
def file(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """Send what was published, for whoever reads it with a machine."""
    found = _one(signed_in(request), release_id)
    options = {"ensure_ascii": False, "indent": 1}
    whole = JsonResponse(queries.as_file(found), json_dumps_params=options)
    return files.to_keep(whole.content, f"publicacion-{found.line.due_on}.json")


@require_GET
def compare(request: HttpRequest, release_id: UUID, other_id: UUID) -> HttpResponse:
    """Put two releases of one study side by side."""
    user = signed_in(request)
    now, then = _one(user, release_id), _one(user, other_id)
    if now.line.study_id != then.line.study_id:
        raise not_visible()
    context = {
        "now": now.line,
        "then": then.line,
        "rows": comparing.numbers(_numbers(then), _numbers(now)),
        "words": comparing.words(then.findings, now.findings),
        "same_plan": now.plan.pk == then.plan.pk,
        "crumbs": [
            Link(_("Publicaciones"), address("studies:releases")),
            Link(now.line.period, address("studies:release", now.line.id)),
        ],
    }
    return render(request, "studies/release_compare.html", context)


def shown(found: OpenRelease) -> dict[str, object]:
    """Return what a release's page shows: here, and behind the wall before it leaves."""
    numbers = _numbers(found)
    return {
        "release": found,
        "moments": _moments(found),
        "numbers": [one for one in numbers if one.role != "sensitivity"],
        "beside": [one for one in numbers if one.role == "sensitivity"],
        "withheld": findings.withheld(found.result) if found.result else (),
        "unsaid": findings.unsaid(found.result) if found.result else (),
        "charts": release_charts.charts(numbers, hue=_HUES[found.line.informant]),
    }


def _moments(found: OpenRelease) -> list[tuple[str, str]]:
    """Return what the short names of moments stand for; years and rounds say it themselves."""
    words = said.waves_of(found.line.informant)
    waves = found.result["waves"] if found.result else ()
    return [(wave, str(words[wave])) for wave in waves if wave in words]


def _numbers(found: OpenRelease) -> tuple[findings.Number, ...]:
    return findings.numbers(found.result) if found.result else ()


def _one(user: User, release_id: UUID) -> OpenRelease:
    require(user, Permission.RELEASE_READ)
    return queries.release(user, release_id)
