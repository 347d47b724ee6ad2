"""Whatever somebody does to a sealed row, with the database's own password, is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from tequio.access.models import Organisation, User
from tequio.audit import anchors
from tequio.audit.models import Event, Seal, SealedEvent
from tequio.audit.record import record, record_export, record_read
from tequio.audit.seals import newest, organisations, seal_closed_batches
from tequio.audit.verification import check, verify
from tequio.core import clock

EVENING = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
Committed = Callable[..., object]


@pytest.fixture(autouse=True)
def _own_anchors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)


@pytest.fixture
def chain(coordinator: User, django_capture_on_commit_callbacks: Committed) -> Organisation:
    """Three seals over two events each."""
    for minute in range(3):
        with clock.at(EVENING + timedelta(minutes=minute)):
            for _i in range(2):
                record("sign_in.done", by=coordinator, subject=coordinator)
        with (
            clock.at(EVENING + timedelta(minutes=minute + 1, seconds=1)),
            django_capture_on_commit_callbacks(execute=True),  # type: ignore[attr-defined]
        ):
            assert seal_closed_batches() == 2
    return coordinator.organisation


def _as_the_owner_of_the_database(*statements: str) -> None:
    """Take the triggers away and do what somebody with the server's password could do."""
    with connection.cursor() as cursor:
        for table in ("audit_event", "audit_seal", "audit_sealedevent"):
            for verb in ("update", "delete"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {table}_no_{verb}{on}")
        for statement in statements:
            cursor.execute(statement)


def _sql(key: object) -> str:
    return str(key) if connection.vendor == "postgresql" else str(key).replace("-", "")


def test_an_untouched_chain_is_sound(chain: Organisation) -> None:
    verdict = verify(chain.pk)

    assert verdict.sound
    assert (verdict.seals, verdict.events) == (3, 6)


def test_sealing_again_adds_nothing(chain: Organisation) -> None:
    with clock.at(EVENING + timedelta(hours=1)):
        assert seal_closed_batches() == 0
        assert seal_closed_batches(everything=True) == 0
    assert Seal.objects.count() == 3


def test_a_batch_stays_open_for_a_minute(coordinator: User) -> None:
    with clock.at(EVENING):
        record("sign_out", by=coordinator)
    with clock.at(EVENING + timedelta(seconds=60)):
        assert seal_closed_batches() == 0
    with clock.at(EVENING + timedelta(seconds=61)):
        assert seal_closed_batches() == 1


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'sign_out'",
        "actor_label = 'otra@persona'",
        "detail = '{\"x\": 1}'",
        "subject_label = ''",
        "at = '2026-11-20 20:00:30+00:00'",
    ],
)
def test_a_changed_row_is_found(chain: Organisation, change: str) -> None:
    event = Event.objects.order_by("at").first()
    assert event is not None
    _as_the_owner_of_the_database(f"UPDATE audit_event SET {change} WHERE id = '{_sql(event.pk)}'")

    assert verify(chain.pk).changed == (event.pk,)


def test_a_removed_row_is_found(chain: Organisation) -> None:
    event = Event.objects.order_by("at").last()
    assert event is not None
    _as_the_owner_of_the_database(f"DELETE FROM audit_event WHERE id = '{_sql(event.pk)}'")

    assert verify(chain.pk).missing == (event.pk,)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_removed_seal_is_found_wherever_it_stood(chain: Organisation, place: int) -> None:
    seal = Seal.objects.order_by("sealed_at")[place]
    _as_the_owner_of_the_database(
        f"DELETE FROM audit_sealedevent WHERE seal_id = '{_sql(seal.pk)}'",
        f"DELETE FROM audit_seal WHERE id = '{_sql(seal.pk)}'",
    )

    assert not verify(chain.pk).sound


def test_a_leaf_rewritten_to_fit_a_changed_row_breaks_its_seal(chain: Organisation) -> None:
    leaf = SealedEvent.objects.first()
    assert leaf is not None
    _as_the_owner_of_the_database(
        f"UPDATE audit_sealedevent SET leaf = '{'0' * 64}' WHERE event_id = '{_sql(leaf.pk)}'"
    )

    assert verify(chain.pk).broken_seals == (leaf.seal_id,)


