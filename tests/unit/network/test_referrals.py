"""The engine of referrals and the sealed slip: states, the clock, one weight, one secret."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tequio.core.sealing import Key
from tequio.network.rules import referrals as engine
from tequio.network.rules import slips
from tequio.network.rules.slips import Answer, Slip

DAY = date(2026, 11, 21)
SLIP = Slip("Círculo Norte", "Centro de Salud", "55 1234", "Salud", (("Alias", "Nogal"),), DAY)


@dataclass(frozen=True)
class _Step:
    state: str
    on: date


def test_every_state_leads_only_where_a_conversation_can_go() -> None:
    assert set(engine.AFTER) == set(engine.State.values)
    assert engine.may_follow("sent", "accepted")
    assert not engine.may_follow("declined", "accepted")
    assert engine.broken([_Step("sent", DAY), _Step("served", DAY)]) is not None
    assert engine.broken([_Step("sent", DAY), _Step("accepted", DAY)]) is None


def test_the_permission_may_be_taken_back_from_every_state_that_is_open() -> None:
    for state, after in engine.AFTER.items():
        assert ("revoked" in after) == engine.is_open(state)
        assert "revoked" not in engine.THEIRS[state]


def test_a_silence_asks_the_sender_to_call_and_an_end_asks_nobody() -> None:
    assert engine.call_on("sent", DAY) == DAY + timedelta(days=3)
    assert engine.call_on("accepted", DAY) == DAY + timedelta(days=7)
    assert all(
        (engine.call_on(state, DAY) is None) == (not engine.is_open(state))
        for state in engine.State.values
    )


def test_an_answer_that_may_not_follow_or_lacks_its_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="served"):
        SLIP.answered(Answer("served", DAY))
    with pytest.raises(ValueError, match="revoked"):
        SLIP.answered(Answer("revoked", DAY))
    with pytest.raises(ValueError, match=r"^$"):
        SLIP.answered(Answer("declined", DAY))
    assert SLIP.answered(Answer("declined", DAY, "full")).state == "declined"


def test_the_same_tap_twice_counts_once() -> None:
    once = SLIP.answered(Answer("accepted", DAY))
    assert once.answered(Answer("accepted", DAY)) == once


def test_slips_weigh_the_same_whatever_they_say_and_open_only_in_their_row() -> None:
    row, secret = uuid4(), b"s" * slips.SECRET
    short, long = (
        slips.seal(secret, row, SLIP),
        slips.seal(secret, row, replace(SLIP, shown=(("Resumen", "á" * 900),))),
    )
    assert len(short) == len(long)
    assert slips.unseal(secret, row, short) == SLIP
    assert slips.unseal(secret, uuid4(), short) is None
    assert slips.unseal(b"x" * slips.SECRET, row, short) is None
    with pytest.raises(slips.TooLong):
        slips.seal(secret, row, replace(SLIP, shown=(("Resumen", "a" * 5000),)))


def test_what_stands_in_an_address_comes_back_and_nothing_else_does() -> None:
    secret = bytes(range(slips.SECRET))
    assert slips.secret_of(slips.written(secret)) == secret
    assert slips.secret_of("") is None
    assert slips.secret_of("a" * 25 + "!") is None


def test_the_two_halves_share_nothing_and_another_key_draws_others() -> None:
    rows = [uuid4() for _n in range(64)]
    key = Key.from_master(b"k" * 32)
    his, hers = (slips.half(key, rows, which) for which in slips.HALVES)
    assert not set(his) & set(hers)
    assert len(his) == len(hers) == 32
    assert set(his) != set(slips.half(Key.from_master(b"o" * 32), rows, "outside"))
