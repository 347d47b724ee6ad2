"""After ninety days the words go and the short answers stay, unless a review is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests.app.circles import evening_world
from tests.app.circles.evening_world import EVENING, Tonight, answer, said_by

from tequio.access.models import User
from tequio.circles import sealed
from tequio.circles.actions import forgetting, tellings
from tequio.circles.models import Telling
from tequio.circles.rules.evening import After, Note, Round, Said, Tap
from tequio.core import clock


@pytest.fixture
def tonight(facilitator: User) -> Tonight:
    """Abeto's evening, with everything that may be written of him."""
    with clock.at(EVENING):
        made = evening_world.make(facilitator)
        answer(facilitator, made, made.men[0], "yes")
        _keep(facilitator, made, After(reflection="Lo pens"))
        _keep(facilitator, made, After("Lo pensó.", "Irse antes.", retiro="yes", an_hour="no"))
        _keep(facilitator, made, Note("Volver a hablar con él."))
    return made


def _keep(by: User, tonight: Tonight, said: Said) -> None:
    tellings.keep(
        by=by,
        session_id=tonight.session.pk,
        membership_id=tonight.men[0].pk,
        said=said,  # type: ignore[arg-type]
        tap=Tap(uuid4(), clock.now()),
    )


def _after(tonight: Tonight) -> After:
    telling = Telling.objects.get(part="after", stands=True)
    return sealed.open_after(tonight.group.organisation_id, telling)


def test_what_was_written_over_goes_on_the_next_day(tonight: Tonight) -> None:
    with clock.at(EVENING + timedelta(days=2)):
        forgetting.forget_old_words()
    assert Telling.objects.get(ended_why="replaced").sealed is None
    assert _after(tonight).reflection == "Lo pensó."


def test_after_ninety_days_only_the_short_answers_stay(tonight: Tonight) -> None:
    with clock.at(EVENING + timedelta(days=91)):
        forgetting.forget_old_words()
        forgetting.forget_old_words()
    assert _after(tonight) == After(retiro="yes", an_hour="no")
    assert Telling.objects.get(part="note").sealed is None
    assert said_by(tonight.men[0]) == Round("yes")


def test_with_an_open_review_nothing_is_forgotten(
    tonight: Tonight, monkeypatch: pytest.MonkeyPatch
) -> None:
    def all_of_them(men: Iterable[UUID]) -> frozenset[UUID]:
        return frozenset(men)

    monkeypatch.setattr(forgetting, "has_open_review", all_of_them)
    with clock.at(EVENING + timedelta(days=91)):
        forgetting.forget_old_words()
    assert _after(tonight).reflection == "Lo pensó."


def test_those_who_wait_for_a_review_keep_nobody_else_waiting(
    tonight: Tonight, facilitator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, other = tonight.men[0], tonight.men[1]
    with clock.at(EVENING + timedelta(hours=1)):
        tellings.keep(
            by=facilitator,
            session_id=tonight.session.pk,
            membership_id=other.pk,
            said=After(reflection="Otra cosa."),
            tap=Tap(uuid4(), clock.now()),
        )
    monkeypatch.setattr(forgetting, "_AT_ONCE", 1)
    monkeypatch.setattr(
        forgetting, "has_open_review", lambda men: frozenset(men) & {waits.participant_id}
    )
    with clock.at(EVENING + timedelta(days=91)):
        forgetting.forget_old_words()
    assert Telling.objects.get(membership=other).forgotten_at is not None
    assert not Telling.objects.filter(membership=waits, forgotten_at__isnull=False).exists()
