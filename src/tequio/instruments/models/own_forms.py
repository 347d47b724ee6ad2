"""Forms that an organisation brought, and answers to them that are under way in a browser."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.instruments.models.permissions import TextPermission


class InOrder(models.TextField[Any, Any]):
    """JSON that keeps the order in which it was written: PostgreSQL's own forgets it.

    The order of a sheet's columns is the order of a form's languages.
    """

    # What the type checker reads of a field: any JSON goes in and comes out.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, *_args: object) -> object:
        """Return what was stored."""
        return None if value is None else json.loads(value)

    def get_prep_value(self, value: object) -> str:
        """Return what is stored."""
        return json.dumps(value, ensure_ascii=False)


class OwnForm(models.Model):
    """One version of a form. It never changes; what replaces it is another version.

    It says what is asked and nothing of anybody who answers, so it lies in the clear.
    """

    class Rights(models.TextChoices):
        """By which right the organisation asks this."""

        OURS = "ours", _("Es nuestro: lo escribimos en la organización")
        OPEN = "open", _("Tiene una licencia abierta")
        PERMITTED = "permitted", _("Tenemos permiso por escrito de quien lo hizo")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    form_id = models.CharField(max_length=200)
    version = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    # The sheets as they were understood; the form was made from them.
    sheets = InOrder()
    xml = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    # What was said about it when it was read, for whoever decides to use it.
    said = models.JSONField(default=list)
    rights = models.CharField(max_length=10, choices=Rights.choices, blank=True)
    # Which licence, or who gave permission, when, and where the paper is.
    rights_said = models.CharField(max_length=300, blank=True)
    # Of a text that is somebody else's: without it, or after its last day, nobody is asked.
    permission = models.ForeignKey(
        TextPermission, null=True, on_delete=models.PROTECT, related_name="forms"
    )
    brought_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(default=clock.now)
    # None until somebody looked at it and said by which right it is asked.
    published_at = models.DateTimeField(null=True)
    # Nobody is asked it any more; what was answered stays.
    retired_at = models.DateTimeField(null=True)

    audit_type = "own_form"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | ~models.Q(rights=""),
                name="instruments_own_form_has_rights",
            ),
            models.UniqueConstraint(
                fields=["organisation", "form_id", "version"], name="instruments_own_form_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    @property
    def in_use(self) -> bool:
        """Whether people are asked it now."""
        published = self.published_at is not None and self.retired_at is None
        return published and self.may_be_asked

    @property
    def may_be_asked(self) -> bool:
        """Whether whoever holds the rights lets us: always, where the text is nobody else's."""
        return self.permission is None or self.permission.stands

    @property
    def audit_label(self) -> str:
        """Name the form."""
        return str(self)[:120]


class OwnFile(models.Model):
    """A picture, a sound or a table that a form shows or reads."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    form = models.ForeignKey(OwnForm, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    type = models.CharField(max_length=60)
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "name"], name="instruments_own_file_once")
        ]

    def __str__(self) -> str:
        return self.name


class OwnSitting(models.Model):
    """An answer to a form of the organisation's own, under way; sealed until it is finished."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    form = models.ForeignKey(OwnForm, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    draft = models.BinaryField(null=True)
    started_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["organisation", "by"], name="instruments_sitting_of")]

    def __str__(self) -> str:
        return str(self.pk)
