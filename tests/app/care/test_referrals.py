"""A man is passed on with what he chose and no more; the link answers in two taps and goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.literacy import referral_of, sending, today
from tests.factories.people import ParticipantFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.care import queries as care
from tequio.care import referring
from tequio.care.actions import housekeeping, referrals
from tequio.care.models import Referral
from tequio.care.queries import referrals as lists
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.network.models import Slip
from tequio.people.models import Participant

pytestmark = pytest.mark.django_db


def _link(referral: Referral) -> str:
    return reverse("network:slip", args=[referring.opened(referral).secret])


def _typed(by: User, **more: str) -> dict[str, str]:
    day = today(by)
    return {
        "to": "Centro de Salud",
        "what_for": "drink",
        "agreed_on": day.isoformat(),
        "agreed_until": (day + timedelta(days=20)).isoformat(),
        **more,
    }


def test_he_sees_what_they_will_see_before_anything_is_sent(coordinator: User) -> None:
    man: Participant = ParticipantFactory.create(organisation=coordinator.organisation)
    client, page = signed_in_client(coordinator), reverse("care:send-referral", args=[man.folio])
    typed = _typed(coordinator, share_need="on", value_need="Dejar de beber", value_alias="Nogal")
    shown = client.post(page, {**typed, "paso": "ver", "with_link": "on"}).content.decode()
    assert "Dejar de beber" in shown
    assert not Referral.objects.exists()
    client.post(page, {**typed, "paso": "enviar", "with_link": "on"})
    made = Referral.objects.get()
    # What was typed and not chosen is kept nowhere.
    assert [code for code, _value in referring.opened(made).shown] == ["need"]
    seen = Client().get(_link(made)).content.decode()
    assert "Dejar de beber" in seen
    assert "Nogal" not in seen
    assert man.folio not in seen


def test_a_chosen_field_without_words_is_asked_for_and_nothing_typed_is_lost(
    coordinator: User,
) -> None:
    man = ParticipantFactory.create(organisation=coordinator.organisation)
    page = reverse("care:send-referral", args=[man.folio])
    answer = signed_in_client(coordinator).post(page, _typed(coordinator, share_need="on"))
    assert answer.status_code == 422
    assert "Centro de Salud" in answer.content.decode()


def test_they_answer_in_two_taps_and_coordination_writes_it_down(coordinator: User) -> None:
    referral = referral_of(coordinator)
    stranger = Client()
    assert stranger.get(_link(referral)).status_code == 200
    assert stranger.post(_link(referral), {"answer": "accepted"}).status_code == 302
    assert not stranger.cookies
    inside, page = signed_in_client(coordinator), reverse("care:referral", args=[referral.pk])
    assert "Contestaron en la liga" in inside.get(page).content.decode()
    inside.post(reverse("care:referral-answers", args=[referral.pk]))
    referral.refresh_from_db()
    assert (referral.state, referral.steps.last().by_link) == ("accepted", True)
    assert referral.call_on == today(coordinator) + timedelta(days=7)


def test_a_no_is_seen_the_day_it_is_said_and_not_when_somebody_was_to_call(
    coordinator: User,
) -> None:
    silent, said_no = referral_of(coordinator), referral_of(coordinator)
    Client().post(_link(said_no), {"answer": "declined.full"})
    assert [(one.referral.pk, one.answered, one.why) for one in lists.waiting(coordinator)] == [
        (said_no.pk, "No la aceptaron", "No hay lugar ahora"), (silent.pk, "", ""),
    ]  # fmt: skip
    inside, listed = signed_in_client(coordinator), reverse("care:referrals")
    page = inside.get(listed).content.decode()
    assert "no la aceptaron" in page and "No hay lugar ahora" in page
    assert f'hx-get="{listed}?ver=contestadas"' in inside.get("/").content.decode()
    part = inside.get(f"{listed}?ver=contestadas", headers={"HX-Request": "true"}).content.decode()
    assert "No hay lugar ahora" in part and "<main" not in part
    inside.post(reverse("care:referral-answers", args=[said_no.pk]))
    assert not any(one.answered for one in lists.waiting(coordinator))


def test_a_preview_of_the_address_and_a_wrong_answer_change_nothing(coordinator: User) -> None:
    referral = referral_of(coordinator)
    Client().head(_link(referral))
    assert Client().post(_link(referral), {"answer": "served"}).status_code == 409
    assert Client().post(_link(referral), {"answer": "declined"}).status_code == 409
    assert Client().post(_link(referral), {"answer": "revoked"}).status_code == 409
    assert referrals.unread(referral) == []


def test_taking_it_back_makes_the_link_as_if_it_had_never_been(coordinator: User) -> None:
    referral = referral_of(coordinator)
    link, nothing = _link(referral), reverse("network:slip", args=["a" * 26])
    referrals.step(by=coordinator, referral_id=referral.pk, state="revoked", on=today(coordinator))
    one, other = Client().get(link), Client().get(nothing)
    assert (one.status_code, one.content) == (other.status_code, other.content)
    assert one.status_code == 404
    referral.refresh_from_db()
    assert (referring.opened(referral).shown, referral.call_on) == ((), None)


def test_over_a_connection_that_others_may_read_nothing_opens(coordinator: User) -> None:
    far = Client(REMOTE_ADDR="192.168.1.7")
    answer = far.get(_link(referral_of(coordinator)))
    assert answer.status_code == 403
    assert "Dejar de beber" not in answer.content.decode()


def test_a_link_goes_with_his_permission(coordinator: User) -> None:
    referral = referral_of(coordinator)
    with clock.at(clock.now() + timedelta(days=31)):
        assert Client().get(_link(referral)).status_code == 404
        assert Client().post(_link(referral), {"answer": "accepted"}).status_code == 404


def test_a_permission_that_is_over_or_too_long_sends_nothing(coordinator: User) -> None:
    man, day = ParticipantFactory.create(organisation=coordinator.organisation), today(coordinator)
    for until in (day - timedelta(days=1), day + timedelta(days=61)):
        with pytest.raises(DomainError, match="ermiso"):
            referrals.send(
                by=coordinator,
                folio=man.folio,
                sending=sending(coordinator, agreed_on=day - timedelta(days=3), agreed_until=until),
            )
    assert not Referral.objects.exists()


def test_nobody_answered_for_three_days_so_hoy_asks_to_call(coordinator: User) -> None:
    referral_of(coordinator)
    day = today(coordinator)
    assert care.due_referrals(coordinator, day + timedelta(days=2)) == ()
    assert len(care.due_referrals(coordinator, day + timedelta(days=3))) == 1
    with clock.at(clock.now() + timedelta(days=4)):
        assert "1 canalización sin respuesta" in (
            signed_in_client(coordinator).get("/").content.decode()
        )


def test_the_stock_is_the_same_whether_links_are_taken_or_not(coordinator: User) -> None:
    referral = referral_of(coordinator)
    before = {row.pk: len(bytes(row.sealed)) for row in Slip.objects.all()}
    assert len(before) == 64
    assert len(set(before.values())) == 1
    Client().post(_link(referral), {"answer": "accepted"})
    referral_of(coordinator)
    assert {row.pk: len(bytes(row.sealed)) for row in Slip.objects.all()} == before


def test_two_links_never_share_a_row_and_a_used_up_stock_says_so(coordinator: User) -> None:
    made = [referral_of(coordinator) for _n in range(32)]
    assert len({Slip.objects.filter(digest__isnull=False).count(), 64}) == 1
    assert all(Client().get(_link(one)).status_code == 200 for one in made[:3])
    with pytest.raises(DomainError, match="ligas"):
        referral_of(coordinator)


def test_what_was_shared_goes_after_ninety_days_and_the_steps_stay(coordinator: User) -> None:
    referral = referral_of(coordinator)
    referrals.step(
        by=coordinator,
        referral_id=referral.pk,
        state="declined",
        why="full",
        on=today(coordinator),
    )
    referrals.told(by=coordinator, referral_id=referral.pk, words="Me trataron mal.")
    with clock.at(clock.now() + timedelta(days=91)):
        housekeeping.forget_words(clock.now() - timedelta(days=90), lambda _men: set())
    referral.refresh_from_db()
    assert referring.opened(referral).told == ""
    assert referral.steps.count() == 2


def test_a_refusal_needs_its_reason_and_steps_keep_their_order(coordinator: User) -> None:
    referral, day = referral_of(coordinator), today(coordinator)
    with pytest.raises(DomainError, match="por qué"):
        referrals.step(by=coordinator, referral_id=referral.pk, state="declined", on=day)
    with pytest.raises(DomainError, match="anterior"):
        referrals.step(
            by=coordinator, referral_id=referral.pk, state="accepted", on=day - timedelta(days=1)
        )
    with pytest.raises(DomainError, match="no puede pasar"):
        referrals.step(by=coordinator, referral_id=referral.pk, state="served", on=day)
