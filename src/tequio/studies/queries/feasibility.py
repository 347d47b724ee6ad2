"""What an organisation's own past says of a study: who comes in, who still answers, what there is.

Counts alone, of the men's side and of places. How many women are accompanied is not seen from
here: whoever prepares the study writes how many are expected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from django.db.models import CharField, F, Min, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from evidencia.simulate.parameters import value
from tequio.access.models import User
from tequio.circles.models import Membership
from tequio.network.models import SurveyAnswer
from tequio.people.models import Assessment
from tequio.programmes.models import Site
from tequio.studies.models import Comparison, Lottery, Study
from tequio.studies.queries import waiting
from tequio.studies.questions import ATTENDANCE, Question
from tequio.studies.rules.choices import Choices
from tequio.studies.rules.designs import Standing
from tequio.studies.rules.lotteries import Offer
from tequio.studies.rules.reach import LAST_DAY

YEAR: Final = timedelta(days=365)
# With fewer the share that still answers is luck; then a published one is taken, and said.
ENOUGH: Final = 20
MONTH: Final = 30.44
_SITE, _ALLY, _CAME, _WAVE = "site", "comparison", "came", "wave "

# What was found, by what it is: its key, and its time as text.
_Found = defaultdict[str, list[tuple[UUID, str | None]]]
_Rows = QuerySet[Any, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Coming:
    """How many came for the first time in the last year, of how many months that is known."""

    people: int
    months: float
    undated: int

    @property
    def monthly(self) -> float:
        """How many a month; 0 where nothing is known."""
        return self.people / self.months if self.months else 0.0


@dataclass(frozen=True, slots=True)
class Staying:
    """How many of those who answered first also answered last; `source` where it is not ours."""

    asked: int
    answered: int
    lost: float
    source: str = ""

    @property
    def ours(self) -> bool:
        """Whether it is this organisation's own past."""
        return not self.source


@dataclass(frozen=True, slots=True)
class Feasible:
    """All that the designs are worked out from."""

    coming: Coming
    staying: Staying
    standing: Standing
    # Men of the line whom no lottery decides about, of how many.
    exempt: int
    in_line: int
    there: Mapping[str, tuple[UUID, ...]]


def coming(user: User, question: Question, today: date) -> Coming:
    """Count who came for the first time in the last year."""
    if question.informant == "women":
        return Coming(0, 0.0, 0)
    if question.informant == "community":
        return _answering(user, today)
    return _counted((row["first"] for row in _firsts(user)), today)


def _firsts(user: User) -> QuerySet[Any, dict[str, Any]]:
    places: QuerySet[Any, Any] = Membership.objects.filter(
        group__organisation=user.organisation_id, visit=False
    )
    firsts: QuerySet[Any, dict[str, Any]] = places.values("participant").annotate(
        first=Min("joined_on")
    )
    return firsts


def _answering(user: User, today: date) -> Coming:
    """Count the sheets of the last year, which stand for a year."""
    found = SurveyAnswer.objects.filter(
        round__organisation=user.organisation_id,
        round__started_on__gt=today - YEAR,
        round__started_on__lte=today,
    )
    n = found.count()
    return Coming(n, 12.0 if n else 0.0, 0)


def _counted(days: Iterable[date | None], today: date) -> Coming:
    listed = list(days)
    known = [day for day in listed if day is not None and day <= today]
    if not known:
        return Coming(0, 0.0, len(listed))
    since = max(min(known), today - YEAR)
    months = max((today - since).days / MONTH, 1.0)
    recent = sum(day >= since for day in known)
    return Coming(recent, months, sum(day is None for day in listed))


def staying(user: User, question: Question, wave: str, today: date) -> Staying:
    """Count who still answered at the end, of those whose last moment is over."""
    parts = _answers(user.organisation_id, question, wave, today)
    return _staying(question, wave, _asked(parts) if parts else defaultdict(list))


def _staying(question: Question, wave: str, found: _Found) -> Staying:
    if question.informant == "community":
        return Staying(0, 0, 0.0, "others")
    if question.informant == "women":
        return Staying(0, 0, 1 - value("answered_partner"), "women")
    if not _asked_of_him(question):
        return Staying(0, 0, 0.0, "counted")
    began, ended = ({key for key, _at in found[f"{_WAVE}{at}"]} for at in ("T0", wave))
    asked, answered = len(began), len(began & ended)
    if asked < ENOUGH:
        return Staying(asked, answered, value("low_adherence"), "insp")
    return Staying(asked, answered, 1 - answered / asked)


