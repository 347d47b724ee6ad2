"""A man's history, composed of what each room offers, and what his recap needs.

A filter asks only the rooms that it names: a page of a man keeps to the budget of every page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import CharField, F, QuerySet, UUIDField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.scoped import Scoped
from tequio.care import queries as care
from tequio.circles.models import Attendance
from tequio.core.questions import the
from tequio.desk.queries.people import Path, paths
from tequio.outreach.models import Outcome, Step
from tequio.outreach.policies import calls_visible_to
from tequio.people.catalogues import agreements
from tequio.people.models import Consent, Participant
from tequio.people.policies import visible_to
from tequio.programmes.models import EnrolmentStep
from tequio.programmes.policies import enrolments_visible_to
from tequio.programmes.states import REASONS, State
from tequio.reports.policies import certificates_visible_to

CAME: Final = frozenset({Attendance.Status.PRESENT, Attendance.Status.LATE})
_LONG_AGO: Final = date.min
_HIM: Final = the("man", UUIDField())


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, with its day."""

    on: date | None
    kind: str
    title: str
    text: str = ""
    url: str = ""


# What a reader looks for together, in the order of the tabs.
KINDS: Final[dict[str, str | Promise]] = {
    "grupo": gettext_lazy("Grupo y programa"),
    "sesiones": gettext_lazy("Sesiones"),
    "faltas": gettext_lazy("Faltas"),
    "llamadas": gettext_lazy("Llamadas"),
    "acuerdos": gettext_lazy("Acuerdos y constancias"),
    "cuidado": gettext_lazy("Cuidado"),
}


def timeline(user: User, participant: Participant, kind: str = "") -> list[Entry]:
    """Return what happened, the newest first; one kind alone where it is named."""
    wanted = {kind} if kind in KINDS else set(KINDS)
    entries = [
        entry
        for source, kinds in _SOURCES
        if wanted & kinds
        for entry in source(user, participant)
        if entry.kind in wanted
    ]
    # Rooms tell a day from its beginning: of one day, what came last stands first.
    entries.reverse()
    return sorted(entries, key=lambda entry: entry.on or _LONG_AGO, reverse=True)


def _meetings(user: User, man: Participant) -> Iterator[Entry]:
    for path in paths(user, man.pk):
        yield from of_path(path)


def of_path(path: Path) -> Iterator[Entry]:
    """Return one way through a group: in, each meeting, out."""
    place = path.membership
    group = reverse("circles:group", args=[place.group_id])
    if place.visit:
        yield Entry(place.joined_on, "grupo", _("Repuso una sesión"), place.group.name, group)
    else:
        yield Entry(place.joined_on, "grupo", _("Entró al grupo"), place.group.name, group)
    for session, status in path.sessions:
        kind = "faltas" if status in {"absent", "excused"} else "sesiones"
        yield Entry(
            session.planned_on,
            kind,
            _SAID[status](),
            _("%(group)s, sesión %(n)s") % {"group": place.group.name, "n": session.position},
            reverse("circles:session", args=[session.pk]),
        )
    if place.ended_on and not place.visit:
        yield Entry(place.ended_on, "grupo", _("Salió del grupo"), place.group.name, group)


_SAID: Final[dict[str, Callable[[], str]]] = {
    "present": lambda: _("Llegó"),
    "late": lambda: _("Llegó tarde"),
    "absent": lambda: _("Faltó"),
    "excused": lambda: _("Avisó que no venía"),
    "": lambda: _("Nadie registró si vino"),
}


def way_steps(user: User, man: Participant) -> list[EnrolmentStep]:
    """Return his steps through the programmes, the oldest first."""
    return _STEPS.ask(user, man=man.pk)


def _steps(user: User) -> QuerySet[EnrolmentStep]:
    seen = enrolments_visible_to(user).filter(participant=_HIM)
    rows = EnrolmentStep.objects.filter(enrolment__in=seen).select_related("enrolment__edition")
    return rows.order_by("happened_on", "written_at", "pk")


_STEPS = Scoped(_steps)


