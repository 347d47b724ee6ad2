"""Sealing and opening rows of the wall. Bound to tenant, table, row, field and version.

A ciphertext that was moved to another row, field, organisation or version does not open, and all
of them are padded to a few sizes (core.sealing).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tequio.core import entropy, keys
from tequio.core.sealing import Key, SealBroken, Stored
from tequio.survivors.models import Case, Draft, ExportRequest, HeldLetter, Record
from tequio.survivors.opened import OpenWall

Body = Mapping[str, Any]
Row = Case | Record | HeldLetter | Draft | ExportRequest
_STEP = 4096


def new_key() -> bytes:
    """Return a fresh key for one case or one letter."""
    return entropy.token_bytes(32, stream="walled")


def key_of(by: OpenWall, row: Case | HeldLetter) -> Key:
    """Open the key of a case or of a held letter."""
    return Key.from_master(by.pair_of(row.epoch_id).open(row.sealed_key), stream="walled")


def seal_key(by: OpenWall, key: bytes) -> bytes:
    """Seal a case's key to the wall's current turn."""
    return keys.seal_to(by.pair_of(by.current).public, key)


def seal_cover(key: Key, case: Case, body: Body) -> None:
    """Put a cover on a case, for its present version."""
    case.cover = key.seal(_bytes(body), bound_to=_place(case.wall_id, case, "cover"))


def open_cover(key: Key, case: Case) -> dict[str, Any]:
    """Return what a case's cover says."""
    return _body(key.open(case.cover, bound_to=_place(case.wall_id, case, "cover")))


def seal_record(key: Key, wall_id: UUID, record: Record, body: Body) -> None:
    """Write a sheet, for its present version."""
    record.sealed = key.seal(_bytes(body), bound_to=_record_place(wall_id, record))


def open_record(key: Key, wall_id: UUID, record: Record) -> dict[str, Any]:
    """Return what a sheet says."""
    return _body(key.open(record.sealed, bound_to=_record_place(wall_id, record)))


def seal_letter(key: Key, letter: HeldLetter, body: Body) -> None:
    """Write what a held letter says and what was done about it."""
    letter.sealed = key.seal(_bytes(body), bound_to=_place(letter.wall_id, letter, "letter"))


def open_letter(key: Key, letter: HeldLetter) -> dict[str, Any]:
    """Return what a held letter says."""
    return _body(key.open(letter.sealed, bound_to=_place(letter.wall_id, letter, "letter")))


def seal_to_wall(public: Stored, row: Draft | ExportRequest, body: Body) -> bytes:
    """Seal for the wall as a whole; the place stands inside, as a sealed box has no other."""
    return keys.seal_to(public, _padded({"place": _place(row.wall_id, row, "whole"), **body}))


def open_of_wall(by: OpenWall, row: Draft | ExportRequest) -> dict[str, Any]:
    """Return what was sealed for the wall, unless it was sealed for another row."""
    body = _body(by.pair_of(row.epoch_id).open(row.sealed))
    if body.pop("place", "") != _place(row.wall_id, row, "whole"):
        raise SealBroken("A sealed row does not belong where it was found.")
    return body


def _record_place(wall_id: UUID, record: Record) -> str:
    # The case stands in the place too: a sheet cannot move to another woman's case.
    return f"{_place(wall_id, record, 'sheet')}|{record.case_id}"


def _place(wall_id: UUID, row: Row, field: str) -> str:
    version = getattr(row, "version", 1)
    return f"{wall_id}|{row._meta.db_table}|{row.pk}|{field}|{version}"


def _padded(body: Body) -> bytes:
    # Spaces after JSON mean nothing; sizes would.
    plain = _bytes(body)
    return plain.ljust(-(-len(plain) // _STEP) * _STEP)


def _bytes(body: Body) -> bytes:
    return json.dumps(body, ensure_ascii=False, sort_keys=True).encode()


def _body(plain: bytes) -> dict[str, Any]:
    # What was sealed to the same key for another purpose opens, and is not a body.
    try:
        found = json.loads(plain)
    except ValueError as error:
        raise SealBroken("A sealed row is not what was sealed there.") from error
    if not isinstance(found, dict):
        raise SealBroken("A sealed row is not what was sealed there.")
    return found
