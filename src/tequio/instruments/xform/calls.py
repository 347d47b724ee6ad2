"""What an expression may ask around it, and the arguments of one call in it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

from elementpath import XPath1Parser
from elementpath.xpath_nodes import XPathNode

from tequio.instruments.xform.values import each, number, words


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an expression may ask besides the answer itself."""

    now: datetime  # in the site's zone
    lists: Mapping[str, Element] = field(default_factory=dict)
    # What a choice is called: the path of its question and a value, to words.
    choice_name: Callable[[str, str], str] = lambda _path, value: value
    # A table beside the form: table, column, key column, key, to a value.
    pulldata: Callable[[str, str, str, str], str] = lambda *_args: ""
    random: Callable[[], float] = lambda: 0.5
    new_id: Callable[[], str] = lambda: ""
    # What keeps a shuffled list in one order for as long as somebody answers.
    seed: str = ""
    # Lists made ready for questions, each once.
    trees: dict[str, XPathNode] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Around:
    """Where an evaluation stands: its surroundings, the field it belongs to, and the others."""

    ours: Surroundings
    node: XPathNode | None
    field: Callable[[str], list[Any]]


around: ContextVar[Around] = ContextVar("around")


class FormParser(XPath1Parser):
    """XPath 1 with the functions of forms; a function may begin a path, as instance() does."""

    PATH_STEP_LABELS = (*XPath1Parser.PATH_STEP_LABELS, "function")


class Call:
    """The arguments of one call, evaluated when they are asked for."""

    __slots__ = ("_context", "_token")

    def __init__(self, token: Any, context: Any) -> None:
        self._token, self._context = token, context

    def __len__(self) -> int:
        return len(self._token)

    def value(self, n: int = 0) -> Any:
        """Return an argument's value; a context is not shared, since evaluating moves it."""
        return self._token[n].evaluate(copy(self._context))

    def words(self, n: int = 0) -> str:
        """Return an argument as words; nothing where there is no such argument."""
        return words(self.value(n)) if n < len(self) else ""

    def number(self, n: int = 0) -> float:
        """Return an argument as a number."""
        return number(self.value(n))

    def all(self) -> list[Any]:
        """Return the values of all arguments, node lists opened up."""
        return [one for n in range(len(self)) for one in each(self.value(n))]

    def numbers(self) -> list[float]:
        """Return the numbers among all values; what is empty or no number is left out."""
        found = [number(one) for one in self.all()]
        return [one for one in found if not math.isnan(one)]


def ours() -> Surroundings:
    """Return the surroundings of the evaluation that goes on."""
    return around.get().ours
