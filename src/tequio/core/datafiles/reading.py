"""Reading a data file, with errors that teach: the line, the key, and the nearest right word."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import Final, Generic, TypeVar, Union, get_args, get_origin

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails


class Strict(BaseModel):
    """A part of a data file: what the schema does not name is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


M = TypeVar("M", bound=Strict)
Path_ = tuple[int | str, ...]

_HEADER: Final = re.compile(r"^\s*\[(?P<array>\[)?\s*(?P<name>[A-Za-z0-9_.-]+)\s*\]")
_KEY: Final = re.compile(r"^\s*(?P<key>[A-Za-z0-9_-]+)\s*=")
_INNER: Final = re.compile(r"[{,]\s*(?P<key>[A-Za-z0-9_-]+)\s*=")

_CLASSES: Final = {
    "int_": gettext_lazy("se espera un número entero"),
    "bool_": gettext_lazy("se espera true o false"),
    "string_type": gettext_lazy("se espera un texto entre comillas"),
    "tuple_": gettext_lazy("se espera una lista entre corchetes"),
    "model_": gettext_lazy("se espera { value = …, from = … }"),
    "greater_than": gettext_lazy("se espera un número más grande"),
    "less_than": gettext_lazy("se espera un número más chico"),
    "too_short": gettext_lazy("se esperan más elementos"),
    "string_pattern": gettext_lazy("se esperan minúsculas, números y guiones"),
}


@dataclass(frozen=True, slots=True)
class Read(Generic[M]):
    """What a file says, with the fingerprint of its bytes."""

    content: M
    sha256: str


class BadDataFile(ValueError):
    """A data file does not follow its schema. Says the line, the key and the right word."""


def read_as(path: Path, shape: type[M]) -> Read[M]:
    """Read and check one file."""
    body = path.read_bytes()
    try:
        text = body.decode()
        content = shape.model_validate(tomllib.loads(text))
    except UnicodeDecodeError as error:
        raise BadDataFile(f"{path.name}: {_('No es texto UTF-8.')}") from error
    except tomllib.TOMLDecodeError as error:
        raise BadDataFile(f"{path.name}: {error}") from error
    except ValidationError as error:
        lines = [_sentence(fault, shape, text) for fault in error.errors()]
        raise BadDataFile("\n".join(f"{path.name}: {line}" for line in lines)) from error
    return Read(content, hashlib.sha256(body).hexdigest())


def _sentence(fault: ErrorDetails, shape: type[BaseModel], text: str) -> str:
    """Say one fault: where, what, and what was probably meant."""
    where = tuple(fault["loc"])
    key, line = ".".join(map(str, where)) or "—", line_of(text, where)
    said = _("línea %(line)s, «%(key)s»: %(what)s") % {
        "line": line,
        "key": key,
        "what": _what(fault),
    }
    meant = _meant(fault, shape)
    return f"{said} {meant}".strip()


def _what(fault: ErrorDetails) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        return _("Esta palabra no existe aquí.")
    if kind == "missing":
        return _("Falta, y no se puede dejar fuera.")
    if kind == "literal_error":
        return _("«%(given)s» no es una de las palabras posibles: %(known)s.") % {
            "given": fault["input"],
            "known": context.get("expected", ""),
        }
    wanted = next((words for start, words in _CLASSES.items() if kind.startswith(start)), None)
    if wanted is not None:
        return _("Dice «%(given)s» y %(wanted)s.") % {"given": fault["input"], "wanted": wanted}
    if kind == "value_error":
        return str(context.get("error", ""))
    return str(fault["msg"]) + "."


def _meant(fault: ErrorDetails, shape: type[BaseModel]) -> str:
    where = tuple(fault["loc"])
    if fault["type"] == "extra_forbidden":
        given, known = str(where[-1]), list(_keys_at(shape, where[:-1]))
    elif fault["type"] == "literal_error":
        given = str(fault["input"])
        known = re.findall(r"'([^']+)'", str(fault.get("ctx", {}).get("expected", "")))
    else:
        return ""
    near = get_close_matches(given, known, n=1, cutoff=0.5)
    if near:
        return _("¿Quisiste escribir «%(word)s»?") % {"word": near[0]}
    return _("Aquí se puede escribir: %(words)s.") % {"words": ", ".join(sorted(known))}


def _keys_at(shape: type[BaseModel], where: Path_) -> Iterator[str]:
    """Name the keys that the schema knows in one place of a file."""
    here: type[BaseModel] | None = shape
    for step in where:
        if here is None:
            return
        if isinstance(step, int):
            continue
        field = next((f for n, f in here.model_fields.items() if step in (n, f.alias)), None)
        here = _model_in(field.annotation) if field else None
    if here is not None:
        yield from (field.alias or name for name, field in here.model_fields.items())


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, UnionType, tuple):
        inner = (_model_in(part) for part in get_args(annotation))
        return next((model for model in inner if model is not None), None)
    return None


def line_of(text: str, where: Sequence[int | str]) -> int:
    """Return the line of a key, or of the nearest table that should hold it; counted from 1."""
    best, line = 0, 1
    for number, path in _places(text):
        same = _shared(path, tuple(where))
        if same > best:
            best, line = same, number
    return line


def _shared(path: Path_, where: Path_) -> int:
    """Count how many steps two paths share; a path that goes elsewhere shares nothing."""
    if path != where[: len(path)]:
        return 0
    return len(path)


def _places(text: str) -> Iterator[tuple[int, Path_]]:
    """Walk the lines of a file and say which path each key stands for."""
    table: Path_ = ()
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.match(line)
        if header:
            name = header["name"]
            table = tuple(name.split("."))
            if header["array"]:
                seen[name] = seen.get(name, -1) + 1
                table = (*table, seen[name])
            yield number, table
            continue
        key = _KEY.match(line)
        if key:
            here = (*table, key["key"])
            yield number, here
            rest = line[key.end() :].split('"')
            bare = "".join(rest[::2])
            for inner in _INNER.finditer(bare):
                yield number, (*here, inner["key"])