def test_a_seal_cannot_claim_another_moment(chain: Organisation) -> None:
    seal = newest(chain.pk)
    assert seal is not None
    _as_the_owner_of_the_database(
        f"UPDATE audit_seal SET sealed_at = '2026-11-20 23:00:00+00:00' "
        f"WHERE id = '{_sql(seal.pk)}'"
    )

    assert verify(chain.pk).broken_seals == (seal.pk,)


def test_a_cut_at_the_end_stays_on_record_after_the_next_seal(
    chain: Organisation, coordinator: User, django_capture_on_commit_callbacks: Committed
) -> None:
    last = newest(chain.pk)
    assert last is not None
    _as_the_owner_of_the_database(
        f"DELETE FROM audit_sealedevent WHERE seal_id = '{_sql(last.pk)}'",
        f"DELETE FROM audit_seal WHERE id = '{_sql(last.pk)}'",
    )
    with (
        clock.at(EVENING + timedelta(hours=1)),
        django_capture_on_commit_callbacks(execute=True),  # type: ignore[attr-defined]
    ):
        seal_closed_batches()

    assert Event.objects.filter(kind="audit.cut", organisation_id=chain.pk).count() == 1
    assert anchors.kept(chain.pk) == getattr(newest(chain.pk), "root", None)


def test_a_clock_set_back_does_not_break_the_chain(chain: Organisation, coordinator: User) -> None:
    with clock.at(EVENING - timedelta(hours=2)):
        record("sign_out", by=coordinator)
        assert seal_closed_batches(until=clock.now() + timedelta(seconds=1)) == 1

    verdict = verify(chain.pk)
    assert not (verdict.changed or verdict.missing or verdict.broken_seals)
    assert verdict.seals == 4


def test_history_older_than_the_minute_job_looks_is_sealed_by_night(
    chain: Organisation, coordinator: User
) -> None:
    with clock.at(EVENING - timedelta(days=400)):
        record("sign_out", by=coordinator)
    with clock.at(EVENING + timedelta(hours=1)):
        assert seal_closed_batches() == 0
        assert seal_closed_batches(everything=True) == 1


def test_each_organisation_has_its_own_chain(chain: Organisation, outsider: User) -> None:
    with clock.at(EVENING):
        record("sign_out", by=outsider)
        record("sign_in.failed", by=None)
    with clock.at(EVENING + timedelta(hours=1)):
        assert seal_closed_batches() == 2

    assert verify(outsider.organisation_id).events == 1
    assert verify(None).events == 1
    assert set(organisations()) == {None, chain.pk, outsider.organisation_id}


@pytest.mark.parametrize("of_the_server", [True, False])
def test_two_processes_cannot_fork_a_chain(chain: Organisation, of_the_server: bool) -> None:
    owner = None if of_the_server else chain.pk
    Seal.objects.create(organisation_id=owner, size=0, root="a", previous_root="x")

    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.create(organisation_id=owner, size=0, root="b", previous_root="x")


def test_the_check_records_its_own_verdict(chain: Organisation, administrator: User) -> None:
    assert check(by=administrator, organisation_id=chain.pk).sound
    event = Event.objects.order_by("at").first()
    assert event is not None
    _as_the_owner_of_the_database(f"DELETE FROM audit_event WHERE id = '{_sql(event.pk)}'")
    assert not check(by=None, organisation_id=chain.pk).sound

    kinds = Event.objects.filter(kind__startswith="audit.").order_by("at").values_list("kind")
    assert [kind for (kind,) in kinds] == ["audit.verify", "audit.verify_failed"]


def test_reading_a_file_counts_once_per_quarter_of_an_hour(
    coordinator: User, facilitator: User, administrator: User
) -> None:
    for minutes in (0, 5, 14, 15, 16, 31):
        with clock.at(EVENING + timedelta(minutes=minutes)):
            record_read("participant.open", by=coordinator, subject=facilitator)
    with clock.at(EVENING):
        record_read("participant.open", by=administrator, subject=facilitator)

    assert Event.objects.filter(actor_id=coordinator.pk).count() == 3
    assert Event.objects.filter(actor_id=administrator.pk).count() == 1


def test_an_export_is_recorded_each_time(coordinator: User) -> None:
    for _i in range(3):
        record_export("retention", by=coordinator, rows=12)

    events = Event.objects.filter(kind="export")
    assert [event.detail for event in events] == [{"what": "retention", "rows": 12}] * 3
