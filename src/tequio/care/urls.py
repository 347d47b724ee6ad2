"""Addresses of diagnosis, reviews and plan."""

from __future__ import annotations

from django.urls import path

from tequio.care.views import diagnosis, overview, plan, reviews
from tequio.people.addresses import FOLIO

app_name = "care"
MAN = f"personas/<{FOLIO}:folio>/cuidado/"
REVIEW = "cuidado/revisiones/<uuid:review_id>/"
urlpatterns = [
    path("cuidado/", overview.reviews, name="reviews"),
    path("cuidado/en-peligro/", overview.danger, name="danger"),
    path(MAN, overview.overview, name="overview"),
    path(f"{MAN}revision/", overview.open_review, name="open-review"),
    path(f"{MAN}plan/", plan.plan, name="plan"),
    path(f"{MAN}diagnostico/", diagnosis.begin, name="begin-diagnosis"),
    path(f"{MAN}diagnostico/<slug:part>/", diagnosis.step, name="diagnosis"),
    path(REVIEW, reviews.review, name="review"),
    path(f"{REVIEW}valorar/", reviews.judge, name="judge"),
    path(f"{REVIEW}cerrar/", reviews.close, name="close"),
    path(f"{REVIEW}confirmar/", reviews.confirm, name="confirm"),
    path(f"{REVIEW}dejar-abierta/", reviews.send_back, name="send-back"),
]
