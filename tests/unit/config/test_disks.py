"""Encryption is followed down to the block devices; what cannot be known is not called safe."""

from __future__ import annotations

from pathlib import Path

import pytest

from tequio.config import tidiness
from tequio.config.doctor import disks


def device(root: Path, name: str, *, crypt: bool = False, on: tuple[Path, ...] = ()) -> Path:
    folder = root / "devices" / name
    (folder / "dm").mkdir(parents=True)
    (folder / "slaves").mkdir()
    if crypt:
        (folder / "dm" / "uuid").write_text("CRYPT-LUKS2-0000-root\n")
    for below in on:
        (folder / "slaves" / below.name).symlink_to(below)
    return folder


def test_a_bare_disk_is_not_encrypted(tmp_path: Path) -> None:
    assert disks.device_sealed(device(tmp_path, "sda1")) == "no"


def test_a_volume_on_an_encrypted_device_is(tmp_path: Path) -> None:
    crypt = device(tmp_path, "dm-0", crypt=True, on=(device(tmp_path, "sda2"),))
    assert disks.device_sealed(device(tmp_path, "dm-1", on=(crypt,))) == "yes"


def test_one_bare_disk_of_two_is_enough_to_say_no(tmp_path: Path) -> None:
    crypt = device(tmp_path, "dm-0", crypt=True)
    bare = device(tmp_path, "sdb1")
    assert disks.device_sealed(device(tmp_path, "md0", on=(crypt, bare))) == "no"


def test_what_has_no_device_is_unknown(tmp_path: Path) -> None:
    assert disks.device_sealed(tmp_path / "nothing") == "unknown"
    assert disks.sealed(tmp_path / "nothing") == "unknown"


def test_swap_in_clear_is_named_and_compressed_memory_is_not(tmp_path: Path) -> None:
    (tmp_path / "proc").mkdir()
    head = "Filename\tType\tSize\tUsed\tPriority\n"
    (tmp_path / "proc" / "swaps").write_text(
        head + "/dev/tequio0 partition 1 0 -2\n/dev/zram0 partition 1 0 100\n"
    )
    block = tmp_path / "sys" / "class" / "block"
    block.mkdir(parents=True)
    (block / "tequio0").symlink_to(device(tmp_path, "tequio0"))
    assert disks.open_swaps(tmp_path) == ("/dev/tequio0",)
    (tmp_path / "proc" / "swaps").write_text(head)
    assert disks.open_swaps(tmp_path) == ()


def test_what_others_may_read_is_found_and_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o700)
    (keys / "a.key").touch(mode=0o600)
    (tmp_path / "static").mkdir(mode=0o755)
    assert list(tidiness.open_to_others(tmp_path)) == []

    (keys / "a.key").chmod(0o640)
    (tmp_path / "log").mkdir()
    (tmp_path / "log").chmod(0o755)
    assert sorted(tidiness.open_to_others(tmp_path)) == ["keys/a.key", "log"]
    assert tidiness.close(tmp_path) == 2
    assert list(tidiness.open_to_others(tmp_path)) == []


@pytest.mark.parametrize("mode", [0o704, 0o710])
def test_the_folder_itself_counts(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(mode)
    assert list(tidiness.open_to_others(tmp_path)) == [str(tmp_path)]
