"""Addresses of diagnosis, reviews and plan."""

from __future__ import annotations

from django.urls import path

from tequio.care.views import diagnosis, overview, plan, referrals, reports, reviews, talks
from tequio.people.addresses import FOLIO

app_name = "care"
MAN = f"personas/<{FOLIO}:folio>/cuidado/"
REVIEW = "cuidado/revisiones/<uuid:review_id>/"
TALK = "cuidado/platicas/<uuid:talk_id>/"
REFERRAL = "cuidado/canalizaciones/<uuid:passing_id>/"
REPORT = "cuidado/avisos/<uuid:report_id>/"
urlpatterns = [
    path("cuidado/", overview.reviews, name="reviews"),
    path("cuidado/en-peligro/", overview.danger, name="danger"),
    path(MAN, overview.overview, name="overview"),
    path(f"{MAN}revision/", overview.open_review, name="open-review"),
    path(f"{MAN}plan/", plan.plan, name="plan"),
    path(f"{MAN}diagnostico/", diagnosis.begin, name="begin-diagnosis"),
    path(f"{MAN}diagnostico/<slug:part>/", diagnosis.step, name="diagnosis"),
    path(f"{MAN}aviso/", reports.decide, name="decide-report"),
    path("cuidado/platicas/", talks.talks, name="talks"),
    path(TALK, talks.talk, name="talk"),
    path(f"{TALK}empezar/", talks.begin, name="begin-talk"),
    path(f"{TALK}terminar/", talks.end, name="end-talk"),
    path("cuidado/canalizaciones/", referrals.referrals, name="referrals"),
    path(f"{MAN}canalizar/", referrals.send, name="send-referral"),
    path(REFERRAL, referrals.referral, name="referral"),
    path(f"{REFERRAL}paso/", referrals.step, name="referral-step"),
    path(f"{REFERRAL}contestado/", referrals.take_in, name="referral-answers"),
    path(f"{REFERRAL}acompanar/", referrals.escort, name="referral-escort"),
    path(f"{REFERRAL}como-le-fue/", referrals.told, name="referral-told"),
    path(REPORT, reports.report, name="report"),
    path(f"{REPORT}avisado/", reports.told, name="report-told"),
    path(f"{REPORT}revisar/", reports.review, name="review-report"),
    path(REVIEW, reviews.review, name="review"),
    path(f"{REVIEW}valorar/", reviews.judge, name="judge"),
    path(f"{REVIEW}cerrar/", reviews.close, name="close"),
    path(f"{REVIEW}confirmar/", reviews.confirm, name="confirm"),
    path(f"{REVIEW}dejar-abierta/", reviews.send_back, name="send-back"),
]
