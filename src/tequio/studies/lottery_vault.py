"""Sealing the seed until the draw, and the rows that an ally handed over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from tequio.access.vault import key_of
from tequio.instruments.exports import Answer
from tequio.studies.models import Comparison, Lottery


def seal_seed(lottery: Lottery, seed: str) -> bytes:
    """Seal a seed to its lottery."""
    key = key_of(lottery.organisation_id)
    return key.seal(seed.encode(), bound_to=_place(lottery, "seed"))


def open_seed(lottery: Lottery) -> str:
    """Open the seed. Only the draw does so: it is public from then on."""
    key = key_of(lottery.organisation_id)
    return key.open(lottery.sealed_seed, bound_to=_place(lottery, "seed")).decode()


def seal_rows(comparison: Comparison, answers: Sequence[Answer]) -> bytes:
    """Seal what the people of an ally answered."""
    plain = json.dumps(
        [[one.who, one.wave, one.on.isoformat(), one.how, dict(one.answers)] for one in answers],
        ensure_ascii=False,
    )
    key = key_of(comparison.organisation_id)
    return key.seal(plain.encode(), bound_to=_place(comparison, "rows"))


def open_rows(comparison: Comparison) -> list[Answer]:
    """Open the rows; nothing where none came, or the ally took them back."""
    if comparison.sealed_rows is None:
        return []
    key = key_of(comparison.organisation_id)
    plain = key.open(comparison.sealed_rows, bound_to=_place(comparison, "rows"))
    return [
        Answer(who, wave, date.fromisoformat(on), how, answers)
        for who, wave, on, how, answers in json.loads(plain)
    ]


def _place(row: Lottery | Comparison, field: str) -> str:
    return f"{row.organisation_id}|studies.{row.audit_type}|{row.pk}|{field}|1"
