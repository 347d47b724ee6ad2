"""Phases, surveys, findings that cannot be hidden, and plans that say why they changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from django.urls import get_resolver, reverse
from tests.factories.communities import BEGUN, DAY, community_of, found
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.network.actions import communities, cycle, learning
from tequio.network.models import (
    Community,
    Finding,
    PhaseReview,
    PlanLine,
    SurveyAnswer,
    SurveyRound,
)
from tequio.network.queries import findings
from tequio.network.queries.communities import phase_page
from tequio.network.rules.cycle import Look

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def place(promoter: User) -> Community:
    return community_of(promoter)


def test_a_phase_ends_only_when_everything_was_seen_and_counted(
    promoter: User, place: Community
) -> None:
    page = phase_page(promoter, place.pk)
    every = {one.criterion.key: Look(True, "Se ve.") for one in page.criteria}
    with pytest.raises(DomainError, match="Dice que ya se vio"):
        communities.review_phase(
            by=promoter, community_id=place.pk, review=communities.Review(DAY, every, "El equipo")
        )
    honest = {key: Look(False, "") for key in every}
    kept = communities.review_phase(
        by=promoter, community_id=place.pk, review=communities.Review(DAY, honest, "El equipo")
    )
    assert kept.outcome == PhaseReview.Outcome.NOT_YET
    place.refresh_from_db()
    assert place.phase == "network"
    with pytest.raises(DomainError, match="primera fase"):
        communities.go_back(
            by=promoter, community_id=place.pk, on=DAY, because="x", decided_by="El equipo"
        )


def _sheet(**said: str) -> cycle.Sheet:
    return cycle.Sheet(said or {"knows_where": "yes"}, {"gender": "woman"}, "no")


@pytest.fixture
def opened(promoter: User, place: Community) -> SurveyRound:
    return cycle.open_round(by=promoter, community_id=place.pk, started_on=BEGUN, how="Puertas")


def test_no_number_is_shown_before_a_survey_is_closed_with_who_refused(
    promoter: User, place: Community, opened: SurveyRound
) -> None:
    cycle.answer_many(by=promoter, round_id=opened.pk, sheets=[_sheet()] * 15)
    cycle.answer_many(by=promoter, round_id=opened.pk, sheets=[_sheet(knows_where="no")] * 15)
    client = signed_in_client(promoter)
    address = reverse("network:surveys", args=[place.pk])
    assert "%" not in client.get(address).content.decode().split("<main", 1)[1]
    close = reverse("network:close-round", args=[opened.pk])
    answer = client.post(close, {"on": "2026-11-02"})
    assert answer.status_code == 422
    assert "Sin eso ninguna cifra se puede leer" in answer.content.decode()
    client.post(close, {"on": "2026-11-02", "refused": "12"})
    page = client.get(address).content.decode()
    assert "50\u00a0% de unas 30" in page
    assert "cerca de 10 no quisieron" in page
    assert "No dice que el programa la causó" in page
    with pytest.raises(Conflict):
        cycle.answer(by=promoter, round_id=opened.pk, sheet=_sheet())


def test_a_change_is_said_with_its_years_and_how_far_luck_may_move_it(promoter: User) -> None:
    place = community_of(promoter, on=date(2024, 11, 4))
    for on, yes in ((date(2024, 11, 5), 20), (date(2026, 11, 5), 60)):
        opened = cycle.open_round(by=promoter, community_id=place.pk, started_on=on, how="Puertas")
        told = [_sheet()] * yes + [_sheet(knows_where="no")] * (100 - yes)
        cycle.answer_many(by=promoter, round_id=opened.pk, sheets=told)
        cycle.close_round(by=promoter, round_id=opened.pk, on=on, refused=12)
    address = reverse("network:surveys", args=[place.pk])
    page = signed_in_client(promoter).get(address).content.decode()
    # Two groups of 100 differ by 14 points by luck, at the widest.
    assert "Subió 40 puntos del año 1 al 3 (entre 26 y 54)" in page
    assert "Preguntar por cuadras lo hace más ancho" in page


def test_a_sheet_says_neither_who_nor_when_and_what_is_not_asked_is_refused(
    promoter: User, opened: SurveyRound
) -> None:
    names = {field.name for field in SurveyAnswer._meta.get_fields()}
    assert names == {
        "id", "round", "answers", "gender", "age", "language", "disability", "reached",
    }  # fmt: skip
    for wrong in ({"colour": "yes"}, {"knows_where": "quizá"}, {}):
        with pytest.raises(DomainError):
            cycle.answer(by=promoter, round_id=opened.pk, sheet=cycle.Sheet(wrong))
    assert not SurveyAnswer.objects.exists()


def test_a_finding_stays_in_sight_until_a_plan_changes_because_of_it(
    promoter: User, director: User, place: Community
) -> None:
    finding = found(promoter, place)

    def seen() -> bool:
        pages = [
            signed_in_client(director).get(reverse(name, args=[place.pk])).content.decode()
            for name in ("network:community", "network:learning")
        ]
        on_both = ["Casi nadie vino" in page and "nadie ha" in page.lower() for page in pages]
        return all(on_both)

    assert seen()
    nothing = learning.Decided(DAY, acts=False, what="No hay con qué.", decided_by="El equipo")
    learning.decide(by=promoter, finding_id=finding.pk, decided=nothing)
    assert seen()
    something = learning.Decided(DAY, acts=True, what="Ir en náhuatl.", decided_by="El comité")
    because = learning.decide(by=promoter, finding_id=finding.pk, decided=something)
    assert seen()
    first = _plan(promoter, place, 1, "Círculos", "new")
    _plan(promoter, place, 2, "Círculos en náhuatl", "changed", first, because.pk)
    assert [line.ignored for line in findings.lines(promoter, place)] == [False]
    assert not findings.nobody_acted(Finding.objects.all()).exists()


def test_nothing_changes_or_removes_a_finding(promoter: User, place: Community) -> None:
    finding = found(promoter, place)
    with pytest.raises(DatabaseError), transaction.atomic():
        Finding.objects.update(what="Todo va bien")
    decided = learning.Decided(DAY, acts=False, what="Nada.", decided_by="El equipo")
    learning.decide(by=promoter, finding_id=finding.pk, decided=decided)
    with pytest.raises(ProtectedError):
        finding.delete()
    names = {
        str(pattern.name)
        for space in get_resolver().url_patterns
        for pattern in getattr(space, "url_patterns", [])
        if "finding_id" in getattr(pattern, "pattern", pattern).converters
    }
    assert names == {"decide"}


def _plan(
    by: User,
    place: Community,
    year: int,
    what: str,
    change: str,
    before: PlanLine | None = None,
    because: object = None,
) -> PlanLine:
    planned = learning.Planned(
        year=year,
        what=what,
        change=change,
        before_id=before.pk if before else None,
        because_id=because,  # type: ignore[arg-type]
    )
    return learning.plan(by=by, community_id=place.pk, planned=planned)


def test_a_plan_changes_only_from_the_year_before_and_because_of_a_decision(
    promoter: User, place: Community
) -> None:
    first = _plan(promoter, place, 1, "Círculos", "new")
    with pytest.raises(DomainError, match="por qué cambia"):
        _plan(promoter, place, 2, "Otra cosa", "changed", first)
    with pytest.raises(DomainError, match="año anterior"):
        _plan(promoter, place, 3, "Círculos", "same", first)
    _plan(promoter, place, 2, "Círculos", "same", first)
    with pytest.raises(Conflict):
        _plan(promoter, place, 2, "Círculos otra vez", "same", first)
    finding = found(promoter, place)
    no = learning.Decided(DAY, acts=False, what="Nada.", decided_by="El equipo")
    because = learning.decide(by=promoter, finding_id=finding.pk, decided=no)
    second = PlanLine.objects.get(year=2)
    with pytest.raises(DomainError, match="no hacer nada"):
        _plan(promoter, place, 3, "Otra cosa", "dropped", second, because.pk)


def test_what_was_seen_needs_a_sentence_and_is_counted_as_times(
    promoter: User, place: Community
) -> None:
    seen = cycle.Seen(DAY, "Plática", 14, "skills", 4, " ")
    with pytest.raises(DomainError, match="oyó o se vio"):
        cycle.see(by=promoter, community_id=place.pk, seen=seen)
    client = signed_in_client(promoter)
    body = {
        "activity": "Plática", "on": "2026-11-02", "how_many": "14", "domain": "skills",
        "score": "4", "heard": "Ya abrí una cuenta.",
    }  # fmt: skip
    client.post(reverse("network:new-sighting", args=[place.pk]), body)
    page = client.get(reverse("network:sightings", args=[place.pk])).content.decode()
    assert "1 de 1 veces" in page
    assert "no personas" in page


def test_a_day_before_the_work_began_or_still_to_come_is_refused(
    promoter: User, place: Community
) -> None:
    for day in (date(2024, 1, 1), date(2027, 1, 1)):
        with pytest.raises(DomainError, match="fecha"):
            found(promoter, place, on=day)
