"""Gate 1: no request outside the wall asks its tables anything, and into the slot it only puts.

Installed for every test by `tests/conftest.py`. What a request did is noted where it happened and
fails the test at its end, so that no page for bugs can swallow it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.core.handlers.base import BaseHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse

WALL: Final = "/muro/"
# Every table of the room, those of tomorrow too.
_WALLED: Final = re.compile(r"\bsurvivors_\w+")
_LETTERS: Final = re.compile(r"\bletters_(?:letter|answers)\b")


@dataclass(frozen=True, slots=True)
class Look:
    """One question that must not have been asked."""

    request: str
    sql: str

    def __str__(self) -> str:
        return f"{self.request} asked: {self.sql[:400]}"


_looks: list[Look] = []


def is_look(sql: str) -> bool:
    """Tell whether a statement looks over the wall, or into the slot."""
    if _WALLED.search(sql):
        return True
    return bool(_LETTERS.search(sql)) and not sql.lstrip().upper().startswith("INSERT")


def taken() -> list[Look]:
    """Return what was noted since the last time, and forget it."""
    found = list(_looks)
    _looks.clear()
    return found


@contextmanager
def watching(words: str) -> Iterator[None]:
    """Note every look that happens on this thread's connection inside the block."""

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if is_look(sql):
            _looks.append(Look(words, sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


def install() -> Callable[[], None]:
    """Watch every request, of a test's client and of a served site; return what takes it off."""
    original = BaseHandler.get_response

    def guarded(self: BaseHandler, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(WALL):
            return original(self, request)
        with watching(f"{request.method} {request.path}"):
            return original(self, request)

    BaseHandler.get_response = guarded  # type: ignore[method-assign,assignment]

    def uninstall() -> None:
        BaseHandler.get_response = original  # type: ignore[method-assign]

    return uninstall
