"""What it cost, worked by hand on two groups, and the pages that say it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.factories.access import OrganisationFactory, UserFactory
from tests.factories.circles import GroupFactory, SessionFactory, attend, sessions_of
from tests.factories.costs import EntryFactory, IncomeFactory, TermsFactory
from tests.factories.programmes import EditionFactory
from tests.people import signed_in_client

from evidencia.designs import DESIGNS
from evidencia.estimate import Effect
from evidencia.words import Refusal
from tequio.core import clock
from tequio.core.errors import Forbidden, NotVisible
from tequio.costs import paper, planning
from tequio.costs.models import Entry
from tequio.costs.queries import CostSummary, Money, Scope, beside_effect, summary
from tequio.costs.queries import budgets as planned

NOON = datetime(2026, 11, 21, 18, tzinfo=UTC)
pytestmark = pytest.mark.django_db


class World:
    """Two groups: one ended in 2026 with three of four sessions held, one runs."""

    def __init__(self) -> None:
        self.house = OrganisationFactory.create()
        self.director = UserFactory.create(organisation=self.house, roles=["director"])
        edition = EditionFactory.create(organisation=self.house, model_version="2")
        of = {"organisation": self.house, "edition": edition}
        self.edition = edition
        self.ended = GroupFactory.create(**of, name="Terminó")
        held = sessions_of(self.ended, date(2026, 6, 30), 4, held=3)
        held[3].state, held[3].reason = "not_held", "holiday"
        held[3].save()
        attend(self.ended, held, {"Nogal": "ppp", "Cedro": "pff", "Bosque": "p.."})
        self.running = GroupFactory.create(**of, name="Sigue")
        attend(self.running, sessions_of(self.running, date(2026, 12, 30), 7, held=1), {"Río": "p"})
        TermsFactory.create(organisation=self.house)
        self.line(kind="venue", whole_cents=4_000_00)
        self.line(kind="materials", whole_cents=300_00, group=self.running)
        self.line(
            kind="volunteer",
            task="session",
            minutes=60,
            rate_cents=100_00,
            paid=False,
            whole_cents=100_00,
            group=self.ended,
        )
        self.line(kind="start_up", whole_cents=3_000_00, years=3, year=2025)
        self.line(kind="venue", whole_cents=9_999_00, voided_at=NOON, voided_by=self.director)
        IncomeFactory.create(organisation=self.house, written_by=self.director)

    def line(self, **values: Any) -> Entry:
        return EntryFactory.create(organisation=self.house, written_by=self.director, **values)

    def summary(self, **scope: Any) -> CostSummary:
        return summary(self.director, scope=Scope(2026, **scope))


@pytest.fixture
def world() -> Iterator[World]:
    with clock.at(NOON):
        yield World()


def test_a_year_is_what_the_hand_works_out(world: World) -> None:
    found = world.summary()
    # 4,000 of the place, 300 of materials, a third of 3,000; and 100 that were given.
    assert found.total == Money(5_300_00, 100_00)
    # Three of one group and one of the other came in; four meetings; seats of twelve.
    assert (found.per_entrant.of, found.per_session.of) == (4, 4)
    assert found.per_entrant.paid == 1_325_00
    assert found.per_entrant.whole == 1_350_00
    assert found.per_seat_offered.of == 48
    assert (found.per_seat_used.of, found.per_seat_used.missing) == (6, 2)
    # One of three came to more than three quarters of three; of one more nobody knows.
    assert (found.reached.men, found.reached.of, found.reached.missing) == (1, 3, 1)
    # Three quarters of 5,000 by meetings held, and 100 of its own.
    assert found.per_completer.whole == 3_850_00
    assert any("contacto" in line for line in found.missing)


def test_groups_add_up_to_the_organisation_and_carry_the_common_by_its_weight(
    world: World,
) -> None:
    ended, running = (world.summary(group=g.pk) for g in (world.ended, world.running))
    assert ended.total + running.total == world.summary().total
    assert ended.total == Money(3_750_00, 100_00)
    assert {line.kind: line.money.whole for line in running.by_category} == {
        "materials": 300_00,
        "common": 1_250_00,
    }


def test_a_group_that_ended_is_costed_over_its_whole_life(world: World) -> None:
    SessionFactory.create(
        group=world.ended, position=9, planned_on=date(2025, 12, 10), state="held"
    )
    world.line(kind="venue", whole_cents=500_00, year=2025)
    # All of 2025 is its own: nobody else met; with the first third of the start-up.
    assert world.summary().per_completer.money.whole == 3_850_00 + 500_00 + 1_000_00


def test_beside_an_effect_stands_the_cost_of_who_entered_and_never_of_a_single_arm(
    world: World,
) -> None:
    found = world.summary()
    effect = Effect.of(-0.15, 0.05, n_units=100, n_obs=100)
    answer = beside_effect(found, effect, design=DESIGNS["waitlist"], direction="lower_is_better")
    assert answer.per_effect == pytest.approx(1_350 / 0.15)
    with pytest.raises(Refusal):
        beside_effect(found, effect, design=DESIGNS["single_arm"], direction="lower_is_better")


def test_who_does_not_read_costs_and_what_is_foreign(world: World) -> None:
    facilitator = UserFactory.create(organisation=world.house, roles=["facilitator"])
    with pytest.raises(Forbidden):
        summary(facilitator, scope=Scope(2026))
    with pytest.raises(NotVisible):
        world.summary(group=GroupFactory.create().pk)


def test_the_pages_say_it_and_bad_input_gets_a_sentence(world: World) -> None:
    client = signed_in_client(world.director)
    page = client.get("/costos/2026/resultado/").content.decode()
    assert "Se pagó $5,300. Con lo que dieron ($100), el programa usó $5,400." in page
    assert "Qué carga cada grupo" in page
    assert "No se divide entre mujeres" in page
    one = client.get(f"/costos/2026/resultado/?de=grupo:{world.running.pk}").content.decode()
    assert "Su parte de lo común" in one
    for odd in ("?de=grupo:x", "?de=hombre:1"):
        assert client.get(f"/costos/2026/resultado/{odd}").status_code == 404
    assert client.get("/costos/1999/").status_code == 404
    bad = client.post(
        "/costos/2026/horas/nuevas/", {"task": "supervision", "minutes": "mucho", "volunteer": "no"}
    )
    assert bad.status_code == 422
    assert "Esas horas no se entienden" in bad.content.decode()


def test_the_hours_page_writes_what_was_confirmed_once(world: World) -> None:
    client = signed_in_client(world.director)
    page = client.get("/costos/2026/horas/").content.decode()
    assert "Terminó" in page
    sent = {}
    for group in (world.ended, world.running):
        sent |= {f"g-{group.pk}-session": "4:30", f"g-{group.pk}-preparation": "1"}
        sent |= {f"g-{group.pk}-volunteer": "no", f"g-{group.pk}-take": "on"}
    assert client.post("/costos/2026/horas/", sent).status_code == 302
    assert Entry.objects.filter(proposed=True).count() == 4
    entered = sum(Entry.objects.filter(proposed=True).values_list("cents", flat=True))
    assert entered == 11 * 120_00


def test_a_budget_leaves_as_paper_and_as_a_workbook_with_the_same_sum(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in_client(world.director)
    asked = {"edition": str(world.edition.pk), "groups": "1", "men": "10"}
    page = client.get("/costos/presupuesto/", asked).content.decode()
    assert "Un hombre más" in page
    assert "No está en la suma" in page
    book = load_workbook(BytesIO(client.get("/costos/presupuesto.xlsx", asked).content))
    rows = list(book["Presupuesto"].values)
    said = sum(row[2] for row in rows[2:-1] if row[2] is not None)
    assert said == pytest.approx(rows[-1][2])
    monkeypatch.setattr(paper.printing, "pdf", lambda *_asked: b"%PDF")
    assert client.get("/costos/presupuesto.pdf", asked).content == b"%PDF"
    crowded = client.get("/costos/presupuesto/", asked | {"men": "40"})
    assert crowded.status_code == 422
    assert "hacen falta 4 grupos" in crowded.content.decode()
    bare = client.get("/costos/presupuesto/", asked | {"rise": "4.5"})
    assert "Falta de dónde sale el aumento" in bare.content.decode()


def test_a_budget_says_what_it_stands_on(world: World) -> None:
    wanted = planned.Wanted(world.edition.pk, 1, 10)
    plan = planned.plan(world.director, wanted)
    assert plan.base == 2026
    names = [scenario.name for scenario in plan.scenarios]
    assert names[0] == "Como en 2010, en ocho estados"
    assert any("2010" in note for note in planning.notes(plan))
