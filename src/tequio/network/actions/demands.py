"""Writing down what is needed, choosing in assembly, and what was done about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick, require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.core.text import squeeze
from tequio.network.actions.days import happened
from tequio.network.models import Assembly, Community, Demand, Vote
from tequio.network.policies.learning import (
    assemblies_visible_to,
    communities_visible_to,
    demands_visible_to,
)
from tequio.network.rules import priorities


@dataclass(frozen=True, slots=True)
class Voiced:
    """A need as it was typed."""

    theme: str
    what: str
    where: str
    voiced_on: date
    place: str = ""
    how_many: int | None = None
    quotation: str = ""


@dataclass(frozen=True, slots=True)
class Gathering:
    """An assembly as it was typed: who was there, and what was agreed before voting."""

    held_on: date
    place: str
    present: int
    votes_each: int
    tie_rule: str
    how_many_go_first: int


@transaction.atomic
def voice(*, by: User, community_id: UUID, voiced: Voiced) -> Demand:
    """Write down a need that was voiced."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    community = pick(communities_visible_to(by), pk=community_id)
    happened(by, voiced.voiced_on)
    if (
        voiced.theme not in Demand.Theme.values
        or voiced.where not in Demand.Where.values
        or not squeeze(voiced.what)
    ):
        raise DomainError(_("Falta de qué trata, qué se pide o dónde se dijo."))
    made = Demand.objects.create(
        organisation_id=by.organisation_id,
        community=community,
        theme=voiced.theme,
        what=squeeze(voiced.what),
        place=squeeze(voiced.place),
        how_many=voiced.how_many,
        quotation=squeeze(voiced.quotation),
        where=voiced.where,
        voiced_on=voiced.voiced_on,
        written_by=by,
    )
    record("demand.voice", by=by, subject=made, detail={"theme": made.theme})
    return made


@transaction.atomic
def gather(*, by: User, community_id: UUID, gathering: Gathering) -> Assembly:
    """Open an assembly. What is done with a tie is said now, before anybody votes."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    community = pick(communities_visible_to(by), pk=community_id)
    happened(by, gathering.held_on, community)
    if gathering.tie_rule not in Assembly.Tie.values:
        raise DomainError(_("Falta qué se hará si hay empate. Se acuerda antes de votar."))
    if min(gathering.present, gathering.votes_each, gathering.how_many_go_first) < 1:
        raise DomainError(_("Las personas, los votos y cuántas van primero son uno o más."))
    made = Assembly.objects.create(
        organisation_id=by.organisation_id,
        community=community,
        held_on=gathering.held_on,
        place=squeeze(gathering.place),
        present=gathering.present,
        votes_each=gathering.votes_each,
        tie_rule=gathering.tie_rule,
        how_many_go_first=gathering.how_many_go_first,
        written_by=by,
    )
    record("assembly.open", by=by, subject=made, detail={"present": made.present})
    return made


@transaction.atomic
def close_assembly(
    *,
    by: User,
    assembly_id: UUID,
    votes: Mapping[UUID, int],
    second: Mapping[UUID, int],
    minutes: str,
) -> Assembly:
    """Count the hands, put the demands in order, and close the minutes. They stay as they are."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    found = pick(assemblies_visible_to(by).select_for_update(of=("self",)), pk=assembly_id)
    if found.closed_at is not None:
        raise Conflict(_("El acta de esta asamblea ya estaba cerrada."))
    if not minutes.strip():
        raise DomainError(_("Falta el acta: qué se habló, con pocas palabras y sin nombres."))
    if not votes:
        raise DomainError(_("Falta anotar los votos de al menos una demanda."))
    ballots = _ballots(by, found.community, votes, second)
    order = _ordered(found, ballots)
    places = dict(order.places)
    Vote.objects.bulk_create(
        Vote(
            assembly=found,
            demand_id=one.demand_id,
            votes=one.votes,
            second_votes=one.second_votes,
            place=places[one.demand_id],
        )
        for one in ballots
    )
    found.minutes, found.closed_at = minutes.strip(), clock.now()
    found.save(update_fields=["minutes", "closed_at"])
    record("assembly.close", by=by, subject=found, detail={"demands": len(ballots)})
    return found


def _ballots(
    by: User, community: Community, votes: Mapping[UUID, int], second: Mapping[UUID, int]
) -> list[priorities.Ballot]:
    there = {
        row.pk: row for row in demands_visible_to(by).filter(community=community, pk__in=votes)
    }
    if set(votes) != set(there):
        raise not_visible()
    return [
        priorities.Ballot(key, number, second.get(key), there[key].how_many, there[key].voiced_on)
        for key, number in votes.items()
    ]


def _ordered(found: Assembly, ballots: list[priorities.Ballot]) -> priorities.Order:
    wrong = priorities.too_many(ballots, found.present, found.votes_each)
    if wrong == "one":
        raise DomainError(
            _("Una demanda tiene más votos que personas presentes (%(n)s).") % {"n": found.present},
            hint=_("Revisa los votos: cada persona da cuando mucho uno a cada demanda."),
        )
    if wrong == "all":
        most = priorities.most_votes(found.present, found.votes_each)
        raise DomainError(
            _("Hay más votos de los que pudo haber: cuando mucho %(n)s.") % {"n": most},
            hint=_("Son %(present)s personas con %(each)s cada una.")
            % {"present": found.present, "each": found.votes_each},
        )
    order = priorities.order(ballots, found.tie_rule, found.how_many_go_first)
    if order.undecided:
        raise DomainError(
            _("Hay un empate que decide quién va primero, y la regla no lo deshace."),
            hint=_("Voten otra vez entre las empatadas y anota esas manos en «segunda votación»."),
        )
    return order
