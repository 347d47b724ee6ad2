"""The group of a part and its meetings: those it already has, and those that come with the file."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.policies import pick
from tequio.circles.actions.groups import open_group_for_register
from tequio.circles.actions.imports.positions import arrange
from tequio.circles.actions.imports.run import Run
from tequio.circles.importing.match import free_numbers, in_order, known, match
from tequio.circles.importing.parts import Meeting, Part
from tequio.circles.models import Group, RegisterImport, Session
from tequio.circles.policies import groups_visible_to
from tequio.circles.registers import Problem, Severity
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.core.text import fold
from tequio.programmes.policies import editions_visible_to, sites_visible_to

_LONGEST_LABEL = 80


def write_sessions(*, by: User, run: Run, part: Part) -> Group:
    """Open the part's group where it is new, and write its meetings."""
    with run.step(0):
        group = _group(by, run, part)
        today = clock.today(by.organisation.timezone)
        there = [known(session, today) for session in group.sessions.order_by("position")]
        twins = match(part.meetings, there)
        by_id = {session.pk: session for session in group.sessions.all()}
        for meeting in part.meetings:
            if meeting.index in twins:
                session = by_id[twins[meeting.index].id]
                _use(run, session, meeting)
                run.sessions[group.pk, meeting.index] = session
        new = [meeting for meeting in part.meetings if meeting.index not in twins]
        _add(by, run, group, new)
    return group


def _group(by: User, run: Run, part: Part) -> Group:
    """Return the group a part goes to; two parts with one new name go to one group."""
    choices = run.reading.choices
    target = choices.target(part.source)
    if target is None:
        raise DomainError(
            _("Falta decir a qué grupo va «%(name)s».") % {"name": part.name},
            hint=_("Vuelve a la vista previa y elige un grupo."),
        )
    key = target.group_id or fold(target.new_name)
    if key not in run.groups and target.group_id:
        run.groups[key] = pick(groups_visible_to(by), pk=target.group_id)
    elif key not in run.groups:
        signed = editions_visible_to(by).filter(signed_at__isnull=False)
        run.groups[key] = open_group_for_register(
            by=by,
            name=target.new_name,
            site=pick(sites_visible_to(by), pk=choices.site_id),
            edition=pick(signed, pk=choices.edition_id),
            gaps=Group.Gaps(run.reading.plan.gap.value),
            import_id=run.register.pk,
        )
        run.opened.add(run.groups[key].pk)
    return run.groups[key]


def _use(run: Run, session: Session, meeting: Meeting) -> None:
    """Say of a session that was there before what the file knows: that it took place, and when."""
    if not meeting.marked:
        return
    if session.state == Session.State.NOT_HELD:
        run.problems.append(
            Problem(
                Severity.ERROR,
                "session_not_held",
                meeting.planned.sheet,
                meeting.planned.cell,
                _("En el grupo se registró que «%(title)s» no se realizó.")
                % {"title": meeting.title},
                _("Sus asistencias no se importan. Si sí hubo sesión, cámbiala en el grupo."),
            )
        )
        return
    strangers = 0 if _read_before(run) else meeting.unattributed
    run.register.touched.append(
        {
            "session": str(session.pk),
            "state": session.state,
            "reason": session.reason,
            "on": session.planned_on.isoformat() if session.planned_on else "",
            "unattributed": strangers,
        }
    )
    run.register.save(update_fields=["touched"])
    if meeting.on and session.state == Session.State.PLANNED:
        session.planned_on = meeting.on
    session.state = Session.State.HELD
    session.unattributed += strangers
    session.save(update_fields=["planned_on", "state", "unattributed"])
    run.counts["sessions_matched"] += 1


def _add(by: User, run: Run, group: Group, meetings: list[Meeting]) -> None:
    existing = list(group.sessions.order_by("position"))
    taken = [(session.number_from, session.number_to) for session in existing]
    numbers = free_numbers(meetings, taken)
    last = max((session.position for session in existing), default=0)
    made = [
        _session(run, group, meeting, numbers[meeting.index], last + place)
        for place, meeting in enumerate(meetings, start=1)
    ]
    Session.objects.bulk_create(made)
    for meeting, session in zip(meetings, made, strict=True):
        run.sessions[group.pk, meeting.index] = session
    run.counts["sessions"] += len(made)
    if existing and made:
        order = in_order([(session.pk, session.planned_on) for session in (*existing, *made)])
        arrange(by=by, group=group, order=order)
        _refresh(run, group, order)


def _session(
    run: Run, group: Group, meeting: Meeting, numbers: tuple[int, int], position: int
) -> Session:
    title = meeting.title
    return Session(
        group=group,
        position=position,
        number_from=numbers[0],
        number_to=numbers[1],
        label=title if len(title) <= _LONGEST_LABEL else f"{title[: _LONGEST_LABEL - 1]}…",
        planned_on=meeting.on,
        # A column that was printed and never used is a plan, and nobody is missing from it.
        state=Session.State.HELD if meeting.marked else Session.State.PLANNED,
        unattributed=meeting.unattributed,
        import_id=run.register.pk,
    )


def _read_before(run: Run) -> bool:
    """Whether this very file was imported already: its rows without identity count once."""
    same = RegisterImport.objects.filter(
        organisation=run.register.organisation_id,
        file_sha256=run.register.file_sha256,
        state=RegisterImport.State.DONE,
    )
    return same.exclude(pk=run.register.pk).exists()


def _refresh(run: Run, group: Group, order: Iterable[UUID]) -> None:
    places = {key: position for position, key in enumerate(order, start=1)}
    for (group_id, _index), session in run.sessions.items():
        if group_id == group.pk:
            session.position = places[session.pk]
