"""Registers as organisations keep them, and drafts of their import ready to start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tequio.access.models import User
from tequio.circles.actions import imports
from tequio.circles.importing.choices import Target
from tequio.circles.importing.reading import read
from tequio.circles.models import Group, RegisterImport
from tequio.core import clock
from tequio.core.tabular import Sheet, write_workbook
from tequio.programmes.models import Edition, Site


def xlsx(*rows: Sequence[Any], name: str = "Hoja1") -> bytes:
    """Return a file of one sheet."""
    return write_workbook([Sheet(name, tuple(tuple(row) for row in rows))])


def a_site(user: User) -> Site:
    return Site.objects.get_or_create(organisation=user.organisation, name="Portales")[0]


def a_signed_edition(user: User) -> Edition:
    return Edition.objects.get_or_create(
        organisation=user.organisation,
        model_slug="registro-previo",
        model_version="1",
        defaults={
            "model_sha256": "0" * 64,
            "name": "Registro anterior, sin modelo declarado",
            "sessions_planned": 12,
            "minutes": 90,
            "signed_at": clock.now(),
            "signed_by": "Maru Ríos",
            "signed_as": "Psicóloga",
            "diagnosis_title": "Diagnóstico de la colonia",
        },
    )[0]


def draft_of(user: User, name: str, data: bytes) -> RegisterImport:
    """Return a received file."""
    return imports.receive(by=user, name=name, data=data)


def ready(
    user: User,
    draft: RegisterImport,
    *,
    name: str = "Martes",
    group: Group | None = None,
    **changes: Any,
) -> RegisterImport:
    """Decide where it goes: all to an existing group, or to new ones called `name`."""
    found = read(draft)
    targets = tuple(
        Target(part.source, str(group.pk) if group else "", "" if group else part.name or name)
        for part in found.parts
    )
    choices = replace(
        found.choices,
        targets=targets,
        site_id=str(a_site(user).pk),
        edition_id=str(a_signed_edition(user).pk),
        **changes,
    )
    return imports.choose(by=user, import_id=draft.pk, choices=choices)
