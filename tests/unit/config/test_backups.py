"""A back-up holds everything but the keys, opens with its kit alone, and comes back whole."""

from __future__ import annotations

import secrets
import sqlite3
import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.config import databases, installation
from tequio.config.backups import archive, command, keeping, kit, restoring, snapshot
from tequio.config.https import certificates
from tequio.core import clock, erased, safekeeping
from tequio.core.errors import DomainError

MONDAY = datetime(2026, 11, 16, 18, 0, tzinfo=UTC)
CANARY = "Juana Canario"


@pytest.fixture
def data(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "data"
    for name in ("keys", "media/a", "seals", "https"):
        (folder / name).mkdir(parents=True, mode=0o700)
    (folder / "keys" / "casa.key").write_text("the key of the house")
    (folder / "keys" / "django.secret").write_text("signs cookies")
    (folder / "media" / "a" / "plan.pdf").write_bytes(b"%PDF" * 1000)
    (folder / "seals" / "casa.root").write_text("abc")
    with sqlite3.connect(folder / "tequio.sqlite3") as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT)")
        database.execute("CREATE TABLE django_session (session_key TEXT)")
        database.execute("INSERT INTO person (name) VALUES (?)", (CANARY,))
        database.execute("INSERT INTO django_session VALUES ('open')")
    database.close()
    installation.write(folder, installation.Installation(way="house", hosts=("tequio.local",)))
    monkeypatch.setattr(kit, "_COST", {"time": 1, "memory_kib": 64, "lanes": 1})
    settings.DATA = folder
    monkeypatch.setenv("TEQUIO_DATA", str(folder))
    monkeypatch.setenv("TEQUIO_DATABASE", "")
    with clock.at(MONDAY):
        yield folder


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def safe(tmp_path: Path) -> Path:
    folder = tmp_path / "safe"
    folder.mkdir()
    return folder


def names(folder: Path) -> list[tuple[object, ...]]:
    database = sqlite3.connect(folder / "tequio.sqlite3")
    try:
        return database.execute("SELECT name FROM person").fetchall()
    finally:
        database.close()


