"""Writing an import: transactions of at most five hundred rows, a way back at every step."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.utils import translation

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record
from tequio.circles.actions.imports import attendance, men, sessions
from tequio.circles.actions.imports.run import Run, Superseded
from tequio.circles.actions.imports.taking_back import take_back
from tequio.circles.importing import files, reading
from tequio.circles.importing.choices import to_remember
from tequio.circles.importing.parts import chunks
from tequio.circles.importing.words import in_severity_order
from tequio.circles.models import ImportProblem, RegisterImport, RememberedMapping
from tequio.circles.policies import imports_visible_to
from tequio.circles.registers import unknowable
from tequio.core import clock
from tequio.jobs.work import Cancelled


def apply(
    *, by: User, import_id: UUID, job_id: UUID | None, say: Callable[[int, int], None]
) -> None:
    """Carry out a started import. Run twice, or after it was undone, it does nothing.

    `say` records how much is done and raises :class:`Cancelled` where somebody asked to stop;
    then, and after any failure, everything is taken back. Where the machine stops half way, the
    import stays «running»: it can be undone, and then started again.
    """
    require_everywhere(by, Permission.ATTENDANCE_IMPORT)
    register = pick(imports_visible_to(by), pk=import_id)
    if register.state != RegisterImport.State.RUNNING or register.job_id != job_id:
        return
    try:
        with translation.override(by.language):
            _write(Run(by, register, reading.read(register), say))
    except Superseded:
        return
    except Cancelled:
        _close(by, register, RegisterImport.State.CANCELLED)
        raise
    except Exception:
        _close(by, register, RegisterImport.State.FAILED)
        raise


def _write(run: Run) -> None:
    plan = run.reading.plan
    places = sum(len(part.people) for part in run.reading.parts)
    run.total = len(plan.people) + places + len(plan.marks) + len(plan.problems)
    men.register_men(by=run.by, run=run)
    for part in run.reading.parts:
        group = sessions.write_sessions(by=run.by, run=run, part=part)
        men.give_places(by=run.by, run=run, part=part, group=group)
        attendance.write_marks(by=run.by, run=run, part=part, group=group)
    _write_problems(run)
    _finish(run)


def _write_problems(run: Run) -> None:
    problems = in_severity_order([*run.reading.plan.problems, *run.problems])
    for chunk in chunks(list(enumerate(problems))):
        with run.step(len(chunk)):
            rows = []
            for place, problem in chunk:
                row = ImportProblem(
                    register=run.register,
                    severity=problem.severity,
                    code=problem.code,
                    position=place,
                )
                words = files.Words(problem.sheet, problem.cell, problem.sentence, problem.hint)
                row.sealed = files.seal_words(run.register.organisation_id, row, words)
                rows.append(row)
            ImportProblem.objects.bulk_create(rows)


def _finish(run: Run) -> None:
    with run.step(0):
        register = run.register
        register.state, register.finished_at = RegisterImport.State.DONE, clock.now()
        register.summary = _summary(run)
        register.save(update_fields=["state", "finished_at", "summary"])
        _remember(run)
        detail = {name: run.counts[name] for name in ("men", "known", "sessions", "marks")}
        record("import.finish", by=run.by, subject=register, detail=detail)


def _summary(run: Run) -> dict[str, object]:
    plan = run.reading.plan
    return {
        **run.counts,
        "groups": [str(group.pk) for group in run.groups.values()],
        "rows": plan.rows_total,
        "used": plan.account.used,
        "unattributed_rows": plan.account.unattributed,
        "unattributed": sum(part.unattributed for part in run.reading.parts),
        "repeats": sum(1 for repeat in plan.repeats if repeat.agrees),
        "problems": len(plan.problems) + len(run.problems),
        "unknowable": list(unknowable(plan)),
    }


def _remember(run: Run) -> None:
    mapping = run.reading.choices.mapping
    body = to_remember(mapping)
    for signature in {table.signature for table in mapping.sheets if table.signature}:
        RememberedMapping.objects.update_or_create(
            organisation_id=run.register.organisation_id,
            signature=signature,
            defaults={
                "mapping": body,
                "remembered_at": clock.now(),
                "import_id": run.register.pk,
            },
        )


def _close(by: User, register: RegisterImport, state: RegisterImport.State) -> None:
    """End a run that did not arrive, unless somebody has ended it already."""
    with transaction.atomic():
        mine = RegisterImport.objects.select_for_update().filter(
            pk=register.pk, state=RegisterImport.State.RUNNING, job=register.job_id
        )
        found = mine.first()
        if found is None:
            return
        take_back(by=by, register=found)
        cancelled = state == RegisterImport.State.CANCELLED
        record("import.cancel" if cancelled else "import.fail", by=by, subject=found)
        found.state, found.finished_at = state, clock.now()
        found.save(update_fields=["state", "finished_at"])
