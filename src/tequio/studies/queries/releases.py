"""What was published and what is due: for pages and reports, and never a row of anybody."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from tequio.access.models import User
from tequio.access.policies import pick
from tequio.core import clock
from tequio.studies import recipe as recipes
from tequio.studies.models import Plan, Release, Study
from tequio.studies.policies.releases import releases_visible_to
from tequio.studies.policies.studies import studies_visible_to
from tequio.studies.queries.studies import Amendment, amendments
from tequio.studies.rules import calendar, findings
from tequio.studies.rules.calendar import Due
from tequio.studies.rules.findings import Said

# What `of_study` looks at; what was published is long, and a calendar does not read it.
WITH_DAYS: Final = ("plans", Prefetch("releases", queryset=Release.objects.defer("result")))


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """One release in a list. `period` is closed; `informant` says whose words these are."""

    id: UUID
    study_id: UUID
    title: str
    informant: str
    informant_word: str
    number: int
    due_on: date
    period: str
    period_from: date
    period_to: date
    outcome: str
    published_at: datetime

    @property
    def is_published(self) -> bool:
        """Whether there was enough; if not, nothing more is said."""
        return self.outcome == Release.Outcome.PUBLISHED


@dataclass(frozen=True, slots=True)
class OpenRelease:
    """One release, whole: what may be said, what may not, and everything needed to check it."""

    line: ReleaseLine
    # `evidencia.results.as_json` as it was published; None where it was not enough.
    result: dict[str, Any] | None
    text: str
    findings: tuple[Said, ...]
    # What has to be read beside every number of it.
    notes: tuple[str, ...]
    plan: Plan
    amendments: Sequence[Amendment]
    seal: str
    sha256: str
    # The plan was frozen when people of the period had come already.
    frozen_late: bool


@dataclass(frozen=True, slots=True)
class Coming:
    """A day of a study's calendar and how it stands: out, late, waiting or in the future."""

    study: Study
    due: Due
    release: Release | None
    state: str

    @property
    def period(self) -> str:
        """The closed period in words."""
        return calendar.in_words(self.due)


def published(by: User) -> list[ReleaseLine]:
    """Return what was published, the newest first."""
    found = (
        releases_visible_to(by).select_related("study").order_by("-due_on", "study__title", "pk")
    )
    return [line(one) for one in found.defer("result")]


def release(by: User, release_id: UUID) -> OpenRelease:
    """Return one release, or the same 404 as for nothing."""
    rows = releases_visible_to(by).select_related("study", "plan", "plan__study")
    return opened(pick(rows, pk=release_id))


def opened(found: Release) -> OpenRelease:
    """Open a release that somebody may read."""
    result = json.loads(found.result) if found.result else None
    return OpenRelease(
        line=line(found),
        result=result,
        text=found.result,
        findings=findings.said(result) if result else (),
        notes=findings.notes(result) if result else (),
        plan=found.plan,
        amendments=[one for one in amendments(found.study) if one.number < found.plan.number],
        seal=found.seal,
        sha256=found.sha256,
        frozen_late=timezone.localdate(found.plan.frozen_at) > found.period_from,
    )


def line(found: Release) -> ReleaseLine:
    """Return a release as a list shows it."""
    due = Due(found.due_on, found.period_from, found.period_to)
    study = found.study
    return ReleaseLine(
        id=found.pk,
        study_id=study.pk,
        title=study.title,
        informant=study.informant,
        informant_word=str(study.get_informant_display()),
        number=found.number,
        due_on=found.due_on,
        period=calendar.in_words(due),
        period_from=found.period_from,
        period_to=found.period_to,
        outcome=found.outcome,
        published_at=found.published_at,
    )


def before(found: OpenRelease, by: User) -> ReleaseLine | None:
    """Return the release of the same study before this one."""
    earlier = releases_visible_to(by).filter(
        study=found.line.study_id, number__lt=found.line.number
    )
    last = earlier.select_related("study").order_by("-number").defer("result").first()
    return None if last is None else line(last)


def coming(by: User) -> list[Coming]:
    """Return of each planned study what is due, and the day after that.

    Of women's studies this is the calendar and nothing else: it looks the same whatever was said.
    """
    studies = studies_visible_to(by).filter(state=Study.State.PLANNED)
    found: list[Coming] = []
    for study in studies.prefetch_related(*WITH_DAYS).select_related("organisation"):
        found += of_study(study)
    return sorted(found, key=lambda one: (one.due.on, one.study.title))


def of_study(study: Study) -> list[Coming]:
    """Return the days of a study's calendar that have come, and the next."""
    plans = sorted(study.plans.all(), key=lambda one: one.number)
    if not plans:
        return []
    days = calendar.days(recipes.read(plans[-1].recipe))
    today = clock.today(study.organisation.timezone)
    out = {one.due_on: one for one in study.releases.all()}
    known = [
        Coming(study, due, out.get(due.on), "out" if due.on in out else "late")
        for due in calendar.due(days, today)
    ]
    following = calendar.coming(days, today)
    return known if following is None else [*known, Coming(study, following, None, "future")]


def as_file(found: OpenRelease) -> Mapping[str, Any]:
    """Return what a release says, for whoever reads it with a machine."""
    return {
        "title": found.line.title,
        "informant": found.line.informant,
        "period": [found.line.period_from.isoformat(), found.line.period_to.isoformat()],
        "due_on": found.line.due_on.isoformat(),
        "outcome": found.line.outcome,
        "plan_sha256": found.plan.sha256,
        "data": {"seal": found.seal, "value": found.sha256},
        "result": found.result,
    }
