"""From a Vega-Lite dictionary to an SVG that may stand inside a page under a strict policy.

The first drawing takes about a second, because the engine starts (apart, see ``tequio.ui.apart``);
those soon after take 0.05 s, and repeated ones come from the cache of the process.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from tequio.ui import apart
from tequio.ui.charts import theme

FONTS = Path(__file__).parent.parent / "fonts"
_OPENING = re.compile(r"<svg\b([^>]*)>")
_SIZE = re.compile(r'viewBox="([^"]+)"')
_ID = re.compile(r'\bid="([^"]+)"')
_ROLES = re.compile(r' (?:role|aria-roledescription|aria-label|aria-hidden|class)="[^"]*"')


def svg(spec: dict[str, Any]) -> str:
    """The drawing of ``spec``, named by the title and description in its ``usermeta``."""
    return _drawn(json.dumps(spec, sort_keys=True, ensure_ascii=False))


@lru_cache(maxsize=256)
def _drawn(text: str) -> str:
    raw = apart.do("draw", spec=text, config=theme.config(), fonts=str(FONTS)).decode()
    spec = json.loads(text)
    key = hashlib.sha256(text.encode()).hexdigest()[:10]
    return make_safe(raw, key, spec.get("usermeta", {}))


def make_safe(raw: str, key: str, words: dict[str, str]) -> str:
    """Strip what a page does not need, name what a reader needs, keep ids apart.

    Roles of the single marks go: the whole drawing is one image with a name, and the table beside
    it holds the values. ``xlink`` and ``class`` go with them.
    """
    opening = _OPENING.search(raw)
    size = _SIZE.search(opening.group(1)) if opening else None
    if opening is None or size is None:
        raise ValueError("The drawing engine gave no svg element with a viewBox.")
    inner = _ROLES.sub("", raw[opening.end() :])
    inner = _ids_apart(inner, key)
    if " style=" in inner or "<style" in inner:
        raise ValueError("The drawing holds a style, which the page's policy would refuse.")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size.group(1)}" role="img" '
        f'aria-labelledby="{key}-title {key}-desc"><title id="{key}-title">'
        f"{escape(words.get('title', ''))}</title>"
        f'<desc id="{key}-desc">{escape(words.get("description", ""))}</desc>{inner}'
    )


def _ids_apart(inner: str, key: str) -> str:
    """The engine counts its ids through the life of the process; ours start anew, so that the
    same data give the same bytes and two drawings on a page share none.
    """
    for number, old in enumerate(dict.fromkeys(_ID.findall(inner))):
        new = f"{key}-{number}"
        inner = inner.replace(f'id="{old}"', f'id="{new}"').replace(f"url(#{old})", f"url(#{new})")
    return inner
