"""A sheet spelled out for paper: labels and values in words, nested parts further in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from tequio.survivors.paper_words import LABELS, TITLES, value_of
from tequio.survivors.queries import asking, said
from tequio.survivors.rules.covers import Cover
from tequio.survivors.rules.sheets import Assessment, Body, Held, Said
from tequio.ui.templatetags.ui import day, hour

Line = dict[str, object]


def title_of(body: Body) -> str:
    """Return what a sheet is."""
    if isinstance(body, Assessment):
        return asking.name_of(body)
    return str(TITLES[body.KIND])


def answers_of(held: Held) -> list[Line]:
    """Return what she answered, question by question; nothing for every other sheet."""
    if not isinstance(held.body, Assessment):
        return []
    return [_line(one.question, one.answer, 1) for one in asking.opened(held).said]


def lines_of(whole: Body | Cover, timezone: str) -> list[Line]:
    """Return a sheet line by line, without what is empty."""
    return list(_whole(whole, ZoneInfo(timezone), 0))


def _whole(whole: Any, zone: ZoneInfo, depth: int) -> Iterator[Line]:
    kind = type(whole).__name__
    there = {field.name for field in fields(whole)}
    for name, label in LABELS[kind].items():
        if name in there:
            yield from _field(kind, name, str(label), getattr(whole, name), zone, depth)


def _part(part: Any, zone: ZoneInfo, depth: int) -> Line:
    """Say a small part in one line: what it begins with, and the rest beside it."""
    lines = [
        # A second day on the same line says which it is.
        f"{label} {line['text']}".lower() if name == "until" else str(line["text"])
        for name, label in LABELS[type(part).__name__].items()
        for line in _field(type(part).__name__, name, str(label), getattr(part, name), zone, depth)
    ]
    return _line(lines[0] if lines else "", " · ".join(lines[1:]), depth)


def _field(
    kind: str, name: str, label: str, value: Any, zone: ZoneInfo, depth: int
) -> Iterator[Line]:
    parts = value if isinstance(value, tuple) else (value,)
    if parts and is_dataclass(parts[0]):
        yield _line(label, "", depth)
        for part in parts:
            if not isinstance(part, Said):
                yield _part(part, zone, depth + 1)
            elif found := said.kept_fact(part.name, part.value):
                yield _line(str(found.label), str(found.value), depth + 1)
        return
    said_so = ", ".join(filter(None, (_word(kind, name, part, zone) for part in parts)))
    if said_so:
        yield _line(label, said_so, depth)


def _word(kind: str, name: str, value: Any, zone: ZoneInfo) -> str:
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    if isinstance(value, datetime):
        here = value.astimezone(zone)
        return f"{day(here.date())}, {hour(here)}"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if value in ("", None):
        return ""
    return value_of(kind, name, _as_day(str(value)))


def _as_day(text: str) -> str:
    # A cover keeps its days as they are sealed.
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


def _line(label: str, text: str, depth: int) -> Line:
    return {"label": label, "text": text, "depth": depth}
