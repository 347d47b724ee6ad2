"""What may stand as an answer: known questions, known choices, numbers in their range."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from tequio.core.errors import DomainError
from tequio.instruments.definitions import PREFERS_NOT, Instrument, Item
from tequio.instruments.rules.asking import is_asked

_LONGEST: Final = 2000
# What an application of the field writes beside the answers.
_BESIDE: Final = frozenset({"start", "end", "instanceID", "instanceName", "deprecatedID", "meta"})


def clean(whole: Instrument, given: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that stand: what is not asked, or empty, is left out.

    Raises
    ------
    DomainError
        Where something is answered that is not asked here, or with what is no answer to it.
    """
    known = {item.id: item for item in whole.questions}
    strange = sorted(set(given) - set(known) - _BESIDE)
    if strange:
        raise DomainError(
            _("Este cuestionario no pregunta «%(item)s».") % {"item": strange[0]},
            hint=_("Ábrelo otra vez: quizá contestaste otra versión."),
        )
    said = {name: value.strip() for name, value in given.items() if name in known}
    found: dict[str, str] = {}
    for name, item in known.items():
        value = said.get(name, "")
        if value and is_asked(whole, item, found):
            found[name] = _fitting(whole, item, value)
    return found


def _fitting(whole: Instrument, item: Item, value: str) -> str:
    if value == PREFERS_NOT or fits(whole, item, value):
        return value
    raise DomainError(
        _("«%(value)s» no es una respuesta a «%(item)s».")
        % {"value": value[:40], "item": item.text.now()}
    )


def fits(whole: Instrument, item: Item, value: str) -> bool:
    """Tell whether a value is an answer to a question."""
    codes = {one.code for one in whole.choices.get(item.choices, ())}
    match item.kind:
        case "one":
            return value in codes
        case "many":
            return set(value.split()) <= codes
        case "whole":
            return _in_range(item, value)
        case "decimal":
            return value.replace(".", "", 1).lstrip("-").isdigit()
        case "date":
            return _is_day(value)
        case _:
            return len(value) <= _LONGEST


def _in_range(item: Item, value: str) -> bool:
    if not value.lstrip("-").isdecimal() or len(value) > 9:
        return False
    least = item.least if item.least is not None else int(value)
    most = item.most if item.most is not None else int(value)
    return least <= int(value) <= most


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
