"""A man is forgotten: what names him goes, what was counted stays, the paper tells the truth."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from tests.factories.care import diagnosed, judged
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.people import ConsentFactory, IntakeFactory, ParticipantFactory
from tests.factories.programmes import EnrolmentFactory, enrolled
from tests.factories.reports import CertificateFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.audit.record import record_export
from tequio.care.actions import reviews
from tequio.circles.models import Attendance, Membership, RegisterImport
from tequio.core import clock, erased, ids
from tequio.core.erased import Line
from tequio.core.errors import Forbidden, NotVisible
from tequio.core.safekeeping import forgotten_by
from tequio.letters.models import Agenda
from tequio.people import vault
from tequio.people.models import Identity, Intake, Participant
from tequio.people.rules.answers import Answers
from tequio.people.vault import Who
from tequio.programmes.models import Enrolment, EnrolmentStep
from tequio.reports.models import Certificate, Erasure
from tequio.reports.rights import again, erasing, listed, telling_the_truth
from tequio.reports.rights.erasing import Asked, Held
from tequio.reports.wording import long_day

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
WANTED = Asked("asked")


@pytest.fixture
def man(facilitator: User, coordinator: User) -> Participant:
    """Nogal, who left his group: nothing keeps him any more."""
    with clock.at(NOON):
        house = facilitator.organisation
        group = GroupFactory.create(organisation=house, facilitators=[facilitator])
        planned = sessions_of(group, date(2026, 11, 20), 4, held=4)
        place = attend(group, planned, {"Nogal": "pfp."})[0]
        man = place.participant
        man.identity.delete()
        vault.seal(man, Who("Juan", "Pérez Mora", "55 1234 5678")).save()
        ConsentFactory.create(participant=man)
        CertificateFactory.create(organisation=house, participant=man, edition=group.edition)
        IntakeFactory.create(
            participant=man,
            said=Answers(adult="yes"),
            state="done",
            route="court",
            motive="ordered",
            finished_at=clock.now(),
        )
        way = EnrolmentFactory.create(organisation=house, participant=man, edition=group.edition)
        enrolled(way, "enquiry", "accepted", "in_group", on=date(2026, 9, 2))
        enrolled(way, "withdrawn", on=date(2026, 11, 20))
        place.ended_on, place.ended_at_session = date(2026, 11, 20), 4
        place.save()
        Agenda.objects.create(
            organisation=house, participant_id=man.pk, due_on=date(2026, 12, 1), subjects=["a"]
        )
        diagnosed(coordinator, man)
        return Participant.objects.get(pk=man.pk)


def close_reviews(by: User, man: Participant) -> None:
    for review in man.reviews.exclude(state="closed"):
        judged(by, review)
        reviews.close(by=by, review_id=review.pk, words="Ya no hace falta.")


@pytest.fixture
def free(man: Participant, coordinator: User) -> Participant:
    with clock.at(NOON):
        close_reviews(coordinator, man)
    return man


def test_an_open_review_holds_him(man: Participant, coordinator: User) -> None:
    with pytest.raises(Held, match="revisión"):
        erasing.forget(by=coordinator, folio=man.folio, asked=WANTED)
    assert Participant.objects.filter(pk=man.pk).exists()


def test_an_order_holds_him_and_so_does_a_place(free: Participant, coordinator: User) -> None:
    with pytest.raises(Held, match="autoridad"):
        erasing.forget(by=coordinator, folio=free.folio, asked=Asked("asked", order_to_keep=True))
    Membership.objects.filter(participant=free).update(ended_on=None, ended_at_session=None)
    with pytest.raises(Held, match="grupo"):
        erasing.forget(by=coordinator, folio=free.folio, asked=WANTED)


def test_who_may_not_erase_does_not(free: Participant, facilitator: User, outsider: User) -> None:
    with pytest.raises(Forbidden):
        erasing.forget(by=facilitator, folio=free.folio, asked=WANTED)
    with pytest.raises(NotVisible):
        erasing.forget(by=outsider, folio=free.folio, asked=WANTED)


def test_he_goes_and_what_was_counted_stays_the_same(free: Participant, coordinator: User) -> None:
    before = _counted()
    places = set(Membership.objects.values_list("pk", flat=True))
    with clock.at(NOON):
        erasing.forget(by=coordinator, folio=free.folio, asked=WANTED)
    assert not Participant.objects.filter(pk=free.pk).exists()
    assert not Identity.objects.exists()
    assert not Agenda.objects.exists()
    assert _counted() == before
    nobody = Participant.objects.get()
    assert nobody.alias == "Persona olvidada"
    assert nobody.folio != free.folio
    assert not places & set(Membership.objects.values_list("pk", flat=True))
    assert set(Attendance.objects.values_list("marked_by", flat=True)) == {"sistema"}
    assert Enrolment.objects.get().state == "withdrawn"
    assert EnrolmentStep.objects.count() == 4
    intake = Intake.objects.get()
    assert (intake.route, intake.motive) == ("court", "ordered")
    certificate = Certificate.objects.get()
    assert certificate.participant is None
    assert not certificate.sealed_name


def _counted() -> object:
    rows = Attendance.objects.values_list("session__position", "status")
    steps = EnrolmentStep.objects.values_list("position", "to_state", "reason", "happened_on")
    return sorted(rows), sorted(steps), sorted(Intake.objects.values_list("route", "motive"))


def test_nothing_leads_from_the_pseudonym_to_him(free: Participant, coordinator: User) -> None:
    with clock.at(NOON):
        erasing.forget(by=coordinator, folio=free.folio, asked=WANTED)
    nobody = Participant.objects.get()
    place = Membership.objects.get()
    new = {str(nobody.pk), nobody.folio, str(place.pk)}
    for event in Event.objects.all():
        said = f"{event.subject_id} {event.subject_label} {json.dumps(event.detail)}"
        assert not [key for key in new if key in said]


def test_a_register_that_held_his_name_goes_too(free: Participant, coordinator: User) -> None:
    register = RegisterImport.objects.create(
        organisation=free.organisation,
        file_sha256="0" * 64,
        sealed_file=b"x",
        sealed_name=b"x",
        state="done",
        created_by="x",
        finished_at=NOON,
    )
    Attendance.objects.update(import_id=register.pk)
    with clock.at(NOON):
        erasing.forget(by=coordinator, folio=free.folio, asked=WANTED)
    register.refresh_from_db()
    assert (register.sealed_file, register.sealed_name) == (None, None)


def test_the_certificate_tells_the_truth(free: Participant, coordinator: User) -> None:
    with clock.at(NOON):
        record_export("circles.report", by=coordinator, rows=12)
        made = erasing.forget(by=coordinator, folio=free.folio, asked=WANTED)
        said = telling_the_truth.truth(made)
    whole = " ".join((said.head, *said.went, *said.stays, *said.beyond))
    assert free.folio in whole
    assert long_day(forgotten_by(made.erased_on)) in whole
    assert "circles.report: 1" in whole
    assert "Su asistencia: 3 registros" in whole
    assert "papel no se alcanza" in whole
    assert "Juan" not in whole
    assert telling_the_truth.pdf(made).startswith(b"%PDF")


def test_the_certificate_says_the_same_whatever_the_wall_holds(
    free: Participant, coordinator: User
) -> None:
    with clock.at(NOON):
        made = erasing.forget(by=coordinator, folio=free.folio, asked=WANTED)
    whole = " ".join((*telling_the_truth.truth(made).stays, *telling_the_truth.truth(made).beyond))
    for word in ("mujer", "pareja", "ella", "muro", "carta sellada"):
        assert word not in whole.replace("huella", "").replace("sellad", ""), word


def test_through_the_pages(free: Participant, coordinator: User) -> None:
    client = signed_in_client(coordinator)
    address = reverse("reports:forget", args=[free.folio])
    assert "Borrar para siempre" in client.get(address).content.decode()
    said = {"reason": "asked", "order_to_keep": "no"}
    wrong = client.post(address, {**said, "folio": ids.new_folio()})
    assert wrong.status_code == 422
    answer = client.post(address, {**said, "folio": free.folio})
    made = Erasure.objects.get()
    assert answer["Location"] == reverse("reports:erasure", args=[made.pk])
    assert made.folio in client.get(answer["Location"]).content.decode()
    assert made.folio in client.get(reverse("reports:erasures")).content.decode()
    assert client.get(reverse("reports:erasure-pdf", args=[made.pk])).content.startswith(b"%PDF")
    assert client.get(address).status_code == 404


# --- A back-up that is put back -------------------------------------------------------------------


def test_who_comes_back_with_an_older_copy_is_erased_again(
    man: Participant,
    coordinator: User,
    tmp_path: Path,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    keys = tmp_path / "keys"
    shutil.copytree(settings.KEY_FOLDER, keys)
    settings.KEY_FOLDER = keys
    other = ParticipantFactory.create(organisation=man.organisation)
    place = Membership.objects.get(participant=man)
    # The copy is of a day on which he was still in his group, with a review open.
    place.ended_on = place.ended_at_session = None
    place.save()
    line = Line(
        str(man.organisation_id),
        listed.name_of(man.organisation_id, man.pk),
        "2026-11-21",
        "asked",
    )
    assert again.forget_again() == 0
    erased.write_down(keys, [line])
    with django_capture_on_commit_callbacks(execute=True):
        assert again.forget_again() == 1
    assert not Participant.objects.filter(pk=man.pk).exists()
    assert Participant.objects.filter(pk=other.pk).exists()
    assert not Membership.objects.filter(ended_on=None).exists(), "Nobody sits in his chair."
    found = Erasure.objects.get(folio=man.folio)
    assert (found.erased_on.isoformat(), found.erased_by) == ("2026-11-21", "sistema")
    assert again.forget_again() == 0
    assert erased.read(keys) == [line], "It names him by a hash, once."
    assert man.folio not in (keys / erased.FILE).read_text()


def test_an_erasure_is_listed_outside_the_database(
    free: Participant,
    coordinator: User,
    tmp_path: Path,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    keys = tmp_path / "keys"
    shutil.copytree(settings.KEY_FOLDER, keys)
    settings.KEY_FOLDER = keys
    name = listed.name_of(free.organisation_id, free.pk)
    with django_capture_on_commit_callbacks(execute=True):
        erasing.forget(by=coordinator, folio=free.folio, asked=WANTED)
    assert [line.who for line in erased.read(keys)] == [name]
