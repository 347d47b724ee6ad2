"""Sealing what a community's rows hold; bound to their row, so that it cannot be moved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tequio.access.vault import key_of
from tequio.core.sealing import Stored

Body = Mapping[str, Any]


def seal(organisation_id: UUID, table: str, row: UUID, body: Body) -> bytes:
    """Encrypt a row's words, so that they can be read in that row only."""
    plain = json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
    return key_of(organisation_id).seal(plain, bound_to=_place(organisation_id, table, row))


def unseal(organisation_id: UUID, table: str, row: UUID, sealed: Stored) -> dict[str, Any]:
    """Return a row's words. The caller has checked that the reader may know."""
    place = _place(organisation_id, table, row)
    body: dict[str, Any] = json.loads(key_of(organisation_id).open(sealed, bound_to=place))
    return body


def _place(organisation_id: UUID, table: str, row: UUID) -> str:
    return f"{organisation_id}|network.{table}|{row}|sealed|1"
