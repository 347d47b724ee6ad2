"""One finished lottery: more accepted men than seats, drawn in public a few days ago.

It draws from a generator of its own, so that the other men of the same seed stay the same men.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final
from uuid import UUID

import numpy as np
from django.db import transaction

from evidencia.simulate.programme import model
from tequio.access.models import User
from tequio.circles.actions import groups
from tequio.circles.models import Group
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.people import aliases
from tequio.people.actions import consents
from tequio.people.catalogues import agreements
from tequio.people.models import Consent, Participant
from tequio.programmes import actions as programmes
from tequio.programmes.actions import enrolment, training
from tequio.programmes.models import Edition, Site
from tequio.programmes.states import State
from tequio.simulation import arrivals
from tequio.simulation import asking as asked
from tequio.simulation.arrivals import ZONE, Arrival, Staff
from tequio.simulation.evenings import moment
from tequio.simulation.men import draw
from tequio.studies.actions import ceremony, lotteries
from tequio.studies.actions import studies as asking
from tequio.studies.actions.lotteries import Announced
from tequio.studies.models import Lottery, Study, Ticket
from tequio.studies.queries import while_waiting

_STREAM: Final = 21
_MODEL: Final = "gendes"
_MEN: Final = 21
_CAME: Final = 100
_GROUP: Final = 19
_PROMISE, _CLOSE, _NUMBER = 17, 10, 3
_FIRST_PRIZE: Final = "48215"
_AGREE: Final = 0.8
# Since when men who wait are asked in words of their own.
_TOLD_SINCE: Final = min(
    one.agreements.since
    for one in agreements.versions().values()
    if one.agreements.purpose(while_waiting.PURPOSE)
)
_QUESTION: Final = "violencia-hombres"


def fill(staff: Staff, director: User, *, seed: int) -> Lottery:
    """Let men wait for three months, open a group, and draw who begins in it."""
    today = clock.today(ZONE)
    rng = np.random.default_rng([seed, _STREAM])

    def at(days: int, hour: int = 12) -> datetime:
        return moment(today - timedelta(days=days), time(hour, 0))

    with transaction.atomic():
        with clock.at(at(_CAME + 10)):
            edition = _edition(staff)
            there = _arrive(staff, rng, seed)
        arrivals.admit(staff, rng, edition, there, lambda days: at(_CAME - 14 + days))
        _wait(staff, edition, there, today - timedelta(days=_CAME - 6))
        with clock.at(at(_GROUP)):
            group = _group(staff, edition, today + timedelta(days=4))
        with clock.at(at(_PROMISE)):
            study = _study(director)
            lottery = _announce(staff, study, edition, today)
            _freeze(director, study, today)
        with clock.at(at(_CLOSE)):
            ceremony.close(by=staff.coordinator, lottery_id=lottery.pk)
        with clock.at(at(_NUMBER, 20)):
            for who in (staff.coordinator, director):
                ceremony.say_number(by=who, lottery_id=lottery.pk, number=_FIRST_PRIZE)
            drawn = ceremony.draw(by=director, lottery_id=lottery.pk)
        with clock.at(at(_NUMBER - 1)):
            _seat(staff, group.pk, drawn, today + timedelta(days=4))
        heard = _may_be_sought(staff, np.random.default_rng([seed, _STREAM, 2]), drawn)
        asked.ask_drawn(staff, np.random.default_rng([seed, _STREAM, 1]), drawn, heard)
    return drawn


def _edition(staff: Staff) -> Edition:
    by = staff.coordinator
    edition = programmes.adopt_edition(by=by, model_slug=_MODEL)
    programmes.sign_edition(
        by=by,
        edition_id=edition.pk,
        signed_by="Carmen Solís (persona inventada)",
        signed_as="Psicóloga, coordinadora de masculinidades",
        diagnosis=programmes.Diagnosis(
            "Diagnóstico participativo de la colonia (inventado)", kept="Carpeta de coordinación"
        ),
    )
    for person in staff.facilitators:
        training.record_training(
            by=by,
            user_id=person.pk,
            model_slug=_MODEL,
            on=clock.today(ZONE) - timedelta(days=200),
            where="Taller interno (inventado)",
        )
    edition.refresh_from_db()
    return edition


def _arrive(staff: Staff, rng: np.random.Generator, seed: int) -> list[Arrival]:
    taken = Participant.objects.filter(organisation=staff.coordinator.organisation_id)
    names = islice(aliases.fresh(taken.values_list("alias", flat=True)), _MEN)
    men = draw(_MEN, seed=seed + _STREAM, chosen=model(_MODEL))
    return arrivals.register(staff, rng, men, list(names))


def _wait(staff: Staff, edition: Edition, there: list[Arrival], on: date) -> None:
    """Nobody is put into the line who may not wait: he stays accepted until there is a seat."""
    for arrival in there:
        way = arrival.file.enrolments.get(edition=edition)
        try:
            with transaction.atomic():
                enrolment.move(
                    by=staff.coordinator,
                    enrolment_id=way.pk,
                    to=State.WAITING,
                    on=on,
                    reason="no_seat",
                )
        except DomainError:
            continue


def _group(staff: Staff, edition: Edition, first: date) -> Group:
    site = Site.objects.filter(organisation=staff.coordinator.organisation_id).order_by(
        "name", "pk"
    )[0]
    return groups.open_group(
        by=staff.coordinator,
        name="Círculo nuevo, por sorteo",
        site=site,
        edition=edition,
        starts_on=first,
        starts_at=time(18, 30),
        facilitators=staff.facilitators,
    )


def _study(director: User) -> Study:
    return asking.begin(by=director, question=_QUESTION, title="¿Sirve empezar antes?")


def _freeze(director: User, study: Study, today: date) -> None:
    """The plan names the lottery before its list is closed."""
    day = today - timedelta(days=_PROMISE)
    asking.choose(
        by=director,
        study_id=study.pk,
        first=day,
        last=today + timedelta(days=90),
        released=today + timedelta(days=300),
        monthly=7.0,
    )
    asking.choose_design(by=director, study_id=study.pk, design="lottery", today=day)
    asking.freeze(by=director, study_id=study.pk)


def _announce(staff: Staff, study: Study, edition: Edition, today: date) -> Lottery:
    said = Announced(
        Lottery.Kind.WAIT,
        today - timedelta(days=_CLOSE),
        today - timedelta(days=_NUMBER),
        edition_id=edition.pk,
        max_delay_days=84,
    )
    return lotteries.announce(by=staff.coordinator, study_id=study.pk, said=said)


def _seat(staff: Staff, group_id: UUID, lottery: Lottery, first: date) -> None:
    """Give their seats to those who begin, and to whoever did not have to wait for a lottery."""
    begin = Ticket.objects.filter(lottery=lottery, start__in=["now", "exempt"])
    for ticket in begin.select_related("participant").order_by("start", "rank"):
        groups.join(
            by=staff.coordinator,
            group_id=group_id,
            folio=ticket.participant.folio,
            joined_on=first,
        )


def _may_be_sought(staff: Staff, rng: np.random.Generator, lottery: Lottery) -> date:
    """Ask who waits whether he may be looked for: most say yes, and one was not asked yet."""
    on = max(lottery.drawn_on or clock.today(ZONE), _TOLD_SINCE)
    wait = lottery.tickets.filter(start="later").select_related("participant").order_by("rank")
    with clock.at(moment(on, time(21, 0))):
        for ticket in list(wait)[1:]:
            said = Consent.Decision.GIVEN if rng.random() < _AGREE else Consent.Decision.REFUSED
            consents.decide(
                by=staff.coordinator,
                folio=ticket.participant.folio,
                answers={while_waiting.PURPOSE: said},
                hearing=consents.Hearing(on),
            )
    return on
