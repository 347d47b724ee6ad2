"""Carrying a plan out on frozen rows: queued, told on the way, stopped when somebody asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.jobs import actions as jobs
from tequio.jobs.models import Job
from tequio.jobs.work import Cancelled, Progress
from tequio.studies import aside, data_vault, datasets
from tequio.studies import recipe as recipes
from tequio.studies.actions import freezing, releasing
from tequio.studies.models import DataSet, Run
from tequio.studies.policies.studies import study_for
from tequio.studies.rules import releasing as rules

KIND: Final = "study-run"
# A run of which nothing was heard for so long died with its server.
SILENT: Final = timedelta(minutes=15)
# For the bar alone: an evaluation says its steps and not how many there will be.
_STEPS: Final = 12
Said = Mapping[str, object]


@transaction.atomic
def start(*, by: User, study_id: UUID, due_on: date, again: bool = False) -> Run:
    """Run the plan for a day of its calendar; freeze first where it was not, or `again`."""
    study = study_for(by, study_id, Permission.RUN_START)
    plan, due = freezing.asked_for(study, due_on)
    if study.releases.filter(due_on=due_on).exists():
        raise Conflict(
            _("Esto ya se publicó y no cambia."),
            hint=_("Lo que se corrija entra en la publicación siguiente."),
        )
    _end_of_the_silent(study.pk)
    if study.runs.filter(state__in=[Run.State.WAITING, Run.State.RUNNING]).exists():
        raise Conflict(
            _("Este estudio ya está corriendo."),
            hint=_("Espera a que termine, o detenlo en su página."),
        )
    newest = study.data_sets.order_by("-number").first()
    if again or newest is None or newest.plan_id != plan.pk or newest.until != due.period_to:
        newest = freezing.freeze(by=by, study_id=study.pk, due_on=due_on)
    run = Run(
        organisation=study.organisation,
        study=study,
        data_set=newest,
        due_on=due_on,
        started_by=by,
    )
    run.save(force_insert=True)
    record("study_run.start", by=by, subject=run)
    job = jobs.start(by=by, kind=KIND, subject_id=run.pk, total=_STEPS)
    Run.objects.filter(pk=run.pk).update(job_id=job.pk)
    run.job_id = job.pk
    return run


def carry_out(*, job: Job, progress: Progress) -> None:
    """Do it, as a job: not inside a transaction, so that the page sees how far it is."""
    run = Run.objects.select_related("data_set__plan", "study__organisation").get(pk=job.subject_id)
    if run.over:
        return
    told = _Told(run, progress)
    told.say("run.began", {})
    try:
        result = _evaluated(run, told)
    except (aside.Stopped, Cancelled) as stopped:
        _end(run, Run.State.STOPPED, _("Alguien la detuvo."))
        raise Cancelled from stopped
    except DomainError as error:
        _end(run, Run.State.FAILED, f"{error} {error.hint}".strip())
        raise
    except Exception:
        _end(run, Run.State.FAILED, "")
        raise
    told.say("run.done", {})
    run.result = None if result is None else data_vault.seal_result(run, result)
    _end(run, Run.State.DONE, "")
    releasing.publish_due(organisation_id=run.organisation_id)


def _evaluated(run: Run, told: _Told) -> str | None:
    found: DataSet = run.data_set
    rows = data_vault.rows_of(found)
    if rows is None:
        raise DomainError(
            _("Las filas de este conjunto ya se borraron: terminó el tiempo de guardarlas."),
            hint=_("Congela otra vez los datos."),
        )
    whole = datasets.reaches_the_end(recipes.read(found.plan.recipe), rows)
    if not whole or not rules.enough_new(found.fresh):
        return None
    return aside.evaluate(
        plan=found.plan.text, rows=rows, tell=told.say, stop=told.is_asked_to_stop
    ).result


class _Told:
    """What a run says on the way: kept with its time, and shown as sentences."""

    def __init__(self, run: Run, progress: Progress) -> None:
        self.run, self.progress = run, progress
        self.looked = clock.now()

    def say(self, code: str, values: Said) -> None:
        """Keep one step; stop where somebody asked to."""
        self.run.log = [*self.run.log, [clock.now().isoformat(), code, dict(values)]]
        Run.objects.filter(pk=self.run.pk).update(log=self.run.log, state=Run.State.RUNNING)
        self.progress.say(min(len(self.run.log), _STEPS - 1), _STEPS)

    def is_asked_to_stop(self) -> bool:
        """Whether somebody asked to stop; looked at once in a second."""
        if clock.now() - self.looked < timedelta(seconds=1):
            return False
        self.looked = clock.now()
        return Job.objects.filter(pk=self.progress.job_id, cancel_asked=True).exists()


def _end(run: Run, state: Run.State, message: str) -> None:
    run.state, run.message, run.finished_at = state, message[:400], clock.now()
    run.save(update_fields=["state", "message", "finished_at", "result"])


def _end_of_the_silent(study_id: UUID) -> None:
    """A restart takes a run with it: it is said, and another may begin."""
    left = Run.objects.filter(study=study_id, state__in=[Run.State.WAITING, Run.State.RUNNING])
    for run in left:
        last = run.log[-1][0] if run.log else run.started_at.isoformat()
        jobs_over = Job.objects.filter(finished_at__isnull=False)
        over = run.job_id is not None and jobs_over.filter(pk=run.job_id).exists()
        if over or clock.now().isoformat() > _after(last):
            _end(run, Run.State.STOPPED, _("El servidor se reinició a la mitad."))


def _after(moment: str) -> str:
    return (datetime.fromisoformat(moment) + SILENT).isoformat()
