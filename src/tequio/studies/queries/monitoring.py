"""How the work goes against what was assumed: nothing of hers is read, and no man is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from evidencia.watching import Watched, watch
from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.circles.queries import watching
from tequio.circles.queries.watching import Naming, Work
from tequio.circles.retention.presence import Tally
from tequio.studies.models import Expectation, Plan, Study
from tequio.studies.policies.monitoring import expectations_visible_to
from tequio.studies.policies.studies import studies_visible_to
from tequio.studies.queries.feasibility import staying
from tequio.studies.queries.studies import choices_of, question_of
from tequio.studies.rules.monitoring import FEWEST, Panel, panels

M: Final = Expectation.Measure
# Nobody assumed anything: the year that runs, and a man's fourth session.
_FOURTH: Final = 4
# Words of the round go after ninety days; within them they are counted.
NAMED_IN: Final = timedelta(days=90)
# As many of the newest plans as a page may ask about.
PLANS: Final = 3
# Answers and men: fewer than these are not told of, whoever asks.
_FEWEST_NAMED: Final = 10


@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """One measure: what was assumed of it, and each place."""

    measure: str
    expected: Expectation | None
    first: date
    session: int
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class PresenceLine:
    """At his nth session: how many of how many were there, and of how many nobody knows."""

    number: int
    yes: int
    asked: int
    missing: int


@dataclass(frozen=True, slots=True)
class Board:
    """All that is watched, measure by measure."""

    watches: tuple[Watch, ...]
    presence: tuple[PresenceLine, ...]
    groups: int
    sites: int
    # Whether numbers of few men are left out for this reader.
    guarded: bool


def board(user: User, today: date) -> Board:
    """Return how the work goes until today."""
    require_everywhere(user, Permission.MONITOR_READ)
    found = watching.work(user)
    assumed = newest(user)
    guarded = user.scope(Permission.PERSON_READ) is None
    present = watching.retention(found)
    session = _session(assumed.get(M.RETENTION))
    counted: dict[str, tuple[Tally, ...]] = {
        M.RETENTION: tuple(one for one in present if one.number == session),
        M.SESSIONS: watching.sessions(found, today),
        M.ROUNDS: watching.rounds(found),
        M.WAVES: watching.waves(found, today),
    }
    watches = [
        _watch(measure, counted[measure], found, assumed.get(measure), today, guarded)
        for measure in M.values
    ]
    return Board(
        watches=tuple(watches),
        presence=_presence(present, watches[0].first, today, FEWEST if guarded else 1),
        groups=len(found.groups),
        sites=len({group.site_id for group in found.groups}),
        guarded=guarded,
    )


def newest(user: User) -> dict[str, Expectation]:
    """Return what is assumed now of each measure."""
    rows = expectations_visible_to(user).select_related("written_by").order_by("written_at", "pk")
    return {row.measure: row for row in rows}


def expected_before(user: User) -> list[Expectation]:
    """Return everything that was ever assumed, the newest first: a change shows."""
    rows = expectations_visible_to(user).select_related("written_by")
    return list(rows.order_by("-written_at", "pk"))


@dataclass(frozen=True, slots=True)
class Named:
    """What was answered in the rounds, or that it is too little to be told."""

    since: date
    found: Naming
    enough: bool


def named(user: User, today: date) -> Named:
    """Return how often violence was named in the rounds of the last ninety days."""
    require_everywhere(user, Permission.MONITOR_READ)
    since = today - NAMED_IN
    found = watching.naming(user, since)
    said = found.answers["yes"] + found.answers["no"]
    least = min(found.answers["yes"], found.answers["no"])
    enough = min(said, found.men) >= _FEWEST_NAMED and least >= FEWEST
    return Named(since, found, enough)


@dataclass(frozen=True, slots=True, eq=False)
class Drift:
    """What a frozen plan took for granted of who still answers at the end, and what is seen."""

    study: Study
    wave: str
    frozen_on: date
    assumed: float
    # Whether it was the organisation's own past, or a published figure.
    ours: bool
    asked: int
    answered: int
    watched: Watched | None


def drifts(user: User, today: date) -> tuple[Drift, ...]:
    """Compare the newest frozen plans of men's words with who answered since."""
    require_everywhere(user, Permission.MONITOR_READ)
    of_men = studies_visible_to(user).filter(
        informant=Study.Informant.MEN, state=Study.State.PLANNED
    )
    first = Plan.objects.filter(study=OuterRef("pk"), number=1).values("frozen_at")[:1]
    newest_first = of_men.annotate(frozen_at=Subquery(first)).order_by("-frozen_at", "pk")
    held = [study for study in newest_first if choices_of(study).wave]
    return tuple(_drift(user, study, today) for study in held[:PLANS])


def _drift(user: User, study: Study, today: date) -> Drift:
    question, wave = question_of(study), choices_of(study).wave
    frozen_on = timezone.localdate(study.frozen_at)  # type: ignore[attr-defined]
    then = staying(user, question, wave, frozen_on)
    now = staying(user, question, wave, today)
    least = FEWEST if user.scope(Permission.PERSON_READ) is None else 1
    assumed = 1 - then.lost
    seen = None
    if now.asked >= least and 0 < assumed < 1:
        # One look is enough: the limits hold whatever was looked at before.
        seen = watch([now.answered], [now.asked], target=assumed)
    return Drift(study, wave, frozen_on, assumed, then.ours, now.asked, now.answered, seen)


def _session(expected: Expectation | None) -> int:
    return _FOURTH if expected is None or expected.session is None else expected.session


def _watch(
    measure: str,
    counted: Sequence[Tally],
    found: Work,
    expected: Expectation | None,
    today: date,
    guarded: bool,
) -> Watch:
    first = date(today.year, 1, 1) if expected is None else expected.since
    of_men = measure in {M.RETENTION, M.WAVES}
    return Watch(
        measure=measure,
        expected=expected,
        first=first,
        session=_session(expected) if measure == M.RETENTION else 0,
        panels=panels(
            _by_site(counted, found),
            whole="",
            first=first,
            last=today,
            percent=None if expected is None else expected.percent,
            fewest=FEWEST if guarded and of_men else 1,
        ),
    )


def _by_site(counted: Sequence[Tally], found: Work) -> list[tuple[str, list[Tally]]]:
    site_of = {group.pk: group.site_id for group in found.groups}
    names = {group.site_id: group.site.name for group in found.groups}
    sites: dict[UUID, list[Tally]] = defaultdict(list)
    for one in counted:
        sites[site_of[one.group]].append(one)
    return sorted((names[site], found) for site, found in sites.items())


def _presence(
    present: Sequence[Tally], first: date, last: date, fewest: int
) -> tuple[PresenceLine, ...]:
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in present:
        if first <= one.on <= last:
            for at, n in enumerate((one.yes, one.asked, one.missing)):
                sums[one.number][at] += n
    lines = (PresenceLine(number, *cell) for number, cell in sorted(sums.items()))
    return tuple(line for line in lines if line.asked >= fewest)
