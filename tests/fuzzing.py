"""Requests that no browser would send, over every route: seeded, and the same every time.

Each request draws a route, a person, a method, an address, parameters, a body and headers. What
the pages themselves offer (forms, fields, choices, links) is gathered first, so that a good part
of what is sent is almost right: that reaches further than noise.
"""

from __future__ import annotations

import io
import json
import logging
import re
import traceback
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote, quote_from_bytes, urlencode

from django.apps import apps
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import Http404
from django.test import Client, TestCase
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from tests.people import sign_in

from tequio.access.models import User
from tequio.core.tabular import Sheet, write_workbook

METHODS = ("GET",) * 7 + ("POST",) * 10 + ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW")
BATCH = 200  # after so many, everything that they did is taken back
HOSTILE: tuple[str, ...] = (
    "", " ", "\x00", "a\x00b", "\r\nX-Injected: 1", "0", "-1", "1e309", "NaN", "-Infinity",
    "9" * 40, "2147483648", "9223372036854775808", "0.1", "1,5", "٣", "½", "true", "None", "null",
    "[]", '{"a":', "2026-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01",
    "2026-11-20T25:61", "20/11/2026", "2026-W53-8", "' OR 1=1 --", '"; DROP TABLE x; --', "%",
    "_", "%s%n%d", "%(x)s", "{0}", "{{7*7}}", "{% load x %}", "${7*7}", "<script>x</script>",
    "]]>", "&#0;", "../../../etc/passwd", "..\\..\\x", "file:///etc/passwd", "//example.org/x",
    "javascript:alert(1)", "=1+1", "@SUM(A1)", "\u202e\u2066x", "\ufeff", "\ufffe",
    "é" * 500, "e\u0301" * 300, "İ", "ẞ", "ŀ", "a" * 256, "a" * 5000, "x" * 100_000, "\n" * 2000,
    "América/México", "Etc/GMT+99", "es-mx\x00", "00000000-0000-0000-0000-000000000000",
)  # fmt: skip
BYTES: tuple[bytes, ...] = (
    b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"\x80" * 50, b"\xf4\x90\x80\x80", b"caf\xe9", b"%",
    b"%zz", b"\x00" * 20, b"=&=&;;&", b"a" * 70_000,
)  # fmt: skip
USUAL = ("page", "page", "q", "next", "order")  # what an address may hold that no form shows
TYPES = (
    "application/json", "text/plain", "application/xml", "multipart/form-data",
    "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "b" * 300,
    "application/x-www-form-urlencoded; charset=nonsense",
    "application/x-www-form-urlencoded; charset=utf-16", "", "x", "a/b; charset=\xe9",
)  # fmt: skip
HEADERS: tuple[tuple[str, str], ...] = (
    ("HTTP_HX_REQUEST", "true"), ("HTTP_HX_TARGET", "<x>"), ("HTTP_ACCEPT_LANGUAGE", "xx-" * 400),
    ("HTTP_ACCEPT_LANGUAGE", "en;q=2,*"), ("HTTP_HOST", "evil.example"), ("HTTP_HOST", "[::1"),
    ("HTTP_REFERER", "ht!tp://\xe9"), ("HTTP_COOKIE", "tequio=\xff; =; ;;tequio"),
    ("HTTP_IF_MODIFIED_SINCE", "never"), ("HTTP_IF_NONE_MATCH", '"x'), ("HTTP_RANGE", "bytes=9-1"),
    ("HTTP_X_FORWARDED_FOR", "x" * 3000), ("HTTP_X_FORWARDED_PROTO", "gopher"),
    ("HTTP_X_HTTP_METHOD_OVERRIDE", "DELETE"), ("HTTP_ORIGIN", "null"), ("HTTP_ACCEPT", "\x7f"),
    ("REMOTE_ADDR", ""), ("HTTP_USER_AGENT", "\xff" * 900),
)  # fmt: skip
NAMES = ("lista.xlsx", "lista.csv", "lista.xls", "lista.ods", "x", "", "../../x.xlsx", "a\x00.csv",
         "ñ" * 300 + ".xlsx", "x.PDF", ".xlsx", "CON.csv")  # fmt: skip
