"""What an account takes of the rooms below it: releases as they were published, and costs.

Never a row: a release passed disclosure control before it was written, and costs are sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

MEN: Final = "men"
WOMEN: Final = "women"
COMMUNITY: Final = "community"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One finding of a release. `measure` is the questionnaire that it comes from, if one."""

    headline: str
    mandatory: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    strength: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """The plan of a study as it was frozen, or one of its dated amendments."""

    on: date
    sha256: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """One release; without `enough` nothing more is said of it, and no number."""

    key: str
    title: str
    informant: str
    period: str
    published_on: date
    enough: bool
    findings: tuple[Sentence, ...] = ()
    notes: tuple[str, ...] = ()
    plan: tuple[PlanLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent in the period: every line ready to be read, and what is missing."""

    lines: tuple[tuple[str, str, str], ...]
    # The kind, what was paid, and what was given.
    by_category: tuple[tuple[str, str, str], ...]
    of: str
    missing: str
    caution: str
