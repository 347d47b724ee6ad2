"""What `./tequio bench wall` times, in a process whose database is thrown away."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from tequio.access import key_pairs
from tequio.access.actions import create_organisation, create_user
from tequio.access.models import User
from tequio.config import say
from tequio.core import keys
from tequio.core.sealing import Key
from tequio.survivors import vault
from tequio.survivors.actions import founding, listing, rotation, unlocking
from tequio.survivors.models import Case
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules.covers import Cover

LISTED: Final = 2_000
TURNED: Final = 5_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what was done, how long it took, the bare work inside it, and the aim."""

    what: str
    seconds: float
    bare: str
    bare_seconds: float
    aim: float


def measure(_argv: Sequence[str]) -> int:
    """Fill a wall and time it; where the database may be thrown away."""
    rows = _rows()
    lines = [
        f"`./tequio bench wall`; {os.cpu_count()} cores, Python {platform.python_version()}, "
        "SQLite (WAL, synchronous=FULL). Shortest of three runs; turning the keys once.",
        "",
        "| what | time | bare work inside it | its time | ratio | aim |",
        "|---|--:|---|--:|--:|--:|",
    ]
    lines += [
        f"| {row.what} | {row.seconds:.2f} s | {row.bare} | {row.bare_seconds:.2f} s "
        f"| {row.seconds / row.bare_seconds:.1f} | {row.aim:g} s |"
        for row in rows
    ]
    say.line("\n".join(lines))
    return 0


def _rows() -> list[Row]:
    organisation = create_organisation(by=None, name="Medida", slug="medida")
    new = create_user(
        by=None, name="Ana", handle="ana", roles=["advocate"], organisation=organisation
    )
    user = User.objects.select_related("organisation").get(pk=new.user.pk)
    keys.bearable()
    founded = founding.found(by=user)
    pair = key_pairs.opened(by=user, passphrase=founded.passphrase)
    by = unlocking.open_wall_with(user, pair)

    def fill(first: int, last: int) -> None:
        rows = []
        for number in range(first, last):
            raw = vault.new_key()
            case = Case(wall=by.wall, epoch_id=by.current, sealed_key=vault.seal_key(by, raw))
            cover = Cover(
                folio=f"{number:04d}-0000", alias=f"Mujer {number}", since="2026-11-20",
                found_by=(f"nombre{number}", f"5555{number:06d}"), men=("7K2M-9QXD",),
            )  # fmt: skip
            key = Key.from_master(raw, stream="walled")
            vault.seal_cover(key, case, cover.as_body())
            rows.append(case)
        Case.objects.bulk_create(rows, batch_size=500)

    fill(0, LISTED)
    cases = list(Case.objects.filter(wall=by.wall))
    bare_list = _shortest(lambda: [vault.open_cover(vault.key_of(by, c), c) for c in cases])
    listed = _shortest(lambda: listing.found(by))
    searched = _shortest(lambda: listing.found(by, "nombre1999"))
    bare_argon = _shortest(lambda: keys.wrap(b"k" * 32, "x", bound_to="x"))
    words = founded.passphrase
    opened = _shortest(lambda: unlocking.unlock(by=user, passphrase=words, sign_in="x"))
    fill(LISTED, TURNED)
    every = [(case.epoch_id, bytes(case.sealed_key)) for case in Case.objects.all()]
    public = by.pair_of(by.current).public
    bare_turn = _shortest(
        lambda: [keys.seal_to(public, by.pair_of(epoch).open(key)) for epoch, key in every]
    )
    turned = _once(lambda: _turn(by, user))
    return [
        Row(f"List {LISTED:,} sealed cases", listed, "opening their covers", bare_list, 0.5),
        Row(f"Search {LISTED:,} sealed cases", searched, "opening their covers", bare_list, 0.5),
        Row(f"Turn the keys of {TURNED:,} cases", turned, "opening and sealing", bare_turn, 5),
        Row("Open the wall", opened, "Argon2id, once", bare_argon, 1.5),
    ]


@transaction.atomic
def _turn(by: OpenWall, user: User) -> None:
    rotation.turn(by=by, stay=[user])


def _shortest(work: Callable[[], object]) -> float:
    return min(_once(work) for _i in range(3))


def _once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
