"""Founding a committee, who is in it, when it met, and its money."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.core.money import cents, pesos
from tequio.core.text import fold, squeeze
from tequio.network.actions.days import happened
from tequio.network.models import Action, Committee, Meeting, Member, Money
from tequio.network.policies.learning import (
    committees_visible_to,
    communities_visible_to,
    members_visible_to,
)
from tequio.network.queries.demands import left_of


@dataclass(frozen=True, slots=True)
class Joining:
    """Somebody who comes into a committee, as it was typed."""

    alias: str
    part: str
    since: date
    term_ends_on: date
    agrees: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the book, as it was typed."""

    way: str
    amount: str
    on: date
    what: str
    receipt: str = ""
    # More went out than the book holds, and whoever writes knows it.
    beyond: bool = False


@transaction.atomic
def found(
    *, by: User, community_id: UUID, name: str, founded_on: date, takes_on: str = ""
) -> Committee:
    """Write down that a committee was founded."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    community = pick(communities_visible_to(by), pk=community_id)
    happened(by, founded_on, community)
    if not squeeze(name):
        raise DomainError(_("Falta cómo se llama el comité."))
    made = Committee(
        organisation_id=by.organisation_id,
        community=community,
        name=squeeze(name),
        takes_on=squeeze(takes_on),
        founded_on=founded_on,
        written_by=by,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Conflict(
            _("En esta comunidad ya hay un comité que se llama «%(name)s».") % {"name": made.name}
        ) from error
    record("committee.found", by=by, subject=made)
    return made


@transaction.atomic
def join(*, by: User, committee_id: UUID, joining: Joining) -> Member:
    """Write somebody into the list, under the name that they chose and because they agreed."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    committee = pick(committees_visible_to(by), pk=committee_id)
    happened(by, joining.since, committee.community)
    if not joining.agrees:
        raise DomainError(
            _("Sin su acuerdo no entra a la lista."),
            hint=_("Pregúntale si quiere estar, con qué nombre, y que puede salir cuando quiera."),
        )
    if not squeeze(joining.alias) or joining.part not in Member.Part.values:
        raise DomainError(_("Falta con qué nombre quiere estar, o qué hace en el comité."))
    if joining.term_ends_on < joining.since:
        raise DomainError(_("El periodo termina antes de empezar. Revisa las dos fechas."))
    made = Member.objects.create(
        committee=committee,
        alias=squeeze(joining.alias),
        part=joining.part,
        since=joining.since,
        term_ends_on=joining.term_ends_on,
        agreed_on=joining.since,
        written_by=by,
    )
    record("committee.join", by=by, subject=committee)
    return made


@transaction.atomic
def leave(*, by: User, member_id: UUID, on: date) -> Member:
    """Write that somebody left; from then on their part is shown and not their name.

    What they had taken on stays with the committee: their name goes from there too.
    """
    require_everywhere(by, Permission.NETWORK_WRITE)
    rows = members_visible_to(by).select_related("committee").select_for_update(of=("self",))
    member = pick(rows, pk=member_id)
    if member.left_on is not None:
        raise Conflict(_("Ya se había anotado que salió."))
    happened(by, on)
    if on < member.since:
        raise DomainError(_("Ese día todavía no había entrado. Revisa la fecha."))
    _hand_over(member)
    member.left_on, member.alias = on, ""
    member.save(update_fields=["left_on", "alias"])
    record("committee.leave", by=by, subject=member.committee)
    return member


@transaction.atomic
def renew(*, by: User, member_id: UUID, until: date, agrees: bool) -> Member:
    """Write that somebody goes on for another term, because they were asked and want to."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    rows = members_visible_to(by).select_related("committee").select_for_update(of=("self",))
    member = pick(rows, pk=member_id)
    if member.left_on is not None:
        raise Conflict(_("Ya había salido. Si vuelve, entra otra vez con el nombre que elija."))
    if not agrees:
        raise DomainError(_("Sin su acuerdo no sigue en la lista. Pregúntale."))
    if until <= member.term_ends_on:
        raise DomainError(_("El periodo nuevo termina después del de ahora. Revisa la fecha."))
    member.term_ends_on, member.agreed_on = until, clock.today(by.organisation.timezone)
    member.save(update_fields=["term_ends_on", "agreed_on"])
    record("committee.renew", by=by, subject=member.committee)
    return member


def _hand_over(member: Member) -> None:
    """Put the committee where the name stood, unless another member is called the same."""
    rows, name = member.committee.members.filter(left_on=None).exclude(pk=member.pk), member.alias
    if any(fold(alias) == fold(name) for alias in rows.values_list("alias", flat=True)):
        return
    called = re.compile(rf"\b{re.escape(fold(name))}\b")
    theirs = [one for one in member.committee.actions.all() if called.search(fold(one.owner))]
    for one in theirs:
        one.owner = _("El comité")
    Action.objects.bulk_update(theirs, ["owner"])


@transaction.atomic
def meet(*, by: User, committee_id: UUID, held_on: date, present: int, spoke_of: str) -> Meeting:
    """Write down that a committee met. What it agreed is added as actions."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    committee = pick(committees_visible_to(by), pk=committee_id)
    happened(by, held_on, committee.community)
    if present < 1 or not squeeze(spoke_of):
        raise DomainError(_("Falta cuántas personas vinieron, o de qué se habló."))
    made = Meeting.objects.create(
        committee=committee,
        held_on=held_on,
        present=present,
        spoke_of=squeeze(spoke_of),
        written_by=by,
    )
    record("committee.meet", by=by, subject=committee, detail={"present": present})
    return made


@transaction.atomic
def write_money(*, by: User, committee_id: UUID, line: Line) -> Money:
    """Write a line into the book. It is never changed: a wrong one is put right by another."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    committee = pick(committees_visible_to(by), pk=committee_id)
    happened(by, line.on, committee.community)
    amount = cents(line.amount)
    if amount < 1:
        raise DomainError(_("La cantidad tiene que ser mayor que cero."))
    if line.way not in Money.Way.values or not squeeze(line.what):
        raise DomainError(_("Falta si entró o salió, o de qué es."))
    if line.way == Money.Way.SPENT and not line.beyond and amount > (left := left_of(committee)):
        raise DomainError(
            _("En el libro quedan %(left)s: no alcanza.") % {"left": pesos(max(0, left))},
            hint=_("Revisa los ceros. Si así fue, dilo: alguien lo puso, o falta una entrada."),
        )
    made = Money.objects.create(
        committee=committee,
        way=line.way,
        cents=amount,
        on=line.on,
        what=squeeze(line.what),
        receipt=squeeze(line.receipt),
        written_by=by,
    )
    record("committee.money", by=by, subject=committee, detail={"way": line.way})
    return made