def _way(user: User, man: Participant) -> Iterator[Entry]:
    url = reverse("programmes:way", kwargs={"folio": man.folio})
    for step in way_steps(user, man):
        reason = REASONS.get(step.reason)
        text = f"{step.enrolment.edition.name} · {reason.label if reason else ''}".rstrip(" ·")
        yield Entry(step.happened_on, "grupo", str(State(step.to_state).label), text, url)


@dataclass(frozen=True, slots=True)
class Fact:
    """A small fact of one of several rooms: a call, an agreement, a certificate."""

    kind: str
    at: datetime
    code: str
    more: str


def facts(user: User, man: Participant) -> list[Fact]:
    """Return calls, agreements and certificates in one question, the oldest first."""
    return sorted((Fact(*row) for row in _FACTS.ask(user, man=man.pk)), key=lambda fact: fact.at)


def _facts(user: User) -> QuerySet[Any, Any]:
    whole = [
        _row(calls_visible_to(user).filter(participant=_HIM, voided_at__isnull=True),
             "call", "made_at", "outcome", "step"),
        _row(_consents(user), "consent", "recorded_at", "purpose", "decision"),
        _row(certificates_visible_to(user).filter(participant=_HIM, voided_at__isnull=True),
             "certificate", "issued_at", "attended", "held"),
    ]  # fmt: skip
    return whole[0].union(*whole[1:], all=True)


_FACTS = Scoped(_facts)


def _row(rows: QuerySet[Any], kind: str, at: str, code: str, more: str) -> QuerySet[Any, Any]:
    words = CharField()
    named = rows.order_by().annotate(
        a_kind=Value(kind, output_field=words),
        b_at=F(at),
        c_code=Cast(F(code), words),
        d_more=Cast(F(more), words),
    )
    found: QuerySet[Any, Any] = named.values_list("a_kind", "b_at", "c_code", "d_more")
    return found


def _consents(user: User) -> QuerySet[Consent]:
    """Return what he agreed to, for whoever may write it down."""
    if user.scope(Permission.CONSENT_RECORD) is None:
        return Consent.objects.none()
    men = visible_to(user, Permission.CONSENT_RECORD).filter(pk=_HIM)
    return Consent.objects.filter(participant__in=men.order_by())


def _small(user: User, man: Participant) -> Iterator[Entry]:
    zone = ZoneInfo(user.organisation.timezone)
    for fact in facts(user, man):
        yield _of_fact(fact, man, fact.at.astimezone(zone).date())


def _of_fact(fact: Fact, man: Participant, on: date) -> Entry:
    if fact.kind == "call":
        title = _("%(step)s: %(outcome)s") % {
            "step": Step(fact.more).label,
            "outcome": str(Outcome(fact.code).label).lower(),
        }
        return Entry(on, "llamadas", title)
    if fact.kind == "consent":
        url = reverse("people:consents", kwargs={"folio": man.folio})
        return Entry(on, "acuerdos", _purpose(fact.code), _DECIDED[fact.more](), url)
    counted = _("Vino a %(came)s de %(held)s sesiones.") % {"came": fact.code, "held": fact.more}
    return Entry(on, "acuerdos", _("Constancia de asistencia"), counted)


_DECIDED: Final[dict[str, Callable[[], str]]] = {
    "given": lambda: _("Lo acepta"),
    "refused": lambda: _("No lo acepta"),
    "withdrawn": lambda: _("Lo retiró"),
}


def _purpose(code: str) -> str:
    for version in reversed(list(agreements.versions().values())):
        if (purpose := version.agreements.purpose(code)) is not None:
            return purpose.title.now()
    return code


def _care(user: User, man: Participant) -> Iterator[Entry]:
    if user.scope(Permission.CARE_READ) is None:
        return
    for entry in care.timeline(user, man):
        yield Entry(entry.on, "cuidado", entry.title, entry.text, entry.url)


Source = Callable[[User, Participant], Iterator[Entry]]
_SOURCES: Final[Sequence[tuple[Source, frozenset[str]]]] = (
    (_way, frozenset({"grupo"})),
    (_meetings, frozenset({"grupo", "sesiones", "faltas"})),
    (_small, frozenset({"llamadas", "acuerdos"})),
    (_care, frozenset({"cuidado"})),
)
