"""The browser fixtures keep their promises: a script that fails or is refused is a failed test."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGE = b"<!doctype html><html lang=es><title>x</title><h1>Hola</h1><script>1</script></html>"


class Strict(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'none'")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_words: object) -> None:
        """Stay quiet."""


@pytest.fixture
def strict_site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Strict)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_phone_is_360_pixels_wide_and_is_touched(phone: Page) -> None:
    phone.set_content("<meta name=viewport content='width=device-width'><h1>Hola</h1>")
    assert phone.evaluate("[innerWidth, navigator.maxTouchPoints > 0]") == [360, True]


def test_a_page_that_breaks_its_policy_is_heard(
    page: Page, strict_site: str, complaints: list[str]
) -> None:
    page.goto(strict_site)
    assert page.inner_text("h1") == "Hola"
    assert "Content Security Policy" in complaints[0]
    complaints.clear()


def test_a_script_that_fails_is_heard(page: Page, complaints: list[str]) -> None:
    page.set_content("<script>missing()</script>")
    assert "missing" in complaints[0]
    complaints.clear()
