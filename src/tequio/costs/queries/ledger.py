"""Everything that a result is worked out from, read once: lines, assumptions, groups and marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import ExtractYear

from tequio.access.models import User
from tequio.circles.models import Attendance
from tequio.circles.retention.collect import Facts, Records, read
from tequio.core import clock
from tequio.costs.models import Terms
from tequio.costs.models.terms import ShareBy
from tequio.costs.policies.books import entries_visible_to, groups_costed_by, terms_visible_to
from tequio.costs.rules.amounts import in_year
from tequio.costs.rules.counting import Circle, Counted, count
from tequio.costs.rules.sharing import Cost, Place, Share, share
from tequio.programmes import queries as programmes


class Written(NamedTuple):
    """A line that stands."""

    year: int
    years: int
    kind: str
    task: str
    paid: bool
    cents: int
    minutes: int | None
    site: UUID | None
    edition: UUID | None
    group: UUID | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """One organisation's book beside its groups."""

    lines: tuple[Written, ...]
    terms: Mapping[int, Terms]
    circles: tuple[Circle, ...]
    names: Mapping[UUID, str]
    records: Records
    counted: Counted
    today: date

    def terms_of(self, year: int) -> Terms:
        """Return what was assumed for a year; the usual where nobody said anything."""
        return self.terms.get(year) or Terms(year=year, currency=self.currency)

    @property
    def currency(self) -> str:
        """The money of the book."""
        last = max(self.terms, default=None)
        return self.terms[last].currency if last is not None else "MXN"

    def costs(self, year: int) -> list[Cost]:
        """Return the costs of a year; outlays of earlier years with their part of it."""
        return [
            Cost(
                line.kind,
                line.paid,
                in_year(line.cents, first=line.year, years=line.years, year=year),
                line.task,
                line.site,
                line.edition,
                line.group,
            )
            for line in self.lines
            if line.year <= year < line.year + line.years
        ]

    def places(self, year: int) -> list[Place]:
        """Return the groups with the weight by which they carry what is common in a year."""
        by = self.terms_of(year).share_by
        return [self._place(circle, year, by) for circle in self.circles]

    def _place(self, circle: Circle, year: int, by: str) -> Place:
        here = self.counted.of(circle.group, year)
        weight = {ShareBy.SESSIONS: here.sessions, ShareBy.ENTRANTS: len(here.entrants)}
        return Place(
            circle.group,
            circle.site,
            circle.edition,
            weight=weight.get(ShareBy(by), 1),
            met=here.sessions > 0,
        )

    def shares(self, year: int) -> tuple[Share, ...]:
        """Return who carries what in a year."""
        return share(self.costs(year), self.places(year))


def ledger(user: User) -> Ledger:
    """Read the book of the person's organisation: seven questions, whatever its size."""
    groups = list(groups_costed_by(user).select_related("edition", "site").order_by("name", "pk"))
    circles = tuple(
        Circle(
            group=group.pk,
            name=group.name,
            site=group.site_id,
            edition=group.edition_id,
            largest=programmes.entry(group.edition).largest,
            facts=Facts(group.pk, group.name, group.gaps, group.edition.model_slug),
        )
        for group in groups
    )
    names = {group.site_id: group.site.name for group in groups}
    names |= {group.edition_id: group.edition.name for group in groups}
    names |= {group.pk: group.name for group in groups}
    records = read(groups)
    today = clock.today(user.organisation.timezone)
    return Ledger(
        lines=_lines(user),
        terms={row.year: row for row in terms_visible_to(user)},
        circles=circles,
        names=names,
        records=records,
        counted=count(records, circles, _visits(user), today=today),
        today=today,
    )


def _lines(user: User) -> tuple[Written, ...]:
    rows = entries_visible_to(user).filter(voided_at__isnull=True).order_by("year", "kind", "pk")
    found = rows.values_list(
        "year",
        "years",
        "kind",
        "task",
        "paid",
        "cents",
        "minutes",
        "site_id",
        "edition_id",
        "group_id",
    )
    return tuple(map(Written._make, found))


def _visits(user: User) -> dict[tuple[UUID, int], int]:
    """Count seats that were used by who made up a session: he is counted in his own group."""
    came = Attendance.objects.filter(
        membership__visit=True,
        status__in=["present", "late"],
        session__state="held",
        session__planned_on__isnull=False,
        session__group__in=groups_costed_by(user),
    )
    years = came.annotate(year=ExtractYear("session__planned_on")).order_by()
    rows = years.values_list("session__group", "year").annotate(n=Count("pk"))
    return {(group, year): n for group, year, n in rows}
