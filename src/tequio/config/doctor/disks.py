"""Whether what lies in a folder is encrypted on the disk, and where memory may spill to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from tequio.config.doctor.machine import Sealed

_SYSTEM: Final = Path("/")


def sealed(folder: Path, root: Path = _SYSTEM) -> Sealed:
    """Follow a folder to its block devices; encrypted only if every one of them is."""
    try:
        number = os.stat(folder).st_dev
    except OSError:
        return "unknown"
    return device_sealed(root / "sys/dev/block" / f"{os.major(number)}:{os.minor(number)}")


def device_sealed(device: Path) -> Sealed:
    """Tell it of one block device and of those that it stands on."""
    if not device.exists():  # a network folder, an overlay, not Linux
        return "unknown"
    kind = _text(device / "dm" / "uuid")
    if kind.startswith("CRYPT-"):
        return "yes"
    below = device / "slaves"
    under = [device_sealed(path) for path in below.iterdir()] if below.is_dir() else []
    if not under:
        return "no"
    if "no" in under:
        return "no"
    return "yes" if all(one == "yes" for one in under) else "unknown"


def open_swaps(root: Path = _SYSTEM) -> tuple[str, ...]:
    """Return the places to which memory may be written in clear."""
    lines = _text(root / "proc/swaps").splitlines()[1:]
    places = [line.split()[0] for line in lines if line.strip()]
    return tuple(place for place in places if not _safe_swap(place, root))


def _safe_swap(place: str, root: Path) -> bool:
    name = os.path.basename(os.path.realpath(place))
    if name.startswith("zram"):  # compressed memory, never a disk
        return True
    if place.startswith("/dev/"):
        return device_sealed(root / "sys/class/block" / name) == "yes"
    return sealed(Path(place).parent, root) == "yes"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""
