"""Keeping who men are: the sealed identity and the indexes that find it, always together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import transaction

from tequio.people import vault
from tequio.people.models import Identity, NameSound, Participant
from tequio.people.rules import sounds
from tequio.people.vault import Who

_BATCH: Final = 500


@transaction.atomic
def keep(known: Sequence[tuple[Participant, Who]]) -> None:
    """Write the identities of new men. The caller has checked who may."""
    identities = [vault.seal(man, who) for man, who in known]
    for identity in identities:
        identity.sounds_version = sounds.VERSION
    Identity.objects.bulk_create(identities, batch_size=_BATCH)
    heard = [row for man, who in known for row in vault.sounds_of(man, who)]
    NameSound.objects.bulk_create(heard, batch_size=_BATCH)


@transaction.atomic
def replace(participant: Participant, who: Who) -> None:
    """Write a man's identity again. The caller has checked who may."""
    Identity.objects.filter(participant=participant).delete()
    NameSound.objects.filter(participant=participant).delete()
    keep([(participant, who)])


def index_sounds() -> int:
    """Make the sounds that are missing or follow older rules; done by the clock."""
    done = 0
    while batch := list(
        Identity.objects.filter(sounds_version__lt=sounds.VERSION).select_related("participant")[
            :_BATCH
        ]
    ):
        _index(batch)
        done += len(batch)
    return done


@transaction.atomic
def _index(batch: Sequence[Identity]) -> None:
    men = [identity.participant for identity in batch]
    NameSound.objects.filter(participant__in=men).delete()
    heard = [
        row
        for man, identity in zip(men, batch, strict=True)
        for row in vault.sounds_of(man, vault.unseal(identity))
    ]
    NameSound.objects.bulk_create(heard, batch_size=_BATCH)
    Identity.objects.filter(participant__in=men).update(sounds_version=sounds.VERSION)
