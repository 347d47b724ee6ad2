"""Addresses of a new file, the intake, and what he agrees to."""

from __future__ import annotations

from django.urls import path

from tequio.people.addresses import FOLIO
from tequio.people.views import consents, intake, register

_MAN = f"personas/<{FOLIO}:folio>"

app_name = "people"
urlpatterns = [
    path("personas/nueva/", register.new, name="new"),
    path(f"{_MAN}/ingreso/", intake.summary, name="intake"),
    path(f"{_MAN}/ingreso/empezar/", intake.start, name="start-intake"),
    path(f"{_MAN}/ingreso/menor/", intake.minor, name="minor"),
    path(f"{_MAN}/ingreso/terminar/", intake.finish, name="finish-intake"),
    path(f"{_MAN}/ingreso/<slug:step>/", intake.step, name="intake-step"),
    path(f"{_MAN}/acuerdos/", consents.consents, name="consents"),
    path(f"{_MAN}/acuerdos/<slug:purpose>/retirar/", consents.withdraw, name="withdraw"),
]
