"""Whoever takes the whole disk, every key file and every password but hers opens nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import product

import pytest
from django.conf import settings
from tests.factories.access import PASSWORD, SECRET
from tests.people import *  # noqa: F403
from tests.sealed_rows import Sealed, fill, log_boxes, sealed_rows
from tests.walls import Walled, found_wall

from tequio.access import key_pairs
from tequio.access.models import KeyHolder, User
from tequio.core import keys, phrases
from tequio.core.keys import KeyPair, WrongSecret
from tequio.core.sealing import Key, SealBroken
from tequio.letters import slot
from tequio.letters.kinds import Kind
from tequio.letters.models import Letter
from tequio.survivors import vault
from tequio.survivors.models import Epoch, Share

pytestmark = pytest.mark.django_db


def found_keys(walled: Walled) -> list[bytes]:
    """Every 32 bytes that lie on the disk or follow from what does not belong to the wall."""
    disk = [path.read_bytes() for path in settings.KEY_FOLDER.rglob("*") if path.is_file()]
    words = [
        settings.SECRET_KEY,
        PASSWORD,
        SECRET,
        walled.user.login,
        walled.user.password,
        "",
        "0",
    ]
    words += [str(walled.user.pk), str(walled.user.organisation_id)]
    raw = [hashlib.sha256(word.encode()).digest() for word in words]
    raw += [hashlib.sha256(file).digest() for file in disk]
    stored = [bytes(e.public) for e in Epoch.objects.all()]
    stored += [bytes(e.paper_public) for e in Epoch.objects.all()]
    return [*raw, *_derived(disk), *stored, b"\0" * 32]


def _derived(files: list[bytes]) -> Iterator[bytes]:
    for file in files:
        with suppress(ValueError, KeyError, TypeError):
            master = base64.b64decode(json.loads(file)["key"])
            half = Key.from_master(master)
            yield from (master, half.seal_key, half.index_key)


def opened_by(walled: Walled, masters: list[bytes], words: list[str]) -> int:
    """Return how many walled fields somebody opens with these keys and these words."""
    pairs = [KeyPair.from_private(master) for master in masters if len(master) == 32]
    for holder, typed in product(KeyHolder.objects.all(), words):
        for column, what in (("by_passphrase", "passphrase"), ("by_recovery_code", "recovery")):
            place = f"{holder.user.organisation_id}|access.keyholder|{holder.user_id}|{what}|1"
            try:
                private = keys.unwrap(getattr(holder, column), phrases.tidy(typed), bound_to=place)
            except WrongSecret:
                continue
            pairs.append(KeyPair.from_private(private))
    boxes = [bytes(s.sealed) for s in Share.objects.all()]
    boxes += [bytes(e.on_paper) for e in Epoch.objects.all()]
    boxes += [bytes(e.for_next) for e in Epoch.objects.all() if e.for_next]
    for _turn in range(3):  # a key that opens a key
        pairs += [
            KeyPair.from_private(plain) for plain in _opened(pairs, boxes) if len(plain) == 32
        ]
    rows = sealed_rows(walled.by)
    sealed = [row.box for row in rows] + [box for _entry, box in log_boxes(walled.by)]
    sealed += [bytes(letter.sealed) for letter in Letter.objects.all()]
    by_pair = _opened(pairs, sealed)
    case_keys = [plain for plain in by_pair if len(plain) == 32] + masters
    return len(by_pair) + sum(1 for row in rows if _opens_with(row, case_keys))


def _opened(pairs: list[KeyPair], boxes: list[bytes]) -> list[bytes]:
    found = []
    for pair, box in product({p.private: p for p in pairs}.values(), boxes):
        try:
            found.append(pair.open(box))
        except SealBroken:
            continue
    return found


@cache
def _key(master: bytes) -> Key:
    return Key.from_master(master)


def _opens_with(row: Sealed, masters: list[bytes]) -> bool:
    """Try each key at the very place where the row says that it is bound to."""
    for master in masters:
        key = _key(master)
        try:
            if row.field == "cover":
                vault.open_cover(key, row.row)
            elif row.row._meta.model_name == "record":
                vault.open_record(key, row.row.case.wall_id, row.row)
            else:
                return False
        except SealBroken:
            continue
        return True
    return False


@pytest.fixture
def walled(advocate: User) -> Walled:
    found = found_wall(advocate)
    fill(found)
    slot.deposit(organisation_id=advocate.organisation_id, kind=Kind.START, folio="7K2M-9QXC")
    return found


OUTSIDE = [PASSWORD, SECRET, "", "only-for-tests"]


@pytest.mark.thorough
def test_with_everything_but_her_words_nothing_behind_the_wall_opens(walled: Walled) -> None:
    assert opened_by(walled, found_keys(walled), OUTSIDE) == 0


@pytest.mark.thorough
def test_with_her_words_the_same_attacker_opens_it_all(walled: Walled) -> None:
    everything = len(sealed_rows(walled.by)) + len(log_boxes(walled.by)) + 1
    opened = opened_by(walled, found_keys(walled), [*OUTSIDE, walled.founded.passphrase])
    assert opened >= everything


def test_her_password_and_her_codes_are_not_her_words(walled: Walled) -> None:
    for typed in (PASSWORD, SECRET, walled.user.login):
        with pytest.raises(WrongSecret):
            key_pairs.opened(by=walled.user, passphrase=typed)
