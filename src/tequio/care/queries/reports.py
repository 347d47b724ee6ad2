"""Decisions about telling an authority, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.scoped import Scoped
from tequio.care import rules, vault
from tequio.care.models import Report
from tequio.care.policies import may_review, reports_visible_to
from tequio.core import clock
from tequio.territory import places

MOST = 12


@dataclass(frozen=True, slots=True)
class WaitingReport:
    """A decision that somebody has to look at, or to take again."""

    report_id: UUID
    folio: str
    alias: str
    about: str
    decision: str
    again: bool
    waits_for_me: bool
    overdue: bool
    until: datetime
    url: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One decision with its reasons, and what the second person said."""

    report: Report
    why: str
    authority: str
    authority_folio: str
    review: str
    state: str
    may_review: bool
    may_decide_again: bool


def waiting(user: User) -> QuerySet[Report]:
    """Return the decisions that nobody looked at yet, and those to be taken again."""
    again = Q(verdict=Report.Verdict.AGAIN, decided_again__isnull=True)
    rows = reports_visible_to(user).filter(Q(verdict="") | again)
    return rows.select_related("participant").order_by("decided_at", "pk")


_FIRST_WAITING = Scoped(lambda user: waiting(user)[:MOST])


def waiting_reports(user: User) -> tuple[WaitingReport, ...]:
    """Return what Hoy shows of them."""
    if user.scope(Permission.REPORT_DECIDE) is None:
        return ()
    return tuple(_as_waiting(user, report) for report in _FIRST_WAITING.ask(user))


def report_page(user: User, report: Report) -> ReportPage:
    """Return a decision that the person may read."""
    said = vault.unseal(report.organisation_id, "report", report.pk, bytes(report.sealed))
    names = {state.key: state.name for state in places.states()}
    again = report.verdict == Report.Verdict.AGAIN and not hasattr(report, "decided_again")
    return ReportPage(
        report=report,
        why=said["why"],
        authority=said["authority"],
        authority_folio=said["folio"],
        review=_review(report),
        state=names.get(report.state, ""),
        may_review=not report.verdict and may_review(user, report),
        may_decide_again=again,
    )


def _as_waiting(user: User, report: Report) -> WaitingReport:
    until = report.decided_at + rules.LOOKED_AT_WITHIN
    return WaitingReport(
        report_id=report.pk,
        folio=report.participant.folio,
        alias=report.participant.alias,
        about=report.get_about_display(),
        decision=report.get_decision_display(),
        again=bool(report.verdict),
        waits_for_me=not report.verdict and may_review(user, report),
        overdue=until < clock.now(),
        until=until,
        url=reverse("care:report", kwargs={"report_id": report.pk}),
    )


def _review(report: Report) -> str:
    if report.sealed_review is None:
        return ""
    sealed = bytes(report.sealed_review)
    body = vault.unseal(report.organisation_id, "report_review", report.pk, sealed)
    return str(body["words"])
