from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import include
from django.urls import path as route

import tequio.ui
from tequio.ui import urls, views

UI = Path(tequio.ui.__file__).parent
HANDLERS = [
    (views.bad_request, 400),
    (views.permission_denied, 403),
    (views.page_not_found, 404),
    (views.conflict, 409),
    (views.too_large, 413),
    (views.too_many_requests, 429),
    (views.csrf_failure, 403),
    (views.server_error, 500),
]


@pytest.fixture(autouse=True)
def plain_static_names() -> Iterator[None]:
    """The names with a hash come from a manifest that a test run has not collected."""
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    with override_settings(STORAGES={"staticfiles": {"BACKEND": backend}}):
        yield


@pytest.fixture
def gallery_html() -> Iterator[str]:
    """The gallery as development serves it; other ways to serve do not know its address."""
    own = ModuleType("own_urls")
    own.urlpatterns = [route("", include(urls))]  # type: ignore[attr-defined]
    with override_settings(ROOT_URLCONF=own):
        yield views.gallery(ask("/galeria")).content.decode()


def ask(path: str = "/") -> HttpRequest:
    return RequestFactory().get(path)


@pytest.mark.parametrize(("handler", "status"), HANDLERS)
def test_an_error_page_says_what_happened_and_what_to_do(
    handler: Callable[[HttpRequest], HttpResponse], status: int
) -> None:
    answer = handler(ask())
    html = answer.content.decode()

    assert answer.status_code == status
    assert len(re.findall(r"<p>", html)) >= 2
    assert "Ir al inicio" in html
    assert " style=" not in html


def test_every_404_has_the_same_bytes() -> None:
    one = views.page_not_found(ask("/grupos/1"), Exception("no such group"))
    other = views.page_not_found(ask("/personas/99?q=x"), Exception("not visible"))

    assert one.content == other.content


def test_the_reason_of_a_refused_form_stays_with_us() -> None:
    assert b"CSRF" not in views.csrf_failure(ask(), reason="CSRF cookie not set.").content


def test_a_broken_error_page_still_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_code: int, _template: str = "") -> HttpResponse:
        raise RuntimeError

    monkeypatch.setattr(views, "error_page", broken)

    answer = views.server_error(ask())

    assert answer.status_code == 500
    assert "Algo falló" in answer.content.decode()


def test_the_gallery_draws_every_component(gallery_html: str) -> None:
    components = UI / "templates/ui/components"
    page = (UI / "templates/ui/gallery/page.html").read_text(encoding="utf-8")
    shown = page + "".join(p.read_text(encoding="utf-8") for p in components.glob("*.html"))

    assert " style=" not in gallery_html
    for component in components.glob("*.html"):
        assert f"ui/components/{component.name}" in shown, component.name


def test_the_gallery_has_no_id_twice(gallery_html: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', gallery_html)

    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("path", sorted(UI.rglob("templates/**/*.html")), ids=lambda p: p.name)
def test_no_template_writes_a_style_or_a_script_into_the_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "<style" not in text


@pytest.mark.parametrize("path", sorted(UI.rglob("css/*.css")), ids=lambda p: p.name)
def test_no_sheet_asks_the_network_for_anything(path: Path) -> None:
    assert not re.search(r"(https?:)?//[a-z]", path.read_text(encoding="utf-8"))
