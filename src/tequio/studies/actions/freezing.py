"""Freezing what lies there: once for each closed period, and again as another version."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.studies import data_vault, datasets
from tequio.studies import recipe as recipes
from tequio.studies.models import DataSet, DataSetRows, Plan, Study
from tequio.studies.policies.studies import study_for
from tequio.studies.rules import calendar
from tequio.studies.rules.calendar import Due

# How long the rows of a set are kept; what it was and what was published of it stays.
KEPT_FOR: Final = timedelta(days=1826)


@transaction.atomic
def freeze(*, by: User, study_id: UUID, due_on: date) -> DataSet:
    """Freeze the rows of a closed period. What was frozen before stays as it is."""
    study = study_for(by, study_id, Permission.RUN_START)
    plan, due = asked_for(study, due_on)
    built = datasets.build(plan, due)
    if not built.n_rows:
        raise DomainError(
            _("No hay ninguna fila que congelar: nadie de este periodo dio permiso todavía."),
            hint=_("Revisa en el plan las fechas y las ediciones de quienes entran."),
        )
    before = DataSet.objects.filter(study=study).order_by("-number").first()
    changed = None
    if before is not None:
        changed = datasets.difference(data_vault.rows_of(before) or b"", built.rows)
    found = DataSet(
        organisation=study.organisation,
        study=study,
        plan=plan,
        number=1 if before is None else before.number + 1,
        until=due.period_to,
        rows=built.n_rows,
        units=built.n_units,
        refused=built.refused,
        fresh=built.fresh,
        sha256=built.sha256,
        built_by=by,
    )
    if changed is not None:
        found.added, found.changed, found.removed = changed.added, changed.changed, changed.removed
    found.save(force_insert=True)
    DataSetRows.objects.create(data_set=found, sealed=data_vault.seal_rows(found, built.rows))
    record("data_set.freeze", by=by, subject=found, detail={"rows": found.rows})
    return found


def asked_for(study: Study, due_on: date) -> tuple[Plan, Due]:
    """Return the plan that holds and the day of its calendar, if its period is over."""
    plan = study.plans.order_by("-number").first()
    if plan is None or study.state == Study.State.STOPPED:
        raise DomainError(
            _("Este estudio no tiene un plan congelado."),
            hint=_("Primero se congela el plan; después, los datos."),
        )
    # What the study is: no second question to the database for its organisation.
    plan.study = study
    days = calendar.days(recipes.read(plan.recipe))
    due = next((one for one in days if one.on == due_on), None)
    if due is None:
        raise DomainError(
            _("Ese día no está en el calendario del plan."),
            hint=_("Las fechas se fijaron al congelar el plan y se ven en su página."),
        )
    if due.period_to >= clock.today(study.organisation.timezone):
        raise DomainError(
            _("El periodo todavía no termina: sus datos se congelan cuando esté cerrado."),
            hint=_("Vuelve después del último día del periodo."),
        )
    return plan, due


def forget_rows() -> int:
    """Let go of rows whose time is over. Their hash and what was published of them stay."""
    old = DataSetRows.objects.filter(data_set__built_at__lt=clock.now() - KEPT_FOR)
    return int(old.delete()[0])
