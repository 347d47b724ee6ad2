"""What it cost: of the whole organisation, of a site, of a programme or of a group."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tequio.access.models import User
from tequio.access.policies import not_visible
from tequio.core.money import written
from tequio.costs import charts, figures, paper
from tequio.costs.actions import exports
from tequio.costs.policies.books import incomes_visible_to, may_write
from tequio.costs.queries.ledger import Ledger, ledger
from tequio.costs.queries.summaries import summary
from tequio.costs.rules.sharing import Scope
from tequio.costs.views.filling import a_year, crumbs, reader
from tequio.ui import files

_NAMES = {"sitio": "site", "programa": "edition", "grupo": "group"}


@require_GET
def result(request: HttpRequest, year: int) -> HttpResponse:
    """Show a year's result."""
    user = reader(request)
    book = ledger(user)
    found = summary(user, scope=_scope(request, a_year(user, year)), book=book)
    received = sum(
        incomes_visible_to(user)
        .filter(year=year, voided_at__isnull=True)
        .values_list("cents", flat=True)
    )
    context = {
        "found": found,
        "totals": paper.totals(found),
        "figures": figures.figures(found),
        "chart": charts.by_category(found) if found.by_category else None,
        "groups": charts.groups(found) if len(found.by_group) > 1 else None,
        "cannot": figures.cannot_conclude(found),
        "how": figures.how(found),
        "national": figures.national(),
        "choices": _choices(book),
        "chosen": str(found.scope.group or found.scope.edition or found.scope.site or ""),
        "received": written(received, found.currency),
        "crumbs": crumbs(year),
        "query": request.GET.urlencode(),
        "may_write": may_write(user),
    }
    return render(request, "costs/result.html", context)


@require_GET
def pdf(request: HttpRequest, year: int) -> HttpResponse:
    """Print a year's result."""
    user = reader(request)
    found = summary(user, scope=_scope(request, a_year(user, year)))
    return attached(user, paper.result(found, user.organisation), f"costos-{year}.pdf")


def attached(user: User, body: bytes, name: str) -> HttpResponse:
    """Send a file that leaves, and write down that it did."""
    exports.write_down(by=user, what=name)
    return files.to_keep(body, name)


def _scope(request: HttpRequest, year: int) -> Scope:
    """Read «?de=grupo:…»: one site, programme or group, or the whole organisation."""
    name, _colon, key = request.GET.get("de", "").partition(":")
    if not name:
        return Scope(year)
    try:
        return Scope(year, **{_NAMES[name]: UUID(key)})
    except (KeyError, ValueError) as error:
        raise not_visible() from error


def _choices(book: Ledger) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return what a result may be asked of: (value, key, name) under what it is."""
    sites = dict.fromkeys(circle.site for circle in book.circles)
    editions = dict.fromkeys(circle.edition for circle in book.circles)
    groups = dict.fromkeys(circle.group for circle in book.circles)
    parts = (
        (_("Una sede"), "sitio", sites),
        (_("Un programa"), "programa", editions),
        (_("Un grupo"), "grupo", groups),
    )
    return [
        (label, [(f"{kind}:{key}", str(key), book.names[key]) for key in keys])
        for label, kind, keys in parts
        if keys
    ]
