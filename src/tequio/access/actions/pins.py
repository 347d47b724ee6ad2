"""The PIN that opens a screen which locked itself during a session."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tequio.access.actions.account import require_password
from tequio.access.models import RoomPin, User
from tequio.access.rules.pins import is_pin, too_easy
from tequio.access.rules.sessions import PIN_TRIES
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import DomainError


def set_pin(*, by: User, password: str, pin: str) -> None:
    """Choose the PIN, for somebody who shows the password again."""
    if not is_pin(pin):
        raise DomainError(
            _("Un PIN tiene de 4 a 8 números."), hint=_("Escribe solo números, sin espacios.")
        )
    if too_easy(pin):
        raise DomainError(
            _("Ese PIN es de los primeros que alguien probaría."),
            hint=_("Evita números seguidos o repetidos, y los que parecen un año."),
        )
    require_password(by=by, password=password)
    digest = make_password(pin)
    with transaction.atomic():
        RoomPin.objects.update_or_create(
            user=by, defaults={"digest": digest, "tries": 0, "set_at": clock.now()}
        )
        record("pin.set", by=by, subject=by)


def try_pin(*, by: User, pin: str) -> int:
    """Try the PIN: -1 opens, else how many tries are left. With none left only signing in helps."""
    # Counted before it is looked at: a hundred guesses at the same instant are a hundred.
    counted = RoomPin.objects.filter(user=by, tries__lt=PIN_TRIES).update(tries=F("tries") + 1)
    mine = RoomPin.objects.filter(user=by).first()
    if not counted or mine is None:
        return 0
    if check_password(pin, mine.digest):
        forgive(by=by)
        return -1
    left = PIN_TRIES - mine.tries
    record("pin.failed", by=by, subject=by, detail={"left": left})
    return left


def forgive(*, by: User) -> None:
    """Begin to count anew, for somebody who has shown who they are."""
    RoomPin.objects.filter(user=by, tries__gt=0).update(tries=0)
