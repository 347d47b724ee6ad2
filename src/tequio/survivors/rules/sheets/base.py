"""What every sheet is: a frozen whole that checks itself when it is made and when it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self
from uuid import UUID

from pydantic import TypeAdapter

from tequio.core.errors import DomainError
from tequio.survivors.words import Choices, codes


class BadSheet(DomainError):
    """What was written contradicts itself; the sentence says where."""


@dataclass(frozen=True, slots=True)
class Body:
    """The common part: a kind, and the way into the seal and out of it."""

    KIND: ClassVar[str] = ""

    def as_body(self) -> dict[str, Any]:
        """Return the sheet as it is sealed."""
        body: dict[str, Any] = _adapter(type(self)).dump_python(self, mode="json")
        return body

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Self:
        """Read a sheet; what a newer version added is ignored."""
        found: Self = _adapter(cls).validate_python(dict(body))
        return found


@dataclass(frozen=True, slots=True)
class Held:
    """A sheet as somebody holds it in hand: which one, which version, and what it says."""

    id: UUID
    version: int
    body: Body


_adapters: dict[type[Body], TypeAdapter[Any]] = {}


def _adapter(kind: type[Body]) -> TypeAdapter[Any]:
    # Making one takes a millisecond, and a case may have a hundred sheets.
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def known(given: Iterable[str], choices: Choices) -> None:
    """Refuse codes that nobody has words for."""
    strange = set(given) - codes(choices)
    if strange:
        raise BadSheet(f"Nobody knows the code {sorted(strange)[0]!r}.")


def need(holds: bool, sentence: object, hint: object = "") -> None:
    """Refuse a sheet with a sentence unless something holds."""
    if not holds:
        raise BadSheet(sentence, hint=hint)
