"""From a need that was voiced to an action with an owner, a day and what shows that it was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from tests.factories.communities import BEGUN, DAY, community_of, gathered, taken, voiced
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.network import poster
from tequio.network.actions import committees, demands, doing
from tequio.network.models import Action, Community, Member, Money, Step, Vote
from tequio.network.queries.due import due

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def place(promoter: User) -> Community:
    return community_of(promoter)


def test_an_assembly_keeps_the_rule_its_votes_and_the_order_and_is_closed_once(
    promoter: User, place: Community
) -> None:
    many = voiced(promoter, place, "Luz", how_many=27)
    few = voiced(promoter, place, "Turno sin cita", how_many=14)
    opened = gathered(promoter, place)
    votes = {"votes": {many.pk: 31, few.pk: 31}, "second": {}}
    closed = demands.close_assembly(
        by=promoter, assembly_id=opened.pk, minutes="Se habló de las dos.", **votes
    )
    assert [(row.demand.what, row.place) for row in closed.votes.all()] == [
        ("Luz", 1),
        ("Turno sin cita", 2),
    ]
    with pytest.raises(Conflict):
        demands.close_assembly(by=promoter, assembly_id=opened.pk, minutes="Otra vez.", **votes)
    row = Vote.objects.first()
    assert row is not None
    row.votes = 2
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()


def test_a_tie_that_decides_is_handed_back_with_everything_that_was_typed(
    promoter: User, place: Community
) -> None:
    one, two = (voiced(promoter, place, what, how_many=5) for what in ("Luz", "Agua"))
    opened = gathered(promoter, place)
    client = signed_in_client(promoter)
    sent = {f"votes_{one.pk}": "9", f"votes_{two.pk}": "9", "minutes": "Hubo empate."}
    address = reverse("network:assembly", args=[opened.pk])
    answer = client.post(address, sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count("Hay un empate que decide") == 1
    assert page.count("Voten otra vez") == 1
    assert "Hubo empate." in page
    answer = client.post(address, {**sent, f"second_{one.pk}": "12", f"second_{two.pk}": "20"})
    assert answer.status_code == 302
    assert list(Vote.objects.order_by("place").values_list("demand__what", "place")) == [
        ("Agua", 1),
        ("Luz", 2),
    ]


def test_more_hands_than_people_are_refused(promoter: User, place: Community) -> None:
    need = voiced(promoter, place)
    opened = gathered(promoter, place, present=12)
    with pytest.raises(DomainError, match="más votos que personas"):
        demands.close_assembly(
            by=promoter, assembly_id=opened.pk, votes={need.pk: 13}, second={}, minutes="Acta."
        )


def test_what_is_done_says_what_shows_it_and_no_step_is_ever_changed(
    promoter: User, place: Community
) -> None:
    action = taken(promoter, place)
    told = doing.Told("done", DAY, "Son 19 lámparas.")
    with pytest.raises(DomainError, match="con qué se comprueba"):
        doing.tell(by=promoter, action_id=action.pk, told=told)
    over = doing.tell(by=promoter, action_id=action.pk, told=replace(told, evidence="Croquis"))
    assert (over.state, over.finished_on) == (Action.State.DONE, DAY)
    with pytest.raises(Conflict):
        doing.tell(by=promoter, action_id=action.pk, told=doing.Told("obstacle", DAY, "No."))
    with pytest.raises(DatabaseError), transaction.atomic():
        Step.objects.update(text="Otra cosa")


def test_a_promise_is_asked_for_until_somebody_says_whether_it_was_kept(
    promoter: User, coordinator: User, place: Community
) -> None:
    asked = {"kind": "advocacy", "decides": "Alumbrado", "about": "Partida 3"}
    action = taken(promoter, place, due_on=date(2027, 3, 1), **asked)
    kept = doing.Told("kept", DAY, "Trece de diecinueve.", kept="partly")
    with pytest.raises(DomainError, match="ninguna promesa"):
        doing.tell(by=promoter, action_id=action.pk, told=kept)
    promise = doing.Told("promise", DAY, "Repararlas", new_day=date(2026, 11, 20))
    doing.tell(by=promoter, action_id=action.pk, told=promise)
    today = clock.today(promoter.organisation.timezone)
    assert [one.pk for one in due(promoter, today).promises] == [action.pk]
    assert not due(coordinator, today).any
    page = signed_in_client(promoter).get(reverse("desk:today")).content.decode()
    assert "Ya venció lo que prometieron" in page
    doing.tell(by=promoter, action_id=action.pk, told=kept)
    assert due(promoter, today).promises == ()
    own = taken(promoter, place)
    with pytest.raises(DomainError, match="quien decide"):
        doing.tell(by=promoter, action_id=own.pk, told=promise)


def test_an_action_of_another_community_or_without_an_owner_is_refused(
    promoter: User, place: Community
) -> None:
    other = community_of(promoter, name="Cerro del Sol", model="sasa")
    need = voiced(promoter, other)
    with pytest.raises(DomainError, match="otra comunidad"):
        taken(promoter, place, demand_id=need.pk)
    with pytest.raises(DomainError, match="quién se encarga"):
        taken(promoter, place, owner=" ")
    with pytest.raises(DomainError, match="ya pasó"):
        taken(promoter, place, due_on=date(2026, 11, 1))


@pytest.fixture
def committee(promoter: User, place: Community) -> committees.Committee:
    return committees.found(by=promoter, community_id=place.pk, name="Comité", founded_on=BEGUN)


def test_who_left_a_committee_leaves_no_name_in_it(
    promoter: User, committee: committees.Committee
) -> None:
    joining = committees.Joining("Rosa", "money", BEGUN, BEGUN + timedelta(days=730), agrees=True)
    with pytest.raises(DomainError, match="Sin su acuerdo"):
        committees.join(
            by=promoter, committee_id=committee.pk, joining=replace(joining, agrees=False)
        )
    member = committees.join(by=promoter, committee_id=committee.pk, joining=joining)
    took = taken(promoter, committee.community, owner="Rosa y Chela", committee_id=committee.pk)
    other = taken(promoter, committee.community, owner="Rosalba", committee_id=committee.pk)
    client = signed_in_client(promoter)
    assert "Rosa" in client.get(reverse("network:committee", args=[committee.pk])).content.decode()
    client.post(reverse("network:member-leaves", args=[member.pk]))
    page = client.get(reverse("network:committee", args=[committee.pk])).content.decode()
    assert "Rosa " not in page
    assert "Lleva el dinero" in page
    took.refresh_from_db()
    other.refresh_from_db()
    assert (took.owner, other.owner) == ("El comité", "Rosalba")
    assert not Member.objects.filter(alias="Rosa").exists()


def test_who_goes_on_is_asked_and_keeps_the_name_for_another_term(
    promoter: User, committee: committees.Committee
) -> None:
    joining = committees.Joining("Rosa", "money", BEGUN, BEGUN + timedelta(days=30), agrees=True)
    member = committees.join(by=promoter, committee_id=committee.pk, joining=joining)
    client = signed_in_client(promoter)
    page = reverse("network:committee", args=[committee.pk])
    assert "Sigue otro periodo" in client.get(page).content.decode()
    stays = reverse("network:member-stays", args=[member.pk])
    for sent in ({}, {"until": "2028-11-01"}, {"until": str(BEGUN), "agrees": "on"}):
        assert client.post(stays, sent).status_code == 422, sent
    client.post(stays, {"until": "2028-11-01", "agrees": "on"})
    member.refresh_from_db()
    assert (member.alias, member.term_ends_on) == ("Rosa", date(2028, 11, 1))
    assert "Su periodo terminó" not in client.get(page).content.decode()
    committees.leave(by=promoter, member_id=member.pk, on=DAY)
    with pytest.raises(Conflict, match="Ya había salido"):
        committees.renew(by=promoter, member_id=member.pk, until=date(2030, 1, 1), agrees=True)


def test_a_line_of_money_is_put_right_by_another_and_never_changed(
    promoter: User, committee: committees.Committee
) -> None:
    for way, amount, receipt in (("received", "3,450", "Acta"), ("spent", "380.50", "")):
        line = committees.Line(way, amount, DAY, "Rifa", receipt)
        committees.write_money(by=promoter, committee_id=committee.pk, line=line)
    with pytest.raises(DatabaseError), transaction.atomic():
        Money.objects.update(cents=1)
    client = signed_in_client(promoter)
    page = client.get(reverse("network:committee", args=[committee.pk])).content.decode()
    for amount in ("$3,450", "$380.50", "$3,069.50"):
        assert amount in page
    assert "no tiene con qué comprobarse" in page
    answer = client.post(
        reverse("network:new-money", args=[committee.pk]),
        {"way": "spent", "amount": "3.450,00", "on": "2026-11-02", "what": "Copias"},
    )
    assert answer.status_code == 422
    assert "no se entiende" in answer.content.decode()


def test_a_slip_of_a_zero_is_asked_about_before_it_stands_in_the_book_for_ever(
    promoter: User, committee: committees.Committee
) -> None:
    line = committees.Line("received", "1,250.50", DAY, "Rifa", "Acta")
    committees.write_money(by=promoter, committee_id=committee.pk, line=line)
    client, new = signed_in_client(promoter), reverse("network:new-money", args=[committee.pk])
    assert "Sí se gastó más" not in client.get(new).content.decode()
    typed = {"way": "spent", "amount": "12,000", "on": "2026-11-02", "what": "Copias"}
    answer = client.post(new, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "En el libro quedan $1,250.50" in page
    assert 'value="12,000"' in page and "Sí se gastó más de lo que hay" in page
    assert Money.objects.count() == 1
    with pytest.raises(DomainError, match="no alcanza"):
        committees.write_money(
            by=promoter, committee_id=committee.pk,
            line=committees.Line("spent", "1,250.51", DAY, "Copias"),
        )  # fmt: skip
    client.post(new, {**typed, "beyond": "on"})
    shown = client.get(reverse("network:committee", args=[committee.pk])).content.decode()
    assert "salió $10,749.50 más de lo que entró" in shown
    # Whoever passes by the wall does not read that somebody took it.
    said = str(poster.data(promoter, committee.community)["money"])
    assert "Faltan entradas por anotar" in said and "-$" not in said


def test_the_page_for_the_wall_says_what_was_chosen_and_promised_and_quotes_nobody(
    promoter: User, place: Community
) -> None:
    need = voiced(promoter, place, "Luz", quotation="De noche no se ve.", how_many=9)
    opened = gathered(promoter, place)
    demands.close_assembly(
        by=promoter, assembly_id=opened.pk, votes={need.pk: 20}, second={}, minutes="Acta."
    )
    taken(promoter, place, demand_id=need.pk)
    taken(promoter, place, what="Acompañar los martes", demand_id=need.pk, on_the_wall=False)
    data = poster.data(promoter, place)
    assert "Acompañar" not in str(data)
    assert data["chosen"] == [["1", "Luz", "0 de 2 cumplidas"]]
    assert "De noche" not in str(data)
    carried = committees.found(by=promoter, community_id=place.pk, name="De la luz", founded_on=DAY)
    taken(promoter, place, what="Contar lámparas", owner="Lupita", committee_id=carried.pk)
    data = poster.data(promoter, place)
    assert "Contar lámparas" in str(data)
    assert "Lupita" not in str(data)
    assert poster.pdf(data).startswith(b"%PDF")


def test_an_empty_form_is_handed_back_with_a_sentence_for_each_thing_that_is_missing(
    promoter: User, place: Community
) -> None:
    client: Client = signed_in_client(promoter)
    answer = client.post(
        reverse("network:new-demand", args=[place.pk]), {"what": "Agua", "voiced_on": "2027-01-01"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Falta de qué trata." in page
    assert 'value="Agua"' in page
