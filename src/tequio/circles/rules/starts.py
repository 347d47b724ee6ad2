"""What a mark says about a man's start, for the letter that goes in for every man alike."""

from __future__ import annotations

from typing import Final

from tequio.letters.kinds import Kind

# What has been told of a place; nothing is told twice, whatever is corrected afterwards.
NOTHING: Final = ""
MISSED: Final = "missed"
BEGAN: Final = "began"
_CAME: Final = frozenset({"present", "late"})
LETTERS: Final = {MISSED: Kind.NO_SHOW_AT_START, BEGAN: Kind.START}


def to_tell(told: str, status: str) -> str:
    """Return what a mark lets be told of his start, or nothing: most marks tell nothing."""
    if told == BEGAN:
        return NOTHING
    if status in _CAME:
        return BEGAN
    return MISSED if status == "absent" and told == NOTHING else NOTHING
