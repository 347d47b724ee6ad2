"""The licences of the packages that an installation runs: what an organisation may pass on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Final

from tequio.config.checks.verdict import Verdict, from_lines
from tequio.config.environment import ROOT

_ALLOWED: Final = re.compile(
    r"\b(MIT|BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla|ISC|Zlib|0BSD|CC0|Unlicense|"
    r"Lesser General Public|LGPL)",
    re.IGNORECASE,
)
# Packages whose own record names no licence, with the one that their source carries.
_READ_BY_HAND: Final = {"pyrage": "MIT", "pysqlite3": "Zlib", "pyxform": "BSD-2-Clause"}
_PIN: Final = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


def look() -> Verdict:
    """Name each package whose licence is missing or would bind what an organisation adds."""
    problems = []
    for name in pinned(ROOT / "locks" / "run.txt"):
        try:
            declared = list(_declared(metadata.metadata(name)))
            declared += [_READ_BY_HAND[name]] if name in _READ_BY_HAND else []
        except metadata.PackageNotFoundError:
            continue  # for another system or another Python
        if not declared:
            problems.append(f"{name}: declares no licence")
        elif not any(is_allowed(licence) for licence in declared):
            problems.append(f"{name}: {'; '.join(declared)[:120]}")
    return from_lines(problems)


def pinned(lock: Path) -> list[str]:
    """Return the names of the packages of a lock."""
    return _PIN.findall(lock.read_text(encoding="utf-8"))


def is_allowed(licence: str) -> bool:
    """Tell whether a licence lets an organisation use, change and pass on what it received."""
    return bool(_ALLOWED.search(licence))


def _declared(package: metadata.PackageMetadata) -> Iterator[str]:
    for classifier in package.get_all("Classifier") or []:
        if classifier.startswith("License ::"):
            yield classifier
    for field in ("License-Expression", "License"):
        yield from package.get_all(field) or []
