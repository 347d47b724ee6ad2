"""Gathers estimates; where there is no honest number, the reason stands in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from evidencia.analysis.question import Question
from evidencia.estimate import Effect, Estimate, Role
from evidencia.results import Caution, Tipping
from evidencia.words import Note, Refusal

T = TypeVar("T")
Cancelled = Callable[[], bool]
Progress = Callable[[str, float], None]


class StoppedError(Exception):
    """Somebody asked to stop; nothing was written."""


class Collector:
    """Estimates, tipping points and cautions, in the order in which they were found.

    Parameters
    ----------
    cancelled
        Asked before each estimator; True stops the evaluation.
    """

    def __init__(self, cancelled: Cancelled | None = None) -> None:
        self.estimates: list[Estimate] = []
        self.tipping: list[Tipping] = []
        self.cautions: list[Caution] = []
        self.cancelled = cancelled

    def check(self) -> None:
        """Stop here if somebody asked to.

        Raises
        ------
        StoppedError
            If the evaluation was cancelled.
        """
        if self.cancelled is not None and self.cancelled():
            raise StoppedError

    def caution(self, note: Note, asked: Question | None = None, method: str | None = None) -> None:
        """Keep a note once."""
        if asked is None:
            found = Caution(note, method=method)
        else:
            found = Caution(note, asked.outcome.name, asked.informant, method)
        if found not in self.cautions:
            self.cautions.append(found)

    def add(
        self, asked: Question, method: str, contrast: str, wave: str | None, role: Role, e: Effect
    ) -> None:
        """Keep an effect with its names."""
        self.estimates.append(
            Estimate(asked.outcome.name, asked.informant, method, contrast, wave, role, e)
        )

    def attempt(self, asked: Question, method: str, compute: Callable[[], T]) -> T | None:
        """Return what `compute` gives; a refusal becomes a caution, and None is returned."""
        self.check()
        try:
            return compute()
        except Refusal as refusal:
            self.caution(refusal.note, asked, method)
            return None

    def notes(self, asked: Question, method: str, notes: Iterable[Note]) -> None:
        """Keep several notes."""
        for note in notes:
            self.caution(note, asked, method)
