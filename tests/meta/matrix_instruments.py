"""What the access matrix needs of questionnaires: one of each in a house."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from tests.telephones import answers, survey

from tequio.access.models import User
from tequio.instruments import own_answers
from tequio.instruments.actions import devices, permissions
from tequio.instruments.models import OwnFile, OwnForm
from tequio.instruments.openrosa.received import Received
from tequio.instruments.xform.reading import read

KEYS = {"device_id", "form_id", "own_form_id", "permission_id"}
# Who answers alone has no account; whatever is wrong has one answer.
OPEN = {"instruments:one-time"}
# What telephones ask for: to who has no token the address does not exist, whoever signed in.
FOR_TELEPHONES = ("instruments:central-", "instruments:kobo-")


def things(by: User, many: int = 1) -> dict[str, object]:
    """A telephone, and what it sent of a form of the organisation's own."""
    device = devices.add(by=by, label="Teléfono azul").device
    form_id = f"barrio-{by.organisation_id}"
    xml = survey(form_id)
    form = read(xml)
    for n in range(many):
        number, said = answers(form_id, first=str(n))
        at = datetime(2026, 11, 20, 18, tzinfo=UTC)
        own_answers.take(
            form, said, Received(by.organisation_id, number, at, device.label, device.pk)
        )
    own = OwnForm.objects.create(
        organisation=by.organisation,
        form_id=form_id,
        version="1",
        title="Encuesta del barrio",
        sheets={},
        xml=xml,
        sha256=hashlib.sha256(xml).hexdigest(),
        rights=OwnForm.Rights.OURS,
        published_at=datetime(2026, 11, 20, 18, tzinfo=UTC),
        brought_by=by,
    )
    OwnFile.objects.create(form=own, name="mapa.png", type="image/png", data=b"\x89PNG")
    permission = permissions.permit(
        by=by, slug="cts2", given=permissions.Given("La editorial", "200 copias", None, b"%PDF-1.7")
    )
    return {
        "device_id": device.pk,
        "form_id": form_id,
        "own_form_id": own.pk,
        "permission_id": permission.pk,
    }
