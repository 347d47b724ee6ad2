"""One man's page: who he is, how he goes, his history. What takes longer comes after."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tequio.access.permissions import Permission
from tequio.access.policies import not_visible
from tequio.access.requests import signed_in
from tequio.care import queries as care
from tequio.desk import queries
from tequio.desk.rules import recap
from tequio.people import actions
from tequio.ui.parts import Link


@require_GET
def person(request: HttpRequest, folio: str) -> HttpResponse:
    """Show who he is to those who may know, a recap by rule, and his way through his groups."""
    user = signed_in(request)
    participant = actions.open_file(by=user, folio=folio)
    found = queries.summary(user, participant)
    context = {
        "participant": participant,
        "who": found.who,
        "paths": found.paths,
        "recap": recap(found.known),
        "reads_care": user.scope(Permission.CARE_READ) is not None,
        "may_correct": user.scope(Permission.PERSON_CREATE) is not None,
        "may_consent": user.scope(Permission.CONSENT_RECORD) is not None,
        "may_be_asked": user.scope(Permission.ASSESSMENT_DUE) is not None,
        "may_see_log": user.scope(Permission.AUDIT_READ) is not None,
        "may_see_way": user.scope(Permission.ENROLMENT_READ) is not None,
        "may_certify": user.scope(Permission.CERTIFICATE_ISSUE) is not None,
        "may_answer": user.scope(Permission.RIGHTS_ANSWER) is not None,
        "may_forget": user.scope(Permission.PERSON_FORGET) is not None,
        "timeline_url": reverse("desk:person-timeline", kwargs={"folio": folio}),
        "care_url": reverse("desk:person-care", kwargs={"folio": folio}),
    }
    return render(request, "desk/person.html", context)


@require_GET
def timeline(request: HttpRequest, folio: str) -> HttpResponse:
    """Show his history, or one kind of it: a part of his page, or a page of its own."""
    user = signed_in(request)
    participant = actions.open_file(by=user, folio=folio)
    kind = request.GET.get("ver", "")
    if kind and kind not in queries.KINDS:
        raise not_visible()
    context = {
        "participant": participant,
        "entries": queries.timeline(user, participant, kind),
        "tabs": _tabs(folio, kind),
    }
    part = "desk/_timeline.html" if "HX-Request" in request.headers else "desk/timeline.html"
    return render(request, part, context)


@require_GET
def panel(request: HttpRequest, folio: str) -> HttpResponse:
    """Show how his diagnosis, reviews and plan stand: a part of his page."""
    user = signed_in(request)
    participant = actions.open_file(by=user, folio=folio)
    if "HX-Request" not in request.headers:
        return redirect("care:overview", folio=folio)
    return render(request, "desk/_care.html", {"care": care.panel(user, participant)})


def _tabs(folio: str, kind: str) -> list[Link]:
    base = reverse("desk:person-timeline", kwargs={"folio": folio})
    tabs = [Link(_("Todo"), base, current=not kind)]
    return tabs + [
        Link(str(label), f"{base}?ver={slug}", current=slug == kind)
        for slug, label in queries.KINDS.items()
    ]
