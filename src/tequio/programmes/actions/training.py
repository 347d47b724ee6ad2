"""Keeping on record who was trained in which model."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick, require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.core.text import squeeze
from tequio.programmes.definitions import shipped
from tequio.programmes.models import Training


@transaction.atomic
def record_training(*, by: User, user_id: UUID, model_slug: str, on: date, where: str) -> Training:
    """Write that somebody of the organisation was trained in a model."""
    require_everywhere(by, Permission.TRAINING_RECORD)
    person = pick(User.objects.filter(organisation=by.organisation_id), pk=user_id)
    where = squeeze(where)
    if model_slug not in shipped():
        raise not_visible()
    if not where:
        raise DomainError(
            _("Falta dónde o con quién se formó."),
            hint=_("Por ejemplo: taller interno de 40 horas, con Carmen Solís."),
        )
    if on > clock.today(by.organisation.timezone):
        raise DomainError(
            _("Ese día todavía no llega."), hint=_("Anota la formación cuando haya terminado.")
        )
    try:
        with transaction.atomic():
            training = Training.objects.create(
                organisation_id=by.organisation_id,
                person=person,
                model_slug=model_slug,
                trained_on=on,
                where=where,
                recorded_by=by.login,
            )
    except IntegrityError as error:
        raise DomainError(
            _("Esa formación ya está anotada."), hint=_("Búscala en la lista de formación.")
        ) from error
    record("training.record", by=by, subject=training, detail={"person": person.login})
    return training
