"""Journeys in Debian's Chromium, on a phone of 360 pixels and on a desk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.browser.site import *  # noqa: F403
from tests.flushing import flush_past_the_triggers  # noqa: F401

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--disable-component-update",
]
# What the browser says when a page breaks its own policy.
COMPLAINTS = ("Content Security Policy", "Content-Security-Policy", "Refused to")
# Errors of a journey that asks for them: a refusal with its status, a lost connection.
ASKED_FOR = ("Failed to load resource", "htmx:", "Response Status")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("Chromium is not installed (sudo apt install chromium)")
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread; the database is used from it, one step at a time.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


def opened(chromium: Browser, width: int, height: int, *, touch: bool) -> BrowserContext:
    return chromium.new_context(
        viewport={"width": width, "height": height},
        has_touch=touch,
        is_mobile=touch,
        locale="es-MX",
        timezone_id="America/Mexico_City",
        service_workers="block",
    )


@pytest.fixture
def complaints() -> list[str]:
    """What went wrong inside the pages of this test; it has to be empty at the end."""
    return []


def watched(
    context: BrowserContext, request: pytest.FixtureRequest, heard: list[str]
) -> Iterator[Page]:
    """Give a page whose scripts may not fail and whose policy may not be broken."""
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda line: heard.append(line.text) if _complains(line) else None)
    failures = request.session.testsfailed
    yield page
    if heard or request.session.testsfailed > failures:
        folder = ROOT / "test-results"
        folder.mkdir(exist_ok=True)
        page.screenshot(path=folder / f"{request.node.name}.png", full_page=True)
    context.close()
    assert heard == []


def _complains(line: ConsoleMessage) -> bool:
    if any(words in line.text for words in COMPLAINTS):
        return True
    return line.type == "error" and not any(words in line.text for words in ASKED_FOR)


@pytest.fixture
def page(
    chromium: Browser, request: pytest.FixtureRequest, complaints: list[str]
) -> Iterator[Page]:
    """A desk: 1280 × 800, mouse and keyboard."""
    yield from watched(opened(chromium, 1280, 800, touch=False), request, complaints)


@pytest.fixture
def phone(
    chromium: Browser, request: pytest.FixtureRequest, complaints: list[str]
) -> Iterator[Page]:
    """An old phone: 360 × 740, touch."""
    yield from watched(opened(chromium, 360, 740, touch=True), request, complaints)
