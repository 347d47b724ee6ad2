"""From what was found to what was decided, and to what changed in the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record
from tequio.core.errors import Conflict, DomainError
from tequio.core.text import squeeze
from tequio.network.actions.days import happened
from tequio.network.models import Community, Decision, Finding, PlanLine
from tequio.network.policies.learning import (
    communities_visible_to,
    findings_visible_to,
    plan_visible_to,
)
from tequio.network.rules.cycle import year_of


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as it was typed."""

    on: date
    what: str
    source: str
    limits: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it was typed."""

    on: date
    acts: bool
    what: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of a plan as it was typed."""

    year: int
    what: str
    change: str
    sign: str = ""
    before_id: UUID | None = None
    because_id: UUID | None = None


@transaction.atomic
def find(*, by: User, community_id: UUID, found: Found) -> Finding:
    """Write down what was learned, with what may not be concluded from it. It stays for good."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    community = pick(communities_visible_to(by), pk=community_id)
    happened(by, found.on, community)
    if found.source not in Finding.Source.values or not squeeze(found.what):
        raise DomainError(_("Falta qué se halló, o de dónde se sabe."))
    if not squeeze(found.limits):
        raise DomainError(
            _("Falta qué no se puede concluir."),
            hint=_("Por ejemplo: «solo habla de quien abrió la puerta ese sábado»."),
        )
    made = Finding.objects.create(
        organisation_id=by.organisation_id,
        community=community,
        year=year_of(community.started_on, found.on),
        on=found.on,
        what=squeeze(found.what),
        source=found.source,
        limits=squeeze(found.limits),
        written_by=by,
    )
    record("finding.add", by=by, subject=made, detail={"source": made.source})
    return made


@transaction.atomic
def decide(*, by: User, finding_id: UUID, decided: Decided) -> Decision:
    """Write down what was decided about a finding; deciding nothing has to be said too."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    finding = pick(findings_visible_to(by), pk=finding_id)
    happened(by, decided.on)
    if decided.on < finding.on:
        raise DomainError(_("La decisión es anterior al hallazgo. Revisa la fecha."))
    if not squeeze(decided.what) or not squeeze(decided.decided_by):
        raise DomainError(_("Falta qué se decidió, o quién lo decidió."))
    made = Decision.objects.create(
        finding=finding,
        on=decided.on,
        acts=decided.acts,
        what=squeeze(decided.what),
        decided_by=squeeze(decided.decided_by),
        written_by=by,
    )
    record("finding.decide", by=by, subject=finding, detail={"acts": decided.acts})
    return made


@transaction.atomic
def plan(*, by: User, community_id: UUID, planned: Planned) -> PlanLine:
    """Write a line into a year's plan; what changes says from what, and because of what."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    community = pick(communities_visible_to(by).select_for_update(of=("self",)), pk=community_id)
    if planned.change not in PlanLine.Change.values or not squeeze(planned.what):
        raise DomainError(_("Falta qué se planea, o si cambia algo."))
    before = _before(by, community, planned)
    because = _because(by, community, planned)
    made = PlanLine.objects.create(
        organisation_id=by.organisation_id,
        community=community,
        year=planned.year,
        what=squeeze(planned.what),
        sign=squeeze(planned.sign),
        change=planned.change,
        before=before,
        because=because,
        written_by=by,
    )
    record("plan.write", by=by, subject=made, detail={"change": made.change})
    return made


def _before(by: User, community: Community, planned: Planned) -> PlanLine | None:
    if planned.change == PlanLine.Change.NEW:
        return None
    if planned.before_id is None:
        raise DomainError(_("Falta qué línea del año anterior sigue, cambia o se deja."))
    lines = plan_visible_to(by).filter(community=community).exclude(change="dropped")
    before = pick(lines, pk=planned.before_id)
    if before.year != planned.year - 1:
        raise DomainError(_("Esa línea no es del plan del año anterior."))
    if PlanLine.objects.filter(before=before).exists():
        raise Conflict(_("Ya se dijo qué pasa con esa línea el año que sigue."))
    return before


def _because(by: User, community: Community, planned: Planned) -> Decision | None:
    changes = planned.change in {PlanLine.Change.CHANGED, PlanLine.Change.DROPPED}
    if planned.because_id is None:
        if changes:
            raise DomainError(
                _("Falta por qué cambia o se deja."),
                hint=_("Elige la decisión de la que sale. Si no hay, anótala con su hallazgo."),
            )
        return None
    made = Decision.objects.filter(
        finding__in=findings_visible_to(by), finding__community=community
    )
    found = pick(made, pk=planned.because_id)
    if not found.acts:
        raise DomainError(_("Ahí se decidió no hacer nada: un cambio no puede salir de eso."))
    return found
