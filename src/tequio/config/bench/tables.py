"""Keeps a measured table in the documentation, between its two marks."""

from __future__ import annotations

from tequio.config import environment


def keep(name: str, text: str) -> None:
    """Replace what stands between ``<!-- name: begin -->`` and ``<!-- name: end -->``."""
    path = environment.ROOT / "docs" / "benchmarks.md"
    start, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
    before, rest = path.read_text(encoding="utf-8").split(start, 1)
    path.write_text(before + start + text + end + rest.split(end, 1)[1], encoding="utf-8")
