"""The marks with which forms set words off (ODK: a little Markdown and a few tags), taken off.

They are read as words here, on paper and in lists: nobody should read asterisks or tags aloud.
"""

from __future__ import annotations

import re
from typing import Final

_TAG: Final = re.compile(
    r"</?(?:span|font|div|p|b|i|u|em|strong|small|big|center|sub|sup|h[1-6])(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BREAK: Final = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_LINK: Final = re.compile(r"\[([^\[\]]+)\]\((\S+?)\)")
_HEADING: Final = re.compile(r"^[ \t]*#{1,6}[ \t]+", re.MULTILINE)
# Only what stands at the edges of words: 5*3 and un_nombre_asi stay as they are.
_SET_OFF: Final = tuple(
    re.compile(rf"(?<![\w{sign}\\]){run}(?=[^\s{sign}])(.+?)(?<=[^\s{sign}\\]){run}(?![\w{sign}])")
    for run, sign in ((r"\*\*\*", "*"), (r"\*\*", "*"), ("__", "_"), (r"\*", "*"), ("_", "_"))
)
_ESCAPED: Final = re.compile(r"\\([*_#\\])")
_ANY: Final = re.compile(r"[*_#<\[\\]")


def plain(text: str) -> str:
    """Return a text without its marks; a link keeps its address in brackets."""
    if not _ANY.search(text):
        return text
    text = _TAG.sub("", _BREAK.sub("\n", text))
    text = _HEADING.sub("", _LINK.sub(r"\1 (\2)", text))
    for mark in _SET_OFF:
        text = mark.sub(r"\1", text)
    return _ESCAPED.sub(r"\1", text)
