"""A telephone without JavaScript in which somebody answers a link alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tequio.letters import knocking

_HIDDEN = re.compile(r'name="(codigo|llave|en)" value="([^"]*)"')
_CHECKED = re.compile(r'name="([^"]+)" value="([^"]*)"[^>]* checked')
_TYPED = re.compile(r'<input id="(p[^"]+)" name="[^"]+" value="([^"]+)"')


@dataclass
class Telephone:
    """What the page holds is all it holds: each press sends the whole form again."""

    client: Client
    code: str
    page: str = ""
    status: int = 0
    fields: dict[str, str] = field(default_factory=dict)

    def enter(self, pin: str) -> Telephone:
        """Type code and PIN. Who knocks too often waits: here each time is another place."""
        knocking.forget()
        return self._see(self._post({"codigo": self.code, "pin": pin, "paso": "entrar"}))

    def press(self, step: str, **answers: str) -> Telephone:
        """Choose and press a button."""
        chosen = dict(_CHECKED.findall(self.page)) | dict(_TYPED.findall(self.page))
        return self._see(self._post({**self.fields, **chosen, **answers, "paso": step}))

    @property
    def here(self) -> str:
        """Which question is shown."""
        return self.fields.get("en", "")

    @property
    def heading(self) -> str:
        """What stands above all that is shown now."""
        shown = re.sub(r'<div class="screen[^>]*hidden>.*?\n</div>\n', "", self.page, flags=re.S)
        found = re.search(r"<h1[^>]*>(.*?)</h1>", shown, re.S)
        return re.sub(r"<[^>]+>", "", found[1]).strip() if found else ""

    @property
    def names(self) -> list[str]:
        """Every question that came with the page."""
        return re.findall(r'class="screen question[^"]*" data-name="([^"]+)"', self.page)

    def _post(self, sent: dict[str, Any]) -> HttpResponse:
        return self.client.post(reverse("instruments:one-time"), sent)  # type: ignore[return-value]

    def _see(self, answer: HttpResponse) -> Telephone:
        self.status = answer.status_code
        if self.status != 204:
            self.page = answer.content.decode()
            self.fields = dict(_HIDDEN.findall(self.page))
        assert not answer.cookies, answer.cookies
        return self
