"""Codes that an administrator hands over in person. No e-mail, no telephone number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from tequio.access.actions import attempts
from tequio.access.door import Door
from tequio.access.errors import weak_password, wrong_reset_code
from tequio.access.models import OneTimeCodeDevice, RecoveryCode, ResetCode, User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere, users_visible_to
from tequio.access.rules.codes import new_reset_code, plain_reset_code
from tequio.access.rules.logins import plain_login
from tequio.access.rules.passwords import problems
from tequio.audit.record import SYSTEM, record
from tequio.core import clock
from tequio.core.errors import DomainError

LASTS: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A code in clear, for the one time that it is shown."""

    user: User
    code: str
    expires_at: datetime


@transaction.atomic
def issue_reset_code(*, by: User, user_id: UUID, resets_authenticator: bool = False) -> IssuedCode:
    """Issue a single-use code with which a user chooses a new password within a day."""
    require_everywhere(by, Permission.USER_MANAGE)
    user = pick(users_visible_to(by).select_related("organisation"), pk=user_id)
    if not user.is_active:
        raise wrong_reset_code()
    return _issue(by=by, user=user, resets_authenticator=resets_authenticator)


@transaction.atomic
def rescue_administrator(*, by: None, login: str) -> IssuedCode:
    """Issue a code for an administrator at the server's command line; the telephone is let go."""
    user = User.objects.filter(
        login=plain_login(login), is_active=True, grants__role="administrator"
    ).first()
    if user is None:
        raise DomainError(
            _("«%(login)s» no es una persona que administre aquí.") % {"login": login},
            hint=_("Escribe su usuario completo, como ana@casa-clara."),
        )
    return _issue(by=by, user=user, resets_authenticator=True)


def issue_first_code(*, by: User | None, user: User) -> IssuedCode:
    """Issue the code of the first entry, inside the action that creates the user."""
    return _issue(by=by, user=user, resets_authenticator=False)


def _issue(*, by: User | None, user: User, resets_authenticator: bool) -> IssuedCode:
    # A forgotten slip of paper must not stay a second key.
    user.reset_codes.filter(used_at__isnull=True).delete()
    code = new_reset_code()
    row = ResetCode.objects.create(
        user=user,
        digest=_digest(code),
        resets_authenticator=resets_authenticator,
        issued_by=by.login if by else SYSTEM,
        expires_at=clock.now() + LASTS,
    )
    record("reset_code.issue", by=by, subject=user, organisation_id=user.organisation_id)
    if resets_authenticator:
        record(
            "reset_code.allow_authenticator",
            by=by,
            subject=user,
            organisation_id=user.organisation_id,
        )
    return IssuedCode(user, code, row.expires_at)


def use_reset_code(*, login: str, code: str, password: str, door: Door) -> User:
    """Choose a password with a code. It opens nothing else: the second factor is still asked."""
    key = attempts.key_of("password", plain_login(login), door.address)
    attempts.reserve(key)
    reset = _waiting(login, code)
    if reset is None or (reset.user.demonstration and not door.demonstration):
        raise wrong_reset_code()
    user = reset.user
    attempts.forgive(key)
    found = problems(password, names=(user.name, user.login, user.organisation.name))
    if found:
        raise weak_password(found)
    # Outside the transaction: hashing is slow on purpose and would keep every writer waiting.
    user.set_password(password)
    _spend(reset, user)
    return user


@transaction.atomic
def _spend(reset: ResetCode, user: User) -> None:
    now = clock.now()
    mine = ResetCode.objects.filter(pk=reset.pk, used_at__isnull=True, expires_at__gt=now)
    if mine.update(used_at=now) != 1:
        raise wrong_reset_code()
    user.save(update_fields=["password"])
    record("reset_code.use", by=user, subject=user)
    if reset.resets_authenticator:
        OneTimeCodeDevice.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()
        record("authenticator.reset", by=user, subject=user)


def _waiting(login: str, code: str) -> ResetCode | None:
    return (
        ResetCode.objects.select_related("user__organisation")
        .filter(
            digest=_digest(code),
            user__login=plain_login(login),
            user__is_active=True,
            used_at__isnull=True,
            expires_at__gt=clock.now(),
        )
        .first()
    )


def _digest(code: str) -> str:
    plain = plain_reset_code(code)
    return salted_hmac("tequio.access.reset_code", plain, algorithm="sha256").hexdigest()
