"""Undoing an import does not take away a man of whom care knows something by now."""

from __future__ import annotations

from uuid import UUID

from tests.factories.care import ReviewFactory
from tests.factories.people import ParticipantFactory

from tequio.access.models import User
from tequio.care.actions import diagnosis
from tequio.circles.actions.imports.taking_back import take_back
from tequio.circles.models import RegisterImport
from tequio.people.models import Participant


def test_a_man_with_a_diagnosis_or_a_review_stays(coordinator: User) -> None:
    register = RegisterImport.objects.create(
        organisation=coordinator.organisation, file_sha256="0" * 64, created_by=coordinator.login
    )

    def man(import_id: UUID = register.pk) -> Participant:
        return ParticipantFactory.create(organisation=coordinator.organisation, import_id=import_id)

    diagnosed, reviewed, unused = man(), man(), man()
    diagnosis.begin(by=coordinator, folio=diagnosed.folio)
    ReviewFactory.create(participant=reviewed)

    kept = take_back(by=coordinator, register=register)

    assert set(kept.folios) == {diagnosed.folio, reviewed.folio}
    assert not Participant.objects.filter(pk=unused.pk).exists()
