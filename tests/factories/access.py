"""Organisations and users as the database holds them, without the ceremony of the actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import factory

from tequio.access import vault
from tequio.access.models import OneTimeCodeDevice, Organisation, RoleGrant, User
from tequio.access.sealed import seal_secret

PASSWORD = "faro nogal cedro viento"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    """An organisation with its vault key."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Círculo {n}")
    slug = factory.Sequence(lambda n: f"circulo-{n}")

    @factory.post_generation
    def key(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            vault.make_key(self.pk)


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A user without roles. `roles=("facilitator",)` grants some; `enrolled=False` has no phone."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        handle = factory.Sequence(lambda n: f"persona{n}")

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.LazyAttribute(lambda user: user.handle.capitalize())
    login = factory.LazyAttribute(lambda user: f"{user.handle}@{user.organisation.slug}")

    @factory.post_generation
    def password(self, create: bool, extracted: str | None, **kwargs: Any) -> None:
        if create:
            self.set_password(extracted or PASSWORD)
            self.save(update_fields=["password"])

    @factory.post_generation
    def roles(self, create: bool, extracted: Iterable[str] | None, **kwargs: Any) -> None:
        if create:
            for role in extracted or ():
                RoleGrant.objects.create(user=self, role=role, granted_by="pruebas")
            self.__dict__.pop("roles", None)

    @factory.post_generation
    def enrolled(self, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if create and extracted is not False:
            OneTimeCodeDevice.objects.create(user=self, sealed_secret=seal_secret(self, SECRET))
