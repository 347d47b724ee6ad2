"""Hoy: what waits for this person today."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.desk import queries
from tequio.people import moments
from tequio.studies.queries import reminders
from tequio.ui.parts import Link


@dataclass(frozen=True, slots=True)
class Nothing:
    """What a quiet day says, and what to do next."""

    title: str
    text: str
    doors: tuple[Link, ...]


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Show what waits, in the order in which it presses."""
    user = signed_in(request)
    if request.GET.get("ver") == "estudios":
        day = clock.today(user.organisation.timezone)
        part = "desk/_studies.html" if "HX-Request" in request.headers else "desk/studies.html"
        return render(request, part, {"reminders": reminders.due(user, day)})
    found = queries.today(user)
    context = {
        "today": found,
        "unsafe": _unsafe(user),
        "runs_groups": user.scope(Permission.GROUP_READ) is not None,
        "marks": user.scope(Permission.ATTENDANCE_MARK) is not None,
        "calls": user.scope(Permission.CALL_MAKE) is not None,
        "may_see_due": user.scope(Permission.ASSESSMENT_DUE) is not None,
        "refers": user.scope(Permission.REFERRAL_MAKE) is not None,
        "declares": user.scope(Permission.EMERGENCY_DECLARE) is not None,
        "studies_after": queries.studies_come_after(user),
        "nothing": None if _waits(found) else _nothing(user),
    }
    return render(request, "desk/today.html", context)


@require_GET
def to_ask(request: HttpRequest) -> HttpResponse:
    """Show to whom a questionnaire is due, and no answer: a part of Hoy, or a page of its own."""
    user = signed_in(request)
    require(user, Permission.ASSESSMENT_DUE)
    day = clock.today(user.organisation.timezone)
    due = moments.due(user, day)
    if "HX-Request" in request.headers:
        context = {"due": due[: queries.SHOWN], "more": len(due) > queries.SHOWN, "n": len(due)}
        return render(request, "desk/_to_ask.html", context)
    return render(request, "desk/to_ask.html", {"due": due})


def _waits(found: queries.Today) -> bool:
    sessions = (found.tonight, found.unsaid, found.to_call)
    looks = (found.reviews, found.diagnoses, found.talks, found.reports, found.referrals)
    return (
        any(sessions)
        or any(looks)
        or bool(found.queue.talks or found.queue.referrals)
        or found.queue.any
        or bool(found.drafts)
        or bool(found.studies)
        or (found.community is not None and found.community.any)
    )


def _nothing(user: User) -> Nothing:
    """Return what an empty day says to this person: what he or she came to do, and where."""
    doors = _doors(user)
    if user.scope(Permission.ATTENDANCE_MARK) is not None:
        return Nothing(
            _("Hoy no te espera nada"),
            _(
                "Aquí aparecen tus sesiones del día, a quién llamar cuando alguien falta y las "
                "revisiones que toca hacer."
            ),
            doors,
        )
    if user.scope(Permission.REVIEW_JUDGE) is not None:
        return Nothing(
            _("Hoy no te espera ninguna revisión"),
            _("Aquí aparecen las revisiones por valorar y los diagnósticos que quedaron a medias."),
            doors,
        )
    if user.scope(Permission.NETWORK_WRITE) is not None:
        return Nothing(
            _("Hoy no se vence nada en las comunidades"),
            _("Aquí aparecen las acciones cuyo día llega, lo prometido y lo que nadie atiende."),
            doors,
        )
    if user.scope(Permission.EMERGENCY_DECLARE) is not None:
        return Nothing(
            _("Hoy no hay sesiones ni pendientes"),
            _("Lee quién se queda en los grupos, y lo que no se puede saber, en Permanencia."),
            doors,
        )
    if user.scope(Permission.RETENTION_READ) is not None:
        return Nothing(
            _("Aquí lees los números, sin nombres"),
            _("Abre Permanencia para ver quién se queda en los grupos y lo que no se puede saber."),
            doors,
        )
    if user.scope(Permission.USER_MANAGE) is not None:
        return Nothing(
            _("Cuidas los accesos"),
            _("Abre Usuarios para dar o quitar accesos, y Bitácora para ver quién hizo qué."),
            doors,
        )
    if user.scope(Permission.WALL_ENTER) is not None:
        # The same words whatever lies there: outside nothing of hers is told, nor how much waits.
        return Nothing(
            _("Tu trabajo está en Muro"),
            _("Ábrelo con tus siete palabras: ahí ves lo que toca hoy. Aquí afuera no aparece."),
            doors,
        )
    return Nothing(
        _("Aquí no te espera nada"),
        _("Lo que puede hacer tu rol está en el menú."),
        doors,
    )


def _doors(user: User) -> tuple[Link, ...]:
    found = [
        (Permission.ATTENDANCE_MARK, _("Ver los grupos"), "circles:groups"),
        (Permission.PERSON_CREATE, _("Abrir un registro"), "people:new"),
        (Permission.DIAGNOSIS_TAKE, _("Ver las revisiones"), "care:reviews"),
        (Permission.NETWORK_WRITE, _("Ver las comunidades"), "network:communities"),
        (Permission.RETENTION_READ, _("Permanencia"), "circles:retention"),
        (Permission.USER_MANAGE, _("Usuarios"), "access:users"),
        (Permission.WALL_ENTER, _("Ir al muro"), "survivors:home"),
    ]
    return tuple(
        Link(label, reverse(name), quiet=bool(n))
        for n, (label, name) in enumerate(
            (label, name) for permission, label, name in found if user.scope(permission)
        )
    )[:3]


def _unsafe(user: User) -> str:
    """Return the warning about back-ups, or nothing where there is nothing to warn of."""
    record = queries.unsafe(user)
    if record is None:
        return ""
    days = record.days(clock.now())
    if days is None:
        what = _("Todavía no hay ningún respaldo de estos datos.")
    else:
        what = ngettext(
            "El último respaldo tiene %(n)s día.", "El último respaldo tiene %(n)s días.", days
        ) % {"n": days}
    do = _("Pide a quien cuida la computadora que conecte la memoria de respaldo.")
    return " ".join(filter(None, (what, record.problem, do)))
