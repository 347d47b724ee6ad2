"""Nothing starts until a named person of the organisation has signed; what is signed stays."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.factories.programmes import EditionFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.programmes import actions
from tequio.programmes.models import Edition, Site

CONTEXT = actions.Diagnosis(" Diagnóstico de la  colonia ", date(2026, 5, 2), "Carpeta 3")


def test_a_model_is_adopted_once_unsigned_with_its_fingerprint(coordinator: User) -> None:
    once = actions.adopt_edition(by=coordinator, model_slug="guia-simetria")
    again = actions.adopt_edition(by=coordinator, model_slug="guia-simetria")
    assert once == again
    assert (once.signed_at, once.sessions_planned, len(once.model_sha256)) == (None, 12, 64)
    assert Event.objects.filter(kind="edition.adopt").count() == 1
    with pytest.raises(NotVisible):
        actions.adopt_edition(by=coordinator, model_slug="otra")


def test_a_signature_has_a_name_and_a_training_and_is_given_once(director: User) -> None:
    edition = actions.adopt_edition(by=director, model_slug="guia-simetria")
    for name, training in (("", "Psicóloga"), ("Carmen", "   ")):
        with pytest.raises(DomainError, match="Falta el nombre o la formación"):
            actions.sign_edition(
                by=director,
                edition_id=edition.pk,
                signed_by=name,
                signed_as=training,
                diagnosis=CONTEXT,
            )
    signed = actions.sign_edition(
        by=director,
        edition_id=edition.pk,
        signed_by=" Carmen  Solís ",
        signed_as="Psicóloga",
        diagnosis=CONTEXT,
    )
    assert (signed.signed_by, signed.signed_as) == ("Carmen Solís", "Psicóloga")
    with pytest.raises(DomainError, match="ya está firmada por Carmen Solís"):
        actions.sign_edition(by=director, edition_id=edition.pk, signed_by="Otra", signed_as="X")
    assert Edition.objects.get().signed_by == "Carmen Solís"


def test_an_edition_cites_the_diagnosis_of_its_context(director: User) -> None:
    edition = actions.adopt_edition(by=director, model_slug="gendes")
    signing = {"by": director, "edition_id": edition.pk, "signed_by": "C", "signed_as": "P"}
    for missing in (None, actions.Diagnosis("  ")):
        with pytest.raises(DomainError, match="Falta el diagnóstico del contexto"):
            actions.sign_edition(**signing, diagnosis=missing)
    with pytest.raises(DomainError, match="todavía no llega"):
        actions.sign_edition(**signing, diagnosis=actions.Diagnosis("D", date(2999, 1, 1)))
    signed = actions.sign_edition(**signing, diagnosis=CONTEXT)
    assert signed.diagnosis_title == "Diagnóstico de la colonia"
    assert (signed.diagnosis_on, signed.diagnosis_kept) == (date(2026, 5, 2), "Carpeta 3")
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(diagnosis_title="")


def test_an_old_register_answers_to_no_diagnosis(coordinator: User) -> None:
    edition = actions.adopt_edition(by=coordinator, model_slug="registro-previo")
    signed = actions.sign_edition(
        by=coordinator, edition_id=edition.pk, signed_by="Maru", signed_as="Coordinadora"
    )
    assert "registro anterior" in signed.diagnosis_title


def test_the_database_itself_takes_no_half_signature(coordinator: User) -> None:
    edition = EditionFactory.create(organisation=coordinator.organisation)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(signed_as="")


def test_nobody_signs_for_another_organisation(outsider: User, coordinator: User) -> None:
    edition = EditionFactory.create(organisation=coordinator.organisation, unsigned=True)
    with pytest.raises(NotVisible):
        actions.sign_edition(by=outsider, edition_id=edition.pk, signed_by="O", signed_as="X")


@pytest.mark.parametrize("who", ["facilitator", "evaluator", "administrator"])
def test_other_roles_sign_nothing_and_open_no_site(
    who: str, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(who)
    with pytest.raises(Forbidden):
        actions.adopt_edition(by=by, model_slug="guia-simetria")
    with pytest.raises(Forbidden):
        actions.add_site(by=by, name="Centro", timezone="America/Mexico_City")


def test_a_site_has_a_known_zone_and_a_name_of_its_own(coordinator: User, outsider: User) -> None:
    actions.add_site(by=outsider, name="Centro", timezone="America/Mexico_City")
    actions.add_site(by=coordinator, name="Centro", timezone="America/Tijuana")
    with pytest.raises(DomainError, match="Ya hay una sede"):
        actions.add_site(by=coordinator, name=" Centro ", timezone="America/Mexico_City")
    with pytest.raises(DomainError, match="no es una zona horaria"):
        actions.add_site(by=coordinator, name="Luna", timezone="Luna/Mar")
    assert Site.objects.filter(organisation=coordinator.organisation).count() == 1


def test_a_site_without_a_name_is_said_on_the_page(coordinator: User) -> None:
    client = signed_in_client(coordinator)
    client.post("/programas/sedes/", {"name": "  ", "timezone": "America/Mexico_City"})
    assert "Falta el nombre de la sede" in client.get("/programas/").content.decode()
    assert not Site.objects.exists()
