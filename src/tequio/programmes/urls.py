"""Addresses of editions and sites."""

from __future__ import annotations

from django.urls import path

from tequio.programmes import views

app_name = "programmes"
urlpatterns = [
    path("programas/", views.editions, name="editions"),
    path("programas/<slug:slug>/adoptar/", views.adopt, name="adopt"),
    path("programas/ediciones/<uuid:edition_id>/", views.sign, name="sign"),
    path("programas/sedes/", views.add_site, name="add-site"),
]
