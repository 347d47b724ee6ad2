"""Every route × every role outside the wall, asked in both worlds, and what differed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpResponse
from django.test import TestCase
from tests.meta import test_access_matrix as matrix
from tests.meta.matrix_releases import WALLED
from tests.two_worlds import behind, cast, histories, seen
from tests.two_worlds.cast import World
from tests.two_worlds.histories import Slot
from tests.two_worlds.seen import Seen

from tequio.core import clock, entropy

# Who finds nothing at the wall: the same bytes for all (tests/app/survivors/test_strangers.py), so
# that two of them are enough here.
_STRANGERS = frozenset({cast.NOBODY, "facilitación"})
CRAWLED_AT = cast.BEGAN + cast.STEP * 12


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One question of one person."""

    route: str
    method: str
    whose: str
    who: str

    def __str__(self) -> str:
        return f"{self.method} {self.route} ({self.whose}) by {self.who}"


def cells(*, every_thing: bool = False) -> list[Cell]:
    """Return every question that is asked, in an order that has nothing to do with them.

    Every route by every role, of one thing that is drawn; changes by whom they are refused to in
    one case of three. With `every_thing` all of it. Members meet the wall's own pages elsewhere.
    """
    said = _changes()
    people = [cast.NOBODY, *cast.ROLES, cast.OUTSIDER]
    found = []
    for route, holds in matrix.routes().items():
        for method in ("GET", "POST"):
            for who in people:
                things = matrix.whose(holds)
                if route.split(":")[0] in WALLED and who not in _STRANGERS:
                    continue
                refused = method == "POST" and not _opens(said, route, who)
                if refused and not every_thing and _mixed(who, route) % 3:
                    continue
                drawn = [things[_mixed(route, method, who) % len(things)]]
                asked = things if every_thing else drawn
                found += [Cell(route, method, thing, who) for thing in asked]
    return sorted(found, key=lambda cell: _mixed(str(cell)))


def _changes() -> dict[str, list[matrix.Cells]]:
    """Return what the table says of each route's changes."""
    found: dict[str, list[matrix.Cells]] = {}
    for row, cells in matrix.table().items():
        if row.method == "POST":
            found.setdefault(row.route, []).append(cells)
    return found


def _opens(said: Mapping[str, list[matrix.Cells]], route: str, who: str) -> bool:
    """Tell whether the table lets a role do something there; what it does not know is asked."""
    rows = said.get(route)
    return not rows or any(cells.get(who) in {"sí", "dato"} for cells in rows)


def _mixed(*words: str) -> int:
    return zlib.crc32("|".join(words).encode())


def ask(world: World, cell: Cell) -> Seen:
    """Ask, see, and take back whatever it did."""
    address = world.address(cell.route, matrix.routes()[cell.route], cell.whose)

    def once() -> HttpResponse:
        with TestCase.captureOnCommitCallbacks(execute=True):
            if cell.method == "GET":
                return client.get(address)
            return client.post(address, matrix._sent(cell.route))

    luck = entropy._seeded["public"]
    before = luck._counter
    with transaction.atomic(), clock.at(CRAWLED_AT):
        client = world.client_of(cell.who)
        found = seen.observed(once)
        transaction.set_rollback(True)
    luck._counter = before
    return found


@dataclass(slots=True)
class Story:
    """All that was seen of one world."""

    answers: dict[Cell, Seen]
    tables: dict[str, list[str]]
    log: list[object]
    luck: int
    drawn: list[str]


def tell(history: Sequence[Slot], asked: Sequence[Cell], *, there: bool) -> Story:
    """Make a world, let it live, look at all of it from outside."""
    with cast.world("dos mundos") as world:
        with seen.log_lines() as lines:
            histories.live(world, history, there=there)
            with clock.at(CRAWLED_AT - cast.STEP / 2):
                # Its day has come in both: what leaves is the same where it is not enough.
                behind.release(world)
        answers = {cell: ask(world, cell) for cell in asked}
        # How much chance was used outside: had the wall taken of it, folios would differ later.
        luck = entropy._seeded["public"]._counter
        return Story(answers, seen.outside(), lines, luck, sorted(set(world.drawn)))


def differences(one: Story, other: Story) -> Iterator[str]:
    """Say in sentences what differs."""
    for place in (*one.drawn, *other.drawn):
        yield f"luck of the men's side is drawn behind the wall: {place}"
    for cell, mine in one.answers.items():
        found = seen.difference(mine, other.answers[cell])
        if found:
            yield f"{cell}: {found}"
    for table, rows in one.tables.items():
        if rows != other.tables[table]:
            yield f"table {table}: {seen._first(tuple(rows), tuple(other.tables[table]))}"
    if one.log != other.log:
        yield f"log: {seen._first(tuple(one.log), tuple(other.log))}"
    if one.luck != other.luck:
        yield f"luck: {one.luck} | {other.luck}"
