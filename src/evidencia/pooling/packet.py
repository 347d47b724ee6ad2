"""The packet: sums of squares and products per arm and pattern, signed, and nothing else.

What leaves an organisation has no row and no identifier: for each cell (see the rule) the number
of people and the cross-products of (1, baseline, covariates, answers). The fit of the summed
packets is the fit of the rows. Sums of few people still say something of each, which is why the
rule comes first; and two packets of nearly the same people tell of the difference, so an
organisation sends one packet per design and keeps it.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from numpy.typing import ArrayLike

from evidencia.mixed.inputs import Labels, arm_labels, columns, table
from evidencia.mixed.products import Products, cross_products
from evidencia.pooling.design import PooledDesign, canonical
from evidencia.pooling.rule import Ruled, apply_rule
from evidencia.pooling.signature import Signer, Verifier
from evidencia.words import Note, Refusal

Floats = npt.NDArray[np.float64]
SCHEMA_VERSION: Final = "1"
CONTEXT: Final = b"evidencia packet 1\n"
"""Signed before the packet, so that the signature can serve for nothing else."""


@dataclass(frozen=True, slots=True)
class Cell:
    """People of one arm who answered at the same waves.

    Attributes
    ----------
    products
        Products of one pattern; z is (1, baseline, covariates), y is the outcome minus the
        design's centre.
    """

    arm: str
    products: Products

    @property
    def n(self) -> int:
        """Return how many people there are."""
        return int(self.products.n[0])


@dataclass(frozen=True, slots=True)
class Loss:
    """What the disclosure rule took away, in people and in answers."""

    people_given: int
    people_merged: int
    people_dropped: int
    people_without_covariate: int
    answers_given: int
    answers_lost: int

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return the sentence that must stand beside every figure of the packet."""
        if not (self.people_merged or self.people_dropped):
            return ()
        return (
            Note.of(
                "pooling.loss",
                merged=self.people_merged,
                dropped=self.people_dropped,
                lost=self.answers_lost,
                given=self.answers_given,
            ),
        )


@dataclass(frozen=True, slots=True)
class Packet:
    """What one organisation contributes to one design."""

    design: PooledDesign
    organisation: str
    cells: tuple[Cell, ...]
    loss: Loss

    @property
    def n_units(self) -> int:
        """Return how many people stand behind the sums."""
        return sum(cell.n for cell in self.cells)

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return what must be read beside the packet's figures."""
        return self.loss.notes

    def as_mapping(self) -> dict[str, Any]:
        """Return the packet as plain values, as the schema has them."""
        return {
            "schema_version": SCHEMA_VERSION,
            "design": asdict(self.design),
            "design_sha256": self.design.sha256,
            "organisation": self.organisation,
            "cells": [_cell_as_mapping(cell) for cell in self.cells],
            "loss": asdict(self.loss),
        }


def make_packet(
    design: PooledDesign,
    organisation: str,
    outcome: ArrayLike,
    arm: Labels | None = None,
    *,
    baseline: ArrayLike | None = None,
    covariates: ArrayLike | None = None,
) -> Packet:
    """Apply the rule to one organisation's rows and sum what is left.

    Parameters
    ----------
    outcome
        Shape (n, T), the design's waves in order; NaN where missing.
    arm
        Shape (n,), labels among the design's arms; None where it has one arm.
    baseline, covariates
        Shapes (n,) and (n, k), as the design says. People without one are left out.

    Raises
    ------
    Refusal
        If no cell may be shown.
    ValueError
        If the data do not have the design's shape.
    """
    y = table(outcome) - design.centre
    n = len(y)
    if y.shape[1] != len(design.waves):
        raise ValueError(f"outcome has {y.shape[1]} columns for {len(design.waves)} waves.")
    if arm is None and len(design.arms) > 1:
        raise ValueError("arm is needed: the design has more than one.")
    labels = np.full(n, design.arms[0]) if arm is None else arm_labels(arm, n)
    unknown = sorted(set(map(str, np.unique(labels))) - set(design.arms))
    if unknown:
        raise ValueError(f"The design has no arm {', '.join(unknown)}.")
    if (baseline is not None) != design.baseline:
        raise ValueError("baseline is given where, and only where, the design has one.")
    start = columns(baseline, n, "baseline") - design.centre
    extra = np.hstack((start, columns(covariates, n)))
    if 1 + extra.shape[1] != design.n_columns:
        raise ValueError(f"covariates holds the {len(design.covariates)} columns of the design.")
    known = np.isnan(extra).sum(axis=1) == 0
    silent = int((~known & (~np.isnan(y)).any(axis=1)).sum())
    y, labels, extra = y[known], labels[known], extra[known]
    ruled = apply_rule(y, labels, design.threshold, extra)
    cells = _cells(ruled.outcome, labels, extra, design.arms)
    if not cells:
        raise Refusal(
            Note.of("pooling.nothing_shown", n=ruled.people_given, threshold=design.threshold)
        )
    return Packet(design, organisation, cells, _loss(ruled, silent))


def _loss(ruled: Ruled, silent: int) -> Loss:
    return Loss(
        ruled.people_given,
        ruled.people_merged,
        ruled.people_dropped,
        silent,
        ruled.answers_given,
        ruled.answers_lost,
    )


