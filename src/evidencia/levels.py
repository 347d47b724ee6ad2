"""Numbers of a group itself: a share by a day, the day of half. They are no differences.

By itself, because a page that shows a kept result needs the names, and nothing that computes.
"""

from __future__ import annotations

from typing import Final

WITHIN: Final = "within"
HALF: Final = "half"
LEVELS: Final = frozenset({WITHIN, HALF})
