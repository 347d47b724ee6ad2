"""Answers out: without name, alias or folio, only of men who agreed, and each time written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, require_everywhere
from tequio.audit.record import record_export
from tequio.core import ids
from tequio.instruments import definitions
from tequio.instruments.definitions import Instrument
from tequio.instruments.exports import Answer, Layout, TruncatedError
from tequio.instruments.exports.layouts import Cell
from tequio.people import sealed_answers
from tequio.people.models import Assessment
from tequio.people.policies import exportable
from tequio.people.rules import evaluation_file

_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Export:
    """A file before it is written: its header, how many rows it will have, and the rows."""

    instrument: Instrument
    header: tuple[Cell, ...]
    announced: int
    rows: Iterator[tuple[Cell, ...]]
    # Fills up while the rows are read: what the scales' consistency is worked out from.
    said: list[Mapping[str, str]] = field(default_factory=list)


@transaction.atomic
def export(*, by: User, slug: str, layout: Layout) -> Export:
    """Prepare what men answered to one instrument, in one shape."""
    require_everywhere(by, Permission.ASSESSMENT_EXPORT)
    whole = _instrument(slug)
    keys = _keys(by, [slug], version=whole.version)
    announced = len(keys) * layout.rows_of(whole)
    record_export(f"{slug}.{layout.slug}", by=by, rows=announced)
    said: list[Mapping[str, str]] = []
    answers = _noting(_opened(by, keys), said)
    return Export(whole, layout.header(whole), announced, layout.rows(whole, answers), said)


@transaction.atomic
def for_evaluation(*, by: User) -> Export:
    """Prepare the men's file that `./tequio evaluate` reads: violence by type, wave by wave."""
    require_everywhere(by, Permission.ASSESSMENT_EXPORT)
    whole = _instrument(evaluation_file.INSTRUMENT)
    keys = _keys(by, [whole.slug], version=whole.version, waves=evaluation_file.WAVES)
    record_export("answers.csv", by=by, rows=len(keys))
    rows = (evaluation_file.row(whole, answer) for answer in _opened(by, keys))
    return Export(whole, evaluation_file.HEADER, len(keys), rows)


def _instrument(slug: str) -> Instrument:
    found = next((one for one in definitions.for_men() if one.instrument.slug == slug), None)
    if found is None:
        raise not_visible()
    return found.instrument


def _keys(by: User, slugs: Sequence[str], *, version: str, waves: Sequence[str] = ()) -> list[UUID]:
    rows = exportable(by).filter(instrument__in=slugs, version=version)
    if waves:
        rows = rows.filter(wave__in=waves)
    return list(rows.order_by("finished_at", "pk").values_list("pk", flat=True))


def _noting(answers: Iterator[Answer], said: list[Mapping[str, str]]) -> Iterator[Answer]:
    for answer in answers:
        said.append(answer.answers)
        yield answer


def _opened(by: User, keys: Sequence[UUID]) -> Iterator[Answer]:
    """Open answers a few at a time. A number stands for a man in this file and in no other."""
    numbers: dict[tuple[UUID, UUID | None], str] = {}
    zone = ZoneInfo(by.organisation.timezone)
    for first in range(0, len(keys), _AT_ONCE):
        part = keys[first : first + _AT_ONCE]
        rows = Assessment.objects.in_bulk(part)
        if len(rows) != len(part):
            raise TruncatedError("An answer went away while the file was written.")
        for key in part:
            row = rows[key]
            who = numbers.setdefault((row.participant_id, row.way_id), ids.new_id().hex[:12])
            on = (row.finished_at or row.started_at).astimezone(zone).date()
            said = sealed_answers.answers_of(row)
            yield Answer(who, row.wave, on, row.how, said)
