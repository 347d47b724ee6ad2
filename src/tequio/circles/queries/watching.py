"""How the work goes, in sums by group and day: what is watched between two publications.

Nothing here names a man, and nothing here is of a woman.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.circles.models import Group, Session, Telling
from tequio.circles.policies import groups_visible_to
from tequio.circles.queries.moments import closed_moments
from tequio.circles.retention.collect import Facts, Records, read
from tequio.circles.retention.presence import Tally, present_by_session
from tequio.circles.sealed import open_round

# The months of maintenance are talks and no measurement.
_OF_A_STUDY: Final = "T"


@dataclass(frozen=True, slots=True)
class Work:
    """What happened in some groups, of which each part is read once."""

    groups: tuple[Group, ...]
    records: Records

    @property
    def facts(self) -> tuple[Facts, ...]:
        """Return what the counting takes of each group."""
        return tuple(Facts(g.pk, g.name, g.gaps, g.edition.model_slug) for g in self.groups)


@dataclass(frozen=True, slots=True)
class Naming:
    """What was answered in opening rounds. A process measure: it says nothing of what happened."""

    answers: Counter[str]
    men: int
    # Answers whose words went after their time.
    gone: int


def work(user: User) -> Work:
    """Read the groups whose course this person may watch, with their sessions and marks."""
    groups = tuple(_groups(user))
    return Work(groups, read(groups))


def retention(found: Work) -> tuple[Tally, ...]:
    """Return who of those who began was there at each of his own sessions."""
    return present_by_session(found.records, found.facts)


def sessions(found: Work, today: date) -> tuple[Tally, ...]:
    """Return which planned sessions took place; of those passed without a word it is missing."""
    return tuple(
        Tally(
            group=one.group,
            on=one.planned_on,
            number=0,
            yes=int(one.state == Session.State.HELD),
            asked=1,
            missing=int(one.state == Session.State.PLANNED),
        )
        for one in found.records.sessions
        if one.planned_on is not None and one.planned_on < today
    )


def rounds(found: Work) -> tuple[Tally, ...]:
    """Return in which held sessions anything of the opening round was written down.

    A register that was brought in holds no round: its sessions are not asked about.
    """
    told = Telling.objects.filter(session=OuterRef("pk"), part=Telling.Part.ROUND, stands=True)
    held = Session.objects.filter(
        group__in=found.groups, state=Session.State.HELD, import_id=None, planned_on__isnull=False
    )
    rows = held.annotate(told=Exists(told)).values_list("group_id", "planned_on", "told")
    return tuple(Tally(group, on, 0, int(was), 1, 0) for group, on, was in rows if on is not None)


def waves(found: Work, today: date) -> tuple[Tally, ...]:
    """Return of which moments from T0 to T4, once closed, everything was answered.

    Who left is asked about as well: he is to be asked whether he stayed or not.
    """
    counts: dict[tuple[UUID, date], list[int]] = defaultdict(lambda: [0, 0])
    for one in closed_moments(found.groups, today):
        if not one.wave.startswith(_OF_A_STUDY):
            continue
        cell = counts[one.group_id, one.closed_on]
        cell[0] += one.answered
        cell[1] += 1
    return tuple(Tally(group, on, 0, yes, n, 0) for (group, on), (yes, n) in counts.items())


def naming(user: User, since: date) -> Naming:
    """Open what was answered in the rounds since a day, and count it."""
    told = Telling.objects.filter(
        session__group__in=_groups(user),
        session__planned_on__gte=since,
        part=Telling.Part.ROUND,
        stands=True,
    )
    return _named(user.organisation_id, told.select_related("membership"))


def _named(organisation_id: UUID, told: Iterable[Telling]) -> Naming:
    answers: Counter[str] = Counter()
    men: set[UUID] = set()
    gone = 0
    for one in told:
        said = open_round(organisation_id, one)
        if said is None:
            gone += 1
            continue
        answers[said.answer] += 1
        men.add(one.membership.participant_id)
    return Naming(answers, len(men), gone)


def _groups(user: User) -> Sequence[Group]:
    visible = groups_visible_to(user, Permission.MONITOR_READ)
    named = visible.select_related("edition", "site").order_by("name", "pk")
    return list(named.only("name", "gaps", "edition__model_slug", "site__name"))
