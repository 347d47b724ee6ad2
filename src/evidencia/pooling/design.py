"""What the organisations agree before anybody counts anything."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

FEWEST_ALLOWED = 3
"""A threshold below this protects nobody."""


@dataclass(frozen=True, slots=True)
class PooledDesign:
    """The outcome, its waves and arms, and the disclosure rule that all apply.

    Attributes
    ----------
    outcome
        Name of the outcome with its informant; informants are never pooled.
    waves
        Names, in order.
    arms
        Control first.
    baseline
        True where a baseline enters, with an effect per wave.
    covariates
        Names of numeric columns with one effect.
    threshold
        Fewest people of one arm with one pattern of answers that a packet may show.
    centre
        A constant near the outcome's mean, taken from outcome and baseline before the sums, so
        that these keep their digits. Any number serves; all must use the same.
    """

    outcome: str
    waves: tuple[str, ...]
    arms: tuple[str, ...]
    baseline: bool = False
    covariates: tuple[str, ...] = ()
    threshold: int = 5
    centre: float = 0.0

    def __post_init__(self) -> None:
        for name in ("waves", "arms", "covariates"):
            object.__setattr__(self, name, tuple(str(item) for item in getattr(self, name)))
            if len(set(getattr(self, name))) != len(getattr(self, name)):
                raise ValueError(f"{name} holds a name twice.")
        if not self.waves or not self.arms:
            raise ValueError("A pooled design needs at least one wave and one arm.")
        if self.threshold < FEWEST_ALLOWED:
            raise ValueError(f"threshold is at least {FEWEST_ALLOWED}, not {self.threshold}.")
        object.__setattr__(self, "centre", float(self.centre))

    @property
    def n_columns(self) -> int:
        """Return how many numbers describe a person inside an arm: 1, baseline, covariates."""
        return 1 + int(self.baseline) + len(self.covariates)

    @property
    def sha256(self) -> str:
        """Return the fingerprint that every packet of this design carries."""
        return hashlib.sha256(canonical(asdict(self))).hexdigest()

    @classmethod
    def from_mapping(cls, given: Mapping[str, object]) -> PooledDesign:
        """Build the design from its JSON form.

        Raises
        ------
        ValueError
            If a name is missing or unknown.
        """
        known = {field.name for field in fields(cls)}
        if set(given) != known:
            raise ValueError(f"A design holds {', '.join(sorted(known))} and nothing else.")
        return cls(**given)  # type: ignore[arg-type]


def canonical(value: object) -> bytes:
    """Return the one spelling of a JSON value that is hashed and signed."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()
