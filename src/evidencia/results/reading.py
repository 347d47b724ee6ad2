"""``result.json`` back into a :class:`Result`: a report can be made again from what is kept.

The shape of every part is its dataclass; nothing is listed twice. What JSON cannot say is put back:
an interval without a limit was written as null.
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from math import inf
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from evidencia.estimate import Effect, Estimate
from evidencia.results.whole import SCHEMA_VERSION, Result
from evidencia.words import Note

T = TypeVar("T")


def read_result(text: str) -> Result:
    """Read what :func:`evidencia.results.as_json` wrote.

    Raises
    ------
    ValueError
        If it is not a result, or one of another version.
    """
    try:
        document = json.loads(text)
        if document["schema_version"] != SCHEMA_VERSION:
            raise ValueError(f"This result is of version {document['schema_version']}.")
        return _result(document)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"This is not a result: {error!r}.") from error


def _result(document: Mapping[str, Any]) -> Result:
    made: Result = _dataclass(
        Result, {**document, "versions": [list(pair) for pair in document["versions"].items()]}
    )
    return made


def _note(value: Mapping[str, Any]) -> Note:
    values = value.get("values", {})
    return Note(value["code"], tuple((str(name), one) for name, one in values.items()))


def _effect(value: Mapping[str, Any]) -> Effect:
    made: Effect = _dataclass(Effect, _with_limits(value))
    return made


def _estimate(value: Mapping[str, Any]) -> Estimate:
    names = ("outcome", "informant", "method", "contrast", "wave", "role")
    return Estimate(**{name: value[name] for name in names}, effect=_effect(value))


def _with_limits(value: Mapping[str, Any]) -> dict[str, Any]:
    low, high = value["ci_low"], value["ci_high"]
    limits = {"ci_low": -inf if low is None else low, "ci_high": inf if high is None else high}
    return {**value, **limits, "notes": value.get("warnings", [])}


def _dataclass(kind: Any, value: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    given = {f.name for f in fields(kind)} & value.keys()
    return kind(**{name: _read(hints[name], value[name]) for name in given})


def _read(hint: Any, value: Any) -> Any:
    if hint is Note:
        return _note(value)
    if hint is Effect:
        return _effect(value)
    if hint is Estimate:
        return _estimate(value)
    if is_dataclass(hint):
        return _dataclass(hint, value)
    origin, parts = get_origin(hint), get_args(hint)
    if origin is tuple:
        inner = parts if parts[-1] is not Ellipsis else (parts[0],) * len(value)
        return tuple(_read(one, item) for one, item in zip(inner, value, strict=True))
    if origin in (Union, types.UnionType) and value is not None:
        there = [part for part in parts if part is not type(None)]
        return _read(there[0], value) if len(there) == 1 else value
    return float(value) if hint is float else value


@cache
def _hints(kind: type[T]) -> dict[str, Any]:
    return get_type_hints(kind)
