"""The network as a picture and as lists, and how it changed between two days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.network import drawing, findings, needs, tie_words
from tequio.network.forms.stakeholders import DatesForm
from tequio.network.models import Agreement, Commitment, Stakeholder
from tequio.network.queries import stakeholders as queries
from tequio.network.rules import layout
from tequio.network.rules.agreements import Standing, standing
from tequio.ui.addresses import address
from tequio.ui.parts import Column, Link, Row, Table

PAGE: Final = 50
YEAR: Final = timedelta(days=365)
STANDINGS: Final[Mapping[Standing, tuple[str | Promise, str]]] = {
    Standing.UNSIGNED: (gettext_lazy("Sin firmar"), "look"),
    Standing.TO_COME: (gettext_lazy("Aún no empieza"), "line"),
    Standing.HOLDS: (gettext_lazy("Vigente"), ""),
    Standing.ENDS_SOON: (gettext_lazy("Termina pronto"), "look"),
    Standing.ENDED: (gettext_lazy("Terminó"), "still"),
}


def tabs(user: User, current: str) -> list[Link]:
    """The parts of the network's pages."""
    parts = [
        (_("La red"), "network:picture"),
        (_("Actores"), "network:stakeholders"),
        (_("Acuerdos"), "network:agreements"),
        (_("Qué cambió"), "network:change"),
    ]
    return [Link(label, address(name), current=name == current) for label, name in parts]


def today_of(user: User) -> date:
    """Return today where this person works."""
    return clock.today(user.organisation.timezone)


@require_GET
def picture(request: HttpRequest) -> HttpResponse:
    """Show the network today: the drawing, what it says, and the same as lists."""
    user = signed_in(request)
    require(user, Permission.NETWORK_READ)
    found = queries.networks(user, today_of(user))[0]
    page = Paginator(_ranked(found), PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs(user, "network:picture"),
        "network": found,
        "picture": _drawn([found])[0],
        "findings": findings.findings(found),
        "lines": _said(found, page),
        "page": page,
        "needs": _needs(found),
        "may_write": user.scope(Permission.NETWORK_WRITE) is not None,
    }
    return render(request, "network/picture.html", context)


@require_GET
def change(request: HttpRequest) -> HttpResponse:
    """Compare the network on two days, side by side and in words."""
    user = signed_in(request)
    require(user, Permission.NETWORK_READ)
    today = today_of(user)
    usual = {"before": today - YEAR, "after": today}
    form = DatesForm(request.GET if "before" in request.GET else None, initial=usual)
    days = form.cleaned_data if form.is_bound and form.is_valid() else usual
    before, after = queries.networks(user, days["before"], days["after"])
    drawn = _drawn([before, after])
    context = {
        "tabs": tabs(user, "network:change"),
        "form": form,
        "sides": [(before, drawn[0]), (after, drawn[1])],
        "change": findings.change(before, after),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "network/change.html", context, status=status)


@require_GET
def stakeholders(request: HttpRequest) -> HttpResponse:
    """List who is in the network, by name."""
    user = signed_in(request)
    require(user, Permission.NETWORK_READ)
    words, kind = request.GET.get("q", "").strip()[:80], request.GET.get("tipo", "")
    found = queries.listed(user, words, kind if kind in Stakeholder.Kind.values else "")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    today = today_of(user)
    context = {
        "tabs": tabs(user, "network:stakeholders"),
        "page": page,
        "lines": [(one, _level(one, today), needs.said(one.needs)) for one in page],
        "words": words,
        "kind": kind,
        "query": urlencode({"q": words, "tipo": kind}),
        "kinds": Stakeholder.Kind.choices,
        "may_write": user.scope(Permission.NETWORK_WRITE) is not None,
    }
    return render(request, "network/stakeholders.html", context)


