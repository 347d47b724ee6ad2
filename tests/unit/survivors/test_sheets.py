"""Every kind of sheet comes out of the seal as it went in, and refuses what contradicts itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.survivors import words
from tequio.survivors.catalogues import agreements
from tequio.survivors.queries.lines import line
from tequio.survivors.rules import clocks, sheets, standing
from tequio.survivors.rules.covers import Cover, Due
from tequio.survivors.rules.sheets import (
    Assessment,
    BadSheet,
    Body,
    Breach,
    Channel,
    Child,
    Closure,
    Consent,
    Contact,
    Factor,
    GroupPlace,
    Held,
    Hours,
    Link,
    Looked,
    Measure,
    Offer,
    Order,
    Part,
    Plan,
    Referral,
    Reopening,
    Risk,
    SafeContact,
    Service,
    Step,
    Try,
    Who,
    WomensGroup,
)
from tequio.survivors.rules.sheets.needing import Attended
from tequio.survivors.words import Choices

DAY = date(2026, 11, 20)
text = st.text(max_size=40)
some = st.text(min_size=1, max_size=40).filter(str.strip)
early = st.dates(date(2020, 1, 1), date(2025, 12, 31))
late = st.dates(date(2026, 1, 1), date(2030, 1, 1))
maybe_late = st.none() | late


def one(choices: Choices) -> st.SearchStrategy[str]:
    return st.sampled_from([code for code, _label in choices])


def several(choices: Choices) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(one(choices), unique=True, max_size=4).map(tuple)


def many(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


hours = st.builds(
    Hours,
    days=several(words.DAYS).filter(bool),
    begins=st.just(time(9)),
    ends=st.times(time(10), time(23)),
)
MADE: dict[str, st.SearchStrategy[Body]] = {
    "who": st.builds(Who, name=text, reads=one(words.READS)),
    "safe_contact": st.builds(
        SafeContact,
        channels=many(st.builds(Channel, how=one(words.CHANNELS), where=text)),
        hours=many(hours),
        code_word=text,
        verified_on=maybe_late,
    ),
    "contact": st.builds(
        Contact,
        on=late,
        began=st.just("she"),
        how=one(words.CHANNELS),
        reached=one(words.REACHED),
        by=some,
        minutes=st.none() | st.integers(1, 600),
        said=text,
    ),
    "consent": st.builds(
        Consent,
        purpose=st.sampled_from(["keep", "share", "told_of_him"]),
        decision=one(words.DECISIONS),
        on=early,
        text_version=some,
        text_sha256=some,
        recorded_by=some,
        until=maybe_late,
        turn=st.integers(1, 9),
    ),
    "link": st.builds(
        Link,
        folio=st.just("7K2M-9QXC"),
        relation=one(words.RELATIONS),
        on=early,
        wants=several(words.TOLD),
        ended_on=maybe_late,
    ),
    "service": st.builds(
        Service, need=one(words.NEEDS), asked_on=early, met_on=maybe_late, words=text
    ),
    "child": st.builds(Child, initial=st.just("M"), age=one(words.AGES), on=late, situation=text),
    "measure": st.builds(Measure, what=one(words.SEPARATING), on=early, until=maybe_late),
    "group_place": st.builds(
        GroupPlace,
        group_id=some,
        group=text,
        on=early,
        left_on=maybe_late,
        attended=many(st.builds(Attended, on=late, there=st.booleans())),
    ),
    "womens_group": st.builds(
        WomensGroup, name=some, place=some, weekday=one(words.DAYS), starts_at=st.times()
    ),
    "order": st.builds(
        Order,
        authority=some,
        issued_on=early,
        kind=one(words.ORDERS),
        terms=several(words.TERMS),
        expires_on=maybe_late,
        breaches=many(st.builds(Breach, on=late, words=text, reported=one(words.REPORTED))),
    ),
    "plan": st.builds(
        Plan,
        on=late,
        parts=many(st.builds(Part, part=one(words.PLAN_PARTS), words=text)),
        review_on=maybe_late,
        reviewed=many(st.builds(Looked, on=late, by=some)),
    ),
    "risk": st.builds(
        Risk,
        on=early,
        factors=many(st.builds(Factor, factor=one(words.FACTORS), is_there=one(words.PRESENCE))),
        level=one(words.LEVELS),
        reasons=some,
        judged_by=some,
        again_on=maybe_late,
    ),
    "referral": st.builds(
        Referral,
        to=some,
        purpose=one(words.PURPOSES),
        data=st.just(("need", "name")),
        agreed_on=early,
        agreed_until=late,
        steps=st.just((Step("sent", DAY), Step("accepted", DAY), Step("served", DAY))),
    ),
    "offer": st.builds(
        Offer,
        on=early,
        who=some,
        way=one(words.OFFER_WAYS),
        until=late,
        tries=many(st.builds(Try, on=late, by=some, words=text)),
    ),
    "closure": st.builds(Closure, on=late, reason=one(words.CLOSURES), by=some, erase_after=late),
    "reopening": st.builds(Reopening, on=late, by=some, words=text),
    "assessment": st.builds(
        Assessment,
        slug=st.just("espacio-ella"),
        version=st.just("1"),
        sha256=some,
        began_at=st.datetimes(datetime(2026, 1, 1), timezones=st.just(UTC)),
        number=some,
        wave=one(words.WAVES),
        how=one(words.HOW_ANSWERED),
        finished_at=st.datetimes(datetime(2026, 1, 2), timezones=st.just(UTC)),
        answers=st.dictionaries(some, text, max_size=3),
        missing=st.dictionaries(some, one(words.MISSING), max_size=3),
        replaces=text,
    ),
}


@pytest.mark.parametrize("kind", MADE)
@settings(max_examples=40)
@given(data=st.data())
def test_a_sheet_comes_back_as_it_went_in(kind: str, data: st.DataObject) -> None:
    body = data.draw(MADE[kind])
    sealed = json.loads(json.dumps(body.as_body(), ensure_ascii=False, sort_keys=True))
    assert sheets.read(kind, sealed) == body
    assert sheets.read(kind, {**sealed, "from_tomorrow": 1}) == body
    if kind != "womens_group":
        held = Held(uuid4(), 1, body)
        assert line(held, DAY).title is not None


def test_a_kind_that_nobody_knows_is_left_alone() -> None:
    assert sheets.read("from_tomorrow", {}) is None


GOOD = {
    Risk: Risk(DAY, (Factor("weapon", "unknown"),), "low", "Porque sí.", "ana"),
    Referral: Referral("DIF", "legal", ("need",), DAY, DAY, (Step("sent", DAY),)),
}
BEFORE = DAY - timedelta(days=1)
BAD: dict[str, Callable[[], object]] = {
    "a code without words": lambda: Service("gold", DAY),
    "met before asked": lambda: Service("legal", DAY, met_on=BEFORE),
    "hours backwards": lambda: Hours(("0",), time(12), time(11)),
    "hours without days": lambda: Hours((), time(11), time(12)),
    "do not contact, no reason": lambda: SafeContact(do_not_contact=True),
    "do not contact and we may": lambda: SafeContact(
        do_not_contact=True, do_not_contact_why="x", we_may_begin=True
    ),
    "we may, no channel": lambda: SafeContact(we_may_begin=True),
    "a message she did not approve": lambda: SafeContact(may_leave=("sms",), we_say="Hola"),
    "we began, rules unread": lambda: Contact(DAY, "us", "call", "spoke", "ana"),
    "aloud, nobody there": lambda: Consent("keep", "given", DAY, "1", "x", "ana", heard="aloud"),
    "over before it began": lambda: Consent("keep", "given", DAY, "1", "x", "ana", until=BEFORE),
    "a child's name": lambda: Child("María", "0-2", DAY),
    "an order over before given": lambda: Order("x", DAY, expires_on=BEFORE),
    "a judgement without reasons": lambda: replace(GOOD[Risk], reasons=" "),
    "her own second person": lambda: replace(GOOD[Risk], reviewed_by="ana", reviewed_on=DAY),
    "a second person without a day": lambda: replace(GOOD[Risk], reviewed_by="eva"),
    "nothing and something": lambda: replace(GOOD[Referral], data=("nothing", "name")),
    "no data chosen": lambda: replace(GOOD[Referral], data=()),
    "served before sent": lambda: replace(GOOD[Referral], steps=(Step("served", DAY),)),
    "a step that cannot follow": lambda: replace(
        GOOD[Referral], steps=(Step("sent", DAY), Step("declined", DAY), Step("served", DAY))
    ),
    "a step before the step before": lambda: replace(
        GOOD[Referral], steps=(Step("sent", DAY), Step("accepted", BEFORE))
    ),
    "an offer by nobody": lambda: Offer(DAY, "", "call", DAY),
    "not reached, never tried": lambda: Offer(
        DAY, "ana", "call", DAY, outcome="not_reached", ended_on=DAY
    ),
}


@pytest.mark.parametrize("why", BAD)
def test_a_sheet_refuses_what_contradicts_itself(why: str) -> None:
    with pytest.raises(BadSheet):
        BAD[why]()


def test_days_to_service_can_be_counted() -> None:
    assert Service("legal", DAY, met_on=DAY + timedelta(days=9)).days == 9
    assert Service("legal", DAY).days is None


def test_her_hours_are_hers() -> None:
    card = SafeContact(hours=(Hours(("4",), time(11), time(13)),))
    friday = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    assert card.is_hour(friday)
    assert not card.is_hour(friday + timedelta(hours=1))
    assert not card.is_hour(friday + timedelta(days=1))
    assert not SafeContact().is_hour(friday)


def test_an_order_is_in_force_until_it_is_not() -> None:
    order = Order("x", DAY, expires_on=DAY + timedelta(days=2))
    inside = [order.in_force(DAY + timedelta(days=n)) for n in (-1, 0, 2, 3)]
    assert inside == [False, True, True, False]
    assert not replace(order, ended_on=DAY).in_force(DAY)


# --- What is due ----------------------------------------------------------------------------------

COVER = Cover(folio="x", alias="Flor", since=DAY.isoformat())
KEPT = Consent("keep", "given", DAY, "1", "x", "ana")
CARD = SafeContact()


@pytest.mark.parametrize(
    ("body", "due"),
    [
        (Plan(DAY, review_on=DAY), Due("2026-11-20", "plan")),
        (replace(GOOD[Risk], level="high"), Due("2026-11-21", "risk_second")),
        (GOOD[Risk], Due("2026-11-27", "risk_second")),
        (Order("x", DAY, expires_on=DAY), Due("2026-11-20", "order")),
        (Service("legal", DAY), Due("2026-12-04", "need")),
        (replace(KEPT, purpose="share", until=DAY), Due("2026-11-20", "consent")),
    ],
)
def test_each_sheet_makes_its_own_due(body: Body, due: Due) -> None:
    assert standing.covered(COVER, [CARD, KEPT, body]).due == (due,)


def test_a_closed_case_asks_for_nothing_and_an_offer_for_its_day_alone() -> None:
    there = [Plan(DAY, review_on=DAY), Offer(DAY, "ana", "call", DAY)]
    assert standing.covered(replace(COVER, state="closed"), there).due == ()
    assert standing.covered(replace(COVER, state="offer"), there).due == (
        Due("2026-11-20", "offer"),
    )


def test_an_order_shows_two_weeks_before_it_ends() -> None:
    cover = standing.covered(COVER, [CARD, KEPT, Order("x", DAY, expires_on=DAY)])
    days = [bool(standing.due_now(cover, DAY - timedelta(days=n))) for n in (15, 14, 0)]
    assert days == [False, True, True]


def test_a_month_begins_after_the_last_whole_one() -> None:
    assert clocks.month_after(date(2026, 11, 30), 1) == date(2027, 1, 1)
    assert clocks.month_after(date(2026, 1, 1), 24) == date(2028, 2, 1)
    assert clocks.is_over(date(2027, 1, 1), date(2027, 1, 1))
    assert not clocks.is_over(date(2027, 1, 1), date(2026, 12, 31))


# --- Texts ----------------------------------------------------------------------------------------


def test_the_texts_say_whose_they_are_and_that_nobody_reviewed_them() -> None:
    shipped = agreements.current(DAY)
    assert (shipped.agreements.origin, shipped.agreements.reviewed_by_lawyer) == ("ours", False)
    purposes = [purpose.code for purpose in shipped.agreements.purposes]
    assert purposes == ["keep", "told_of_him", "questionnaires", "share", "statistics"]
    assert [p.code for p in shipped.agreements.purposes if p.kind == "needed"] == ["keep"]


def test_a_published_text_never_changes() -> None:
    assert agreements.versions()["1"].sha256 == PUBLISHED["1"]


def test_a_file_that_forgets_her_file_is_refused(tmp_path: Any) -> None:
    good = (agreements.FOLDER / "1.toml").read_text(encoding="utf-8")
    path = tmp_path / "1.toml"
    path.write_text(good.replace('code = "keep"', 'code = "kept"'), encoding="utf-8")
    with pytest.raises(agreements.BadTexts, match=r"1\.toml"):
        agreements.read(path)


PUBLISHED = {"1": "8aeb30860c3223d3af793800e8f6502929fd0dab1acdf7aedd4637d9a3fb6eb0"}
