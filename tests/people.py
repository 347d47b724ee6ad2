"""The people of the access tests, by name. Everyone but the outsider works at Círculo Norte."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.conf import settings
from django.test import Client
from tests.factories.access import OrganisationFactory, UserFactory

from tequio.access import sessions
from tequio.access.models import Organisation, User


def sign_in(client: Client, user: User) -> Client:
    """Put somebody in with both factors, as after the whole way in, and return the client."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store.update(sessions.values_for(user))
    store.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    return client


def signed_in_client(user: User, **defaults: str) -> Client:
    """Return a new client in which somebody is in."""
    return sign_in(Client(**defaults), user)


@pytest.fixture
def organisation(db: None) -> Organisation:
    """Círculo Norte."""
    return OrganisationFactory.create(name="Círculo Norte", slug="circulo-norte")


@pytest.fixture
def other_organisation(db: None) -> Organisation:
    """Another organisation on the same server."""
    return OrganisationFactory.create(name="Casa Sur", slug="casa-sur")


def _person(organisation: Organisation, handle: str, *roles: str) -> User:
    user = UserFactory.create(organisation=organisation, handle=handle, roles=roles)
    return User.objects.select_related("organisation").get(pk=user.pk)


@pytest.fixture
def facilitator(organisation: Organisation) -> User:
    """Lalo, who facilitates."""
    return _person(organisation, "lalo", "facilitator")


@pytest.fixture
def other_facilitator(organisation: Organisation) -> User:
    """Beto, who facilitates other groups."""
    return _person(organisation, "beto", "facilitator")


@pytest.fixture
def therapist(organisation: Organisation) -> User:
    """Tere, who gives therapy."""
    return _person(organisation, "tere", "therapist")


@pytest.fixture
def advocate(organisation: Organisation) -> User:
    """Ana, who accompanies women."""
    return _person(organisation, "ana", "advocate")


@pytest.fixture
def promoter(organisation: Organisation) -> User:
    """Paty, who works with the neighbourhood."""
    return _person(organisation, "paty", "promoter")


@pytest.fixture
def coordinator(organisation: Organisation) -> User:
    """Maru, who coordinates."""
    return _person(organisation, "maru", "coordinator")


@pytest.fixture
def evaluator(organisation: Organisation) -> User:
    """Eva, who evaluates."""
    return _person(organisation, "eva", "evaluator")


@pytest.fixture
def director(organisation: Organisation) -> User:
    """Dora, who directs."""
    return _person(organisation, "dora", "director")


@pytest.fixture
def administrator(organisation: Organisation) -> User:
    """Adán, who administers."""
    return _person(organisation, "adan", "administrator")


@pytest.fixture
def outsider(other_organisation: Organisation) -> User:
    """Olga, who coordinates another organisation."""
    return _person(other_organisation, "olga", "coordinator")
