"""What was answered and tried at the moments of a way, whichever calendar the way hangs on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from tequio.instruments.rules.waves import Moment, Standing
from tequio.people.models import Approach, Assessment, Participant
from tequio.people.moments import DueMoment


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a moment asks, on which way, and whether somebody may look for him."""

    man: Participant
    way_id: UUID
    left: bool
    may_be_sought: bool
    # What the moment is called on this way; its own name where nothing is said.
    name: str = ""
    # What makes no sense on this way.
    never: tuple[str, ...] = ()


@dataclass(slots=True)
class Known:
    """What was answered and tried, by way and moment."""

    answered: dict[tuple[UUID, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    tried: dict[tuple[UUID, str], list[str]] = field(default_factory=lambda: defaultdict(list))


def known(ways: Collection[UUID]) -> Known:
    """Return what was answered and tried on these ways."""
    found = Known()
    if not ways:
        return found
    found.answered = answered(ways)
    tried = Approach.objects.filter(way_id__in=ways).order_by("made_at", "pk")
    for way_id, wave, outcome in tried.values_list("way_id", "wave", "outcome"):
        found.tried[way_id, wave].append(outcome)
    return found


def answered(ways: Collection[UUID]) -> dict[tuple[UUID, str], set[str]]:
    """Return which questionnaires were answered at which moment of which way."""
    found: dict[tuple[UUID, str], set[str]] = defaultdict(set)
    done = Assessment.objects.filter(way_id__in=ways, state=Assessment.State.DONE)
    for way_id, wave, slug in done.values_list("way_id", "wave", "instrument"):
        if way_id is not None:
            found[way_id, wave].add(slug)
    return found


def as_due(asked: Asked, moment: Moment, day: date, known: Known) -> DueMoment:
    """Put together what is shown of a moment: that it is due, and nothing that he answered."""
    at = (asked.way_id, moment.label)
    outcomes = known.tried.get(at, [])
    slugs = [slug for slug in moment.wave.his if slug not in asked.never]
    closed = "past" if moment.standing(day) is Standing.PAST else ""
    if outcomes and outcomes[-1] == Approach.Outcome.DECLINED:
        closed = "declined"
    return DueMoment(
        participant_id=asked.man.pk,
        folio=asked.man.folio,
        alias=asked.man.alias,
        way_id=asked.way_id,
        wave=moment.label,
        name=asked.name or moment.wave.name.now(),
        opens_on=moment.opens_on,
        closes_on=moment.closes_on,
        open_slugs=tuple(s for s in slugs if s not in known.answered.get(at, set())),
        of=len(slugs),
        after_leaving=asked.left,
        may_be_sought=asked.may_be_sought,
        tried=len(outcomes),
        last_outcome=str(Approach.Outcome(outcomes[-1]).label) if outcomes else "",
        closed=closed,
    )
