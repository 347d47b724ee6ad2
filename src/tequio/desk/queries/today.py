"""What waits for a person today, put together from what each room offers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tequio.access.models import Organisation, User
from tequio.access.permissions import Permission
from tequio.care import queries as care
from tequio.circles import queries as circles
from tequio.circles.models import Session
from tequio.circles.policies import imports_visible_to
from tequio.core import clock, safekeeping
from tequio.network.queries import due as community
from tequio.network.queries.due import Due
from tequio.outreach import queries as outreach
from tequio.programmes.policies import enrolments_visible_to
from tequio.programmes.states import State
from tequio.studies.queries import reminders

_ANSWER_FOR_THE_DATA = frozenset({"administrator", "coordinator", "director"})
# A day holds so many calls; the others are on their own page.
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Queue:
    """How many men stand at each door of the programme."""

    enquiries: int = 0
    accepted: int = 0
    waiting: int = 0
    drafts: int = 0
    # For who coordinates, how many talks are due; who facilitates sees each.
    talks: int = 0
    # Likewise, how many referrals nobody answered.
    referrals: int = 0

    @property
    def any(self) -> bool:
        """Whether somebody waits for a decision."""
        return bool(self.enquiries or self.accepted or self.waiting)


@dataclass(frozen=True, slots=True)
class Today:
    """A person's day: what is on tonight, what was left open, whom to call, what to look at."""

    day: date
    tonight: tuple[Session, ...]
    unsaid: tuple[Session, ...]
    to_call: tuple[outreach.DueCall, ...]
    banners: tuple[outreach.Banner, ...] = ()
    reviews: tuple[care.DueReview, ...] = ()
    diagnoses: tuple[care.OpenDiagnosis, ...] = ()
    talks: tuple[care.DueTalk, ...] = ()
    reports: tuple[care.WaitingReport, ...] = ()
    referrals: tuple[care.DueReferral, ...] = ()
    queue: Queue = field(default_factory=Queue)
    # What was taken on with the communities, for who works there.
    community: Due | None = None
    # The days of a lottery or of a publication, for whoever has to do something on them.
    studies: tuple[reminders.Reminder, ...] = ()

    @property
    def pressing(self) -> tuple[care.DueReview, ...]:
        """Reviews that come before everything else: high, overdue, or waiting for this person."""
        return tuple(one for one in self.reviews if _presses(one))

    @property
    def later(self) -> tuple[care.DueReview, ...]:
        """The other reviews."""
        return tuple(one for one in self.reviews if not _presses(one))

    @property
    def calls_shown(self) -> tuple[outreach.DueCall, ...]:
        """The first calls; all of them are on their own page."""
        return self.to_call[:SHOWN]

    @property
    def drafts(self) -> int:
        """Registers that somebody has to look at before they are imported."""
        return self.queue.drafts


def _presses(review: care.DueReview) -> bool:
    return review.overdue or review.waits_for_me or review.level == "high"


def unsafe(user: User) -> safekeeping.Record | None:
    """Return what is known of the back-ups where whoever answers for them has to be warned."""
    if settings.MODE != "production" or not user.roles & _ANSWER_FOR_THE_DATA:
        return None
    record = safekeeping.read()
    return record if record.overdue(clock.now()) else None


def today(user: User) -> Today:
    """Return what waits for this person today."""
    day = clock.today(user.organisation.timezone)
    due = circles.due(user, day) if user.scope(Permission.GROUP_READ) else []
    outlook = outreach.outlook(user, day)
    reads_care = user.scope(Permission.CARE_READ) is not None
    return Today(
        day=day,
        tonight=tuple(s for s in due if s.planned_on == day),
        unsaid=tuple(s for s in due if s.planned_on != day and s.state == Session.State.PLANNED),
        to_call=outlook.calls,
        banners=outlook.banners,
        reviews=care.due_reviews(user, day) if reads_care else (),
        diagnoses=care.open_diagnoses(user),
        talks=() if _counts_talks(user) else care.due_talks(user, day),
        reports=care.waiting_reports(user),
        referrals=() if _counts_talks(user) else care.due_referrals(user, day),
        queue=_queue(user, day),
        community=community.due(user, day),
        # The longest day has no room for another question: there they come as a part, after it.
        studies=() if studies_come_after(user) else reminders.due(user, day),
    )


def studies_come_after(user: User) -> bool:
    """Tell whether what a study asks of this person is shown once the page is there."""
    return _counts_talks(user) and user.scope(Permission.LOTTERY_RUN) is not None


def _counts_talks(user: User) -> bool:
    return user.scope(Permission.ENROLMENT_DECIDE) is not None


def _queue(user: User, day: date) -> Queue:
    """Count who stands at each door, and the registers to look at: one question for all."""
    decides = _counts_talks(user)
    imports = user.scope(Permission.ATTENDANCE_IMPORT) is not None
    if not decides and not imports:
        return Queue()
    ways = enrolments_visible_to(user)
    counted = (
        Organisation.objects.filter(pk=user.organisation_id)
        .annotate(
            enquiries=_count(ways.filter(state=State.ENQUIRY)),
            accepted=_count(ways.filter(state=State.ACCEPTED)),
            waiting=_count(ways.filter(state=State.WAITING)),
            drafts=_count(imports_visible_to(user).filter(state="draft")),
            talks=_count(care.talks_due(user, day)),
            referrals=_count(care.referrals_due(user, day)),
        )
        .values_list("enquiries", "accepted", "waiting", "drafts", "talks", "referrals")
        .first()
    )
    if counted is None:
        return Queue()
    enquiries, accepted, waiting, drafts, talks, referrals = counted
    if not decides:
        return Queue(drafts=drafts)
    return Queue(enquiries, accepted, waiting, drafts, talks, referrals)


def _count(rows: QuerySet[Any]) -> Coalesce:
    """Return how many of these rows an organisation has, as part of a larger question."""
    mine = rows.filter(organisation=OuterRef("pk")).order_by().values("organisation")
    number = mine.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
