"""What a report is made of, as data: the page and the paper show the same blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evidencia.words import Language

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers stand to the right."""

    label: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose counts have passed disclosure control.

    Attributes
    ----------
    caption
        Says what it holds, for whoever cannot see it.
    columns, rows
        Text, in the language of the report.
    note
        Under the table; empty for none.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    kind: str = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing.

    Attributes
    ----------
    name
        Unique in the document: small letters, digits and dashes.
    title
        Above the drawing.
    description
        What the drawing shows, for whoever cannot see it.
    spec
        Vega-Lite.
    note
        Under the drawing.
    """

    name: str
    title: str
    description: str
    spec: Spec
    note: str = ""
    kind: str = field(default="figure", init=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    kind: str = field(default="text", init=False)


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[str, ...]
    kind: str = field(default="items", init=False)


@dataclass(frozen=True, slots=True)
class Terms:
    """Names with their explanations."""

    terms: tuple[tuple[str, str], ...]
    kind: str = field(default="terms", init=False)


@dataclass(frozen=True, slots=True)
class Card:
    """A finding, ready to be read aloud.

    Attributes
    ----------
    verdict, verdict_word
        Slug, and the word of its badge.
    tone
        ``"maybe"`` where the badge says less than the verdict, else ``"firm"``.
    strength, strength_word
        From 0 to 4, and its name.
    headline
        One sentence.
    mandatory
        Always read together with the headline.
    said, must_not, because, needed
        The rest, in order.
    primary
        Whether it answers the question of the study.
    why
        Heading of `because`.
    """

    verdict: str
    verdict_word: str
    tone: str
    strength: int
    strength_word: str
    headline: str
    mandatory: tuple[str, ...]
    said: tuple[str, ...]
    must_not: tuple[str, ...]
    because: tuple[str, ...]
    needed: tuple[str, ...]
    primary: bool
    why: str
    kind: str = field(default="card", init=False)

    @property
    def graded(self) -> bool:
        """Whether it is a finding about an effect or a change, and so has a strength."""
        return self.verdict not in ("descriptive", "refused")


Block = Table | Figure | Text | Items | Terms | Card


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it."""

    slug: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report.

    Attributes
    ----------
    title, question, about
        Of the study; `about` is its design in one line.
    front
        The first page, for a director: cards.
    sections
        The rest, in order.
    words
        Small words of the page itself, by name.
    """

    language: Language
    title: str
    question: str
    about: str
    front: tuple[Card, ...]
    sections: tuple[Section, ...]
    words: dict[str, str]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All the drawings, in order."""
        found = (b for section in self.sections for b in section.blocks)
        return tuple(block for block in found if isinstance(block, Figure))
