"""Addresses for lists: Django finds each one anew, and a list of fifty asks fifty times.

Here an address is found once with stand-ins for its keys, and the others are the same with other
keys in their places.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse

_FOLIO: Final = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")


def address(name: str, *keys: UUID | str) -> str:
    """Return what ``reverse(name, args=keys)`` returns, for keys and folios."""
    kinds = "".join(map(_kind, keys))
    if "?" in kinds:
        return reverse(name, args=keys)
    return _shape(name, kinds, settings.ROOT_URLCONF).format(*keys)


def _kind(key: object) -> str:
    if type(key) is UUID:
        return "k"
    return "f" if isinstance(key, str) and _FOLIO.fullmatch(key) else "?"


@cache
def _shape(name: str, kinds: str, _all_addresses: object) -> str:
    """Return the address with ``{}`` for each key."""
    stand_ins = [UUID(int=n) if kind == "k" else f"0000-{n:04}" for n, kind in enumerate(kinds)]
    found = reverse(name, args=stand_ins)
    for one in stand_ins:
        found = found.replace(str(one), "{}", 1)
    return found
