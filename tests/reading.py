"""The code of the house as trees: read once, asked by many rules."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@cache
def trees(folder: str) -> tuple[tuple[str, ast.Module], ...]:
    """Return every module under a folder of the checkout, by its path from there; no migrations.

    Nobody may change a tree: it is shared.
    """
    top = ROOT / folder
    paths = (path for path in sorted(top.rglob("*.py")) if "migrations" not in path.parts)
    return tuple(
        (path.relative_to(top).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in paths
    )
