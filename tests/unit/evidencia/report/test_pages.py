from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from tests.factories.evaluations import STUDIES, benefit

from evidencia.report import document, html, pdf


class Reader(HTMLParser):
    """Gathers what a page holds: its tags, its addresses, its ids, its headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("src", "href", "xlink:href", "action", "srcset", "poster"):
                self.addresses.append(value or "")
            if name == "id":
                self.ids.append(value or "")
            if name.startswith("on"):
                self.handlers.append(name)


def page(name: str, language: str = "es") -> str:
    return html(document(STUDIES[name](), language))  # type: ignore[arg-type]


# --- The page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STUDIES)
def test_a_page_is_whole_in_itself(name: str) -> None:
    text = page(name)
    read = Reader(text)
    style = text.split("<style>")[1].split("</style>")[0]

    assert {"script", "link", "iframe", "object", "img", "form"}.isdisjoint(read.tags)
    assert all(address.startswith("#") for address in read.addresses)
    assert read.handlers == []
    assert set(re.findall(r"url\((\w+):", style)) == {"data"}
    assert "@import" not in style
    outside = re.sub(r'xmlns(:\w+)?="[^"]*"', "", text)
    assert not re.search(r"https?://|//[a-z0-9-]+\.[a-z]", re.sub(r"base64,[\w+/=]+", "", outside))


def test_a_page_with_an_address_would_be_noticed() -> None:
    spoilt = page("benefit").replace("</main>", '<img src="https://example.org/x.png"></main>')

    assert "img" in Reader(spoilt).tags
    assert any(a.startswith("https") for a in Reader(spoilt).addresses)


@pytest.mark.parametrize("name", STUDIES)
def test_ids_are_unique_and_headings_never_skip(name: str) -> None:
    text = page(name)
    ids = Reader(text).ids
    levels = [int(tag[1]) for tag in Reader(text).tags if re.fullmatch(r"h[1-6]", tag)]

    assert len(ids) == len(set(ids))
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_a_page_speaks_its_language() -> None:
    assert '<html lang="es-MX">' in page("benefit")
    assert '<html lang="en">' in page("benefit", "en")
    assert "What must not be said" in page("benefit", "en")
    assert "«" not in page("harm", "en")


def test_drawings_have_a_name_and_a_description() -> None:
    text = page("benefit")
    drawings = re.findall(r'<svg [^>]*role="img".*?</svg>', text, re.DOTALL)

    assert len(drawings) == len(document(benefit()).figures)
    assert all(re.search(r"<title [^>]*>[^<]+</title><desc [^>]*>[^<]+", d) for d in drawings)


def test_what_people_typed_is_text_on_the_page_and_on_paper() -> None:
    nasty = "<script>alert(1)</script> #panic() & $x$ [a]"
    base = benefit()
    spoilt = replace(
        base,
        study=replace(base.study, title=nasty, question=nasty),
        outcomes=tuple(replace(o, label=f"{o.label} {nasty}") for o in base.outcomes),
    )
    text = html(document(spoilt))

    assert "script" not in Reader(text).tags
    assert pdf(document(spoilt)).startswith(b"%PDF")


def test_the_same_result_gives_the_same_bytes() -> None:
    made = document(benefit())

    assert html(made) == html(document(benefit()))
    assert pdf(made) == pdf(document(benefit()))


# --- The paper ----------------------------------------------------------------------------------


PAPERS = [*((name, "es", b"/Lang(es-MX)") for name in STUDIES), ("harm", "en", b"/Lang(en-US)")]


@pytest.mark.parametrize(("name", "language", "tag"), PAPERS)
def test_the_paper_is_tagged(name: str, language: str, tag: bytes) -> None:
    made = pdf(document(STUDIES[name](), language))  # type: ignore[arg-type]

    assert made.startswith(b"%PDF")
    assert b"pdfuaid:part" in made
    assert b"/StructTreeRoot" in made
    assert tag in made