def _cells(
    y: Floats, labels: npt.NDArray[np.str_], extra: Floats, arms: tuple[str, ...]
) -> tuple[Cell, ...]:
    cells = []
    for name in arms:
        mine = (labels == name) & (~np.isnan(y)).any(axis=1)
        if not mine.any():
            continue
        all_of_them = cross_products(y[mine], np.hstack((np.ones((mine.sum(), 1)), extra[mine])))
        for i in range(len(all_of_them.n)):
            one = slice(i, i + 1)
            cells.append(
                Cell(
                    name,
                    Products(
                        all_of_them.observed[one],
                        all_of_them.n[one],
                        all_of_them.zz[one],
                        all_of_them.zy[one],
                        all_of_them.yy[one],
                    ),
                )
            )
    return tuple(cells)


def _cell_as_mapping(cell: Cell) -> dict[str, Any]:
    one = cell.products
    seen = one.observed[0]
    return {
        "arm": cell.arm,
        "answered": [int(t) for t in np.flatnonzero(seen)],
        "n": cell.n,
        "zz": one.zz[0].tolist(),
        "zy": one.zy[0][:, seen].tolist(),
        "yy": one.yy[0][np.ix_(seen, seen)].tolist(),
    }


def sign_packet(packet: Packet, signer: Signer) -> str:
    """Return the packet as JSON text with its signature."""
    body = packet.as_mapping()
    signature = signer.sign(CONTEXT + canonical(body))
    envelope = {
        "packet": body,
        "signature": {
            "algorithm": signer.algorithm,
            "key_id": signer.key_id,
            "value": base64.b64encode(signature).decode(),
        },
    }
    return json.dumps(envelope, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False)


def read_packet(text: str, verifier: Verifier) -> Packet:
    """Return the packet of a signed text, after checking the signature and then the contents.

    Raises
    ------
    Refusal
        If the text is no packet, the signature is not that of a known key, the version is
        another, or the sums cannot be sums of people's answers.
    """
    try:
        envelope = json.loads(text)
        body, seal = envelope["packet"], envelope["signature"]
        signature = base64.b64decode(seal["value"], validate=True)
        signed = CONTEXT + canonical(body)
        algorithm, key_id = str(seal["algorithm"]), str(seal["key_id"])
    except (ValueError, KeyError, TypeError, binascii.Error, RecursionError):
        raise Refusal(Note.of("pooling.not_a_packet")) from None
    if not verifier.verify(algorithm, key_id, signed, signature):
        raise Refusal(Note.of("pooling.tampered", key=key_id))
    version = body.get("schema_version") if isinstance(body, dict) else None
    if version != SCHEMA_VERSION:
        raise Refusal(Note.of("pooling.version", found=str(version), known=SCHEMA_VERSION))
    try:
        packet = _from_mapping(body)
    except (ValueError, KeyError, TypeError, IndexError, OverflowError):
        raise Refusal(Note.of("pooling.not_a_packet")) from None
    if body["design_sha256"] != packet.design.sha256 or not all(map(_plausible, packet.cells)):
        raise Refusal(Note.of("pooling.not_plausible", organisation=packet.organisation))
    if any(cell.n < packet.design.threshold for cell in packet.cells):
        raise Refusal(Note.of("pooling.below_threshold", organisation=packet.organisation))
    return packet


def _from_mapping(body: Mapping[str, Any]) -> Packet:
    design = PooledDesign.from_mapping(body["design"])
    cells = tuple(_cell_from(cell, design) for cell in body["cells"])
    if len({(cell.arm, cell.products.observed.tobytes()) for cell in cells}) != len(cells):
        raise ValueError("A cell stands twice.")
    loss = Loss(**{name: int(value) for name, value in body["loss"].items()})
    return Packet(design, str(body["organisation"]), cells, loss)


def _cell_from(given: Mapping[str, Any], design: PooledDesign) -> Cell:
    if given["arm"] not in design.arms or not isinstance(given["n"], int):
        raise ValueError("A cell has an arm of the design and a whole number of people.")
    waves, k = len(design.waves), design.n_columns
    at = np.array(given["answered"], dtype=np.int64)
    if at.size == 0 or (np.diff(at) <= 0).any() or at[0] < 0 or at[-1] >= waves:
        raise ValueError("A cell names its waves in order.")
    seen = np.zeros(waves, dtype=np.bool_)
    seen[at] = True
    zz = np.array(given["zz"], dtype=np.float64).reshape(1, k, k)
    zy, yy = np.zeros((1, k, waves)), np.zeros((1, waves, waves))
    zy[0][:, at] = np.array(given["zy"], dtype=np.float64).reshape(k, at.size)
    yy[0][np.ix_(at, at)] = np.array(given["yy"], dtype=np.float64).reshape(at.size, at.size)
    n = np.array([given["n"]], dtype=np.int64)
    return Cell(str(given["arm"]), Products(seen[None], n, zz, zy, yy))


def _plausible(cell: Cell) -> bool:
    """Return whether the sums can be those of `n` people: symmetric, and no square below 0."""
    one = cell.products
    whole = np.block([[one.zz[0], one.zy[0]], [one.zy[0].T, one.yy[0]]])
    if not np.isfinite(whole).all() or (whole != whole.T).any() or whole[0, 0] != cell.n:
        return False
    scale = np.sqrt(np.maximum(np.diag(whole), 0.0))
    scale[scale == 0.0] = 1.0
    return bool(np.linalg.eigvalsh(whole / np.outer(scale, scale))[0] > -1e-9)
