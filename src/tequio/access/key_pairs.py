"""A person's key pair: made once, opened with a passphrase or a printed code, never by a password.

Nothing here is written to the log of the men's side: who opens the wall, and when, is the wall's
own business.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from django.db import transaction

from tequio.access.models import KeyHolder, User
from tequio.core import entropy, ids, keys, phrases
from tequio.core.sealing import Stored

_PASSPHRASE, _RECOVERY = "passphrase", "recovery"
_NOTHING_WAITS: Final = {
    "next_by_passphrase": None,
    "next_by_recovery_code": None,
    "next_public": None,
}
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
    fresh = _fresh(keys.KeyPair.make())
    shown = _wrapped(by, fresh)
    KeyHolder.objects.update_or_create(
        user=by,
        defaults={"public": fresh.pair.public, **shown, **_NOTHING_WAITS},
    )
    return fresh


@transaction.atomic
def proposed(*, by: User) -> Fresh:
    """Show a new key pair that takes the older one's place once its words are typed back."""
    if not KeyHolder.objects.filter(user=by).exists():
        return make(by=by)
    return _wait(by, _fresh(keys.KeyPair.make()), another=True)


def opened(*, by: User, passphrase: str) -> keys.KeyPair:
    """Open a person's key pair with the wall passphrase, or raise :class:`keys.WrongSecret`.

    Newer words of the same pair that were shown count from the first time that they are typed;
    who goes on typing the older ones never copied them, and they go.
    """
    held = _held(by)
    try:
        pair = _open(held, held.by_passphrase, phrases.tidy(passphrase), _PASSPHRASE)
    except keys.WrongSecret:
        if held.next_public is not None:
            raise
        return _settle(held, passphrase)
    if held.next_by_passphrase is not None:
        KeyHolder.objects.filter(pk=held.pk).update(**_NOTHING_WAITS)
    return pair


def typed_back(*, by: User, passphrase: str) -> keys.KeyPair:
    """Open with the words that were shown last, which count from now on."""
    held = _held(by)
    if held.next_by_passphrase is None:
        return _open(held, held.by_passphrase, phrases.tidy(passphrase), _PASSPHRASE)
    return _settle(held, passphrase)


def recovered(*, by: User, code: str) -> Fresh:
    """Open with the printed code; it shows a new passphrase and a new code to be typed back."""
    held, typed = _held(by), tidy_code(code)
    try:
        pair = _open(held, held.by_recovery_code, typed, _RECOVERY)
    except keys.WrongSecret:
        if held.next_by_recovery_code is None or held.next_public is not None:
            raise
        pair = _open(held, held.next_by_recovery_code, typed, _RECOVERY)
    return renewed(by=by, pair=pair)


def renewed(*, by: User, pair: keys.KeyPair) -> Fresh:
    """Show new words for the same key pair; the older ones open until these are typed back."""
    return _wait(by, _fresh(pair), another=False)


def public_of(user: User) -> bytes | None:
    """Return the public half of a person's key pair, if there is one."""
    found = KeyHolder.objects.filter(user=user).values_list("public", flat=True).first()
    return None if found is None else bytes(found)


def put_right(*, by: User, pair: keys.KeyPair) -> bool:
    """Make the table say the public half of a pair just opened; tell whether it said another."""
    others = KeyHolder.objects.filter(user=by).exclude(public=pair.public)
    return bool(others.update(public=pair.public))


def forget(*, user: User) -> None:
    """Destroy a person's key pair: whatever was sealed to it stays shut for them."""
    KeyHolder.objects.filter(user=user).delete()


def tidy_code(typed: str) -> str:
    """Return a recovery code as it is compared, however it was typed."""
    return "".join(typed.upper().split()).replace("-", "").translate(_HEARD_AS)


_HEARD_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def _fresh(pair: keys.KeyPair) -> Fresh:
    return Fresh(pair, phrases.new_passphrase(), _new_code())


def _wait(user: User, fresh: Fresh, *, another: bool) -> Fresh:
    waiting = {f"next_{name}": box for name, box in _wrapped(user, fresh).items()}
    public = fresh.pair.public if another else None
    KeyHolder.objects.filter(user=user).update(**waiting, next_public=public)
    return fresh


def _settle(held: KeyHolder, passphrase: str) -> keys.KeyPair:
    """Put the words that wait in the place of the older ones, if these are they."""
    waiting = held.next_by_passphrase
    if waiting is None:
        raise keys.WrongSecret("No words wait to be typed back.")
    pair = _open(held, waiting, phrases.tidy(passphrase), _PASSPHRASE)
    KeyHolder.objects.filter(pk=held.pk).update(
        public=pair.public,
        by_passphrase=waiting,
        by_recovery_code=held.next_by_recovery_code,
        **_NOTHING_WAITS,
    )
    return pair


def _held(user: User) -> KeyHolder:
    held = KeyHolder.objects.filter(user=user).select_related("user").first()
    if held is None:
        raise keys.WrongSecret("This person has no key pair.")
    return held


def _open(held: KeyHolder, wrapped: Stored, knows: str, what: str) -> keys.KeyPair:
    return keys.KeyPair.from_private(keys.unwrap(wrapped, knows, bound_to=_place(held.user, what)))


def _wrapped(user: User, fresh: Fresh) -> dict[str, bytes]:
    words, code = phrases.tidy(fresh.passphrase), tidy_code(fresh.recovery_code)
    return {
        "by_passphrase": keys.wrap(fresh.pair.private, words, bound_to=_place(user, _PASSPHRASE)),
        "by_recovery_code": keys.wrap(fresh.pair.private, code, bound_to=_place(user, _RECOVERY)),
    }


def _new_code() -> str:
    size = _CODE_GROUPS * _CODE_GROUP
    drawn = "".join(ids.ALPHABET[entropy.below(32, stream="walled")] for _i in range(size))
    return "-".join(drawn[n : n + _CODE_GROUP] for n in range(0, size, _CODE_GROUP))


def _place(user: User, what: str) -> str:
    return f"{user.organisation_id}|access.keyholder|{user.pk}|{what}|1"
