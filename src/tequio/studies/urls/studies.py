"""Addresses of the assistant, of plans and their amendments."""

from __future__ import annotations

from django.urls import path

from tequio.studies.views import preparing, studies

urlpatterns = [
    path("estudios/", studies.studies, name="studies"),
    path("estudios/nuevo/", studies.new, name="new-study"),
    path("estudios/<uuid:study_id>/", studies.study, name="study"),
    path("estudios/<uuid:study_id>/que-se-mide/", preparing.measures, name="measures"),
    path("estudios/<uuid:study_id>/con-quienes/", preparing.people, name="study-people"),
    path("estudios/<uuid:study_id>/disenos/", preparing.designs, name="designs"),
    path("estudios/<uuid:study_id>/revisar/", preparing.review, name="review-plan"),
    path("estudios/<uuid:study_id>/enmendar/", studies.amend, name="amend-plan"),
    path("estudios/<uuid:study_id>/detener/", studies.stop, name="stop-study"),
    path("estudios/<uuid:study_id>/planes/<int:number>/", studies.plan, name="plan"),
    path("estudios/<uuid:study_id>/planes/<int:number>/plan.toml", studies.file, name="plan-file"),
]
