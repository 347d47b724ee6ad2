"""Every screen of a link at once, one question each; the page shows one of them.

The browser goes from one to the next by itself, so that a lost signal stops nobody; without
JavaScript the server says which one is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from tequio.core.errors import DomainError
from tequio.instruments.definitions import PREFERS_NOT, Choice, Instrument, Item
from tequio.instruments.rules.answered import clean
from tequio.instruments.rules.asking import is_asked
from tequio.instruments.rules.flags import raised

END: Final = "fin"
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a list; `counts` is what it is worth in a condition."""

    code: str
    label: str
    counts: str


@dataclass(frozen=True, slots=True)
class Screen:
    """One question, or a text that is read."""

    name: str
    kind: str
    text: str
    # What stands small above it: of which time it asks.
    above: str
    hint: str
    options: tuple[Option, ...]
    chosen: tuple[str, ...]
    value: str
    refused: bool
    # When it is asked, for the browser; and whether it is asked now.
    only: str
    asked: bool
    least: str = ""
    most: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One instrument of a link: where its names begin, and what it is."""

    head: str
    whole: Instrument

    def own(self, answers: Mapping[str, str]) -> dict[str, str]:
        """Return its own answers of all."""
        return {
            name.removeprefix(self.head): value
            for name, value in answers.items()
            if name.startswith(self.head)
        }


def parts(instruments: Sequence[Instrument]) -> list[Part]:
    """Return the instruments of a link, each with a beginning of its own for its names."""
    return [Part(f"p{n}_", one) for n, one in enumerate(instruments)]


def read(whole: Sequence[Part], sent: QueryDict) -> dict[str, str]:
    """Return what was sent, by name: what was left open is not there."""
    found = {}
    for part in whole:
        for item in part.whole.questions:
            name = part.head + item.id
            values = [value.strip() for value in sent.getlist(name) if value.strip()]
            # Nobody chooses it together with something else.
            refused = f"no_{name}" in sent or PREFERS_NOT in values
            value = PREFERS_NOT if refused else " ".join(values)
            if value:
                found[name] = value[:_LONGEST]
    return found


def screens(
    whole: Sequence[Part],
    language: str,
    answers: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> list[Screen]:
    """Return every screen, in order."""
    return [
        screen
        for part in whole
        for screen in _of_part(part, language, part.own(answers), errors or {})
    ]


def wrong(whole: Sequence[Part], answers: Mapping[str, str]) -> dict[str, str]:
    """Return what is no answer to its question, in sentences, by name."""
    found = {}
    for part in whole:
        own = part.own(answers)
        for item in part.whole.questions:
            try:
                clean(part.whole, {name: own[name] for name in (item.id,) if name in own})
            except DomainError:
                found[part.head + item.id] = _sentence(item)
    return found


def flags(whole: Sequence[Part]) -> dict[str, list[str]]:
    """Return which answers cannot wait, by name, for the browser."""
    found: dict[str, list[str]] = {}
    for part in whole:
        for flag in part.whole.flags:
            found.setdefault(part.head + flag.item, []).extend(flag.answers)
    return found


def cannot_wait(whole: Sequence[Part], answers: Mapping[str, str]) -> bool:
    """Tell whether one of these answers cannot wait."""
    return any(raised(part.whole, part.own(answers)) for part in whole)


def place(there: Sequence[Screen], at: str) -> str:
    """Return the place where somebody goes on: the one kept, or the first that is asked."""
    asked = [screen.name for screen in there if screen.asked]
    return at if at in asked or at == END else next(iter(asked), END)


def beside(there: Sequence[Screen], at: str, step: int) -> str:
    """Return the screen after this one, or before it."""
    asked = [*(screen.name for screen in there if screen.asked), END]
    here = asked.index(at) if at in asked else 0
    return asked[min(max(here + step, 0), len(asked) - 1)]


def _of_part(
    part: Part, language: str, own: Mapping[str, str], errors: Mapping[str, str]
) -> Iterator[Screen]:
    whole = part.whole
    intro = whole.intro or whole.recall
    above = intro.in_(language) if intro else ""
    for item in whole.items:
        name, value = part.head + item.id, own.get(item.id, "")
        plain = item.kind not in ("one", "many")
        yield Screen(
            name=name,
            kind=item.kind,
            text=item.text.in_(language),
            above=above,
            hint=item.hint.in_(language) if item.hint else "",
            options=tuple(_options(whole, item, language)),
            chosen=tuple(value.split()) if item.kind == "many" else (value,),
            value="" if value == PREFERS_NOT else value,
            refused=plain and value == PREFERS_NOT,
            only=_conditions(part, item),
            asked=is_asked(whole, item, own),
            least="" if item.least is None else str(item.least),
            most="" if item.most is None else str(item.most),
            error=errors.get(name, ""),
        )


def _options(whole: Instrument, item: Item, language: str) -> Iterator[Option]:
    choices: Sequence[Choice] = whole.choices.get(item.choices, ())
    for one in choices:
        counts = "" if one.value is None else str(one.value)
        yield Option(one.code, one.label.in_(language), counts)
    if choices:
        yield Option(PREFERS_NOT, _("Prefiero no decir"), "")


def _conditions(part: Part, item: Item) -> str:
    """Return the same conditions as `rules.asking` reads, for the browser."""
    found = [
        {
            "item": part.head + one.item if one.item else "",
            "notIn": one.not_in,
            "has": one.has,
            "sumOf": [part.head + name for name in one.sum_of],
            "above": one.above,
        }
        for one in item.only_if
    ]
    return json.dumps(found) if found else ""


def _sentence(item: Item) -> str:
    if item.kind == "whole" and item.least is not None and item.most is not None:
        return _("Escribe un número entre %(least)s y %(most)s, o toca «Prefiero no decir».") % {
            "least": item.least,
            "most": item.most,
        }
    if item.kind in ("whole", "decimal"):
        return _("Escribe solo un número, o toca «Prefiero no decir».")
    if item.kind == "date":
        return _("Esa fecha no se entiende. Escríbela otra vez.")
    return _("Elige una de las respuestas.")
