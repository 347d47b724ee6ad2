"""What is wrong with a plan or with data: all of it at once, each in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from evidencia.words import Language, Note


class InputError(Exception):
    """A plan or a data file that cannot be used, with every reason.

    Attributes
    ----------
    notes
        One per problem, in the order of the file.
    """

    def __init__(self, notes: Sequence[Note]) -> None:
        super().__init__("\n".join(note.text("en") for note in notes))
        self.notes = tuple(notes)

    def text(self, language: Language = "es") -> str:
        """Return the sentences, one per line."""
        return "\n".join(note.text(language) for note in self.notes)


class PlanError(InputError):
    """The plan is misspelt or impossible."""


class DataError(InputError):
    """The data are not what the plan says."""


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return the choice most like `word`; the empty text where there are none."""

    def likeness(choice: str) -> float:
        return SequenceMatcher(None, word.casefold(), choice.casefold()).ratio()

    return max(choices, key=likeness, default="")


def listed(choices: Iterable[str], most: int = 12) -> str:
    """Return the choices as a text, cut where they are many."""
    words = list(choices)
    shown = ", ".join(words[:most])
    return f"{shown}…" if len(words) > most else shown
