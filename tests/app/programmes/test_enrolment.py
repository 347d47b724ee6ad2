"""A man's way: who may write it, what holds him back, how he comes back, and that counts stay."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from tests.factories.people import ParticipantFactory
from tests.factories.programmes import EditionFactory, EnrolmentFactory, SiteFactory, enrolled

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.core.errors import Conflict, DomainError, Forbidden, NotVisible
from tequio.people import concerns
from tequio.people.models import Participant
from tequio.programmes import gates, vault
from tequio.programmes.actions import enrolment as actions
from tequio.programmes.actions.steps import Why, take
from tequio.programmes.models import Edition, Enrolment, EnrolmentStep
from tequio.programmes.rules import Dose
from tequio.programmes.states import State

DAY = date(2026, 11, 3)


@pytest.fixture
def edition(coordinator: User) -> Edition:
    return EditionFactory.create(organisation=coordinator.organisation)


@pytest.fixture
def man(coordinator: User) -> Participant:
    return ParticipantFactory.create(organisation=coordinator.organisation)


@pytest.fixture
def asked(coordinator: User, man: Participant, edition: Edition) -> Enrolment:
    return actions.open_enquiry(by=coordinator, participant=man, edition=edition, on=DAY)


def _reasons(enrolment: Enrolment) -> list[tuple[str, str]]:
    return [(s.to_state, s.reason) for s in enrolment.steps.order_by("position")]


def test_asking_twice_is_one_question(
    coordinator: User, man: Participant, edition: Edition, asked: Enrolment
) -> None:
    site = SiteFactory.create(organisation=coordinator.organisation)
    again = actions.open_enquiry(
        by=coordinator, participant=man, edition=edition, on=DAY, site=site
    )
    assert again == asked and _reasons(again) == [("enquiry", "asked")]
    assert Event.objects.filter(kind="enrolment.step").count() == 1


def test_nobody_is_accepted_while_a_condition_holds_him(
    coordinator: User, asked: Enrolment
) -> None:
    with (
        gates.only(
            age=lambda *_: gates.Hold("Falta saber su edad.", "Pregúntala."),
            fine=lambda *_: None,
        ),
        pytest.raises(DomainError, match="Falta saber su edad"),
    ):
        actions.accept(by=coordinator, enrolment_id=asked.pk, on=DAY)
    asked.refresh_from_db()
    assert asked.state == "enquiry"
    assert actions.accept(by=coordinator, enrolment_id=asked.pk, on=DAY).state == "accepted"


def test_care_is_asked_first_and_again_when_he_comes_back(
    coordinator: User, asked: Enrolment, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Participant] = []
    monkeypatch.setattr(
        concerns, "may_be_admitted", lambda by, participants: heard.extend(participants)
    )
    actions.accept(by=coordinator, enrolment_id=asked.pk, on=DAY)
    actions.move(by=coordinator, enrolment_id=asked.pk, to=State.WITHDRAWN, on=DAY, reason="work")
    actions.come_back(by=coordinator, enrolment_id=asked.pk, on=DAY)
    assert heard == [asked.participant, asked.participant]


def test_a_seat_in_a_group_opens_and_accepts_what_was_not_yet(
    coordinator: User, man: Participant, edition: Edition
) -> None:
    seated = actions.placed(by=coordinator, participant=man, edition=edition, on=DAY)
    assert _reasons(seated) == [
        ("enquiry", "asked"),
        ("accepted", "diagnosed"),
        ("in_group", "seat"),
    ]
    again = actions.placed(by=coordinator, participant=man, edition=edition, on=DAY)
    assert again.turns == 3


def test_a_seat_is_refused_like_an_acceptance_and_nothing_is_left_behind(
    coordinator: User, man: Participant, edition: Edition
) -> None:
    with gates.only(no=lambda *_: gates.Hold("Falta.")), pytest.raises(DomainError):
        actions.placed(by=coordinator, participant=man, edition=edition, on=DAY)
    assert not Enrolment.objects.exists()


def test_a_man_who_left_comes_back_to_a_group(
    coordinator: User, man: Participant, edition: Edition
) -> None:
    join = {"by": coordinator, "participant": man, "edition": edition}
    actions.placed(**join, on=DAY)
    left = actions.left(**join, on=DAY + timedelta(days=20), reason="work", note="Turno de noche")
    assert left is not None and left.state == "withdrawn"
    back = actions.placed(**join, on=DAY + timedelta(days=90))
    assert _reasons(back)[-3:] == [
        ("withdrawn", "work"),
        ("accepted", "came_back"),
        ("in_group", "seat"),
    ]


@pytest.mark.parametrize(
    ("reason", "note", "state"),
    [
        ("unknown", "", "withdrawn"),
        ("other_group", "", "waiting"),
        ("excluded_threats", "Amenazó a quien facilita", "excluded"),
    ],
)
def test_leaving_has_its_reason(
    coordinator: User, man: Participant, edition: Edition, reason: str, note: str, state: str
) -> None:
    join = {"by": coordinator, "participant": man, "edition": edition}
    assert actions.left(**join, on=DAY) is None
    actions.placed(**join, on=DAY)
    left = actions.left(**join, on=DAY, reason=reason, note=note)
    assert left is not None and left.state == state


def test_an_exclusion_is_explained_and_a_reason_fits_its_step(
    coordinator: User, man: Participant, edition: Edition
) -> None:
    seated = actions.placed(by=coordinator, participant=man, edition=edition, on=DAY)
    step = {"by": coordinator, "enrolment_id": seated.pk, "on": DAY}
    with pytest.raises(DomainError, match="lleva siempre una explicación"):
        actions.move(**step, to=State.EXCLUDED, reason="excluded_threats", note="  ")
    with pytest.raises(DomainError, match="Falta un motivo"):
        actions.move(**step, to=State.WITHDRAWN, reason="excluded_threats")
    with pytest.raises(DomainError, match="no se pasa a «Preguntó»"):
        actions.move(**step, to=State.ENQUIRY, reason="asked")
    with pytest.raises(DomainError, match="anterior a su último paso"):
        actions.move(**{**step, "on": DAY - timedelta(days=1)}, to=State.WITHDRAWN, reason="work")


def test_the_end_is_a_dose_and_never_a_yes(
    coordinator: User, man: Participant, edition: Edition
) -> None:
    seated = actions.placed(by=coordinator, participant=man, edition=edition, on=DAY)
    with pytest.raises(DomainError, match="No se sabe a cuántas sesiones fue"):
        actions.move(
            by=coordinator,
            enrolment_id=seated.pk,
            to=State.COMPLETED,
            on=DAY,
            reason="end_reached",
        )
    actions.finish(by=coordinator, participant=man, edition=edition, on=DAY, attended=3, held=12)
    last = EnrolmentStep.objects.get(to_state="completed")
    assert (last.attended, last.held) == (3, 12)
    done = actions.move(
        by=coordinator, enrolment_id=seated.pk, to=State.MAINTENANCE, on=DAY, reason="goes_on"
    )
    assert done.state == "maintenance"


def test_a_note_is_sealed_to_its_step(
    coordinator: User, man: Participant, edition: Edition, asked: Enrolment
) -> None:
    words = "Trabaja de noche en la central"
    actions.move(
        by=coordinator,
        enrolment_id=asked.pk,
        to=State.REFERRED,
        on=DAY,
        reason="other_place",
        note=words,
    )
    step = EnrolmentStep.objects.get(to_state="referred")
    assert words.encode() not in bytes(step.sealed_note or b"")
    assert vault.open_note(asked, step) == words
    other = EnrolmentStep(enrolment=asked, sealed_note=step.sealed_note)
    with pytest.raises(Exception, match="does not belong"):
        vault.open_note(asked, other)


def test_two_people_at_once_do_not_write_two_steps(coordinator: User, asked: Enrolment) -> None:
    stale = Enrolment.objects.get(pk=asked.pk)
    actions.accept(by=coordinator, enrolment_id=asked.pk, on=DAY)
    with pytest.raises(Conflict, match="Alguien más cambió"):
        take(by=coordinator, enrolment=stale, to=State.WITHDRAWN, why=Why(DAY, "work"))


def test_a_register_brings_men_who_were_in_a_group_and_takes_them_away_again(
    coordinator: User, edition: Edition
) -> None:
    men = ParticipantFactory.create_batch(3, organisation=coordinator.organisation)
    known = EnrolmentFactory.create(
        organisation=coordinator.organisation, participant=men[0], edition=edition
    )
    enrolled(known, "enquiry", on=DAY)
    bring = {"by": coordinator, "participants": men, "edition": edition, "on": None}
    import_id = uuid4()
    assert actions.placed_many(**bring, import_id=import_id) == 2
    assert actions.placed_many(**bring, import_id=import_id) == 0
    assert Enrolment.objects.filter(state="in_group").count() == 2
    actions.left(by=coordinator, participant=men[1], edition=edition, on=DAY)
    assert actions.forget_import(by=coordinator, import_id=import_id) == 1
    assert sorted(Enrolment.objects.values_list("state", flat=True)) == ["enquiry", "withdrawn"]


def test_others_write_nothing_and_strangers_see_nothing(
    facilitator: User, outsider: User, evaluator: User, asked: Enrolment
) -> None:
    for who in (facilitator, outsider, evaluator):
        with pytest.raises(NotVisible):
            actions.accept(by=who, enrolment_id=asked.pk, on=DAY)
    with pytest.raises(Forbidden):
        actions.open_enquiry(
            by=facilitator, participant=asked.participant, edition=asked.edition, on=DAY
        )
    with pytest.raises(DomainError, match="no es de tu organización"):
        actions.open_enquiry(
            by=outsider, participant=asked.participant, edition=asked.edition, on=DAY
        )


def test_the_dose_of_a_step_is_whole(coordinator: User, asked: Enrolment) -> None:
    assert Dose(3, 12).share == 0.25 and Dose(0, 0).share is None
