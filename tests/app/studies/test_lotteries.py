"""A lottery from its promise to its result: nobody chooses it, and nobody waits who may not."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from tests.factories import lotteries as world
from tests.gates import is_look
from tests.lots import House, close, judged, later, number, seat
from tests.people import signed_in_client

from tequio.config import lottery as command
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.studies.actions import ceremony, lotteries
from tequio.studies.models import Lottery, Ticket
from tequio.studies.queries import waiting
from tequio.studies.queries.lotteries import arms
from tequio.studies.rules import lotteries as rules

# --- Whether it may be --------------------------------------------------------------------------


def test_with_seats_for_everybody_nothing_is_drawn(house: House) -> None:
    with clock.at(world.ANNOUNCED):
        few = world.line(house.by, men=2)
        with pytest.raises(DomainError, match="2 hombres aceptados esperan; hay 6 lugares"):
            world.announced(house.by, few)


@pytest.mark.parametrize("days", [0, 85])
def test_nobody_waits_longer_than_one_edition(house: House, days: int) -> None:
    with clock.at(world.ANNOUNCED):
        other = world.line(house.by)
        with pytest.raises(DomainError, match="84 días"):
            world.announced(house.by, other, days=days)


def test_women_are_never_in_a_lottery(house: House) -> None:
    with clock.at(world.ANNOUNCED):
        other = world.line(house.by)
        other.study.informant = "women"
        other.study.save()
        with pytest.raises(DomainError, match="mujeres"):
            world.announced(house.by, other)


# --- The ceremony -------------------------------------------------------------------------------


def test_the_list_is_closed_on_its_day_and_before_the_number(house: House) -> None:
    for day, why in ((world.CLOSED - timedelta(1), "otro día"), (world.NUMBER, "ya se conoce")):
        with pytest.raises(DomainError, match=why):
            close(house, day)
    close(house)
    found = Lottery.objects.get(pk=house.lottery.pk)
    # Three may not be delayed and have seats of their own: nobody types how many are left.
    assert found.seats == world.SEATS - 3
    assert sum(exempt for _code, exempt in rules.of_listing(found.listed)) == 3
    assert hashlib.sha256(found.listed.encode()).hexdigest() == found.list_sha256


def test_one_person_alone_says_no_number(house: House) -> None:
    close(house)
    with clock.at(world.noon(world.NUMBER)):
        for _twice in range(2):
            ceremony.say_number(by=house.by, lottery_id=house.lottery.pk, number="08543")
        assert Lottery.objects.get(pk=house.lottery.pk).beacon == ""
        with pytest.raises(DomainError, match="confirmado por dos"):
            ceremony.draw(by=house.by, lottery_id=house.lottery.pk)
    with pytest.raises(DomainError, match="No es el número"):
        number(house, "08543", "08534")
    with pytest.raises(DatabaseError), transaction.atomic():
        Lottery.objects.filter(pk=house.lottery.pk).update(beacon="08543", beacon_by=house.by)


def test_what_was_published_is_never_changed(drawn: House) -> None:
    mine = Lottery.objects.filter(pk=drawn.lottery.pk)
    changes: tuple[dict[str, Any], ...] = (
        {"commitment": "0" * 64},
        {"max_delay_days": 10},
        {"listed": "AAA-111\t\t\n"},
        {"seats": 9},
        {"beacon": "11111", "said": "11111"},
        {"record": "{}"},
        {"record": "", "record_sha256": "", "drawn_on": None},
    )
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            mine.update(**change)
    for change in ({"start": "now", "rank": 1}, {"code": "AAA-111"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Ticket.objects.filter(lottery=drawn.lottery, start="later").update(**change)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM studies_lottery WHERE code = %s", [drawn.lottery.code])


def test_a_changed_seed_in_the_database_is_found_before_anything_is_drawn(house: House) -> None:
    close(house)
    number(house)
    with clock.at(world.noon(world.NUMBER)), pytest.MonkeyPatch.context() as patch:
        patch.setattr("tequio.studies.lottery_vault.open_seed", lambda _lottery: "x" * 64)
        with pytest.raises(DomainError, match="no es lo que se publicó"):
            ceremony.draw(by=house.by, lottery_id=house.lottery.pk)
    assert Lottery.objects.get(pk=house.lottery.pk).record == ""


@pytest.mark.parametrize("what", ["seed", "list", "beacon", "title", "result", "nothing"])
def test_a_changed_record_is_found_by_one_command(
    drawn: House, what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = json.loads(drawn.lottery.record)
    if what == "list":
        facts["list"][0]["exempt"] = "" if facts["list"][0]["exempt"] else "exempt"
    elif what == "result":
        facts["result"] = facts["result"][::-1]
        facts["result"][0]["rank"] += 1
    elif what != "nothing":
        facts[what] = {"seed": "y" * 64, "beacon": "08544", "title": "Otro"}[what]
    file = tmp_path / "sorteo.json"
    file.write_text(json.dumps(facts), encoding="utf-8")
    assert command.run(["verify", str(file)]) == (0 if what == "nothing" else 1)
    assert ("El sorteo cuadra" in capsys.readouterr().out) is (what == "nothing")


# --- What follows of it -------------------------------------------------------------------------


def test_who_was_drawn_later_has_his_seat_kept_until_his_day(drawn: House) -> None:
    man = later(drawn)
    assert "Le tocó esperar" in seat(drawn, man, 20)
    assert seat(drawn, man, 84) == ""
    first = Ticket.objects.filter(lottery=drawn.lottery, start="now").first()
    assert first is not None
    assert seat(drawn, first.participant, 8) == ""


@pytest.mark.parametrize("who", ["high", "ordered", "exempted"])
def test_who_may_not_be_delayed_never_waits(drawn: House, who: str) -> None:
    assert seat(drawn, getattr(drawn, who), 8) == ""


def test_a_man_whose_risk_becomes_high_is_let_go_at_once(drawn: House) -> None:
    man = later(drawn)
    assert seat(drawn, man, 20)
    judged(man, "high")
    assert seat(drawn, man, 20) == ""


def test_a_seeded_gate_that_forgets_who_may_not_wait_is_found(
    drawn: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    man = later(drawn)
    judged(man, "high")
    monkeypatch.setattr("tequio.studies.queries.lotteries.no_wait", lambda _men: frozenset())
    assert "Le tocó esperar" in seat(drawn, man, 20)


def test_let_go_or_called_off_nobody_waits_and_the_arms_stay(drawn: House) -> None:
    before = dict(arms(drawn.lottery.pk))
    one, other = Ticket.objects.filter(lottery=drawn.lottery, start="later")[:2]
    with clock.at(world.after(20)):
        lotteries.release(by=drawn.by, lottery_id=drawn.lottery.pk, code=one.code, reason="suicide")
    assert seat(drawn, one.participant, 20) == ""
    assert seat(drawn, other.participant, 20)
    with clock.at(world.after(30)):
        lotteries.cancel(by=drawn.director, lottery_id=drawn.lottery.pk, reason="harm")
    assert seat(drawn, other.participant, 30) == ""
    assert dict(arms(drawn.lottery.pk)) == before
    assert sorted(before.values()) == ["later"] * 5 + ["now"] * 3
    assert drawn.high.pk not in before


def test_nobody_is_made_to_wait_twice(drawn: House) -> None:
    with clock.at(world.after(20)):
        lotteries.cancel(by=drawn.by, lottery_id=drawn.lottery.pk, reason="mistake")
        found = waiting.queue(drawn.there.edition, None, world.CLOSED + timedelta(days=20))
    # Five waited already, and two may not: who is left never stood in a lottery.
    assert found.now.exempt == 5 + 2


def test_between_list_and_number_everybody_waits_and_not_for_ever(house: House) -> None:
    close(house)
    man = house.there.men[-1]
    assert "Está en la lista" in seat(house, man, 3)
    assert seat(house, man, 20) == ""


def test_a_woman_and_her_support_are_nowhere_near(drawn: House) -> None:
    with clock.at(world.after(3)):
        client = signed_in_client(drawn.by)
        seen: list[str] = []

        def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            seen.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(watch):
            client.get(reverse("studies:lottery", args=[drawn.lottery.pk]))
            client.get(reverse("studies:lotteries", args=[drawn.there.study.pk]))
    assert seen
    assert not [sql for sql in seen if is_look(sql)]
