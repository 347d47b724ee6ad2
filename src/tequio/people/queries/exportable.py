"""What may leave for an evaluation, counted; and how far an instrument holds together here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tequio.access.models import User
from tequio.instruments import definitions
from tequio.people.policies import exportable


@dataclass(frozen=True, slots=True)
class Available:
    """One instrument, and how many answers to its newest version may leave."""

    slug: str
    name: str
    answers: int
    men: int
    validated: bool


def available(user: User) -> tuple[Available, ...]:
    """Return each instrument that men are asked: one question for all of them."""
    rows = exportable(user).values_list("instrument", "version", "participant_id")
    answers: Counter[tuple[str, str]] = Counter()
    men: dict[tuple[str, str], set[object]] = {}
    for slug, version, man in rows:
        answers[slug, version] += 1
        men.setdefault((slug, version), set()).add(man)
    found = []
    for one in definitions.for_men():
        key = (one.instrument.slug, one.instrument.version)
        found.append(
            Available(
                slug=key[0],
                name=one.instrument.name.now(),
                answers=answers[key],
                men=len(men.get(key, ())),
                validated=one.instrument.validated,
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.answers, one.name)))
