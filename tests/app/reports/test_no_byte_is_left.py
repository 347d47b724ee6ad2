"""Whoever was forgotten is in no byte of the database, its log, its index or the media folder."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.people import IntakeFactory
from tests.flushing import flush_past_the_triggers  # noqa: F401

from tequio.access.models import User
from tequio.access.vault import key_of
from tequio.circles.models import Membership
from tequio.core import clock, wiping
from tequio.people import vault
from tequio.people.models import Identity, Intake, Participant
from tequio.people.rules.answers import Answers, Texts
from tequio.people.vault import Who
from tequio.reports.rights import erasing
from tequio.reports.rights.erasing import Asked

pytestmark = [pytest.mark.sqlite_file, pytest.mark.django_db(transaction=True)]
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
# What stands in the clear, and what identifies him sealed: neither may be found again.
ALIAS = "CanarioXochimilco"


@pytest.fixture
def man(facilitator: User) -> Participant:
    with clock.at(NOON):
        group = GroupFactory.create(
            organisation=facilitator.organisation, facilitators=[facilitator]
        )
        planned = sessions_of(group, date(2026, 11, 20), 6, held=6)
        # Many neighbours: his rows lie among theirs, and pages are shared.
        places = attend(
            group, planned, {ALIAS: "pppppp", **{f"Otro {n}": "pfpfpf" for n in range(60)}}
        )
        Membership.objects.update(ended_on=date(2026, 11, 20), ended_at_session=6)
        man = places[0].participant
        man.identity.delete()
        vault.seal(man, Who("Juan", "Canario", "55 1234 5678")).save()
        IntakeFactory.create(
            participant=man, said=Answers(adult="yes"), wrote=Texts(needs="Canario dice")
        )
        return Participant.objects.get(pk=man.pk)


def signs_of(man: Participant) -> list[bytes]:
    """Every string of bytes by which he could be recognised, as the database would hold it."""
    identity = Identity.objects.get(participant=man)
    intake = Intake.objects.get(participant=man)
    plain = [ALIAS, ALIAS.casefold(), man.pk.hex, identity.name_index, identity.phone_index]
    sealed = [bytes(identity.sealed), bytes(intake.answers), bytes(intake.texts or b"")]
    found = [word.encode() for word in plain if word]
    found += [word.encode("utf-16-le") for word in plain if word]
    # The middle of a ciphertext: its beginning may be a nonce that a page header cut.
    return found + [blob[20:60] for blob in sealed] + [base64.b64encode(one) for one in found[:1]]


def everything() -> bytes:
    """All bytes that the house keeps of its data."""
    database = Path(str(connection.settings_dict["NAME"]))
    files = [database, *database.parent.glob(f"{database.name}-*")]
    media = Path(settings.MEDIA_ROOT)
    files += [path for path in media.rglob("*") if path.is_file()] if media.exists() else []
    return b"".join(path.read_bytes() for path in files if path.exists())


def test_no_byte_of_him_is_left(man: Participant, coordinator: User) -> None:
    signs = signs_of(man)
    before = everything()
    assert all(sign in before for sign in signs[:3]), "The search would find nothing anyway."
    with clock.at(NOON):
        erasing.forget(by=coordinator, folio=man.folio, asked=Asked("asked"))
    # His key stands in the log of what was done, as the certificate says; the rest is gone.
    allowed = {man.pk.hex.encode(), man.pk.hex.encode("utf-16-le")}
    after = everything()
    assert [sign for sign in signs if sign in after and sign not in allowed] == []


def test_without_emptying_the_log_he_would_be_found(
    man: Participant, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiping, "after_commit", lambda: None)
    signs = signs_of(man)
    with clock.at(NOON):
        erasing.forget(by=coordinator, folio=man.folio, asked=Asked("asked"))
    after = everything()
    assert [sign for sign in signs if sign in after]
    assert wiping.wipe()
    assert key_of(man.organisation_id)
