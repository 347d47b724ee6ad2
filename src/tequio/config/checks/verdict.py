"""What a check answers, and how a check that is a program is called."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tequio.config.environment import ROOT


@dataclass(frozen=True, slots=True)
class Verdict:
    """Nothing to say means that all is well."""

    problems: str = ""
    not_possible: str = ""

    @property
    def good(self) -> bool:
        return not self.problems and not self.not_possible


@dataclass(frozen=True, slots=True)
class Check:
    """A name that a person can type, what it protects, and how it looks."""

    name: str
    title: str
    look: Callable[[], Verdict]


def from_lines(lines: Sequence[str]) -> Verdict:
    """Return a verdict from a list of problems, one per line."""
    return Verdict(problems="\n".join(lines))


def program(
    *command: str, variables: Mapping[str, str] | None = None, folder: Path = ROOT
) -> Callable[[], Verdict]:
    """Return a check that runs a Python module with its arguments: a non-zero code is a problem."""

    def look() -> Verdict:
        code, output = call([sys.executable, "-m", *command], variables or {}, folder)
        return Verdict(problems=(output or f"code {code}") if code else "")

    return look


def call(
    command: Sequence[str], variables: Mapping[str, str], folder: Path = ROOT
) -> tuple[int, str]:
    """Run a program away from the installation's own data; return its code and what it said."""
    with tempfile.TemporaryDirectory(prefix="tequio-check-") as data:
        done = subprocess.run(
            list(command),
            cwd=folder,
            env=environment(Path(data), variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    return done.returncode, done.stdout.strip()


def environment(data: Path, variables: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a check: test mode unless it says otherwise, colours off."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tequio.config.settings",
        "TEQUIO_MODE": "test",
        "TEQUIO_DATA": str(data),
        "TEQUIO_DATABASE": "",
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONSAFEPATH": "1",
        "NO_COLOR": "1",
        **variables,
    }
