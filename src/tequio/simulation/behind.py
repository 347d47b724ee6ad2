"""What lies behind the wall of a demonstration: two advocates and twelve invented women.

It draws from a generator of its own, so that the men of the same seed stay the same men.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final
from uuid import UUID

import numpy as np
from django.db import transaction

from tequio.access import key_pairs
from tequio.access.models import User
from tequio.core import clock, phrases
from tequio.instruments.definitions import newest
from tequio.instruments.stores import How
from tequio.letters.answers import ANSWERED, deposit
from tequio.people.models import Participant
from tequio.simulation import women
from tequio.simulation.arrivals import ZONE
from tequio.simulation.evenings import moment
from tequio.survivors.actions import (
    asking,
    circles,
    contacts,
    decisions,
    founding,
    judging,
    letters,
    members,
    sheets,
    unlocking,
    ways,
)
from tequio.survivors.actions.decisions import Heard
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries.letters import inbox
from tequio.survivors.rules import moments
from tequio.survivors.rules.sheets import Body, Link, Offer, Risk, Who, WomensGroup

_STREAM: Final = 12
_COMES: Final = 0.8
Make = Callable[[date], Body]


@dataclass(frozen=True, slots=True)
class Founded:
    """The wall open for each of two members, and the passphrases that open it again."""

    by: OpenWall
    second: OpenWall
    passphrases: Mapping[str, str]


def found(advocate: User, other: User) -> Founded:
    """Found the wall before men arrive: what happens to them is put into its slot from then on."""
    founded = founding.found(by=advocate)
    pair = key_pairs.opened(by=advocate, passphrase=founded.passphrase)
    by = unlocking.open_wall_with(advocate, pair)
    fresh = members.make_key(by=other)
    members.confirm_key(by=other, passphrase=fresh.passphrase)
    spoken = " ".join(phrases.fingerprint(fresh.pair.public))
    members.admit(by=by, user_id=other.pk, fingerprint=spoken)
    second = unlocking.open_wall_with(other, fresh.pair)
    words = {advocate.login: founded.passphrase, other.login: fresh.passphrase}
    return Founded(by, second, words)


def fill(wall: Founded, *, seed: int) -> int:
    """Write twelve women; four of them named a man of the programme. Returns how many."""
    by = wall.by
    rng = np.random.default_rng([seed, _STREAM])
    today = clock.today(ZONE)
    folios = _folios(by)
    with transaction.atomic():
        with clock.at(moment(today - timedelta(weeks=9), time(10))):
            group = circles.open_group(by=by, group=_GROUP)
        seated = []
        for n, woman in enumerate(women.WOMEN):
            folio = folios.pop() if woman.names_him and folios else ""
            case_id = _accompany(by, rng, woman, folio, today, n)
            _read_again(wall.second, case_id, today)
            if woman.comes_to_group:
                with clock.at(moment(today - timedelta(weeks=8), time(10))):
                    circles.seat(by=by, case_id=case_id, group_id=group)
                seated.append(case_id)
            if ("questionnaires", "given") in woman.decided:
                _ask(by, case_id, np.random.default_rng([seed, _STREAM, n]), today)
        _meet(by, rng, group, seated, today)
        for n, offered in enumerate(women.OFFERS):
            _offer(by, offered, today - timedelta(days=3 + 2 * n))
        _send(by, np.random.default_rng([seed, _STREAM]), today)
        _attend(by, today)
    return len(women.WOMEN) + len(women.OFFERS)


def _attend(by: OpenWall, today: date) -> None:
    """A year's letters were attended to in their time; those of the last days wait."""
    letters.received(by)
    waiting = inbox(by)
    for held in (*waiting.over, *waiting.answers, *waiting.duties):
        due = held.due_at
        if held.case_id is None or due.date() > today - timedelta(days=_NOT_YET):
            continue
        with clock.at(due - timedelta(hours=3)):
            outcome = "told" if held.letter.kind in _WANTED else "plan"
            outcome = "spoke" if held.letter.of_answers else outcome
            letters.done(by=by, letter_id=held.id, version=held.version, outcome=outcome)


def _ask(by: OpenWall, case_id: UUID, rng: np.random.Generator, today: date) -> None:
    """She answers at most of her moments, with whoever accompanies her."""
    asked = [held.body for held in sheets.all_of(by, case_id)]
    for turn, one in enumerate(moments.of(asked)):
        on = one.opens_on + timedelta(days=int(rng.integers(0, 9)))
        if on > today - timedelta(days=1) or rng.random() > _ANSWERS:
            continue
        for slug in one.asks:
            with clock.at(moment(on, time(12, 40))):
                said = women.answers(slug, turn, rng)
                asking.take(
                    by=by,
                    case_id=case_id,
                    slug=slug,
                    wave=one.label,
                    answers=said,
                    how=How.WORKER,
                )


