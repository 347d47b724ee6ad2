"""A man is asked at his moments; what he answers is sealed, read by few, and never lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from tests.factories.assessments import answered, asked
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.people import ConsentFactory, ParticipantFactory
from tests.factories.programmes import EditionFactory
from tests.people import *  # noqa: F403
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.care.models import Review
from tequio.core import clock, ids
from tequio.core.errors import Conflict, DomainError, Forbidden, NotVisible
from tequio.instruments import stores
from tequio.instruments.stores import Filled, FormKey, How
from tequio.people import moments, sealed_answers
from tequio.people.actions import assessments
from tequio.people.actions.assessments import At
from tequio.people.models import Approach, Assessment, Participant

FIRST = date(2026, 9, 4)
NINES = {f"phq_{n}": "1" for n in range(1, 9)} | {"phq_9": "0"}


@pytest.fixture
def man(coordinator: User) -> Participant:
    return ParticipantFactory.create(organisation=coordinator.organisation, alias="Nogal")


@pytest.fixture
def place(facilitator: User) -> Any:
    edition = EditionFactory.create(organisation=facilitator.organisation, model_version="2")
    group = GroupFactory.create(
        organisation=facilitator.organisation, edition=edition, facilitators=[facilitator]
    )
    planned = sessions_of(group, FIRST + timedelta(weeks=11), 12, held=3)
    return attend(group, planned, {"Encino": "ppp"})[0]


def test_what_he_answers_lies_sealed_and_bound_to_its_row(
    coordinator: User, man: Participant
) -> None:
    row = answered(coordinator, man, NINES)
    assert b"phq_" not in bytes(row.answers or b"")
    assert sealed_answers.answers_of(row) == NINES
    other = answered(coordinator, man, {"gad_1": "0"}, "gad-7")
    other.answers = row.answers
    with pytest.raises(Exception):  # noqa: B017 - whatever the library raises
        sealed_answers.answers_of(other)


def test_what_is_kept_on_the_way_is_sealed_and_goes_at_the_end(
    coordinator: User, man: Participant
) -> None:
    row = asked(coordinator, man)
    sitting = stores.of("people").sitting(coordinator, row.pk)
    sitting.keep({"answers": {"phq_1": "2"}})
    row.refresh_from_db()
    assert row.draft is not None and b"phq_1" not in bytes(row.draft)
    assert stores.of("people").sitting(coordinator, row.pk).kept() == {"answers": {"phq_1": "2"}}
    form = FormKey(row.instrument, row.version, row.sha256)
    filled = Filled(form, row.instance_id, NINES, How.WORKER, clock.now(), clock.now())
    assert stores.of("people").sitting(coordinator, row.pk).finish(filled).raised == ()
    row.refresh_from_db()
    assert row.draft is None and row.state == "done"
    with pytest.raises(NotVisible):
        stores.of("people").sitting(coordinator, row.pk)


def test_the_same_moment_is_begun_once_and_answered_once(coordinator: User, place: Any) -> None:
    man = place.participant
    first = asked(coordinator, man, "audit", wave="T1", way=place.pk)
    assert asked(coordinator, man, "audit", wave="T1", way=place.pk).pk == first.pk
    assessments.finish(by=coordinator, assessment_id=first.pk, answers={"audit_1": "0"})
    with pytest.raises(Conflict):
        asked(coordinator, man, "audit", wave="T1", way=place.pk)
    with pytest.raises(Conflict):
        assessments.finish(by=coordinator, assessment_id=first.pk, answers={"audit_1": "4"})
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(
            organisation=man.organisation,
            participant=man,
            instrument="audit",
            version="1",
            sha256="x" * 64,
            wave="T1",
            way_id=place.pk,
            asked_by=coordinator,
        )


@pytest.mark.parametrize("slug", ["conductas-ella", "endireh-pareja", "epv-r", "cts2", "nothing"])
def test_what_is_hers_a_professionals_or_a_shell_is_never_asked_of_him(
    coordinator: User, man: Participant, slug: str
) -> None:
    with pytest.raises(NotVisible):
        asked(coordinator, man, slug)


def test_the_list_of_a_man_names_nothing_of_hers(coordinator: User, man: Participant) -> None:
    page = signed_in_client(coordinator).get(reverse("people:assessments", args=[man.folio]))
    assert b"Lo que hice" in page.content
    assert b"Lo que pas\xc3\xb3" not in page.content and b"EPV-R" not in page.content


def test_an_answer_that_is_none_changes_nothing(coordinator: User, man: Participant) -> None:
    row = asked(coordinator, man)
    for wrong in ({"phq_1": "7"}, {"gad_1": "0"}, {}):
        with pytest.raises(DomainError):
            assessments.finish(by=coordinator, assessment_id=row.pk, answers=wrong)
    row.refresh_from_db()
    assert row.state == "draft"


def test_a_red_flag_opens_a_review_that_does_not_say_what_he_answered(
    coordinator: User, man: Participant
) -> None:
    row = answered(coordinator, man, NINES | {"phq_9": "2"})
    review = Review.objects.get(participant=man)
    assert review.trigger == Review.Trigger.FLAG
    client = signed_in_client(coordinator)
    page = client.get(reverse("people:assessment-done", args=[row.pk])).content.decode()
    assert "No lo dejes ir todavía" in page and "tel:911" in page
    assert "Más de la mitad" not in page


def test_without_a_flag_nobody_is_alarmed(coordinator: User, man: Participant) -> None:
    row = answered(coordinator, man, NINES)
    assert not Review.objects.filter(participant=man).exists()
    page = signed_in_client(coordinator).get(reverse("people:assessment-done", args=[row.pk]))
    assert "tel:911" not in page.content.decode()


def test_a_facilitator_sees_that_a_moment_is_due_and_never_an_answer(
    facilitator: User, coordinator: User, place: Any
) -> None:
    row = answered(
        coordinator, place.participant, {"mia": "4"}, "responsabilidad", wave="T1", way=place.pk
    )
    client = signed_in_client(facilitator)
    with clock.at(datetime(2026, 9, 20, 18, tzinfo=UTC)):
        early = signed_in_client(facilitator)
        page = early.get(reverse("people:assessments", args=[place.participant.folio]))
        assert "Contestó 1 de 2" in page.content.decode()
        assert "Hacerme responsable" in page.content.decode()
        assert reverse("people:assessment", args=[row.pk]) not in page.content.decode()
    assert client.get(reverse("people:assessment", args=[row.pk])).status_code == 404
    assert client.get(reverse("people:assessment-done", args=[row.pk])).status_code == 404
    other = asked(coordinator, place.participant)
    assert client.get(reverse("people:ask", args=[other.pk])).status_code == 404
    with pytest.raises((Forbidden, NotVisible)):
        asked(facilitator, place.participant)


def test_reading_stays_in_the_log_and_shows_what_is_missing(
    coordinator: User, man: Participant
) -> None:
    few = {f"phq_{n}": "1" for n in range(1, 8)} | {"phq_8": "prefers_not"}
    row = answered(coordinator, man, few)
    page = signed_in_client(coordinator).get(reverse("people:assessment", args=[row.pk]))
    text = page.content.decode()
    assert "7 de 9 respuestas" in text and "Prorrateado" in text and "Prefirió no decir: 1" in text
    assert Event.objects.filter(kind="assessment.read").count() == 1


def test_asked_through_the_page_from_beginning_to_end(coordinator: User, man: Participant) -> None:
    client = signed_in_client(coordinator)
    begun = client.post(
        reverse("people:begin-assessment", args=[man.folio]), {"instrument": "diario-retiro"}
    )
    row = Assessment.objects.get(participant=man)
    assert begun["Location"] == reverse("people:ask", args=[row.pk])
    later = client.post(begun["Location"], {"retiro": "yes", "later": "1"})
    assert later.status_code == 302
    assert "checked" in client.get(begun["Location"]).content.decode()
    answers = {"dia": "2026-11-19", "retiro": "yes", "minutos": "hour", "signos": ["body", "words"]}
    assert client.post(begun["Location"], answers).status_code == 302
    row.refresh_from_db()
    assert sealed_answers.answers_of(row) == {
        "dia": "2026-11-19",
        "retiro": "yes",
        "minutos": "hour",
        "signos": "body words",
    }


# --- Moments --------------------------------------------------------------------------------------


def due_on(user: User, day: date) -> list[tuple[str, bool]]:
    return [(one.wave, one.after_leaving) for one in moments.due(user, day)]


def test_moments_come_by_the_calendar_of_the_group(facilitator: User, place: Any) -> None:
    assert due_on(facilitator, FIRST - timedelta(days=22)) == []
    assert due_on(facilitator, FIRST) == [("T0", False)]
    assert due_on(facilitator, FIRST + timedelta(weeks=11)) == [("T3", False)]


def test_who_left_stays_due_if_he_agreed_to_be_looked_for(
    facilitator: User, coordinator: User, place: Any
) -> None:
    place.ended_on, place.ended_at_session = FIRST + timedelta(weeks=3), 4
    place.save()
    end = FIRST + timedelta(weeks=11)
    assert due_on(facilitator, end) == []
    found = moments.of_man(facilitator, end, place.participant_id)
    assert [one.wave for one in found if not one.closed and not one.may_be_sought] == ["T3"]
    ConsentFactory.create(participant=place.participant, purpose="follow_up")
    assert due_on(facilitator, end) == [("T3", True)]
    assert ("S", True) in due_on(coordinator, FIRST + timedelta(weeks=3, days=1))


def test_a_moment_that_was_answered_whole_is_not_due(coordinator: User, place: Any) -> None:
    on = FIRST + timedelta(weeks=2)
    for slug, said in (("conductas-el", {"golpe": "never"}), ("responsabilidad", {"mia": "3"})):
        assert ("T1", False) in due_on(coordinator, on)
        answered(coordinator, place.participant, said, slug, wave="T1", way=place.pk)
    assert ("T1", False) not in due_on(coordinator, on)


def test_every_time_he_was_looked_for_is_kept_and_a_no_ends_it(
    facilitator: User, place: Any
) -> None:
    on = FIRST + timedelta(weeks=2)
    at, folio = At("T1", place.pk), place.participant.folio
    for outcome in ("no_answer", "declined"):
        assert ("T1", False) in due_on(facilitator, on)
        assessments.approach(by=facilitator, folio=folio, at=at, channel="call", outcome=outcome)
    assert ("T1", False) not in due_on(facilitator, on)
    assert Approach.objects.count() == 2
    assert Event.objects.filter(kind="assessment.approach").count() == 2


def test_another_facilitator_sees_none_of_it(other_facilitator: User, place: Any) -> None:
    assert due_on(other_facilitator, FIRST) == []
    client = signed_in_client(other_facilitator)
    folio = place.participant.folio
    assert client.get(reverse("people:assessments", args=[folio])).status_code == 404


def test_a_moment_that_is_not_his_cannot_be_written(facilitator: User, place: Any) -> None:
    client = signed_in_client(facilitator)
    address = reverse("people:approach", args=[place.participant.folio, ids.new_id(), "T1"])
    assert client.post(address, {"channel": "call", "outcome": "later"}).status_code == 404


def test_hoy_shows_who_is_due(facilitator: User, place: Any) -> None:
    with clock.at(datetime(2026, 9, 4, 18, tzinfo=UTC)):
        client = signed_in_client(facilitator)
        hoy = client.get(reverse("desk:today")).content.decode()
        part = client.get(reverse("desk:to-ask"), headers={"HX-Request": "true"}).content.decode()
        whole = client.get(reverse("desk:to-ask")).content.decode()
    assert f'hx-get="{reverse("desk:to-ask")}"' in hoy
    assert "Encino" in part and "<html" not in part
    assert "Encino" in whole and "<html" in whole


def test_the_database_refuses_a_finished_answer_without_answers(
    coordinator: User, man: Participant
) -> None:
    row = asked(coordinator, man)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor():
        Assessment.objects.filter(pk=row.pk).update(state="done", finished_at=clock.now())
