"""How invented men arrive: intake, consent, diagnosis, the review of their entry, and a plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np

from tequio.access.models import User
from tequio.care.actions import diagnosis, plans, reviews
from tequio.care.models import Level, Plan, Review
from tequio.core import clock
from tequio.people import actions as people
from tequio.people.models import Participant
from tequio.people.vault import Who
from tequio.programmes.actions import enrolment
from tequio.programmes.models import Edition, Enrolment
from tequio.simulation import words
from tequio.simulation.men import Man

ZONE: Final = "America/Mexico_City"
_TIMES: Final = ("never", "earlier", "year", "month")
_LEVELS: Final = (Level.LOW, Level.MEDIUM, Level.HIGH)
_HOW_MANY: Final = (0.55, 0.37, 0.08)
_REASONS: Final = ("violence", "recent", "jealousy", "alcohol", "support", "responsibility")
_WHY: Final = "Razones inventadas, para la demostración."


@dataclass(frozen=True, slots=True)
class Staff:
    """Who does the work of an invented organisation."""

    coordinator: User
    facilitators: Sequence[User]
    therapist: User


@dataclass(frozen=True, slots=True)
class Arrival:
    """A man with his file."""

    man: Man
    file: Participant


def register(
    staff: Staff, rng: np.random.Generator, men: Sequence[Man], aliases: Sequence[str]
) -> list[Arrival]:
    """Open a file for each man, with a name that is plainly invented."""
    rows = [(alias, _who(rng, man)) for man, alias in zip(men, aliases, strict=True)]
    files = people.register_many(by=staff.coordinator, rows=rows)
    return [Arrival(man, file) for man, file in zip(men, files, strict=True)]


def take_in(staff: Staff, rng: np.random.Generator, arrivals: Sequence[Arrival]) -> None:
    """Take whole intakes: what each answers, what he agrees to."""
    today = clock.today(ZONE)
    people.take_in_many(
        by=staff.coordinator,
        entries=[
            people.NewIntake(
                participant=arrival.file,
                values=_answers(rng, arrival.man),
                decisions=_decisions(rng, arrival.man),
                on=today,
            )
            for arrival in arrivals
        ],
    )


def diagnose(staff: Staff, rng: np.random.Generator, arrival: Arrival) -> Review:
    """Take the minimum diagnosis; its review is open."""
    folio, by = arrival.file.folio, staff.coordinator
    diagnosis.begin(by=by, folio=folio)
    diagnosis.answer(by=by, folio=folio, step="revisar", given=_told(rng, arrival.man))
    return diagnosis.finish(by=by, folio=folio)


def look_at(staff: Staff, rng: np.random.Generator, review: Review) -> None:
    """Judge a review and close it: with a second person where somebody worries much."""
    level = str(rng.choice(_LEVELS, p=_HOW_MANY))
    reasons = [str(reason) for reason in rng.choice(_REASONS, 2, replace=False)]
    reviews.judge(by=staff.coordinator, review_id=review.pk, level=level, why=_WHY, reasons=reasons)
    closed = reviews.close(by=staff.coordinator, review_id=review.pk, words=_WHY)
    if closed.state == Review.State.TO_CONFIRM:
        reviews.confirm(by=staff.therapist, review_id=review.pk, words=_WHY)


def plan(staff: Staff, rng: np.random.Generator, arrival: Arrival) -> None:
    """Decide the tracks: the group for everybody, and what else he needs."""
    tracks = [plans.Track("group", _WHY)]
    if arrival.man.alcohol and rng.random() < 0.5:
        tracks.append(plans.Track("addiction", _WHY))
    if rng.random() < 0.25:
        tracks.append(plans.Track("individual", _WHY))
    plans.decide(
        by=staff.coordinator,
        folio=arrival.file.folio,
        decision=Plan.Decision.HERE,
        tracks=tracks,
        why=_WHY,
    )


def admit(
    staff: Staff,
    rng: np.random.Generator,
    edition: Edition,
    arrivals: Sequence[Arrival],
    at: Callable[[int], datetime],
) -> None:
    """Do all that comes before a place in a group; `at` gives the moment so many days before."""
    with clock.at(at(14)):
        for arrival in arrivals:
            ask(staff, edition, arrival)
        take_in(staff, rng, arrivals)
    with clock.at(at(11)):
        opened = [diagnose(staff, rng, arrival) for arrival in arrivals]
    with clock.at(at(9)):
        for arrival, review in zip(arrivals, opened, strict=True):
            look_at(staff, rng, review)
            plan(staff, rng, arrival)
            accept(staff, edition, arrival)


def ask(staff: Staff, edition: Edition, arrival: Arrival) -> None:
    """Write that he asked."""
    enrolment.open_enquiry(
        by=staff.coordinator,
        participant=arrival.file,
        edition=edition,
        on=clock.today(ZONE),
        reason="invited" if arrival.man.route.startswith("partner") else "asked",
    )


def accept(staff: Staff, edition: Edition, arrival: Arrival) -> Enrolment:
    """Accept him: nothing holds him back any more."""
    way = arrival.file.enrolments.get(edition=edition)
    return enrolment.accept(by=staff.coordinator, enrolment_id=way.pk, on=clock.today(ZONE))


def _who(rng: np.random.Generator, man: Man) -> Who:
    return Who(
        given_names=str(rng.choice(words.GIVEN)),
        surnames=f"{rng.choice(words.SURNAMES)} {rng.choice(words.SECOND_SURNAMES)}",
        # 55 5555 is kept free for invented numbers here.
        phone=f"55 5555 {rng.integers(0, 10_000):04d}",
        birth_year=clock.now().year - man.age,
    )


def _answers(rng: np.random.Generator, man: Man) -> dict[str, Any]:
    home = ("married", "cohabiting") if man.lives_with_partner else ("single", "separated")
    school = ("primary", "secondary_unfinished") if man.short_schooling else ("secondary", "high")
    ordered = man.route == "court"
    hours = [str(rng.choice(["morning", "afternoon", "changing"]))] if man.employed else []
    return {
        "route": man.route,
        "motive": man.motive,
        "mandated": "yes" if ordered else "no",
        "authority": str(rng.choice(["family_court", "prosecutor"])) if ordered else "",
        "letter": "yes" if ordered else "",
        "adult": "yes",
        "marital": str(rng.choice(home)),
        "own_children": "yes" if man.has_children else "no",
        "lives_with_partner": "yes" if man.lives_with_partner else "no",
        "schooling": str(rng.choice(school)),
        "working": "yes" if man.employed else "no",
        "work_hours": hours,
        "language": "spa",
        "interpreter": "no",
        "reads": "yes" if rng.random() < 0.95 else "some",
        "state": "09",
    }


def _decisions(rng: np.random.Generator, man: Man) -> dict[str, str]:
    said = {
        "limits": "given",
        "programme": "given",
        "contact": _agrees(rng, 0.9),
        "evaluation": _agrees(rng, 0.8),
        "follow_up": _agrees(rng, 0.7),
    }
    if man.route == "court":
        said["court_report"] = "given"
    return said


def _agrees(rng: np.random.Generator, share: float) -> str:
    return "given" if rng.random() < share else "refused"


def _told(rng: np.random.Generator, man: Man) -> dict[str, Any]:
    """Answer every question of the diagnosis: violence as drawn, the rest by plain chance."""

    def of(codes: Sequence[str], shares: Sequence[float]) -> str:
        return str(rng.choice(codes, p=shares))

    home = "partner" if man.lives_with_partner else "ex_partner"
    drinks = "problem" if man.alcohol else of(["no", "some"], [0.4, 0.6])
    return {
        "said": "yes" if man.before else "no",
        "types": list(man.before),
        "against": {kind: [home] for kind in man.before},
        "last": {f"{kind}-{home}": of(["week", "month"], [0.3, 0.7]) for kind in man.before},
        "threats": of(_TIMES, [0.7, 0.1, 0.15, 0.05]),
        "weapons": of(["none", "at_hand", "not_said"], [0.9, 0.07, 0.03]),
        "strangulation": of(_TIMES, [0.9, 0.05, 0.04, 0.01]),
        "separation": of(["no", "talked", "now", "half_year"], [0.5, 0.25, 0.1, 0.15]),
        "custody": of(["no", "coming", "now"], [0.85, 0.1, 0.05]),
        "jealousy": of(_TIMES, [0.4, 0.2, 0.25, 0.15]),
        "suicide": of(["no", "before"], [0.9, 0.1]),
        "alcohol": drinks,
        "psychosis": of(["no", "treated"], [0.98, 0.02]),
        "trauma": of(["no", "lived", "saw", "both"], [0.35, 0.2, 0.15, 0.3]),
        "needs": [of(["none", "therapy", "work", "parenting"], [0.4, 0.25, 0.15, 0.2])],
    }