def _asked_of_him(question: Question) -> list[str]:
    """Return the questionnaires that he is asked, where it is he who tells."""
    slugs = {one.instrument for one in question.candidates if one.primary} - {ATTENDANCE}
    return sorted(slugs) if question.informant == "men" else []


def feasible(
    user: User, study: Study, question: Question, choices: Choices, today: date
) -> Feasible:
    """Return everything at once, for the page that lays the designs side by side."""
    found = _gathered(user, study, question, choices.wave, today)
    lines = _lines(user, question, today)
    in_line = sum(one.now.waiting for one in lines)
    best = max(lines, key=lambda one: one.now.drawn - one.now.left, default=None)
    offer = next((Offer.YES for one in lines if one.offer is Offer.YES), None)
    standing = Standing(
        lottery=offer or (best.offer if best else Offer.NOBODY),
        waiting=best.now.drawn if best else 0,
        seats=best.now.left if best else 0,
        sites=len(found[_SITE]),
        comparisons=len(found[_ALLY]),
    )
    return Feasible(
        coming=_came(user, question, found, today),
        staying=_staying(question, choices.wave, found),
        standing=standing,
        exempt=sum(one.now.exempt for one in lines),
        in_line=in_line,
        there=_keys(found),
    )


def _lines(user: User, question: Question, today: date) -> list[waiting.Queue]:
    return waiting.queues(user, today) if "lottery" in question.designs else []


def nameable(study: Study) -> Mapping[str, tuple[UUID, ...]]:
    """Return the lotteries and comparisons of a study that a plan may name: none drawn yet."""
    return _keys(_asked(_of_study(study)))


def _came(user: User, question: Question, found: _Found, today: date) -> Coming:
    if question.informant != "men":
        return coming(user, question, today)
    return _counted((date.fromisoformat(at) if at else None for _man, at in found[_CAME]), today)


def _gathered(user: User, study: Study, question: Question, wave: str, today: date) -> _Found:
    """Read all that a design rests on in one question: what it is, its key, and when."""
    organisation = user.organisation_id
    sites = Site.objects.filter(organisation=organisation, group__closed_on__isnull=True)
    parts = [*_of_study(study), _named(sites.filter(group__isnull=False).distinct(), _SITE)]
    if question.informant == "men":
        parts.append(_named(_firsts(user), _CAME, key="participant", at="first"))
    return _asked([*parts, *_answers(organisation, question, wave, today)])


def _answers(organisation: UUID, question: Question, wave: str, today: date) -> list[_Rows]:
    """Return who answered first long enough ago, and who answered last: at most one question."""
    slugs, over = _asked_of_him(question), today - timedelta(days=LAST_DAY[wave])
    done = Assessment.objects.filter(
        Q(wave="T0", finished_at__date__lte=over) | Q(wave=wave),
        organisation=organisation,
        instrument__in=slugs,
        state=Assessment.State.DONE,
    )
    kind = Concat(Value(_WAVE), F("wave"), output_field=CharField())
    return [_named(done, kind, key="way_id")] if slugs else []


def _of_study(study: Study) -> list[_Rows]:
    drawn = Lottery.objects.filter(study=study, drawn_on__isnull=True, cancelled_on__isnull=True)
    agreed = Comparison.objects.filter(study=study, withdrawn_on__isnull=True)
    return [
        _named(drawn, F("kind"), at="announced_at"),
        _named(agreed, _ALLY, at="written_at"),
    ]


def _named(rows: QuerySet[Any, Any], kind: Any, *, key: str = "pk", at: str = "") -> _Rows:
    """Return rows as what they are, their key and their time as text: then they can be joined."""
    when = Cast(at, CharField()) if at else Value("", CharField())
    what = Value(kind, CharField()) if isinstance(kind, str) else kind
    named: _Rows = rows.annotate(of_kind=what, at_time=when).values_list("of_kind", key, "at_time")
    return named


def _asked(parts: Sequence[_Rows]) -> _Found:
    first, *others = parts
    found: _Found = defaultdict(list)
    for kind, key, at in first.union(*others, all=True):
        found[kind].append((key, at))
    return found


def _keys(found: _Found) -> Mapping[str, tuple[UUID, ...]]:
    """Return what a plan may name, the newest first."""
    return {
        kind: tuple(key for key, _at in sorted(found[kind], key=itemgetter(1), reverse=True))
        for kind in ("wait", "calls", _ALLY)
    }
