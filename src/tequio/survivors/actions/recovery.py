"""When words are lost: the printed code, the paper key, and new ones in their place."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access import key_pairs
from tequio.access.key_pairs import Fresh
from tequio.access.models import User
from tequio.access.policies import not_visible
from tequio.core import keys, phrases
from tequio.core.errors import DomainError
from tequio.core.keys import KeyPair, WrongSecret
from tequio.survivors import log
from tequio.survivors.actions import attempts, rotation
from tequio.survivors.actions.unlocking import open_turns, open_wall_with
from tequio.survivors.models import Epoch, Ready, Share
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import (
    may_come_to_the_door,
    open_epoch_of,
    share_of,
    wall_of,
)


def with_code(*, by: User, code: str) -> Fresh:
    """Open with the printed code: it gives a new passphrase and a new code, shown once."""
    if share_of(by) is None:
        raise not_visible()
    attempts.reserve(by=by)
    try:
        fresh = key_pairs.recovered(by=by, code=code)
    except WrongSecret as error:
        raise DomainError(
            _("Con ese código no se abre."),
            hint=_("Revisa cada grupo. Un código usado ya no sirve: busca el más nuevo."),
        ) from error
    attempts.forgive(by=by)
    with transaction.atomic():
        log.write("words.by_code", by=open_wall_with(by, fresh.pair))
    return fresh


def with_paper(*, by: User, words: str) -> Fresh:
    """Make a member of whoever brings both envelopes, and write it down loudly."""
    wall = wall_of(by)
    if not may_come_to_the_door(by) or wall is None or not wall.confirmed:
        raise not_visible()
    attempts.reserve(by=by)
    paper = _paper(words)
    epoch = open_epoch_of(wall)
    if paper.public != bytes(epoch.paper_public):
        raise DomainError(
            _("Estas 24 palabras son de otra llave de papel."),
            hint=_("Puede que se haya hecho una nueva después: busca los sobres más recientes."),
        )
    attempts.forgive(by=by)
    return _admit_by_paper(by, epoch, KeyPair.from_private(paper.open(epoch.on_paper)))


@transaction.atomic
def _admit_by_paper(by: User, epoch: Epoch, newest: KeyPair) -> Fresh:
    Share.objects.filter(user=by).delete()
    fresh = key_pairs.make(by=by)
    rotation.give_share(by, epoch, newest)
    Ready.objects.update_or_create(user=by, defaults={"public": fresh.pair.public})
    share = share_of(by)
    if share is None:
        raise not_visible()
    log.write("member.by_paper", by=open_turns(by, share, newest))
    return fresh


def _paper(words: str) -> KeyPair:
    try:
        return KeyPair.from_private(phrases.paper_key(words))
    except phrases.NotAPhrase as error:
        strange = phrases.strange_words(words)
        if strange:
            raise DomainError(
                _("«%(word)s» no es una palabra de la llave de papel.") % {"word": strange[0]},
                hint=_("Revisa cómo está escrita; los acentos y las mayúsculas no importan."),
            ) from error
        raise DomainError(
            _("Las palabras no concuerdan entre sí: falta alguna o están en otro orden."),
            hint=_("Son 24: primero las doce del sobre 1, después las doce del sobre 2."),
        ) from error


@transaction.atomic
def new_passphrase(*, by: OpenWall, passphrase: str) -> Fresh:
    """Change a member's words; the old ones have to be known."""
    try:
        pair = key_pairs.opened(by=by.user, passphrase=passphrase)
    except WrongSecret as error:
        raise DomainError(
            _("Esa no es tu frase de ahora."), hint=_("Revisa las siete palabras.")
        ) from error
    fresh = key_pairs.renewed(by=by.user, pair=pair)
    log.write("words.change", by=by)
    return fresh


@dataclass(frozen=True, slots=True)
class NewPaper:
    """The words of a new paper key: shown once."""

    words: tuple[str, ...] = field(repr=False)


@transaction.atomic
def new_paper(*, by: OpenWall) -> NewPaper:
    """Make a new paper key for the open turn; the old envelopes open nothing from now on."""
    epoch = open_epoch_of(by.wall)
    if epoch.pk != by.current:
        raise rotation.changed_meanwhile()
    paper = KeyPair.make()
    epoch.paper_public = paper.public
    epoch.on_paper = keys.seal_to(paper.public, by.pair_of(epoch.pk).private)
    epoch.save(update_fields=["paper_public", "on_paper"])
    # Older turns are reached through the open one; on old paper they must not open either.
    for older in Epoch.objects.filter(wall=by.wall, is_open=False):
        older.paper_public = paper.public
        older.on_paper = keys.seal_to(paper.public, by.pair_of(older.pk).private)
        older.save(update_fields=["paper_public", "on_paper"])
    log.write("paper.new", by=by)
    return NewPaper(phrases.paper_words(paper.private))
