"""What invented men answered at their moments; who is more violent tells less as time goes on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Final
from uuid import UUID

import numpy as np

from tequio.circles.queries import moments
from tequio.core import clock
from tequio.instruments.definitions import newest
from tequio.people.actions.assessments import At
from tequio.people.actions.assessments_batch import Given, record_many
from tequio.people.models import Participant
from tequio.people.moments import DueMoment
from tequio.simulation.arrivals import ZONE, Staff
from tequio.simulation.evenings import moment
from tequio.studies.models import Lottery
from tequio.studies.queries import while_waiting

_ASKED: Final = ("conductas-el", "responsabilidad")
# Proposals, as everything in a demonstration: who is asked again, in the group and after it.
_HERE: Final = 0.85
_GONE: Final = 0.4
_TELLS: Final = {"T0": 0.75, "T1": 0.7, "T2": 0.6, "T3": 0.5, "T4": 0.45}
_WITHIN: Final = 14
_TIMES: Final = ("once", "few", "many")


def ask(staff: Staff, rng: np.random.Generator) -> None:
    """Write what was answered at each moment that is over, or half over."""
    _write(staff, moments.calendar(staff.coordinator, clock.today(ZONE), None), rng)


def ask_drawn(staff: Staff, rng: np.random.Generator, lottery: Lottery, heard: date) -> None:
    """Write what those answered whom a lottery drew: who waits on the same days as who begins.

    Nobody is asked before the draw, nor before he heard that he may be looked for: what he tells
    of the start would hang on nothing yet.
    """
    today = clock.today(ZONE)
    first = max(lottery.drawn_on or today, heard)
    drawn = set(lottery.tickets.values_list("participant", flat=True))
    kept = (moments.calendar, while_waiting.calendar)
    come = [one for each in kept for one in each(staff.coordinator, today, None)]
    his = [
        replace(one, opens_on=max(one.opens_on, first))
        for one in come
        if one.participant_id in drawn
    ]
    _write(staff, his, rng, within=(today - first).days + 1)


def _write(
    staff: Staff, come: Iterable[DueMoment], rng: np.random.Generator, within: int = _WITHIN
) -> None:
    by_way: dict[UUID, list[DueMoment]] = defaultdict(list)
    for one in come:
        if one.wave in _TELLS:
            by_way[one.way_id].append(one)
    men = Participant.objects.in_bulk({found[0].participant_id for found in by_way.values()})
    given = [
        answer
        for way in sorted(by_way, key=lambda key: by_way[key][0].folio)
        for answer in _man(men[by_way[way][0].participant_id], by_way[way], within, rng)
    ]
    record_many(by=staff.coordinator, given=given)


def _man(
    man: Participant, his: Sequence[DueMoment], within: int, rng: np.random.Generator
) -> Iterator[Given]:
    today = clock.today(ZONE)
    tendency = rng.beta(1.2, 4)
    for one in sorted(his, key=lambda due: due.opens_on):
        answers = rng.random() < (_GONE if one.after_leaving else _HERE)
        if not answers or not one.may_be_sought:
            continue
        # Some of those whose moment is open were not asked yet.
        on = one.opens_on + timedelta(days=int(rng.integers(0, within)))
        if on >= today:
            continue
        at = At(one.wave, one.way_id)
        when = moment(on, time(18, 30))
        yield Given(man, _ASKED[0], at, when, behaviour(tendency * _TELLS[one.wave], rng))
        yield Given(man, _ASKED[1], at, when, _agreement(rng))


def behaviour(chance: float, rng: np.random.Generator) -> Mapping[str, str]:
    """Answer what he did in the last three months, each form with that chance."""
    items = newest(_ASKED[0]).instrument.questions
    hits = rng.random(len(items)) < chance
    return {
        item.id: str(rng.choice(_TIMES)) if hit else "never"
        for item, hit in zip(items, hits, strict=True)
    }


def _agreement(rng: np.random.Generator) -> Mapping[str, str]:
    items = newest(_ASKED[1]).instrument.questions
    return {
        item.id: str(mark) for item, mark in zip(items, rng.integers(1, 5, len(items)), strict=True)
    }
