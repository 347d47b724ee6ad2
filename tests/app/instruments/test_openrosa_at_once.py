"""The same answers, and contradicting ones, at the same instant: each content stands once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests import telephones
from tests.flushing import flush_past_the_triggers  # noqa: F401
from tests.telephones import answers, envelope, on_offer, survey

from tequio.access.models import User
from tequio.core.errors import DomainError
from tequio.instruments import coming, own_answers
from tequio.instruments.actions import devices, receiving
from tequio.instruments.models import Device, Submission

# In memory all threads would share one connection: a file, or PostgreSQL.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    *([pytest.mark.sqlite_file] if connection.vendor == "sqlite" else []),
]


@pytest.fixture
def device(coordinator: User) -> Iterator[Device]:
    given = devices.add(by=coordinator, label="Teléfono azul").device
    with telephones.offers(on_offer(survey())):
        yield given


def _together(doings: Sequence[Callable[[], object]]) -> list[str]:
    gate = Barrier(len(doings))

    def one(what: Callable[[], object]) -> str:
        try:
            gate.wait()
            what()
        except DomainError as refusal:
            return type(refusal).__name__
        else:
            return "kept"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as pool:
        return [done.result() for done in [pool.submit(one, what) for what in doings]]


def _sends(device: Device, xml: bytes) -> Callable[[], object]:
    kind, body = envelope(xml)

    def send() -> None:
        came = coming.look_through(kind, body, device.organisation_id)
        receiving.receive(by=device, came=came)

    return send


def _hows() -> list[str]:
    return sorted(Submission.objects.values_list("how", flat=True))


def test_the_same_eight_times_at_once_is_kept_once(device: Device) -> None:
    _number, xml = answers()
    assert _together([_sends(device, xml)] * 8) == ["kept"] * 8
    assert _hows() == ["kept"]


def test_two_contents_of_one_number_at_once_leave_one_that_stands(device: Device) -> None:
    number, xml = answers()
    other = answers(number=number, first="8")[1]
    said = _together([_sends(device, one) for one in (xml, other) * 3])
    assert sorted(said) == ["Contradiction"] * 3 + ["kept"] * 3
    assert _hows() == ["conflict", "kept"]


def test_two_corrections_and_the_first_at_once_leave_one_that_stands(device: Device) -> None:
    number, xml = answers()
    corrections = [answers(before=number, first=first)[1] for first in "89"]
    said = _together([_sends(device, one) for one in (xml, *corrections)])
    assert sorted(said) == ["Contradiction", "kept", "kept"]
    assert _hows() == ["conflict", "kept", "replaced"]


def test_eight_different_ones_at_once_are_all_kept(device: Device) -> None:
    sent = [answers(first=str(n))[1] for n in range(8)]
    assert _together([_sends(device, xml) for xml in sent]) == ["kept"] * 8
    assert sorted(own_answers.opened(row).xml for row in Submission.objects.all()) == sorted(sent)