@require_GET
def agreements(request: HttpRequest) -> HttpResponse:
    """List every agreement; those that end soon or wait for a signature come first."""
    user = signed_in(request)
    require(user, Permission.NETWORK_READ)
    today = today_of(user)
    order = [Standing.UNSIGNED, Standing.ENDS_SOON, Standing.HOLDS, Standing.TO_COME]
    lines = [(one, *standing_of(one, today)) for one in queries.agreements(user)]
    lines.sort(key=lambda line: [*order, Standing.ENDED].index(line[1]))
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    context = {"tabs": tabs(user, "network:agreements"), "page": page, "lines": list(page)}
    return render(request, "network/agreements.html", context)


def standing_of(one: Agreement, today: date) -> tuple[Standing, str, str]:
    """Return how an agreement stands, its word and its look."""
    found = standing(
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        ended_early_on=one.ended_early_on,
        signed_on=one.signed_on,
        today=today,
    )
    word, look = STANDINGS[found]
    return found, str(word), look


def _level(one: Stakeholder, day: date) -> str:
    level = queries.level_on(one, day)
    return str(Commitment.Level(level).label) if level else ""


def _ranked(found: queries.Network) -> list[Stakeholder]:
    degree, through = found.measures.degree, found.measures.betweenness
    return sorted(found.who, key=lambda one: (-through[one.pk], -degree[one.pk], one.name_key))


def _drawn(networks: list[queries.Network]) -> list[SafeString]:
    """Draw the network on each day, everybody in the same place in all of them."""
    everybody = {one.pk: one for network in networks for one in network.who}
    ordered = sorted(everybody.values(), key=lambda one: (one.name_key, str(one.pk)))
    degree = {
        one.pk: max(network.measures.degree.get(one.pk, 0) for network in networks)
        for one in ordered
    }
    ties = {tie.pk: tie for network in networks for tie in network.ties}
    placed = layout.target(
        [one.pk for one in ordered],
        degree,
        queries.edges(ties.values()),
        named=len(ordered) <= drawing.NAMES_UP_TO,
    )
    known = frozenset(tie.pk for tie in networks[0].ties)
    return [
        drawing.picture(
            network.who,
            network.ties,
            network.measures.degree,
            placed,
            key=network.on.isoformat(),
            label=drawing.described(len(network.who), len(network.ties)),
            fresh=frozenset(tie.pk for tie in network.ties) - known,
        )
        for network in networks
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """One of the network in the list that says what the picture shows."""

    one: Stakeholder
    level: str
    degree: int
    share: str
    ties: list[str]


def _share(through: float) -> str:
    """The share in percent; nothing for what rounds to none."""
    percent = round(100 * through)
    return f"{percent}\u00a0%" if percent else ""


def _said(found: queries.Network, page: Iterable[Stakeholder]) -> list[Line]:
    around = _around(found)
    return [
        Line(
            one,
            _level(one, found.on),
            found.measures.degree[one.pk],
            _share(found.measures.betweenness[one.pk]),
            around.get(one.pk, []),
        )
        for one in page
    ]


def _around(found: queries.Network) -> dict[object, list[str]]:
    """For each the ties in words, from its own side."""
    names = {one.pk: one.name for one in found.who}
    around: dict[object, list[str]] = {}
    for tie in found.ties:
        one, other = tie.source_id, tie.target_id
        out = tie_words.said(tie.kind, names[other], from_the_end=False)
        back = tie_words.said(tie.kind, names[one], from_the_end=True)
        around.setdefault(one, []).append(out)
        around.setdefault(other, []).append(back)
    return around


def _needs(found: queries.Network) -> Table:
    return Table(
        _("Qué necesidad atiende quién"),
        (
            Column(_("Necesidad")),
            Column(_("Actores de la red"), number=True),
            Column(_("Servicios comprobados"), number=True),
        ),
        [
            Row((str(needs.LABELS[need]), who, services), look=not who + services)
            for need, (who, services) in found.attended.items()
        ],
    )
