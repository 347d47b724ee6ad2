"""Addresses of background work."""

from __future__ import annotations

from django.urls import path

from tequio.jobs import views

app_name = "jobs"
urlpatterns = [
    path("tareas/<uuid:job_id>/", views.progress, name="progress"),
    path("tareas/<uuid:job_id>/cancelar/", views.cancel, name="cancel"),
]
