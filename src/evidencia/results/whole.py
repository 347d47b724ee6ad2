"""One evaluation, whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from evidencia.designs import Outcome, Study
from evidencia.estimate import Estimate
from evidencia.results.described import Attrition, Baseline, Flow, MeanPoint, RetentionCurve
from evidencia.results.told import Agreement, Caution, Finding, Multiplicity, Tipping

SCHEMA_VERSION: Final = "1.0"


@dataclass(frozen=True, slots=True)
class Result:
    """One evaluation, whole.

    Attributes
    ----------
    schema_version
        Of ``result.json``.
    plan_sha256, data_sha256
        Of the files, byte by byte, hexadecimal: anybody can check what was analysed.
    study, outcomes
        From the plan.
    waves
        Ordered, baseline first; the data's own values.
    arms
        The data's own values, control first; empty without arms.
    control
        The arm compared against; None without a comparison.
    informants
        In the plan's order; empty when the data do not say who reported.
    n_units, n_rows
        Units and rows read.
    level
        Confidence level.
    seed
        Of everything random.
    versions
        Names and versions of what computed this.
    estimates
        All of them; see `role`. Bounds come as two rows, ``lee_bounds_low`` and
        ``lee_bounds_high``.
    means
        Observed means over time.
    warnings
        Every refusal and every note that belongs to no single estimate.
    """

    plan_sha256: str
    data_sha256: str
    study: Study
    outcomes: tuple[Outcome, ...]
    waves: tuple[str, ...]
    arms: tuple[str, ...]
    control: str | None
    informants: tuple[str, ...]
    n_units: int
    n_rows: int
    level: float
    seed: int
    versions: tuple[tuple[str, str], ...] = ()
    flow: Flow = field(default_factory=Flow)
    baseline: Baseline = field(default_factory=Baseline)
    attrition: Attrition = field(default_factory=Attrition)
    retention: tuple[RetentionCurve, ...] = ()
    means: tuple[MeanPoint, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    tipping: tuple[Tipping, ...] = ()
    multiplicity: Multiplicity = field(default_factory=Multiplicity)
    agreement: tuple[Agreement, ...] = ()
    findings: tuple[Finding, ...] = ()
    warnings: tuple[Caution, ...] = ()
    schema_version: str = SCHEMA_VERSION

    def outcome(self, name: str) -> Outcome:
        """Return the outcome called `name`.

        Raises
        ------
        KeyError
            If there is none.
        """
        for outcome in self.outcomes:
            if outcome.name == name:
                return outcome
        raise KeyError(name)

    def beside(self, primary: Estimate) -> tuple[Estimate, ...]:
        """Return the sensitivity analyses of the same question as `primary`, in order."""
        asked = _question(primary)
        return tuple(e for e in self.estimates if e.role == "sensitivity" and _question(e) == asked)


def _question(e: Estimate) -> tuple[str, str | None, str, str | None]:
    return (e.outcome, e.informant, e.contrast, e.wave)
