"""What a lottery shows to whom, and the other things that are drawn: turns, calls, an ally."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import lotteries as world
from tests.factories.access import UserFactory
from tests.factories.people import ConsentFactory
from tests.factories.programmes import EnrolmentFactory, SiteFactory, enrolled
from tests.lots import House, close
from tests.people import signed_in_client

from tequio.core import clock
from tequio.network.actions import stakeholders
from tequio.outreach import besides
from tequio.studies import lottery_checking, lottery_paper, lottery_vault
from tequio.studies.actions import ceremony, comparisons, lotteries
from tequio.studies.actions.lotteries import Announced
from tequio.studies.models import Comparison, Lottery, Ticket
from tequio.studies.queries.comparisons import rows
from tequio.studies.queries.extra_calls import given
from tequio.studies.queries.lotteries import arms, starts

# --- The pages ----------------------------------------------------------------------------------


def test_the_public_page_leaks_nothing_and_a_slip_finds_its_line(drawn: House) -> None:
    address = reverse("studies:drawn", args=[drawn.lottery.code.lower()])
    ticket = Ticket.objects.filter(lottery=drawn.lottery, start="later").first()
    assert ticket is not None
    with clock.at(world.after(8)):
        answer = Client().get(address, {"papeleta": ticket.code.lower()})
        listed = Client().get(reverse("studies:drawn-list", args=[drawn.lottery.code]))
        record = Client().get(reverse("studies:drawn-record", args=[drawn.lottery.code]))
    page = answer.content.decode()
    assert ticket.code in page
    assert drawn.lottery.commitment in page
    said = page + listed.content.decode() + record.content.decode()
    for man in [*drawn.there.men, drawn.high]:
        assert man.folio not in said
        assert man.alias not in said
    for word in ("no_wait", "separation", drawn.there.edition.name, str(drawn.there.study.title)):
        assert word not in said
    assert Client().get(reverse("studies:drawn", args=["7K2M-9QXC"])).status_code == 404
    assert not answer.cookies


def test_before_the_draw_the_seed_is_nowhere(house: House) -> None:
    close(house)
    with clock.at(world.after(1)):
        page = Client().get(reverse("studies:drawn", args=[house.lottery.code]))
        seed = lottery_vault.open_seed(Lottery.objects.get(pk=house.lottery.pk))
        own = signed_in_client(house.by).get(reverse("studies:lottery", args=[house.lottery.pk]))
    assert seed not in page.content.decode() + own.content.decode()
    record = reverse("studies:drawn-record", args=[house.lottery.code])
    assert Client().get(record).status_code == 404


def test_the_lines_of_the_public_page_give_the_same_result(drawn: House, tmp_path: Path) -> None:
    found = lottery_checking.commands(drawn.lottery)
    (tmp_path / f"lista-{drawn.lottery.code}.txt").write_bytes(drawn.lottery.listed.encode())

    def shell(line: str) -> str:
        done = subprocess.run(
            ["sh", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert shell(found.seed).split()[0] == drawn.lottery.commitment
    assert shell(found.listed).split()[0] == drawn.lottery.list_sha256
    order = [line.split()[1] for line in shell(f"{found.key}\n{found.tickets}").splitlines()]
    now = Ticket.objects.filter(lottery=drawn.lottery, start="now").order_by("rank")
    assert order[: drawn.lottery.seats] == [one.code for one in now]
    assert len(order) == 8


def test_who_reads_numbers_sees_codes_and_nobody(drawn: House) -> None:
    with clock.at(world.after(8)):
        for who, knows in ((drawn.by, True), (drawn.director, False), (drawn.evaluator, False)):
            page = (
                signed_in_client(who)
                .get(reverse("studies:lottery", args=[drawn.lottery.pk]))
                .content.decode()
            )
            ticket = Ticket.objects.filter(lottery=drawn.lottery).select_related("participant")[0]
            assert ticket.code in page
            assert (ticket.participant.alias in page) is knows


def test_a_whole_ceremony_through_its_pages(house: House) -> None:
    key = house.lottery.pk
    with clock.at(world.noon(world.CLOSED)):
        one = signed_in_client(house.by)
        assert one.post(reverse("studies:close-lottery", args=[key])).status_code == 302
    with clock.at(world.noon(world.NUMBER)):
        one, other = signed_in_client(house.by), signed_in_client(house.director)
        say = reverse("studies:say-number", args=[key])
        assert one.post(say, {"number": "ocho"}).status_code == 422
        assert one.post(say, {"number": "08543"}).status_code == 302
        wrong = other.post(say, {"number": "08544"})
        assert wrong.status_code == 422
        assert "No es el número que escribió la otra persona" in wrong.content.decode()
        assert other.post(say, {"number": "08 543"}).status_code == 302
        assert other.post(reverse("studies:draw-lottery", args=[key])).status_code == 302
        page = one.get(reverse("studies:lottery", args=[key])).content.decode()
    assert "3 empiezan ahora, 5 esperan" in page


def test_papers_are_drawn(drawn: House) -> None:
    with clock.at(world.after(8)):
        client = signed_in_client(drawn.by)
        with pytest.MonkeyPatch.context() as patch:
            given: list[dict[str, Any]] = []

            def pdf(_template: str, data: dict[str, Any], _figures: object = None) -> bytes:
                given.append(data)
                return b"%PDF"

            patch.setattr(lottery_paper.printing, "pdf", pdf)
            patch.setattr(lottery_paper.printing, "pdf_in_memory", pdf)
            client.get(reverse("studies:lottery-sheet", args=[drawn.lottery.pk]))
            client.get(reverse("studies:lottery-slips", args=[drawn.lottery.pk]))
    on_the_wall, stubs = given
    assert not any(man.alias in json.dumps(on_the_wall) for man in drawn.there.men)
    assert len(stubs["slips"]) == 11


def test_python_alone_verifies(drawn: House, tmp_path: Path) -> None:
    file = tmp_path / "sorteo.json"
    file.write_text(drawn.lottery.record, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "evidencia.planning.lottery", "verify", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


# --- Turns, calls, and an ally ------------------------------------------------------------------


def test_sites_start_in_the_order_drawn(house: House) -> None:
    sites = SiteFactory.create_batch(4, organisation=house.by.organisation)
    days = [date(2027, 1, 11), date(2027, 3, 8)]
    with clock.at(world.ANNOUNCED):
        made = lotteries.announce(
            by=house.by,
            study_id=house.there.study.pk,
            said=Announced(
                "sites", world.CLOSED, world.NUMBER, places=[s.pk for s in sites], calendar=days
            ),
        )
    with clock.at(world.noon(world.CLOSED)):
        ceremony.close(by=house.by, lottery_id=made.pk)
    with clock.at(world.noon(world.NUMBER)):
        for who in (house.by, house.director):
            ceremony.say_number(by=who, lottery_id=made.pk, number="123456")
        ceremony.draw(by=house.by, lottery_id=made.pk)
    found = starts(made.pk)
    assert sorted(found.values()) == [days[0]] * 2 + [days[1]] * 2
    assert set(found) == {site.pk for site in sites}
    made.refresh_from_db()
    # Its days are in the line that is drawn with: moved, the result is another.
    assert "2027-01-11 2027-03-08" in made.title


def test_rows_of_an_ally_are_sealed_and_given_back(house: House) -> None:
    promoter = UserFactory.create(organisation=house.by.organisation, roles=["promoter"])
    ally = stakeholders.add(by=promoter, who=stakeholders.Who("Casa Sur", "organisation"))
    said = comparisons.Agreed(
        ally.pk, "Pregunta a 40 hombres.", world.CLOSED, "gad-7", ["T0", "T1"]
    )
    agreed = comparisons.agree(by=house.director, study_id=house.there.study.pk, said=said)
    file = b"person,wave,date,item,answer\n1,T0,2026-11-02,gad_1,1\n1,T1,2027-02-01,gad_1,0\n"
    with pytest.raises(comparisons.NotReadable) as refused:
        comparisons.bring(
            by=house.by,
            comparison_id=agreed.pk,
            name="a.csv",
            data=file.replace(b"1,T1", b"Ana,T1"),
        )
    assert refused.value.brought.wrong_in_all == 1
    comparisons.bring(by=house.by, comparison_id=agreed.pk, name="a.csv", data=file)
    kept = Comparison.objects.get(pk=agreed.pk)
    assert b"gad_1" not in bytes(kept.sealed_rows or b"")
    assert [(one.who, one.wave, dict(one.answers)) for one in rows(agreed.pk)] == [
        ("1", "T0", {"gad_1": "1"}),
        ("1", "T1", {"gad_1": "0"}),
    ]
    comparisons.give_back(by=house.director, comparison_id=agreed.pk)
    assert rows(agreed.pk) == []


def test_a_call_besides_is_made_once_a_week_and_to_nobody_who_refuses(house: House) -> None:
    men = [one.participant for one in house.there.group.memberships.all()[:4]]
    for man in men:
        way = EnrolmentFactory.create(participant=man, edition=house.there.edition)
        enrolled(way, "enquiry", "accepted", "in_group", on=date(2026, 10, 1))
    with clock.at(world.ANNOUNCED):
        said = Announced("calls", world.CLOSED, world.NUMBER, edition_id=house.there.edition.pk)
        made = lotteries.announce(by=house.by, study_id=house.there.study.pk, said=said)
    with clock.at(world.noon(world.CLOSED)):
        ceremony.close(by=house.by, lottery_id=made.pk)
    with clock.at(world.noon(world.NUMBER)):
        for who in (house.by, house.director):
            ceremony.say_number(by=who, lottery_id=made.pk, number="08543")
        ceremony.draw(by=house.by, lottery_id=made.pk)
        assert sorted(arms(made.pk).values()) == ["calls"] * 2 + ["usual"] * 2
        first, second = (one.participant for one in made.tickets.filter(start="now"))
        ConsentFactory.create(participant=second, decision="refused")
        client = signed_in_client(house.by)
        (line,) = besides.men(house.by, world.NUMBER)
        assert line.alias == first.alias
        assert client.post(line.url, {"reached": "yes"}).status_code == 302
        assert besides.men(house.by, world.NUMBER) == []
        assert len(besides.men(house.by, world.NUMBER + timedelta(days=7))) == 1
    found = given(made)
    assert (found.calls, found.reached, found.men, found.without) == (1, 1, 2, 1)
