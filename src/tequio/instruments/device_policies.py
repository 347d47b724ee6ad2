"""Who may see telephones, and what own forms gathered."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.instruments.models import Device, Submission


def devices_visible_to(user: User) -> QuerySet[Device]:
    """Return the telephones of the organisation, for whoever looks after them."""
    if user.scope(Permission.DEVICE_MANAGE) is None:
        return Device.objects.none()
    return Device.objects.filter(organisation=user.organisation_id)


def submissions_visible_to(user: User) -> QuerySet[Submission]:
    """Return what was answered to the organisation's own forms."""
    if user.scope(Permission.SUBMISSION_READ) is None:
        return Submission.objects.none()
    return Submission.objects.filter(organisation=user.organisation_id)
