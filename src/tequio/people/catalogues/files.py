"""Reading a catalogue: TOML with a schema, and errors that name file and field."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, ValidationError


class Strict(BaseModel):
    """A part of a data file: what the schema does not name is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Text(Strict):
    """The same sentence in both languages."""

    es: str
    en: str

    def now(self) -> str:
        """Return it in the reader's language."""
        return self.en if (get_language() or "").startswith("en") else self.es


T = TypeVar("T", bound=Strict)


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A file's content and its fingerprint."""

    content: T
    sha256: str


class BadCatalogue(ValueError):
    """A catalogue does not follow its schema; the message names file and field."""


def read(path: Path, shape: type[T]) -> Read[T]:
    """Read and check one file.

    Raises
    ------
    BadCatalogue
        Naming the file and the field, so that whoever edits it finds the line.
    """
    body = path.read_bytes()
    try:
        content = shape.model_validate(tomllib.loads(body.decode()))
    except (ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadCatalogue(f"{path.name}: {error}") from error
    return Read(content, hashlib.sha256(body).hexdigest())
