"""What was agreed with an ally, the file that it hands over, and giving it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.core.tabular import read_workbook
from tequio.core.text import squeeze
from tequio.instruments import definitions
from tequio.network.models import Stakeholder
from tequio.studies import lottery_vault
from tequio.studies.models import Comparison
from tequio.studies.policies.lotteries import comparisons_visible_to
from tequio.studies.policies.studies import studies_visible_to
from tequio.studies.rules import comparisons as rules
from tequio.studies.rules.comparisons import Brought

_FEWEST_WAVES: Final = 2


class NotReadable(DomainError):
    """The file does not fit; what was read says why, row by row."""

    def __init__(self, brought: Brought) -> None:
        super().__init__(
            _("El archivo no se guardó: no es como se acordó."),
            hint=_("Corrígelo con la organización aliada y súbelo otra vez."),
        )
        self.brought = brought


@dataclass(frozen=True, slots=True)
class Agreed:
    """What an ally agreed to ask, and when."""

    stakeholder_id: UUID
    what: str
    on: date
    instrument: str
    waves: Sequence[str]


@transaction.atomic
def agree(*, by: User, study_id: UUID, said: Agreed) -> Comparison:
    """Write down what was agreed with an ally."""
    require_everywhere(by, Permission.LOTTERY_RUN)
    study = pick(studies_visible_to(by), pk=study_id)
    # A director reads the network; a coordinator too. Whoever is ourselves is no comparison.
    ally = pick(
        Stakeholder.objects.filter(organisation=by.organisation_id, is_us=False),
        pk=said.stakeholder_id,
    )
    shipped = definitions.shipped().get(said.instrument)
    what = squeeze(said.what)
    if shipped is None or shipped.instrument.is_shell or not what:
        raise DomainError(
            _("Falta qué se acordó, o con qué cuestionario se pregunta."),
            hint=_("Los dos lados preguntan lo mismo, con las mismas palabras."),
        )
    waves = sorted(set(said.waves))
    if len(waves) < _FEWEST_WAVES:
        raise DomainError(
            _("Con un solo momento no hay cambio que comparar."),
            hint=_("Acuerden al menos dos momentos, los mismos en los dos lados."),
        )
    made = Comparison.objects.create(
        organisation_id=by.organisation_id,
        study=study,
        stakeholder=ally,
        agreed=what,
        agreed_on=said.on,
        instrument=shipped.instrument.slug,
        version=shipped.instrument.version,
        sha256=shipped.sha256,
        waves=waves,
        written_by=by,
    )
    record("comparison.agree", by=by, subject=made, detail={"instrument": made.instrument})
    return made


@transaction.atomic
def bring(*, by: User, comparison_id: UUID, name: str, data: bytes) -> Brought:
    """Take in the rows of an ally: all of them, or none with the reasons."""
    require_everywhere(by, Permission.LOTTERY_RUN)
    comparison = _one(by, comparison_id)
    found = definitions.find(comparison.instrument, comparison.version)
    if found is None:
        raise DomainError(_("Esa versión del cuestionario ya no está en esta computadora."))
    brought = rules.read(read_workbook(data, name).sheets[0], found.instrument, comparison.waves)
    if not brought.right:
        raise NotReadable(brought)
    comparison.sealed_rows = lottery_vault.seal_rows(comparison, brought.answers)
    comparison.brought_on = clock.today(by.organisation.timezone)
    comparison.people = brought.people
    comparison.rows = len(brought.answers)
    comparison.file_sha256 = sha256(data).hexdigest()
    comparison.save(update_fields=["sealed_rows", "brought_on", "people", "rows", "file_sha256"])
    record("comparison.bring", by=by, subject=comparison, detail={"people": comparison.people})
    return brought


@transaction.atomic
def give_back(*, by: User, comparison_id: UUID) -> Comparison:
    """Erase the rows because the ally asks for it; that they were there stays written."""
    require_everywhere(by, Permission.LOTTERY_RUN)
    comparison = _one(by, comparison_id)
    comparison.sealed_rows = None
    comparison.withdrawn_on = clock.today(by.organisation.timezone)
    comparison.save(update_fields=["sealed_rows", "withdrawn_on"])
    record("comparison.give_back", by=by, subject=comparison)
    return comparison


def _one(by: User, comparison_id: UUID) -> Comparison:
    comparison = pick(
        comparisons_visible_to(by).select_for_update(of=("self",)).select_related("stakeholder"),
        pk=comparison_id,
    )
    if comparison.withdrawn_on is not None:
        raise DomainError(
            _("La organización aliada retiró sus datos."), hint=_("Anoten un acuerdo nuevo.")
        )
    return comparison