def test_a_back_up_is_restored_onto_an_empty_machine(data: Path, stick: Path, safe: Path) -> None:
    path, phrase = kit.make(data, safe)
    backup = keeping.back_up(stick)
    empty = data.parent / "another machine"

    found = restoring.restore(backup, kit.open_with(path, phrase), empty)

    assert names(empty) == [(CANARY,)]
    assert (empty / "media" / "a" / "plan.pdf").read_bytes() == b"%PDF" * 1000
    assert (empty / "seals" / "casa.root").read_text() == "abc"
    assert (empty / "keys" / "casa.key").read_text() == "the key of the house"
    assert not (empty / "keys" / "django.secret").exists()  # made anew: old cookies are worthless
    kept = installation.read(empty)
    assert kept is not None
    assert (kept.way, kept.hosts) == ("house", ("tequio.local",))
    assert (found.made_at, found.engine) == (MONDAY.isoformat(), "SQLite")
    for path in [empty, *empty.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_the_list_of_the_erased_goes_beside_the_back_ups_and_into_the_kit(
    data: Path, stick: Path, safe: Path, tmp_path: Path
) -> None:
    before = erased.Line("casa", "a" * 64, "2026-11-15", "asked")
    since = erased.Line("casa", "b" * 64, "2026-11-17", "over")
    in_kit = erased.Line("casa", "c" * 64, "2026-11-18", "asked")
    erased.write_down(data / "keys", [before])
    kit_file, phrase = kit.make(data, safe)
    old = keeping.back_up(stick)
    erased.write_down(data / "keys", [since])
    with clock.at(MONDAY + timedelta(days=1)):
        keeping.back_up(stick)
    erased.write_down(data / "keys", [in_kit])
    later, later_phrase = kit.make(data, tmp_path)
    assert kit.open_with(kit_file, phrase).erased.count("\n") == 1
    # The newer kit opens newer back-ups only, but its list is of use to everybody.
    opened = kit.open_with(kit_file, phrase)
    brought = kit.Kit(opened.identity, opened.files, kit.open_with(later, later_phrase).erased)
    found = restoring.restore(old, brought, tmp_path / "new")
    assert found.erased_since == 2
    assert set(erased.read(tmp_path / "new" / "keys")) == {before, since, in_kit}
    assert restoring.restore(old, opened, tmp_path / "other").erased_since == 1


def test_telephones_that_trusted_the_house_trust_the_restored_one(
    data: Path, stick: Path, safe: Path
) -> None:
    certificates.found(data, ("tequio.local",))
    path, phrase = kit.make(data, safe)
    backup = keeping.back_up(stick)
    empty = data.parent / "another machine"

    restoring.restore(backup, kit.open_with(path, phrase), empty)

    assert certificates.fingerprint(empty) == certificates.fingerprint(data)
    assert certificates.days_left(empty) > 300  # a back-up holds no certificate: it is made anew


def test_nobody_is_signed_in_on_a_restored_machine(data: Path, stick: Path, safe: Path) -> None:
    path, phrase = kit.make(data, safe)
    empty = data.parent / "another machine"
    restoring.restore(keeping.back_up(stick), kit.open_with(path, phrase), empty)
    assert b"open" not in (empty / "tequio.sqlite3").read_bytes()


def test_who_opened_which_case_when_is_in_no_back_up(data: Path, stick: Path, safe: Path) -> None:
    with sqlite3.connect(data / "tequio.sqlite3") as database:
        for table in snapshot.PASSING:
            database.execute(f"CREATE TABLE {table} (at TEXT)")
            database.execute(f"INSERT INTO {table} VALUES ('sol opened it at noon')")
    database.close()
    path, phrase = kit.make(data, safe)
    empty = data.parent / "another machine"
    restoring.restore(keeping.back_up(stick), kit.open_with(path, phrase), empty)
    assert b"at noon" not in (empty / "tequio.sqlite3").read_bytes()
    assert b"at noon" in b"".join(file.read_bytes() for file in data.glob("tequio.sqlite3*"))
    assert names(empty) == [(CANARY,)]


def test_nothing_of_it_can_be_read_without_the_kit(data: Path, stick: Path, safe: Path) -> None:
    path, _phrase = kit.make(data, safe)
    backup = keeping.back_up(stick)
    for file in (backup, path):
        for word in (CANARY.encode(), b"the key of the house", b"plan.pdf", b"AGE-SECRET-KEY"):
            assert word not in file.read_bytes()
    assert not list(data.glob("backup-copy*"))
    for file in data.rglob("*"):
        assert file.is_dir() or b"AGE-SECRET-KEY" not in file.read_bytes()


def test_by_its_size_nobody_tells_the_day_on_which_somebody_wrote(
    data: Path, stick: Path, safe: Path
) -> None:
    """The files lie on a stick; some pages more, of those behind the wall, must not show."""
    path, phrase = kit.make(data, safe)
    sizes = []
    for day, letters in enumerate((0, 3, 40)):
        with sqlite3.connect(data / "tequio.sqlite3") as database:
            sealed = [(secrets.token_bytes(8192).hex(),) for _letter in range(letters)]
            database.executemany("INSERT INTO person (name) VALUES (?)", sealed)
        database.close()
        with clock.at(MONDAY + timedelta(days=day)):
            backup = keeping.back_up(stick)
        sizes.append(backup.stat().st_size)
    # age puts some random bytes of its own into each head.
    assert max(sizes) - min(sizes) < 1024
    restoring.restore(backup, kit.open_with(path, phrase), data.parent / "whole")
    assert len(names(data.parent / "whole")) == 44


@given(st.integers(min_value=0, max_value=1 << 40))
def test_a_back_up_has_one_of_few_sizes_and_weighs_at_most_an_eighth_more(size: int) -> None:
    found = archive.padded(size)
    assert size <= found <= max(size * 9 / 8, archive._LEAST)
    assert archive.padded(found) == found
    octave = [archive.padded((1 << 30) + n * (1 << 20)) for n in range(1, 1025)]
    assert len(set(octave)) == 8


def test_the_keys_are_in_the_kit_and_never_in_the_back_up(
    data: Path, stick: Path, safe: Path
) -> None:
    path, phrase = kit.make(data, safe)
    opened = kit.open_with(path, phrase)
    assert set(opened.files) == {"keys/casa.key"}
    backup = keeping.back_up(stick)
    identity = pyrage.x25519.Identity.from_str(opened.identity)
    held = data.parent / "held"
    held.mkdir()
    restoring._unpack(backup, opened, held)
    assert identity
    assert {p.relative_to(held).as_posix() for p in held.rglob("*") if p.is_file()} == {
        "manifest.json",
        "installation.json",
        "database.sqlite3",
        "media/a/plan.pdf",
        "seals/casa.root",
    }
    assert "postgresql" not in (held / "installation.json").read_text()


def test_guessing_a_phrase_is_slow() -> None:
    assert kit._COST["memory_kib"] >= 64 * 1024
    assert kit._COST["time"] >= 3


@pytest.mark.parametrize("typed", ["wrong words", ""])
def test_another_phrase_opens_nothing(data: Path, safe: Path, typed: str) -> None:
    path, _phrase = kit.make(data, safe)
    with pytest.raises(DomainError, match="no abre el llavero"):
        kit.open_with(path, typed)


def test_a_phrase_may_be_typed_in_capitals_and_with_spaces(data: Path, safe: Path) -> None:
    path, phrase = kit.make(data, safe)
    assert len(phrase.split()) == 7
    assert kit.open_with(path, f"  {phrase.upper().replace(' ', '   ')} ")


def test_a_newer_kit_opens_newer_back_ups_only(data: Path, stick: Path, safe: Path) -> None:
    old_path, old_phrase = kit.make(data, safe)
    with clock.at(MONDAY + timedelta(days=1)):
        new_path, new_phrase = kit.make(data, safe)
        backup = keeping.back_up(stick)
    restoring.restore(backup, kit.open_with(new_path, new_phrase), data.parent / "x")
    with pytest.raises(DomainError, match="no abre este respaldo"):
        restoring.restore(backup, kit.open_with(old_path, old_phrase), data.parent / "y")
    assert not (data.parent / "y" / "tequio.sqlite3").exists()


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty"])
def test_a_damaged_back_up_restores_nothing(
    data: Path, stick: Path, safe: Path, damage: str
) -> None:
    path, phrase = kit.make(data, safe)
    backup = keeping.back_up(stick)
    body = backup.read_bytes()
    broken = {
        "cut": body[:-40],
        "flipped": body[:-30] + bytes([body[-30] ^ 1]) + body[-29:],
        "empty": b"",
    }
    backup.write_bytes(broken[damage])
    empty = data.parent / "another machine"
    with pytest.raises(DomainError):
        restoring.restore(backup, kit.open_with(path, phrase), empty)
    assert list(empty.iterdir()) == []


def test_a_back_up_that_is_not_there_is_told_and_does_not_hang(data: Path, safe: Path) -> None:
    path, phrase = kit.make(data, safe)
    with pytest.raises(DomainError):
        restoring.restore(data / "none.age", kit.open_with(path, phrase), data.parent / "x")


def test_data_that_are_there_are_never_written_over(data: Path, stick: Path, safe: Path) -> None:
    path, phrase = kit.make(data, safe)
    backup = keeping.back_up(stick)
    with pytest.raises(DomainError, match="ya hay datos"):
        restoring.restore(backup, kit.open_with(path, phrase), data)


def test_a_key_that_differs_is_never_replaced_and_a_missing_one_comes_back(
    data: Path, safe: Path
) -> None:
    path, phrase = kit.make(data, safe)
    opened = kit.open_with(path, phrase)
    (data / "keys" / "casa.key").unlink()
    assert kit.put_keys(opened, data) == ["keys/casa.key"]
    (data / "keys" / "casa.key").write_text("another")
    with pytest.raises(DomainError, match="no es la del llavero"):
        kit.put_keys(opened, data)
    assert (data / "keys" / "casa.key").read_text() == "another"


def test_a_damaged_database_is_not_put_away_as_if_it_were_good(data: Path, safe: Path) -> None:
    kit.make(data, safe)
    path = data / "tequio.sqlite3"
    body = bytearray(path.read_bytes())
    body[4096:4196] = b"\xff" * 100
    path.write_bytes(body)
    with pytest.raises((DomainError, sqlite3.DatabaseError)):
        snapshot.take(databases.sqlite(path), data / "copy")


def test_without_a_kit_there_is_no_back_up_that_nobody_could_open(data: Path, stick: Path) -> None:
    with pytest.raises(DomainError, match="llavero"):
        keeping.back_up(stick)
    assert "llavero" in safekeeping.read().problem


def test_the_kit_does_not_lie_beside_the_data_or_the_back_ups(data: Path, stick: Path) -> None:
    with pytest.raises(DomainError, match="junto a los datos"):
        kit.make(data, data / "keys")
    installation.change(data, backup_folder=str(stick))
    with pytest.raises(DomainError, match="Elige otra memoria"):
        command.keys(["--to", str(stick)])


# --- By the clock -------------------------------------------------------------------------------


def test_it_happens_once_a_day_and_a_missing_stick_is_written_down(
    data: Path, stick: Path, safe: Path
) -> None:
    assert keeping.run_if_due() is False  # nobody chose a folder yet
    kit.make(data, safe)
    assert command.backup(["--to", str(stick)]) == 0
    assert keeping.run_if_due() is False
    with clock.at(MONDAY + timedelta(days=1)):
        assert keeping.run_if_due() is True
        assert len(list(stick.iterdir())) == 2
    stick.rename(stick.with_name("away"))
    with clock.at(MONDAY + timedelta(days=3)):
        with pytest.raises(DomainError, match="Conecta la memoria"):
            keeping.run_if_due()
        assert safekeeping.read().last_good == MONDAY + timedelta(days=1)
        assert "Conecta la memoria" in safekeeping.read().problem


def test_they_are_forgotten_after_thirty_five_days_but_for_the_newest(stick: Path) -> None:
    for days in (0, 34, 35, 36, 90):
        when = MONDAY - timedelta(days=days)
        (stick / f"tequio-{when:%Y%m%dT%H%M%SZ}.age").touch()
    (stick / "tequio-llavero-20200101T000000Z.json").touch()
    (stick / "fotos.zip").touch()
    with clock.at(MONDAY):
        assert len(keeping.forget_old(stick)) == 2
    assert len(list(stick.iterdir())) == 5
    with clock.at(MONDAY + timedelta(days=900)):
        keeping.forget_old(stick)
    assert sorted(p.name for p in stick.glob("tequio-2*")) == ["tequio-20261116T180000Z.age"]


# --- Under load ---------------------------------------------------------------------------------


def test_what_was_acknowledged_before_it_began_is_in_it_while_others_write(
    data: Path, stick: Path, safe: Path
) -> None:
    path, phrase = kit.make(data, safe)
    opened = kit.open_with(path, phrase)
    stop, acknowledged = threading.Event(), [0]

    def write() -> None:
        database = snapshot.connect(data / "tequio.sqlite3")
        while not stop.is_set():
            database.execute("INSERT INTO person (name) VALUES ('x')")
            acknowledged[0] += 1
        database.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in range(5):
            with clock.at(MONDAY + timedelta(minutes=n)):
                before = acknowledged[0]
                backup = archive.make(data, databases.sqlite(data / "tequio.sqlite3"), stick)
            restored = data.parent / f"restored {n}"
            restoring.restore(backup, opened, restored)
            assert len(names(restored)) >= before + 1
    finally:
        stop.set()
        writer.join()
    assert acknowledged[0] > 5
