"""What was published stays as it was: the fingerprints of all data files, one per line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

LOCK: Final = "published.lock"


def fingerprints(*folders: Path) -> dict[str, str]:
    """Return the fingerprint of each data file, by folder and name."""
    return {
        path.relative_to(folder.parent).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*.toml"))
    }


def locked(path: Path) -> dict[str, str]:
    """Read the lock: ``fingerprint  file``."""
    lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {parts[1]: parts[0] for parts in lines if len(parts) == 2 and parts[0] != "#"}


def written(prints: Mapping[str, str]) -> str:
    """Return the text of a lock."""
    return "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(prints.items()))


def faults(prints: Mapping[str, str], lock: Mapping[str, str]) -> Iterator[str]:
    """Say which published files changed or went away, and which new ones are not locked."""
    for name, sha256 in sorted(lock.items()):
        if name not in prints:
            yield f"{name} was published and is gone: old editions still point to it."
        elif prints[name] != sha256:
            yield f"{name} was published and has changed: write a new version beside it."
    for name in sorted(set(prints) - set(lock)):
        yield f"{name} is not in {LOCK}: add its line once its text is final."
