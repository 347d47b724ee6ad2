"""The rapid survey: who answered, what counts, and what may be shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from evidencia.publishing import PUBLIC, percentage
from evidencia.words import Note

YES, NO, UNSURE = "yes", "no", "unsure"
ANSWERS: Final = (YES, NO, UNSURE)
# Two of these at a time make a group; more would point at somebody.
TRAITS: Final[Mapping[str, tuple[str, ...]]] = {
    "gender": ("woman", "man", "other"),
    "age": ("18-29", "30-44", "45-59", "60+"),
    "language": ("yes", "no"),
    "disability": ("yes", "no"),
}
CROSSED: Final = (("gender", "age"), ("gender", "language"), ("gender", "disability"))


@dataclass(frozen=True, slots=True)
class Answered:
    """One person's answers, without anybody in them."""

    answers: Mapping[str, str]
    traits: Mapping[str, str]
    reached: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A share as it may be shown: rounded or withheld, with its denominator and what is missing."""

    percent: int | None
    of: int
    missing: int
    notes: tuple[Note, ...] = ()

    @property
    def about(self) -> int:
        """The denominator, rounded as the share was: an exact one would give the counts away."""
        return (self.of + PUBLIC.half) // PUBLIC.base * PUBLIC.base


@dataclass(frozen=True, slots=True)
class Group:
    """One group of two traits, and how many of it were reached."""

    traits: tuple[tuple[str, str], ...]
    shown: Shown


def in_favour(answered: Sequence[Answered], key: str, counts: str) -> Shown:
    """Return how many answered as the model hopes. «Not sure» is an answer; a gap is none."""
    given = [one.answers[key] for one in answered if one.answers.get(key) in ANSWERS]
    return _shown(sum(answer == counts for answer in given), len(given), len(answered))


def reached(answered: Sequence[Answered]) -> Shown:
    """Return how many were in any activity in the last year."""
    given = [one for one in answered if one.reached in {YES, NO}]
    return _shown(sum(one.reached == YES for one in given), len(given), len(answered))


def groups(answered: Sequence[Answered], traits: tuple[str, str]) -> tuple[Group, ...]:
    """Return the share reached in each group of two traits; small groups are withheld.

    Where just one is withheld, the next smallest goes with it: else the others would give it away.
    """
    first, second = traits
    found = []
    for one in TRAITS[first]:
        for two in TRAITS[second]:
            inside = [a for a in answered if a.traits[first] == one and a.traits[second] == two]
            found.append(Group(((first, one), (second, two)), reached(inside)))
    return _with_company(found)


def untold(answered: Iterable[Answered], traits: tuple[str, str]) -> int:
    """Return how many did not say one of two traits, and so stand in no group."""
    return sum(any(not one.traits[trait] for trait in traits) for one in answered)


def _shown(k: int, n: int, everybody: int) -> Shown:
    figure = percentage(k, n)
    value = None if figure.value is None else int(figure.value)
    return Shown(value, n, everybody - n, figure.notes)


def _with_company(found: list[Group]) -> tuple[Group, ...]:
    there = [group for group in found if group.shown.of]
    hidden = [group for group in there if group.shown.percent is None]
    told = [group for group in there if group.shown.percent is not None]
    if len(hidden) != 1 or not told:
        return tuple(found)
    smallest = min(told, key=lambda group: group.shown.of)
    shown = smallest.shown
    alone = Shown(None, shown.of, shown.missing, (Note.of("disclosure.complement", n=1),))
    return tuple(Group(g.traits, alone) if g is smallest else g for g in found)
