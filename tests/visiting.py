"""A person at a telephone, who enters a served site by its real door: HTTPS, forms, cookies."""

from __future__ import annotations

import http.cookiejar
import re
import ssl
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html import unescape
from urllib.error import HTTPError

import pyotp

from tequio.core import clock

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PASSWORD = "cuatro sillas y una ventana"


@dataclass(slots=True)
class Page:
    """What came back, after every redirect."""

    path: str
    status: int
    text: str


@dataclass(slots=True)
class Visitor:
    """One browser. It trusts exactly the authority that it was given."""

    site: str
    trusts: bytes
    secret: str = ""
    used: str = ""
    _door: urllib.request.OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        context = ssl.create_default_context(cadata=self.trusts)
        self._door = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=context),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        )

    def open(self, path: str) -> Page:
        return self._ask(urllib.request.Request(self.site + path))

    def send(self, path: str, **fields: str) -> Page:
        """Fill in the form that a page shows and send it, as a browser would."""
        token = _TOKEN.search(self.open(path).text)
        assert token, f"no form on {path}"
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields})
        headers = {"Referer": self.site + path}
        return self._ask(urllib.request.Request(self.site + path, body.encode(), headers))

    def enter_with_code(self, login: str, code: str) -> Page:
        """The first time: choose a password, link a telephone, keep the paper."""
        words = {"password": PASSWORD, "repeated": PASSWORD}
        page = self.send("/entrar/con-codigo/", login=login, code=code, **words)
        assert page.path == "/entrar/telefono/", page
        shown = re.search(r'<p class="secret">([^<]+)</p>', page.text)
        assert shown
        self.secret = shown[1].replace(" ", "")
        assert self.send("/entrar/telefono/", code=self.next_code()).path == "/entrar/respaldo/"
        return self.send("/entrar/respaldo/", kept="on")

    def enter(self, login: str, password: str = PASSWORD) -> Page:
        page = self.send("/entrar/", login=login, password=password)
        return self.send("/entrar/codigo/", code=self.next_code()) if page.status == 200 else page

    def next_code(self) -> str:
        """A code works once: within the same half minute the telephone's next one is taken."""
        totp, now = pyotp.TOTP(self.secret), clock.now().timestamp()
        code = totp.at(int(now))
        self.used = totp.at(int(now) + 30) if code == self.used else code
        return self.used

    def _ask(self, request: urllib.request.Request) -> Page:
        try:
            answer = self._door.open(request, timeout=30)
        except HTTPError as error:
            answer = error
        with answer:
            text = unescape(answer.read().decode())
            return Page(urllib.parse.urlsplit(answer.url).path, int(answer.status or 0), text)
