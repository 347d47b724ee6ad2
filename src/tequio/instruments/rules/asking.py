"""Which items are asked, given what was answered before."""

from __future__ import annotations

from collections.abc import Mapping

from tequio.instruments.definitions import Instrument, Item
from tequio.instruments.definitions.shape import Only


def is_asked(whole: Instrument, item: Item, answers: Mapping[str, str]) -> bool:
    """Whether all conditions of an item are met. Whoever left a gap before is asked."""
    return all(_met(whole, one, answers) for one in item.only_if)


def _met(whole: Instrument, one: Only, answers: Mapping[str, str]) -> bool:
    if one.above is not None:
        values = [_value(whole, name, answers) for name in one.sum_of]
        known = [value for value in values if value is not None]
        return len(known) < len(values) or sum(known) > one.above
    given = answers.get(one.item, "")
    if one.has:
        return one.has in given.split()
    return given not in one.not_in


def _value(whole: Instrument, name: str, answers: Mapping[str, str]) -> int | None:
    item = whole.item(name)
    return None if item is None else whole.value_of(item, answers.get(name, ""))
