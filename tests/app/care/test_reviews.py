"""A review of a man's situation: a person judges, and nobody closes a high one alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.factories.care import REASONED, judged
from tests.factories.circles import GroupFactory, MembershipFactory
from tests.factories.people import ParticipantFactory

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.care import vault
from tequio.care.actions import reviews
from tequio.care.models import Judgement, Review, Signal, Step
from tequio.care.triggers import hold, let_go
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.people.models import Participant

State = Review.State


@pytest.fixture
def man(facilitator: User) -> Participant:
    group = GroupFactory.create(organisation=facilitator.organisation, facilitators=[facilitator])
    man = ParticipantFactory.create(organisation=facilitator.organisation)
    MembershipFactory.create(group=group, participant=man)
    return man


def opened(by: User, man: Participant, trigger: str = "flag", said: str = "") -> Review:
    return reviews.open_review(by=by, participant=man, trigger=trigger, said=said)


def test_what_was_said_is_sealed_and_only_the_trigger_lies_open(
    facilitator: User, man: Participant
) -> None:
    review = opened(facilitator, man, said="Llegó con la mano vendada")

    signal = Signal.objects.get(review=review)
    assert b"vendada" not in bytes(signal.sealed)
    body = vault.unseal(review.organisation_id, "signal", signal.pk, bytes(signal.sealed))
    assert body == {"said": "Llegó con la mano vendada"}
    assert review.state == State.OPEN
    assert review.level == ""


def test_the_same_trigger_twice_adds_to_the_open_review(
    facilitator: User, man: Participant
) -> None:
    first = opened(facilitator, man, "third_absence")
    again = opened(facilitator, man, "third_absence")

    assert first == again
    assert Signal.objects.filter(review=first).count() == 2
    assert opened(facilitator, man, "flag") != first


def test_two_who_open_it_at_the_same_moment_open_one(
    facilitator: User, coordinator: User, man: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opened(facilitator, man)
    # What the slower one sees: at that moment none was open yet.
    monkeypatch.setattr(reviews, "_open_one", lambda man, trigger: None)
    assert opened(coordinator, man) == first
    assert Signal.objects.filter(review=first).count() == 2


def test_a_trigger_that_nobody_knows_is_refused(facilitator: User, man: Participant) -> None:
    with pytest.raises(DomainError, match="no existe"):
        opened(facilitator, man, "score")


def test_nothing_is_confirmed_that_nobody_asked_for(coordinator: User, man: Participant) -> None:
    review = judged(coordinator, opened(coordinator, man), "high")
    with pytest.raises(DomainError, match="Nadie ha pedido"):
        reviews.confirm(by=coordinator, review_id=review.pk, words="Sí.")


@pytest.mark.parametrize("words", ["", "  "])
def test_a_closing_says_why(facilitator: User, man: Participant, words: str) -> None:
    review = judged(facilitator, opened(facilitator, man))
    with pytest.raises(DomainError, match="por qué"):
        reviews.close(by=facilitator, review_id=review.pk, words=words)


def test_his_log_says_who_read_and_who_judged(facilitator: User, man: Participant) -> None:
    review = judged(facilitator, opened(facilitator, man))
    reviews.read(by=facilitator, review_id=review.pk)
    kinds = set(Event.objects.filter(subject_id=man.pk).values_list("kind", flat=True))
    assert {"review.open", "review.judge", "review.read"} <= kinds


def test_something_new_after_a_judgement_asks_for_another_look(
    facilitator: User, man: Participant
) -> None:
    review = judged(facilitator, opened(facilitator, man), "medium")
    assert review.state == State.JUDGED

    opened(facilitator, man, said="Volvió a pasar")

    review.refresh_from_db()
    assert review.state == State.OPEN
    assert review.level == "medium"


def test_high_danger_that_stays_open_does_not_wait_for_a_fortnight(
    facilitator: User, man: Participant
) -> None:
    today = clock.today(facilitator.organisation.timezone)
    review = judged(facilitator, opened(facilitator, man), "high")
    assert review.due_on == today + timedelta(days=3)


def test_what_stays_open_is_looked_at_again(facilitator: User, man: Participant) -> None:
    today = clock.today(facilitator.organisation.timezone)
    review = judged(facilitator, opened(facilitator, man), "medium")
    assert review.due_on == today + timedelta(days=14)
    again = {"review_id": review.pk, "level": "medium", **REASONED}
    soon = today + timedelta(days=3)
    assert reviews.judge(by=facilitator, again_on=soon, **again).due_on == soon  # type: ignore[arg-type]
    with pytest.raises(DomainError, match="ya pasó"):
        reviews.judge(by=facilitator, again_on=today - timedelta(days=1), **again)  # type: ignore[arg-type]

    opened(facilitator, man, said="Otra vez")
    review.refresh_from_db()
    assert review.due_on == today + timedelta(days=2)


@pytest.mark.parametrize(
    ("level", "why", "reasons"),
    [("", "Porque sí", ["threats"]), ("high", " ", ["threats"]), ("high", "Porque sí", [])],
)
def test_a_judgement_without_a_level_or_without_reasons_is_refused(
    facilitator: User, man: Participant, level: str, why: str, reasons: list[str]
) -> None:
    review = opened(facilitator, man)
    with pytest.raises(DomainError):
        reviews.judge(by=facilitator, review_id=review.pk, level=level, why=why, reasons=reasons)
    assert not Judgement.objects.exists()


def test_one_person_closes_what_was_never_high(facilitator: User, man: Participant) -> None:
    review = judged(facilitator, opened(facilitator, man), "medium")

    review = reviews.close(by=facilitator, review_id=review.pk, words="Se habló con él.")

    assert review.state == State.CLOSED
    assert [s.went_to for s in Step.objects.order_by("at")] == ["judged", "closed"]
    with pytest.raises(DomainError, match="ya está cerrada"):
        judged(facilitator, review)


def test_nothing_is_closed_before_somebody_judged(facilitator: User, man: Participant) -> None:
    review = opened(facilitator, man)
    with pytest.raises(DomainError, match="hace falta una valoración"):
        reviews.close(by=facilitator, review_id=review.pk, words="Ya.")


def test_a_high_review_waits_for_a_second_person_in_an_office(
    facilitator: User, other_facilitator: User, therapist: User, man: Participant
) -> None:
    review = judged(facilitator, opened(facilitator, man), "high")
    review = reviews.close(by=facilitator, review_id=review.pk, words="El arma ya no está.")
    assert review.state == State.TO_CONFIRM

    with pytest.raises(DomainError, match="dos personas distintas"):
        reviews.confirm(by=facilitator, review_id=review.pk, words="Sí.")
    man.memberships.get().group.facilitators.add(other_facilitator)
    with pytest.raises(DomainError, match="dos personas distintas"):
        reviews.confirm(by=other_facilitator, review_id=review.pk, words="Sí.")

    review = reviews.confirm(by=therapist, review_id=review.pk, words="Lo vi con él.")
    assert review.state == State.CLOSED
    assert (review.second, review.second_office) == (therapist, "therapist")
    assert Event.objects.filter(kind="review.close_second").exists()


def test_who_asked_cannot_confirm_even_in_an_office(coordinator: User, man: Participant) -> None:
    review = judged(coordinator, opened(coordinator, man), "high")
    reviews.close(by=coordinator, review_id=review.pk, words="Ya pasó.")
    with pytest.raises(DomainError, match="dos personas distintas"):
        reviews.confirm(by=coordinator, review_id=review.pk, words="Confirmo.")


def test_judging_it_low_later_does_not_spare_the_second_person(
    facilitator: User, man: Participant
) -> None:
    review = judged(facilitator, opened(facilitator, man), "high")
    judged(facilitator, review, "low")

    review = reviews.close(by=facilitator, review_id=review.pk, words="Ya está tranquilo.")

    assert review.state == State.TO_CONFIRM


def test_the_second_person_may_leave_it_open(
    facilitator: User, coordinator: User, man: Participant
) -> None:
    review = judged(facilitator, opened(facilitator, man), "high")
    reviews.close(by=facilitator, review_id=review.pk, words="Ya.")

    review = reviews.send_back(by=coordinator, review_id=review.pk, words="Falta hablar con él.")

    assert (review.state, review.closed_by) == (State.JUDGED, None)


def test_facilitators_reach_only_the_men_of_their_groups(
    facilitator: User, other_facilitator: User, evaluator: User, outsider: User, man: Participant
) -> None:
    review = opened(facilitator, man)
    for stranger in (other_facilitator, evaluator, outsider):
        with pytest.raises(NotVisible):
            judged(stranger, review)
        with pytest.raises(NotVisible):
            opened(stranger, man)


def test_who_may_read_and_not_judge_is_refused(
    coordinator: User, man: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = opened(coordinator, man)
    scope = User.scope
    monkeypatch.setattr(
        User, "scope", lambda user, asked: None if asked == "review:judge" else scope(user, asked)
    )
    with pytest.raises(Forbidden):
        judged(coordinator, review)


# --- The database says so -------------------------------------------------------------------------


def _write(review: Review, **values: object) -> None:
    with transaction.atomic():
        Review.objects.filter(pk=review.pk).update(**values)


def test_the_database_lets_nobody_close_a_high_review_alone(
    facilitator: User, coordinator: User, man: Participant
) -> None:
    review = judged(facilitator, opened(facilitator, man), "high")
    reviews.close(by=facilitator, review_id=review.pk, words="Ya.")
    review.refresh_from_db()
    now = review.opened_at

    with pytest.raises(IntegrityError, match="care_two_people_close_high"):
        _write(review, state="closed", closed_at=now)
    with pytest.raises(IntegrityError, match="care_two_people_close_high"):
        _write(
            review, state="closed", closed_at=now, second=facilitator, second_office="coordinator"
        )
    with pytest.raises(IntegrityError, match="care_second_in_an_office"):
        _write(review, state="closed", closed_at=now, second=coordinator, second_office="friend")
    with pytest.raises(DatabaseError, match="does not follow"):
        _write(review, needs_second=False, level="low")
    _write(review, state="closed", closed_at=now, second=coordinator, second_office="coordinator")


def test_the_database_knows_which_step_follows(facilitator: User, man: Participant) -> None:
    review = opened(facilitator, man)
    now = review.opened_at
    judgement = {"level": "medium", "reviewer": facilitator, "judged_at": now}
    with pytest.raises(DatabaseError, match="does not follow"):
        _write(review, state="closed", closed_at=now, closed_by=facilitator, **judgement)
    with pytest.raises(IntegrityError, match="care_judgement_has_a_reviewer"):
        _write(review, level="low")
    with pytest.raises(IntegrityError, match="care_judged_before_it_goes_on"):
        _write(review, state="judged")
    _write(review, state="judged", **judgement)
    with pytest.raises(DatabaseError, match="does not follow"):
        _write(review, level="", reviewer=None, judged_at=None, state="open")
    _write(review, state="closed", closed_at=now, closed_by=facilitator)
    for values in ({"state": "open"}, {"level": "low"}):
        with pytest.raises(DatabaseError, match="does not follow"):
            _write(review, **values)


def test_a_review_begins_open(facilitator: User, man: Participant) -> None:
    with pytest.raises(DatabaseError, match="begins open"), transaction.atomic():
        Review.objects.create(
            organisation=man.organisation,
            participant=man,
            trigger="flag",
            state="judged",
            opened_by=facilitator,
            due_on="2026-11-21",
            level="low",
            reviewer=facilitator,
            judged_at="2026-11-21T00:00Z",
        )


def test_a_judgement_is_never_changed_and_goes_only_with_him(
    facilitator: User, man: Participant
) -> None:
    judged(facilitator, opened(facilitator, man), "high")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Judgement.objects.update(level="low")
    man.reviews.all().delete()
    assert not Judgement.objects.exists()


# --- Seeded: without its guard each of these goes through -----------------------------------------


def _without_triggers(run: Callable[[], None]) -> None:
    with connection.schema_editor() as editor:
        let_go(None, editor)  # type: ignore[arg-type]
    try:
        run()
    finally:
        with connection.schema_editor() as editor:
            hold(None, editor)  # type: ignore[arg-type]


@pytest.mark.django_db(transaction=True)
def test_without_the_triggers_one_person_closes_by_calling_it_low(facilitator: User) -> None:
    """What the check of the states alone would let through, and why the triggers are there."""
    man = ParticipantFactory.create(organisation=facilitator.organisation)
    group = GroupFactory.create(organisation=facilitator.organisation, facilitators=[facilitator])
    MembershipFactory.create(group=group, participant=man)
    review = judged(facilitator, opened(facilitator, man), "high")
    alone = {"level": "low", "needs_second": False, "state": "closed"}
    alone |= {"closed_by": facilitator, "closed_at": review.opened_at}

    with pytest.raises(DatabaseError, match="does not follow"):
        _write(review, **alone)
    _without_triggers(lambda: _write(review, **alone))
    assert Review.objects.get().state == "closed"


def test_an_action_that_forgets_the_second_person_is_stopped_by_the_database(
    facilitator: User, man: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = judged(facilitator, opened(facilitator, man), "high")
    reviews.close(by=facilitator, review_id=review.pk, words="Ya.")
    monkeypatch.setattr(reviews, "may_be_second", lambda by, review: True)
    monkeypatch.setattr(reviews, "office_of", lambda by: "coordinator")
    with pytest.raises(IntegrityError, match="care_two_people_close_high"), transaction.atomic():
        reviews.confirm(by=facilitator, review_id=review.pk, words="Yo mismo.")


def test_reasons_may_be_anything_but_the_level_is_only_the_reviewers(
    facilitator: User, man: Participant
) -> None:
    """The same reasons with three levels: nothing corrects what a person judged."""
    review = opened(facilitator, man)
    for level in ("high", "low", "medium"):
        reviews.judge(by=facilitator, review_id=review.pk, level=level, **REASONED)  # type: ignore[arg-type]
        review.refresh_from_db()
        assert (review.level, review.reviewer) == (level, facilitator)
