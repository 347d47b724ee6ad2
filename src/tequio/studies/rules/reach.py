"""What a design would see here: how many people, for how long, and from which effect upwards.

The arithmetic is `evidencia.planning`; here stands which of its designs an organisation's numbers
make, and nothing is kept but the answers to the same question.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from statistics import NormalDist
from typing import Final

from evidencia.designs import DESIGNS as SHAPES
from evidencia.planning import (
    Detectable,
    PairedMeans,
    ParallelMeans,
    ParallelShares,
    PlanDesign,
    SimulatedPower,
    SteppedWedge,
    simulated_power,
    smallest_effect,
)
from evidencia.simulate import Attrition, Outcome, couple
from evidencia.simulate import Design as Simulated
from evidencia.simulate.parameters import value
from evidencia.words import Note, Refusal
from tequio.studies.rules.designs import Design

POWER: Final = 0.8
# Days from the first answer until the window of the last one closes, with a programme of twelve
# weeks (instruments/measuring).
LAST_DAY: Final = {"T1": 42, "T2": 70, "T3": 126, "T4": 326, "year": 365}
# Programmes like these, by what partners say and against a comparison, changed things by this much
# at most; before and after, without any comparison, this much is usual.
KNOWN_EFFECTS: Final = abs(value("effect_partner_high"))
NAIVE_CHANGE: Final = abs(value("naive_before_after"))
_GROUP: Final = 10
# So many that a page may ask: the answer moves by at most ten points.
_RUNS: Final = 100
# With more people it is found that is not there even more often.
_MOST: Final = 300


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a design is worked out from.

    Attributes
    ----------
    people
        Expected to enter; in a survey, to answer each year (in two places: in each).
    lost
        Share without the last answer.
    exempt
        Share that no lottery decides about.
    sites
        Sites with groups.
    share
        Assumed at the start, where the outcome is yes or no; None where it is a mean.
    """

    people: int
    lost: float
    exempt: float = 0.0
    sites: int = 0
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """What a design would see.

    Attributes
    ----------
    people, answers
        Who counts in it, and how many last answers are expected.
    standardised
        Smallest difference seen 80 times of 100, in standard deviations; None where refused.
    share
        The share to which it would have to change, of `of`; None for means.
    notes
        What to tell a director.
    """

    people: int
    answers: int
    standardised: float | None = None
    share: float | None = None
    of: float | None = None
    notes: tuple[Note, ...] = ()

    @property
    def sees_known_effects(self) -> bool:
        """Whether it would see what programmes like this one have changed."""
        return self.standardised is not None and self.standardised <= KNOWN_EFFECTS

    @property
    def place(self) -> int | None:
        """Where who stood in the middle of a hundred would stand: a difference without units."""
        if self.standardised is None:
            return None
        return max(round(100 * NormalDist().cdf(-self.standardised)), 1)


@lru_cache(maxsize=512)
def reach(design: Design, numbers: Numbers) -> Reach:
    """Work out what a design would see."""
    people = counted(design, numbers)
    answers = round(people * (1 - numbers.lost))
    try:
        found = smallest_effect(_planned(design, numbers, people), POWER)
        told = _in_shares(design, numbers, people)
    except Refusal as refused:
        return Reach(people, answers, notes=(refused.note,))
    except ValueError:
        return Reach(people, answers, notes=(_too_few(answers),))
    share, notes = (None, found.notes) if told is None else told
    return Reach(people, answers, found.standardised, share, numbers.share, notes)


def counted(design: Design, numbers: Numbers) -> int:
    """Return how many people count: whom a lottery decides about, or both places."""
    if design.slug == "lottery":
        return round(numbers.people * (1 - numbers.exempt))
    return 2 * numbers.people if design.needs == "comparison" else numbers.people


def months(design: Design, entering: float, wave: str) -> int:
    """Return how many months go by until the last answer is in."""
    return ceil(entering + LAST_DAY[wave] / 30.44)


def _planned(design: Design, numbers: Numbers, people: int) -> PlanDesign:
    """Return the design in standard deviations."""
    if design.needs == "sites":
        steps = min(numbers.sites, 4)
        each = max(people // (numbers.sites * (steps + 1)), 1)
        return SteppedWedge(numbers.sites, steps, each, icc=_icc(), attrition=numbers.lost)
    if not design.compares:
        return PairedMeans(people, attrition=numbers.lost)
    if not SHAPES[design.shape].repeated:
        return ParallelMeans(_differences(numbers))
    halves, circles, icc = _circles(people)
    return ParallelMeans(
        halves, baseline_correlation=0.5, attrition=numbers.lost, icc=icc, clusters=circles
    )


def _differences(numbers: Numbers) -> tuple[int, int]:
    """Return two arms that are as precise as a change here less a change there.

    Other people each time: the difference of two differences has twice the variance of one.
    """
    return numbers.people // 2, numbers.people // 2


def _circles(people: int) -> tuple[tuple[int, int], tuple[int, int] | None, float]:
    """Return the halves, in how many circles each meets, and how alike men of a circle are."""
    half = people // 2
    circles = half // _GROUP
    return (half, half), (circles, circles) if circles > 1 else None, _icc() if circles > 1 else 0.0


def _in_shares(
    design: Design, numbers: Numbers, people: int
) -> tuple[float, tuple[Note, ...]] | None:
    """Return the same as a share and what is said of it; None where the outcome is no share."""
    of = numbers.share
    if of is None or design.needs == "sites":
        return None
    found: Detectable
    if design.compares:
        halves, circles, icc = _circles(people)
        if not SHAPES[design.shape].repeated:
            halves, circles, icc = _differences(numbers), None, 0.0
        planned = ParallelShares(halves, of, attrition=numbers.lost, icc=icc, clusters=circles)
        found = smallest_effect(planned, POWER)
        return of + found.effect, found.notes
    # The same people twice: a yes or no has the spread that its share gives it.
    sd = (of * (1 - of)) ** 0.5
    found = smallest_effect(PairedMeans(people, sd=sd, attrition=numbers.lost), POWER)
    if found.effect > of:
        raise Refusal(Note.of("planning.not_even_all", times=round(100 * POWER)))
    told = {"control": f"{100 * of:.0f}", "programme": f"{100 * (of - found.effect):.0f}"}
    first = Note.of("planning.can_find_share", **told, times=round(100 * POWER))
    return of - found.effect, (first, *found.notes[1:])


def _icc() -> float:
    return value("icc_group")


def _too_few(answers: int) -> Note:
    return Note.of("planning.too_few_people", n=answers, needed=2)


@lru_cache(maxsize=128)
def rehearsal(design: Design, numbers: Numbers) -> SimulatedPower | None:
    """Simulate the study where the programme changes nothing and men learn to say less, or None.

    Where what is told bends with the programme, a formula does not hold: it says how often a
    difference is found, and not that it is not there.
    """
    people = counted(design, numbers)
    if design.shape not in ("single_arm", "waitlist", "parallel") or people < 8:
        return None
    man, _partner = couple()
    try:
        return simulated_power(
            Simulated(design.shape, min(people, _MOST), waves=("T0", "T3"), delay=1),
            Outcome("told", kind="binary", baseline=numbers.share or 0.5),
            informant=man,
            attrition=Attrition(share=min(numbers.lost, 0.95)),
            runs=_RUNS,
            seed=2010,
        )
    except Refusal:
        return None
