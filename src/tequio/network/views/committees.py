"""Committees: who is in them, when they met, what they agreed, and their money."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.policies import pick
from tequio.core import clock
from tequio.core.money import pesos
from tequio.network.actions import committees as actions
from tequio.network.forms.committees import (
    CommitteeForm,
    MeetingForm,
    MemberForm,
    MoneyForm,
    TermForm,
)
from tequio.network.models import Committee
from tequio.network.policies.learning import committees_visible_to, members_visible_to
from tequio.network.queries import communities
from tequio.network.queries import demands as queries
from tequio.network.views.filling import Page, crumbs, fill, may_write, reader, sent, writer
from tequio.ui.addresses import address
from tequio.ui.parts import Column, Row, Table
from tequio.ui.templatetags.ui import day


@require_GET
def committees(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """List the committees of a community."""
    user = reader(request)
    community = communities.one(user, community_id)
    context = {
        "community": community,
        "committees": queries.committees(user, community),
        "may_write": may_write(user),
        "crumbs": crumbs(community),
    }
    return render(request, "network/committees.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Write down that a committee was founded."""
    user = writer(request)
    community = communities.one(user, community_id)
    start = {"founded_on": clock.today(user.organisation.timezone)}
    form = CommitteeForm(sent(request), initial=start)
    back = address("network:committees", community_id)
    page = Page(_("Formar un comité"), crumbs(community, (_("Comités"), back)), back)
    return fill(
        request,
        form,
        page,
        lambda: actions.found(by=user, community_id=community_id, **form.cleaned_data),
        _("El comité quedó formado. Anota quiénes están y hasta cuándo."),
    )


@require_GET
def committee(request: HttpRequest, committee_id: UUID) -> HttpResponse:
    """Show one committee."""
    user = reader(request)
    found = queries.committee_page(user, committee_id)
    back = address("network:committees", found.committee.community_id)
    context = {
        "found": found,
        "book": _book(found.book),
        "received": pesos(found.book.received),
        "spent": pesos(found.book.spent),
        "beyond": pesos(abs(found.book.left)),
        "left": pesos(found.book.left),
        "without_receipt": pesos(found.book.without_receipt) if found.book.without_receipt else "",
        "today": clock.today(user.organisation.timezone),
        "may_write": may_write(user),
        "crumbs": crumbs(found.committee.community, (_("Comités"), back)),
    }
    return render(request, "network/committee.html", context)


def _book(book: queries.Book) -> Table:
    columns = [
        Column(_("Día")),
        Column(_("De qué o para qué")),
        Column(_("Entró"), number=True),
        Column(_("Salió"), number=True),
        Column(_("Saldo"), number=True),
        Column(_("Con qué se comprueba")),
    ]
    rows = [
        Row(
            (
                day(line.on),
                line.what,
                pesos(line.cents) if line.way == "received" else "—",
                pesos(line.cents) if line.way == "spent" else "—",
                pesos(left),
                line.receipt or _("Falta el comprobante"),
            )
        )
        for line, left in book.lines
    ]
    return Table(_("Entradas y salidas, en pesos"), columns, rows)


@require_http_methods(["GET", "POST"])
def new_member(request: HttpRequest, committee_id: UUID) -> HttpResponse:
    """Write somebody into the list."""
    user = writer(request)
    found = _one(request, committee_id)
    form = MemberForm(sent(request), initial={"since": clock.today(user.organisation.timezone)})
    page = _page(found, _("Alguien entra al comité"))
    return fill(
        request,
        form,
        page,
        lambda: actions.join(by=user, committee_id=committee_id, joining=form.joining()),
        _("Ya está en la lista."),
    )


@require_POST
def leave(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Write that somebody left today."""
    user = reader(request)
    member = actions.leave(by=user, member_id=member_id, on=clock.today(user.organisation.timezone))
    messages.success(request, _("Salió del comité. Su nombre ya no está aquí; queda qué hacía."))
    return redirect("network:committee", committee_id=member.committee_id)


@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Write that somebody goes on for another term."""
    user = writer(request)
    member = pick(members_visible_to(user).select_related("committee__community"), pk=member_id)
    page = _page(member.committee, _("%(name)s sigue otro periodo") % {"name": member.alias})
    form = TermForm(sent(request))
    return fill(
        request,
        form,
        page,
        lambda: actions.renew(by=user, member_id=member_id, **form.cleaned_data),
        _("Sigue en la lista hasta ese día."),
    )


@require_http_methods(["GET", "POST"])
def new_meeting(request: HttpRequest, committee_id: UUID) -> HttpResponse:
    """Write down that the committee met."""
    user = writer(request)
    found = _one(request, committee_id)
    form = MeetingForm(sent(request), initial={"held_on": clock.today(user.organisation.timezone)})
    page = _page(found, _("Una reunión del comité"))
    return fill(
        request,
        form,
        page,
        lambda: actions.meet(by=user, committee_id=committee_id, **form.cleaned_data),
        _("Quedó anotada. Agrega ahora lo que acordaron, con quién y para cuándo."),
    )


@require_http_methods(["GET", "POST"])
def new_money(request: HttpRequest, committee_id: UUID) -> HttpResponse:
    """Write a line into the book."""
    user = writer(request)
    found = _one(request, committee_id)
    form = MoneyForm(
        sent(request),
        initial={"on": clock.today(user.organisation.timezone)},
        left=queries.left_of(found),
    )
    page = _page(found, _("Dinero del comité"))
    return fill(
        request,
        form,
        page,
        lambda: actions.write_money(by=user, committee_id=committee_id, line=form.line()),
        _("Quedó anotado. Un renglón no se borra: si está mal, se corrige con otro."),
    )


def _one(request: HttpRequest, committee_id: UUID) -> Committee:
    rows = committees_visible_to(reader(request)).select_related("community")
    return pick(rows, pk=committee_id)


def _page(found: Committee, title: str) -> Page:
    back = address("network:committee", found.pk)
    return Page(title, crumbs(found.community, (found.name, back)), back)
