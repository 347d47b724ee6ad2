"""A disk of our own inside a file, that may be filled or have its power cut. Needs root."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

# The disk's own cache counts as kept: what is lost is what never left the computer's memory.
_PROGRAMS = ("mkfs.ext4", "mkfs.xfs", "mount", "losetup")


def need(*programs: str) -> None:
    """Skip, with what to install, where such a disk cannot be made."""
    if os.geteuid() != 0:
        pytest.skip("Mounting a disk in a file needs root (in a container: --privileged).")
    missing = [name for name in programs or _PROGRAMS if shutil.which(name) is None]
    if missing:
        pytest.skip(f"{', '.join(missing)} is missing (Debian: apt install xfsprogs e2fsprogs).")


def run(*words: str | Path) -> None:
    subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def mounted(image: Path, at: Path, *options: str) -> Iterator[Path]:
    at.mkdir(exist_ok=True)
    run("mount", "-o", ",".join(("loop", *options)), image, at)
    try:
        yield at
    finally:
        for _again in range(20):
            with suppress(subprocess.CalledProcessError):
                run("umount", at)
                break
            subprocess.run(["sleep", "0.5"], check=False)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """An ext4 of that size."""
    need("mkfs.ext4", "mount")
    image = folder / "disk.img"
    with image.open("wb") as file:
        file.truncate(megabytes * 1024 * 1024)
    run("mkfs.ext4", "-q", "-m", "0", image)
    with mounted(image, folder / "disk") as at:
        yield at


@dataclass(slots=True)
class Machine:
    """A disk whose power can be cut: `cut` shows what it would hold at this instant."""

    folder: Path
    disk: Path

    @contextmanager
    def cut(self) -> Iterator[Path]:
        """Yield the disk as it would be found after the power came back."""
        image, found = self.folder / "below" / "disk.img", self.folder / "below" / "found.img"
        run("cp", "--reflink=always", image, found)
        try:
            with mounted(found, self.folder / "found") as at:
                yield at
        finally:
            found.unlink()


@contextmanager
def machine(folder: Path, megabytes: int = 400) -> Iterator[Machine]:
    """An ext4 in a file on an XFS that copies by reference: a copy is one instant of the disk."""
    need()
    below = folder / "below.img"
    with below.open("wb") as file:
        file.truncate(4 * megabytes * 1024 * 1024)
    run("mkfs.xfs", "-q", "-m", "reflink=1", below)
    with mounted(below, folder / "below") as under:
        with (under / "disk.img").open("wb") as file:
            file.truncate(megabytes * 1024 * 1024)
        run("mkfs.ext4", "-q", "-m", "0", under / "disk.img")
        with mounted(under / "disk.img", folder / "disk") as disk:
            yield Machine(folder, disk)
