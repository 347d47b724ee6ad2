"""Addresses of Hoy, of people, and of who saw what."""

from __future__ import annotations

from django.urls import path

from tequio.desk.views import audit, doors, people, person, today
from tequio.people.addresses import FOLIO

app_name = "desk"
urlpatterns = [
    path("", today.today, name="today"),
    path("cuestionarios/", today.to_ask, name="to-ask"),
    path("comunidad/", doors.group, {"slug": "community"}, name="community"),
    path("evaluacion/", doors.group, {"slug": "evaluation"}, name="evaluation"),
    path("organizacion/", doors.group, {"slug": "house"}, name="house"),
    path("personas/", people.people, name="people"),
    path(f"personas/<{FOLIO}:folio>/", person.person, name="person"),
    path(f"personas/<{FOLIO}:folio>/historia/", person.timeline, name="person-timeline"),
    path(f"personas/<{FOLIO}:folio>/como-va/", person.panel, name="person-care"),
    path(f"personas/<{FOLIO}:folio>/corregir/", people.correct, name="correct-person"),
    path(f"personas/<{FOLIO}:folio>/bitacora/", audit.of_person, name="person-audit"),
    path("bitacora/", audit.audit, name="audit"),
    path("bitacora/comprobar/", audit.check, name="check-audit"),
]
