"""Spanish says «su», English has to choose: what both sides of the wall say chooses nobody.

On her pages «Lo que dijo» was «What he said», and on his «Canalizar» was «Refer her».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tequio.config.checks import catalogue
from tequio.config.checks.texts import path_of
from tequio.config.environment import ROOT

HERS: Final = frozenset({"survivors"})
HIS: Final = frozenset(
    {"care", "circles", "desk", "outreach", "people", "programmes", "reports", "instruments"}
)
ROOM: Final = re.compile(r"src/tequio/(\w+)/")
SOMEBODY: Final = re.compile(r"\b(he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
NAMED: Final = re.compile(r"\b(ell[ao]s?|él|hombres?|mujer(es)?|(ex)?parejas?)\b", re.IGNORECASE)


def _shared(text: str, messages: list[catalogue.Message]) -> Iterator[tuple[str, str]]:
    """Yield Spanish and English of what both sides say."""
    blocks = [block for block in text.split("\n\n") if "\nmsgid " in f"\n{block}"]
    for block, message in zip(blocks, messages, strict=True):
        references = [line for line in block.splitlines() if line.startswith("#: ")]
        rooms = set(ROOM.findall(" ".join(references)))
        if rooms & HERS and rooms & HIS:
            yield message.key[1], " ".join(message.answers)


def _chosen(pairs: Iterator[tuple[str, str]]) -> list[str]:
    return [en for es, en in pairs if SOMEBODY.search(en) and not NAMED.search(es)]


def test_what_both_sides_say_is_of_neither_in_english() -> None:
    path = path_of(ROOT, "en")
    text = path.read_text(encoding="utf-8")

    assert _chosen(_shared(text, catalogue.read(path))) == []


def test_a_text_that_chooses_is_found() -> None:
    places = "#: src/tequio/care/a.py src/tequio/survivors/b.py"
    both = f'{places}\nmsgid "Canalizar"\nmsgstr "Refer her"'
    named = both.replace("Canalizar", "Canalizarla a ella")
    told = catalogue.Message({"msgid": "Canalizar", "msgstr": "Refer her"})
    hers = catalogue.Message({"msgid": "Canalizarla a ella", "msgstr": "Refer her"})

    assert _chosen(_shared(both, [told])) == ["Refer her"]
    assert _chosen(_shared(named, [hers])) == []