def _send(by: OpenWall, rng: np.random.Generator, today: date) -> None:
    """One came in that does not say whose it is: somebody has to find out."""
    shipped = newest("espacio-ella")
    says = {
        "what": ANSWERED,
        "form": shipped.instrument.slug,
        "version": shipped.instrument.version,
        "sha256": shipped.sha256,
        "answers": women.answers("espacio-ella", 0, rng) | {"segura_casa": "1"},
        "number": str(UUID(bytes=rng.bytes(16), version=4)),
    }
    with clock.at(moment(today - timedelta(days=1), time(21))):
        deposit(organisation_id=by.user.organisation_id, says=says)


_ANSWERS: Final = 0.9
_NOT_YET: Final = 2
_WANTED: Final = frozenset({"start", "end", "withdrawal", "exclusion"})
_GROUP: Final = WomensGroup(
    name="Tejido de los miércoles",
    place="Biblioteca de la colonia",
    weekday="2",
    starts_at=time(10),
)


def _folios(by: OpenWall) -> list[str]:
    """Some men who are in the programme now; any of them will do, none is told apart."""
    men = Participant.objects.filter(organisation=by.user.organisation_id).order_by(
        "alias_key", "pk"
    )
    return list(men.values_list("folio", flat=True)[:6])


def _accompany(
    by: OpenWall, rng: np.random.Generator, woman: women.Woman, folio: str, today: date, n: int
) -> UUID:
    began = today - timedelta(days=woman.weeks * 7)

    def after(days: int) -> date:
        return min(began + timedelta(days=days), today)

    with clock.at(moment(began, time(11))):
        who = Who(name=woman.name, reads=woman.reads, arrived_by=woman.arrived_by)
        case_id = ways.begin(by=by, alias=woman.alias, who=who)
        if woman.card:
            body = women.card(woman, on=began, login=by.user.login)
            sheets.write(by=by, case_id=case_id, body=body)
        _decide(by, case_id, woman, Heard(began))
        if folio:
            link = Link(folio=folio, relation="ex_partner", on=began, wants=("start", "leaves"))
            decisions.link(by=by, case_id=case_id, link=link, heard=Heard(began))
    for days, make in _along(woman, by.user.login, today):
        with clock.at(moment(after(days), time(12, n))):
            sheets.write(by=by, case_id=case_id, body=make(after(days)))
    _talk(by, rng, case_id, woman, began, today)
    if woman.closed:
        with clock.at(moment(today - timedelta(days=4), time(13))):
            ways.close(by=by, case_id=case_id, reason=woman.closed, words="Se despidió contenta.")
    return case_id


def _read_again(second: OpenWall, case_id: UUID, today: date) -> None:
    """The second person reads every judgement but those of this week."""
    for held in sheets.all_of(second, case_id):
        risk = held.body
        if isinstance(risk, Risk) and risk.on <= today - timedelta(days=8):
            with clock.at(moment(risk.on + timedelta(days=1), time(9))):
                words = "De acuerdo. Que el plan se revise con ella esta semana."
                judging.review(by=second, case_id=case_id, held=held, words=words)


def _decide(by: OpenWall, case_id: UUID, woman: women.Woman, heard: Heard) -> None:
    for purpose, decision in woman.decided:
        decisions.decide(by=by, case_id=case_id, purpose=purpose, decision=decision, heard=heard)


def _along(woman: women.Woman, login: str, today: date) -> Sequence[tuple[int, Make]]:
    return [
        (days, lambda on, kind=kind: women.sheet(kind, on, login, today))  # type: ignore[misc]
        for days, kind in woman.sheets
    ]


def _talk(
    by: OpenWall,
    rng: np.random.Generator,
    case_id: UUID,
    woman: women.Woman,
    began: date,
    today: date,
) -> None:
    """She calls, or comes; where she said so she is called, with her rules read each time."""
    day = began
    while day <= today - timedelta(days=woman.silent_for):
        with clock.at(moment(day, time(12, 30))):
            ours = woman.card == "call" and bool(rng.random() < 0.5)
            contacts.record(
                by=by,
                case_id=case_id,
                on=day,
                began="us" if ours else "she",
                how="call_work" if ours else "in_person",
                reached="spoke" if rng.random() < 0.85 or not ours else "no_answer",
                rules_read=ours,
                minutes=int(rng.integers(5, 50)),
                said=str(rng.choice(women.TALKS)),
            )
        day += timedelta(days=int(rng.integers(9, 24)))


def _meet(
    by: OpenWall, rng: np.random.Generator, group: UUID, seated: list[UUID], today: date
) -> None:
    last = today - timedelta(days=(today.weekday() - 2) % 7)
    for week in range(6, -1, -1):
        day = last - timedelta(weeks=week)
        with clock.at(moment(day, time(20))):
            there = {case_id for case_id in seated if rng.random() < _COMES}
            circles.met(by=by, group_id=group, on=day, there=there)


def _offer(by: OpenWall, offered: women.Offered, on: date) -> None:
    with clock.at(moment(on, time(9))):
        offer = Offer(
            on=on,
            who=by.user.login,
            way=offered.way,
            until=on + timedelta(days=10),
            where=offered.where,
        )
        ways.begin_offer(by=by, alias=offered.alias, offer=offer)
