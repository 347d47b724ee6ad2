"""At each opening: whether a public key that lies in the clear is still the wall's own.

What is found changed is put right at once, and said loudly in the log; what came in between may
have been read by whoever changed it, and nobody can tell.
"""

from __future__ import annotations

from django.db import transaction

from tequio.access import key_pairs
from tequio.core.keys import KeyPair
from tequio.letters import addresses
from tequio.survivors import known, log
from tequio.survivors.models import Epoch
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import members_of


@transaction.atomic
def put_right(*, by: OpenWall, own: KeyPair) -> bool:
    """Compare every key that something is sealed to; tell whether one was another's.

    `own` is the pair that the member's words opened: it needs no table to be believed.
    """
    epoch = Epoch.objects.select_for_update(of=("self",)).get(pk=by.current)
    remembered = known.keys_of(by, epoch)
    found = [*_of_the_turn(by, epoch, remembered), *_of_members(by, own, remembered)]
    for kind, who in found:
        log.write(kind, by=by, detail={"who": who} if who else {})
    if remembered.get(known.name_of(by.user)) != own.public:
        known.learn(by=by, keys={known.name_of(by.user): own.public})
    return bool(found)


def _of_the_turn(by: OpenWall, epoch: Epoch, remembered: dict[str, bytes]) -> list[tuple[str, str]]:
    found = []
    public = by.pair_of(epoch.pk).public
    paper = remembered.get(known.PAPER, bytes(epoch.paper_public))
    if bytes(epoch.public) != public:
        found.append(("key.turn", ""))
    if bytes(epoch.paper_public) != paper:
        found.append(("key.paper", ""))
    if found:
        Epoch.objects.filter(pk=epoch.pk).update(public=public, paper_public=paper)
    organisation = by.user.organisation
    if addresses.astray(organisation=organisation, epoch=epoch.number, public=public):
        addresses.publish(organisation=organisation, epoch=epoch.number, public=public)
        found.append(("key.slot", ""))
    return found


def _of_members(by: OpenWall, own: KeyPair, remembered: dict[str, bytes]) -> list[tuple[str, str]]:
    found = []
    if key_pairs.put_right(by=by.user, pair=own):
        found.append(("key.member", by.user.login))
    for member in members_of(by.wall).exclude(pk=by.user.pk):
        # Hers is put right when she opens with her words; until then a turn goes by the mark.
        compared = remembered.get(known.name_of(member))
        if compared is not None and key_pairs.public_of(member) != compared:
            found.append(("key.member", member.login))
    return found
