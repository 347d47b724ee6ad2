"""Bitácora: who did and who saw what, and whether the record of it is whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tequio.access.actions import check_log
from tequio.access.log_queries import colleagues, log, log_state
from tequio.access.models import User
from tequio.access.policies import pick
from tequio.access.requests import signed_in
from tequio.access.roles import ROLES
from tequio.audit.models import Event
from tequio.audit.presenters import LOUD, sentence
from tequio.audit.topics import TOPICS
from tequio.circles.models import Attendance
from tequio.people.policies import visible_to
from tequio.reports.accounts import definitions

PAGE = 50
_ANY = "todo"


@dataclass(frozen=True, slots=True)
class Line:
    """One event as the page shows it."""

    event: Event
    sentence: str
    loud: bool


class FilterForm(forms.Form):
    """What to look for. The address carries a topic and a key, never a name."""

    tipo = forms.ChoiceField(label=gettext_lazy("Qué"))
    quien = forms.ChoiceField(label=gettext_lazy("Quién"))

    def __init__(self, by: User, asked: Mapping[str, str]) -> None:
        super().__init__({name: asked.get(name) or _ANY for name in ("tipo", "quien")})
        topics = [(topic.slug, topic.name) for topic in TOPICS]
        people = [(str(key), name) for key, name in colleagues(by)]
        self.fields["tipo"].choices = [(_ANY, _("Todo")), *topics]  # type: ignore[attr-defined]
        self.fields["quien"].choices = [(_ANY, _("Cualquiera")), *people]  # type: ignore[attr-defined]

    def chosen(self) -> tuple[str, UUID | None]:
        """Return the topic and the person's key; nothing for what is not on the lists."""
        given = self.cleaned_data if self.is_valid() else {}
        topic, person = (given.get(name, _ANY) for name in ("tipo", "quien"))
        return "" if topic == _ANY else topic, None if person == _ANY else UUID(person)


@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Show the organisation's log, newest first."""
    user = signed_in(request)
    form = FilterForm(user, request.GET.dict())
    topic, actor_id = form.chosen()
    page = Paginator(log(user, topic=topic, actor_id=actor_id), PAGE).get_page(
        request.GET.get("page")
    )
    words = _words()
    context = {
        "form": form,
        "page": page,
        "lines": [Line(event, sentence(event, words), event.kind in LOUD) for event in page],
        "state": log_state(user),
        "query": urlencode(
            {k: v for k, v in (("tipo", topic), ("quien", str(actor_id or ""))) if v}
        ),
    }
    return render(request, "desk/audit.html", context)


@require_GET
def of_person(request: HttpRequest, folio: str) -> HttpResponse:
    """Show who opened or changed one man's file, newest first."""
    user = signed_in(request)
    participant = pick(visible_to(user), folio=folio)
    page = Paginator(log(user, subject_id=participant.pk), PAGE).get_page(request.GET.get("page"))
    words = _words()
    context = {
        "participant": participant,
        "page": page,
        "lines": [Line(event, sentence(event, words), event.kind in LOUD) for event in page],
    }
    return render(request, "desk/person_audit.html", context)


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Recompute the seals now."""
    verdict = check_log(by=signed_in(request))
    if verdict.sound:
        messages.success(
            request, _("La bitácora está íntegra: nadie cambió ni borró nada sellado.")
        )
    else:
        messages.error(
            request,
            _(
                "La bitácora no está íntegra. No la toques: guarda una copia del servidor y "
                "avisa a quien lo cuida."
            ),
        )
    return redirect("desk:audit")


def _words() -> dict[str, object]:
    roles = {slug: role.name for slug, role in ROLES.items()}
    return {**definitions.names(), **roles, **dict(Attendance.Status.choices)}
