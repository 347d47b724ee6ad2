"""When words are lost: the printed code, the paper key, and new ones in their place."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access import key_pairs
from tequio.access.key_pairs import Fresh
from tequio.access.models import User
from tequio.access.policies import not_visible
from tequio.core import keys, phrases
from tequio.core.errors import DomainError
from tequio.core.keys import KeyPair, WrongSecret
from tequio.survivors import known, log
from tequio.survivors.actions import attempts, founding, rotation
from tequio.survivors.actions.founding import wrong_passphrase
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
    """Open with the printed code: it shows a new passphrase and a new code, to be typed back."""
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
    """Show new words to whoever brings both envelopes: a member once they are typed back."""
    _opened_by_paper(by, words)
    return key_pairs.proposed(by=by)


def finish_with_paper(*, by: User, words: str, passphrase: str) -> None:
    """Make a member of who typed the new words back, and write it down loudly."""
    epoch, newest = _opened_by_paper(by, words)
    try:
        pair = key_pairs.typed_back(by=by, passphrase=passphrase)
    except WrongSecret as error:
        raise wrong_passphrase() from error
    with transaction.atomic():
        Share.objects.filter(user=by).delete()
        rotation.give_share(by, epoch, newest, public=pair.public)
        Ready.objects.update_or_create(user=by, defaults={"public": pair.public})
        share = share_of(by)
        if share is None:
            raise not_visible()
        opened = open_turns(by, share, newest)
        log.write("member.by_paper", by=opened)
        known.learn(by=opened, keys={known.name_of(by): pair.public})


def _opened_by_paper(by: User, words: str) -> tuple[Epoch, KeyPair]:
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
    return epoch, KeyPair.from_private(paper.open(epoch.on_paper))


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
    """Show a member other words; the ones of now have to be known, and open until then."""
    try:
        pair = key_pairs.opened(by=by.user, passphrase=passphrase)
    except WrongSecret as error:
        raise DomainError(
            _("Esa no es tu frase de ahora."), hint=_("Revisa las siete palabras.")
        ) from error
    fresh = key_pairs.renewed(by=by.user, pair=pair)
    log.write("words.change", by=by)
    return fresh


@transaction.atomic
def new_paper(*, by: OpenWall, words: str, asked: Mapping[int, str]) -> None:
    """Put a new paper key in the old one's place, once some of its words were typed from paper.

    From now on the old envelopes open nothing, not even older turns.
    """
    epoch = open_epoch_of(by.wall)
    if epoch.pk != by.current:
        raise rotation.changed_meanwhile()
    paper = _paper(words)
    founding.compare_paper(words, asked)
    for turn in Epoch.objects.filter(wall=by.wall):
        turn.paper_public = paper.public
        turn.on_paper = keys.seal_to(paper.public, by.pair_of(turn.pk).private)
        turn.save(update_fields=["paper_public", "on_paper"])
    log.write("paper.new", by=by)
    known.learn(by=by, keys={known.PAPER: paper.public})
