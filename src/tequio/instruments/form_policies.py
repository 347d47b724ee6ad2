"""Who may see an organisation's own forms, and go on with an answer to one."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.instruments.models import OwnForm, OwnSitting, TextPermission


def forms_visible_to(user: User) -> QuerySet[OwnForm]:
    """Return the organisation's forms, for whoever asks with them or brings them."""
    asks = user.scope(Permission.ASSESSMENT_ASK) is not None
    if not asks and user.scope(Permission.FORM_BRING) is None:
        return OwnForm.objects.none()
    return OwnForm.objects.filter(organisation=user.organisation_id)


def sittings_of(user: User) -> QuerySet[OwnSitting]:
    """Return the answers that this person has under way; nobody goes on with another's."""
    if user.scope(Permission.ASSESSMENT_ASK) is None:
        return OwnSitting.objects.none()
    return OwnSitting.objects.filter(organisation=user.organisation_id, by=user)


def may_read_library(user: User) -> bool:
    """Tell whether the person may look at what comes with the system."""
    reads = (Permission.ASSESSMENT_ASK, Permission.FORM_BRING, Permission.TEXT_PERMIT)
    return any(user.scope(one) is not None for one in reads)


def permissions_visible_to(user: User) -> QuerySet[TextPermission]:
    """Return the organisation's permissions for texts, for whoever brings them."""
    if user.scope(Permission.TEXT_PERMIT) is None:
        return TextPermission.objects.none()
    rows = TextPermission.objects.filter(organisation=user.organisation_id)
    return rows.select_related("organisation", "brought_by")
