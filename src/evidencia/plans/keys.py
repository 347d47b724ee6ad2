"""Which keys a plan may hold, and what each may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from evidencia.designs import DesignName, Direction, Kind, Reality, Strategy, ViolenceType
from evidencia.plans.model import ClusterMethod, Correction, DfMethod, MissingMethod
from evidencia.words import Language

Shape = Literal[
    "text", "whole", "number", "yes_no", "texts", "numbers", "label", "labels", "tables"
]


@dataclass(frozen=True, slots=True)
class Key:
    """What one key may hold.

    Attributes
    ----------
    choices
        Allowed texts; empty where any is.
    low, high
        Limits of numbers, both included; None without a limit.
    some
        Whether a list must hold something.
    """

    shape: Shape
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    some: bool = True


_TEXT: Final = Key("text")

TABLES: Final[dict[str, dict[str, Key]]] = {
    "study": {
        "title": _TEXT,
        "question": _TEXT,
        "design": Key("text", get_args(DesignName)),
        "language": Key("text", get_args(Language)),
        "randomised": Key("yes_no"),
    },
    "estimand": {
        "population": _TEXT,
        "treatment": _TEXT,
        "variable": _TEXT,
        "summary": _TEXT,
        "violence": Key("text", get_args(Reality)),
        "intercurrent": Key("tables"),
    },
    "data": {
        "unit": _TEXT,
        "wave": _TEXT,
        "waves": Key("labels"),
        "arm": _TEXT,
        "arms": Key("labels"),
        "control": Key("label"),
        "cluster": _TEXT,
        "block": _TEXT,
        "site": _TEXT,
        "informant": _TEXT,
        "covariates": Key("texts", some=False),
        "weights": _TEXT,
        "dose": _TEXT,
    },
    "outcome": {
        "name": _TEXT,
        "label": _TEXT,
        "kind": Key("text", get_args(Kind)),
        "direction": Key("text", get_args(Direction)),
        "baseline": _TEXT,
        "event": _TEXT,
        "primary": Key("yes_no"),
        "informant": Key("label"),
        "violence": Key("text", get_args(ViolenceType)),
        "smallest": Key("number", low=0.0),
    },
    "missing": {
        "methods": Key("texts", get_args(MissingMethod), some=False),
        "imputations": Key("whole", low=2, high=10_000),
        "deltas": Key("numbers", low=-10, high=10, some=False),
        "seed": Key("whole", low=0, high=2**63 - 1),
    },
    "inference": {
        "level": Key("number", low=0.5, high=0.999),
        "df": Key("text", get_args(DfMethod)),
        "cluster_method": Key("text", get_args(ClusterMethod)),
        "permutations": Key("whole", low=99, high=1_000_000),
        "multiplicity": Key("text", get_args(Correction)),
    },
}

INTERCURRENT: Final[dict[str, Key]] = {
    "event": _TEXT,
    "strategy": Key("text", get_args(Strategy)),
}
