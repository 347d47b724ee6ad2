"""From a Vega-Lite dictionary to an SVG that may stand in a page and on paper."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Final

import vl_convert

from evidencia.report.figures.theme import Spec, config

FONTS: Final = Path(__file__).parent.parent / "fonts"
_WIDE: Final = 420
_OPENING: Final = re.compile(r"<svg\b([^>]*)>")
_SIZE: Final = re.compile(r'viewBox="[^"]*?([\d.]+) ([\d.]+)"')
_ID: Final = re.compile(r'\bid="([^"]+)"')
_ROLES: Final = re.compile(r' (?:role|aria-roledescription|aria-label|aria-hidden|class)="[^"]*"')


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))


def svg(spec: Spec) -> str:
    """Return the drawing of `spec`, named by the title and description in its ``usermeta``.

    Nothing is fetched: a specification with an address in it is refused by the engine. The same
    specification gives the same bytes.
    """
    return _drawn(json.dumps(spec, sort_keys=True, ensure_ascii=False))


@lru_cache(maxsize=128)
def _drawn(text: str) -> str:
    _register_fonts()
    raw = vl_convert.vegalite_to_svg(
        text, config=config(), format_locale="es-MX", allowed_base_urls=[]
    )
    key = "f" + hashlib.sha256(text.encode()).hexdigest()[:10]
    return _named(raw, key, json.loads(text).get("usermeta", {}))


def _named(raw: str, key: str, words: dict[str, str]) -> str:
    """Name the whole drawing as one image; the roles of its single marks go.

    The engine counts ids through the life of the process; ours start anew with `key`.
    """
    opening = _OPENING.search(raw)
    size = _SIZE.search(opening.group(1)) if opening else None
    if opening is None or size is None:
        raise ValueError("The drawing engine gave no svg element with a viewBox.")
    inner = _ROLES.sub("", raw[opening.end() :])
    for number, old in enumerate(dict.fromkeys(_ID.findall(inner))):
        new = f"{key}-{number}"
        inner = inner.replace(f'id="{old}"', f'id="{new}"').replace(f"url(#{old})", f"url(#{new})")
    wide, high = size.groups()
    # Wider than a telephone: it scrolls rather than shrink until nobody can read it.
    least = f' style="min-width:{0.85 * float(wide):.0f}px"' if float(wide) > _WIDE else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" '
        f'height="{high}"{least} role="img" aria-labelledby="{key}-title {key}-desc">'
        f'<title id="{key}-title">{escape(words.get("title", ""))}</title>'
        f'<desc id="{key}-desc">{escape(words.get("description", ""))}</desc>{inner}'
    )
