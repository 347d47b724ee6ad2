"""Red flags: answers that a person has to read today."""

from __future__ import annotations

from collections.abc import Mapping

from tequio.instruments.definitions import Flag, Instrument
from tequio.instruments.rules.asking import is_asked


def raised(whole: Instrument, answers: Mapping[str, str]) -> tuple[Flag, ...]:
    """Return the flags of an answer, each kind once, in the order of the instrument."""
    found: dict[str, Flag] = {}
    for flag in whole.flags:
        item = whole.item(flag.item)
        given = set(answers.get(flag.item, "").split())
        if item and given & set(flag.answers) and is_asked(whole, item, answers):
            found.setdefault(flag.kind, flag)
    return tuple(found.values())
