"""Accounts of a closed period: counted once, printed the same for ever, and testimonies beside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from tests.factories.accounts import WORDS, drafted, given
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.people import ParticipantFactory
from tests.factories.programmes import EditionFactory, EnrolmentFactory, enrolled, step
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.core.tabular import read_workbook
from tequio.people import vault as people_vault
from tequio.people.vault import Who
from tequio.reports import models
from tequio.reports.accounts import actions, keeping, paper, queries, sealed, workbook
from tequio.reports.accounts.actions import Wanted
from tequio.reports.models import Account
from tequio.reports.rights import whole

EVENING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
DAY = date(2025, 3, 3)


@pytest.fixture(autouse=True)
def _at_eight() -> Iterator[None]:
    with clock.at(EVENING):
        yield


@pytest.fixture
def men(coordinator: User) -> None:
    """Thirty men of March 2025: eighteen came to all four sessions and ten of them ended."""
    house = coordinator.organisation
    edition = EditionFactory.create(organisation=house, sessions_planned=4)
    group = GroupFactory.create(organisation=house, edition=edition)
    held = sessions_of(group, date(2025, 5, 30), 4, held=4)
    rows = {f"A{n}": "pppp" for n in range(18)} | {f"B{n}": "pfff" for n in range(12)}
    for n, place in enumerate(attend(group, held, rows)):
        way = EnrolmentFactory.create(
            organisation=house, participant=place.participant, edition=edition
        )
        enrolled(way, "enquiry", "accepted", "in_group", on=DAY)
        if n < 10:
            step(way, "completed", date(2025, 6, 1), attended=4, held=4)
        elif n >= 18:
            step(way, "withdrawn", date(2025, 5, 2), reason="work")


def table(account: Account, name: str) -> dict[str, Any]:
    blocks = (b for section in account.content["sections"] for b in section["blocks"])
    return next(one for one in blocks if one["kind"] == "table" and one["name"] == name)


def test_it_counts_the_men_who_came_in_the_period(coordinator: User, men: None) -> None:
    rows = {row[0]: row[1:] for row in table(drafted(coordinator), "Embudo")["rows"]}
    assert rows["Llegaron"] == ["30", "—"]
    assert rows["Vinieron a la mitad de las sesiones o más"] == ["20", "67\u00a0%"]
    assert rows["Llegaron al final del ciclo"] == ["10", "33\u00a0%"]
    # Ten men and none are both few: a zero says something of everybody.
    assert rows["Con diagnóstico terminado"] == ["*", "*"]
    reasons = table(drafted(coordinator), "Motivos")
    assert reasons["rows"] == [["Trabajo u horario", "10", "*"]]


def test_who_came_in_another_period_is_not_in_it(coordinator: User, men: None) -> None:
    told = table(drafted(coordinator, period="2024"), "Embudo")
    assert told["rows"][1][1:] == ["*", "*"]
    assert "Nadie" in told["of"]


def test_a_period_that_is_not_over_is_refused(coordinator: User) -> None:
    # The annual one is of a whole year.
    for period in ("2026", "2026-2", "2025-03-01", "", "2025-1", "2025-Q3"):
        with pytest.raises(DomainError):
            actions.begin(by=coordinator, wanted=Wanted("anual", period))


def test_printing_again_gives_the_same_bytes_whatever_was_written_since(
    coordinator: User, men: None
) -> None:
    account = drafted(coordinator)
    actions.write(by=coordinator, account_id=account.pk, words={"carta": "=1+1"}, quoted=[])
    issued = actions.issue(by=coordinator, account_id=account.pk)
    first = paper.pdf(queries.shown(issued)), workbook.xlsx(queries.shown(issued))
    man = ParticipantFactory.create(organisation=coordinator.organisation)
    way = EnrolmentFactory.create(organisation=coordinator.organisation, participant=man)
    enrolled(way, "enquiry", on=DAY)
    with clock.at(EVENING + timedelta(days=400)):
        again = queries.shown(Account.objects.get(pk=account.pk))
        assert again.whole
        assert (paper.pdf(again), workbook.xlsx(again)) == first
    assert first[0].startswith(b"%PDF") and b"StructTreeRoot" in first[0]
    book = read_workbook(first[1], "informe.xlsx")
    funnel = book.sheet("Embudo")
    assert funnel is not None
    said = [row[0] for row in funnel.rows if row]
    assert [any(str(one).startswith(start) for one in said) for start in ("Entre", "Qué f")] == [
        True,
        True,
    ]
    front = book.sheet("Léeme")
    assert front is not None and ("=1+1",) in [row[:1] for row in front.rows]
    # A template is called by its name, and its slug is for machines.
    assert ("Plantilla", "Informe anual") in [row[:2] for row in front.rows]
    assert "«Informe anual»" in paper.proof(issued)


def test_the_database_refuses_to_change_what_was_issued(coordinator: User) -> None:
    issued = actions.issue(by=coordinator, account_id=drafted(coordinator).pk)
    rows = Account.objects.filter(pk=issued.pk)
    for change in ({"words": {"a": "b"}}, {"content": {}}, {"state": "draft"}, {"sha256": "0"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()
    for late in (actions.count_again, actions.issue, actions.discard):
        with pytest.raises(DomainError, match="no cambia"):
            late(by=coordinator, account_id=issued.pk)


def test_a_second_one_takes_its_place_and_the_first_says_so(coordinator: User) -> None:
    first = actions.issue(by=coordinator, account_id=drafted(coordinator).pk)
    second = actions.issue(by=coordinator, account_id=drafted(coordinator).pk)
    other = actions.issue(by=coordinator, account_id=drafted(coordinator, period="2024").pk)
    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.state, first.superseded_by) == ("superseded", second)
    assert other.state == "issued"
    assert second.folio in paper.stands(first)


def test_what_is_not_what_was_issued_is_not_handed_over(director: User) -> None:
    issued = actions.issue(by=director, account_id=drafted(director).pk)
    shown = queries.shown(issued)
    assert shown.whole
    issued.content["sections"][0]["title"] = "Otro"
    assert not queries.shown(issued).whole


def test_a_testimony_lies_sealed_and_stands_only_where_it_was_allowed(
    director: User, coordinator: User
) -> None:
    man = ParticipantFactory.create(organisation=coordinator.organisation, alias="Nogal")
    told = given(coordinator, man)
    assert WORDS.encode()[:20] not in bytes(told.sealed or b"")
    draft = drafted(director)
    actions.write(by=director, account_id=draft.pk, words={}, quoted=[told.pk])
    (quote,) = queries.shown(draft).quotes
    assert (quote.words, quote.called) == (WORDS, "Un participante")
    models.Testimony.objects.filter(pk=told.pk).update(uses=["community"])
    with pytest.raises(NotVisible):
        actions.write(by=director, account_id=draft.pk, words={}, quoted=[told.pk])


def test_a_site_has_no_place_for_testimonies(director: User, coordinator: User) -> None:
    draft = drafted(director, "tablas-estandar")
    with pytest.raises(NotVisible):
        actions.write(by=director, account_id=draft.pk, words={}, quoted=[given(coordinator).pk])


def test_withdrawing_takes_the_words_and_says_where_they_stood(coordinator: User) -> None:
    told = given(coordinator)
    draft, account = drafted(coordinator), drafted(coordinator, "financiadora")
    for one in (draft, account):
        actions.write(by=coordinator, account_id=one.pk, words={}, quoted=[told.pk])
    issued = actions.issue(by=coordinator, account_id=account.pk)
    keeping.withdraw(by=coordinator, testimony_id=told.pk)
    told.refresh_from_db()
    assert (told.sealed, told.ended) == (None, "withdrawn")
    assert queries.shown(draft).quotes == ()
    shown = queries.shown(issued)
    assert (shown.quotes, shown.gone, shown.whole) == ((), 1, True)
    assert "1 testimonio" in paper.gone(shown)
    assert queries.kept(coordinator, told).stands_in == (issued,)


def test_when_the_consent_is_over_the_words_go_by_themselves(coordinator: User) -> None:
    told = given(coordinator)
    with clock.at(EVENING + timedelta(days=364)):
        keeping.forget_old()
        assert models.Testimony.objects.get(pk=told.pk).sealed is not None
    with clock.at(EVENING + timedelta(days=367)):
        keeping.forget_old()
    gone = models.Testimony.objects.get(pk=told.pk)
    assert (gone.sealed, gone.ended) == (None, "over")
    assert Event.objects.filter(kind="testimony.over", subject_id=told.pk).exists()


def test_nobody_is_called_by_his_name(coordinator: User) -> None:
    man = ParticipantFactory.create(organisation=coordinator.organisation, alias="Nogal")
    people_vault.seal(man, Who("Juan", "Pérez Mora")).save()
    for called in ("Juan", "Don Perez", "el nogal"):
        with pytest.raises(DomainError, match="quien lo conozca"):
            given(coordinator, man, called=called)
    assert sealed.told_of(given(coordinator, man, called="Un papá")).called == "Un papá"


def test_who_works_with_the_community_keeps_nothing_of_men(
    promoter: User, coordinator: User
) -> None:
    man = ParticipantFactory.create(organisation=coordinator.organisation)
    his = given(coordinator, man)
    with pytest.raises(Forbidden):
        given(promoter, man)
    with pytest.raises(NotVisible):
        keeping.withdraw(by=promoter, testimony_id=his.pk)
    assert list(queries.testimonies(promoter)) == []


def test_it_stands_in_his_own_file_and_goes_with_him(coordinator: User) -> None:
    man = ParticipantFactory.create(organisation=coordinator.organisation)
    told = given(coordinator, man)
    lines = [line for s in whole.gather(man).sections for row in s.rows for line in row.lines]
    assert WORDS in [line.value for line in lines if line.words]
    man.delete()
    assert not models.Testimony.objects.filter(pk=told.pk).exists()


def test_the_pages_lead_from_a_period_to_an_issued_account(director: User, men: None) -> None:
    client: Client = signed_in_client(director)
    page = client.post("/informes/nuevo/", {"template": "anual"})
    assert page.status_code == 422 and "Falta el periodo" in page.content.decode()
    made = client.post("/informes/nuevo/", {"template": "anual", "period": "2025"})
    address = made["Location"]
    shown = client.get(address).content.decode()
    assert "Qué no se puede concluir" in shown and "Es un borrador" in shown
    told = client.post(f"{address}palabras/", {"words_carta": "Un año de mucho trabajo."})
    assert told.status_code == 302
    client.post(f"{address}emitir/")
    issued = client.get(address).content.decode()
    assert "Un año de mucho trabajo." in issued and "Es un borrador" not in issued
    assert client.get(f"{address}palabras/").status_code == 302


def test_a_testimony_is_not_kept_without_its_consent(coordinator: User) -> None:
    client = signed_in_client(coordinator)
    sent = {
        "given_by": "man",
        "folio": "7K2M-9QXD",
        "words": WORDS,
        "way": "written",
        "uses": ["public"],
        "agreed_on": "2026-11-20",
        "until": "2031-01-01",
    }
    page = client.post("/informes/testimonios/nuevo/", sent)
    assert page.status_code == 422 and "Sin leerle el permiso" in page.content.decode()
    page = client.post("/informes/testimonios/nuevo/", {**sent, "read_to": "on"})
    assert page.status_code == 422 and "Nadie tiene ese folio" in page.content.decode()
    assert WORDS in page.content.decode()
    community = {**sent, "given_by": "community", "read_to": "on"}
    page = client.post("/informes/testimonios/nuevo/", community)
    assert page.status_code == 422 and "tres años como mucho" in page.content.decode()
    assert not models.Testimony.objects.exists()


def test_the_register_shows_each_with_its_day(coordinator: User) -> None:
    told = given(coordinator)
    keeping.withdraw(by=coordinator, testimony_id=given(coordinator).pk)
    page = signed_in_client(coordinator).get("/informes/testimonios/").content.decode()
    assert told.folio in page and "Lo retiró quien lo dio" in page and WORDS not in page
