"""The marks of a part. A mark that is already there stays; one that contradicts it is told."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.circles.actions.imports.run import Run
from tequio.circles.importing.parts import Part, chunks
from tequio.circles.models import Attendance, Group, Membership, Session
from tequio.circles.registers import PlannedMark, Problem, Severity, Status, status_name
from tequio.circles.rules import expected_at


def write_marks(*, by: User, run: Run, part: Part, group: Group) -> None:
    """Write the explicit marks. What an empty cell means, the group says (`Group.gaps`)."""
    names = {person.key: person.identity.display for person in run.reading.plan.people}
    for chunk in chunks(part.marks):
        with run.step(len(chunk)):
            wanted = [_place_of(run, group, mark) for mark in chunk]
            there = _there(group, wanted)
            rows: list[Attendance] = []
            for mark, (session, place) in zip(chunk, wanted, strict=True):
                refusal = _refusal(mark, session, place, there)
                if refusal:
                    run.problems.append(_problem(mark, session, names[mark.person], refusal))
                elif (session.pk, place.pk) not in there:
                    rows.append(_row(by, run, mark, session, place))
                    there[session.pk, place.pk] = mark.status.value
            Attendance.objects.bulk_create(rows)
        run.counts["marks"] += len(rows)


def _place_of(run: Run, group: Group, mark: PlannedMark) -> tuple[Session, Membership]:
    man = run.men[mark.person]
    return run.sessions[group.pk, mark.session], run.places[group.pk, man.pk]


def _there(
    group: Group, wanted: list[tuple[Session, Membership]]
) -> dict[tuple[object, object], str]:
    sessions = {session.pk for session, _place in wanted}
    rows = Attendance.objects.filter(session__in=sessions, session__group=group)
    return {(s, m): status for s, m, status in rows.values_list("session", "membership", "status")}


def _row(by: User, run: Run, mark: PlannedMark, session: Session, place: Membership) -> Attendance:
    started = run.register.started_at
    if started is None:
        raise ValueError("An import that did not begin cannot write.")
    return Attendance(
        session=session,
        membership=place,
        status=mark.status.value,
        marked_at=started,
        marked_by=by.login,
        import_id=run.register.pk,
    )


def _refusal(
    mark: PlannedMark,
    session: Session,
    place: Membership,
    there: dict[tuple[object, object], str],
) -> str:
    """Return why a mark cannot be written, or nothing."""
    before = there.get((session.pk, place.pk))
    if before == mark.status.value:
        return ""
    if before is not None:
        return _("ya dice «%(before)s» y se queda así") % {"before": status_name(Status(before))}
    if session.state == Session.State.NOT_HELD:
        return _("se registró que no hubo sesión")
    expected = expected_at(
        session.position, joined_at=place.joined_at_session, ended_at=place.ended_at_session
    )
    return "" if expected else _("en esa fecha no estaba en el grupo")


def _problem(mark: PlannedMark, session: Session, name: str, why: str) -> Problem:
    sentence = _(
        "«%(who)s» en «%(session)s»: el archivo dice «%(said)s», pero en el grupo %(why)s."
    )
    values = {
        "who": name,
        "session": session.label or session.position,
        "said": status_name(mark.status),
        "why": why,
    }
    hint = _("No se importó esta marca. Si el archivo tiene razón, corrígela en la sesión.")
    return Problem(
        Severity.ERROR, "mark_contradicts", mark.sheet, mark.cell, sentence % values, hint
    )
