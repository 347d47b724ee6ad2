"""``plan.schema.json``: what an editor needs to help whoever writes a plan."""

from __future__ import annotations

from typing import Final

from evidencia.plans.keys import INTERCURRENT, TABLES, Key

_SHAPES: Final[dict[str, dict[str, object]]] = {
    "text": {"type": "string"},
    "whole": {"type": "integer"},
    "number": {"type": "number"},
    "yes_no": {"type": "boolean"},
    "label": {"type": ["string", "integer"]},
}
_LISTS: Final = {"texts": "text", "numbers": "number", "labels": "label"}


def plan_schema() -> dict[str, object]:
    """Return the JSON schema of a plan; the file beside this one holds the same."""
    tables = {name: _table(keys) for name, keys in TABLES.items()}
    outcome = {**tables["outcome"], "required": ["name"]}
    tables["outcome"] = {"type": "array", "minItems": 1, "items": outcome}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "plan.schema.json",
        "title": "PLAN.toml of an evaluation",
        "description": "Everything omitted has a default, told in evidencia.plans.model.",
        "type": "object",
        "properties": tables,
        "required": ["outcome"],
        "additionalProperties": False,
    }


def _table(keys: dict[str, Key]) -> dict[str, object]:
    properties = {name: _key(key) for name, key in keys.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _key(key: Key) -> dict[str, object]:
    if key.shape == "tables":
        event = {**_table(INTERCURRENT), "required": list(INTERCURRENT)}
        return {"type": "array", "items": event}
    one = dict(_SHAPES[_LISTS.get(key.shape, key.shape)])
    if key.choices:
        one = {"enum": list(key.choices)}
    limits = {"minimum": key.low, "maximum": key.high}
    one |= {name: limit for name, limit in limits.items() if limit is not None}
    if key.shape in _LISTS:
        least = {"minItems": 1} if key.some else {}
        return {"type": "array", **least, "uniqueItems": True, "items": one}
    return one
