"""A wall is founded once: its first turn of keys, its first member, its paper key, its slot.

It counts only once the words have been typed back. Until then nothing lies behind it, no letter
can go in, and who began may begin again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access import key_pairs
from tequio.access.models import User
from tequio.access.policies import not_visible
from tequio.core import keys, phrases
from tequio.core.errors import Conflict, DomainError
from tequio.core.keys import KeyPair, WrongSecret
from tequio.letters import addresses
from tequio.survivors import log
from tequio.survivors.actions import attempts
from tequio.survivors.actions.unlocking import open_wall_with
from tequio.survivors.models import Epoch, Ready, Share, Wall
from tequio.survivors.policies import (
    may_come_to_the_door,
    open_epoch_of,
    share_of,
    wall_of,
)

# Which of the 24 words are asked for again, one of each envelope.
ASKED_AGAIN: Final = (5, 18)


@dataclass(frozen=True, slots=True)
class Founded:
    """What is shown once after founding, and is kept nowhere."""

    wall: Wall
    passphrase: str = field(repr=False)
    recovery_code: str = field(repr=False)
    paper_words: tuple[str, ...] = field(repr=False)


@transaction.atomic
def begin(*, by: User) -> Founded:
    """Make the keys of a person's organisation, with that person as the wall's first member."""
    if not may_come_to_the_door(by):
        raise not_visible()
    _clear_unfinished(by)
    fresh = key_pairs.make(by=by)
    wall = Wall.objects.create(organisation=by.organisation)
    pair, (paper, words) = KeyPair.make(), draw_paper()
    epoch = Epoch.objects.create(
        wall=wall,
        number=1,
        public=pair.public,
        paper_public=paper.public,
        on_paper=keys.seal_to(paper.public, pair.private),
    )
    share = keys.seal_to(fresh.pair.public, pair.private)
    Share.objects.create(epoch=epoch, user=by, sealed=share)
    return Founded(wall, fresh.passphrase, fresh.recovery_code, words)


def confirm(*, by: User, passphrase: str, paper: str, asked: Mapping[int, str]) -> None:
    """Finish founding: the passphrase opens, and the words of the paper are those on paper.

    `paper` are the 24 words as the page that showed them still holds them; `asked` are those
    that the person typed again, by their place. Nothing had to be kept to compare them.
    """
    share = share_of(by)
    if share is None or share.epoch.wall.confirmed:
        raise not_visible()
    if not is_paper_key_of(share.epoch, paper):
        raise DomainError(
            _("Estas no son las palabras de papel que se mostraron."),
            hint=_("Empieza otra vez: se harán otras, y las de ahora ya no servirán."),
        )
    compare_paper(paper, asked)
    attempts.reserve(by=by)
    try:
        pair = key_pairs.opened(by=by, passphrase=passphrase)
    except WrongSecret as error:
        raise wrong_passphrase() from error
    attempts.forgive(by=by)
    _finish(by, pair)


def found(*, by: User) -> Founded:
    """Found a wall at once, without asking for the words again: for tests and demonstrations."""
    with transaction.atomic():
        founded = begin(by=by)
        _finish(by, key_pairs.opened(by=by, passphrase=founded.passphrase))
    founded.wall.refresh_from_db()
    return founded


def draw_paper() -> tuple[KeyPair, tuple[str, ...]]:
    """Draw a paper key none of whose 24 words is unfit to lie in an envelope."""
    while True:
        paper = KeyPair.make()
        words = phrases.paper_words(paper.private)
        if phrases.is_fit(words):
            return paper, words


def compare_paper(paper: str, asked: Mapping[int, str]) -> None:
    """Refuse words of the paper that were not typed as the page showed them."""
    words = phrases.tidy(paper).split()
    wrong = [place for place, word in asked.items() if phrases.tidy(word) != words[place - 1]]
    if wrong:
        raise DomainError(
            _("La palabra %(place)d de la llave de papel no es esa.") % {"place": wrong[0]},
            hint=_("Mírala en tu papel, no en tu memoria: así sabrás que está bien escrita."),
        )


def is_paper_key_of(epoch: Epoch, words: str) -> bool:
    """Tell whether these 24 words are the paper key of a turn."""
    try:
        return KeyPair.from_private(phrases.paper_key(words)).public == bytes(epoch.paper_public)
    except phrases.NotAPhrase:
        return False


def wrong_passphrase() -> DomainError:
    """Return the refusal for words that do not open."""
    return DomainError(
        _("Con esa frase no se abre."),
        hint=_("Revisa las siete palabras. No es tu contraseña para entrar."),
    )


@transaction.atomic
def _finish(by: User, pair: KeyPair) -> None:
    wall = Wall.objects.select_for_update(of=("self",)).get(organisation=by.organisation_id)
    wall.confirmed = True
    wall.save(update_fields=["confirmed"])
    Ready.objects.update_or_create(user=by, defaults={"public": pair.public})
    epoch, opened = open_epoch_of(wall), open_wall_with(by, pair)
    public = opened.pair_of(epoch.pk).public
    addresses.publish(organisation=by.organisation, epoch=epoch.number, public=public, opens=True)
    log.write("wall.found", by=opened)


def _clear_unfinished(by: User) -> None:
    wall = wall_of(by)
    if wall is None:
        return
    if wall.confirmed:
        raise Conflict(
            _("Tu organización ya tiene su muro."),
            hint=_("Pide a quien ya es parte que te admita."),
        )
    Epoch.objects.filter(wall=wall).delete()
    wall.delete()
