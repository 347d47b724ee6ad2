"""``result.json``: the document that ``result.schema.json`` (beside this file) describes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from math import isfinite

from evidencia.estimate import Effect, Estimate
from evidencia.results.whole import Result
from evidencia.words import Note


def as_document(result: Result) -> dict[str, object]:
    """Return the result as plain dictionaries and lists, in the shape of the schema.

    An infinite confidence limit is written as null: JSON has no infinity.
    """
    document = _plain(result)
    if not isinstance(document, dict):  # pragma: no cover - a dataclass is always a dictionary
        raise TypeError("A result is a dataclass.")
    first = ("schema_version", "plan_sha256", "data_sha256")
    return {name: document[name] for name in (*first, *(k for k in document if k not in first))}


def as_json(result: Result) -> str:
    """Return ``result.json``: UTF-8 text, indented, keys in the schema's order, no NaN."""
    return json.dumps(as_document(result), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, Note):
        return _note(value)
    if isinstance(value, Estimate):
        return _estimate(value)
    if isinstance(value, Effect):
        return _effect(value)
    if isinstance(value, Result):
        return {**_fields(value), "versions": dict(value.versions)}
    if is_dataclass(value):
        return _fields(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value


def _fields(value: object) -> dict[str, object]:
    if not is_dataclass(value):
        raise TypeError("Only dataclasses have fields.")
    return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}


def _note(note: Note) -> dict[str, object]:
    values: Mapping[str, object] = dict(note.values)
    return {
        "code": note.code,
        "values": {name: _plain(value) for name, value in values.items()},
        "es": note.text("es"),
        "en": note.text("en"),
    }


def _effect(effect: Effect) -> dict[str, object]:
    plain = _fields(effect)
    plain["warnings"] = plain.pop("notes")
    return plain


def _estimate(row: Estimate) -> dict[str, object]:
    effect = _effect(row.effect)
    warnings = effect.pop("warnings")
    names = ("outcome", "informant", "method", "contrast", "wave")
    return {
        **{name: getattr(row, name) for name in names},
        **effect,
        "role": row.role,
        "warnings": warnings,
    }
