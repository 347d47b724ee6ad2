"""What women say, as rows: behind an open wall, in memory, for a child without keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tequio.studies import recipe as recipes
from tequio.studies.datasets.table import Built, Row, as_file, merged, scored
from tequio.studies.models import Release, Study
from tequio.studies.recipe import Recipe
from tequio.studies.rules.calendar import Due
from tequio.studies.rules.releasing import LEAST
from tequio.survivors import extracts
from tequio.survivors.extracts import Extract, Wanted
from tequio.survivors.opened import OpenWall

# What stands for her first service among the moments at which she told something.
_SERVED: Final = "·served"


@dataclass(frozen=True, slots=True)
class Window:
    """Who is in and until when it counts: of this release, or of one that was published."""

    first: date
    last: date
    until: date
    own: bool = False


def build(by: OpenWall, study: Study, recipe: Recipe, due: Due) -> Built:
    """Put together exactly what the plan asks for. Who did not say yes to being counted is not in.

    How many did not is asked of nobody: it would be a count of women.
    """
    now = _window(recipe, due.period_to)
    before = _published(study, recipe)
    everybody = [now, *before]
    wanted = Wanted(
        study=study.pk,
        instruments=frozenset(one.instrument for one in recipe.outcomes),
        waves=frozenset(recipe.waves),
        first=min(one.first for one in everybody),
        last=max(one.last for one in everybody),
        until=due.period_to,
        services=any(one.event for one in recipe.outcomes),
    )
    found = extracts.read(by=by, wanted=wanted)
    there = {who for who, since in found.women.items() if now.first <= since <= now.last}
    rows = [Row(who, wave, {}) for who in there for wave in recipe.waves]
    rows += [Row(who, recipe.waves[0], _waited(recipe, found, who)) for who in there]
    rows += [
        Row(one.who, one.wave, scored(recipe, one.slug, one.version, one.answers))
        for one in found.said
        if one.who in there
    ]
    whole = merged(rows)
    fresh = min((_differing(found, now, one) for one in before), default=len(there))
    return Built(as_file(recipe, whole), len(whole), len(there), 0, fresh)


def _waited(recipe: Recipe, found: Extract, who: str) -> dict[str, str]:
    """Return her days, and whether they ended in a service; who asked for nothing has none."""
    days = found.waits.get(who)
    if days is None:
        return {}
    cells: dict[str, str] = {}
    for one in recipe.outcomes:
        if one.event:
            cells |= {one.name: str(days.days), one.event: str(int(days.served))}
    return cells


def _window(recipe: Recipe, until: date, *, own: bool = False) -> Window:
    last = min(recipe.population.last, until)
    return Window(recipe.population.first, last, until, own)


def _published(study: Study, recipe: Recipe) -> list[Window]:
    """Return the windows of what was published of the same measures, by any study of the house."""
    mine = {(one.instrument, one.measure) for one in recipe.outcomes}
    releases = Release.objects.filter(
        organisation=study.organisation_id,
        seal=Release.Seal.HMAC,
        outcome=Release.Outcome.PUBLISHED,
    ).select_related("plan")
    found = []
    for one in releases:
        theirs = recipes.read(one.plan.recipe)
        if mine & {(o.instrument, o.measure) for o in theirs.outcomes}:
            own = one.study_id == study.pk
            found.append(_window(theirs, one.period_to, own=own))
    return found


def _differing(found: Extract, now: Window, before: Window) -> int:
    """Count the women who make the difference between two releases.

    Subtracted, they would tell what those few said. The same women of another study make none; of
    this one, nobody new is as telling as few.
    """
    mine, theirs = _told(found, now), _told(found, before)
    n = len({who for who, _wave in mine ^ theirs})
    return LEAST if n == 0 and not before.own else n


def _told(found: Extract, window: Window) -> set[tuple[str, str]]:
    inside: Iterable[str] = (
        who for who, since in found.women.items() if window.first <= since <= window.last
    )
    there = set(inside)
    told: Sequence[tuple[str, str]] = [
        (one.who, one.wave) for one in found.said if one.who in there and one.on <= window.until
    ]
    served = [
        (who, _SERVED)
        for who in there
        if (days := found.waits.get(who)) is not None and days.served_by(window.until)
    ]
    return {(who, "") for who in there} | set(told) | set(served)
