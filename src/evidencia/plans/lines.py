"""On which line of a TOML text each key stands, which the parser does not say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z0-9_-]+))\s*=""")
_TRIPLE = re.compile(r"\"\"\"|'''")

Path = tuple[str | int, ...]


def lines_of(text: str) -> Mapping[Path, int]:
    """Return the 1-based line of every table and key.

    A key of a table is ``("data", "unit")``; of the second outcome, ``("outcome", 1, "name")``.
    """
    found: dict[Path, int] = {}
    seen: Counter[str] = Counter()
    table: Path = ()
    inside = False  # of a text in triple quotes, where nothing is a key
    for number, line in enumerate(text.splitlines(), start=1):
        if not inside:
            if header := _HEADER.match(line):
                table = _table(header[1], header[2], seen)
                found.setdefault(table, number)
            elif key := _KEY.match(line):
                found.setdefault((*table, next(filter(None, key.groups()))), number)
        if len(_TRIPLE.findall(line)) % 2:
            inside = not inside
    return found


def _table(bracket: str, name: str, seen: Counter[str]) -> Path:
    parts: tuple[str | int, ...] = tuple(part.strip() for part in name.split("."))
    if bracket == "[[":
        parts = (*parts, seen[name])
        seen[name] += 1
    return parts
