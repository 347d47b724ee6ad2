"""A person's key pair: made once, opened with a passphrase or a printed code, never by a password.

Nothing here is written to the log of the men's side: who opens the wall, and when, is the wall's
own business.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction

from tequio.access.models import KeyHolder, User
from tequio.core import entropy, ids, keys, phrases

_PASSPHRASE, _RECOVERY = "passphrase", "recovery"
_CODE_GROUPS, _CODE_GROUP = 6, 5  # 30 characters of 32: 150 bits


@dataclass(frozen=True, slots=True)
class Fresh:
    """A key pair just made, with the words that open it: shown once and kept nowhere."""

    pair: keys.KeyPair
    passphrase: str = field(repr=False)
    recovery_code: str = field(repr=False)


@transaction.atomic
def make(*, by: User) -> Fresh:
    """Give a person a key pair; an older one is replaced, and what it opened is lost to them."""
    pair = keys.KeyPair.make()
    fresh = Fresh(pair, phrases.new_passphrase(), _new_code())
    KeyHolder.objects.update_or_create(
        user=by,
        defaults={
            "public": pair.public,
            "by_passphrase": _wrap(by, pair, fresh.passphrase, _PASSPHRASE),
            "by_recovery_code": _wrap(by, pair, fresh.recovery_code, _RECOVERY),
        },
    )
    return fresh


def opened(*, by: User, passphrase: str) -> keys.KeyPair:
    """Open a person's key pair with the wall passphrase, or raise :class:`keys.WrongSecret`."""
    return _open(by, phrases.tidy(passphrase), _PASSPHRASE)


@transaction.atomic
def recovered(*, by: User, code: str) -> Fresh:
    """Open with the printed recovery code, and give a new passphrase and a new code for it."""
    return renewed(by=by, pair=_open(by, tidy_code(code), _RECOVERY))


@transaction.atomic
def renewed(*, by: User, pair: keys.KeyPair) -> Fresh:
    """Give new words for the same key pair; the old passphrase and the old code open nothing."""
    fresh = Fresh(pair, phrases.new_passphrase(), _new_code())
    KeyHolder.objects.filter(user=by).update(
        by_passphrase=_wrap(by, pair, fresh.passphrase, _PASSPHRASE),
        by_recovery_code=_wrap(by, pair, fresh.recovery_code, _RECOVERY),
    )
    return fresh


def public_of(user: User) -> bytes | None:
    """Return the public half of a person's key pair, if there is one."""
    found = KeyHolder.objects.filter(user=user).values_list("public", flat=True).first()
    return None if found is None else bytes(found)


def forget(*, user: User) -> None:
    """Destroy a person's key pair: whatever was sealed to it stays shut for them."""
    KeyHolder.objects.filter(user=user).delete()


def tidy_code(typed: str) -> str:
    """Return a recovery code as it is compared, however it was typed."""
    return "".join(typed.upper().split()).replace("-", "").translate(_HEARD_AS)


_HEARD_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def _open(user: User, knows: str, what: str) -> keys.KeyPair:
    held = KeyHolder.objects.filter(user=user).first()
    if held is None:
        raise keys.WrongSecret("This person has no key pair.")
    wrapped = held.by_passphrase if what == _PASSPHRASE else held.by_recovery_code
    return keys.KeyPair.from_private(keys.unwrap(wrapped, knows, bound_to=_place(user, what)))


def _wrap(user: User, pair: keys.KeyPair, words: str, what: str) -> bytes:
    knows = phrases.tidy(words) if what == _PASSPHRASE else tidy_code(words)
    return keys.wrap(pair.private, knows, bound_to=_place(user, what))


def _new_code() -> str:
    size = _CODE_GROUPS * _CODE_GROUP
    drawn = "".join(ids.ALPHABET[entropy.below(32, stream="walled")] for _i in range(size))
    return "-".join(drawn[n : n + _CODE_GROUP] for n in range(0, size, _CODE_GROUP))


def _place(user: User, what: str) -> str:
    return f"{user.organisation_id}|access.keyholder|{user.pk}|{what}|1"
