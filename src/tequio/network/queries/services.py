"""Reading the directory: for ours with everything, for anybody only what somebody checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import Final
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from tequio.access.models import Organisation, User
from tequio.letters.rules.services import HOLDS_FOR
from tequio.network.models import DirectoryImport, ImportLine, Service
from tequio.network.policies.services import imports_visible_to, visible_to
from tequio.network.rules.directory import searching

# As many as somebody reads on a telephone; whoever wants others says more of what is looked for.
MOST: Final = 30
WHICH: Final = ("shown", "to_check", "failed", "gone")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for."""

    need: str = ""
    state: str = ""
    municipality: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """What may be shown to a woman. `loosely`: nothing had all of her words, these have some."""

    services: list[Service]
    loosely: bool = False


def for_anybody(organisation: Organisation, asked: Asked, today: date) -> Near:
    """Return what may be shown to a woman, the nearest and lately checked first.

    Whoever is afraid writes a whole sentence. Where no service has all of its words, those that
    have some of them are shown: an empty page would send her away.
    """
    everything = shown(organisation.pk, today)
    found = _nearest(_matching(everything, asked), asked)
    if found or not asked.words:
        return Near(found)
    wanted = [_said(word) for word in searching.words(asked.words)]
    if not wanted:
        return Near(found)
    some = reduce(or_, wanted)
    had = sum((Case(When(one, then=1), default=0) for one in wanted), start=Value(0))
    loose = _matching(everything, replace(asked, words="")).filter(some).annotate(had=had)
    return Near(_nearest(loose, asked, "-had"), loosely=True)


def _nearest(found: QuerySet[Service], asked: Asked, *first: str) -> list[Service]:
    if asked.state:
        # What serves the whole country has no state.
        found = found.filter(state__in=[asked.state, ""])
    near = Case(
        When(Q(municipality=asked.municipality) & ~Q(municipality=""), then=Value(0)),
        When(Q(state=asked.state) & ~Q(state=""), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    ordered = found.annotate(near=near).order_by(
        *first, "near", "failures_open", "-verified_on", "name", "pk"
    )
    return list(_whole(ordered)[:MOST])


def shown(organisation_id: UUID, today: date) -> QuerySet[Service]:
    """Return what somebody of ours checked lately and what nobody says is wrong."""
    return Service.objects.filter(
        organisation=organisation_id,
        status=Service.Status.ACTIVE,
        verified_on__range=(today - HOLDS_FOR, today),
        withheld=False,
    )


def for_us(user: User, asked: Asked, which: str, today: date) -> QuerySet[Service]:
    """Return the directory for ours: what was checked lately first; stale and failed ones sink."""
    found = _matching(visible_to(user), asked)
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.municipality:
        found = found.filter(municipality=asked.municipality)
    found = _which(found, which, today)
    sinks = Case(
        When(~Q(status=Service.Status.ACTIVE), then=Value(4)),
        When(withheld=True, then=Value(3)),
        When(verified_on=None, then=Value(2)),
        When(verified_on__lt=today - HOLDS_FOR, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    ordered = found.annotate(sinks=sinks)
    return _whole(
        ordered.order_by("sinks", "failures_open", "-verified_on", "provider__name_key", "pk")
    )


def counts(user: User, today: date) -> dict[str, int]:
    """Return how many of each there are, for the tabs."""
    everything = visible_to(user)
    return {"": everything.count()} | {
        which: _which(everything, which, today).count() for which in WHICH
    }


def imports(user: User) -> QuerySet[DirectoryImport]:
    """Return what was brought in, the latest first, without the files."""
    return imports_visible_to(user).select_related("started_by", "job").defer("file")


def lines(brought: DirectoryImport, outcome: str) -> QuerySet[ImportLine]:
    """Return the lines of an import, all or those with one outcome."""
    found = brought.lines.select_related("service")
    if outcome == "mended":
        return found.exclude(mended=[])
    return found.filter(outcome=outcome) if outcome else found


def for_export(user: User) -> Sequence[Service]:
    """Return every service that was not given up, with all that belongs to it."""
    found = visible_to(user).exclude(status=Service.Status.DEFUNCT).order_by("name", "pk")
    return list(_whole(found))


def _matching(found: QuerySet[Service], asked: Asked) -> QuerySet[Service]:
    if asked.need:
        found = found.filter(search__contains=searching.mark(asked.need))
    for word in searching.words(asked.words):
        found = found.filter(_said(word))
    return found


def _said(word: str) -> Q:
    """A service has a word where it stands in its line, or where it is for what the word means."""
    means = searching.MEANS.get(word)
    either = Q(search__contains=word)
    return either | Q(search__contains=searching.mark(means)) if means else either


def _which(found: QuerySet[Service], which: str, today: date) -> QuerySet[Service]:
    active = Q(status=Service.Status.ACTIVE)
    fresh = Q(verified_on__range=(today - HOLDS_FOR, today))
    match which:
        case "shown":
            return found.filter(active & fresh, withheld=False)
        case "to_check":
            return found.filter(active).exclude(fresh)
        case "failed":
            return found.filter(failures_open__gt=0)
        case "gone":
            return found.exclude(active)
    return found


def _whole(found: QuerySet[Service]) -> QuerySet[Service]:
    return found.select_related("provider").prefetch_related("phones", "openings")
