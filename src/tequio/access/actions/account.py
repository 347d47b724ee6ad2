"""What each person does with their own account."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.actions import attempts
from tequio.access.actions.signing_in import use_second_factor
from tequio.access.errors import Refused, weak_password, wrong_code
from tequio.access.models import OneTimeCodeDevice, RecoveryCode, User
from tequio.access.rules import codes
from tequio.access.rules.passwords import problems
from tequio.access.sealed import recovery_digest, seal_secret
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import DomainError

RECOVERY_CODES = 10


def begin_authenticator() -> str:
    """Return a new secret. It counts for nothing until a code proves that the phone has it."""
    return codes.new_secret()


@transaction.atomic
def confirm_authenticator(*, by: User, secret: str, code: str) -> list[str]:
    """Take the secret into use once a code proves it; return ten new recovery codes."""
    step = codes.matching_step(secret, codes.digits_of(code), clock.now())
    if step is None:
        raise wrong_code()
    OneTimeCodeDevice.objects.update_or_create(
        user=by,
        defaults={
            "sealed_secret": seal_secret(by, secret),
            "last_step": step,
            "confirmed_at": clock.now(),
        },
    )
    record("authenticator.confirm", by=by, subject=by)
    return make_recovery_codes(by=by)


@transaction.atomic
def make_recovery_codes(*, by: User) -> list[str]:
    """Make ten codes for paper; the earlier ones stop working. They can be shown only now."""
    RecoveryCode.objects.filter(user=by).delete()
    new = [codes.new_recovery_code() for _i in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=by, digest=recovery_digest(by, code)) for code in new
    )
    record("recovery_codes.make", by=by, subject=by, detail={"count": len(new)})
    return new


def renew_recovery_codes(*, by: User, password: str) -> list[str]:
    """Make new codes for paper for somebody who shows the password again."""
    require_password(by=by, password=password)
    return make_recovery_codes(by=by)


def replace_authenticator(*, by: User, password: str, code: str) -> str:
    """Return the secret for a new authenticator, for somebody who shows both factors again.

    The old one works until the new one is confirmed.
    """
    require_password(by=by, password=password)
    use_second_factor(by=by, typed=code)
    return begin_authenticator()


def change_password(*, by: User, current: str, new: str) -> User:
    """Change one's own password; every other session of the person ends."""
    require_password(by=by, password=current)
    found = problems(new, names=(by.name, by.login, by.organisation.name))
    if found:
        raise weak_password(found)
    user = User.objects.get(pk=by.pk)
    user.set_password(new)
    with transaction.atomic():
        user.save(update_fields=["password"])
        record("password.change", by=by, subject=by)
    return user


@transaction.atomic
def change_language(*, by: User, language: str) -> None:
    """Choose the language of the pages."""
    if language not in dict(settings.LANGUAGES):
        raise DomainError(_("Ese idioma no está disponible."), hint=_("Elige uno de la lista."))
    User.objects.filter(pk=by.pk).update(language=language)


def require_password(*, by: User, password: str) -> None:
    """Refuse unless somebody shows the password again."""
    # An unattended screen must not be a place to guess the password in peace.
    key = attempts.key_of("password", "own", str(by.pk))
    attempts.reserve(key)
    if not check_password(password, by.password):
        raise Refused(
            _("La contraseña actual no es esa."),
            hint=_("Si no la recuerdas, pide un código a quien administra tu organización."),
        )
    attempts.forgive(key)
