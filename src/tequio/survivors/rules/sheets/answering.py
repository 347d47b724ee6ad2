"""What letters, talks and authorities leave in a case: a duty, a subject asked for, a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final

from django.utils.translation import gettext as _

from tequio.letters import talks
from tequio.letters.kinds import Kind
from tequio.survivors import words
from tequio.survivors.rules.sheets.base import BadSheet, Body, known, need

AGREES: Final = "agrees"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a letter said, by its name."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Duty(Body):
    """A letter that somebody attended to: what it said, and what a person did about it."""

    KIND: ClassVar[str] = "duty"

    letter: str
    at: datetime
    on: date
    by: str
    outcome: str
    folio: str = ""
    said: tuple[Said, ...] = ()
    words: str = ""
    tries: int = 0

    def __post_init__(self) -> None:
        if self.letter not in set(Kind):
            raise BadSheet(f"Nobody knows the letter {self.letter!r}.")
        known((self.outcome,), words.DUTY_OUTCOMES)


@dataclass(frozen=True, slots=True)
class Instruction(Body):
    """That she agreed to have him asked about something. Outside, nothing tells that it was so."""

    KIND: ClassVar[str] = "instruction"

    folio: str
    talk: str
    due_on: date
    subject: str
    agreed_on: date
    by: str
    on: date
    how: str = ""
    others: int = 0
    thin_known: bool = False

    def __post_init__(self) -> None:
        if self.subject not in talks.BY_CODE:
            raise BadSheet(f"Nobody knows the subject {self.subject!r}.")
        need(self.agreed_on <= self.on, _("El día en que ella aceptó todavía no llega."))


@dataclass(frozen=True, slots=True)
class Report(Body):
    """Whether an authority is told, decided by one person and looked at by another."""

    KIND: ClassVar[str] = "report"

    about: str
    decision: str
    state: str
    why: str
    decided_by: str
    decided_at: datetime
    # Whose text was read, and of which day; empty where the organisation had none.
    law: str = ""
    her_word: str = ""
    authority: str = ""
    authority_folio: str = ""
    told_at: datetime | None = None
    reviewed_by: str = ""
    reviewed_at: datetime | None = None
    verdict: str = ""
    review: str = ""

    def __post_init__(self) -> None:
        known((self.about,), words.REPORTS_ABOUT)
        known((self.decision,), words.REPORT_DECISIONS)
        known((self.verdict,) if self.verdict else (), words.REPORT_VERDICTS)
        need(bool(self.why.strip()), _("Una decisión así lleva siempre sus razones."))
        need(
            self.decision == "tell" or self.told_at is None,
            _("Dice «no avisar» y también cuándo se avisó. Revisa."),
        )
        need(
            self.decision == "not_tell" or bool(self.authority.strip()),
            _("Falta a qué autoridad se avisa."),
        )
        need(
            bool(self.verdict) == bool(self.reviewed_by) == (self.reviewed_at is not None),
            _("Falta quién la revisó, o qué dijo."),
        )
        need(
            not self.reviewed_by or self.reviewed_by != self.decided_by,
            _("La segunda persona no puede ser la misma que decidió."),
            _("Pide a otra persona del equipo que la lea."),
        )
