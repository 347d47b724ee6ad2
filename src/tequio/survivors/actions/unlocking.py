"""Opening the wall with a passphrase, keeping it open for a while, and closing it."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access import key_pairs
from tequio.access.models import User
from tequio.core import clock, entropy
from tequio.core.errors import DomainError
from tequio.core.keys import KeyPair, WrongSecret
from tequio.core.sealing import Key
from tequio.survivors import log
from tequio.survivors.actions import attempts, guarding
from tequio.survivors.models import Draft, Epoch, Opening, Share
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import may_come_to_the_door, share_of
from tequio.survivors.rules import opening as rules


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An open wall, and the secret that goes into the cookie and is kept nowhere else."""

    wall: OpenWall
    secret: str = field(repr=False)
    # The end of the wall's log was found cut off: whoever opens it is told first.
    log_was_cut: bool = False
    # A public key in the database was another's: it was put right, and is said first too.
    key_was_changed: bool = False


def unlock(*, by: User, passphrase: str, sign_in: str) -> Unlocked:
    """Open the wall for this sign-in. The dear part, Argon2id, runs outside any transaction.

    `sign_in` is the key of the person's session: with it ends what was opened in it.
    """
    attempts.reserve(by=by)
    try:
        pair = key_pairs.opened(by=by, passphrase=passphrase)
    except WrongSecret as error:
        raise DomainError(
            _("Con esa frase no se abre."),
            hint=_("Revisa las siete palabras. No es tu contraseña para entrar."),
        ) from error
    attempts.forgive(by=by)
    return remember(by=by, pair=pair, sign_in=sign_in)


@transaction.atomic
def remember(*, by: User, pair: KeyPair, sign_in: str) -> Unlocked:
    """Keep the wall open under a fresh secret."""
    opened = open_wall_with(by, pair)
    if not opened.wall.confirmed:
        raise _not_yet()
    unlocked = keep(by=opened, sign_in=sign_in)
    log.write("wall.open", by=opened)
    changed = guarding.put_right(by=opened, own=pair)
    cut = log.found_cut_at(opened) is not None
    return replace(unlocked, log_was_cut=cut, key_was_changed=changed)


def keep(*, by: OpenWall, sign_in: str) -> Unlocked:
    """Write an open wall down under a fresh secret, inside the caller's transaction."""
    secret = entropy.token_bytes(32, stream="walled")
    now = clock.now()
    row = Opening(
        digest=_digest(secret),
        sign_in=_digest(sign_in.encode()),
        user=by.user,
        wall=by.wall,
        opened_at=now,
        seen_at=now,
    )
    kept = {str(epoch): pair.private.hex() for epoch, pair in by.pairs.items()}
    row.wrapped = Key.from_master(secret, stream="walled").seal(
        json.dumps(kept).encode(), bound_to=_place(row)
    )
    _sweep(by)
    row.save(force_insert=True)
    return Unlocked(by, base64.urlsafe_b64encode(secret).decode())


@transaction.atomic
def keep_after_turn(*, by: OpenWall, sign_in: str) -> Unlocked:
    """Carry who turned the keys over the turn: for everybody else the wall has closed."""
    return keep(by=by, sign_in=sign_in)


def recall(*, by: User, secret: str, sign_in: str, touch: bool) -> OpenWall | None:
    """Return the wall that this secret holds open, or None; `touch` puts the closing off."""
    try:
        raw = base64.urlsafe_b64decode(secret)
    except ValueError:
        return None
    row = (
        Opening.objects.filter(digest=_digest(raw), user=by, sign_in=_digest(sign_in.encode()))
        .select_related("wall")
        .first()
    )
    now = clock.now()
    if row is None or not rules.is_open(opened_at=row.opened_at, seen_at=row.seen_at, now=now):
        return None
    share = share_of(by)
    if share is None or share.epoch.wall_id != row.wall_id or not may_come_to_the_door(by):
        return None
    kept = json.loads(Key.from_master(raw, stream="walled").open(row.wrapped, bound_to=_place(row)))
    pairs = {UUID(epoch): KeyPair.from_private(bytes.fromhex(key)) for epoch, key in kept.items()}
    if share.epoch_id not in pairs:
        return None  # the keys turned since: open it again
    if touch:
        Opening.objects.filter(pk=row.pk).update(seen_at=now)
        row.seen_at = now
    closes = rules.closes_at(opened_at=row.opened_at, seen_at=row.seen_at)
    return OpenWall(by, row.wall, pairs, share.epoch_id, closes)


@transaction.atomic
def lock(*, by: OpenWall) -> None:
    """Close the wall in every browser of this person."""
    log.write("wall.close", by=by)
    Opening.objects.filter(user=by.user).delete()


def open_wall_with(user: User, pair: KeyPair) -> OpenWall:
    """Open every turn of the wall's keys with a member's own key pair."""
    share = share_of(user)
    if share is None or not may_come_to_the_door(user):
        raise _not_yet()
    newest = KeyPair.from_private(pair.open(share.sealed))
    return open_turns(user, share, newest)


def open_turns(user: User, share: Share, newest: KeyPair) -> OpenWall:
    """Open every older turn with the newest one."""
    pairs = {share.epoch_id: newest}
    after = newest
    older = Epoch.objects.filter(wall=share.epoch.wall_id, is_open=False).order_by("-number")
    for epoch in older:
        after = KeyPair.from_private(after.open(epoch.for_next or b""))
        pairs[epoch.pk] = after
    closes = clock.now() + rules.IDLE
    return OpenWall(user, share.epoch.wall, pairs, share.epoch_id, closes)


def _not_yet() -> DomainError:
    return DomainError(
        _("Todavía no eres parte de este equipo."),
        hint=_("Pide a quien ya es parte que te admita."),
    )


def _sweep(by: OpenWall) -> None:
    """What has run out goes; nothing else would take it away."""
    now = clock.now()
    Opening.objects.filter(wall=by.wall, seen_at__lt=now - rules.IDLE).delete()
    Draft.objects.filter(wall=by.wall, at__lt=now - rules.DRAFT_FOR).delete()


def _digest(secret: bytes) -> str:
    return hashlib.sha256(secret).hexdigest()


def _place(row: Opening) -> str:
    return f"{row.wall_id}|survivors.opening|{row.pk}|wrapped|1"
