"""What can be seen outside the wall: an answer, what it asked the database, what it left behind.

Only what differs by itself is taken out, and by name: the forms' tokens, the date, the values of
session cookies, and how long a request took.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any, Final

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, models
from django.http import HttpResponse
from structlog.stdlib import ProcessorFormatter
from tests import gates

from tequio.access.models import KeyHolder
from tequio.audit.models import Event
from tequio.instruments.models import OneTimeLink
from tequio.letters.models import Answers, Letter

_TOKEN: Final = re.compile(rb'(csrfmiddlewaretoken" value="|X-CSRFToken": ?")[^"]+')
_SAVEPOINT: Final = re.compile(r"s\d+_x\d+")
_OWN_HEADERS: Final = frozenset({"Date", "Set-Cookie"})
_RANDOM_COOKIES: Final = frozenset({"tequio", "tequio-csrf"})
# Tables that differ by their nature, each with its reason; every other row has to be the same.
NOT_COMPARED: Final[dict[type[models.Model], str]] = {
    Session: "random keys; the browser in which her team works is one of them",
    Letter: "sealed boxes are random; that as many go in is seen in the statements",
    Answers: "sealed boxes, as letters: her answers go in by a public address and say nothing",
    OneTimeLink: "opaque rows, real ones among rows that are none; tests/app/instruments/"
    "test_links.py compares how many there are and how they look",
    KeyHolder: "a member's own key pair, wrapped anew when she changes her words; no page shows it",
}
# Columns likewise.
NOT_COMPARED_COLUMNS: Final = {
    ("access_user", "password"): "hashed with salt by Django",
    ("network_slip", "digest"): "noise, or of a secret that nobody outside has",
    ("network_slip", "sealed"): "noise, or sealed under that secret; of one weight",
    ("network_slip", "mark"): "noise, or of a key of the side that took the row",
    ("letters_slot", "public"): "public, and turned when a member leaves the team",
    ("letters_slot", "epoch"): "public, and turned when a member leaves the team",
    ("letters_address", "public"): "public, and turned when a member leaves the team",
    ("letters_address", "epoch"): "public, and turned when a member leaves the team",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One answer with everything around it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[tuple[object, ...], ...]
    body: bytes
    statements: tuple[str, ...]
    events: tuple[object, ...]
    log: tuple[object, ...]
    cached: tuple[str, ...]
    looks: tuple[str, ...]


def difference(one: Seen, other: Seen) -> str:
    """Say what differs first, or nothing."""
    if one.looks or other.looks:
        return f"looked over the wall: {(one.looks or other.looks)[0]}"
    for part in fields(Seen):
        mine, yours = getattr(one, part.name), getattr(other, part.name)
        if mine != yours:
            return f"{part.name}: {_first(mine, yours)}"
    return ""


def _first(mine: Any, yours: Any) -> str:
    if isinstance(mine, bytes):
        place = next((n for n, (a, b) in enumerate(zip(mine, yours, strict=False)) if a != b), 0)
        cut = slice(max(0, place - 60), place + 120)
        return f"{mine[cut]!r} | {yours[cut]!r}"
    if isinstance(mine, tuple):
        only = [line for line in mine if line not in yours][:2]
        extra = [line for line in yours if line not in mine][:2]
        return f"{len(mine)} | {len(yours)}: {str(only)[:400]} | {str(extra)[:400]}"
    return f"{mine} | {yours}"


class _Lines(logging.Handler):
    """Keeps every line that the house writes, whatever the level of the running mode."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[object] = []

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.msg, dict):
            said = {k: v for k, v in record.msg.items() if k not in {"timestamp", "ms"}}
            self.lines.append((record.name, str(sorted(said.items(), key=lambda kv: kv[0]))))
        elif record.name.startswith(("tequio", "django.request", "django.security")):
            self.lines.append((record.name, record.getMessage()))


@contextmanager
def log_lines() -> Iterator[list[object]]:
    """Yield the lines that are written inside the block."""
    handler = _Lines()
    root, house = logging.getLogger(), logging.getLogger("tequio")
    # As the house's own file of lines is written: with what it leaves out.
    own = next(h for h in root.handlers if isinstance(h.formatter, ProcessorFormatter))
    handler.filters = list(own.filters)
    before = house.level
    root.addHandler(handler)
    house.setLevel(logging.DEBUG)
    try:
        yield handler.lines
    finally:
        root.removeHandler(handler)
        house.setLevel(before)


@contextmanager
def _statements() -> Iterator[list[str]]:
    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def observed(ask: Any) -> Seen:
    """Ask, and return everything that can be seen of it."""
    gates.taken()
    before = set(Event.objects.values_list("pk", flat=True))
    with log_lines() as lines, _statements() as statements:
        answer: HttpResponse = ask()
        body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
    own = {n: v for n, v in answer.headers.items() if n not in _OWN_HEADERS}
    return Seen(
        status=answer.status_code,
        headers=tuple(sorted(own.items())),
        cookies=tuple(sorted(map(_cookie, answer.cookies.values()), key=str)),
        body=plain(body),
        statements=tuple(
            re.sub(r"_?\d{6,}_x\d+|s\d{10,}_x\d+", "savepoint", s) for s in statements
        ),
        events=_events(before),
        log=tuple(lines),
        cached=tuple(sorted(map(str, getattr(cache, "_cache", {})))),
        looks=tuple(map(str, gates.taken())),
    )


def plain(body: bytes) -> bytes:
    """Return a page without its tokens, and a workbook without the moment it was made."""
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as box:
            parts = sorted(n for n in box.namelist() if n != "docProps/core.xml")
            return b"\n".join(n.encode() + b"\n" + box.read(n) for n in parts)
    return _TOKEN.sub(rb"\1*", body)


def _cookie(morsel: Any) -> tuple[object, ...]:
    value = "*" if morsel.key in _RANDOM_COOKIES else morsel.value
    kept = ("path", "samesite", "secure", "httponly", "max-age")
    return morsel.key, value, *(str(morsel[name]) for name in kept)


def _events(before: set[Any]) -> tuple[object, ...]:
    rows = Event.objects.exclude(pk__in=before).order_by("at", "kind", "pk")
    return tuple(str(sorted(row.items())) for row in rows.values())


def outside() -> dict[str, list[str]]:
    """Return every row outside the wall, by table; what is long is told by its digest."""
    found = {}
    there = set(connection.introspection.table_names())
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label == "survivors" or model in NOT_COMPARED or model._meta.proxy:
            continue
        table = model._meta.db_table
        if table not in there:
            continue  # django_tasks keeps none where jobs run at once
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if (table, field.column) not in NOT_COMPARED_COLUMNS
            and not (field.auto_created and not model._meta.auto_created and table != "")
        ]
        rows = model._base_manager.values_list(*names)
        found[table] = sorted("|".join(map(_value, row)) for row in rows)
    return found


def _value(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(bytes(value)).hexdigest()
    return str(value)
