"""Who is part of the wall: a key of one's own, being admitted, and leaving."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access import key_pairs
from tequio.access.key_pairs import Fresh
from tequio.access.models import User
from tequio.access.policies import not_visible
from tequio.core import phrases
from tequio.core.errors import Conflict, DomainError
from tequio.core.keys import WrongSecret
from tequio.survivors import known, log
from tequio.survivors.actions import attempts, rotation
from tequio.survivors.actions.founding import wrong_passphrase
from tequio.survivors.models import Ready, Share, Wall
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import (
    may_come_to_the_door,
    members_of,
    open_epoch_of,
    share_of,
    waiting_for,
    wall_of,
)


@transaction.atomic
def make_key(*, by: User) -> Fresh:
    """Make a key pair for who is not part yet, or for a member who lost her words.

    Such a member has to be admitted again: so the last one cannot do it, and needs the paper key.
    She stays a member, with her older words, until she has typed the new ones back.
    """
    if not may_come_to_the_door(by):
        raise not_visible()
    wall, share = wall_of(by), share_of(by)
    if wall is None or not wall.confirmed:
        raise Conflict(
            _("Tu organización todavía no tiene su muro."), hint=_("Fúndalo: ahí se hace tu llave.")
        )
    if share is not None:
        _others_can_open(wall, by)
        return key_pairs.proposed(by=by)
    Ready.objects.filter(user=by).delete()
    return key_pairs.make(by=by)


def confirm_key(*, by: User, passphrase: str) -> None:
    """Say that the words of the key are on paper: they have been typed back."""
    if not may_come_to_the_door(by):
        raise not_visible()
    attempts.reserve(by=by)
    before = key_pairs.public_of(by)
    try:
        pair = key_pairs.typed_back(by=by, passphrase=passphrase)
    except WrongSecret as error:
        raise wrong_passphrase() from error
    attempts.forgive(by=by)
    if pair.public != before:
        Share.objects.filter(user=by).delete()
    Ready.objects.update_or_create(user=by, defaults={"public": pair.public})


def _others_can_open(wall: Wall, by: User) -> None:
    if not members_of(wall).exclude(pk=by.pk).exists():
        raise DomainError(
            _("Eres la única persona que puede abrir el muro: una llave nueva no abriría nada."),
            hint=_("Usa tu código impreso o, si tampoco lo tienes, la llave de papel."),
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who made a key and waits, with the six words that both compare."""

    user: User
    fingerprint: tuple[str, ...]


def candidates(*, by: OpenWall) -> list[Candidate]:
    """Return who has a key that was typed back, and may come to the door, and is not part."""
    return [Candidate(user, phrases.fingerprint(public)) for user, public in waiting_for(by.wall)]


@transaction.atomic
def admit(*, by: OpenWall, user_id: UUID, fingerprint: str) -> User:
    """Give somebody a share in the open turn, for the key whose six words were compared."""
    waiting = next(((u, key) for u, key in waiting_for(by.wall) if u.pk == user_id), None)
    if waiting is None:
        raise not_visible()
    user, public = waiting
    if phrases.tidy(fingerprint) != phrases.tidy(" ".join(phrases.fingerprint(public))):
        raise Conflict(
            _("La llave de %(name)s cambió mientras la comparaban.") % {"name": user.name},
            hint=_("Comparen otra vez las seis palabras, en voz alta."),
        )
    epoch = open_epoch_of(by.wall)
    if epoch.pk != by.current:
        raise rotation.changed_meanwhile()
    # The key whose words were compared, and no other that the table may hold by now.
    rotation.give_share(user, epoch, by.pair_of(epoch.pk), public=public)
    log.write("member.admit", by=by, detail={"who": user.login})
    known.learn(by=by, keys={known.name_of(user): public})
    return user


@transaction.atomic
def remove(*, by: OpenWall, user_id: UUID) -> OpenWall:
    """Take somebody's share and turn the keys; returns the wall open with the new turn."""
    leaving = members_of(by.wall).filter(pk=user_id).first()
    if leaving is None:
        raise not_visible()
    stay = list(members_of(by.wall).exclude(pk=leaving.pk))
    able = [user for user in stay if may_come_to_the_door(user)]
    if not able:
        raise DomainError(
            _("No quedaría nadie que pueda abrir el muro."),
            hint=_("Admite primero a otra persona."),
        )
    opened = rotation.turn(by=by, stay=stay)
    key_pairs.forget(user=leaving)
    Ready.objects.filter(user=leaving).delete()
    log.write("member.remove", by=opened, detail={"who": leaving.login})
    return opened
