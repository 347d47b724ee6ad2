"""Who comes: the men of a programme, how they came, and where they sit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from evidencia.simulate.programme.models import Model

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Words = npt.NDArray[np.str_]

YOUNGEST: Final = 18


@dataclass(frozen=True, slots=True)
class People:
    """One row per man.

    Attributes
    ----------
    site, group
        (n,) numbers from 0.
    starts
        (groups,) week of each group's first session, from 0.
    age
        (n,) whole years on the first day.
    route, motive
        (n,) codes: through whom he came and what he hopes for.
    lives_with_partner, has_children, employed, alcohol, short_schooling
        (n,) True or False.
    """

    site: Ints
    group: Ints
    starts: Ints
    age: Ints
    route: Words
    motive: Words
    lives_with_partner: Mask
    has_children: Mask
    employed: Mask
    alcohol: Mask
    short_schooling: Mask

    def __len__(self) -> int:
        """Return the number of men."""
        return int(self.age.size)


def draw_people(model: Model, men: int, rng: np.random.Generator) -> People:
    """Draw the men of a programme."""
    group = np.arange(men, dtype=np.int64) // int(model["men_per_group"])
    groups = int(group.max()) + 1 if men else 0
    starts = np.sort(rng.integers(0, int(model["weeks_of_starts"]), groups))
    route, motive = _why(model, men, rng)
    return People(
        site=group % int(model["sites"]),
        group=group,
        starts=starts.astype(np.int64),
        age=_ages(model, men, rng),
        route=route,
        motive=motive,
        lives_with_partner=rng.random(men) < model["lives_with_partner"],
        has_children=rng.random(men) < model["has_children"],
        employed=rng.random(men) < model["employed"],
        alcohol=rng.random(men) < model["alcohol"],
        short_schooling=rng.random(men) < model["short_schooling"],
    )


def _ages(model: Model, men: int, rng: np.random.Generator) -> Ints:
    """Return whole ages with the published mean: a gamma above the youngest, as ages lean."""
    # Whole years are half a year below the exact age.
    above, sd = model["age_mean"] + 0.5 - YOUNGEST, model["age_sd"]
    exact = YOUNGEST + rng.gamma((above / sd) ** 2, sd**2 / above, men)
    return np.floor(exact).astype(np.int64)


def _why(model: Model, men: int, rng: np.random.Generator) -> tuple[Words, Words]:
    """Return routes and motives: whom a court sent came because it was ordered, nobody else."""
    route = _drawn(model.shares("route"), men, rng)
    hopes = {name: share for name, share in model.shares("motive").items() if name != "ordered"}
    total = sum(hopes.values())
    motive = _drawn({name: share / total for name, share in hopes.items()}, men, rng)
    return route, np.where(route == "court", "ordered", motive)


def _drawn(shares: Mapping[str, float], men: int, rng: np.random.Generator) -> Words:
    weights = np.array(list(shares.values()))
    drawn: Words = rng.choice(np.array(list(shares)), men, p=weights / weights.sum())
    return drawn
