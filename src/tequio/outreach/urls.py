"""Addresses of calls and emergencies."""

from __future__ import annotations

from django.urls import path

from tequio.outreach.views import calls, emergencies

app_name = "outreach"
urlpatterns = [
    path("llamadas/", calls.calls, name="calls"),
    path("llamadas/<uuid:membership_id>/", calls.call, name="call"),
    path("llamadas/<uuid:membership_id>/numero/", calls.number, name="number"),
    path("llamadas/<uuid:membership_id>/anotar/", calls.record, name="record"),
    path("llamadas/hechas/<uuid:call_id>/nota/", calls.note, name="note"),
    path("llamadas/hechas/<uuid:call_id>/quitar/", calls.void, name="void"),
    path("emergencias/", emergencies.emergencies, name="emergencies"),
    path("emergencias/nueva/", emergencies.declare, name="declare"),
    path("emergencias/<uuid:emergency_id>/terminar/", emergencies.lift, name="lift"),
]
