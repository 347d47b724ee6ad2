"""A study from the question to the frozen plan, its amendments, and its end."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import studies as made
from tests.factories.circles import GroupFactory
from tests.factories.lotteries import line
from tests.factories.people import ParticipantFactory
from tests.people import signed_in_client

from evidencia.plans import read_plan
from tequio.access.models import User
from tequio.audit.models import Event
from tequio.circles.models import Membership
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError, Forbidden, NotVisible
from tequio.studies.actions import studies as actions
from tequio.studies.models import Plan, Study
from tequio.studies.queries import feasibility, studies
from tequio.studies.queries import options as designing
from tequio.studies.rules.writing import recipe_in

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@pytest.fixture
def client_of(evaluator: User) -> Client:
    return signed_in_client(evaluator)


def _days() -> dict[str, str]:
    return {
        "first": made.FIRST.isoformat(),
        "last": made.LAST.isoformat(),
        "released": made.RELEASED.isoformat(),
        "monthly": "8",
        "every": "year",
    }


def test_the_assistant_goes_from_a_question_to_a_frozen_plan(client_of: Client) -> None:
    asked = client_of.post(reverse("studies:new-study"), {"question": "violencia-hombres"})
    page = client_of.get(asked["Location"])
    form = page.context["form"]
    answers = {name: form.get_initial_for_field(f, name) for name, f in form.fields.items()}
    people = client_of.post(asked["Location"], {**answers, "title": "Ellos, 2027"})
    designs = client_of.post(people["Location"], _days())
    shown = client_of.get(designs["Location"])
    assert "Lo más chico que vería" in shown.content.decode()
    review = client_of.post(designs["Location"], {"design": "whole"})
    assert "nunca prueba que ella esté segura" in client_of.get(review["Location"]).content.decode()
    done = client_of.post(review["Location"], follow=True)
    study = Study.objects.get()
    plan = study.plans.get()
    assert (study.state, study.title, plan.number) == ("planned", "Ellos, 2027", 1)
    assert plan.sha256 in done.content.decode()


def test_the_file_gives_the_hash_that_is_shown_to_whoever_asks(
    client_of: Client, evaluator: User
) -> None:
    plan = made.frozen(evaluator)
    sent = client_of.get(reverse("studies:plan-file", args=[plan.study_id, 1]))
    assert hashlib.sha256(sent.content).hexdigest() == plan.sha256
    assert read_plan(sent.content).sha256 == plan.sha256
    assert recipe_in(sent.content.decode()) == plan.recipe


def test_nothing_typed_is_lost_and_each_step_says_what_is_wrong(
    client_of: Client, evaluator: User
) -> None:
    study = actions.begin(by=evaluator, question="violencia-hombres")
    address = reverse("studies:study-people", args=[study.pk])
    said = {**_days(), "last": "2026-01-01", "monthly": "muchos"}
    answer = client_of.post(address, said)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Tiene que ser después del día en que empiezan a entrar" in text
    assert "Escríbelo con números" in text and 'value="muchos"' in text
    measures = {f"measure_{n}": "primary" for n in range(7)} | {"wave": "T3", "title": "X"}
    answer = client_of.post(reverse("studies:measures", args=[study.pk]), measures)
    assert answer.status_code == 422
    assert "de una a tres medidas principales" in answer.content.decode()
    assert client_of.post(reverse("studies:new-study"), {"question": "otra"}).status_code == 422


def test_a_frozen_plan_is_changed_by_amendments_alone(evaluator: User) -> None:
    plan = made.frozen(evaluator)
    with pytest.raises(Conflict):
        actions.choose(by=evaluator, study_id=plan.study_id, wave="T4")
    with pytest.raises(Conflict):
        actions.freeze(by=evaluator, study_id=plan.study_id)
    with pytest.raises(DatabaseError), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(text="otra cosa")
    with pytest.raises(DatabaseError), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).delete()
    with pytest.raises(DomainError):
        actions.amend(by=evaluator, study_id=plan.study_id, reason=" ", wave="T4")
    with pytest.raises(DomainError):
        actions.amend(by=evaluator, study_id=plan.study_id, reason="Nada")


def test_an_amendment_says_what_changed_and_names_the_plan_before(
    client_of: Client, evaluator: User
) -> None:
    study = made.amended(evaluator)
    (found,) = studies.amendments(study)
    assert [one.label for one in found.changes] == ["La última respuesta"]
    assert (found.number, found.reason) == (1, "Llegan más tarde")
    first, second = study.plans.order_by("number")
    assert first.sha256 in second.text and second.sha256 == found.sha256
    page = client_of.get(reverse("studies:study", args=[study.pk])).content.decode()
    assert "Llegan más tarde" in page and "seis meses después" in page
    assert client_of.get(reverse("studies:plan", args=[study.pk, 2])).status_code == 200
    assert client_of.get(reverse("studies:plan", args=[study.pk, 3])).status_code == 404


def test_an_amendment_is_written_from_its_page(client_of: Client, evaluator: User) -> None:
    plan = made.frozen(evaluator)
    address = reverse("studies:amend-plan", args=[plan.study_id])
    form = client_of.get(address).context["form"]
    answers = {name: form.get_initial_for_field(f, name) for name, f in form.fields.items()}
    answers = {name: value for name, value in answers.items() if value not in (None, [])}
    without = client_of.post(address, answers)
    assert without.status_code == 422 and "Falta por qué se cambia" in without.content.decode()
    same = client_of.post(address, {**answers, "reason": "Nada"})
    assert same.status_code == 422 and "Nada cambió" in same.content.decode()
    done = client_of.post(address, {**answers, "reason": "Menos", "measure_6": "no"})
    assert done.status_code == 302
    assert plan.study.plans.count() == 2


def test_women_are_never_compared_and_the_database_holds_to_it(evaluator: User) -> None:
    plan = made.frozen(evaluator, "mujeres-acompanadas", "hers")
    assert plan.recipe["arm"] is None
    other = actions.begin(by=evaluator, question="mujeres-acompanadas")
    with pytest.raises(DomainError):
        actions.choose_design(
            by=evaluator, study_id=other.pk, design="comparison", today=made.TODAY
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        Plan.objects.create(
            study=other,
            text=plan.text,
            recipe={**plan.recipe, "arm": {"sites": True}},
            sha256=plan.sha256,
            frozen_by=evaluator,
        )


def test_a_lottery_is_not_offered_without_a_queue_and_no_plan_is_frozen_without_it(
    evaluator: User,
) -> None:
    study = made.begun(evaluator)
    with pytest.raises(DomainError, match="lista de espera"):
        actions.choose_design(by=evaluator, study_id=study.pk, design="lottery", today=made.TODAY)
    calls = made.chosen(evaluator, "vienen-mas", "calls")
    with pytest.raises(DomainError, match="anunciar el sorteo"):
        actions.freeze(by=evaluator, study_id=calls.pk)


def test_stopping_says_why_and_keeps_the_plan(client_of: Client, evaluator: User) -> None:
    plan = made.frozen(evaluator)
    address = reverse("studies:stop-study", args=[plan.study_id])
    assert client_of.post(address, {"why": ""}).status_code == 422
    client_of.post(address, {"why": "Cerró la sede"})
    study = Study.objects.get()
    assert (study.state, study.stopped_why, study.plans.count()) == ("stopped", "Cerró la sede", 1)
    with pytest.raises(Conflict):
        actions.amend(by=evaluator, study_id=study.pk, reason="Otra vez", wave="T4")
    with pytest.raises(DatabaseError), transaction.atomic():
        Study.objects.update(stopped_why="")


def test_who_may(evaluator: User, coordinator: User, facilitator: User, outsider: User) -> None:
    study = made.begun(evaluator)
    with pytest.raises(Forbidden):
        actions.begin(by=coordinator, question="violencia-hombres")
    with pytest.raises(Forbidden):
        actions.freeze(by=coordinator, study_id=study.pk)
    with pytest.raises(Forbidden):
        actions.stop(by=facilitator, study_id=study.pk, why="x")
    with pytest.raises(NotVisible):
        actions.stop(by=made.evaluator_of(outsider.organisation), study_id=study.pk, why="x")
    assert [row.study for row in studies.studies(coordinator)] == [study]
    assert studies.studies(outsider) == []


def test_each_thing_that_is_done_leaves_its_line(evaluator: User) -> None:
    study = made.amended(evaluator)
    actions.stop(by=evaluator, study_id=study.pk, why="Fin")
    kinds = Event.objects.filter(subject_type="study").values_list("kind", flat=True)
    names = ("begin", "choose", "design", "freeze", "amend", "stop")
    assert set(kinds) == {f"study.{name}" for name in names}


def test_what_is_expected_comes_from_who_came_and_says_who_is_missing(evaluator: User) -> None:
    group = GroupFactory.create(organisation=evaluator.organisation)
    men = ParticipantFactory.create_batch(14, organisation=evaluator.organisation)
    for n, man in enumerate(men):
        day = None if n < 2 else date(2026, 5, 20) if n < 8 else date(2026, 8, 20)
        Membership.objects.create(group=group, participant=man, joined_on=day)
    study = made.begun(evaluator, monthly=None)
    known = studies.draft(study)
    found = feasibility.coming(evaluator, known.question, made.TODAY)
    assert (found.people, found.undated, round(found.months)) == (12, 2, 6)
    laid = designing.options(evaluator, study, known.question, known.choices, made.TODAY)
    assert laid.people == round(12 / found.months * known.choices.months)
    assert laid.feasible.staying.source == "insp"
    with clock.at(NOON):
        page = signed_in_client(evaluator).get(reverse("studies:designs", args=[study.pk]))
    text = re.sub(r"\s+", " ", page.content.decode())
    assert "De 2 personas no se sabe cuándo entraron" in text
    assert "lo que pasó en ocho estados en 2010" in text


def test_the_page_of_designs_asks_the_database_twelve_times_at_most(
    client_of: Client, evaluator: User
) -> None:
    line(evaluator, men=30)
    study = made.begun(evaluator)
    with CaptureQueriesContext(connection) as asked:
        assert client_of.get(reverse("studies:designs", args=[study.pk])).status_code == 200
    assert len(asked.captured_queries) <= 12, "\n".join(
        q["sql"][:150] for q in asked.captured_queries
    )
