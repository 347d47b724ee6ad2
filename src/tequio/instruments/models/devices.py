"""Telephones that collect, and what they sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tequio.access.models import Organisation, User
from tequio.core import clock, ids


class Device(models.Model):
    """A telephone (or a copy of ODK Collect on it) that may fetch forms and send answers.

    The token is shown once, as a QR code; only its digest stays. Whoever takes the right away
    takes it from this telephone alone.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    # What people call it: «teléfono azul». Names nobody.
    label = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    # The last day on which it asked for forms; what it sent to the wall leaves no day anywhere.
    seen_on = models.DateField(null=True)

    audit_type = "device"

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "created_at"], name="instruments_device_of")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def audit_label(self) -> str:
        """Name the telephone as people do."""
        return self.label


class Receipt(models.Model):
    """That a submission arrived, so that it counts once however often it is sent.

    Both columns are the organisation's own HMAC: the row tells neither which form it was, nor
    when, nor by which telephone, so that it is the same for a form of the wall and for any other.
    """

    number = models.CharField(max_length=64, primary_key=True)
    content = models.CharField(max_length=64)
    # Another submission took its place (deprecatedID); it takes the place once.
    replaced = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.number[:8]


class Submission(models.Model):
    """One answer to a form of the organisation's own, sealed as it came. It never changes."""

    class How(models.TextChoices):
        """How it stands."""

        KEPT = "kept"
        # The same number came with other content: nothing of either is thrown away.
        CONFLICT = "conflict"
        REPLACED = "replaced"

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    form_id = models.CharField(max_length=200)
    form_version = models.CharField(max_length=100, blank=True)
    # HMAC of the number that the telephone gave it (and of the one whose place it takes).
    number = models.CharField(max_length=64, db_index=True)
    content = models.CharField(max_length=64)
    sealed = models.BinaryField()
    how = models.CharField(max_length=8, choices=How.choices, default=How.KEPT)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True)
    received_at = models.DateTimeField(default=clock.now)

    audit_type = "submission"

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "form_id", "received_at"], name="instruments_submission_of"
            )
        ]
        constraints = [
            # Of one number one stands; what contradicts it stands beside it, each content once.
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(how="conflict"),
                name="instruments_submission_stands_once",
            ),
            models.UniqueConstraint(
                fields=["number", "content"], name="instruments_submission_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def audit_label(self) -> str:
        """Name the form and nobody."""
        return self.form_id[:120]


class Attachment(models.Model):
    """A file that came with a submission. Its content lies sealed in the folder of media."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="attachments")
    # HMAC of its name: the same name twice is the same file. The name itself lies sealed with it.
    name = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    size = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "name", "content"], name="instruments_attachment_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
