"""Entering with password and second factor, and leaving."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from tequio.access.actions import attempts
from tequio.access.door import Door
from tequio.access.errors import wrong_code, wrong_password
from tequio.access.models import OneTimeCodeDevice, RecoveryCode, RoomPin, User
from tequio.access.rules.codes import digits_of, is_recovery_code, matching_step
from tequio.access.rules.logins import plain_login
from tequio.access.sealed import open_secret, recovery_digest
from tequio.audit.record import record
from tequio.core import clock

Need = Literal["code", "enrol"]


@dataclass(frozen=True, slots=True)
class Entered:
    """Half way in: who it is, and what the second step asks."""

    user: User
    need: Need


def sign_in_password(*, login: str, password: str, door: Door) -> Entered:
    """Check the first factor. Unknown user, wrong password and closed account answer alike."""
    key = attempts.key_of("password", plain_login(login), door.address)
    attempts.reserve(key)
    user = User.objects.select_related("organisation").filter(login=plain_login(login)).first()
    # An unknown user costs the same hash as a known one.
    right = check_password(password, user.password if user else _nobodys_password())
    may_enter = (
        user is not None and user.is_active and (not user.demonstration or door.demonstration)
    )
    if user is None or not right or not may_enter:
        record(
            "sign_in.failed",
            by=None,
            subject=user,
            organisation_id=user.organisation_id if user else None,
        )
        raise wrong_password()
    attempts.forgive(key)
    return Entered(user, need_of(user))


def need_of(user: User) -> Need:
    """Return what the second step asks of this person."""
    return "code" if OneTimeCodeDevice.objects.filter(user=user).exists() else "enrol"


def use_second_factor(*, by: User, typed: str) -> None:
    """Check a code of the authenticator or, by its length, one from paper."""
    if is_recovery_code(typed):
        use_recovery_code(by=by, code=typed)
    else:
        use_code(by=by, code=typed)


def use_code(*, by: User, code: str) -> None:
    """Check a code of the authenticator; each works once."""
    key = _reserve_code(by)
    device = OneTimeCodeDevice.objects.filter(user=by).first()
    step = None
    if device is not None:
        secret = open_secret(by, bytes(device.sealed_secret))
        step = matching_step(secret, digits_of(code), clock.now())
    if step is None or not _take_step(by, step):
        _fail_code(by)
    attempts.forgive(key)


def use_recovery_code(*, by: User, code: str) -> None:
    """Check a code from paper; each works once."""
    key = _reserve_code(by)
    if not _take_recovery_code(by, recovery_digest(by, code)):
        _fail_code(by)
    attempts.forgive(key)


@transaction.atomic
def _take_step(by: User, step: int) -> bool:
    # Compare and set in one statement: of two requests with the same code one gets in.
    taken = OneTimeCodeDevice.objects.filter(user=by, last_step__lt=step).update(last_step=step)
    if taken:
        record("second_factor.code", by=by, subject=by)
    return taken == 1


@transaction.atomic
def _take_recovery_code(by: User, digest: str) -> bool:
    unused = RecoveryCode.objects.filter(user=by, digest=digest, used_at__isnull=True)
    taken = unused.update(used_at=clock.now())
    if taken:
        left = RecoveryCode.objects.filter(user=by, used_at__isnull=True).count()
        record("second_factor.recovery_code", by=by, subject=by, detail={"left": left})
    return taken == 1


def _reserve_code(by: User) -> str:
    # By account and not by address: who already holds the password could otherwise ask a
    # thousand machines for three guesses each.
    key = attempts.key_of("code", str(by.pk))
    attempts.reserve(key)
    return key


def _fail_code(by: User) -> None:
    record("second_factor.failed", by=None, subject=by, organisation_id=by.organisation_id)
    raise wrong_code()


@transaction.atomic
def enter(*, by: User) -> None:
    """Record that somebody is in, with both factors."""
    RoomPin.objects.filter(user=by, tries__gt=0).update(tries=0)
    record("sign_in.done", by=by, subject=by)


@transaction.atomic
def sign_out(*, by: User) -> None:
    """Record that somebody left; the session itself ends with the request."""
    record("sign_out", by=by, subject=by)


@lru_cache(maxsize=1)
def _nobodys_password() -> str:
    return make_password("nobody has this password")
