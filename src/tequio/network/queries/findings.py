"""Findings, and whether anybody acted on them. No function here leaves one out."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from tequio.access.models import User
from tequio.network.models import Community, Decision, Finding, PlanLine
from tequio.network.policies.learning import findings_visible_to, plan_visible_to
from tequio.network.rules import cycle


@dataclass(frozen=True, slots=True)
class Line:
    """One finding with what was decided about it, and what changed because of that."""

    finding: Finding
    decisions: tuple[Decision, ...]
    changes: tuple[PlanLine, ...]
    ignored: bool


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The plan of one year, each line with the one that it came from."""

    year: int
    lines: tuple[PlanLine, ...]


def nobody_acted(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """Return those that led to nothing, as `rules.cycle.nobody_acted` says, oldest first."""
    led = Decision.objects.filter(finding=OuterRef("pk"), acts=True, changes__isnull=False)
    return findings.filter(~Exists(led)).order_by("on", "written_at", "pk")


def lines(user: User, community: Community) -> list[Line]:
    """Return every finding of a community, those that nobody acted on first."""
    decided = Decision.objects.prefetch_related("changes")
    rows = findings_visible_to(user).filter(community=community)
    found = [_line(row) for row in rows.prefetch_related(Prefetch("decisions", decided))]
    return sorted(found, key=lambda line: (not line.ignored, -line.finding.on.toordinal()))


def _line(row: Finding) -> Line:
    decisions = tuple(row.decisions.all())
    changes = tuple(change for one in decisions for change in one.changes.all())
    said = [(one.acts, len(one.changes.all())) for one in decisions]
    return Line(row, decisions, changes, cycle.nobody_acted(said))


def decided(user: User, community: Community) -> QuerySet[Decision]:
    """Return the decisions to do something, from which a plan may change."""
    return Decision.objects.filter(
        finding__in=findings_visible_to(user).filter(community=community), acts=True
    ).select_related("finding")


def plans(user: User, community: Community) -> list[YearPlan]:
    """Return the plans, the newest year first."""
    rows = list(
        plan_visible_to(user)
        .filter(community=community)
        .select_related("before", "because", "because__finding")
    )
    years = sorted({row.year for row in rows}, reverse=True)
    return [YearPlan(year, tuple(row for row in rows if row.year == year)) for year in years]


def followable(user: User, community: Community) -> QuerySet[PlanLine]:
    """Return the lines of which nobody has said yet what happens with them the next year."""
    rows = plan_visible_to(user).filter(community=community, after__isnull=True)
    return rows.exclude(change=PlanLine.Change.DROPPED)
