"""The ledger of what a man agreed to, in words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tequio.people import sealed, waiting
from tequio.people.catalogues import agreements
from tequio.people.models import Consent, Intake, Participant


@dataclass(frozen=True, slots=True)
class Line:
    """One decision as the page shows it."""

    purpose: str
    title: str
    decision: str
    decision_words: str
    on: date
    heard: str
    witness: str
    version: str
    fingerprint: str
    recorded_by: str
    # It can be taken back: it is his last word on this, he agreed, and it is no limit.
    withdrawable: bool
    older_text: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """What changes how he is asked."""

    mandated: bool
    reads: str
    # A lottery lets him wait for his seat.
    waits: bool = False


def now(participant: Participant) -> dict[str, str]:
    """Return his last word on each purpose."""
    rows = Consent.objects.filter(participant=participant).order_by("turn")
    return dict(rows.values_list("purpose", "decision"))


def agreed_to(participant: Participant, told: agreements.Shipped) -> frozenset[str]:
    """Return the purposes that he agrees to in the words that are told now."""
    rows = Consent.objects.filter(participant=participant).order_by("turn")
    columns = ("purpose", "decision", "text_version", "text_sha256")
    last = {row.purpose: row for row in rows.only(*columns)}
    return frozenset(
        purpose
        for purpose, row in last.items()
        if row.decision == Consent.Decision.GIVEN
        and agreements.same_words(purpose, row.text_version, row.text_sha256, told)
    )


def given_by(participant: Participant) -> frozenset[str]:
    """Return the purposes that he agrees to now."""
    return frozenset(p for p, said in now(participant).items() if said == Consent.Decision.GIVEN)


def who_agree(purpose: str, participant_ids: Collection[UUID], on: date | None = None) -> set[UUID]:
    """Return those of these men who agree to a purpose now, or agreed at the end of a day.

    Who was never asked does not agree.
    """
    rows = Consent.objects.filter(participant__in=participant_ids, purpose=purpose)
    if on is not None:
        rows = rows.filter(decided_on__lte=on)
    last = dict(rows.order_by("turn").values_list("participant_id", "decision"))
    return {key for key, decision in last.items() if decision == Consent.Decision.GIVEN}


def how_to_ask(participant: Participant) -> Asking:
    """Return whether an authority sent him, how he reads, and whether he was drawn to wait."""
    waits = waiting.waits(participant)
    intake = Intake.objects.filter(participant=participant).order_by("-started_at", "-pk").first()
    if intake is None:
        return Asking(mandated=False, reads="", waits=waits)
    answers = sealed.answers_of(intake)
    return Asking(answers.mandated == "yes", answers.reads, waits)


def in_an_intake(participant: Participant) -> bool:
    """Tell whether his intake was begun and is not finished."""
    return Intake.objects.filter(participant=participant, state=Intake.State.DRAFT).exists()


def lines(participant: Participant) -> list[Line]:
    """Return every decision, newest first."""
    rows = list(
        Consent.objects.filter(participant=participant)
        .select_related("recorded_by")
        .order_by("-recorded_at", "purpose", "-turn")
    )
    newest: dict[str, Consent] = {}
    for row in sorted(rows, key=lambda row: -row.turn):
        newest.setdefault(row.purpose, row)
    told = list(agreements.versions().values())[-1]
    return [_line(row, last=newest[row.purpose] is row, told=told) for row in rows]


def _line(row: Consent, *, last: bool, told: agreements.Shipped) -> Line:
    version = agreements.versions().get(row.text_version)
    purpose = version.agreements.purpose(row.purpose) if version else None
    given = row.decision == Consent.Decision.GIVEN
    same = agreements.same_words(row.purpose, row.text_version, row.text_sha256, told)
    return Line(
        purpose=row.purpose,
        title=purpose.title.now() if purpose else row.purpose,
        decision=row.decision,
        decision_words=str(row.get_decision_display()),
        on=row.decided_on,
        heard=str(row.get_heard_display()),
        witness=sealed.witness_of(row),
        version=row.text_version,
        fingerprint=row.text_sha256[:12],
        recorded_by=row.recorded_by.name,
        withdrawable=last and given and purpose is not None and purpose.withdrawable,
        older_text=last and given and not same,
    )
