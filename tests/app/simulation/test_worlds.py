"""An invented organisation: the same seed gives the same world, and it looks like one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from tests.entering import current_code, type_code, type_password
from tests.factories.worlds import MORNING, fill

from evidencia.simulate.programme import model
from tequio.access.models import Organisation, User
from tequio.access.queries import recovery_codes_left
from tequio.audit.models import Event
from tequio.circles.models import Attendance, Group, Telling
from tequio.core import clock, entropy
from tequio.letters.models import PublicService
from tequio.letters.queries.services import shown
from tequio.people.models import Identity, Participant
from tequio.people.vault import unseal
from tequio.simulation import demonstration


def _told() -> list[object]:
    """Everything that a world holds, keys and folios included."""
    men = Participant.objects.order_by("folio").values_list("pk", "folio", "alias")
    marks = Attendance.objects.order_by("pk").values_list(
        "pk", "session", "membership", "status", "marked_at"
    )
    events = Event.objects.order_by("pk").values_list("pk", "kind", "at", "subject_label")
    who = [unseal(identity) for identity in Identity.objects.order_by("pk")]
    return [*men, *marks, *events.exclude(kind__startswith="organisation"), *who]


@contextmanager
def _replayed(stream: str) -> Iterator[None]:
    # The same keys come out of the same stream: each world keeps them in a folder of its own.
    with TemporaryDirectory() as folder, override_settings(KEY_FOLDER=folder):  # noqa: SIM117
        with clock.at(MORNING), entropy.replay(stream), transaction.atomic():
            yield
            transaction.set_rollback(True)


def _world(seed: int, stream: str) -> list[object]:
    with _replayed(stream):
        fill(seed)
        return _told()


def test_the_same_seed_at_the_same_moment_gives_the_same_world(db: None) -> None:
    once, again = _world(7, "a"), _world(7, "a")
    assert len(once) > 100
    assert once == again


@pytest.mark.thorough
def test_another_seed_gives_another_world(db: None) -> None:
    assert _world(7, "a") != _world(8, "a")


@pytest.mark.parametrize(
    ("slug", "needed"), [("gendes", 2), pytest.param("insp-2010", 2, marks=pytest.mark.thorough)]
)
def test_a_world_can_follow_any_model_that_is_drawn(db: None, slug: str, needed: int) -> None:
    with clock.at(MORNING):
        fill(5, men=11, slug=slug)
    group = Group.objects.get()
    assert group.edition.model_slug == slug
    assert group.facilitators.count() == needed
    assert group.sessions.count() == model(slug).sessions
    assert group.memberships.count() == 11
    assert Telling.objects.filter(part="round").exists()


# --- The demonstration ----------------------------------------------------------------------------


@pytest.fixture
def signs(db: None) -> list[demonstration.SignIn]:
    return demonstration.make(men=11, tell=lambda _done, _total: None)


def _entered(client: Client, sign: demonstration.SignIn) -> bool:
    type_password(client, sign.login, demonstration.PASSWORD)
    type_code(client, current_code(sign.secret))
    return client.get("/cuenta/").status_code == 200


def test_a_demonstration_says_that_it_is_one_and_opens_from_this_machine_alone(
    signs: list[demonstration.SignIn], settings: object
) -> None:
    """One test: to make a demonstration takes seconds."""
    assert "demostración" in Organisation.objects.get().name
    assert not User.objects.filter(demonstration=False).exists()
    assert len({sign.secret for sign in signs}) == len(signs) == 10
    # The first thing that a visitor sees is not a warning.
    assert {recovery_codes_left(user) for user in User.objects.all()} == {10}
    # Whoever reads the public page finds whom to call: what somebody of the team called.
    house = Organisation.objects.get()
    called = {service.name for service in shown(house, clock.today(house.timezone))}
    assert len(called) == 3
    assert PublicService.objects.count() == 4
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    for sign in signs:
        assert _entered(Client(headers={"host": "localhost"}), sign), sign.login
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    far = Client(headers={"host": "localhost"}, REMOTE_ADDR="192.168.1.20")
    named = Client(headers={"host": "tequio.example"})
    handed_on = Client(headers={"host": "localhost", "x-forwarded-for": "127.0.0.1"})
    assert not any(_entered(client, signs[0]) for client in (far, named, handed_on))
    settings.DEMONSTRATION = False  # type: ignore[attr-defined]
    assert not _entered(Client(headers={"host": "localhost"}), signs[1])


def test_no_demonstration_runs_unasked() -> None:
    assert settings.DEMONSTRATION is False
