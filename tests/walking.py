"""Fills in whatever form a page shows, as a person would who writes in every box.

Nothing here knows a form by name: what is registered tomorrow is filled in too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urljoin

from django.http import HttpResponse
from django.test import Client

Words = Callable[[str], str]
# How a value of each kind of box looks; what is not here is free text.
_FIXED: Final = {
    "date": "2026-11-20",
    "datetime-local": "2026-11-20T10:00",
    "time": "10:00",
    "month": "2026-12",
    "number": "2",
    "tel": "55 1234 5678",
    "email": "ella@example.org",
    "url": "https://example.org/",
}
_LINK: Final = re.compile(r'href="(?!https?:|#|data:)([^"?#]+)')
_KEY: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@dataclass(slots=True)
class Form:
    """One form of a page: where it goes and what it would send."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    written: int = 0

    def data(self) -> dict[str, Any]:
        """Return what a browser would send."""
        sent: dict[str, Any] = {}
        for name, value in [*self.fields, *self.buttons[:1]]:
            sent.setdefault(name, []).append(value)
        return sent


class _Forms(HTMLParser):
    def __init__(self, own: str, words: Words) -> None:
        super().__init__(convert_charrefs=True)
        self.own, self.words = own, words
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.chosen: set[str] = set()
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = has.get("action") or has.get("hx-post") or self.own
            self.form = Form(action, has.get("method", "get").lower())
            if "hx-post" in has:
                self.form.method = "post"
            self.chosen, self.select = set(), ""
        elif self.form is not None and "disabled" not in has:
            self._box(tag, has)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.form is not None:
            self.forms.append(self.form)
            self.form = None
        if tag == "select":
            self.select = ""

    def _box(self, tag: str, has: dict[str, str]) -> None:
        assert self.form is not None
        name, kind = has.get("name", ""), has.get("type", "text")
        if tag == "option" and self.select and self.select not in self.chosen and has.get("value"):
            self._put(self.select, has["value"])
        elif not name:
            return
        elif tag == "select":
            self.select = name
        elif tag == "textarea":
            self._write(name)
        elif tag == "button":
            self.form.buttons.append((name, has.get("value", "")))
        elif tag == "input":
            self._input(name, kind, has)

    def _input(self, name: str, kind: str, has: dict[str, str]) -> None:
        assert self.form is not None
        if kind == "hidden":
            self.form.fields.append((name, has.get("value", "")))
        elif kind in {"radio", "checkbox"}:
            # One of each group, and every lonely box.
            if name not in self.chosen and has.get("value", "on"):
                self._put(name, has.get("value", "on"))
        elif kind in {"submit", "button", "file", "password", "search"}:
            return
        elif kind in _FIXED:
            self._put(name, has.get("min") or _FIXED[kind] if kind == "number" else _FIXED[kind])
        else:
            self._write(name)

    def _put(self, name: str, value: str) -> None:
        assert self.form is not None
        self.form.fields.append((name, value))
        self.chosen.add(name)

    def _write(self, name: str) -> None:
        assert self.form is not None
        self._put(name, self.words(name))
        self.form.written += 1


def forms_of(page: str, own: str, words: Words) -> list[Form]:
    """Return the forms of a page, filled in; `words` gives what is written into a named box."""
    parser = _Forms(own, words)
    parser.feed(page)
    parser.close()
    return [form for form in parser.forms if form.method == "post"]


def walk(
    client: Client,
    begin: Iterable[str],
    words: Words,
    *,
    within: str,
    skip: Callable[[str], bool],
    most: int = 60,
) -> Iterator[tuple[Form, HttpResponse]]:
    """Follow every link under an address, send every form once, and yield what came of each.

    Pages that differ only by a key in their address are one kind of page: two of each are seen.
    A page that breaks ends the walk: a client that hides bugs would hide it here too.
    """
    left, seen, sent = list(begin), set(), set()
    kinds: Counter[str] = Counter()
    while left and len(seen) < most:
        address = left.pop(0)
        if address in seen or kinds[_kind(address)] >= 2 or skip(address):
            continue
        seen.add(address)
        kinds[_kind(address)] += 1
        answer = client.get(address)
        assert answer.status_code < 500, address
        if answer.status_code != 200 or "html" not in answer.get("Content-Type", ""):
            continue
        page = answer.content.decode()
        left += [urljoin(address, link) for link in _LINK.findall(page)
                 if urljoin(address, link).startswith(within)]  # fmt: skip
        for form in forms_of(page, address, words):
            kind = _kind(form.action), tuple(sorted(dict(form.fields)))
            if not form.action.startswith(within) or skip(form.action) or kind in sent:
                continue
            sent.add(kind)
            done = client.post(form.action, form.data())
            assert done.status_code < 500, f"{form.action} broke"
            if done.status_code == 302 and done["Location"].startswith(within):
                left.append(done["Location"])
            yield form, done


def _kind(address: str) -> str:
    return _KEY.sub("*", address.split("?")[0])
