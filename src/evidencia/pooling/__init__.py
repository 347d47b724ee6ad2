"""Organisations together without moving a row: signed sums, and the model of the sums."""

from __future__ import annotations

from evidencia.pooling.design import PooledDesign
from evidencia.pooling.packet import (
    SCHEMA_VERSION,
    Cell,
    Loss,
    Packet,
    make_packet,
    read_packet,
    sign_packet,
)
from evidencia.pooling.pooled import pooled_mmrm
from evidencia.pooling.pooled_mixed import pooled_lmm
from evidencia.pooling.rule import Ruled, apply_rule
from evidencia.pooling.signature import HmacSigner, HmacVerifier, Signer, Verifier
from evidencia.pooling.together import Own, Together, together

__all__ = [
    "SCHEMA_VERSION",
    "Cell",
    "HmacSigner",
    "HmacVerifier",
    "Loss",
    "Own",
    "Packet",
    "PooledDesign",
    "Ruled",
    "Signer",
    "Together",
    "Verifier",
    "apply_rule",
    "make_packet",
    "pooled_lmm",
    "pooled_mmrm",
    "read_packet",
    "sign_packet",
    "together",
]
