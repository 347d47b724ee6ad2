"""Taking what telephones send: once, durably, and handed to whoever's answers they are.

One transaction; on SQLite it ends on the disk (synchronous=FULL) before anybody is answered.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tequio.access.vault import key_of
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.instruments import own_answers, stores
from tequio.instruments.coming import Came
from tequio.instruments.models import Device, Receipt
from tequio.instruments.openrosa import numbers
from tequio.instruments.openrosa.numbers import Digests
from tequio.instruments.openrosa.received import Received, Standing
from tequio.instruments.openrosa.submitted import Submitted, fields
from tequio.instruments.stores import Filled, FormKey, How
from tequio.letters import answers as walled

# SQL by hand, the same on both databases: Django cannot say whether it inserted or found.
_PUT: Final = (
    "INSERT INTO instruments_receipt (number, content, replaced) VALUES (%s, %s, %s) "
    "ON CONFLICT (number) DO NOTHING"
)


class Contradiction(Conflict):
    """The same number with other content, or a second correction: kept beside the first."""


def receive(*, by: Device, came: Came) -> None:
    """Keep a submission; the same one again changes nothing.

    Raises
    ------
    Contradiction
        When something else was kept under its number. Both are kept then, and a person looks.
    DomainError
        When there is nowhere to keep it; the sentence is for whoever holds the telephone.
    """
    if _keep(by, came) is Standing.CONFLICT:
        raise Contradiction(
            _("Con este número ya había llegado otro cuestionario. Se guardaron los dos."),
            hint=_("Avisa a quien coordina: en la tabla están los dos, y uno dice «contradice»."),
        )


@transaction.atomic
def _keep(by: Device, came: Came) -> Standing:
    key = key_of(by.organisation_id)
    answers = came.answers
    found = numbers.digests(
        key, answers.form_id, answers.instance_id, answers.deprecated_id, answers.xml
    )
    standing = _stand(found)
    if standing is not None:
        _hand_over(by, came, standing, found)
        return standing
    # Known: the same again, or the same contradiction again. Only its files may be new.
    if came.files:
        _hand_files(by, came)
    kept = Receipt.objects.values_list("content", flat=True).get(pk=found.number)
    return Standing.KEPT if kept == found.content else Standing.CONFLICT


def _stand(found: Digests) -> Standing | None:
    """Put the receipt down and return how the submission stands; None if it was here before."""
    if _put(found.number, found.content):
        if found.before and not _replace(found.before):
            return Standing.CONFLICT
        return Standing.KEPT
    kept = Receipt.objects.select_for_update().get(pk=found.number)
    if kept.content == found.content:
        return None
    if not kept.content:  # its correction came first and left the place open
        kept.content = found.content
        kept.save(update_fields=["content"])
        return Standing.LATE
    # Each contradiction is kept once, however often a telephone repeats it.
    return Standing.CONFLICT if _put(f"{found.number[:31]}:{found.content[:32]}", "") else None


def _replace(before: str) -> bool:
    """Say that the one before has been replaced; False if another did so already."""
    if _put(before, "", replaced=True):
        return True  # the one before is still on its way
    return bool(Receipt.objects.filter(pk=before, replaced=False).update(replaced=True))


def _put(number: str, content: str, *, replaced: bool = False) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_PUT, [number, content, replaced])
        return bool(cursor.rowcount)


def _hand_over(by: Device, came: Came, standing: Standing, known: Digests) -> None:
    received = _received(by, came, standing)
    if came.offered.walled:
        _to_the_wall(came.answers, received)
        return  # no line in the log, no day, no telephone: outside, nothing was left
    if came.offered.store and standing is Standing.KEPT and not received.replaces:
        _to_the_owner(came, received)
    else:
        own_answers.take(came.offered.form, came.answers.xml, received, known)
    record(
        "submission.conflict" if standing is Standing.CONFLICT else "submission.receive",
        by=None,
        organisation_id=by.organisation_id,
        subject=by,
        detail={"form": came.answers.form_id[:120]},
    )


def _hand_files(by: Device, came: Came) -> None:
    received = _received(by, came, Standing.KEPT)
    if came.offered.walled:
        _files_to_the_wall(came.answers, received)
        return
    own_answers.add_files(came.offered.form, came.answers.xml, received)


def _received(by: Device, came: Came, standing: Standing) -> Received:
    return Received(
        organisation_id=by.organisation_id,
        instance_id=came.answers.instance_id,
        at=clock.now(),
        device=by.label,
        device_id=by.pk,
        replaces=came.answers.deprecated_id,
        standing=standing,
        files=came.files,
    )


def _to_the_owner(came: Came, received: Received) -> None:
    """Hand answers to the room whose they are; its conflicts wait here for a person."""
    form, answers = came.offered.form, came.answers
    said = [(path.rpartition("/")[2], value) for path, value in fields(answers) if value]
    given = {name: value for name, value in said if name != "instanceID"}
    filled = Filled(
        form=FormKey(form.id, form.version, came.offered.sha256),
        instance_id=_uuid(received),
        answers=given,
        how=How.DEVICE,
        started_at=_moment(given.get("start", ""), received.at),
        finished_at=_moment(given.get("end", ""), received.at),
        xml=answers.xml,
        attachments={file.name: file.data for file in received.files},
    )
    stores.of(came.offered.store).take(received.organisation_id, filled)


def _uuid(received: Received) -> UUID:
    """Return the number as a UUID: telephones make one; what is none gives one of its own."""
    text = received.instance_id.removeprefix("uuid:")
    try:
        return UUID(text)
    except ValueError:
        return uuid5(received.organisation_id, received.instance_id)


def _moment(said: str, otherwise: datetime) -> datetime:
    """Return a moment that the telephone wrote, or when it arrived."""
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return otherwise
    return found if found.tzinfo else otherwise


def _to_the_wall(answers: Submitted, received: Received) -> None:
    says = {
        "what": walled.SUBMISSION,
        "form": answers.form_id,
        "version": answers.version,
        "number": received.instance_id,
        "replaces": received.replaces,
        "standing": str(received.standing),
        "device": received.device,
    }
    if not walled.deposit(organisation_id=received.organisation_id, says=says, data=answers.xml):
        raise _NowhereToKeep(
            _("Tu organización no tiene dónde guardar con seguridad este cuestionario."),
            hint=_("No lo borres del teléfono y avisa a quien coordina."),
        )
    _files_to_the_wall(answers, received)


class _NowhereToKeep(DomainError):
    """Without a wall nothing of hers is kept."""

    status = 403


def _files_to_the_wall(answers: Submitted, received: Received) -> None:
    for file in received.files:
        says = {
            "what": walled.FILE,
            "form": answers.form_id,
            "number": received.instance_id,
            "name": file.name,
            "type": file.type,
        }
        walled.deposit(organisation_id=received.organisation_id, says=says, data=file.data)
