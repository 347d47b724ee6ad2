"""The test of Gate 2: every leak that is put in on purpose is seen by its witness."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from tests import gates
from tests.two_worlds import cast, crawl, mutants, seen
from tests.two_worlds.behind import opened
from tests.two_worlds.cast import World
from tests.two_worlds.mutants import MUTANTS, Mutant
from tests.two_worlds.seen import Seen
from tests.walls import begin_case

from tequio.core import clock, entropy, ids

TABLE = Path(__file__).resolve().parents[2] / "docs" / "security" / "mutants.md"
HEAD = """# Leaks put in on purpose

Each line is a mistake that somebody could make, put in on purpose for the length of one test
(`tests/two_worlds/mutants.py`). Two worlds are made that differ only in what women said. The
witness is the first question that somebody outside asks; the last column is what was different in
the two answers. A leak that no witness sees fails the test `{test}`. This page is written by that
test: `TEQUIO_WRITE=1 ./tequio test tests/two_worlds/test_mutants.py`.

| Leak | What goes wrong | Witness | Seen in |
|---|---|---|---|
"""
OWN_NAME = "tests/two_worlds/test_mutants.py::test_every_leak_is_seen_by_its_witness"
Look = tuple[Seen, dict[str, list[str]], list[object]]


@contextmanager
def _again(world: World) -> Iterator[None]:
    """Let something happen, and take it back, the luck too."""
    luck = {name: stream._counter for name, stream in entropy._seeded.items()}
    with transaction.atomic(), clock.at(cast.BEGAN):
        yield
        transaction.set_rollback(True)
    for name, counter in luck.items():
        entropy._seeded[name]._counter = counter
    world.cases.clear()
    cache.clear()


def _look(world: World, mutant: Mutant, *, put: bool, said: bool) -> Look:
    with _again(world), pytest.MonkeyPatch.context() as patch, seen.log_lines() as lines:
        if put:
            mutant.put(patch)
        if said:
            begin_case(opened(world), folio=ids.new_folio(stream="walled"))
        answer = crawl.ask(world, mutant.witness)
        return answer, seen.outside(), list(lines)


def _parts(one: Look, other: Look) -> set[str]:
    found = {p.name for p in fields(Seen) if getattr(one[0], p.name) != getattr(other[0], p.name)}
    # A look is a leak even where both worlds look alike: how long it takes would differ.
    found |= {"looks"} if one[0].looks or other[0].looks else set()
    found |= {f"table {name}" for name, rows in one[1].items() if rows != other[1][name]}
    return found | ({"log"} if one[2] != other[2] else set())


@pytest.mark.thorough
@pytest.mark.django_db
def test_every_leak_is_seen_by_its_witness() -> None:
    looks: list[dict[tuple[str, bool], Look]] = []
    for said in (False, True):
        with cast.world("fugas") as world:
            looks.append({
                (m.name, put): _look(world, m, put=put, said=said)
                for m in MUTANTS for put in (False, True)
            })  # fmt: skip
    gates.taken()
    nothing, something = looks
    lines = []
    for mutant in MUTANTS:
        without = _parts(nothing[mutant.name, False], something[mutant.name, False])
        assert without == set(), f"{mutant.name}: differs by itself in {without}"
        found = _parts(nothing[mutant.name, True], something[mutant.name, True])
        assert mutant.seen_in in found, f"{mutant.name}: nobody saw it ({found or 'nothing'})"
        lines.append(f"| {mutant.name} | {mutant.says} | {mutant.witness} | {_told(found)} |")
    page = HEAD.format(test=OWN_NAME) + "\n".join(lines) + "\n"
    if os.environ.get("TEQUIO_WRITE"):
        TABLE.write_text(page, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == page, "TEQUIO_WRITE=1 writes it anew."


def _told(parts: set[str]) -> str:
    words = {"looks": "a look over the wall (Gate 1)", "events": "lines of the log outside",
             "statements": "statements", "log": "the server's log"}  # fmt: skip
    return ", ".join(sorted(words.get(part, part) for part in parts))


def test_there_are_as_many_leaks_as_were_promised() -> None:
    names = [mutant.name for mutant in MUTANTS]
    assert len(names) == len(set(names)) >= 15
    assert {
        "sequence id", "badge", "room conflict", "unique constraint", "search", "ETag", "filename",
        "error page", "audit gap", "sort order", "cached fragment", "export column",
        "notification", "log line", "decrypt on a shared page",
    } <= set(names)  # fmt: skip


def test_a_leak_that_leaks_nothing_would_be_noticed() -> None:
    look: Look = (_empty(), {"a": ["1"]}, [])
    assert _parts(look, (_empty(), {"a": ["1"]}, [])) == set()
    assert _parts(look, (_empty(), {"a": ["2"]}, ["x"])) == {"table a", "log"}
    assert mutants.MUTANTS[0].seen_in not in _parts(look, look)


def _empty() -> Seen:
    return Seen(200, (), (), b"", (), (), (), (), ())