_TAG = re.compile(r"<(form|input|select|textarea|option|button)\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z-]+)="([^"]*)\"""", re.IGNORECASE)


@dataclass(slots=True)
class Failure:
    """One answer that must not be: what was asked and where it broke."""

    number: int
    request: str
    status: int
    trace: str


@dataclass(slots=True)
class Result:
    """What a run saw."""

    right: int = 0  # sent rightly, to learn what the pages offer
    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    routes: Counter[str] = field(default_factory=Counter)
    reached: set[tuple[str, str]] = field(default_factory=set)
    failures: list[Failure] = field(default_factory=list)


@dataclass(slots=True)
class Known:
    """What the pages offered: the fields of each route's form, and values that were seen."""

    fields: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    names: set[str] = field(default_factory=lambda: set(USUAL))

    def learn(self, page: str, own: str) -> None:
        """Read the forms of a page. It is our own page, so a plain pattern is enough."""
        route, last = "", ""
        for tag, inside in _TAG.findall(page):
            has = dict(_ATTRIBUTE.findall(inside))
            if tag == "form":
                route = _route(has.get("action", ""), own)
            for address in ("hx-post", "formaction"):
                route = _route(has[address], own) if address in has else route
            last = has.get("name", last if tag == "option" else "")
            if last and last != "csrfmiddlewaretoken":
                self.names.add(last)
                seen = self.fields.setdefault(route, {}).setdefault(last, [])
                if len(seen) < 40:
                    seen.append(has.get("value", ""))


def _route(address: str, own: str) -> str:
    try:
        return resolve(address.split("?")[0]).view_name if address else own
    except Http404:
        return own


def routes() -> dict[str, URLPattern]:
    """Every named route of the house."""
    return dict(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: Sequence[Any], space: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name}", pattern


class Fuzz:
    """Draws requests from a seed and sends them as several people."""

    def __init__(
        self, people: Mapping[str, User | None], seed: int, only: Collection[str] = ()
    ) -> None:
        self.luck = Random(seed)
        self.people = dict(people)
        self.routes = {name: at for name, at in routes().items() if not only or name in only}
        self.known = Known()
        self.result = Result()
        self._pool = _keys()
        self._clients: dict[str, Client] = {}
        self._opened: set[tuple[str, str]] = set()
        self._not_taken: set[tuple[str, str]] = set()
        self._trace = ""
        self._register = write_workbook(
            [Sheet("Lista", (("Nombre", "S1", "S2"), ("Ana", "x", "F"), ("Luis", "x", "x")))]
        )

    def run(self, count: int) -> Result:
        """Send so many; every batch begins from the same data."""
        got_request_exception.connect(self._note)
        logging.disable(logging.CRITICAL)  # a line for each refusal would drown what is looked for
        try:
            self._look_around()
            while self.result.sent < count:
                with transaction.atomic():
                    self._clients.clear()
                    for _turn in range(min(BATCH, count - self.result.sent)):
                        self._one()
                    transaction.set_rollback(True)
        finally:
            logging.disable(logging.NOTSET)
            got_request_exception.disconnect(self._note)
        return self.result

    # --- One request ------------------------------------------------------------------------------

    def _one(self) -> None:
        luck = self.luck
        names = [n for n in self.routes if not n.endswith("pdf") or luck.random() < 0.05]
        name = luck.choice(names)
        who, method = self._who_and_how(name)
        path = self._path(name)
        if luck.random() < 0.5:
            path += "?" + self._query(name)
        body, kind = self._body(name) if method not in {"GET", "HEAD"} else (b"", "")
        extra = dict(luck.sample(HEADERS, luck.choice((0, 0, 0, 1, 2))))
        words = f"{who} {method} {path[:300]} {kind[:60]} {body[:300]!r} {extra}"[:1200]
        self._send(name, who, method, path, body, kind, extra, words)

    def _who_and_how(self, name: str) -> tuple[str, str]:
        """Mostly somebody for whom it opened before, mostly with a method that it takes."""
        luck = self.luck
        method = luck.choice(METHODS)
        if luck.random() < 0.8:
            method = luck.choice(
                [m for m in METHODS if (name, m) not in self._not_taken] or METHODS
            )
        known = [who for who in self.people if (name, who) in self._opened]
        return luck.choice(known if known and luck.random() < 0.7 else list(self.people)), method

    def _send(
        self, name: str, who: str, method: str, path: str, body: bytes, kind: str,
        extra: dict[str, Any], words: str,
    ) -> str:  # fmt: skip
        self._trace = ""
        result = self.result
        result.sent += 1
        result.routes[name] += 1
        try:
            with transaction.atomic(), TestCase.captureOnCommitCallbacks(execute=True):
                answer = self._client(who).generic(method, path, body, kind, **extra)
                page = b"".join(answer) if answer.streaming else answer.content
                status = answer.status_code
        except Exception:  # noqa: BLE001 -- whatever it is, the server would have died of it
            status, page, self._trace = 599, b"", traceback.format_exc()
        result.statuses[status] += 1
        if status < 400 and who != "anonymous":
            result.reached.add((name, method))
            if status != 302 or not answer["Location"].startswith("/entrar/"):
                self._opened.add((name, who))
        if status == 405:
            self._not_taken.add((name, method))
        if status >= 500:
            result.failures.append(Failure(result.sent, words, status, self._trace[-3000:]))
        elif status in {302, 303} and answer["Location"].startswith("/entrar/"):
            self._clients.pop(who, None)
        return page.decode("utf-8", "replace") if status == 200 else ""

    def _client(self, who: str) -> Client:
        if who not in self._clients:
            client = Client(raise_request_exception=False)
            user = self.people[who]
            self._clients[who] = sign_in(client, user) if user else client
        return self._clients[who]

    def _note(self, **_: object) -> None:
        self._trace = traceback.format_exc()

    def _look_around(self) -> None:
        """Every person opens every page once, rightly: that teaches the forms."""
        paths = {self._right_path(name): name for name in self.routes}
        for path, name in paths.items():
            if name.endswith("pdf"):
                continue
            for who in self.people:
                page = self._send(name, who, "GET", path, b"", "", {}, f"{who} GET {path}")
                self.known.learn(page, name)
        self.result.right, self.result.sent = self.result.sent, 0

    # --- Its parts --------------------------------------------------------------------------------

    def _right_path(self, name: str) -> str:
        holds = self.routes[name].pattern.converters
        values = {key: self._value_for(key, type(kind).__name__) for key, kind in holds.items()}
        return str(reverse(name, kwargs=values))

    def _path(self, name: str) -> str:
        path = self._right_path(name)
        if self.luck.random() < 0.85:
            return path
        parts = path.split("/")
        place = self.luck.randrange(len(parts))
        if self.luck.random() < 0.5:
            parts[place] = quote(self.luck.choice(HOSTILE)[:4000], safe="")
        else:
            parts[place] = quote_from_bytes(self.luck.choice(BYTES)[:4000], safe="")
        return "/".join(parts) or "/"

    def _value_for(self, key: str, kind: str) -> object:
        luck = self.luck
        near = [keys for name, keys in self._pool.items() if key.removesuffix("_id") in name]
        if kind == "UUIDConverter":
            pool = luck.choice(near) if near and luck.random() < 0.85 else None
            return luck.choice(pool or luck.choice(list(self._pool.values())))
        if kind == "IntConverter":
            return luck.choice((0, 1, 2, 3, 12, 2**31, 10**30))
        words = self._words.get(key)
        return luck.choice(words) if words and luck.random() < 0.9 else luck.choice(("x", "a-b"))

    @property
    def _words(self) -> dict[str, list[str]]:
        people = apps.get_model("people", "Participant").objects
        return {
            "folio": list(people.order_by("folio").values_list("folio", flat=True)[:20]),
            "slug": ["guia-simetria", "registro", "circulo-norte"],
        }

    def _value(self, seen: Sequence[str]) -> str:
        draw = self.luck.random()
        if seen and draw < 0.6:
            return self.luck.choice(seen)
        if draw < 0.7:
            return str(self._value_for("x", "UUIDConverter"))
        return self.luck.choice(HOSTILE)

    def _pairs(self, name: str) -> list[tuple[str, str]]:
        luck = self.luck
        fields = self.known.fields.get(name, {}) if luck.random() < 0.8 else {}
        pairs = [(key, self._value(seen)) for key, seen in fields.items() if luck.random() < 0.9]
        names = sorted(self.known.names)
        for _extra in range(luck.choice((0, 0, 1, 3))):
            pairs.append((luck.choice(names), self._value(())))
        if luck.random() < 0.1:
            pairs += pairs[:2]
        if luck.random() < 0.01:
            pairs += [(f"f{n}", "x") for n in range(2500)]
        return pairs

    def _query(self, name: str) -> str:
        if self.luck.random() < 0.15:
            return quote_from_bytes(self.luck.choice(BYTES)[:3000], safe="%=&;")
        pairs = [*self._pairs(name)[:30], (self.luck.choice(USUAL), self._value(()))]
        return urlencode([(key, value[:3000]) for key, value in pairs])

    def _body(self, name: str) -> tuple[bytes, str]:
        luck, draw = self.luck, self.luck.random()
        if draw < 0.6:
            return urlencode(self._pairs(name)).encode(), "application/x-www-form-urlencoded"
        if draw < 0.85:
            return self._multipart(name)
        if draw < 0.9:
            words = json.dumps(dict(self._pairs(name))).encode()
            return words, "application/json"
        return luck.choice(BYTES), luck.choice((*TYPES, "application/x-www-form-urlencoded"))

    def _multipart(self, name: str) -> tuple[bytes, str]:
        luck, out = self.luck, io.BytesIO()
        for key, value in self._pairs(name)[:200]:
            head = f'--frontera\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n'
            out.write(head.encode() + value[:9000].encode("utf-8", "replace") + b"\r\n")
        for _file in range(luck.choice((0, 1, 1, 2))):
            key = luck.choice(("file", "file", *sorted(self.known.names)))
            title = luck.choice(NAMES)
            head = f'--frontera\r\nContent-Disposition: form-data; name="{key}"; filename="{title}"'
            kind = luck.choice(
                ("text/csv", "application/zip", "image/png", "x", "text/csv; charset=q")
            )
            out.write(f"{head}\r\nContent-Type: {kind}\r\n\r\n".encode())
            out.write(self._file() + b"\r\n")
        out.write(luck.choice((b"--frontera--\r\n", b"--frontera--\r\n", b"--front", b"")))
        return out.getvalue(), "multipart/form-data; boundary=frontera"

    def _file(self) -> bytes:
        luck, draw = self.luck, self.luck.random()
        if draw < 0.3:
            return self._register
        if draw < 0.5:
            broken = bytearray(self._register)
            for _flip in range(luck.choice((1, 5, 50))):
                broken[luck.randrange(len(broken))] = luck.randrange(256)
            return bytes(broken[: luck.choice((len(broken), len(broken) // 2, 30))])
        if draw < 0.8:
            rows = [",".join(self._value(())[:50] for _c in range(luck.randrange(1, 9)))] * 3
            codec = luck.choice(("utf-8", "utf-16", "latin-1", "cp1252"))
            return "\r\n".join(["Nombre,S1,S2", *rows]).encode(codec, "replace")
        return luck.choice((b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 40, b"MZ\x90", *BYTES))


def _keys() -> dict[str, list[Any]]:
    """Keys of what is there, by the name of its table; and one of nothing."""
    found: dict[str, list[Any]] = {"nothing": ["00000000-0000-4000-8000-000000000000"]}
    for model in apps.get_models():
        if model._meta.pk.get_internal_type() == "UUIDField":
            keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True)[:30])
            if keys:
                found[model._meta.model_name or ""] = keys
    return found
