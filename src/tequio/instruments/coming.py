"""An envelope looked through before anything is kept: what came, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from tequio.core.errors import DomainError, NotVisible
from tequio.instruments import offered
from tequio.instruments.offered import Offered
from tequio.instruments.openrosa import envelope, kinds_of_file, submitted
from tequio.instruments.openrosa.received import SentFile
from tequio.instruments.openrosa.submitted import NoSubmission, Submitted

_XML: Final = "xml_submission_file"
_LONGEST_NAME: Final = 200
_SHOWN: Final = 3


class NotTaken(DomainError):
    """What came cannot be kept; the telephone shows the sentence."""

    status = 400


@dataclass(frozen=True, slots=True)
class Came:
    """A submission that may be kept, with the form that it answers and its files."""

    offered: Offered
    answers: Submitted
    files: tuple[SentFile, ...]


def look_through(content_type: str, body: bytes, organisation_id: UUID) -> Came:
    """Return what came for an organisation.

    Raises
    ------
    DomainError
        With a sentence for whoever holds the telephone, and the status for the telephone itself.
    """
    try:
        parts = envelope.opened(content_type, body)
    except envelope.BadEnvelope as error:
        raise NotTaken(_("El envío no llegó completo."), hint=_("Envíalo otra vez.")) from error
    xml = [part for part in parts if part.name == _XML]
    if len(xml) != 1:
        raise NotTaken(_("El envío no trae un cuestionario, o trae más de uno."))
    answers = _read(xml[0].data)
    version = _version(answers, organisation_id)
    _known(answers, version)
    return Came(version, answers, _files(parts, answers, version))


def _read(xml: bytes) -> Submitted:
    try:
        return submitted.read(xml)
    except NoSubmission as error:
        said = {
            "xml": _("El cuestionario no se puede leer."),
            "number": _("El cuestionario llegó sin su número o sin decir de qué formulario es."),
            "encrypted": _(
                "El cuestionario llegó cifrado por el teléfono y aquí no hay con qué abrirlo."
            ),
        }
        hint = _("Avisa a quien coordina y no lo borres del teléfono.")
        raise NotTaken(said[error.code], hint=hint) from error


def _version(answers: Submitted, organisation_id: UUID) -> Offered:
    found = offered.exactly(organisation_id, answers.form_id, answers.version)
    if found is not None:
        return found
    hint = _("Avisa a quien coordina y no lo borres del teléfono.")
    if not offered.versions(organisation_id, answers.form_id):
        raise NotVisible(
            _("Aquí no hay un formulario «%(form)s».") % {"form": answers.form_id}, hint=hint
        )
    raise NotVisible(
        _("Del formulario «%(form)s» no hay una versión «%(version)s».")
        % {"form": answers.form_id, "version": answers.version},
        hint=hint,
    )


def _known(answers: Submitted, version: Offered) -> None:
    """A published version never changes: what it does not ask was not answered in it."""
    strange = submitted.unknown_fields(answers, version.form)
    if strange:
        names = ", ".join(path.rpartition("/")[2] for path in strange[:_SHOWN])
        raise NotTaken(
            _("El cuestionario trae algo que esta versión no pregunta: %(names)s.")
            % {"names": names},
            hint=_("Avisa a quien coordina y no lo borres del teléfono."),
        )


def _files(
    parts: Sequence[envelope.Part], answers: Submitted, version: Offered
) -> tuple[SentFile, ...]:
    others = [part for part in parts if part.name != _XML]
    if not others:
        return ()
    named = submitted.named_files(answers, version.form)
    return tuple(_file(part, named) for part in others)


def _file(part: envelope.Part, named: frozenset[str]) -> SentFile:
    # Collect names the part as the file, and so do we: either may be the one that is named.
    name = part.filename if part.filename in named else part.name
    if name not in named or len(name) > _LONGEST_NAME or "/" in name or "\\" in name:
        raise NotTaken(
            _("Llegó un archivo que el cuestionario no menciona: «%(name)s».")
            % {"name": (part.filename or part.name)[:60]}
        )
    kind = kinds_of_file.kind(part.type, part.data)
    if not kind:
        raise NotTaken(
            _("El archivo «%(name)s» no es una foto, un sonido, un video ni una tabla.")
            % {"name": name[:60]}
        )
    return SentFile(name, kind, part.data)
