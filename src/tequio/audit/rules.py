"""The Merkle tree over audit rows (RFC 6962 §2.1: leaves and nodes are hashed apart)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

EMPTY_ROOT = hashlib.sha256(b"").hexdigest()


def leaf_hash(row: Mapping[str, object]) -> str:
    """Hash one row in its canonical form: sorted keys, no spaces, UTF-8."""
    body = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(b"\x00" + body.encode()).hexdigest()


def merkle_root(leaves: Sequence[str]) -> str:
    """Return the root of an ordered list of leaf hashes (hexadecimal)."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    left, right = merkle_root(leaves[:split]), merkle_root(leaves[split:])
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def chained_root(leaves: Sequence[str], *, previous_root: str, sealed_at: str) -> str:
    """Return the batch's root bound to the one before it and to its moment.

    So no batch can be taken out of the middle, and none can claim another time.
    """
    text = f"{previous_root}|{sealed_at}|{len(leaves)}|{merkle_root(leaves)}"
    return hashlib.sha256(text.encode()).hexdigest()
