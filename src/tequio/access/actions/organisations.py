"""Founding an organisation on this server."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access import vault
from tequio.access.models import Organisation
from tequio.access.rules.logins import slug_for
from tequio.audit.record import record
from tequio.core import ids
from tequio.core.errors import DomainError
from tequio.core.text import squeeze


@transaction.atomic
def create_organisation(
    *, by: None, name: str, slug: str = "", timezone: str = "America/Mexico_City"
) -> Organisation:
    """Found an organisation and make its vault key.

    `by` is always None: only who holds the server's command line may do this, and no user of one
    organisation stands above another.
    """
    slug = slug_for(slug or name)
    if Organisation.objects.filter(slug=slug).exists():
        raise DomainError(
            _("Ya hay una organización «%(slug)s» en este servidor.") % {"slug": slug},
            hint=_("Elige otro nombre corto para la parte después de la @."),
        )
    organisation = Organisation(pk=ids.new_id(), name=squeeze(name), slug=slug, timezone=timezone)
    # Before the row: an organisation without its key could seal nothing, while a key without
    # its organisation harms nobody.
    vault.make_key(organisation.pk)
    organisation.save(force_insert=True)
    record(
        "organisation.create",
        by=by,
        subject=organisation,
        organisation_id=organisation.pk,
    )
    return organisation
