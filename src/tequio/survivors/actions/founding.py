"""A wall is founded once: its first turn of keys, its first member, its paper key, its slot."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access import key_pairs
from tequio.access.models import User
from tequio.access.policies import not_visible
from tequio.core import keys, phrases
from tequio.core.errors import Conflict
from tequio.letters.models import Slot
from tequio.survivors import log
from tequio.survivors.actions.unlocking import open_wall_with
from tequio.survivors.models import Epoch, Share, Wall
from tequio.survivors.policies import may_come_to_the_door, wall_of


@dataclass(frozen=True, slots=True)
class Founded:
    """What is shown once after founding, and is kept nowhere."""

    wall: Wall
    passphrase: str = field(repr=False)
    recovery_code: str = field(repr=False)
    paper_words: tuple[str, ...] = field(repr=False)


@transaction.atomic
def found(*, by: User) -> Founded:
    """Found the wall of a person's organisation, with that person as its first member."""
    if not may_come_to_the_door(by):
        raise not_visible()
    if wall_of(by) is not None:
        raise Conflict(
            _("Tu organización ya tiene su muro."),
            hint=_("Pide a quien ya es parte que te admita."),
        )
    fresh = key_pairs.make(by=by)
    wall = Wall.objects.create(organisation=by.organisation)
    pair, paper = keys.KeyPair.make(), keys.KeyPair.make()
    epoch = Epoch.objects.create(
        wall=wall,
        number=1,
        public=pair.public,
        paper_public=paper.public,
        on_paper=keys.seal_to(paper.public, pair.private),
    )
    share = keys.seal_to(fresh.pair.public, pair.private)
    Share.objects.create(epoch=epoch, user=by, sealed=share)
    Slot.objects.update_or_create(
        organisation=by.organisation,
        defaults={
            "held_by": Slot.Holder.OWN,
            "holder": by.organisation,
            "epoch": epoch.number,
            "public": pair.public,
        },
    )
    opened = open_wall_with(by, fresh.pair)
    log.write("wall.found", by=opened)
    words = phrases.paper_words(paper.private)
    return Founded(wall, fresh.passphrase, fresh.recovery_code, words)
