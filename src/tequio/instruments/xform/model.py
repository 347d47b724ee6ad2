"""A form as it was read: what is asked, in which languages, under which conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from xml.etree.ElementTree import Element

Kind = Literal["input", "select1", "select", "rank", "trigger", "upload", "range"]


@dataclass(frozen=True, slots=True)
class Text:
    """What is read: a text of the form's own in several languages, or one that stands inline.

    Pieces are words and, between them, expressions whose value is read (``Piece.expression``).
    """

    itext: str = ""
    pieces: tuple[Piece, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.itext or self.pieces)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, or an expression that gives words."""

    words: str = ""
    expression: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a list that stands in the form."""

    value: str
    text: Text


@dataclass(frozen=True, slots=True)
class ItemSet:
    """Answers that come from a list beside the form, filtered by an expression."""

    nodeset: str
    value: str
    label: str  # a child's name, or the child that holds the text's id where `by_id`
    by_id: bool


@dataclass(frozen=True, slots=True)
class Bind:
    """The rules of one field."""

    path: str
    type: str = "string"
    relevant: str = ""
    required: str = ""
    required_message: Text = Text()
    constraint: str = ""
    constraint_message: Text = Text()
    calculate: str = ""
    readonly: str = ""
    preload: str = ""
    preload_params: str = ""

    @property
    def is_given(self) -> bool:
        """Whether nobody ever answers it: it is read out, or worked out."""
        return self.readonly == "true()" or bool(self.calculate)


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is asked or read out."""

    kind: Kind
    path: str
    label: Text = Text()
    hint: Text = Text()
    appearance: str = ""
    options: tuple[Option, ...] = ()
    itemset: ItemSet | None = None
    # What the control itself says: mediatype of an upload; start, end, step of a range.
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together; a *field-list* is read on one screen."""

    path: str
    label: Text
    appearance: str
    children: tuple[Node, ...]

    @property
    def one_screen(self) -> bool:
        """Whether all of it stands on one screen."""
        return "field-list" in self.appearance.split()


@dataclass(frozen=True, slots=True)
class Repeat:
    """Questions that are asked once for each of several things."""

    path: str
    label: Text
    children: tuple[Node, ...]
    count: str = ""


Node = Question | Group | Repeat


@dataclass(frozen=True, slots=True)
class SetValue:
    """A value that is put in: when its field begins to be there, or when `watched` changes."""

    path: str
    expression: str
    watched: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form. `xml` is what a telephone is given; its hash is in the form's list."""

    id: str
    version: str
    title: str
    languages: tuple[str, ...]
    default_language: str
    body: tuple[Node, ...]
    binds: Mapping[str, Bind]
    first_values: tuple[SetValue, ...]
    on_change: tuple[SetValue, ...]
    # {language: {text id: {form of it ("" is the plain one, "image", "audio", "short" …): pieces}}}
    texts: Mapping[str, Mapping[str, Mapping[str, tuple[Piece, ...]]]]
    template: Element
    lists: Mapping[str, Element]
    # Lists that lie in a file beside the form: {list: name of the file}.
    beside: Mapping[str, str]
    xml: bytes = field(repr=False)

    @property
    def root(self) -> str:
        """The path of the whole answer."""
        return f"/{local(self.template.tag)}"

    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order of the form."""
        return tuple(_questions(self.body))


def _questions(nodes: tuple[Node, ...]) -> list[Question]:
    found: list[Question] = []
    for node in nodes:
        found += [node] if isinstance(node, Question) else _questions(node.children)
    return found


def local(tag: str) -> str:
    """Return a name without its namespace."""
    return tag.rpartition("}")[2]
