"""The pages of programmes: models in Spanish, guides, training, who waits, a man's way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from tests.factories.people import ParticipantFactory
from tests.factories.programmes import EditionFactory, EnrolmentFactory, SiteFactory, enrolled
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.core import clock
from tequio.core.errors import DomainError, NotVisible
from tequio.programmes import offers, queries
from tequio.programmes.actions.training import record_training
from tequio.programmes.models import Edition, Enrolment, EnrolmentStep, Training
from tequio.programmes.offers import Seats
from tequio.programmes.rules import Dose

EVENING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
DAY = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def _at_eight() -> Iterator[None]:
    with clock.at(EVENING):
        yield


@pytest.fixture
def edition(coordinator: User) -> Edition:
    return EditionFactory.create(organisation=coordinator.organisation, model_version="2")


@pytest.fixture
def way(coordinator: User, edition: Edition) -> Enrolment:
    man = ParticipantFactory.create(organisation=coordinator.organisation, alias="Nogal")
    return EnrolmentFactory.create(
        organisation=coordinator.organisation, participant=man, edition=edition
    )


def _read(user: User, path: str) -> str:
    answer = signed_in_client(user).get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


# --- Models and guides ----------------------------------------------------------------------------


def test_whose_words_it_is_stands_in_spanish(facilitator: User, edition: Edition) -> None:
    text = _read(facilitator, f"/programas/ediciones/{edition.pk}/")
    for wanted in (
        "Documento de origen",
        "Propuesta nuestra",
        "Otra publicación",
        "no está avalado",
    ):
        assert wanted in text
    for english in (">seed<", ">ours<", ">published<"):
        assert english not in text
    assert "Firmar esta edición" not in text


def test_a_file_that_is_not_the_one_that_was_taken_up_is_said(
    coordinator: User, edition: Edition
) -> None:
    assert "no es el que se adoptó" in _read(coordinator, f"/programas/ediciones/{edition.pk}/")


def test_an_edition_is_signed_on_its_page_with_its_diagnosis(coordinator: User) -> None:
    client = signed_in_client(coordinator)
    client.post("/programas/gendes/adoptar/")
    edition = Edition.objects.get()
    page = f"/programas/ediciones/{edition.pk}/"
    said = {"signed_by": "Carmen Solís", "signed_as": "Psicóloga"}
    refused = client.post(page, said)
    assert refused.status_code == 422
    assert "Falta el diagnóstico del contexto" in refused.content.decode()
    done = client.post(page, {**said, "diagnosis_title": "Diagnóstico de Portales"}, follow=True)
    assert "Diagnóstico de Portales" in done.content.decode()


def test_a_guide_shows_its_minutes_its_round_and_its_cautions(
    facilitator: User, edition: Edition
) -> None:
    assert "Doce encuentros" in _read(facilitator, f"/programas/ediciones/{edition.pk}/encuentros/")
    text = _read(facilitator, f"/programas/ediciones/{edition.pk}/encuentros/2/")
    for wanted in ("El retiro", "0–25", "Te apoyo", "Antes de empezar", "Sin evaluar todavía"):
        assert wanted in text
    client = signed_in_client(facilitator)
    assert client.get(f"/programas/ediciones/{edition.pk}/encuentros/13/").status_code == 404


def test_a_model_without_guides_says_so(coordinator: User) -> None:
    edition = EditionFactory.create(
        organisation=coordinator.organisation, model_slug="registro-previo", model_version="1"
    )
    assert "no trae guías" in _read(coordinator, f"/programas/ediciones/{edition.pk}/encuentros/")


# --- Training -------------------------------------------------------------------------------------


def test_training_is_recorded_once_and_a_group_needs_it(
    coordinator: User, facilitator: User, edition: Edition
) -> None:
    with pytest.raises(DomainError, match="No está anotada la formación en este modelo de Lalo"):
        queries.require_facilitators(edition=edition, users=[facilitator])
    with pytest.raises(DomainError, match="pide 1 persona"):
        queries.require_facilitators(edition=edition, users=[])
    client = signed_in_client(coordinator)
    said = {
        "person": str(facilitator.pk),
        "model_slug": "guia-simetria",
        "on": "2026-05-02",
        "where": "Taller interno",
    }
    assert "Lalo" in client.post("/programas/formacion/", said, follow=True).content.decode()
    again = client.post("/programas/formacion/", said)
    assert again.status_code == 422 and "ya está anotada" in again.content.decode()
    queries.require_facilitators(edition=edition, users=[facilitator])


def test_an_older_version_asks_for_no_training(facilitator: User) -> None:
    old = EditionFactory.create(organisation=facilitator.organisation, model_version="1")
    queries.require_facilitators(edition=old, users=[])
    unknown = EditionFactory.create(organisation=facilitator.organisation, model_version="77")
    queries.require_facilitators(edition=unknown, users=[])
    assert queries.entry(unknown) == queries.Entry("open", None, 1, 12)


def test_two_facilitate_where_the_model_says_two(facilitator: User) -> None:
    gendes = EditionFactory.create(
        organisation=facilitator.organisation, model_slug="gendes", model_version="1"
    )
    with pytest.raises(DomainError, match="pide 2 personas"):
        queries.require_facilitators(edition=gendes, users=[facilitator])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"where": "  "}, "Falta dónde"),
        ({"on": date(2027, 1, 1)}, "todavía no llega"),
    ],
)
def test_training_says_where_and_has_happened(
    coordinator: User, facilitator: User, changed: dict[str, object], said: str
) -> None:
    record = {"user_id": facilitator.pk, "model_slug": "gendes", "on": DAY, "where": "Taller"}
    with pytest.raises(DomainError, match=said):
        record_training(by=coordinator, **{**record, **changed})  # type: ignore[arg-type]
    with pytest.raises(NotVisible):
        record_training(by=coordinator, **{**record, "model_slug": "otro"})  # type: ignore[arg-type]
    with pytest.raises(NotVisible):
        record_training(by=coordinator, **{**record, "user_id": uuid4()})  # type: ignore[arg-type]
    assert not Training.objects.exists()


# --- The way --------------------------------------------------------------------------------------


def test_a_man_asks_is_accepted_and_waits_on_the_pages(coordinator: User, edition: Edition) -> None:
    man = ParticipantFactory.create(organisation=coordinator.organisation)
    site = SiteFactory.create(organisation=coordinator.organisation)
    client, page = signed_in_client(coordinator), f"/personas/{man.folio}/programa/"
    assert "Todavía no está en ningún programa" in _read(coordinator, page)
    assert client.post(f"{page}preguntar/", {"reason": "asked"}).status_code == 422
    asked = {
        "edition": str(edition.pk),
        "site": str(site.pk),
        "reason": "invited",
        "on": "2026-11-03",
    }
    assert "Se le invitó" in client.post(f"{page}preguntar/", asked, follow=True).content.decode()
    step = f"/programas/caminos/{Enrolment.objects.get().pk}/"
    assert client.post(step, {"on": "2026-11-04"}).status_code == 422
    assert client.post(step, {"on": "2026-11-04", "step": "in_group:seat"}).status_code == 422
    client.post(step, {"on": "2026-11-04", "step": "accepted:diagnosed"})
    words = "Trabaja de noche"
    client.post(step, {"on": "2026-11-05", "step": "waiting:hour", "note": words})
    assert words in _read(coordinator, page)
    text = _read(coordinator, "/programas/espera/")
    assert man.folio in text and "15 días" in text and site.name in text


def test_what_the_database_would_refuse_is_said_on_the_page(
    coordinator: User, way: Enrolment
) -> None:
    enrolled(way, "enquiry", "accepted", on=DAY)
    client = signed_in_client(coordinator)
    early = client.post(
        f"/programas/caminos/{way.pk}/", {"on": "2026-11-01", "step": "waiting:no_seat"}
    )
    assert early.status_code == 422
    assert "anterior a su último paso" in early.content.decode()


def test_the_end_is_written_with_the_dose_that_circles_counted(
    coordinator: User, way: Enrolment
) -> None:
    enrolled(way, "enquiry", "accepted", "in_group", on=DAY)
    client, step = signed_in_client(coordinator), f"/programas/caminos/{way.pk}/"
    end = {"on": "2026-11-20", "step": "completed:end_reached"}
    assert "No se sabe a cuántas" in client.post(step, end).content.decode()
    with offers.only(dose=lambda *_: Dose(3, 12, made_up=1)):
        assert "3 de 12 sesiones" in _read(
            coordinator, f"/personas/{way.participant.folio}/programa/"
        )
        client.post(step, end)
    last = EnrolmentStep.objects.get(to_state="completed")
    assert (last.attended, last.held) == (3, 12)


def test_the_line_shows_where_a_seat_is_free_and_why_another_is_not(
    coordinator: User, edition: Edition, way: Enrolment
) -> None:
    enrolled(way, "enquiry", "accepted", "waiting", on=DAY)
    groups = [
        Seats(uuid4(), "Martes", "/grupos/x/", edition.pk, uuid4(), 9, 12, True),
        Seats(uuid4(), "Jueves", "/grupos/y/", edition.pk, uuid4(), 12, 12, False, "Está lleno."),
    ]
    with offers.only(groups=lambda _user: groups):
        text = _read(coordinator, "/programas/espera/")
        his = _read(coordinator, f"/personas/{way.participant.folio}/programa/")
    assert "3 libres" in text and "Está lleno." in text
    assert "Grupos con lugar" in his and "Martes" in his and "Jueves" not in his


def test_a_facilitator_reads_the_way_and_not_what_was_written_beside_it(
    coordinator: User, facilitator: User, way: Enrolment, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolled(way, "enquiry", on=DAY)
    signed_in_client(coordinator).post(
        f"/programas/caminos/{way.pk}/",
        {"on": "2026-11-05", "step": "referred:addiction", "note": "Va a Centros de Integración"},
    )
    page = f"/personas/{way.participant.folio}/programa/"
    assert "Centros de Integración" in _read(coordinator, page)
    assert signed_in_client(facilitator).get(page).status_code == 404
    own = type(way.participant).objects.filter(pk=way.participant_id)
    monkeypatch.setattr("tequio.programmes.policies.people_visible_to", lambda _user: own)
    monkeypatch.setattr("tequio.programmes.views.enrolment.people_visible_to", lambda _user: own)
    text = _read(facilitator, page)
    assert "Aquí no, pero allá sí" in text
    assert "Centros de Integración" not in text and "Escribir el paso" not in text
