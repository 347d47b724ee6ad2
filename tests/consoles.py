"""Reads a page that shows a terminal, does what it says, and compares what it shows.

In a block «console» a line with `$` is a command and the lines below it are what it answered. `…`
stands for anything in a line; a line that is only `…`, for any number of lines.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Shown:
    """A command of the page and the answer that it shows."""

    command: str
    answer: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        return shlex.split(self.command)


def shown_in(page: Path) -> list[Shown]:
    """Every command of a page, in order."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        for part in re.split(r"^\$ ", block.replace("\\\n", ""), flags=re.MULTILINE)[1:]:
            command, *answer = part.rstrip("\n").split("\n")
            found.append(Shown(" ".join(command.split()), tuple(answer)))
    return found


def fits(answer: str, shown: tuple[str, ...]) -> bool:
    """Tell whether an answer is what the page shows."""
    pattern = "".join(
        r"(?:.*\n)*" if line.strip() == "…" else _line(line) + r"\n" for line in shown
    )
    lines = f"{told}\n" if (told := answer.strip("\n")) else ""
    return re.fullmatch(pattern, lines) is not None


def _line(line: str) -> str:
    return ".*".join(re.escape(part) for part in line.rstrip().split("…"))
