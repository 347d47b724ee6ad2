"""Answers to an organisation's own forms: sealed rows, and files sealed in the media folder.

Here also waits what an owner above cannot take without a person: two answers under one number.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from tequio.access.vault import key_of
from tequio.core import ids
from tequio.core.questions import Addition
from tequio.core.sealing import Key
from tequio.instruments.models import Attachment, Submission
from tequio.instruments.openrosa import numbers
from tequio.instruments.openrosa.numbers import Digests
from tequio.instruments.openrosa.received import Received, SentFile, Standing
from tequio.instruments.xform.model import Form

_HOW: Final = {
    Standing.KEPT: Submission.How.KEPT,
    Standing.CONFLICT: Submission.How.CONFLICT,
    Standing.LATE: Submission.How.REPLACED,
}
_FOLDER: Final = "answers"
_SUBMISSION: Final = Addition(Submission)


@dataclass(frozen=True, slots=True)
class Opened:
    """A submission in clear. Whoever opens it has checked who reads."""

    instance_id: str
    replaces: str
    xml: bytes


def take(form: Form, xml: bytes, received: Received, known: Digests | None = None) -> None:
    """Seal a submission, and say of the one before that it was replaced."""
    key = key_of(received.organisation_id)
    by = known or numbers.digests(key, form.id, received.instance_id, received.replaces, xml)
    row = Submission(
        organisation_id=received.organisation_id,
        form_id=form.id,
        form_version=form.version,
        number=by.number,
        content=by.content,
        how=_HOW[received.standing],
        device_id=received.device_id,
        received_at=received.at,
    )
    says = {"number": received.instance_id, "replaces": received.replaces}
    row.sealed = key.seal(_packed(says, xml), bound_to=place(row))
    _SUBMISSION.put(row)
    if received.replaces and received.standing is Standing.KEPT:
        Submission.objects.filter(number=by.before, how=Submission.How.KEPT).update(
            how=Submission.How.REPLACED
        )
    _keep_files(key, row, received.files)


def add_files(form: Form, xml: bytes, received: Received) -> None:
    """Seal files that came after their submission."""
    key = key_of(received.organisation_id)
    number = numbers.number(key, form.id, received.instance_id)
    row = Submission.objects.filter(number=number, content=numbers.content(key, xml)).first()
    if row is not None:
        _keep_files(key, row, received.files)


def opened(row: Submission) -> Opened:
    """Open a submission."""
    key = key_of(row.organisation_id)
    says, xml = _unpacked(key.open(row.sealed, bound_to=place(row)))
    return Opened(str(says["number"]), str(says["replaces"]), xml)


def file_of(row: Submission, attachment: Attachment) -> SentFile:
    """Open a file of a submission."""
    key = key_of(row.organisation_id)
    sealed = _path(row.organisation_id, attachment.pk).read_bytes()
    says, data = _unpacked(key.open(sealed, bound_to=_file_place(row, attachment.pk)))
    return SentFile(str(says["name"]), str(says["type"]), data)


def erase_files(attachments: Iterable[Attachment]) -> None:
    """Take files off the disk whose rows have gone."""
    for one in attachments:
        _path(one.submission.organisation_id, one.pk).unlink(missing_ok=True)


def place(row: Submission) -> str:
    """Return where a submission's seal belongs."""
    return f"{row.organisation_id}|instruments.submission|{row.pk}|answers|1"


def _keep_files(key: Key, row: Submission, files: tuple[SentFile, ...]) -> None:
    for file in files:
        name = key.blind_index(file.name, purpose="attachment name")
        content = numbers.content(key, file.data)
        if Attachment.objects.filter(submission=row, name=name, content=content).exists():
            continue
        kept = Attachment(submission=row, name=name, content=content, size=len(file.data))
        says = {"name": file.name, "type": file.type}
        sealed = key.seal(_packed(says, file.data), bound_to=_file_place(row, kept.pk))
        # The file first: a row without its file would be a promise that nobody can keep.
        _write(_path(row.organisation_id, kept.pk), sealed)
        kept.save(force_insert=True)


def _file_place(row: Submission, attachment_id: UUID) -> str:
    return f"{row.organisation_id}|instruments.attachment|{attachment_id}|{row.pk}|1"


def _path(organisation_id: UUID, attachment_id: UUID) -> Path:
    return Path(settings.MEDIA_ROOT) / _FOLDER / str(organisation_id) / f"{attachment_id}.sealed"


def _write(path: Path, data: bytes) -> None:
    """Write so that it is there after a power cut: the file, then its name."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{ids.new_id().hex}")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _packed(says: dict[str, str], data: bytes) -> bytes:
    head = json.dumps(says, ensure_ascii=False).encode()
    return len(head).to_bytes(4, "big") + head + data


def _unpacked(plain: bytes) -> tuple[dict[str, Any], bytes]:
    at = 4 + int.from_bytes(plain[:4], "big")
    return json.loads(plain[4:at]), plain[at:]
