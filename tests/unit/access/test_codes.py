"""Codes that people type."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from tequio.access.rules import codes
from tequio.core import entropy

NOW = datetime(2026, 11, 20, 18, 0, 10, tzinfo=UTC)


def _code(secret: str, moment: datetime) -> str:
    return pyotp.TOTP(secret).at(moment)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_of_the_step_before_and_after_is_taken(steps: int) -> None:
    secret = codes.new_secret()
    typed = _code(secret, NOW + timedelta(seconds=30 * steps))

    assert codes.matching_step(secret, typed, NOW) == int(NOW.timestamp()) // 30 + steps


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_code_of_two_steps_away_is_refused(steps: int) -> None:
    with entropy.replay("two steps"):
        secret = codes.new_secret()

    assert (
        codes.matching_step(secret, _code(secret, NOW + timedelta(seconds=30 * steps)), NOW) is None
    )


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "1234567", "１２３４５６"])
def test_what_is_no_code_matches_nothing(typed: str) -> None:
    assert codes.matching_step(codes.new_secret(), codes.digits_of(typed), NOW) is None


def test_the_secret_has_160_bits_as_the_standard_asks() -> None:
    assert len(codes.new_secret()) == 32


def test_the_qr_code_says_a_neutral_name() -> None:
    uri = codes.provisioning_uri(codes.new_secret(), "maru@circulo-norte")

    assert uri.startswith("otpauth://totp/Tequio:maru%40circulo-norte?")


def test_recovery_codes_are_sixteen_digits_and_told_apart_by_their_length() -> None:
    code = codes.new_recovery_code()

    assert len(codes.digits_of(code)) == 16
    assert codes.is_recovery_code(f" {code} ")
    assert not codes.is_recovery_code("123 456")


def test_a_reset_code_survives_the_telephone() -> None:
    assert codes.plain_reset_code(" 7k2m-9qxd-4ohl ") == "7K2M9QXD40H1"
