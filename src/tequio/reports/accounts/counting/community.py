"""What was done with the community in the period, and to where men were referred: things counted.

Things are not people and are not rounded; people are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from tequio.care.models import Referral
from tequio.network.models import (
    Action,
    Assembly,
    Committee,
    Community,
    Demand,
    LiteracyMeeting,
    Service,
    Stakeholder,
)
from tequio.network.models.committees import Meeting
from tequio.reports.accounts.blocks import Block, Table
from tequio.reports.accounts.counting.scope import Scope, of_people, people
from tequio.reports.accounts.counting.tables import Words, table_of


@dataclass(frozen=True, slots=True)
class Done:
    """What the system counts of the community by itself."""

    communities: int
    committees: int
    committee_meetings: int
    assemblies: int
    demands: int
    actions_done: int
    actions_due: int
    circles: int
    circle_meetings: int
    circle_places: int
    stakeholders: int
    services: int
    promised: int
    kept: int


def counted(scope: Scope) -> Done:
    """Count it, each with its day inside the period."""
    days = (scope.period.first_on, scope.period.last_on)
    until, mine = scope.period.last_on, {"organisation": scope.organisation_id}
    actions = Action.objects.filter(**mine)
    met = LiteracyMeeting.objects.filter(
        circle__organisation=scope.organisation_id, state="held", on__range=days
    )
    circles = met.order_by().aggregate(
        n=Count("circle", distinct=True), meetings=Count("pk"), came=Sum("came")
    )
    return Done(
        communities=_n(Community.objects.filter(**mine, started_on__lte=until)),
        committees=_n(
            Committee.objects.filter(**mine, founded_on__lte=until).exclude(
                ended_on__lt=scope.period.first_on
            )
        ),
        committee_meetings=_n(
            Meeting.objects.filter(
                committee__organisation=scope.organisation_id, held_on__range=days
            )
        ),
        assemblies=_n(Assembly.objects.filter(**mine, held_on__range=days)),
        demands=_n(Demand.objects.filter(**mine, voiced_on__range=days)),
        actions_done=_n(actions.filter(state="done", finished_on__range=days)),
        actions_due=_n(actions.filter(due_on__range=days)),
        circles=circles["n"],
        circle_meetings=circles["meetings"],
        circle_places=circles["came"] or 0,
        stakeholders=_n(Stakeholder.objects.filter(**mine, is_us=False)),
        services=_n(
            Service.objects.filter(**mine, status=Service.Status.ACTIVE, verified_on__range=days)
        ),
        promised=_n(actions.filter(promised_for__range=days)),
        kept=_n(actions.filter(promised_for__range=days, kept="kept")),
    )


def _n(rows: QuerySet[Any]) -> int:
    return rows.order_by().count()


def community(scope: Scope) -> list[Block]:
    """Return the work with the community, and referrals of men by how they ended."""
    found = counted(scope)
    rows = (
        (_("Comunidades con las que se trabaja"), found.communities),
        (_("Comités activos"), found.committees),
        (_("Reuniones de comité"), found.committee_meetings),
        (_("Asambleas"), found.assemblies),
        (_("Demandas que dijo la comunidad"), found.demands),
        (_("Acciones que vencían en el periodo"), found.actions_due),
        (_("Acciones cumplidas"), found.actions_done),
        (_("Promesas de autoridades que vencían"), found.promised),
        (_("De ellas, cumplidas"), found.kept),
        (_("Círculos de aprendizaje que se reunieron"), found.circles),
        (_("Encuentros de esos círculos"), found.circle_meetings),
        (_("Servicios del directorio comprobados"), found.services),
    )
    table = Table(
        name=_("Comunidad"),
        caption=_("Lo que se hizo con la comunidad"),
        columns=(_("Qué"), _("Cuántas veces")),
        rows=(
            *((label, f"{n:,}") for label, n in rows),
            (_("Asistencias a esos encuentros"), people(found.circle_places)),
        ),
        of=_("Lo que quedó anotado con fecha dentro del periodo."),
        missing=_("Lo que nadie anotó no está. No se sabe cuánto es."),
        caution=_(
            "Una persona que vino a tres encuentros son tres asistencias. Contar actividades no "
            "dice qué cambió."
        ),
    )
    return [table, *referrals(scope)]


def referrals(scope: Scope) -> list[Block]:
    """Return referrals of men made in the period, by what became of them."""
    made = Referral.objects.filter(
        organisation=scope.organisation_id, made_at__gte=scope.before, made_at__lt=scope.after
    )
    counts = dict(made.order_by().values_list("state").annotate(n=Count("pk")))
    whole = sum(counts.values())
    labels = (
        (str(code), str(label)) for code, label in Referral._meta.get_field("state").flatchoices
    )
    open_ones = sum(counts.get(code, 0) for code in ("sent", "accepted", "arrived"))
    words = Words(
        name=_("Canalizaciones"),
        caption=_("Canalizaciones de participantes, por cómo quedaron"),
        of=of_people(whole, _("Canalizaciones hechas en el periodo: %(n)s.")),
        missing=of_people(open_ones, _("De ellas, sin respuesta final: %(n)s."))
        if open_ones
        else _("No falta ninguna respuesta."),
        caution=_("Que lo atendieran no dice si le sirvió."),
    )
    rows = tuple((label, people(counts.get(code, 0))) for code, label in labels)
    return [table_of(words, (_("Cómo quedó"), _("Canalizaciones")), rows)]
