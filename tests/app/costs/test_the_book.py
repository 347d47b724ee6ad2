"""Writing into the book: once, to the cent, with its sources, and never of a woman or a man."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests.factories.access import OrganisationFactory
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.costs import EntryFactory, TermsFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.circles.models import Group
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError, Forbidden, NotVisible
from tequio.costs.actions import entries, incomes, terms
from tequio.costs.actions.entries import Confirmed, Expense, Hours
from tequio.costs.actions.lines import For, Paid
from tequio.costs.models import Entry, Income
from tequio.costs.queries.hours import proposals

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 18, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _saturday() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def group(facilitator: User) -> Group:
    made = GroupFactory.create(organisation=facilitator.organisation, facilitators=[facilitator])
    attend(made, sessions_of(made, date(2026, 11, 20), 4, held=4), {"Nogal": "pppf"})
    return made


def expense(by: User, **changed: Any) -> Entry:
    values: dict[str, Any] = {
        "key": uuid4(),
        "year": 2026,
        "kind": "venue",
        "amount": Paid(1_000_00),
        **changed,
    }
    return entries.write_expense(by=by, expense=Expense(**values))


def hours(by: User, **changed: Any) -> Entry:
    values: dict[str, Any] = {
        "key": uuid4(),
        "year": 2026,
        "task": "contact",
        "minutes": 600,
        "rate_cents": 120_00,
        **changed,
    }
    return entries.write_hours(by=by, hours=Hours(**values))


def test_the_same_form_sent_twice_is_one_line(director: User) -> None:
    key = uuid4()
    expense(director, key=key)
    expense(director, key=key)
    assert Entry.objects.count() == 1
    assert Event.objects.filter(kind="cost.write").count() == 1


def test_another_currency_needs_its_rate_and_where_it_was_read(director: User) -> None:
    with pytest.raises(DomainError, match="tipo de cambio"):
        expense(director, amount=Paid(100_00, "USD", "18.35"))
    row = expense(director, amount=Paid(100_00, "usd", "18.35", "DOF, 3 mar 2026"))
    assert (row.cents, row.currency) == (1_835_00, "USD")
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryFactory.create(exchange="18.35")


def test_the_part_of_the_office_is_what_counts(director: User) -> None:
    assert (
        expense(director, kind="overhead", amount=Paid(240_000_00), percent=30).cents == 72_000_00
    )


def test_contact_with_partners_is_one_total_of_the_year_and_nobodys(
    director: User, group: Group
) -> None:
    with pytest.raises(DomainError, match="un solo total"):
        hours(director, to=For(group=group.pk))
    hours(director)
    with pytest.raises(Conflict, match="ya está anotado"):
        hours(director)
    # The database says so too, should an action forget it.
    told = {"kind": "staff", "task": "contact", "minutes": 5, "rate_cents": 1, "year": 2025}
    house = director.organisation
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryFactory.create(organisation=house, group=group, **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryFactory.create(organisation=house, what="Marta", **told)


def test_the_calendar_proposes_hours_and_what_was_confirmed_is_not_proposed_again(
    coordinator: User, group: Group
) -> None:
    TermsFactory.create(organisation=coordinator.organisation)
    (one,) = proposals(coordinator, 2026)
    # Four meetings of ninety minutes, one person, half an hour of preparation each.
    assert (one.session_minutes, one.preparation_minutes) == (360, 120)
    line = Confirmed(group.pk, 360, 60)
    assert entries.confirm_hours(by=coordinator, year=2026, lines=[line]) == 2
    (rest,) = proposals(coordinator, 2026)
    assert (rest.session_minutes, rest.preparation_minutes) == (0, 60)
    entries.confirm_hours(by=coordinator, year=2026, lines=[Confirmed(group.pk, 0, 60)])
    assert proposals(coordinator, 2026) == []
    with pytest.raises(Conflict, match="ya estaban anotadas"):
        entries.confirm_hours(by=coordinator, year=2026, lines=[line])
    assert sum(Entry.objects.values_list("cents", flat=True)) == 8 * 120_00


def test_voluntary_contributions_are_counted_and_are_of_nobody(director: User) -> None:
    def receive(**changed: Any) -> Income:
        values: dict[str, Any] = {"kind": "voluntary", "amount": Paid(500_00), **changed}
        received = incomes.Received(key=uuid4(), year=2026, **values)
        return incomes.receive(by=director, received=received)

    with pytest.raises(DomainError, match="cuántas"):
        receive()
    with pytest.raises(DomainError, match="se cuentan"):
        receive(count=10, what="Juan")
    assert receive(count=10).count == 10
    assert receive(kind="grant", what="Fondo (inventado)").count is None


def test_a_line_taken_out_stays_written_and_counts_no_more(director: User) -> None:
    row = expense(director)
    entries.void(by=director, entry_id=row.pk)
    with pytest.raises(Conflict):
        entries.void(by=director, entry_id=row.pk)
    row.refresh_from_db()
    assert row.voided_by == director
    page = signed_in_client(director).get("/costos/2026/").content.decode()
    assert "1 renglón que se quitó" in page
    assert "<dd>$0</dd>" in page


def test_the_database_lets_nobody_change_a_line(director: User) -> None:
    row = expense(director)
    for change in ({"cents": 1}, {"year": 2025}, {"paid": False}):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Entry.objects.filter(pk=row.pk).update(**change)


def test_the_book_has_one_currency(director: User) -> None:
    terms.assume(by=director, year=2025, assumed=terms.Assumed())
    expense(director)
    with pytest.raises(Conflict, match="otra moneda"):
        terms.assume(by=director, year=2026, assumed=terms.Assumed(currency="USD"))


def test_a_wage_says_what_it_holds_and_a_shadow_where_it_comes_from(director: User) -> None:
    for bare in ({"wage_cents": 1}, {"shadow_cents": 1}):
        with pytest.raises(DomainError, match="Falta"):
            terms.assume(by=director, year=2026, assumed=terms.Assumed(**bare))  # type: ignore[arg-type]


def test_nobody_writes_for_another_organisation_nor_without_the_permission(
    director: User, evaluator: User, facilitator: User
) -> None:
    foreign = GroupFactory.create(organisation=OrganisationFactory.create())
    with pytest.raises(NotVisible):
        expense(director, to=For(group=foreign.pk))
    for user in (evaluator, facilitator):
        with pytest.raises(Forbidden):
            expense(user)


def test_years_to_come_are_for_the_budget(director: User) -> None:
    with pytest.raises(DomainError, match="de 2000 a 2026"):
        expense(director, year=2027)
