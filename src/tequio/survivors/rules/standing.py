"""What a case's sheets mean together: whose folios, what is due, when she was last spoken with.

The cover is worked out from the sheets whenever one is written, so the two can never disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from typing import Final, TypeVar

from tequio.survivors.rules import moments
from tequio.survivors.rules.covers import CLOSED, OFFER, OPEN, Cover, Due
from tequio.survivors.rules.sheets import (
    Body,
    Consent,
    Contact,
    DataRequest,
    GroupPlace,
    Link,
    Offer,
    Order,
    Plan,
    Referral,
    Report,
    Risk,
    SafeContact,
    Service,
    Who,
)

# How many days before the day itself something is shown as due.
LEAD: Final = {"order": 14, "consent": 14, "plan": 3, "risk": 1, "rights": 14}
# A need is looked after when nothing was heard for so long; a referral has its own clock.
NEED_AGAIN: Final = timedelta(days=14)
# A judgement waits for the second person: a high one until tomorrow.
SECOND: Final = {"high": timedelta(days=1)}
SECOND_AT_MOST: Final = timedelta(days=7)
# Another person looks at a decision about an authority within a day.
REPORT: Final = timedelta(days=1)
QUIET: Final = timedelta(days=60)
B = TypeVar("B", bound=Body)


def of(sheets: Iterable[Body], kind: type[B]) -> list[B]:
    """Return the sheets of one kind."""
    return [sheet for sheet in sheets if isinstance(sheet, kind)]


def card_of(sheets: Iterable[Body]) -> SafeContact | None:
    """Return her safe-contact card."""
    return next(iter(of(sheets, SafeContact)), None)


def last_words(sheets: Iterable[Body]) -> dict[str, Consent]:
    """Return her last word on each purpose."""
    said = sorted(of(sheets, Consent), key=lambda one: one.turn)
    return {one.purpose: one for one in said}


def covered(cover: Cover, sheets: Iterable[Body]) -> Cover:
    """Return the cover as the sheets say it."""
    there = tuple(sheets)
    links = [link for link in of(there, Link) if link.ended_on is None]
    places = [place for place in of(there, GroupPlace) if place.left_on is None]
    spoken = [contact.on for contact in of(there, Contact)]
    return replace(
        cover,
        men=tuple(dict.fromkeys(link.folio for link in links)),
        found_by=_found_by(there),
        due=tuple(sorted(_due(cover, there), key=lambda due: (due.on, due.what, due.about))),
        last_contact=max(spoken).isoformat() if spoken else "",
        groups=tuple(place.group_id for place in places),
    )


def _found_by(sheets: tuple[Body, ...]) -> tuple[str, ...]:
    words = chain.from_iterable(who.found_by for who in of(sheets, Who))
    card = card_of(sheets)
    digits = [
        "".join(c for c in channel.where if c.isdigit())
        for channel in (card.channels if card else ())
    ]
    return tuple(dict.fromkeys([*words, *(number for number in digits if number)]))


def _due(cover: Cover, sheets: tuple[Body, ...]) -> list[Due]:
    if cover.state == OFFER:
        return [_on(offer.until, "offer") for offer in of(sheets, Offer) if not offer.outcome]
    if cover.state != OPEN:
        return []
    return [
        *_missing(cover, sheets),
        *_plans_and_risks(sheets),
        *_waiting(sheets),
        *(
            Due(one.again_on.isoformat(), "wave", one.closes_on.isoformat(), one.label)
            for one in moments.of(sheets)
            if one.waits
        ),
        *(
            _on(said.until, "consent")
            for said in last_words(sheets).values()
            if said.decision == "given" and said.until
        ),
    ]


def _missing(cover: Cover, sheets: tuple[Body, ...]) -> list[Due]:
    found = []
    if card_of(sheets) is None:
        found.append(Due(cover.since, "card"))
    if "keep" not in last_words(sheets):
        found.append(Due(cover.since, "keep"))
    return found


def _plans_and_risks(sheets: tuple[Body, ...]) -> list[Due]:
    found = [_on(plan.review_on, "plan") for plan in of(sheets, Plan) if plan.review_on]
    judged = sorted(of(sheets, Risk), key=lambda risk: risk.on)
    if judged and judged[-1].again_on:
        found.append(_on(judged[-1].again_on, "risk"))
    found += [
        _on(risk.on + SECOND.get(risk.level, SECOND_AT_MOST), "risk_second")
        for risk in judged[-1:]
        if not risk.reviewed_by
    ]
    found += [
        _on(order.expires_on, "order")
        for order in of(sheets, Order)
        if order.expires_on and order.ended_on is None
    ]
    return found


def _waiting(sheets: tuple[Body, ...]) -> list[Due]:
    referrals = [one for one in of(sheets, Referral) if one.is_open]
    needs = [one for one in of(sheets, Service) if one.met_on is None and one.dropped_on is None]
    return [
        *(_on(one.call_on, "referral") for one in referrals if one.call_on),
        *(_on(one.agreed_until, "consent") for one in referrals),
        *(_on(one.asked_on + NEED_AGAIN, "need") for one in needs),
        *(_on(one.until, "rights") for one in of(sheets, DataRequest) if one.waits),
        *(
            _on(one.decided_at.date() + REPORT, "report")
            for one in of(sheets, Report)
            if not one.verdict
        ),
    ]


def due_now(cover: Cover, today: date) -> list[Due]:
    """Return what has to be done today: what is near enough, and a long silence."""
    near = [due for due in cover.due if _shown_from(due) <= today and not _is_over(due, today)]
    spoken = cover.last_contact or cover.since
    if cover.state == OPEN and spoken and date.fromisoformat(spoken) + QUIET <= today:
        near.append(_on(date.fromisoformat(spoken) + QUIET, "quiet"))
    return near


def is_closed(cover: Cover) -> bool:
    """Tell whether nobody accompanies her any more."""
    return cover.state == CLOSED


def _shown_from(due: Due) -> date:
    day = date.fromisoformat(due.on) if due.on else date.min
    return day - timedelta(days=LEAD.get(due.what, 0)) if due.on else day


def _is_over(due: Due, today: date) -> bool:
    return bool(due.until) and date.fromisoformat(due.until) < today


def _on(day: date | None, what: str) -> Due:
    return Due(day.isoformat() if day else "", what)
