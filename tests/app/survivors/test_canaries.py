"""Fifty words typed into the real pages behind the wall, then looked for in everything kept."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import tempfile
from itertools import count
from pathlib import Path

import pyrage
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from tests import canaries
from tests.factories.people import ParticipantFactory
from tests.flushing import flush_past_the_triggers  # noqa: F401
from tests.people import *  # noqa: F403
from tests.sealed_rows import log_boxes, sealed_rows
from tests.walking import walk
from tests.walls import Walled, client_behind, found_wall

from tequio.access import key_pairs
from tequio.access.models import User
from tequio.config import installation
from tequio.config.backups import archive, snapshot
from tequio.letters import slot
from tequio.letters.kinds import Kind
from tequio.survivors.actions import unlocking

PLANTED = 50
# What would shut the wall or turn its keys; and what takes a case away again.
_LEFT_OUT = frozenset(
    "cerrar abrir fundar llave recuperar frase papel codigo borrar equipo romper salidas"
    " palabras".split()
)


def _skip(address: str) -> bool:
    return any(f"/{word}/" in address for word in _LEFT_OUT)


def plant(walled: Walled) -> int:
    """Type a word of its own into every box of every page, and return how many were typed."""
    client, numbers = client_behind(walled), count()

    def words(name: str) -> str:
        return "4R8Q-TM2X" if "folio" in name else f"{canaries.canary(next(numbers))} {name}"

    begins = [reverse("survivors:begin"), reverse("survivors:home")]
    for _turn in range(3):
        for _form in walk(client, begins, words, within="/muro/", skip=_skip, most=80):
            pass
    for _turn in range(5):  # some words more, whatever pages there are
        client.post(reverse("survivors:begin"), {"alias": words("alias"), "reads": "not_said"})
        client.post(reverse("survivors:home"), {"q": words("q")})
    client.post(reverse("survivors:lock"))
    client.post(reverse("survivors:begin"), {"alias": words("late"), "reads": "not_said"})
    slot.deposit(
        organisation_id=walled.user.organisation_id, kind=Kind.HEARD, says={"words": words("slot")}
    )
    return next(numbers)


def kept_sealed(walled: Walled) -> str:
    """Return everything that lies sealed, opened by her who may."""
    pair = key_pairs.opened(by=walled.user, passphrase=walled.founded.passphrase)
    by = unlocking.open_wall_with(walled.user, pair)
    opened = [json.dumps(row.open(), default=str) for row in sealed_rows(by)]
    lines = [by.pair_of(e.epoch_id).open(box).decode() for e, box in log_boxes(by)]
    return "\n".join([*opened, *lines])


def everything_kept(folder: Path) -> list[str]:
    """Look in the database, beside it, in the data folder, in the back-up and in the cache."""
    made = Path(connection.settings_dict["NAME"])
    found = canaries.hits_below([made.parent, Path(settings.DATA), folder])
    found += [f"cache: {hit}" for hit in canaries.hits_in(repr(cache._cache).encode())]
    return found + _in_the_back_up(folder)


def _in_the_back_up(folder: Path) -> list[str]:
    data, target = folder / "data", folder / "target"
    identity = pyrage.x25519.Identity.generate()
    for made in (data, target):
        made.mkdir()
    installation.write(data, installation.Installation(backup_recipient=str(identity.to_public())))
    database = {**settings.DATABASES["default"], "NAME": connection.settings_dict["NAME"]}
    copy = folder / "copy.sqlite3"
    snapshot.take(database, copy)
    file = archive.make(data, database, target)
    opened = gzip.decompress(pyrage.decrypt(file.read_bytes(), [identity]))
    with tarfile.open(fileobj=io.BytesIO(opened)) as box:
        members = {m.name: box.extractfile(m) for m in box.getmembers() if m.isfile()}
        inside = {name: file.read() for name, file in members.items() if file}
    assert any("database" in name for name in inside)
    inside["the copy"] = copy.read_bytes()
    return [f"back-up, {name}: {hit}" for name, data in inside.items()
            for hit in canaries.hits_in(data)]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where anything that is put aside for a moment lands."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    monkeypatch.setitem(os.environ, "TMPDIR", str(made))
    return made


@pytest.mark.sqlite_file
@pytest.mark.django_db(transaction=True)
def test_no_word_of_hers_lies_anywhere_in_clear(advocate: User, folder: Path) -> None:
    walled = found_wall(advocate)
    plant(walled)
    sealed = kept_sealed(walled)
    planted = [n for n in range(2000) if canaries.canary(n) in sealed]
    assert len(planted) >= PLANTED, f"only {len(planted)} words arrived behind the wall"
    assert everything_kept(folder) == []


@pytest.mark.sqlite_file
@pytest.mark.django_db(transaction=True)
def test_the_same_word_outside_the_wall_is_found(facilitator: User, folder: Path) -> None:
    ParticipantFactory.create(organisation=facilitator.organisation, alias=canaries.canary(1))
    found = everything_kept(folder)
    assert any("back-up" in line for line in found)
    assert any("utf-8" in line for line in found)


@pytest.mark.parametrize("way", canaries.controls(""))
def test_a_word_is_found_however_it_was_written(way: str, tmp_path: Path) -> None:
    written = canaries.controls(canaries.canary(7))[way]
    before = b"" if way == "brotli" else b"\1" * 99  # brotli has no sign by which it begins
    (tmp_path / "file").write_bytes(before + written)
    assert canaries.hits_below([tmp_path])


def test_nothing_is_found_where_nothing_was_planted(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"quetzal canario" + bytes(range(256)) * 50)
    assert canaries.hits_below([tmp_path]) == []
