"""Reading literacy circles: counts for whoever may know, words for whoever works with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import ExtractYear

from tequio.access.models import User
from tequio.access.policies import pick
from tequio.network import guides, vault
from tequio.network.guides import Shipped
from tequio.network.models import CircleOutcome, Domain, LiteracyCircle, LiteracyMeeting
from tequio.network.policies.literacy import (
    circles_visible_to,
    may_see_where,
    meetings_to_count,
    meetings_visible_to,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A circle in a list."""

    circle: LiteracyCircle
    held: int
    came: int
    last_on: object


@dataclass(frozen=True, slots=True)
class Where:
    """Where and when a circle meets."""

    place: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting with what was said in it."""

    meeting: LiteracyMeeting
    guide: Shipped | None
    words: str
    dialogue: str
    objective: str
    action: str
    aliases: tuple[str, ...]
    learned: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cards:
    """A show of cards, as shares of whoever raised one."""

    moment: str
    no: int
    partly: int
    yes: int

    @property
    def asked(self) -> int:
        """How many raised a card."""
        return self.no + self.partly + self.yes


@dataclass(frozen=True, slots=True)
class Shown:
    """One kind of change at the moments at which it was asked."""

    label: str
    cards: tuple[Cards, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What the circles of one theme did in one year, and nothing by which one is found."""

    year: int
    theme: str
    circles: int
    held: int
    not_held: int
    came: int


def counts(user: User, today: date) -> list[Counted]:
    """Return what circles did by year and theme, the last year first.

    A meeting that is still to come is not counted: it would say when they meet.
    """
    held, not_held = Q(state=LiteracyMeeting.State.HELD), Q(state=LiteracyMeeting.State.NOT_HELD)
    rows = (
        meetings_to_count(user)
        .filter(held | not_held, on__lte=today)
        .order_by()
        .annotate(year=ExtractYear("on"))
        .values("year", "circle__theme")
        .annotate(
            circles=Count("circle", filter=held, distinct=True),
            held=Count("pk", filter=held),
            not_held=Count("pk", filter=not_held),
            # Of no meeting there is no sum.
            presences=Sum("came"),
        )
    )
    names = dict(LiteracyCircle.Theme.choices)
    found = [
        Counted(
            year=row["year"],
            theme=str(names[row["circle__theme"]]),
            circles=row["circles"],
            held=row["held"],
            not_held=row["not_held"],
            came=row["presences"] or 0,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (-one.year, one.theme))


def lines(user: User) -> list[Line]:
    """Return the circles that the person may know of, those that go on first."""
    held = Q(meetings__state=LiteracyMeeting.State.HELD)
    rows = (
        circles_visible_to(user)
        .defer("sealed")
        .annotate(
            held=Count("meetings", filter=held),
            came=Sum("meetings__came"),
            last_on=Max("meetings__on", filter=held),
        )
        .order_by("closed_on", "-opened_on", "name", "pk")
    )
    ordered = sorted(rows, key=lambda row: row.closed_on is not None)
    return [Line(row, row.held, row.came or 0, row.last_on) for row in ordered]


def circle(user: User, circle_id: UUID) -> LiteracyCircle:
    """Return one circle, or the same 404 as for nothing."""
    return pick(circles_visible_to(user).select_related("community"), pk=circle_id)


def where(user: User, one: LiteracyCircle) -> Where | None:
    """Return where and when it meets, for who may know it."""
    if not may_see_where(user):
        return None
    return Where(**vault.unseal(one.organisation_id, "circle", one.pk, one.sealed))


def meetings(user: User, one: LiteracyCircle) -> list[Met]:
    """Return the meetings of a circle, the last first."""
    rows = meetings_visible_to(user).filter(circle=one).prefetch_related("learned")
    return [met(one.organisation_id, row) for row in rows.order_by("-on", "-pk")]


def meeting(user: User, meeting_id: UUID) -> LiteracyMeeting:
    """Return one meeting with its circle, or the same 404 as for nothing."""
    rows = meetings_visible_to(user).select_related("circle").prefetch_related("learned")
    return pick(rows, pk=meeting_id)


def met(organisation_id: UUID, row: LiteracyMeeting) -> Met:
    """Open what was said in a meeting. The caller has checked that the reader may know."""
    said: dict[str, str] = {}
    if row.sealed_words is not None:
        said = vault.unseal(organisation_id, "words", row.pk, row.sealed_words)
    aliases: Iterable[str] = ()
    if row.sealed_aliases is not None:
        aliases = vault.unseal(organisation_id, "aliases", row.pk, row.sealed_aliases)["aliases"]
    return Met(
        meeting=row,
        guide=guides.find(row.guide, row.guide_version) if row.guide else None,
        words=said.get("words", ""),
        dialogue=said.get("dialogue", ""),
        objective=said.get("objective", ""),
        action=said.get("action", ""),
        aliases=tuple(aliases),
        learned=tuple(
            (
                str(Domain(one.domain).label),
                str(vault.unseal(organisation_id, "learning", one.pk, one.sealed)["words"]),
            )
            for one in row.learned.all()
        ),
    )


def shown(one: LiteracyCircle) -> list[Shown]:
    """Return the shows of cards by kind of change, in the order in which they were asked."""
    order = {moment: n for n, moment in enumerate(CircleOutcome.Moment.values)}
    rows = sorted(one.outcomes.all(), key=lambda row: order[row.moment])
    found = []
    for domain in Domain:
        cards = tuple(
            Cards(str(row.get_moment_display()), row.no, row.partly, row.yes)
            for row in rows
            if row.domain == domain
        )
        if cards:
            found.append(Shown(str(domain.label), cards))
    return found
