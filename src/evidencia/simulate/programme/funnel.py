"""From being screened to coming once: published for women and men together.

That the same shares hold for men alone is an **assumption**: the abstracts of 2010 give no
figures by sex before the first session, and they disagree on the last step (3,022 came once in
the English one, 3,699 in the Spanish one). Both endings are kept; whoever uses one says which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from evidencia.simulate.programme.models import Model

Ending = Literal["english", "spanish"]

ENDINGS: Final[tuple[Ending, ...]] = ("english", "spanish")
STEPS: Final = ("screened", "positive", "accepted", "joined")
PUBLISHED: Final[Mapping[Ending, tuple[int, ...]]] = MappingProxyType(
    {"english": (5539, 4891, 4151, 3022), "spanish": (5539, 4891, 4151, 3699)}
)
"""Women and men together, 2010, at each of `STEPS`."""

ASSUMPTION: Final = "mixed-sex"


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many reached each step.

    Attributes
    ----------
    screened, positive, accepted, joined
        People; `joined` came at least once.
    ending
        Which of the two published endings was used.
    assumption
        ``"mixed-sex"``: the shares were published for women and men together.
    """

    screened: int
    positive: int
    accepted: int
    joined: int
    ending: Ending
    assumption: str = ASSUMPTION

    @property
    def counts(self) -> tuple[int, ...]:
        """The four steps in order."""
        return self.screened, self.positive, self.accepted, self.joined

    def furthest(self) -> list[str]:
        """Return the furthest step of each person screened, those who joined first."""
        ends = [*(a - b for a, b in zip(self.counts, self.counts[1:], strict=False)), self.joined]
        return [
            step for step, n in zip(reversed(STEPS), reversed(ends), strict=True) for _ in range(n)
        ]


def shares(model: Model, ending: Ending) -> tuple[float, float, float]:
    """Return the share that goes on from each step.

    Raises
    ------
    ValueError
        If there is no such ending.
    """
    if ending not in ENDINGS:
        raise ValueError(f"There is no ending {ending}; there are {', '.join(ENDINGS)}.")
    return model["screened_positive"], model["accepted"], model[f"came_once_{ending}"]


def forward(model: Model, screened: int, ending: Ending, rng: np.random.Generator) -> Funnel:
    """Draw what becomes of people who are screened."""
    counts = [screened]
    for share in shares(model, ending):
        counts.append(int(rng.binomial(counts[-1], share)))
    return _funnel(counts, ending)


def backward(model: Model, joined: int, ending: Ending, rng: np.random.Generator) -> Funnel:
    """Draw how many were screened for a known number who joined.

    Of people who come one after the other until `joined` have gone on, the number who did not
    is negative binomial.
    """
    counts = [joined]
    for share in reversed(shares(model, ending)):
        stopped = rng.negative_binomial(counts[0], share) if counts[0] else 0
        counts.insert(0, counts[0] + int(stopped))
    return _funnel(counts, ending)


def _funnel(counts: list[int], ending: Ending) -> Funnel:
    screened, positive, accepted, joined = counts
    return Funnel(screened, positive, accepted, joined, ending)
