"""Programmes that can be simulated, each number beside its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from evidencia.simulate.attendance import Attendance
from evidencia.simulate.parameters import Parameter, parameters

Scenario = Literal["harm", "null", "benefit", "displacement"]

TYPES: Final = ("psychological", "control", "economic", "physical", "sexual")
SCENARIOS: Final[Mapping[Scenario, tuple[str, ...]]] = MappingProxyType(
    {
        "harm": ("harm",) * len(TYPES),
        "null": ("null",) * len(TYPES),
        "benefit": ("benefit",) * len(TYPES),
        # What must never be told as success: blows fall while control rises.
        "displacement": ("harm", "harm", "harm", "benefit", "benefit"),
    }
)
"""What happens to each type of violence, in the order of `TYPES`."""

COMMON: Final = Path(__file__).with_name("men.toml")
FOLDER: Final = Path(__file__).with_name("models")
_SHARED: Final = (
    "men_joined",
    "sessions",
    "over_75_percent",
    "low_adherence",
    "leaves_after_first",
    "leaves_each_session",
    "comes_while_active",
    "physical_at_intake",
    "icc_group",
    "sensitivity_man_before",
    "sensitivity_man_after",
    "sensitivity_partner",
    "specificity",
    "reach_partner",
    "answered_man",
    "answered_partner",
)
_TARGETS: Final = ("over_75_percent", "low_adherence")


@dataclass(frozen=True, slots=True)
class Model:
    """One programme: its name and every number of it.

    Attributes
    ----------
    slug
        ``"insp-2010"``, ``"guia-simetria"``, ``"gendes"``.
    parameters
        By name; a model's own file wins over the common ones.
    """

    slug: str
    parameters: Mapping[str, Parameter]

    def __post_init__(self) -> None:
        for prefix in ("route", "motive"):
            total = sum(self.shares(prefix).values())
            if abs(total - 1) > 1e-9:
                raise ValueError(f"{self.slug}: the shares of {prefix}_… add up to {total:g}.")
        if self["motive_ordered"] != self["route_court"]:
            raise ValueError(f"{self.slug}: motive_ordered is exactly those of route_court.")

    def __getitem__(self, name: str) -> float:
        """Return one number."""
        return self.parameters[name].value

    def shares(self, prefix: str) -> dict[str, float]:
        """Return the numbers whose name begins so, by the rest of the name."""
        cut = len(prefix) + 1
        return {
            name[cut:]: parameter.value
            for name, parameter in self.parameters.items()
            if name.startswith(prefix + "_")
        }

    def changed(self, **values: float) -> Model:
        """Return the model with other numbers, marked as nobody's.

        Raises
        ------
        ValueError
            If a name is not there, or shares no longer add up.
        """
        own = dict(self.parameters)
        for name, number in values.items():
            if name not in own:
                raise ValueError(f"{self.slug} has no number {name}.")
            if number != own[name].value:
                own[name] = replace(
                    own[name], value=number, source="Chosen for this run", confirmed=False
                )
        return Model(self.slug, MappingProxyType(own))

    @property
    def sessions(self) -> int:
        """Sessions planned."""
        return int(self["sessions"])

    @property
    def attendance(self) -> Attendance:
        """How men come and leave."""
        return Attendance(
            self["leaves_after_first"], self["leaves_each_session"], self["comes_while_active"]
        )

    def baseline(self) -> tuple[float, ...]:
        """Return the share with each type of violence before T0, in the order of `TYPES`."""
        return tuple(
            self["physical_at_intake"] if kind == "physical" else self[f"baseline_{kind}"]
            for kind in TYPES
        )

    def effects(self, scenario: Scenario) -> tuple[float, ...]:
        """Return the log odds of a week at full dose, in the order of `TYPES`."""
        return tuple(self[f"effect_{name}"] for name in SCENARIOS[scenario])


def models() -> tuple[str, ...]:
    """Return the names of the programmes that can be simulated."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def model(slug: str) -> Model:
    """Return a programme by its name.

    Raises
    ------
    ValueError
        If there is none of that name.
    """
    if slug not in models():
        raise ValueError(f"There is no model {slug}; there are {', '.join(models())}.")
    shared = {name: parameters()[name] for name in _SHARED}
    own = parameters(FOLDER / f"{slug}.toml")
    together = {**shared, **parameters(COMMON), **own}
    if "leaves_after_first" in own:
        # Calibrated targets belong to the attendance that was calibrated.
        together = {name: p for name, p in together.items() if name not in _TARGETS}
    return Model(slug, MappingProxyType(together))
