"""Lotteries in the table: one that is announced, one agreement with an ally, one call besides."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from tests.factories.circles import MembershipFactory
from tests.factories.lotteries import line, study_of

from tequio.access.models import User
from tequio.core import clock
from tequio.network.models import Stakeholder
from tequio.people.models import Participant
from tequio.studies.actions import lotteries
from tequio.studies.models import Comparison, Lottery, Ticket
from tequio.studies.rules.lotteries import listing

KEYS: Final = frozenset({"lottery_id", "comparison_id", "ticket_id"})
# Whoever has a slip of paper looks without an account.
OPEN: Final = frozenset({"studies:drawn", "studies:drawn-list", "studies:drawn-record"})
KNOWN: Final = {"drawing": "llamadas"}


def things(by: User, how_many: int = 1) -> dict[str, object]:
    """Return one of each for an organisation; with many men the list of the lottery is long."""
    there = line(by)
    today = clock.today(by.organisation.timezone)
    said = lotteries.Announced(
        "wait",
        today + timedelta(days=7),
        today + timedelta(days=14),
        edition_id=there.edition.pk,
        max_delay_days=84,
    )
    lottery = lotteries.announce(by=by, study_id=study_of(by).pk, said=said)
    if how_many > 1:
        _closed(lottery, today)
    return {
        "lottery_id": lottery.pk,
        "code": lottery.code,
        "comparison_id": _agreed(by).pk,
        "ticket_id": _called(by, lottery).pk,
    }


def _closed(lottery: Lottery, today: date) -> None:
    """Put everybody on the list, as its closing would have."""
    men = Participant.objects.filter(organisation=lottery.organisation)
    tickets = [
        Ticket(lottery=lottery, participant=man, code=f"{n:03}-000") for n, man in enumerate(men)
    ]
    Ticket.objects.bulk_create(tickets)
    Lottery.objects.filter(pk=lottery.pk).update(
        listed=listing((one.code, False) for one in tickets),
        list_sha256="0" * 64,
        title="Sorteo",
        seats=3,
        closed_on=today + timedelta(days=7),
    )


def _agreed(by: User) -> Comparison:
    ally, _made = Stakeholder.objects.get_or_create(
        organisation=by.organisation,
        name_key="casa sur",
        defaults={"name": "Casa Sur", "kind": "organisation", "added_by": by},
    )
    return Comparison.objects.create(
        organisation=by.organisation,
        study=study_of(by),
        stakeholder=ally,
        agreed="Pregunta lo mismo.",
        agreed_on=date(2026, 11, 2),
        instrument="gad-7",
        version="1",
        sha256="0" * 64,
        waves=["T0", "T1"],
        written_by=by,
    )


def _called(by: User, like: Lottery) -> Ticket:
    """A man in a group whom a lottery gave a call besides."""
    calls = Lottery.objects.create(
        organisation=by.organisation,
        study=like.study,
        kind="calls",
        code=f"{like.code[:8]}{'A' if like.code[8] != 'A' else 'B'}",
        edition=like.edition,
        max_delay_days=1,
        commitment="0" * 64,
        sealed_seed=b"sealed",
        committed_on=like.committed_on,
        closes_on=like.closes_on,
        beacon_on=like.beacon_on,
        announced_by=by,
    )
    place = MembershipFactory.create(
        group__organisation=by.organisation, joined_on=date(2026, 11, 2)
    )
    return Ticket.objects.create(
        lottery=calls, participant=place.participant, code="AAA-111", start="now", rank=1
    )
